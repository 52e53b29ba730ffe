"""Opens the database safely: ours, of a known version, durable, and private to the user."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path

from studytool import backup
from studytool.errors import StoreError
from studytool.migrations import APPLICATION_ID, SCHEMA_VERSION, migrate

CHECKPOINT = 4_000
"""Pages in the write-ahead log before a grade has to move them; the last to close does it else."""
BUSY_MS = 5_000
"""How long a lock of another process is waited for, in milliseconds."""
_HEADER = 100
_MAGIC = b"SQLite format 3\x00"


def prove(connection: sqlite3.Connection) -> None:
    """Raise StoreError if SQLite finds the database damaged."""
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise StoreError(f"the database is damaged: {found}", "restore a copy from backups/")


def connect(path: Path, today: date) -> sqlite3.Connection:
    """Open the database, made or migrated if need be, and return its connection.

    Args:
        path: The file; its folder is made if it is missing.
        today: Names the copy that is made before a migration.

    Raises:
        StoreError: If the file is not ours, is newer than this release, or cannot be used. It
            is left as it was.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_foreign(path)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=BUSY_MS / 1000
        )
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise StoreError(f"{path} cannot be opened: {reason}") from error
    try:
        _prepare(connection, path, today)
    except (OSError, sqlite3.Error) as error:
        connection.close()
        raise StoreError(f"{path} cannot be used: {error}", "copies are in backups/") from error
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_foreign(path: Path) -> None:
    """Raise StoreError for a file of somebody else, without letting SQLite touch it."""
    if path.is_dir():
        raise StoreError(f"{path} is a folder, not a database")
    if not path.exists():
        return
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if not header:
        return
    journal = path.with_name(path.name + "-journal")
    if journal.exists() and not header.strip(b"\0"):
        return  # a power cut while the file was made; SQLite takes it back to empty
    application = int.from_bytes(header[68:72], "big")
    if not header.startswith(_MAGIC) or application != APPLICATION_ID:
        raise StoreError(
            f"{path} is not a studytool database; it was left as it is",
            "choose another place with --home or STUDYTOOL_HOME",
        )
    _refuse_newer(path)


def _refuse_newer(path: Path) -> None:
    """Raise StoreError for a schema we do not know, on a connection that cannot write."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=BUSY_MS / 1000)
    version = 0
    with closing(connection), suppress(sqlite3.Error):  # what is damaged is told when it is used
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"{path} was written by a newer studytool (schema {version}, this one knows "
            f"{SCHEMA_VERSION}); it was left as it is",
            "update studytool",
        )


def _prepare(connection: sqlite3.Connection, path: Path, today: date) -> None:
    """Set the connection up and bring the schema to this release's version."""
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    if version < SCHEMA_VERSION:
        if version:
            name = f"studytool-{today.isoformat()}-before-v{SCHEMA_VERSION}.db"
            backup.copy(connection, path.parent / "backups", name, prove)
        migrate(connection)
    _use_wal(connection)
    connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT}")


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch the journal to WAL unless it is; SQLite does not wait for others here, so we do."""
    pause = 0.001
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if pause * 1000 > BUSY_MS or not error.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise
            time.sleep(pause)
            pause *= 2


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Run a block as one transaction that holds the write lock from its start.

    Raises:
        StoreError: If the block could not be committed; nothing of it was written.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise StoreError(f"nothing was saved: {_reason(error)}") from error
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _reason(error: sqlite3.Error) -> str:
    """Return in plain words why SQLite refused."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_FULL"):
        return "the disk is full"
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "another program holds the database"
    if name.startswith("SQLITE_READONLY"):
        return "the database is read-only"
    return str(error)
