"""What a card accepts as a typed answer."""

from __future__ import annotations

from itertools import groupby

from studytool.notes import Kind, Note
from studytool.parsed_notes import ParsedNote
from studytool.screen_text import clean_line
from studytool.typeset import Holes, set_blocks
from studytool.wrapping import Rows, plain

_UNBROKEN = 1_000_000
"""A width at which no row is broken, in columns."""


def can_be_typed(note: Note, part: str) -> bool:
    """Tell whether the answer of a card can be typed: its author says what is accepted."""
    return bool(note.accept) and part != "reverse" and note.kind in (Kind.BASIC, Kind.CLOZE)


def expected(note: Note, parsed: ParsedNote, part: str) -> tuple[str, ...]:
    """Return what counts as right, safe for a terminal: what is accepted, and the answer itself.

    What the author accepts is not said to belong to a hole; of a note with several cards each
    takes only what stands in its own holes.
    """
    if not can_be_typed(note, part):
        return ()
    accepted = tuple(clean_line(" ".join(text.split())) for text in note.accept)
    if note.kind is Kind.CLOZE:
        shown = Holes(int(part[1:]), shown=True)
        own = _holes(set_blocks(parsed.question, _UNBROKEN, "", shown, linear=True))
        accepted = accepted if len(note.parts()) == 1 else ()
    else:
        own = " ".join(plain(set_blocks(parsed.answer, _UNBROKEN, linear=True)).split())
    return tuple(dict.fromkeys(text for text in (*accepted, own) if text))


def _holes(rows: Rows) -> str:
    """Return the words of all holes that are shown, with commas between them."""
    found: list[str] = []
    for row in rows:
        for hole, runs in groupby(row, key=lambda run: "hole" in run.roles.split()):
            if hole:
                found.append("".join(run.text for run in runs).strip())
    return ", ".join(found)
