"""The store: what the log, the card cache and the mirror of the banks hold, and how they grow."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from studytool import backup
from studytool.connection import connect, prove, writing
from studytool.days import Moment
from studytool.errors import StoreError
from studytool.log import Log
from studytool.notes import Card, Note
from studytool.parsed_notes import ParsedNote, parse_note
from studytool.rendered import TREES, Rendered
from studytool.scheduling import (
    NEW_CARD,
    Act,
    CardState,
    Review,
    Schedule,
    Scheduler,
    State,
    apply,
    replay,
)
from studytool.selection import Selection, StoredNote
from studytool.values import astuple

DATABASE = "studytool.db"
"""The file in the user's folder."""


class Store:
    """One user's database. Every method that writes does so in one durable transaction."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        """Wrap an open database; `Store.open` is the usual way in."""
        self.connection = connection
        self.folder = folder
        self.log = Log(connection)
        self.rendered = Rendered(connection)

    @classmethod
    def open(cls, home: Path, today: date) -> Store:
        """Open the database in the user's folder.

        Raises:
            StoreError: If it is not ours, newer than this release, or unusable.
        """
        path = home / DATABASE
        connection = connect(path, today)
        try:
            return cls(connection, home)
        except (sqlite3.Error, TypeError) as error:  # TypeError: the row itself is gone
            connection.close()
            raise StoreError(f"{path} is damaged: {error}", "copies are in backups/") from error

    def close(self) -> None:
        """Let go of the database."""
        self.connection.close()

    def back_up(self, today: date) -> Path | None:
        """Copy the database once a day, if anything was ever graded.

        Raises:
            StoreError: If the copy could not be made, or was not worth keeping.
        """
        if self.log.last_row() is None:
            return None
        try:
            return backup.daily(self.connection, self.folder / "backups", today, prove)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"no copy of the database was made: {error}") from error

    # -- reading -------------------------------------------------------------------------------

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
        """Yield the cards due by a day, but for some decks: by due day, then bank and position."""
        condition, values = _but(selection, without)
        for note, part, parts in self.connection.execute(
            "SELECT c.note, c.part, n.parts FROM cards c CROSS JOIN notes n"
            f" WHERE n.key = c.note AND {condition} AND n.suspended = 0 AND c.due <= ?"
            " ORDER BY c.due, n.bank, n.position, length(c.part), c.part",
            (*values, day),
        ):
            if part in parts.split():
                yield Card(note, part)

    def new(self, selection: Selection, without: Sequence[str] = ()) -> Iterator[Card]:
        """Yield the cards never graded, but for some decks, in teaching order."""
        condition, values = _but(selection, without)
        for key, parts, known in self.connection.execute(
            "SELECT n.key, n.parts,"
            " (SELECT group_concat(c.part, ' ') FROM cards c WHERE c.note = n.key)"
            f" FROM notes n WHERE {condition} AND n.suspended = 0 ORDER BY n.bank, n.position",
            values,
        ):
            graded = known.split() if known else ()
            yield from (Card(key, part) for part in parts.split() if part not in graded)

    def selects(self, selection: Selection, key: str) -> bool:
        """Tell whether a note is asked when a selection is."""
        condition, values = selection.where()
        query = f"SELECT 1 FROM notes n WHERE {condition} AND n.suspended = 0 AND n.key = ?"
        return self.connection.execute(query, (*values, key)).fetchone() is not None

    def next_due(self, selection: Selection, after: int) -> int | None:
        """Return the first day after a day on which a card is due."""
        condition, values = selection.where()
        found: int | None = self.connection.execute(
            "SELECT min(c.due) FROM cards c CROSS JOIN notes n"
            f" WHERE n.key = c.note AND {condition} AND n.suspended = 0 AND c.due > ?",
            (*values, after),
        ).fetchone()[0]
        return found

    def note(self, root: str, key: str) -> StoredNote | None:
        """Return a note of a library by its key, or by its present id."""
        for name in ("key", "id"):
            row = self.connection.execute(
                "SELECT key, content, bank, line, content_hash FROM notes"
                f" WHERE root = ? AND {name} = ? ORDER BY removed_at LIMIT 1",
                (root, key),
            ).fetchone()
            if row is not None:
                return StoredNote(row[0], Note.from_json(row[1]), row[2], row[3], row[4])
        return None

    def parsed(self, stored: StoredNote) -> ParsedNote:
        """Return a note's trees, from the cache if this release's parser made them before."""
        known = self.rendered.one(TREES, stored.content_hash)
        if known is not None:
            # A damaged cache is made again.
            with suppress(ValueError, LookupError, TypeError, AttributeError):
                return ParsedNote.from_json(known)
        parsed = parse_note(stored.note)
        self.rendered.keep(TREES, {stored.content_hash: parsed.to_json()})
        return parsed

    def state(self, card: Card) -> CardState:
        """Return where a card stands."""
        row = self.connection.execute(
            "SELECT state, due, interval, repetitions, lapses, ease, last FROM cards"
            " WHERE note = ? AND part = ?",
            (card.key, card.part),
        ).fetchone()
        return CardState(State(row[0]), Schedule(*row[1:6]), row[6]) if row else NEW_CARD

    # -- writing -------------------------------------------------------------------------------

    def record(self, row: Review, shown: str, scheduler: Scheduler) -> CardState | None:
        """Append an answer to the log and bring its card up to date, in one transaction.

        Args:
            row: The answer; its id and device are set here.
            shown: Id of the card's last row when it was put on the screen.
            scheduler: Applies the grade.

        Returns:
            The card's new state, or None if it was graded elsewhere in the meantime; then
            nothing is written.

        Raises:
            StoreError: If the answer could not be saved; it can be given again.
        """
        card = Card(row.note, row.part)
        with writing(self.connection):
            before = self.state(card)
            if before.last != shown:
                return None
            row = self.log.append(row)
            after = apply(before, row, scheduler)
            if after.state is not State.NEW:
                self._save(card, after)
        return after

    def last_answer(self, root: str, day: int) -> Review | None:
        """Return this device's last answer of a day that stands, to no note of another library."""
        for row in reversed(self.log.today(day)):
            if row.rating and row.device == self.log.device:
                owners = self.connection.execute(
                    "SELECT root FROM notes WHERE key = ?", (row.note,)
                ).fetchall()
                if not owners or (root,) in owners:
                    return row
        return None

    def undo(self, root: str, moment: Moment, day: int, scheduler: Scheduler) -> Review | None:
        """Take back this device's last answer of a day to a note of a library.

        Returns:
            The row taken back, under its present key and part, or None if there is none.
        """
        with writing(self.connection):
            target = self.last_answer(root, day)
            if target is None:
                return None
            self.log.append(
                Review(
                    *("", "", moment.at_ms, day, moment.tz_minutes, target.note, target.part),
                    act=Act.UNDO,
                    target=target.id,
                    note_text=target.note_text,
                )
            )
            self.replay_note(target.note, scheduler)
        return target

    def rebuild(self, scheduler: Scheduler) -> None:
        """Throw the card cache away and make it again from the log."""
        with writing(self.connection):
            self.connection.execute("DELETE FROM cards")
            for card, state in replay(self.log.rows(), scheduler).items():
                self._save(card, state)

    def replay_note(self, key: str, scheduler: Scheduler) -> None:
        """Make the cards of one note again from its rows, inside a transaction.

        The rows of every key that a rename ties to it count too.
        """
        keys = self.log.tied_keys(key)
        rows = self.log.rows("note IN (SELECT value FROM json_each(?))", (json.dumps(keys),))
        for known in keys:
            self.connection.execute("DELETE FROM cards WHERE note = ?", (known,))
        for card, state in replay(rows, scheduler).items():
            self._save(card, state)

    def _save(self, card: Card, state: CardState) -> None:
        """Write a card's state into the cache."""
        self.connection.execute(
            "INSERT INTO cards (note, part, state, due, interval, repetitions, lapses, ease, last)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (note, part) DO UPDATE SET"
            " state = excluded.state, due = excluded.due, interval = excluded.interval,"
            " repetitions = excluded.repetitions, lapses = excluded.lapses,"
            " ease = excluded.ease, last = excluded.last",
            (card.key, card.part, str(state.state), *astuple(state.schedule), state.last),
        )


def _but(selection: Selection, without: Sequence[str]) -> tuple[str, list[object]]:
    """Return the SQL condition on `notes n` of a selection without some decks, and its values."""
    condition, values = selection.where()
    if without:
        condition += " AND n.deck NOT IN (SELECT value FROM json_each(?))"
        values.append(json.dumps(without))
    return condition, values
