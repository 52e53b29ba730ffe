"""Ids for notes whose author wrote none: from the words of the question, never a counter."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container
from dataclasses import replace

from studytool.notes import MAX_ID_LENGTH, Note, fold

WORDS = 8
"""How many words of the question an id is made of."""

_HOLE = re.compile(r"\{\{c\d+::|\}\}")
_WORD = re.compile(r"[^\W_]+")


def slug(text: str) -> str:
    """Return the first words of a text as an id; may be empty."""
    plain = unicodedata.normalize("NFC", _HOLE.sub(" ", text)).casefold()
    words = _WORD.findall(unicodedata.normalize("NFC", plain))[:WORDS]
    return "-".join(words)[:MAX_ID_LENGTH].strip("-")


def content_digits(note: Note) -> str:
    """Return four hexadecimal digits that hang on a note's content."""
    content = replace(note, id="", derived=False).to_json()
    return hashlib.blake2b(content.encode(), digest_size=2).hexdigest()


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
