"""Writes .apkg files with genanki: stable ids, a time for each note, the same bytes each time."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from shutil import copyfileobj
from typing import IO

from studytool.anki.in_memory import as_bytes, empty
from studytool.anki.learned import Learned, LearnedCard
from studytool.anki.notetypes import model
from studytool.notes import Kind
from studytool.values import Value

_DATE = (1980, 1, 1, 0, 0, 0)
"""The date of each file in a package; the earliest that a zip file knows."""

DATABASE = "collection.anki2"
"""The file of a package that holds notes and cards."""


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


def members(
    notes: Sequence[PackedNote],
    media: Mapping[str, Path | bytes],
    now: int,
    learned: Learned | None = None,
) -> list[tuple[str, Path | bytes]]:
    """Return the files of a package: name, and what is in it or where that stands.

    The same arguments give the same bytes, and so does a later `now`.

    Args:
        notes: The notes of the package, in order.
        media: A file, or its content, for each packed name.
        now: Seconds since 1970; no id lies later.
        learned: What somebody has learned of the notes; without it all cards are new.
    """
    used = sorted({name for note in notes for name in note.media})
    names = {str(number): name for number, name in enumerate(used)}
    return [
        (DATABASE, _database(notes, now, learned)),
        ("media", json.dumps(names).encode()),
        *((number, media[name]) for number, name in names.items()),
    ]


def write_package(target: IO[bytes], files: Sequence[tuple[str, Path | bytes]]) -> None:
    """Write the files of a package as an .apkg file.

    Raises:
        OSError: A file cannot be read or written.
    """
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files:
            if isinstance(content, bytes):
                archive.writestr(_member(name), content)
                continue
            with (
                content.open("rb") as source,
                archive.open(_member(name), "w", force_zip64=True) as packed,
            ):
                copyfileobj(source, packed)


def _database(notes: Sequence[PackedNote], now: int, learned: Learned | None) -> bytes:
    """Return the collection of a package as the bytes of an SQLite file."""
    import genanki
    from genanki.apkg_col import APKG_COL
    from genanki.apkg_schema import APKG_SCHEMA

    class Card(genanki.Card):  # type: ignore[misc]
        """A card, with what somebody has learned of it."""

        def __init__(self, ordinal: int, known: LearnedCard | None) -> None:
            """Keep both."""
            super().__init__(ordinal)
            self.known = known

        def write_to_db(
            self,
            cursor: sqlite3.Cursor,
            timestamp: float,
            deck_id: int,
            note_id: int,
            id_gen: Iterator[int],
            due: int = 0,
        ) -> None:
            """Write the card's row, and if something is known its schedule and its answers."""
            super().write_to_db(cursor, timestamp, deck_id, note_id, id_gen, due)
            if self.known:
                self.known.write(cursor, cursor.lastrowid or 0, due)

    class Note(genanki.Note):  # type: ignore[misc]
        """A note with its own time and ids."""

        def __init__(self, packed: PackedNote, ids: list[int], due: int) -> None:
            """Take the cards from the note: genanki's own search for holes misses some."""
            known = learned.cards.get(packed.guid, {}) if learned else {}
            marked = learned is not None and packed.guid in learned.marked
            super().__init__(
                model=models[packed.kind],
                fields=list(packed.fields),
                tags=[*packed.tags, "marked"] if marked else packed.tags,
                guid=packed.guid,
                due=due,
            )
            self.ids = ids
            self.changed = packed.changed
            self.cards = [Card(ordinal, known.get(ordinal)) for ordinal in packed.ordinals]

        def write_to_db(
            self, cursor: sqlite3.Cursor, timestamp: float, deck_id: int, id_gen: Iterator[int]
        ) -> None:
            """Write the note's rows with its own time and ids instead of the package's."""
            super().write_to_db(cursor, self.changed, deck_id, iter(self.ids))

    models = {kind: model(kind) for kind in Kind if any(note.kind is kind for note in notes)}
    decks = {
        name: genanki.Deck(number, name)
        for name, number in deck_ids([note.deck for note in notes]).items()
    }
    ids = _ids(notes, now)
    connection = empty()
    try:
        cursor = connection.cursor()
        cursor.executescript(APKG_SCHEMA)
        cursor.executescript(APKG_COL)
        # Decks and notetypes once: genanki would write all of them again for each deck.
        (shipped,) = cursor.execute("SELECT decks FROM col").fetchone()
        written = {str(deck.deck_id): deck.to_json() for deck in decks.values()}
        types = {str(made.model_id): made.to_json(0, None) for made in models.values()}
        cursor.execute(
            "UPDATE col SET decks = ?, models = ?",
            (json.dumps(json.loads(shipped) | written), json.dumps(types)),
        )
        if learned:
            cursor.execute("UPDATE col SET crt = ?, conf = ?", (learned.created, learned.conf()))
        by_deck: dict[str, list[int]] = {name: [] for name in decks}
        for position, packed in enumerate(notes):
            by_deck[packed.deck].append(position)
        for name, deck in decks.items():
            for position in by_deck[name]:
                note = Note(notes[position], ids[position], position + 1)
                note.write_to_db(cursor, 0, deck.deck_id, iter(()))
        connection.commit()
        return as_bytes(connection)
    finally:
        connection.close()


def _member(name: str) -> zipfile.ZipInfo:
    """Return a file's entry in the package: no date, no owner, the same on every system."""
    info = zipfile.ZipInfo(name, _DATE)
    info.create_system = 3
    info.external_attr = 0o644 << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
