"""The log: rows that are only ever added, and what is asked of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from studytool.days import Moment
from studytool.notes import Card
from studytool.scheduling import UNDOABLE, Act, Review, State, renamed, steps
from studytool.sm2 import Sm2
from studytool.values import astuple, fields, replace

_NAMES = fields(Review)
_COLUMNS = ", ".join(_NAMES)
_ROW = f"INTO reviews ({_COLUMNS}, checksum) VALUES ({', '.join('?' * (len(_NAMES) + 1))})"
_ACT = _NAMES.index("act")
ROWS_A_MS = 0xFFF
"""How many rows of one millisecond belong together; their numbers have three digits."""
_ACTS = {str(act): act for act in Act}
_NOT_UNDONE = "NOT EXISTS (SELECT 1 FROM reviews u WHERE u.target = r.id AND u.act = 'undo')"


class Log:
    """The rows of a database.

    Attributes:
        device: Who writes here, eight hexadecimal digits.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read and write on an open database."""
        self.connection = connection
        self.device: str = connection.execute(
            "SELECT value FROM properties WHERE name = 'device'"
        ).fetchone()[0]

    def rows(self, condition: str = "1", values: tuple[object, ...] = ()) -> list[Review]:
        """Return rows of the log in order, by an SQL condition on `reviews r`."""
        found = self.connection.execute(
            f"SELECT {_COLUMNS} FROM reviews r WHERE {condition} ORDER BY id", values
        )
        return [_review(row) for row in found]

    def today(self, day: int) -> list[Review]:
        """Return the rows of a study day that no undo took back, under the present keys."""
        return renamed(self.rows(f"day = ? AND {_NOT_UNDONE}", (day,)))

    def introduced(self, day: int) -> frozenset[str]:
        """Return the ids of the rows that graded a card for the first time, on a study day.

        A card keeps its history through renames, so what was known elsewhere is not new. One
        that was reset is, and one that was set due is not.
        """
        rows = self.connection.execute(
            "SELECT r.id, r.note, EXISTS (SELECT 1 FROM reviews m WHERE m.act = 'rename'"
            " AND m.target = r.note) OR EXISTS (SELECT 1 FROM reviews m WHERE m.act = 'rename'"
            " AND m.note = r.note) OR EXISTS (SELECT 1 FROM reviews m WHERE m.act = 'set-due'"
            " AND m.note = r.note), NOT EXISTS (SELECT 1 FROM reviews e WHERE e.note = r.note"
            " AND e.part = r.part AND e.act = 'review' AND e.id < r.id AND NOT EXISTS"
            " (SELECT 1 FROM reviews u WHERE u.target = e.id AND u.act = 'undo'))"
            f" FROM reviews r WHERE day = ? AND act = 'review' AND {_NOT_UNDONE}",
            (day,),
        ).fetchall()
        moved = {note for _, note, is_moved, _ in rows if is_moved}
        first = {name for name, _, is_moved, is_first in rows if is_first and not is_moved}
        for key in moved:
            # Any scheduler does: it is only asked whether a card was graded before.
            for row, before, _ in steps(self._standing(key), Sm2(), {}):
                if row.day == day and row.act is Act.REVIEW and before.state is State.NEW:
                    first.add(row.id)
        return frozenset(first)

    def last_row(self) -> tuple[str, int] | None:
        """Return the last answer's id and the latest study day, or None if there is no answer."""
        newest = "SELECT {0} FROM reviews WHERE rating IS NOT NULL ORDER BY {0} DESC LIMIT 1"
        last = self.connection.execute(newest.format("id")).fetchone()
        if last is None:
            return None
        return last[0], self.connection.execute(newest.format("day")).fetchone()[0]

    def last_answer(self, card: Card) -> str:
        """Return the id of the last answer to a card that no undo took back, or nothing."""
        found = self.connection.execute(
            "SELECT id FROM reviews r WHERE note = ? AND part = ? AND rating IS NOT NULL"
            f" AND {_NOT_UNDONE} ORDER BY id DESC LIMIT 1",
            (card.key, card.part),
        ).fetchone()
        return found[0] if found else ""

    def texts(self, key: str) -> dict[str, str]:
        """Return the text of each part of a note as it was when it was last in a row."""
        rows = renamed(self._standing(key))
        return {
            row.part: row.note_text
            for row in rows
            if row.note == key and (row.rating or (row.act in UNDOABLE and row.part))
        }

    def _standing(self, key: str) -> list[Review]:
        """Return the rows that no undo took back of a note and of all that is tied to it."""
        return self.rows(
            f"note IN (SELECT value FROM json_each(?)) AND {_NOT_UNDONE}",
            (json.dumps(self.tied_keys(key)),),
        )

    def tied_keys(self, key: str) -> list[str]:
        """Return a note's key and every key that renames tie to it."""
        keys = [key]
        for known in keys:
            tied = self.connection.execute(
                "SELECT note FROM reviews WHERE target = ?1 AND act = 'rename' UNION"
                " SELECT target FROM reviews WHERE note = ?1 AND act = 'rename'",
                (known,),
            )
            keys.extend(other for (other,) in tied if other not in keys)
        return keys

    def append(self, row: Review) -> Review:
        """Add a row to the log, inside a transaction, and return it with its id and device."""
        ms = max(row.at_ms, self._last_ms() + 1)
        return self._add(row, ms, 0)

    def append_all(self, rows: Iterable[Review]) -> list[Review]:
        """Add rows that belong together, inside a transaction; return them as `append` does.

        They are counted in one millisecond as far as its numbers go. The next one then begins
        with 1, which no other does, so that `together` finds all of them.
        """
        added: list[Review] = []
        ms = self._last_ms()
        for index, row in enumerate(rows):
            more, number = divmod(index, ROWS_A_MS)
            if number == 0:
                ms = max(row.at_ms, ms + 1)
            added.append(self._add(row, ms, number + bool(more)))
        return added

    def together(self, row: Review) -> list[Review]:
        """Return the rows of a day that stand and were added together with one of them."""
        return _together(row, self.today(row.day))

    def taken_back_with(self, row: Review) -> list[Review]:
        """Return the rows that were added together with one that an undo took back; see above."""
        gone = self.rows(f"day = ? AND NOT {_NOT_UNDONE}", (row.day,))
        return _together(row, gone) or [row]

    def _last_ms(self) -> int:
        """Return the milliseconds in the newest row's id."""
        last = self.connection.execute("SELECT id FROM reviews ORDER BY id DESC LIMIT 1").fetchone()
        return int(last[0][:13], 16) if last else -1

    def _add(self, row: Review, ms: int, number: int) -> Review:
        """Add a row under an id, inside a transaction."""
        row = replace(row, id=f"{ms:013x}-{self.device}-{number:03x}", device=self.device)
        self.insert(row)
        return row

    def insert(self, row: Review) -> None:
        """Add a row that has its id, inside a transaction."""
        self.connection.execute(f"INSERT {_ROW}", (*astuple(row), row.checksum()))

    def insert_new(self, rows: Iterable[Review]) -> list[Review]:
        """Add those of some rows, which have their ids, that are not there; return these."""
        named: dict[str, Review] = {}
        for row in rows:
            named.setdefault(row.id, row)
        if self._last_ms() >= 0:
            there = self.connection.execute(
                "SELECT id FROM reviews WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(named)),),
            )
            for (name,) in there:
                del named[name]
        values = ((*astuple(row), row.checksum()) for row in named.values())
        self.connection.executemany(f"INSERT {_ROW}", values)
        return list(named.values())

    def keys(self) -> set[str]:
        """Return the keys that have rows."""
        return {note for (note,) in self.connection.execute("SELECT DISTINCT note FROM reviews")}

    def moved(self) -> set[str]:
        """Return every key that a rename ties to another one."""
        pairs = self.connection.execute("SELECT note, target FROM reviews WHERE act = 'rename'")
        return {name for pair in pairs for name in pair}


def suspension(grade: Review) -> Review:
    """Return the row that suspends the card which a grade made a leech."""
    return replace(
        grade,
        **dict(id="", act=Act.SUSPEND, key="", scale="", rating=None, value="1"),
        **dict(target=grade.id, duration_ms=0, scheduler=""),
    )


def taking_back(row: Review, moment: Moment, day: int) -> Review:
    """Return the row that takes another one back on a study day."""
    return Review(
        *("", "", moment.at_ms, day, moment.tz_minutes, row.note, row.part),
        act=Act.UNDO,
        target=row.id,
        note_text=row.note_text,
    )


def _together(row: Review, rows: Sequence[Review]) -> list[Review]:
    """Return those of some rows, in order, that were added together with one of them."""
    found: list[Review] = []
    name = row.id
    while name:
        begin = name.rpartition("-")[0]
        found = [*(r for r in rows if r.id.startswith(begin)), *found]
        before = [r.id for r in rows if r.id < begin and r.device == row.device]
        name = before[-1] if before and found and found[0].id.endswith("-001") else ""
    return found


def _review(row: tuple[Any, ...]) -> Review:
    """Return a row of the log as a value."""
    values = [*row]
    values[_ACT] = _ACTS[values[_ACT]]
    return Review(*values)
