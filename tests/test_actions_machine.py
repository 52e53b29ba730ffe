"""Grades, actions and undos on two devices and over days, against a replay of the log."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from mirror_rows import ROOT, Clock, basic, cloze, put

from studytool.actions import Action, perform
from studytool.due_list import due_today
from studytool.figures import study
from studytool.notes import Card
from studytool.prompts import Outcome
from studytool.queue import Limits
from studytool.scheduling import UNDOABLE, Act, CardState, Rating, Review, State, replay, undone
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.stats.statistics import statistics
from studytool.store import Store

NOTES = {
    "n0": ["front"],
    "n1": ["front"],
    "k": ["c1", "c2"],
    "r": ["front", "reverse"],
    "out": ["front"],
}
"""The parts of the notes; `out` is suspended in its bank."""
CARDS = [Card(note, part) for note, parts in NOTES.items() for part in parts]
EVERYTHING = Limits(new=99)


def cache(store: Store) -> dict[Card, CardState]:
    """Return all card states that the store keeps."""
    cards = store.connection.execute("SELECT note, part FROM cards").fetchall()
    return {Card(*row): store.state(Card(*row)) for row in cards}


class Model:
    """What the rows of a log say of each card, worked out the long way."""

    def __init__(self, rows: list[Review]) -> None:
        gone = undone(rows)
        self.rows = [row for row in rows if row.id not in gone]
        self.states = replay(rows, Sm2())

    def value(self, card: Card, act: Act) -> int:
        """Return what the last row about a card, or about its note, sets."""
        about = ("",) if act is Act.MARK else (card.part,)
        if act in (Act.SUSPEND, Act.BURY):
            about = ("", card.part)
        values = [
            int(row.value or 0)
            for row in self.rows
            if row.act is act and row.note == card.key and row.part in about
        ]
        return values[-1] if values else 0

    def asked(self, card: Card, day: int) -> bool:
        """Tell whether a card is in review on a day."""
        waits = self.value(card, Act.SUSPEND) or self.value(card, Act.BURY) > day
        return not waits and card.key != "out"

    def due(self, card: Card) -> int | None:
        """Return the day on which a card comes due; None if it is new."""
        known = self.states.get(card)
        return known.schedule.due if known else None


class Devices(RuleBasedStateMachine):
    """Two devices whose rows are in one log; each has a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.clock = Clock()
        self.stores = [Store.open(Path(self.folder.name), date(2024, 10, 4)) for _ in range(2)]
        self.stores[1].log.device = "bbbbbbbb"
        notes = [basic("n0"), basic("n1"), cloze("k", "{{c1::x}} {{c2::y}}")]
        put(
            self.stores[0],
            [*notes, basic("r", reverse="Which?"), basic("out", suspended=True)],
        )
        self.sessions = [self.begin(window) for window in range(2)]

    def begin(self, window: int) -> Session:
        return Session(self.stores[window], Selection(ROOT), Sm2(), self.clock, EVERYTHING)

    def snapshot(self) -> tuple[object, ...]:
        """Return all that an undo has to restore; a state's last row is a newer one then."""
        states = {card: (s.state, s.schedule) for card, s in cache(self.stores[0]).items()}
        return states, self.stores[0].standings.all()

    def standing(self, window: int) -> list[Review]:
        """Return the rows that a device can take back today."""
        rows = self.stores[0].log.rows()
        gone, day = undone(rows), self.clock().day
        device = self.stores[window].log.device
        return [
            row
            for row in rows
            if row.id not in gone
            and (row.device, row.day) == (device, day)
            and (row.rating or row.act in UNDOABLE)
        ]

    @rule(window=st.integers(0, 1), rating=st.sampled_from(Rating), back=st.booleans())
    def grade(self, window: int, rating: Rating, back: bool) -> None:
        session, before = self.sessions[window], self.snapshot()
        prompt = session.current
        recorded = session.grade(rating) is Outcome.RECORDED
        if recorded and back:
            assert session.undo()
            assert self.snapshot() == before
            if prompt and self.stores[0].standings.of(prompt.card).asked(session.day):
                assert session.current is not None
                assert session.current.card == prompt.card

    @rule(
        window=st.integers(0, 1),
        action=st.sampled_from(Action),
        flag=st.integers(0, 7),
        back=st.booleans(),
    )
    def act(self, window: int, action: Action, flag: int, back: bool) -> None:
        session, before = self.sessions[window], self.snapshot()
        prompt, states = session.current, cache(self.stores[0])
        row = perform(session, action, flag)
        assert (row is None) == (prompt is None)
        assert action.act is Act.SET_DUE or cache(self.stores[0]) == states
        if row is not None and prompt is not None:
            assert self.stores[1 - window].log.rows()[-1] == row
            if back:
                taken = session.undo()
                assert taken == row
                assert self.snapshot() == before

    @rule(window=st.integers(0, 1))
    def undo(self, window: int) -> None:
        expected = self.standing(window)
        taken = self.sessions[window].undo()
        assert taken == (expected[-1] if expected else None)

    @rule(window=st.integers(0, 1))
    def restart(self, window: int) -> None:
        device = self.stores[window].log.device
        self.stores[window].close()
        self.stores[window] = Store.open(Path(self.folder.name), date(2024, 10, 4))
        self.stores[window].log.device = device
        self.sessions[window] = self.begin(window)

    @precondition(lambda self: self.clock.now.hour < 23)
    @rule(days=st.integers(1, 8))
    def sleep(self, days: int) -> None:
        self.clock.set(self.clock().day + days)

    @rule()
    def rebuild(self) -> None:
        before = cache(self.stores[0]), self.stores[0].standings.all()
        self.stores[0].rebuild(Sm2())
        assert (cache(self.stores[0]), self.stores[0].standings.all()) == before

    @invariant()
    def the_caches_are_the_replay(self) -> None:
        model = Model(self.stores[0].log.rows())
        assert cache(self.stores[1]) == model.states
        for card in CARDS:
            found = self.stores[1].standings.of(card)
            assert bool(found.suspended) == bool(model.value(card, Act.SUSPEND))
            assert (found.buried_until or 0) == model.value(card, Act.BURY)
            assert (found.flag, found.marked) == (
                model.value(card, Act.FLAG),
                model.value(card, Act.MARK),
            )

    @invariant()
    def what_is_asked_and_counted_is_what_the_rows_say(self) -> None:
        store, model, day = self.stores[0], Model(self.stores[0].log.rows()), self.clock().day
        for selection in (Selection(ROOT), *(Selection(ROOT, **{n: True}) for n in CHOICES)):
            chosen = [
                card
                for card in CARDS
                if (not selection.flagged or model.value(card, Act.FLAG))
                and (not selection.marked or model.value(card, Act.MARK))
            ]
            asked = [card for card in chosen if model.asked(card, day)]
            dues = {card: model.due(card) for card in asked}
            due = {card for card, at in dues.items() if at is not None and at <= day}
            assert set(store.due(selection, day)) == due
            new = [card for card in asked if dues[card] is None]
            assert list(store.new(selection, day)) == sorted(new, key=CARDS.index)
            coming = [
                max(at, model.value(card, Act.BURY))
                for card in chosen
                if card.key != "out" and not model.value(card, Act.SUSPEND)
                for at in (model.due(card),)
                if at is not None
            ]
            later = min((at for at in coming if at > day), default=None)
            assert store.next_due(selection, day) == later
            made = statistics(study(store, selection), Sm2(), day)
            out = [c for c in chosen if c.key == "out" or model.value(c, Act.SUSPEND)]
            assert (made.cards.suspended, made.cards.total) == (len(out), len(chosen))
            assert made.future.days[0] + made.future.overdue == len(due)

    @invariant()
    def nobody_is_asked_what_waits(self) -> None:
        session = self.begin(0)
        model = Model(self.stores[0].log.rows())
        queue = session.queue
        for card in (*queue.due, *queue.new, *queue.drill):
            assert model.asked(card, session.day)
            assert card not in queue.drill or model.states[card].state is State.LEARNING
        assert session.current is not None or not len(queue)
        held = session.held_back()
        assert all(model.asked(card, session.day) for card in (*held.due, *held.new))
        assert due_today(session).all.total == len(queue)

    def teardown(self) -> None:
        for store in self.stores:
            with suppress(OSError):
                store.close()
        self.folder.cleanup()


CHOICES = ("flagged", "marked")
Devices.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestDevices = Devices.TestCase
