"""What a database tells of a library: its decks and tags, and which cards may be asked."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator, Sequence

from studytool.notes import Card
from studytool.selection import Selection
from studytool.standings import Standings

_LISTED = "c.note IN (SELECT value FROM json_each(?))"


class Reading:
    """Reads the mirror of the banks together with the caches of the log."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read an open database."""
        self.connection = connection
        self.standings = Standings(connection)

    def decks(self, root: str) -> list[str]:
        """Return the names of the decks of a library, sorted."""
        rows = self.connection.execute(
            "SELECT DISTINCT deck FROM notes WHERE root = ? AND removed_at IS NULL", (root,)
        )
        return sorted(deck for (deck,) in rows)

    def tags(self, root: str) -> list[str]:
        """Return the tags of a library's notes."""
        rows = self.connection.execute(
            "SELECT DISTINCT t.value FROM notes n, json_each(n.content, '$.tags') t"
            " WHERE n.root = ? AND n.removed_at IS NULL",
            (root,),
        )
        return [tag for (tag,) in rows]

    def ids(self, root: str) -> list[str]:
        """Return the ids of a library's notes."""
        rows = self.connection.execute(
            "SELECT id FROM notes WHERE root = ? AND removed_at IS NULL", (root,)
        )
        return [name for (name,) in rows]

    def figures(self, root: str) -> tuple[int, int]:
        """Return how many notes a library has, and how many of its cards were ever graded."""
        notes, cards = self.connection.execute(
            "SELECT count(*), (SELECT count(*) FROM cards c JOIN notes m ON m.key = c.note"
            " WHERE m.root = ?1 AND m.removed_at IS NULL)"
            " FROM notes WHERE root = ?1 AND removed_at IS NULL",
            (root,),
        ).fetchone()
        return notes, cards

    def deck(self, root: str, key: str) -> str | None:
        """Return the deck of a note, the last one if the note has left its bank."""
        row = self.connection.execute(
            "SELECT deck FROM notes WHERE root = ? AND key = ?"
            " ORDER BY removed_at IS NOT NULL, removed_at DESC LIMIT 1",
            (root, key),
        ).fetchone()
        return row[0] if row else None

    def due(self, selection: Selection, day: int, without: Sequence[str] = ()) -> Iterator[Card]:
        """Yield the cards due by a day, but for some decks: by due day, then bank and position.

        Cards that are suspended, or buried beyond the day, are left out.
        """
        condition, values = selection.where(without)
        standing = self.standings.lookup()
        for note, part, parts in self.connection.execute(
            "SELECT c.note, c.part, n.parts FROM cards c CROSS JOIN notes n"
            f" WHERE n.key = c.note AND {condition} AND n.suspended = 0 AND c.due <= ?"
            " AND c.lapses >= ?"
            " ORDER BY c.due, n.bank, n.position, length(c.part), c.part",
            (*values, day, selection.lapses),
        ):
            if part in parts.split() and standing(note, part).asked(day, selection.flagged):
                yield Card(note, part)

    def more_due(self, day: int, cards: int) -> bool:
        """Tell whether more than that many cards may be due by a day; no is certain."""
        found = self.connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM cards WHERE due <= ? LIMIT ?)", (day, cards + 1)
        )
        return bool(found.fetchone()[0] > cards)

    def new(self, selection: Selection, day: int, without: Sequence[str] = ()) -> Iterator[Card]:
        """Yield the cards never graded, but for some decks, in teaching order.

        Cards that are suspended, or buried beyond the day, are left out.
        """
        if selection.lapses:
            return  # a new card has none
        condition, values = selection.where(without)
        standing = self.standings.lookup()
        # Most notes have one card; where it was graded the note is left out here already.
        for key, parts, known in self.connection.execute(
            "SELECT n.key, n.parts,"
            " (SELECT group_concat(c.part, ' ') FROM cards c WHERE c.note = n.key)"
            f" FROM notes n WHERE {condition} AND n.suspended = 0 AND NOT EXISTS"
            " (SELECT 1 FROM cards k WHERE k.note = n.key AND k.part = n.parts)"
            " ORDER BY n.bank, n.position",
            values,
        ):
            graded = known.split() if known else ()
            for part in parts.split():
                if part not in graded and standing(key, part).asked(day, selection.flagged):
                    yield Card(key, part)

    def selects(self, selection: Selection, card: Card, day: int) -> bool:
        """Tell whether a card may be asked on a day when a selection is."""
        condition, values = selection.where()
        query = (
            f"SELECT 1 FROM notes n WHERE {condition} AND n.suspended = 0 AND n.key = ?"
            " AND instr(' ' || n.parts || ' ', ' ' || ? || ' ')"
        )
        if self.connection.execute(query, (*values, card.key, card.part)).fetchone() is None:
            return False
        if selection.lapses:
            query = "SELECT 1 FROM cards WHERE note = ? AND part = ? AND lapses >= ?"
            wanted = (card.key, card.part, selection.lapses)
            if self.connection.execute(query, wanted).fetchone() is None:
                return False
        return self.standings.of(card).asked(day, selection.flagged)

    def next_due(self, selection: Selection, after: int) -> int | None:
        """Return the first day after a day on which a card is due, and not buried any more."""
        condition, values = selection.where()
        standing = self.standings.lookup()
        first = sys.maxsize
        for dues, value in (
            ("c.due > ?", after),
            (_LISTED, json.dumps(self.standings.buried(after))),
        ):
            for note, part, parts, due in self.connection.execute(
                "SELECT c.note, c.part, n.parts, c.due FROM cards c CROSS JOIN notes n"
                f" WHERE n.key = c.note AND {condition} AND n.suspended = 0 AND {dues}"
                " AND c.lapses >= ?"
                " ORDER BY c.due",
                (*values, value, selection.lapses),
            ):
                if due >= first:
                    break
                found = standing(note, part)
                day = found.put_off(due)
                if found.asked(day, selection.flagged) and part in parts.split() and day > after:
                    first = min(first, day)
        return first if first < sys.maxsize else None
