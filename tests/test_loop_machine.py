"""The review loop on a library that is edited meanwhile, in two windows and over days.

LOOP_EXAMPLES in the environment runs it longer.
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from database_checks import SM2
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from loop_library import EDITS, KINDS, NAMES, LoopLibrary
from mirror_rows import Clock
from session_steps import GOOD

from studytool.actions import Action, perform
from studytool.days import Moment
from studytool.editing import reread
from studytool.mirror import refresh
from studytool.notes import Card
from studytool.prompts import Outcome
from studytool.queue import DeckLimits, Limits
from studytool.scheduling import (
    ACTIONS,
    Act,
    CardState,
    Rating,
    Review,
    State,
    apply,
    renamed,
    replay,
    undone,
)
from studytool.selection import Selection
from studytool.session import Session
from studytool.standings import replay_standings
from studytool.store import DATABASE, Store

TODAY = date(2024, 10, 4)
LIMITS = [
    Limits(new=2, reviews=2),
    Limits(new=0),
    Limits(new=99, reviews=99),
    Limits(new=5, reviews=3, decks=(DeckLimits("D", 3, 2),)),
]
WINDOWS = st.integers(0, 1)
Do = Callable[[Session], Review | None]


def cache(store: Store) -> dict[Card, CardState]:
    """Return all card states that the store keeps."""
    cards = store.connection.execute("SELECT note, part FROM cards").fetchall()
    return {Card(*row): store.state(Card(*row)) for row in cards}


def without_last(states: dict[Card, CardState]) -> dict[Card, tuple[object, ...]]:
    """Return states as an undo has to restore them; the row seen last is a newer one then."""
    return {card: (state.state, state.schedule) for card, state in states.items()}


def raw(store: Store) -> list[tuple[object, ...]]:
    """Return the log as it lies in the database."""
    return store.connection.execute("SELECT * FROM reviews ORDER BY id").fetchall()


def graded(session: Session, rating: Rating) -> Review | None:
    """Grade the current card, and return the row if there is one."""
    if session.grade(rating) is not Outcome.RECORDED:
        return None
    return session.store.log.rows()[-1]


class Loop(RuleBasedStateMachine):
    """Everything a learner does, each step followed by what must hold.

    A new thing to do is a rule that calls `step`; see `act`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.base = Path(self.folder.name)
        self.library = LoopLibrary(self.base / "cards")
        self.clock = Clock()
        self.stores = [Store.open(self.base / "home", TODAY) for _ in range(2)]
        refresh(self.stores[0], self.library.root, self.clock(), SM2)
        self.limits = LIMITS[0]
        self.sessions = [self.begin(store) for store in self.stores]
        self.fresh = [True, True]
        self.log: list[tuple[object, ...]] = []

    @initialize(limits=st.sampled_from(LIMITS))
    def choose_limits(self, limits: Limits) -> None:
        self.limits = limits
        self.sessions = [self.begin(store) for store in self.stores]

    def begin(self, store: Store, now: Moment | None = None) -> Session:
        """Start a review of everything, in which it is always now if a moment is given."""
        clock = (lambda: now) if now else self.clock
        return Session(store, Selection(str(self.library.root)), SM2, clock, self.limits)

    def step(self, window: int, do: Do, back: bool) -> None:
        """Do something with a window's current card that writes a row or nothing.

        `back` takes it back at once: then everything is as before, and the card is asked.
        """
        session, store = self.sessions[window], self.stores[window]
        before = without_last(cache(store)), store.standings.all()
        prompt, day, rows = session.current, session.day, len(store.log.rows())
        row = do(session)
        assert len(store.log.rows()) == rows + (row is not None)
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

    # -- what a learner does -------------------------------------------------------------------

    @rule(window=WINDOWS, rating=st.sampled_from(Rating), back=st.booleans())
    def grade(self, window: int, rating: Rating, back: bool) -> None:
        self.step(window, lambda session: graded(session, rating), back)

    @rule(
        window=WINDOWS,
        action=st.sampled_from([action for action in Action if action.act in ACTIONS]),
        flag=st.integers(0, 7),
        back=st.booleans(),
    )
    def act(self, window: int, action: Action, flag: int, back: bool) -> None:
        self.step(window, lambda session: perform(session, action, flag), back)

    @rule(window=WINDOWS)
    def undo(self, window: int) -> None:
        session, rows = self.sessions[window], self.stores[window].log.rows()
        gone, day = undone(rows), session.now()[1]
        standing = [
            row
            for row in rows
            if row.id not in gone and row.day == day and (row.rating or row.act in ACTIONS)
        ]
        assert session.can_undo() or not standing or session.day != day
        taken = session.undo()
        assert (taken.id if taken else None) == (standing[-1].id if standing else None)
        self.wrote(window, taken is not None)

    @rule(window=WINDOWS)
    def restart(self, window: int) -> None:
        self.stores[window].close()
        self.stores[window] = Store.open(self.base / "home", TODAY)
        self.sessions[window] = self.begin(self.stores[window])
        self.fresh[window] = True

    # -- what happens to a learner -------------------------------------------------------------

    @rule(minutes=st.sampled_from((1, 59, 600, 16 * 60, 24 * 60, 5 * 24 * 60, 40 * 24 * 60)))
    def time_passes(self, minutes: int) -> None:
        self.clock.now += timedelta(minutes=minutes)

    @precondition(lambda self: self.clock.now.hour >= 4)
    @rule()
    def nearly_the_rollover(self) -> None:
        tomorrow = self.clock.now.date() + timedelta(days=1)
        self.clock.now = datetime(
            tomorrow.year, tomorrow.month, tomorrow.day, 3, 59, 55, tzinfo=UTC
        )

    @rule(minutes=st.integers(1, 23 * 60))
    def clock_is_set_back(self, minutes: int) -> None:
        last = self.stores[0].log.last_row()
        before = self.clock.now
        self.clock.now -= timedelta(minutes=minutes)
        if last is not None and last[1] - self.clock().day > 1:
            self.clock.now = before

    @rule(
        window=WINDOWS,
        what=st.sampled_from(EDITS),
        at=st.integers(0, 7),
        name=st.sampled_from(NAMES),
        kind=st.sampled_from(KINDS),
    )
    def library_is_edited(self, window: int, what: str, at: int, name: str, kind: str) -> None:
        if not self.library.edit(what, at, name, kind):
            return
        session = self.sessions[window]
        prompt = session.current
        if prompt is None:
            refresh(self.stores[window], self.library.root, self.clock(), SM2)
            self.fresh = [False, False]
            return
        found = reread(session)
        assert found.said
        assert bool(found.wrong) == self.library.broken
        assert session.current is not None or not found.same
        self.fresh = [False, False]
        self.fresh[window] = True

    # -- what must hold ------------------------------------------------------------------------

    @invariant()
    def no_row_was_changed_or_deleted(self) -> None:
        log = raw(self.stores[0])
        assert log[: len(self.log)] == self.log
        for row in self.stores[0].log.rows()[len(self.log) :]:
            assert (row.checksum(),) == self.stores[0].connection.execute(
                "SELECT checksum FROM reviews WHERE id = ?", (row.id,)
            ).fetchone()
        self.log = log

    @invariant()
    def the_caches_are_the_replay(self) -> None:
        rows = self.stores[1].log.rows()
        assert cache(self.stores[1]) == replay(rows, SM2)
        assert self.stores[1].standings.all() == replay_standings(rows)

    @invariant()
    def no_card_is_scheduled_twice_a_day(self) -> None:
        rows = self.stores[0].log.rows()
        gone = undone(rows)
        standing = renamed([row for row in rows if row.id not in gone])
        days = Counter((r.note, r.part, r.day) for r in standing if r.act is Act.REVIEW)
        assert max(days.values(), default=1) == 1

    @invariant()
    def a_window_that_knows_all_has_the_queue_of_a_new_one(self) -> None:
        for window, session in enumerate(self.sessions):
            other = self.begin(self.stores[window])
            if not self.fresh[window] or session.day != other.day:
                continue
            assert session.counts() == other.counts()
            assert set(session.queue.due) == set(other.queue.due)
            assert set(session.queue.new) == set(other.queue.new)
            assert session.queue.drill == other.queue.drill
            if session.current is None or session.current.card in session.queue:
                assert (session.current is None) == (other.current is None)

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

    @rule()
    def going_on_to_the_end_asks_what_is_counted(self) -> None:
        with self.copied() as store:
            now = self.clock()
            session = self.begin(store, now)
            before = store.log.today(session.day)
            counts, asked = session.counts(), Counter[State]()
            studied = {row.note for row in before if row.act is Act.REVIEW}
            known, drilled = len(store.log.introduced(session.day)), set(session.queue.drill)
            reviewed = {Card(row.note, row.part) for row in before if row.act is Act.REVIEW}
            room = max(0, min(self.deck_limit(True), self.limits.new) - known)
            seen: set[Card] = set()
            while (prompt := session.current) is not None:
                card = prompt.card
                assert card not in seen
                seen.add(card)
                assert not prompt.stored.note.suspended
                assert prompt.standing.asked(session.day)
                assert prompt.standing == store.standings.of(card)
                assert (prompt.act is Act.DRILL) == (card in drilled)
                assert prompt.act is not Act.PRACTICE
                if prompt.act is Act.REVIEW:
                    assert card.key not in studied
                    studied.add(card.key)
                    assert card not in reviewed
                asked[prompt.state] += 1
                expected = apply(prompt.before, self.would_be(session, GOOD), SM2)
                assert session.grade(GOOD) is Outcome.RECORDED
                after = store.state(card)
                assert (after.state, after.schedule) == (expected.state, expected.schedule)
                assert after.schedule.due == session.day + prompt.intervals[GOOD]
            assert (asked[State.NEW], asked[State.LEARNING], asked[State.REVIEW]) == (
                counts.new,
                counts.learning,
                counts.due,
            )
            assert asked[State.NEW] <= room
            assert asked[State.REVIEW] <= min(self.deck_limit(False), self.limits.reviews)
            assert session.counts() == self.begin(store, now).counts()

    def deck_limit(self, new: bool) -> int:
        """Return the limit of the deck, if it has one."""
        limits = (limit.new if new else limit.reviews for limit in self.limits.decks)
        return min((limit for limit in limits if limit is not None), default=99)

    def would_be(self, session: Session, rating: Rating) -> Review:
        """Return the row that a grade would write, as far as a schedule depends on it."""
        prompt = session.current
        assert prompt is not None
        scale = "1-4"
        card = prompt.card
        words = (card.key, card.part, prompt.act, str(int(rating)), scale, int(rating))
        return Review("", "", 0, session.day, 0, *words)

    @rule()
    def undoing_everything_gives_the_morning(self) -> None:
        with self.copied() as store:
            now = self.clock()
            session = self.begin(store, now)
            day = session.now()[1]
            rows = store.log.rows()
            kept = [row for row in rows if row.day != day or row.act is Act.RENAME]
            count = 0
            while session.undo() is not None:
                count += 1
                assert count <= len(rows)
            assert not session.can_undo()
            morning = without_last(replay(kept, SM2)), replay_standings(kept)
            assert (without_last(cache(store)), store.standings.all()) == morning
            assert session.counts() == self.begin(store, now).counts()
            assert session.done == 0

    def teardown(self) -> None:
        for store in self.stores:
            with suppress(OSError):
                store.close()
        self.folder.cleanup()


Loop.TestCase.settings = settings(
    max_examples=int(os.environ.get("LOOP_EXAMPLES", "80")), stateful_step_count=30, deadline=None
)
TestLoop = Loop.TestCase
