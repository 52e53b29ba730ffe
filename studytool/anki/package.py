"""Writes .apkg files with genanki: stable ids, a time for each note, the same bytes each time."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from shutil import copyfileobj
from typing import IO, TYPE_CHECKING

from studytool.anki.notetypes import model
from studytool.notes import Kind
from studytool.values import Value

if TYPE_CHECKING:
    import genanki

_DATE = (1980, 1, 1, 0, 0, 0)
"""The date of each file in a package; the earliest that a zip file knows."""

_VERSION_OFFSET = 96
"""Where the SQLite header names the library that wrote the file, in four bytes."""


class PackedNote(Value):
    """One note as Anki will have it.

    Attributes:
        guid: Its GUID.
        kind: Which notetype it has.
        deck: Full deck name.
        fields: The fields of its notetype, as HTML.
        tags: Tags without spaces.
        ordinals: Which cards it has, from 0, in order.
        changed: When its content last changed, in seconds since 1970.
        media: Packed names of its pictures.
    """

    guid: str
    kind: Kind
    deck: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    ordinals: tuple[int, ...]
    changed: int
    media: tuple[str, ...]


def deck_ids(names: Sequence[str]) -> dict[str, int]:
    """Return an id for each deck name; it hangs on the name unless two names collide."""
    ids: dict[str, int] = {}
    taken: set[int] = set()
    for name in sorted(set(names)):
        if name.casefold() == "default":
            ids[name] = 1  # every collection has this deck, and a second one would be renamed
            continue
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
        number = 2**40 + int.from_bytes(digest[:5], "big")
        while number in taken:
            number += 1
        taken.add(number)
        ids[name] = number
    return ids


def _ids(notes: Sequence[PackedNote], now: int) -> list[list[int]]:
    """Return the ids of each note: its own, then one a card; Anki reads them as milliseconds.

    Ids follow the time of change, then the position, and count down from it, so that they never
    lie in the future however many notes changed in one second.
    """
    result: list[list[int]] = [[] for _ in notes]
    free = now * 1000
    for index in sorted(range(len(notes)), key=lambda i: (notes[i].changed, i), reverse=True):
        count = 1 + len(notes[index].ordinals)
        free = min(free, notes[index].changed * 1000) - count
        result[index] = list(range(free, free + count))
    return result


def write_package(
    target: IO[bytes], notes: Sequence[PackedNote], media: Mapping[str, Path], now: int
) -> None:
    """Write notes, in this order, and their pictures as an .apkg file.

    The same arguments give the same bytes, and so does a later `now`.

    Args:
        target: Where to write to.
        notes: The notes of the package.
        media: A file for each packed name.
        now: Seconds since 1970; no id lies later.

    Raises:
        OSError: A file cannot be read or written.
    """
    import genanki
    from genanki.apkg_col import APKG_COL
    from genanki.apkg_schema import APKG_SCHEMA

    class Note(genanki.Note):  # type: ignore[misc]
        """A note with its own time and ids."""

        def __init__(self, packed: PackedNote, ids: list[int], due: int) -> None:
            """Take the cards from the note: genanki's own search for holes misses some."""
            super().__init__(
                model=models[packed.kind],
                fields=list(packed.fields),
                tags=packed.tags,
                guid=packed.guid,
                due=due,
            )
            self.ids = ids
            self.changed = packed.changed
            self.cards = [genanki.Card(ordinal) for ordinal in packed.ordinals]

        def write_to_db(
            self, cursor: sqlite3.Cursor, timestamp: float, deck_id: int, id_gen: Iterator[int]
        ) -> None:
            """Write the note's rows with its own time and ids instead of the package's."""
            super().write_to_db(cursor, self.changed, deck_id, iter(self.ids))

    class Package(genanki.Package):  # type: ignore[misc]
        """A package whose decks and notetypes are written once, from memory."""

        def write_to_db(
            self, cursor: sqlite3.Cursor, timestamp: float, id_gen: Iterator[int]
        ) -> None:
            """Write everything; genanki would write all decks and notetypes again for each deck."""
            cursor.executescript(APKG_SCHEMA)
            cursor.executescript(APKG_COL)
            (shipped,) = cursor.execute("SELECT decks FROM col").fetchone()
            decks = json.loads(shipped) | {str(deck.deck_id): deck.to_json() for deck in self.decks}
            types = {str(made.model_id): made.to_json(0, None) for made in models.values()}
            cursor.execute(
                "UPDATE col SET decks = ?, models = ?", (json.dumps(decks), json.dumps(types))
            )
            for deck in self.decks:
                for note in deck.notes:
                    note.write_to_db(cursor, timestamp, deck.deck_id, id_gen)

        def write_to_file(self, file: IO[bytes], timestamp: float | None = None) -> None:
            """Write the package without a temporary database and without today's date."""
            with zipfile.ZipFile(file, "w") as archive:
                archive.writestr(_member("collection.anki2"), _database(self))
                names = {str(number): name for number, name in enumerate(self.media_files)}
                archive.writestr(_member("media"), json.dumps(names))
                for number, name in names.items():
                    with (
                        media[name].open("rb") as source,
                        archive.open(_member(number), "w", force_zip64=True) as packed,
                    ):
                        copyfileobj(source, packed)

    models = {kind: model(kind) for kind in Kind if any(note.kind is kind for note in notes)}
    decks = {
        name: genanki.Deck(number, name)
        for name, number in deck_ids([note.deck for note in notes]).items()
    }
    ids = _ids(notes, now)
    for position, packed in enumerate(notes):
        decks[packed.deck].add_note(Note(packed, ids[position], position + 1))
    used = sorted({name for note in notes for name in note.media})
    Package(list(decks.values()), used).write_to_file(target)


def _database(package: genanki.Package) -> bytes:
    """Return a package's collection as the bytes of an SQLite file."""
    connection = sqlite3.connect(":memory:")
    try:
        package.write_to_db(connection.cursor(), 0, iter(()))
        connection.commit()
        content = bytearray(connection.serialize())
    finally:
        connection.close()
    content[_VERSION_OFFSET : _VERSION_OFFSET + 4] = bytes(4)
    return bytes(content)


def _member(name: str) -> zipfile.ZipInfo:
    """Return a file's entry in the package: no date, no owner, the same on every system."""
    info = zipfile.ZipInfo(name, _DATE)
    info.create_system = 3
    info.external_attr = 0o644 << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
