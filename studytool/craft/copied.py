"""Finds words that a note shares with the texts it was learned from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from studytool.craft.findings import WARNING, Finding
from studytool.craft.prompts import NoteView
from studytool.craft.words import GAP, bare, read
from studytool.errors import UsageError
from studytool.markdown import parse
from studytool.notes import Kind

RUN = 8
"""So many words in a row are no accident."""

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|‘[^’]*’")


def text_files(place: Path) -> list[Path]:
    """Return the text and Markdown files of a folder, or the one file that place is.

    Raises:
        UsageError: If there is none.
    """
    if place.is_file():
        return [place]
    found = sorted(path for path in place.rglob("*") if path.suffix in (".txt", ".md"))
    if not found:
        raise UsageError(f"there is no text in {place}", "name a .txt or .md file, or a folder")
    return found


def runs_of_words(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Return all runs of eight words in some texts."""
    return frozenset(
        run
        for text in texts
        for words in (bare(text),)
        for run in zip(*(words[start:] for start in range(RUN)), strict=False)
    )


def copied(view: NoteView, known: frozenset[tuple[str, ...]]) -> Iterator[Finding]:
    """Complain of eight words in a row that stand in a text; titles and quotations may."""
    note = view.note
    texts = (
        *(note.question, note.answer, note.reverse, note.extra, note.hint),
        *(*note.right, *note.wrong, *note.steps),
    )
    for text in texts:
        reading = read(parse(text, holes=note.kind is Kind.CLOZE, macros=note.macros))
        plain = reading.text
        for title in reading.titles:
            plain = plain.replace(title, GAP)
        for piece in re.split(GAP, _QUOTED.sub(GAP, plain)):
            words = bare(piece)
            for start in range(len(words) - RUN + 1):
                if tuple(words[start : start + RUN]) in known:
                    shared = " ".join(words[start : start + RUN])
                    yield Finding(WARNING, f"“{shared}” stands in a text it was learned from")
                    return
