"""Ids for notes whose author wrote none: from the words of the question, never a counter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from studytool.digests import digest
from studytool.notes import MAX_ID_LENGTH, Note, fold, valid_id
from studytool.values import replace

WORDS = 8
"""How many words of the question an id is made of."""

MAX_READ = 2_000
"""How much of a text is looked at for its first words, in characters."""

_HOLE = re.compile(r"\{\{c\d+::|\}\}")


def slug(text: str) -> str:
    """Return the first words of a text as an id; may be empty."""
    plain = unicodedata.normalize("NFC", _HOLE.sub(" ", text)[:MAX_READ].casefold())
    letters = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in plain)
    name = "-".join(letters.split()[:WORDS])[:MAX_ID_LENGTH].strip("-")
    return name if valid_id(name) else ""


def content_digits(note: Note) -> str:
    """Return four hexadecimal digits that hang on a note's content."""
    content = replace(note, id="", derived=False).to_json()
    return digest(content, 2)


def derive_id(note: Note, taken: Container[str]) -> Note:
    """Return a note with the id that its question gives it.

    Args:
        note: A note without an id, or one whose derived id clashes.
        taken: Folded ids that are in use already.
    """
    name = slug(note.question) or f"{note.kind}-{content_digits(note)}"
    if fold(name) in taken:
        name = f"{name[: MAX_ID_LENGTH - 5].rstrip('-')}-{content_digits(note)}"
    return replace(note, id=name, derived=True)
