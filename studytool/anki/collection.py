"""Reads an Anki collection out of a package as plain values, from a database it does not trust."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from studytool.anki import protobuf
from studytool.anki.container import Container, opened, refused

MAX_VALUE = 8_000_000
"""Longest text in the database that is read, in bytes."""
MAX_ROWS = 1_000_000
"""Most notes, and most cards."""
MAX_STEPS = 40_000
"""How long a query may take, in hundred thousands of SQLite's instructions."""
SUSPENDED = -1
"""The queue of a suspended card."""
_INTEGERS = 2**63
_PLAIN = {int}
_NOTES = "SELECT id, mid, mod, guid, tags, flds FROM notes ORDER BY id"
_CARDS = (
    "SELECT id, nid, ord, CASE odid WHEN 0 THEN did ELSE odid END, mod, queue, flags & 7"
    " FROM cards ORDER BY type <> 0, due, ord, id"
)
_ANSWERS = "SELECT id, cid, ease, type, time FROM revlog ORDER BY cid, id"


class AnkiAnswer(NamedTuple):
    """One row of Anki's review log.

    Attributes:
        id: When, in milliseconds since 1970; the name of the row.
        card: Id of the card.
        ease: The button, 1 to 4; 0 if none was pressed.
        kind: 0 learn, 1 review, 2 relearn, 3 filtered, 4 manual, 5 rescheduled.
        taken_ms: Time on the card.
    """

    id: int
    card: int
    ease: int
    kind: int
    taken_ms: int


class AnkiCard(NamedTuple):
    """A card: its note, which of the note's cards it is from 0, and what is set for it."""

    id: int
    note: int
    ordinal: int
    deck: int
    changed: int
    queue: int
    flag: int


class AnkiNote(NamedTuple):
    """A note as Anki has it; its fields are HTML, the time of change is in seconds."""

    id: int
    guid: str
    notetype: int
    changed: int
    tags: tuple[str, ...]
    fields: tuple[str, ...]


class AnkiNotetype(NamedTuple):
    """A notetype; each template is a name, a question side and an answer side."""

    id: int
    name: str
    cloze: bool
    fields: tuple[str, ...]
    templates: tuple[tuple[str, str, str], ...]


class Collection:
    """A collection whose database is open.

    Attributes:
        container: The package it is in, for the media.
        notetypes: The notetypes by id.
        decks: Full deck names by id, their parts joined by `::`.
    """

    def __init__(self, container: Container, connection: sqlite3.Connection) -> None:
        """Read notetypes and decks."""
        self.container = container
        self.connection = connection
        tables = self._tables()
        if "notetypes" in tables:
            self.notetypes, self.decks = self._notetypes(), self._decks()
        else:
            self.notetypes, self.decks = self._legacy()

    def notes(self) -> Iterator[AnkiNote]:
        """Yield the notes in the order in which they were made."""
        for *ids, guid, tags, fields in self._rows(_NOTES, MAX_ROWS):
            number, notetype, changed = map(_whole, ids)
            values = tuple(_text(fields).split("\x1f"))
            yield AnkiNote(
                number, _text(guid), notetype, changed, tuple(_text(tags).split()), values
            )

    def cards(self) -> Iterator[AnkiCard]:
        """Yield the cards, in the order in which new ones are learned."""
        for row in self._rows(_CARDS, MAX_ROWS):
            yield AnkiCard(*map(_whole, row))

    def answers(self) -> Iterator[AnkiAnswer]:
        """Yield the rows of the review log, card by card, in order of time."""
        for row in self._rows(_ANSWERS):
            plain = {*map(type, row)} == _PLAIN
            yield AnkiAnswer._make(row if plain else map(_whole, row))

    def prove(self) -> None:
        """Read everything once.

        Raises:
            StudytoolError: If something cannot be read.
        """
        for query, most in ((_NOTES, MAX_ROWS), (_CARDS, MAX_ROWS), (_ANSWERS, None)):
            for _ in self._rows(query, most):
                pass

    def _tables(self) -> set[str]:
        """Return the tables that are read; what only looks like one is refused."""
        wanted = {"notes", "cards", "revlog", "col", "notetypes", "fields", "templates", "decks"}
        found = set()
        for kind, name, sql in self._rows("SELECT type, name, sql FROM sqlite_master", 10_000):
            if kind == "trigger":
                raise refused("there is a trigger in its database")
            if _text(name).casefold() in wanted and kind in ("table", "view"):
                plain = _text(sql).upper().startswith("CREATE TABLE")
                columns = self._rows(f"PRAGMA table_xinfo({_text(name).casefold()})", 1000)
                if kind == "view" or not plain or any(row[6] for row in columns):
                    raise refused(f"`{name}` in its database is no plain table")
                found.add(_text(name).casefold())
        for name in ("notes", "cards", "revlog", "col"):
            if name not in found:
                raise refused(f"its database has no `{name}`, so Anki did not write it")
        return found

    def _rows(self, query: str, most: int | None = None) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query; too many, and any error, refuse the file."""
        count = 0
        try:
            for row in self.connection.execute(query):
                count += 1
                if most is not None and count > most:
                    raise refused(f"its database has more than {most} rows of one kind")
                yield row
        except sqlite3.Error as error:
            raise _refused_database(error) from error

    def _notetypes(self) -> dict[int, AnkiNotetype]:
        """Return the notetypes of today's format."""
        fields: dict[int, list[str]] = {}
        for number, name in self._rows("SELECT ntid, name FROM fields ORDER BY ntid, ord", 50_000):
            fields.setdefault(_whole(number), []).append(_text(name))
        templates: dict[int, list[tuple[str, str, str]]] = {}
        for number, name, config in self._rows(
            "SELECT ntid, name, config FROM templates ORDER BY ntid, ord", 50_000
        ):
            sides = _sides(_bytes(config))
            templates.setdefault(_whole(number), []).append((_text(name), *sides))
        found = {}
        for number, name, config in self._rows("SELECT id, name, config FROM notetypes", 10_000):
            number = _whole(number)
            try:
                cloze = protobuf.number(_bytes(config), 1) == 1
            except ValueError as error:
                raise refused("a notetype in it is damaged") from error
            of_type = tuple(fields.get(number, ())), tuple(templates.get(number, ()))
            found[number] = AnkiNotetype(number, _text(name), cloze, *of_type)
        return found

    def _decks(self) -> dict[int, str]:
        """Return the decks of today's format."""
        rows = self._rows("SELECT id, name FROM decks", 200_000)
        return {_whole(number): _text(name).replace("\x1f", "::") for number, name in rows}

    def _legacy(self) -> tuple[dict[int, AnkiNotetype], dict[int, str]]:
        """Return notetypes and decks of the older formats, JSON in the table `col`."""
        try:
            models, decks = next(self._rows("SELECT models, decks FROM col"))
            types = [
                AnkiNotetype(
                    int(number),
                    str(model["name"]),
                    model.get("type") == 1,
                    tuple(str(field["name"]) for field in model["flds"]),
                    tuple((str(t["name"]), str(t["qfmt"]), str(t["afmt"])) for t in model["tmpls"]),
                )
                for number, model in json.loads(_text(models)).items()
            ]
            names = {int(n): str(deck["name"]) for n, deck in json.loads(_text(decks)).items()}
        except (ValueError, LookupError, TypeError, AttributeError, StopIteration) as error:
            raise refused("its decks and notetypes are damaged") from error
        except RecursionError as error:
            raise refused("its decks and notetypes are nested too deep") from error
        return {each.id: each for each in types}, names


@contextmanager
def read(path: Path) -> Iterator[Collection]:
    """Open the collection of a package; it is unpacked into a folder that goes away again.

    Raises:
        StudytoolError: If the file cannot be read, or is made to do harm.
    """
    with opened(path) as container, tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "collection"
        with database.open("wb") as target:
            container.database(target)
        uri = f"{database.as_uri()}?mode=ro&immutable=1"
        try:
            connection = sqlite3.connect(uri, uri=True)
        except sqlite3.Error as error:
            raise _refused_database(error) from error
        with closing(connection):
            try:
                _distrust(connection)
            except sqlite3.Error as error:
                raise _refused_database(error) from error
            yield Collection(container, connection)


def _distrust(connection: sqlite3.Connection) -> None:
    """Let a database do nothing but be read, for a limited time, and prove that it is whole."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.create_collation("unicase", _unicase)
    steps = 0

    def step() -> bool:
        nonlocal steps
        steps += 1
        return steps > MAX_STEPS

    connection.set_progress_handler(step, 100_000)
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise refused(f"its database is damaged: {str(found)[:100]}")


def _unicase(first: str, second: str) -> int:
    """Compare two names as Anki sorts them, whatever their case."""
    one, two = first.casefold(), second.casefold()
    return (one > two) - (one < two)


def _refused_database(error: sqlite3.Error) -> Exception:
    """Return why a database is not read."""
    if getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
        return refused("its database takes too long to read")
    return refused(f"its database cannot be read: {error}")


def _sides(config: bytes) -> tuple[str, str]:
    """Return the question and the answer side of a template of today's format."""
    try:
        return protobuf.text(config, 1), protobuf.text(config, 2)
    except ValueError as error:
        raise refused("a template in it is damaged") from error


def _whole(value: object) -> int:
    """Return a column as a whole number."""
    if isinstance(value, float):
        value = int(value) if abs(value) < _INTEGERS else 0
    return value if isinstance(value, int) else 0


def _text(value: object) -> str:
    """Return a column as text, whatever was put into it."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)


def _bytes(value: object) -> bytes:
    """Return a column as bytes."""
    return value if isinstance(value, bytes) else b""
