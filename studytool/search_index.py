"""The full-text index of the notes: kept by content, and brought up to date when it is searched."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from studytool.connection import writing
from studytool.notes import NO_SOURCE, Note
from studytool.values import astuple

MISSING = (
    "SELECT n.content_hash, n.content FROM notes n LEFT JOIN indexed i USING (content_hash)"
    " WHERE i.number IS NULL"
)
ANY_MISSING = (
    "SELECT 1 FROM notes n WHERE NOT EXISTS"
    " (SELECT 1 FROM indexed i WHERE i.content_hash = n.content_hash) LIMIT 1"
)
"""Tells whether there are any, from indexes alone."""
STALE = (
    "SELECT count(*) FROM indexed i WHERE NOT EXISTS"
    " (SELECT 1 FROM notes n WHERE n.content_hash = i.content_hash)"
)
_HOLE = re.compile(r"\{\{c\d{1,3}::")
_UNSPACED = re.compile("([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff])")
"""Letters of scripts that write no blanks between words: each one is indexed by itself."""


def searched_text(note: Note) -> str:
    """Return all that plain words find in a note: its texts, its source and its id."""
    source = () if note.source == NO_SOURCE else astuple(note.source)
    texts = (
        *(note.question, note.answer, note.reverse, *note.right, *note.wrong, *note.steps),
        *(*note.accept, note.extra, note.hint, *source, note.id),
    )
    return spaced(_HOLE.sub(" ", "\n".join(filter(None, texts))))


def spaced(text: str) -> str:
    """Return text with blanks round the letters of scripts that have none between words."""
    return text if text.isascii() else _UNSPACED.sub(r" \1 ", text)


def available(connection: sqlite3.Connection) -> bool:
    """Tell whether this SQLite has full-text search and the database its table."""
    try:
        connection.execute("SELECT rowid FROM words LIMIT 0")
    except sqlite3.OperationalError:
        return False
    return True


def keep_up(connection: sqlite3.Connection) -> int:
    """Index the contents that are not indexed yet, in one transaction, and return how many.

    What was indexed stays when its note has gone or changed; when that is more than half, the
    index is made anew.

    Raises:
        StoreError: If the index cannot be written.
    """
    if not connection.execute(ANY_MISSING).fetchall():
        return 0
    with writing(connection):
        stale = connection.execute(STALE).fetchone()[0]
        if stale * 2 > connection.execute("SELECT count(*) FROM indexed").fetchone()[0]:
            connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
            connection.execute("DELETE FROM indexed")
        first = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM indexed").fetchone()[0]
        contents = dict(connection.execute(MISSING))
        numbered = dict(enumerate(contents.items(), first))
        connection.executemany(
            "INSERT INTO indexed (number, content_hash) VALUES (?, ?)",
            ((number, content_hash) for number, (content_hash, _) in numbered.items()),
        )
        connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", _texts(numbered))
    return len(numbered)


def _texts(numbered: dict[int, tuple[str, str]]) -> Iterator[tuple[int, str]]:
    """Yield the text of each content with its number."""
    for number, (_, content) in numbered.items():
        yield number, searched_text(Note.from_json(content))
