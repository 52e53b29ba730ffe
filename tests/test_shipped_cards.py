"""The banks that come with studytool: held to every rule, drawn, sourced, readable everywhere."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from studytool.bank import BankNote
from studytool.check import check
from studytool.craft.subjects import Craft
from studytool.diagnostics import render
from studytool.faces import face
from studytool.library import Library, load_library
from studytool.parsed_notes import parse_note
from studytool.subject_list import FEWEST, count
from studytool.wrapping import row_width

CARDS = Path(__file__).parent.parent / "cards"
COLUMNS, ROWS = 76, 20
"""What a terminal of 80 × 24 has left for a card."""
VERDICTS = {"keep", "reword", "split", "merge", "fix", "drop", "add"}


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(CARDS)


@pytest.fixture(scope="module")
def entries(library: Library) -> list[BankNote]:
    return [entry for bank in library.banks.values() for entry in bank.notes]


def test_no_rule_complains(library: Library) -> None:
    found = check(library, CARDS)
    assert [render(each) for each in found if each.severity != "info"] == []


def test_the_manual_tells_what_is_taught_in_the_order_of_the_files(
    library: Library, entries: list[BankNote]
) -> None:
    manual = (CARDS.parent / "README.md").read_text(encoding="utf-8")
    section = manual.split("## What the shipped banks teach")[1].split("\n## ")[0]
    told = re.findall(r"([A-Z][^|,]*?) (\d+)(?=,| \|)", section)
    decks = [
        (bank.notes[0].note.deck.rpartition("::")[2], str(len(bank.notes)))
        for _, bank in sorted(library.banks.items())
    ]
    assert told == decks
    subjects = len(count(library, Craft(CARDS)))
    assert f"{len(entries)} notes on {subjects} subjects" in section


def test_each_subject_has_notes(library: Library) -> None:
    few = [each.id for each in count(library, Craft(CARDS)) if each.notes < FEWEST]
    assert few == []


def test_every_card_fits_a_small_terminal(entries: list[BankNote]) -> None:
    for entry in entries:
        parsed = parse_note(entry.note)
        for part in entry.note.parts():
            shown = face(entry.note, parsed, part, COLUMNS, "seed")
            rows = (*shown.question, *shown.answer, *shown.extra, *shown.hint, *shown.source)
            assert len(shown.question) + len(shown.answer) < ROWS, entry.note.id
            assert all(row_width(row) <= COLUMNS for row in rows), entry.note.id
            assert not any("error" in run.roles for row in rows for run in row), entry.note.id


def test_every_picture_is_used_and_described(entries: list[BankNote]) -> None:
    used: dict[str, str] = {}
    for entry in entries:
        for description, name in re.findall(r"!\[([^]]*)\]\(media/([^)]*)\)", entry.note.to_json()):
            used[name] = description
    assert set(used) == {path.name for path in (CARDS / "media").iterdir()}
    assert len(used) >= 15
    assert all(len(description) > 100 for description in used.values())


def test_every_bank_was_read_a_second_time(library: Library) -> None:
    for path, bank in library.banks.items():
        with (CARDS / "review" / f"{Path(path).stem}.tsv").open(encoding="utf-8") as record:
            rows = list(csv.reader(record, delimiter="\t", quoting=csv.QUOTE_NONE))
        assert rows[0][:2] == ["id", "verdict"], path
        assert {row[1] for row in rows[1:]} <= VERDICTS, path
        read = {row[0] for row in rows[1:]}
        assert {entry.note.id for entry in bank.notes} <= read, path
