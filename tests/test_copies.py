"""One learner, several copies of a library: history moves once, and undo stays at home."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from mirror_rows import DAY, Clock

from studytool.mirror import refresh
from studytool.notes import Card
from studytool.queue import Limits
from studytool.scheduling import Rating
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store

SM2 = Sm2()
STEPS = "deck: D\nnotes:\n- id: tea\n  q: Tea?\n  steps: [{}]\n"


class Desk:
    """A database, a clock, and folders of banks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store.open(folder / "home", date(2024, 10, 4))
        self.clock = Clock()

    def write(self, library: str, text: str) -> None:
        path = self.folder / library / "bank.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)

    def open(self, library: str) -> Session:
        root = self.folder / library
        refresh(self.store, root, self.clock(), SM2)
        return Session(self.store, Selection(str(root)), SM2, self.clock, Limits())

    def histories(self) -> dict[str, int]:
        """Return the interval of each part with history; the replay of the log says the same."""
        rows = self.store.connection.execute("SELECT part, interval FROM cards").fetchall()
        self.store.rebuild(SM2)
        assert self.store.connection.execute("SELECT part, interval FROM cards").fetchall() == rows
        return dict(rows)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.store.close()


def learn_first_step(desk: Desk, library: str) -> None:
    """Pass the first step on two days, so that its interval tells it from the others."""
    for day in (DAY, DAY + 1):
        desk.clock.set(day)
        session = desk.open(library)
        assert session.current is not None
        assert session.current.card.part == "s1"
        session.grade(Rating.GOOD)


def test_a_second_copy_does_not_move_history_again(desk: Desk) -> None:
    for library in ("one", "two"):
        desk.write(library, STEPS.format("boil, pour, wait"))
        desk.open(library)
    learn_first_step(desk, "one")
    for library in ("one", "two", "one"):
        desk.write(library, STEPS.format("pour, boil, wait"))
        desk.open(library)
        assert desk.histories() == {"s2": 6}
    assert len(desk.store.log.rows("act = 'rename'")) == 1


def test_a_folder_and_its_only_bank_are_two_copies(desk: Desk) -> None:
    desk.write("one", STEPS.format("boil, pour"))
    desk.open("one")
    desk.open("one/bank.yaml")
    learn_first_step(desk, "one")
    desk.write("one", STEPS.format("fill, boil, pour"))
    desk.open("one")
    desk.open("one/bank.yaml")
    assert desk.histories() == {"s2": 6}


def test_a_copy_that_has_never_been_opened_finds_the_history(desk: Desk) -> None:
    desk.write("one", STEPS.format("boil, pour"))
    learn_first_step(desk, "one")
    desk.write("two", STEPS.format("fill, boil, pour"))
    desk.open("two")
    assert desk.histories() == {"s2": 6}


def test_undo_leaves_the_answers_of_another_library_alone(desk: Desk) -> None:
    for name in ("one", "two"):
        desk.write(name, f"deck: D\nnotes:\n- id: {name}\n  q: '{name}?'\n  a: yes\n")
    desk.open("one").grade(Rating.GOOD)
    session = desk.open("two")
    assert not session.can_undo()
    assert not session.undo()
    session.grade(Rating.GOOD)
    assert session.undo()
    assert not session.undo()
    assert desk.store.state(Card("one", "front")).schedule.repetitions == 1
    assert desk.open("one").undo()


def test_undo_finds_a_card_that_has_moved_since(desk: Desk) -> None:
    desk.write("one", STEPS.format("boil, pour"))
    desk.open("one").grade(Rating.GOOD)
    desk.write("one", STEPS.format("fill, boil, pour"))
    session = desk.open("one")
    assert session.undo()
    assert session.current is not None
    assert session.current.card.part == "s2"
    assert desk.histories() == {}


def test_a_move_made_under_a_wrong_clock_blocks_nothing(desk: Desk) -> None:
    desk.write("one", STEPS.format("boil, pour"))
    desk.open("one").grade(Rating.GOOD)
    desk.clock.set(DAY + 400)
    desk.write("one", STEPS.format("pour, boil"))
    refresh(desk.store, desk.folder / "one", desk.clock(), SM2)
    desk.clock.set(DAY + 1)
    assert desk.open("one").current is not None


def test_former_ids_are_taken_over_in_any_order(desk: Desk) -> None:
    note = "deck: D\nnotes:\n- id: {}\n  q: Q?\n  a: A\n"
    desk.write("one", note.format("a"))
    desk.open("one").grade(Rating.GOOD)
    desk.write("one", note.format("c\n  was: [a, b]"))
    desk.open("one")
    assert desk.store.state(Card("b", "front")).schedule.repetitions == 1


def test_a_note_that_gets_an_id_of_its_own_keeps_its_history(desk: Desk) -> None:
    desk.write("one", "deck: D\nnotes:\n- q: What is tea?\n  a: A drink.\n")
    desk.open("one").grade(Rating.GOOD)
    desk.write("one", "deck: D\nnotes:\n- id: tea\n  q: What is tea?\n  a: A drink.\n")
    desk.open("one")
    assert desk.store.state(Card("tea", "front")).schedule.repetitions == 1
