"""What was set for cards besides their schedules: suspended, buried, flagged, marked."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from studytool.notes import Card
from studytool.scheduling import ACTIONS, Act, Review, rename, undone
from studytool.values import Value, astuple, replace

WHOLE = ""
"""Stands for all parts of a note, also those it does not have yet."""
_FIELDS = {
    Act.SUSPEND: "suspended",
    Act.BURY: "buried_until",
    Act.FLAG: "flag",
    Act.MARK: "marked",
}


class Standing(Value):
    """What the actions of the log set for a card, or for a whole note.

    Attributes:
        suspended: 1 if it is not asked until that is taken back, 0 if it is; None if nothing was
            said of it.
        buried_until: Study day before which it is not asked; None if nothing was said of it.
        flag: 1 to 7, or 0 for none.
        marked: 1 if the note is marked, else 0.
    """

    suspended: int | None = None
    buried_until: int | None = None
    flag: int = 0
    marked: int = 0

    def buried(self, day: int) -> bool:
        """Tell whether the card is buried beyond a study day."""
        return self.buried_until is not None and self.buried_until > day

    def asked(self, day: int, flagged: bool = False) -> bool:
        """Tell whether the card may be asked on a study day; with a flag only, if `flagged`."""
        return not self.suspended and not self.buried(day) and bool(self.flag or not flagged)

    def put_off(self, due: int) -> int:
        """Return the day on which a card due on a day is asked: not before its burial ends."""
        return due if self.buried_until is None else max(due, self.buried_until)


NOTHING_SET = Standing()
Parts: TypeAlias = dict[str, Standing]
"""What was set for the parts of one note, and under `WHOLE` for all of them."""


def of_part(parts: Parts, part: str) -> Standing:
    """Return what holds for a part: what was set for it last, by itself or for the whole note."""
    own, whole = parts.get(part, NOTHING_SET), parts.get(WHOLE, NOTHING_SET)
    return Standing(
        whole.suspended if own.suspended is None else own.suspended,
        whole.buried_until if own.buried_until is None else own.buried_until,
        own.flag,
        whole.marked,
    )


def set_by(row: Review, parts: Parts) -> None:
    """Set what an action says; for a whole note it replaces what was set for single parts."""
    field = _FIELDS[row.act]
    changes: dict[str, int | None] = {row.part: int(row.value or 0)}
    if row.part == WHOLE and row.act in (Act.SUSPEND, Act.BURY):
        changes = dict.fromkeys(parts) | changes
    for part, value in changes.items():
        parts[part] = replace(parts.get(part, NOTHING_SET), **{field: value})
        if parts[part] == NOTHING_SET:
            del parts[part]


def replay_standings(rows: Iterable[Review]) -> dict[str, Parts]:
    """Return what the actions of a log set, by the keys of the notes.

    Rows count in the order of their ids, without those an undo names; renames take along what
    was set before them.
    """
    ordered = sorted(rows, key=lambda row: row.id)
    gone = undone(ordered)
    found: dict[str, Parts] = {}
    for row in ordered:
        if row.id in gone:
            continue
        if row.act is Act.RENAME:
            rename(found, row)
        elif row.act in ACTIONS:
            set_by(row, found.setdefault(row.note, {}))
    return {note: parts for note, parts in found.items() if parts}


class Standings:
    """The standings of a database: a cache of the replay of its log's actions."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read and write on an open database."""
        self.connection = connection

    def all(self) -> dict[str, Parts]:
        """Return everything that is set, by the keys of the notes."""
        found: dict[str, Parts] = {}
        for note, part, *values in self.connection.execute(
            "SELECT note, part, suspended, buried_until, flag, marked FROM standings"
        ):
            found.setdefault(note, {})[part] = Standing(*values)
        return found

    def note(self, key: str) -> Parts:
        """Return what is set for a note and its parts."""
        rows = self.connection.execute(
            "SELECT part, suspended, buried_until, flag, marked FROM standings WHERE note = ?",
            (key,),
        )
        return {part: Standing(*values) for part, *values in rows}

    def of(self, card: Card) -> Standing:
        """Return what holds for a card."""
        return of_part(self.note(card.key), card.part)

    def lookup(self) -> Callable[[str, str], Standing]:
        """Return what tells by note and part what holds for a card, for many cards at once."""
        set_for = {note for (note,) in self.connection.execute("SELECT note FROM standings")}

        def found(note: str, part: str) -> Standing:
            return of_part(self.note(note), part) if note in set_for else NOTHING_SET

        return found

    def buried(self, day: int) -> list[str]:
        """Return the keys of the notes of which something is buried beyond a study day."""
        rows = self.connection.execute("SELECT note FROM standings WHERE buried_until > ?", (day,))
        return [note for (note,) in rows]

    def keep(self, row: Review) -> None:
        """Bring what is set up to date with the newest row of the log, inside a transaction."""
        parts = self.note(row.note)
        set_by(row, parts)
        self.connection.execute("DELETE FROM standings WHERE note = ?", (row.note,))
        self.add({row.note: parts})

    def add(self, found: Mapping[str, Parts]) -> None:
        """Write what a replay found for notes of which nothing is set, inside a transaction."""
        self.connection.executemany(
            "INSERT INTO standings VALUES (?, ?, ?, ?, ?, ?)",
            [
                (note, part, *astuple(standing))
                for note, parts in found.items()
                for part, standing in parts.items()
            ],
        )
