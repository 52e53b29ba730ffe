"""What is set for a card stays with it when its note's id or its steps change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from mirror_rows import Clock

from studytool.actions import Action, perform
from studytool.mirror import refresh
from studytool.notes import Card
from studytool.queue import Limits
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.standings import replay_standings
from studytool.store import Store

STEPS = "deck: D\nnotes:\n- {{id: {id}, q: How?, steps: [{steps}]{more}}}\n"


class Desk:
    """A library of one note and a database."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "cards"
        self.root.mkdir()
        self.clock = Clock()
        self.store = Store.open(folder / "home", date(2024, 10, 4))

    def write(self, steps: str, name: str = "round", more: str = "") -> None:
        """Write the bank and read it."""
        text = STEPS.format(id=name, steps=steps, more=more)
        (self.root / "a.yaml").write_text(text)
        refresh(self.store, self.root, self.clock(), Sm2())

    def session(self) -> Session:
        return Session(self.store, Selection(str(self.root)), Sm2(), self.clock, Limits())

    def suspended(self, name: str = "round", count: int = 3) -> list[str]:
        """Return the parts of the note that are suspended."""
        parts = [f"s{number}" for number in range(1, count + 1)]
        return [p for p in parts if self.store.standings.of(Card(name, p)).suspended]


@pytest.fixture
def desk(tmp_path: Path):  # type: ignore[no-untyped-def]
    made = Desk(tmp_path)
    made.write("send, train, average")
    yield made
    assert made.store.standings.all() == replay_standings(made.store.log.rows())
    made.store.close()


def test_a_suspended_step_never_graded_is_followed_by_its_text(desk: Desk) -> None:
    perform(desk.session(), Action.SUSPEND_CARD)
    assert desk.suspended() == ["s1"]
    desk.write("train, average, send")
    assert desk.suspended() == ["s3"]
    assert desk.session().undo()
    assert desk.suspended() == []


def test_a_step_that_returns_is_still_suspended(desk: Desk) -> None:
    perform(desk.session(), Action.SUSPEND_CARD)
    desk.write("train, average")
    assert desk.suspended() == []
    desk.write("train, send, average")
    assert desk.suspended() == ["s2"]


def test_a_note_keeps_what_is_set_under_a_new_id(desk: Desk) -> None:
    session = desk.session()
    perform(session, Action.MARK)
    perform(session, Action.FLAG, 6)
    perform(session, Action.SUSPEND_NOTE)
    desk.write("send, train, average", "fedavg", ", was: [round]")
    (key,) = {key for (key,) in desk.store.connection.execute("SELECT note FROM standings")}
    found = desk.store.standings.of(Card(key, "s1"))
    assert (found.suspended, found.flag, found.marked) == (1, 6, 1)
    assert desk.session().current is None
    assert desk.session().undo()
    assert desk.session().current is not None
