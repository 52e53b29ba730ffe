"""Banks as short texts, and their complaints as `line:column code`, for the tests of the loader."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

from rich.cells import cell_len

from studytool.bank import Bank, load
from studytool.check import check
from studytool.diagnostics import Diagnostic, Severity, render
from studytool.faces import face
from studytool.library import Library, load_library
from studytool.notes import Note, fold, valid_id
from studytool.parsed_notes import ParsedNote, parse_note
from studytool.wrapping import row_width

PLACELESS = ("more", "unreadable", "library")
"""Codes of complaints about a whole file."""
CONTROLS = re.compile("[\0-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
TOP = "deck: D\nnotes:\n"
"""Two lines, so that the first note stands in line 3."""


def read(text: str | bytes, why: str = "") -> Bank:
    """Return a bank; `why` is what is wrong with every picture."""
    data = text.encode() if isinstance(text, str) else text
    return load(data, "b.yaml", lambda path: why)


def notes(text: str, top: str = TOP) -> list[Note]:
    """Return the notes of a bank that must have no complaint at all."""
    bank = read(top + text)
    assert not bank.diagnostics, [render(complaint) for complaint in bank.diagnostics]
    return [entry.note for entry in bank.notes]


def one(text: str, top: str = TOP) -> Note:
    """Return the only note of a bank without complaints."""
    (note,) = notes(text, top)
    return note


def places(text: str, top: str = TOP, why: str = "") -> list[str]:
    """Return a bank's complaints, each as `line:column code`, with `?` behind warnings."""
    return [named(complaint) for complaint in read(top + text, why).diagnostics]


def named(complaint: Diagnostic) -> str:
    """Return a complaint's place and code."""
    mark = "?" if complaint.severity is Severity.WARNING else ""
    return f"{complaint.line}:{complaint.column} {complaint.code}{mark}"


def complaint(text: str, top: str = TOP, why: str = "") -> Diagnostic:
    """Return the only complaint about a bank."""
    (found,) = read(top + text, why).diagnostics
    return found


def marked(text: str, top: str = TOP, why: str = "") -> str:
    """Return the characters that the caret of a bank's only complaint stands under."""
    rows = render(complaint(text, top, why)).split("\n")
    cells = "".join(c + "\0" * (cell_len(c) - 1) for c in rows[1])
    return cells[rows[2].index("^") : rows[2].rindex("^") + 1].replace("\0", "")


def sound(bank: Bank) -> None:
    """Prove that a bank can be shown: its places exist, and its complaints can be printed."""
    for found in bank.diagnostics:
        assert render(found)
        assert (found.line >= 1 and found.column >= 1) or found.code in PLACELESS
    order = [(found.line or 1 << 30, found.column) for found in bank.diagnostics]
    assert order == sorted(order)
    ids = [unicodedata.normalize("NFC", entry.note.id).casefold() for entry in bank.notes]
    assert len(ids) == len(set(ids))


def prove(root: Path) -> tuple[Library, list[Diagnostic]]:
    """Load a folder of banks; prove that every complaint has its place, and every note is whole."""
    library = load_library(root)
    found = check(library, root)
    assert len(found) == len(set(found))
    for bank in library.banks.values():
        sound(bank)
    for each in found:
        text = (root / Path(each.path).name).read_bytes().decode(errors="replace")
        lines = re.split("\r\n|\r|\n", text.removeprefix("\ufeff"))
        if each.code not in PLACELESS:
            assert each.line <= len(lines) - (len(lines) > 1 and not lines[-1])
            assert 1 <= each.column <= len(lines[each.line - 1]) + 1
            assert each.source_line == lines[each.line - 1] or each.code in ("encoding", "size")
        shown = render(each)
        assert len(shown.split("\n")) <= 4 and not CONTROLS.search(shown)
        assert json.loads(json.dumps(each.as_json()))["code"] == each.code
    notes = [entry.note for bank in library.banks.values() for entry in bank.notes]
    assert len({fold(note.id) for note in notes}) == len(notes)
    for note in notes:
        whole(note)
    return library, found


@cache
def whole(note: Note) -> None:
    """Prove that a note can be stored, parsed and shown."""
    assert valid_id(note.id) and note.deck
    assert Note.from_json(note.to_json()) == note
    parsed = parse_note(note)
    assert ParsedNote.from_json(parsed.to_json()) == parsed
    parts = note.parts()
    assert parts and len(set(parts)) == len(parts)
    for part in parts:
        shown = face(note, parsed, part, 40)
        assert shown.question and shown.answer
        for row in (*shown.question, *shown.hint, *shown.answer, *shown.extra, *shown.source):
            assert row_width(row) <= 40
            assert not any(CONTROLS.search(run.text) for run in row)
