"""Rows of the log, the cards they make, and what a selection finds."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest
from database_checks import SM2, grade, value
from hypothesis import given
from hypothesis import strategies as st
from mirror_rows import DAY, ROOT, basic, cloze, put, review

from studytool.connection import writing
from studytool.days import Moment
from studytool.notes import Card
from studytool.scheduling import NEW_CARD, Rating, replay
from studytool.selection import Selection, decks_below
from studytool.store import Store
from studytool.values import replace


def test_a_card_is_shown_even_when_its_trees_cannot_be_kept(home: Path, store: Store) -> None:
    store.connection.execute("PRAGMA busy_timeout = 50")
    holder = sqlite3.connect(home / "studytool.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    stored = store.note(ROOT, "n0")
    assert stored is not None
    assert store.parsed(stored).question
    holder.execute("ROLLBACK")
    holder.close()


def test_ids_rise_even_when_the_clock_does_not(store: Store) -> None:
    with writing(store.connection):
        ids = [store.log.append(replace(review(1), at_ms=ms)).id for ms in (5000, 5000, 4000, -7)]
    assert ids == [f"{ms:013x}-{store.log.device}-000" for ms in (5000, 5001, 5002, 5003)]
    assert [row.at_ms for row in store.log.rows()] == [5000, 5000, 4000, -7]


def test_a_row_comes_back_as_it_went_with_its_checksum(store: Store) -> None:
    row = replace(review(1), note_text="Größe 🎉 \x1b[31m '\"", tz_minutes=-210, duration_ms=77)
    with writing(store.connection):
        written = store.log.append(row)
    assert store.log.rows() == [written]
    assert replace(written, id=row.id, device=row.device) == row
    assert value(store.connection, "SELECT checksum FROM reviews") == written.checksum()


def test_a_card_graded_elsewhere_is_left_alone(store: Store) -> None:
    grade(store, 1)
    assert store.record(review(2), "", SM2) is None
    assert len(store.log.rows()) == 1


def test_undo_takes_only_this_devices_answers_of_the_day(store: Store) -> None:
    moment = Moment(10**6, DAY, 0)
    assert store.undo(ROOT, moment, DAY, SM2) is None
    grade(store, 1)
    assert store.undo(ROOT, moment, DAY, SM2) is None
    store.connection.execute("UPDATE reviews SET device = 'ffffffff', day = ?", (DAY,))
    assert store.undo(ROOT, moment, DAY, SM2) is None
    store.connection.execute("UPDATE reviews SET device = ?", (store.log.device,))
    assert store.undo(ROOT, moment, DAY, SM2) is not None
    assert store.undo(ROOT, moment, DAY, SM2) is None
    assert store.state(Card("n0", "front")) == NEW_CARD


def test_a_lost_cache_is_made_again(store: Store) -> None:
    for number in range(1, 20):
        grade(store, number, f"n{number % 3}", Rating(1 + number % 4))
    before = store.connection.execute("SELECT * FROM cards").fetchall()
    store.connection.execute("DELETE FROM cards")
    store.rebuild(SM2)
    assert store.connection.execute("SELECT * FROM cards").fetchall() == before
    assert len(before) == len(replay(store.log.rows(), SM2)) == 3


def test_decks_and_tags_select(store: Store) -> None:
    put(
        store,
        [
            basic("g", deck="ML::GANs", tags=("gan::loss", "100%")),
            cloze("f", "{{c1::x}} {{c2::y}}", deck="ML::Federated", tags=("fed", "GAN")),
            basic("s", deck="ML::GANs", suspended=True),
        ],
        bank="a.yaml",
    )
    decks = store.decks(ROOT)
    assert decks == ["D", "ML::Federated", "ML::GANs"]
    assert decks_below(decks, "ml") == ("ML::Federated", "ML::GANs")
    assert decks_below(decks, " ML::gans ") == ("ML::GANs",)
    assert decks_below(decks, "M") == ()

    def ids(**choice: tuple[str, ...]) -> list[str]:
        return [f"{c.key}/{c.part}" for c in store.new(Selection(ROOT, **choice), DAY)]

    assert ids(decks=("ML::Federated", "ML::GANs")) == ["g/front", "f/c1", "f/c2"]
    assert ids(tags=("gan",)) == ["g/front", "f/c1", "f/c2"]
    assert ids(tags=("gan", "fed")) == ["f/c1", "f/c2"]
    assert ids(tags=("100%",)) == ["g/front"]
    assert ids(tags=("1%",)) == []
    assert ids(decks=()) == []
    without = store.new(Selection(ROOT), DAY, ["D", "ML::GANs"])
    assert [card.key for card in without] == ["f", "f"]
    assert list(store.new(Selection("/elsewhere"), DAY)) == []


@given(
    notes=st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=8),
    graded=st.sets(st.tuples(st.integers(0, 7), st.sampled_from(["front", "c1", "c2", "s~1"]))),
)
def test_new_are_all_cards_without_a_grade_in_teaching_order(
    store: Store, notes: list[tuple[int, bool]], graded: set[tuple[int, str]]
) -> None:
    holes = ("{{c1::x}}", "{{c2::y}}", "{{c3::z}}")
    made = [
        cloze(f"m{n}", " ".join(holes[:count]), suspended=off)
        if count
        else basic(f"m{n}", suspended=off)
        for n, (count, off) in enumerate(notes)
    ]
    store.connection.execute("DELETE FROM notes")
    store.connection.execute("DELETE FROM cards")
    put(store, made)
    store.connection.executemany(
        "INSERT INTO cards VALUES (?, ?, 'review', 1, 1, 1, 0, 250, NULL, 'x')",
        [(f"m{n}", part) for n, part in graded],
    )
    cards = [Card(note.id, part) for note in made if not note.suspended for part in note.parts()]
    known = {Card(f"m{n}", part) for n, part in graded}
    found = list(store.new(Selection(ROOT), DAY))
    assert found == [card for card in cards if card not in known]


def test_due_cards_come_by_day_then_bank_then_position(store: Store) -> None:
    put(store, [basic("z")], bank="a.yaml")
    for number, note in enumerate(("n3", "z", "n1")):
        assert store.record(review(number, note=note), "", SM2) is not None
    store.connection.execute("UPDATE cards SET due = due - 1 WHERE note = 'n3'")
    due = [card.key for card in store.due(Selection(ROOT), DAY + 1)]
    assert due == ["n3", "z", "n1"]
    assert list(store.due(Selection(ROOT), DAY - 1)) == []
    assert list(store.due(Selection(ROOT), DAY + 1, ["D"])) == []
    assert store.next_due(Selection(ROOT), DAY) == DAY + 1
    assert store.next_due(Selection(ROOT), DAY + 1) is None


def test_a_note_that_left_its_bank_had_a_deck(store: Store) -> None:
    put(store, [basic("z", deck="Old")], bank="a.yaml")
    store.connection.execute("UPDATE notes SET removed_at = 1")
    assert store.deck(ROOT, "z") == "Old"
    store.connection.execute("UPDATE notes SET id = 'y' WHERE id = 'z'")
    put(store, [basic("z", deck="New")], bank="b.yaml")
    assert store.deck(ROOT, "z") == "New"
    assert store.deck(ROOT, "x") is None
    assert store.deck("/elsewhere", "z") is None


def test_a_part_that_is_gone_is_not_asked(store: Store) -> None:
    put(store, [cloze("k", "{{c1::x}} {{c2::y}}")])
    store.record(review(1, note="k", part="c2"), "", SM2)
    put(store, [cloze("k", "{{c1::x}} y")])
    assert Card("k", "c2") not in list(store.due(Selection(ROOT), DAY + 9))


def test_parsed_trees_are_kept_by_content(store: Store) -> None:
    stored = store.note(ROOT, "n0")
    assert stored is not None
    first = store.parsed(stored)
    assert value(store.connection, "SELECT count(*) FROM rendered") == 1
    assert store.parsed(stored) == first


def test_a_damaged_cache_of_trees_is_made_again(store: Store) -> None:
    stored = store.note(ROOT, "n0")
    assert stored is not None
    parsed = store.parsed(stored)
    for damage in ("{", "[]", '{"question":[{"":"Nothing"}]}', '{"nothing":[]}'):
        store.connection.execute("UPDATE rendered SET fields = ?", (damage,))
        assert store.parsed(stored) == parsed


def test_the_home_may_be_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store.open(Path("here"), date(2026, 9, 1))
    store.close()
    assert store.folder == tmp_path / "here"
    assert (tmp_path / "here" / "studytool.db").exists()
