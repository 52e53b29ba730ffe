"""The decks of a library as a tree, with what is left of each today."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from studytool.due_list import DueToday
from studytool.notes import fold
from studytool.screen_text import clean_line
from studytool.values import Value

EVERYTHING = ""
"""Stands for the deck above all decks, which has no name."""


class DeckRow(Value):
    """A deck and what is left of it today, together with the decks below it.

    Attributes:
        deck: Its full name; `EVERYTHING` for all decks together.
        depth: How many decks lie above it.
        parent: Whether decks lie below it.
        new: New cards.
        learning: Cards of the drill.
        due: Cards due.
    """

    deck: str
    depth: int
    parent: bool
    new: int
    learning: int
    due: int

    @property
    def numbers(self) -> tuple[int, int, int]:
        """New, learning and due cards."""
        return self.new, self.learning, self.due

    @property
    def name(self) -> str:
        """The deck's name without those above it, safe for a terminal."""
        return clean_line(self.deck.rpartition("::")[2]) if self.deck else "All decks"

    @property
    def path(self) -> str:
        """The deck's whole name as it is read, safe for a terminal."""
        return clean_line(self.deck).replace("::", " › ") if self.deck else "All decks"


def tree(today: DueToday) -> tuple[DeckRow, ...]:
    """Return all decks and the decks above them, each above its own, the whole first.

    Names that differ in case only are one deck, as they are for a review.
    """
    names: dict[tuple[str, ...], str] = {}
    sums: dict[tuple[str, ...], tuple[int, int, int]] = {}
    for deck in today.decks:
        parts = deck.deck.split("::")
        key = tuple(map(fold, parts))
        for depth in range(1, len(parts) + 1):
            place = key[:depth]
            names.setdefault(place, "::".join(parts[:depth]))
            new, learning, due = sums.get(place, (0, 0, 0))
            sums[place] = new + deck.new, learning + deck.drill, due + deck.due
    parents = {place[:-1] for place in names}
    whole = today.all
    return (
        DeckRow(EVERYTHING, 0, False, whole.new, whole.drill, whole.due),
        *(
            DeckRow(names[place], len(place) - 1, place in parents, *sums[place])
            for place in sorted(names)
        ),
    )


def named(row: DeckRow, wanted: str) -> bool:
    """Tell whether a deck's whole name holds every word of what is looked for, in any case."""
    name = fold(row.deck)
    return bool(row.deck) and all(word in name for word in fold(wanted).split())


def shown(
    rows: Sequence[DeckRow], folded: Collection[str] = (), wanted: str = ""
) -> tuple[DeckRow, ...]:
    """Return the rows to show: none below a folded deck.

    When something is looked for, they are the decks of that name and those above them, folded
    or not.
    """
    found: list[DeckRow] = []
    if wanted.strip():
        depth = 0
        for row in reversed(rows):
            if named(row, wanted) or row.depth < depth:
                found.append(row)
                depth = row.depth
        return tuple(reversed(found))
    hidden: int | None = None
    for row in rows:
        if hidden is not None and row.depth > hidden:
            continue
        hidden = row.depth if row.deck in folded else None
        found.append(row)
    return tuple(found)


def above(rows: Sequence[DeckRow], index: int) -> int:
    """Return the index of the deck above the one at an index; its own if there is none."""
    depth = rows[index].depth
    return next((n for n in range(index - 1, -1, -1) if rows[n].depth < depth), index)
