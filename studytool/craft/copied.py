"""Finds words that a note shares with the texts it was learned from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from studytool.craft.findings import WARNING, Finding
from studytool.craft.prompts import NoteView
from studytool.craft.words import GAP, bare, read
from studytool.errors import UsageError
from studytool.markdown import parse

RUN = 8
"""So many words in a row are no accident."""

ENDINGS = (".txt", ".md")
"""Which files of a folder are texts."""

_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»|‘[^‘’]*’")


def text_files(place: Path) -> list[Path]:
    """Return the text and Markdown files of a folder, or the one file that place is.

    Raises:
        UsageError: If there is none.
    """
    if place.is_file():
        return [place]
    found = sorted(
        path for path in place.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file()
    )
    if not found:
        endings = " or ".join(ENDINGS)
        raise UsageError(f"there is no text in {place}", f"its files have to end in {endings}")
    return found


def words_of(path: Path) -> list[str]:
    """Return the words of a text file.

    Raises:
        UsageError: If it is no text in UTF-8 or UTF-16, or has no words.
        OSError: If it cannot be read.
    """
    data = path.read_bytes()
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        words = bare(data.decode("utf-16" if wide else "utf-8-sig"))
    except UnicodeDecodeError:
        words = []
    if not words or b"\0" in data and not wide:
        raise UsageError(f"{path} is no text in UTF-8", "compare with the text itself")
    return words


def runs_of_words(texts: Iterable[Sequence[str]]) -> frozenset[int]:
    """Return the hashes of all runs of eight words in some texts."""
    return frozenset(
        hash(run)
        for words in texts
        for run in zip(*(words[start:] for start in range(RUN)), strict=False)
    )


def copied(view: NoteView, known: frozenset[int]) -> Iterator[Finding]:
    """Complain of eight words in a row that stand in a text; titles and quotations may."""
    for keys, text, holes in view.texts():
        reading = read(parse(text, holes=holes, macros=view.note.macros))
        plain = reading.text
        for title in reading.titles:
            if len(bare(title)) > 1:
                plain = plain.replace(title, GAP)
        for piece in _QUOTED.sub(GAP, plain).split(GAP):
            words = bare(piece)
            for start in range(len(words) - RUN + 1):
                if hash(tuple(words[start : start + RUN])) in known:
                    shared = " ".join(words[start : start + RUN])
                    what = f"“{shared}” stands in a text it was learned from"
                    yield Finding(WARNING, what, keys)
                    return
