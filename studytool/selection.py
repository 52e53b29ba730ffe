"""Which notes a command is about, and a note as the mirror of the banks keeps it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from studytool.notes import Note, holds
from studytool.values import Value


class Selection(Value):
    """Which notes a command is about.

    Attributes:
        root: The library's folder, as a string.
        decks: Full names of the decks; None for all.
        tags: Tags that a note must all have, itself or below (`gan` has `gan::loss`).
        flagged: Whether only cards with a flag are meant, of the notes that have such cards.
        marked: Whether only marked notes are meant.
        lapses: Only cards with as many lapses or more are meant, of the notes that have such.
    """

    root: str
    decks: tuple[str, ...] | None = None
    tags: tuple[str, ...] = ()
    flagged: bool = False
    marked: bool = False
    lapses: int = 0

    def where(self, without: Sequence[str] = ()) -> tuple[str, list[object]]:
        """Return the SQL condition on `notes n`, and its parameters; `without` some decks."""
        condition = "n.root = ? AND n.removed_at IS NULL"
        values: list[object] = [self.root]
        if self.decks is not None:
            condition += " AND n.deck IN (SELECT value FROM json_each(?))"
            values.append(json.dumps(self.decks))
        for tag in self.tags:
            condition += (
                " AND EXISTS (SELECT 1 FROM json_each(n.content, '$.tags') t WHERE"
                " lower(t.value) = lower(?) OR lower(t.value) LIKE lower(?) ESCAPE '\\')"
            )
            literal = tag.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
            values += [tag, literal + "::%"]
        for wanted, field in ((self.flagged, "flag"), (self.marked, "marked")):
            if wanted:
                condition += (
                    f" AND EXISTS (SELECT 1 FROM standings s WHERE s.note = n.key AND s.{field})"
                )
        if self.lapses:
            condition += (
                " AND EXISTS (SELECT 1 FROM cards l WHERE l.note = n.key AND l.lapses >= ?)"
            )
            values.append(self.lapses)
        if without:
            condition += " AND n.deck NOT IN (SELECT value FROM json_each(?))"
            values.append(json.dumps(without))
        return condition, values


class StoredNote(Value):
    """A note of the mirror, and where it lives.

    Attributes:
        key: Name under which its progress is kept.
        note: The note itself.
        bank: Path of its bank below the library's folder.
        line: Line on which it starts.
        content_hash: Names its content in the cache of parsed trees.
    """

    key: str
    note: Note
    bank: str
    line: int
    content_hash: str


def decks_below(decks: list[str], wanted: str) -> tuple[str, ...]:
    """Return the decks that a name means: the deck itself and those below it, in any case."""
    return tuple(deck for deck in decks if holds(wanted, deck))
