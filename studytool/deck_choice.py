"""Which decks of a tree are seen, and which one is chosen: folding, finding, moving."""

from __future__ import annotations

from studytool.deck_tree import DeckRow, above, named, shown


class DeckChoice:
    """A tree of decks as it is gone through.

    Attributes:
        rows: All decks.
        seen: Those that are shown.
        index: The place of the chosen one among them.
        folded: Names of the decks whose decks below are hidden.
        wanted: What decks are looked for by; blank for nothing.
    """

    def __init__(self, rows: tuple[DeckRow, ...]) -> None:
        """Show all decks, with the first one chosen."""
        self.rows = rows
        self.seen = rows
        self.index = 0
        self.folded: set[str] = set()
        self.wanted = ""

    @property
    def chosen(self) -> DeckRow | None:
        """The chosen deck; None if no deck is seen."""
        return self.seen[self.index] if self.seen else None

    @property
    def found(self) -> int:
        """How many decks have the name that is looked for."""
        return sum(named(row, self.wanted) for row in self.rows)

    def take(self, rows: tuple[DeckRow, ...]) -> None:
        """Take decks with new numbers; the same one stays chosen."""
        self.rows = rows
        self._show(self.chosen)

    def move(self, step: int) -> None:
        """Choose a deck some rows further on, not beyond the ends."""
        self.choose(self.index + step)

    def choose(self, index: int) -> None:
        """Choose the deck at an index, or the nearest one."""
        self.index = max(0, min(index, len(self.seen) - 1))

    def fold(self) -> None:
        """Hide the decks below the chosen one; where none are shown go to the deck above."""
        row = self.chosen
        if row is None:
            return
        if row.parent and not self.is_folded(row) and not self.wanted.strip():
            self.folded.add(row.deck)
            self._show(row)
        else:
            self.index = above(self.seen, self.index)

    def unfold(self) -> None:
        """Show the decks below the chosen one; where they are shown go to the first."""
        row = self.chosen
        if row is None or not row.parent:
            return
        if self.is_folded(row):
            self.folded.discard(row.deck)
            self._show(row)
        else:
            self.move(1)

    def is_folded(self, row: DeckRow) -> bool:
        """Tell whether the decks below a deck are hidden."""
        return row.deck in self.folded and not self.wanted.strip()

    def look_for(self, wanted: str) -> None:
        """Show only decks of a name, with those above them, and choose the first one."""
        self.wanted = wanted
        self._show(self.chosen)
        if wanted.strip():
            names = (index for index, row in enumerate(self.seen) if named(row, wanted))
            self.index = next(names, 0)

    def clear(self) -> None:
        """Look for nothing; the chosen deck stays chosen, and is seen."""
        row = self.chosen
        self.wanted = ""
        if row:
            self.folded -= {deck for deck in self.folded if row.deck.startswith(deck + "::")}
        self._show(row)

    def _show(self, row: DeckRow | None) -> None:
        """Make the rows that are seen anew, with a deck chosen if it is among them."""
        self.seen = shown(self.rows, self.folded, self.wanted)
        places = (n for n, other in enumerate(self.seen) if row and other.deck == row.deck)
        self.index = next(places, 0)
