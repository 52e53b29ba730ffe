"""What was made of the contents of notes, kept by content and by the code that made it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress

from studytool.connection import writing
from studytool.errors import StoreError
from studytool.versions import stamp

TREES = "trees"
"""The parsed trees of a note."""
ANKI_FIELDS = "anki"
"""The fields of the note in Anki."""
CLEAN_BANKS = "clean"
"""Digests of banks of a library in whose formulas nothing is wrong; in place of a note's content
stands the library's folder."""


class Rendered:
    """The cache of a database; whatever is missing or damaged in it can be made again."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read and write on an open database."""
        self.connection = connection

    def one(self, kind: str, content_hash: str) -> str | None:
        """Return what the present code made of a content, or None."""
        row = self.connection.execute(
            "SELECT fields FROM rendered WHERE content_hash = ? AND renderer = ?",
            (content_hash, f"{kind} {stamp()}"),
        ).fetchone()
        return row[0] if row else None

    def all(self, kind: str) -> dict[str, str]:
        """Return everything of a kind that the present code made, by the hash of the content."""
        return dict(
            self.connection.execute(
                "SELECT content_hash, fields FROM rendered WHERE renderer = ?",
                (f"{kind} {stamp()}",),
            )
        )

    def keep(self, kind: str, made: Mapping[str, str]) -> None:
        """Keep what was made, by content; if that cannot be, it is made again next time."""
        with suppress(StoreError), writing(self.connection):
            self.connection.executemany(
                "INSERT OR REPLACE INTO rendered VALUES (?, ?, ?)",
                [(content_hash, f"{kind} {stamp()}", made[content_hash]) for content_hash in made],
            )

    def forget(self, content_hashes: Iterable[str]) -> None:
        """Forget what was made of contents, inside a transaction."""
        self.connection.execute(
            "DELETE FROM rendered WHERE content_hash IN (SELECT value FROM json_each(?))",
            (json.dumps(list(content_hashes)),),
        )

    def forget_older(self) -> None:
        """Forget what older code made, inside a transaction."""
        present = [f"{kind} {stamp()}" for kind in (TREES, ANKI_FIELDS, CLEAN_BANKS)]
        self.connection.execute("DELETE FROM rendered WHERE renderer NOT IN (?, ?, ?)", present)
