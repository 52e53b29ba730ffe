"""SQLite files as bytes, also where SQLite was built without the calls for that."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

DIRECT = hasattr(sqlite3.Connection, "serialize")
"""Whether a database in memory can be read and written as bytes; else a file goes between."""
_COUNTERS = {24: 1, 40: 1, 92: 1, 96: 0}
"""What the header says here of changes and of the library that wrote it, in four bytes each."""


def empty() -> sqlite3.Connection:
    """Return a new database in memory, in which nothing stays of what was overwritten."""
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def as_bytes(connection: sqlite3.Connection) -> bytes:
    """Return a database in memory as the bytes of its file, the same for every SQLite.

    It is packed before, for releases differ in what they leave behind where rows have moved.
    """
    connection.execute("VACUUM")
    if DIRECT:
        content = bytearray(connection.serialize())
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "collection"
            with closing(sqlite3.connect(path)) as file:
                connection.backup(file)
            content = bytearray(path.read_bytes())
    for offset, count in _COUNTERS.items():
        content[offset : offset + 4] = count.to_bytes(4, "big")
    return bytes(content)


@contextmanager
def opened(database: bytes) -> Iterator[sqlite3.Connection]:
    """Lend a database that is open, from the bytes of its file; nothing in it is trusted."""
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(":memory:")) as memory:
        connection = memory
        if DIRECT:
            memory.deserialize(database)
        else:
            path = Path(folder) / "collection"
            path.write_bytes(database)
            connection = sqlite3.connect(path)
        with closing(connection):
            connection.execute("PRAGMA trusted_schema = OFF")
            yield connection
