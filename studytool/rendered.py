"""What was made of the contents of notes, kept by content and by the code that made it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import suppress

from studytool.connection import writing
from studytool.errors import StoreError
from studytool.versions import stamp

TREES = "trees " + stamp("cloze", "markdown", "markup", "parsed_notes")
"""Names the parsed trees of a note, and this state of the parser."""


def anki_fields() -> str:
    """Return the name of the fields of Anki's notetypes, and of the code that fills them."""
    writer = (f"anki/{name}" for name in ("code", "escaping", "fields", "html"))
    return f"anki {stamp(*writer, 'notes', 'wording')} {TREES}"


class Rendered:
    """The cache of a database; whatever is missing in it can be made again."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read and write on an open database."""
        self.connection = connection

    def one(self, maker: str, content_hash: str) -> str | None:
        """Return what a maker made of a content, or None."""
        row = self.connection.execute(
            "SELECT fields FROM rendered WHERE content_hash = ? AND renderer = ?",
            (content_hash, maker),
        ).fetchone()
        return row[0] if row else None

    def all(self, maker: str) -> dict[str, str]:
        """Return everything a maker made, by the hash of the content."""
        return dict(
            self.connection.execute(
                "SELECT content_hash, fields FROM rendered WHERE renderer = ?", (maker,)
            )
        )

    def keep(self, maker: str, made: Mapping[str, str]) -> None:
        """Keep what a maker made, by content; if that cannot be, it is made again next time."""
        with suppress(StoreError), writing(self.connection):
            self.connection.executemany(
                "INSERT OR REPLACE INTO rendered VALUES (?, ?, ?)",
                [(content_hash, maker, made[content_hash]) for content_hash in made],
            )

    def prune(self) -> None:
        """Forget what older code made, and what no note says any more, inside a transaction."""
        self.connection.execute(
            "DELETE FROM rendered WHERE renderer NOT IN (?, ?)"
            " OR content_hash NOT IN (SELECT content_hash FROM notes)",
            (TREES, anki_fields()),
        )
