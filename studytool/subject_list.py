"""Counts the notes and cards of each subject of a library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePath

from studytool.bank import BankNote
from studytool.columns import fit, table
from studytool.craft.subjects import SUBJECTS, Craft
from studytool.errors import StudytoolError
from studytool.library import Library
from studytool.values import Value
from studytool.wording import counted
from studytool.wrapping import Row, Run

FEWEST = 2
"""A subject with fewer notes has nothing to hang on."""
_ROOM_FOR_FIGURES = 16
_LONGEST_ID = 32


class SubjectCount(Value):
    """How much a library has on one subject.

    Attributes:
        id: The subject's id.
        name: What people call it.
        notes: Notes with its tag.
        cards: Their cards.
        banks: Banks they stand in, without folder and ending.
    """

    id: str
    name: str
    notes: int
    cards: int
    banks: tuple[str, ...]


def count(library: Library, craft: Craft) -> tuple[SubjectCount, ...]:
    """Return the subjects in the order of their list; of a single bank those that it is about.

    Raises:
        StudytoolError: If the library lists none, or its list is wrong.
    """
    if craft.diagnostics:
        wrong = craft.diagnostics[0]
        raise StudytoolError(f"{wrong.place()}: {wrong.message}", "studytool check shows all")
    if not craft.subjects:
        advice = "a line of id, name and other names for each, with tabs between them"
        raise StudytoolError(f"there is no {SUBJECTS} in {craft.folder}", advice)
    about: dict[str, list[BankNote]] = defaultdict(list)
    places: dict[str, dict[str, None]] = defaultdict(dict)
    for path, bank in library.banks.items():
        for entry in bank.notes:
            for tag in entry.note.tags:
                about[tag].append(entry)
                places[tag][PurePath(path).stem] = None
    return tuple(
        SubjectCount(
            id=name,
            name=subject.name,
            notes=len(about[name]),
            cards=sum(len(entry.note.parts()) for entry in about[name]),
            banks=tuple(places[name]),
        )
        for name, subject in craft.subjects.items()
        if craft.whole or name in about
    )


def page(subjects: Sequence[SubjectCount], width: int) -> list[Row]:
    """Return a table of the subjects, the few with too few notes marked."""
    room = min(_LONGEST_ID, max(len(each.id) for each in subjects))
    rest = max(0, width - room - _ROOM_FOR_FIGURES)
    body = [
        (
            Run(each.id, "late" if each.notes < FEWEST else ""),
            f"{each.notes}{'!' if each.notes < FEWEST else ''}",
            str(each.cards),
            Run(fit(" ".join(each.banks), rest), "muted"),
        )
        for each in subjects
    ]
    rows = table(("subject", "notes", "cards"), [row[:3] for row in body], width)
    if rest < len("banks"):
        return rows
    heads = [Run("banks", "muted"), *(row[3] for row in body)]
    return [(*row, Run("  "), head) for row, head in zip(rows, heads, strict=True)]


def verdict(subjects: Sequence[SubjectCount]) -> str:
    """Return how many subjects have too few notes."""
    few = sum(each.notes < FEWEST for each in subjects)
    said = f"{few} with under {FEWEST} notes" if few else f"each with {FEWEST} notes or more"
    return f"{counted(len(subjects), 'subject')}, {said}"


def document(subjects: Sequence[SubjectCount]) -> dict[str, object]:
    """Return the numbers as plain values for `--json`."""
    return {
        "schema_version": 1,
        "subjects": [
            {
                "id": each.id,
                "name": each.name,
                "notes": each.notes,
                "cards": each.cards,
                "banks": list(each.banks),
            }
            for each in subjects
        ],
    }
