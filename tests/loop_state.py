"""The windows on an edited library that the machine of the loop goes on with, and one step."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from database_checks import SM2
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize
from loop_library import LoopLibrary
from mirror_rows import Clock

from studytool.days import Moment
from studytool.leeches import Leeches
from studytool.mirror import refresh
from studytool.notes import Card
from studytool.orders import Order
from studytool.plans import Plan
from studytool.practice import Practice
from studytool.prompts import Outcome
from studytool.queue import DeckLimits, Limits
from studytool.scheduling import Act, CardState, Rating, Review
from studytool.selection import Selection
from studytool.session import Session
from studytool.store import DATABASE, Store

TODAY = date(2024, 10, 4)
LIMITS = [
    Limits(new=2, reviews=2),
    Limits(new=0),
    Limits(new=99, reviews=99),
    Limits(new=5, reviews=3, decks=(DeckLimits("D", 3, 2),)),
    Limits(new=3, reviews=1, order=Order("mix", due="deck"), new_waits=False),
    Limits(new=3, reviews=3, order=Order("new-first", "random", "random", backlog=False)),
    Limits(new=4, reviews=2, order=Order("mix", "random")),
]
LEECHES = [Leeches(), Leeches(1, suspend=True), Leeches(2, suspend=True), Leeches(1)]
Do = Callable[[Session], Review | None]


def cache(store: Store) -> dict[Card, CardState]:
    """Return all card states that the store keeps."""
    cards = store.connection.execute("SELECT note, part FROM cards").fetchall()
    return {Card(*row): store.state(Card(*row)) for row in cards}


def without_last(states: dict[Card, CardState]) -> dict[Card, tuple[object, ...]]:
    """Return states as an undo has to restore them; the row seen last is a newer one then."""
    return {card: (state.state, state.schedule) for card, state in states.items()}


def graded(session: Session, rating: Rating) -> Review | None:
    """Grade the current card, and return the row of the grade if there is one."""
    if session.grade(rating) is not Outcome.RECORDED:
        return None
    row = session.store.log.rows()[-1]
    if row.target is None:
        return row
    return next(grade for grade in session.store.log.rows() if grade.id == row.target)


class LoopState(RuleBasedStateMachine):
    """A library, two windows on its log, and what each of them may not know yet.

    Attributes:
        plans: What is practised in a window; None for what the day brings.
        fresh: Whether a window has seen all that was done.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.base = Path(self.folder.name)
        self.library = LoopLibrary(self.base / "cards")
        self.clock = Clock()
        self.stores = [Store.open(self.base / "home", TODAY) for _ in range(2)]
        refresh(self.stores[0], self.library.root, self.clock(), SM2)
        self.plans: list[Practice | None] = [None, None]
        self.choose(LIMITS[0], LEECHES[0])
        self.fresh = [True, True]

    @initialize(limits=st.sampled_from(LIMITS), leeches=st.sampled_from(LEECHES))
    def choose(self, limits: Limits, leeches: Leeches) -> None:
        self.limits, self.leeches = limits, leeches
        self.sessions = [self.begin(store) for store in self.stores]

    def begin(self, store: Store, now: Moment | None = None, plan: Plan | None = None) -> Session:
        """Start a review of everything, in which it is always now if a moment is given."""
        clock = (lambda: now) if now else self.clock
        selection = Selection(str(self.library.root))
        return Session(
            *(store, selection, SM2, clock, self.limits), plan=plan, leeches=self.leeches
        )

    def start_again(self, window: int) -> None:
        """Begin the review of a window anew; now it has seen all."""
        self.sessions[window] = self.begin(self.stores[window], plan=self.plans[window])
        self.fresh[window] = True

    def step(self, window: int, do: Do, back: bool) -> None:
        """Do something with a window's current card that writes a row or nothing.

        The grade that makes a leech may write a second row. `back` takes it back at once: then
        everything is as before, and the card is asked.
        """
        session, store = self.sessions[window], self.stores[window]
        before = without_last(cache(store)), store.standings.all()
        prompt, day, rows = session.current, session.day, len(store.log.rows())
        row = do(session)
        suspended = bool(row and row.rating and session.leech and session.leech.suspended)
        wrote = store.log.rows()[rows:]
        assert len(wrote) == (row is not None) + suspended
        assert not suspended or (wrote[1].act, wrote[1].target) == (Act.SUSPEND, wrote[0].id)
        self.wrote(window, row is not None)
        if row is None or prompt is None or not back:
            return
        taken = session.undo()
        if taken is None:  # The day turned over in between.
            assert session.now()[1] > row.day
            return
        assert (taken.id, taken.act) == (row.id, row.act)
        assert (without_last(cache(store)), store.standings.all()) == before
        stored = store.note(session.selection.root, prompt.card.key)
        stays = stored is not None and prompt.card.part in stored.note.parts()
        if stays and day == session.day and store.selects(session.selection, prompt.card, day):
            assert session.current is not None
            assert session.current.card == prompt.card
            assert session.current.act is prompt.act or not self.fresh[window]

    def wrote(self, window: int, anything: bool = True) -> None:
        """Note that the other window does not know of what happened in this one."""
        if anything:
            self.fresh[1 - window] = False

    @contextmanager
    def copied(self) -> Iterator[Store]:
        """Lend a copy of the database, for trying things."""
        with TemporaryDirectory() as folder:
            copy = sqlite3.connect(Path(folder) / DATABASE)
            self.stores[0].connection.backup(copy)
            copy.close()
            store = Store.open(Path(folder), TODAY)
            yield store
            store.close()

    def teardown(self) -> None:
        for store in self.stores:
            with suppress(OSError):
                store.close()
        self.folder.cleanup()
