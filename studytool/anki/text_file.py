"""Writes notes as a text file that Anki imports by GUID."""

from __future__ import annotations

from collections.abc import Sequence

from studytool.anki.notetypes import NOTETYPES
from studytool.anki.package import PackedNote

_HEADER = (
    "#separator:tab",
    "#html:true",
    "#guid column:1",
    "#notetype column:2",
    "#deck column:3",
    "#tags column:4",
)


def text_file(notes: Sequence[PackedNote]) -> str:
    """Return notes as lines of GUID, notetype, deck, tags and fields, with tabs between them."""
    lines = [*_HEADER]
    for note in notes:
        head = (note.guid, NOTETYPES[note.kind].name, note.deck, " ".join(note.tags))
        lines.append("\t".join(map(_cell, (*head, *note.fields))))
    return "\n".join(lines) + "\n"


def _cell(value: str) -> str:
    """Return a value in quotes, so that it may hold tabs, line ends and `#`."""
    return '"' + value.replace('"', '""') + '"'
