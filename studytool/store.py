"""The store: what the log, the card cache and the mirror of the banks hold, and how they grow."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from studytool import backup
from studytool.connection import connect, prove, writing
from studytool.days import Moment
from studytool.errors import StoreError
from studytool.leeches import Leeches
from studytool.log import Log, suspension, taking_back
from studytool.notes import Card, Note
from studytool.parsed_notes import ParsedNote, parse_note
from studytool.reading import Reading
from studytool.rendered import TREES, Rendered
from studytool.scheduling import (
    NEW_CARD,
    UNDOABLE,
    Act,
    CardState,
    Review,
    Schedule,
    Scheduler,
    State,
    apply,
    replay,
    set_due,
)
from studytool.selection import StoredNote
from studytool.standings import replay_standings
from studytool.values import astuple

DATABASE = "studytool.db"
"""The file in the user's folder."""
NO_SUSPENSION = Leeches(suspend=False)
NOTES_AT_ONCE = 200
"""How many notes are replayed together; the rows of these are in memory at once."""
_SAVE = (
    "INSERT INTO cards (note, part, state, due, interval, repetitions, lapses, ease, last)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (note, part) DO UPDATE SET"
    " state = excluded.state, due = excluded.due, interval = excluded.interval,"
    " repetitions = excluded.repetitions, lapses = excluded.lapses,"
    " ease = excluded.ease, last = excluded.last"
)


class Store(Reading):
    """One user's database. Every method that writes does so in one durable transaction."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        """Wrap an open database; `Store.open` is the usual way in."""
        super().__init__(connection)
        self.folder = folder
        self.log = Log(connection)
        self.rendered = Rendered(connection)

    @classmethod
    def open(cls, home: Path, today: date) -> Store:
        """Open the database in the user's folder.

        Raises:
            StoreError: If it is not ours, newer than this release, or unusable.
        """
        path = home.absolute() / DATABASE
        connection = connect(path, today)
        try:
            return cls(connection, path.parent)
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

    def record(
        self, row: Review, shown: str, scheduler: Scheduler, leeches: Leeches = NO_SUSPENSION
    ) -> CardState | None:
        """Append an answer to the log and bring its card up to date, in one transaction.

        Args:
            row: The answer; its id and device are set here.
            shown: Id of the card's last row when it was put on the screen.
            scheduler: Applies the grade.
            leeches: Whether a card that the grade makes a leech is suspended by a row of its own.

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
            if leeches.suspend and leeches.made_by(before, after):
                self.standings.keep(self.log.append(suspension(row)))
        return after

    def act(self, row: Review) -> Review:
        """Append an action to the log and bring what it sets up to date, in one transaction.

        Args:
            row: The action; its id and device are set here.

        Raises:
            StoreError: If it could not be saved; it can be done again.
        """
        with writing(self.connection):
            row = self.log.append(row)
            if row.act is Act.SET_DUE:
                card = Card(row.note, row.part)
                self._save(card, set_due(self.state(card), row))
            else:
                self.standings.keep(row)
        return row

    def last_act(self, root: str, day: int) -> Review | None:
        """Return this device's last answer or action of a day that stands.

        Those about a note that only another library has do not count.
        """
        for row in reversed(self.log.today(day)):
            if row.device == self.log.device and (row.rating or row.act in UNDOABLE):
                owners = self.connection.execute(
                    "SELECT root FROM notes WHERE key = ?", (row.note,)
                ).fetchall()
                if not owners or (root,) in owners:
                    return row
        return None

    def undo(self, root: str, moment: Moment, day: int, scheduler: Scheduler) -> Review | None:
        """Take back this device's last answer or action of a day about a note of a library.

        The suspension of a leech goes with the grade that brought it, and what was done to many
        cards at once is taken back at once.

        Returns:
            The last row taken back, under its present key and part, or None if there is none.
        """
        with writing(self.connection):
            target = self.last_act(root, day)
            if target is None:
                return None
            rows = self.log.together(target)
            if target.act is Act.SUSPEND and target.target:
                grade = [row for row in self.log.today(day) if row.id == target.target]
                rows = [*grade, target]
            for row in reversed(rows):
                self.log.append(taking_back(row, moment, day))
            for key in dict.fromkeys(row.note for row in rows):
                self.replay_note(key, scheduler)
            if target.target:
                return rows[0]
        return target

    def rebuild(self, scheduler: Scheduler) -> None:
        """Throw the card cache away and make it again from the log."""
        with writing(self.connection):
            rows = self.log.rows()
            self.connection.execute("DELETE FROM cards")
            self.connection.execute("DELETE FROM standings")
            self._save_all(rows, scheduler)

    def merge(self, rows: Iterable[Review], scheduler: Scheduler) -> int:
        """Add rows of another place that the log does not have, and replay their notes.

        All of it is one transaction. The rows keep their ids.

        Returns:
            How many rows are new.

        Raises:
            StoreError: If it could not be saved; nothing of it was.
        """
        with writing(self.connection):
            before = self.log.keys()
            new = self.log.insert_new(rows)
            known = before | self.log.moved()
            self._save_all([row for row in new if row.note not in known], scheduler)
            touched = sorted({row.note for row in new if row.note in known})
            for first in range(0, len(touched), NOTES_AT_ONCE):
                names = touched[first : first + NOTES_AT_ONCE]
                keys = [key for name in names for key in self.log.tied_keys(name)]
                self._replay_notes(keys, scheduler)
        return len(new)

    def replay_note(self, key: str, scheduler: Scheduler) -> None:
        """Make the cards of one note again from its rows, inside a transaction.

        The rows of every key that a rename ties to it count too.
        """
        self._replay_notes(self.log.tied_keys(key), scheduler)

    def _replay_notes(self, names: Sequence[str], scheduler: Scheduler) -> None:
        """Make the cards of notes again from the rows of all keys that they ever had."""
        keys = list(dict.fromkeys(names))
        rows = self.log.rows("note IN (SELECT value FROM json_each(?))", (json.dumps(keys),))
        for table in ("cards", "standings"):
            self.connection.executemany(
                f"DELETE FROM {table} WHERE note = ?", [(known,) for known in keys]
            )
        self._save_all(rows, scheduler)

    def _save_all(self, rows: Sequence[Review], scheduler: Scheduler) -> None:
        """Write what a replay of rows gives into the caches."""
        states = replay(rows, scheduler).items()
        self.connection.executemany(_SAVE, (_saved(card, state) for card, state in states))
        self.standings.add(replay_standings(rows))

    def _save(self, card: Card, state: CardState) -> None:
        """Write a card's state into the cache, which has no new cards."""
        if state.state is State.NEW:
            key = (card.key, card.part)
            self.connection.execute("DELETE FROM cards WHERE note = ? AND part = ?", key)
            return
        self.connection.execute(_SAVE, _saved(card, state))


def _saved(card: Card, state: CardState) -> tuple[object, ...]:
    """Return a card's state as a row of the cache."""
    return (card.key, card.part, str(state.state), *astuple(state.schedule), state.last)
