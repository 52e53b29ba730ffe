"""Reads packages of ours again: whether they hold what they should, and what they said of notes."""

from __future__ import annotations

import html
import sqlite3
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from studytool.anki.in_memory import opened
from studytool.anki.manifest import EARLIEST, Entry, content_hash
from studytool.anki.notetypes import NOTETYPES
from studytool.anki.package import DATABASE

_UNREADABLE = (
    *(OSError, zipfile.BadZipFile, zlib.error, sqlite3.Error),
    *(EOFError, LookupError, NotImplementedError, RuntimeError, TypeError, ValueError),
)
"""What a file raises that is no package, or a damaged one."""
MAX_DATABASE = 1 << 30
"""A package whose database is larger was not written here."""
_TABLES = ("col", "notes", "cards", "revlog", "graves")


def holds(package: Path, files: Sequence[tuple[str, Path | bytes]]) -> bool:
    """Tell whether a package holds just these files.

    How they are compressed does not count, nor how SQLite laid out the same rows: another release
    of zlib or SQLite may do it in another way.
    """
    try:
        with zipfile.ZipFile(package) as archive:
            return sorted(archive.namelist()) == sorted(name for name, _ in files) and all(
                _same(archive, name, content) for name, content in files
            )
    except _UNREADABLE:
        return False


def _same(archive: zipfile.ZipFile, name: str, content: Path | bytes) -> bool:
    """Tell whether a file of a package has a content."""
    expected = content if isinstance(content, bytes) else content.read_bytes()
    size = archive.getinfo(name).file_size
    if name != DATABASE:
        return size == len(expected) and archive.read(name) == expected
    if size > 2 * len(expected):
        return False
    found = archive.read(name)
    return found == expected or list(_rows(found)) == list(_rows(expected))


def _rows(database: bytes) -> Iterator[tuple[object, ...]]:
    """Yield all rows of a collection."""
    with opened(database) as connection:
        for table in _TABLES:
            yield (table,)
            yield from connection.execute(f"SELECT * FROM {table} ORDER BY rowid")


def entries(packages: Iterable[Path]) -> dict[str, Entry]:
    """Return what packages that were exported from here say of their notes.

    It is what the manifest said when they were written. A file that is no such package says
    nothing.
    """
    found: dict[str, Entry] = {}
    kinds = {str(notetype.id): kind for kind, notetype in NOTETYPES.items()}
    for package in packages:
        with suppress(*_UNREADABLE), zipfile.ZipFile(package) as archive:
            if archive.getinfo(DATABASE).file_size > MAX_DATABASE:
                continue
            for guid, notetype, changed, tags, fields in _notes(archive.read(DATABASE)):
                kind = kinds.get(str(notetype))
                values = fields.split("\x1f")
                if kind is None or len(values) != len(NOTETYPES[kind].fields):
                    continue
                names = [name for _, name in NOTETYPES[kind].fields]
                name = html.unescape(values[names.index("Id")])
                content = content_hash(NOTETYPES[kind].name, values, tags.split())
                if EARLIEST <= changed < 10**11:
                    found[guid] = Entry(content, changed, str(kind), name)
    return found


def _notes(database: bytes) -> list[tuple[str, int, int, str, str]]:
    """Return GUID, notetype, time of change, tags and fields of the notes of a collection."""
    with opened(database) as connection:
        return connection.execute("SELECT guid, mid, mod, tags, flds FROM notes").fetchall()
