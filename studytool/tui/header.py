"""The two rows at the top: deck and counts, and a hair line of progress."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from studytool.prompts import Counts, Prompt
from studytool.scheduling import Act, State
from studytool.screen_text import clean_line
from studytool.tui.chrome import Chrome, FixedRows, Parts, columns
from studytool.tui.sizes import MEASURE, inset

NARROW = 76
"""Below this width the words behind the counts are left out, in columns."""
SHORT = {"marked": "*"}
"""How signs are written there."""


class Header(Chrome):
    """Shows where the learner is.

    The count that the current card belongs to is underlined, so that its kind does not hang on
    colour alone.
    """

    def __init__(self) -> None:
        """Start empty; `show` fills it."""
        super().__init__("header")
        self.deck = ""
        self.counts = Counts(0, 0, 0)
        self.state = State.NEW
        self.done = 0
        self.auto = False
        self.signs: tuple[str, ...] = ()

    def set(self, prompt: Prompt) -> None:
        """Take what is said of the card besides its deck and its kind, and paint."""
        standing = prompt.standing
        signs = (
            ("practice", prompt.act is Act.PRACTICE),
            ("leech", prompt.leech),
            (f"flag {standing.flag}", standing.flag),
            ("marked", standing.marked),
        )
        self.signs = tuple(sign for sign, holds in signs if holds)
        self.refresh()

    def set_auto(self, on: bool) -> None:
        """Take whether the review goes on by itself, and paint."""
        self.auto = on
        self.refresh()

    def show(self, deck: str, counts: Counts, state: State, done: int) -> None:
        """Take what a new card changes, and paint."""
        self.deck, self.counts, self.state, self.done = deck, counts, state, done
        self.refresh()

    def render(self) -> FixedRows:
        """Return both rows at the present width."""
        left = inset(self.size.width)
        width = MEASURE if left else max(12, self.size.width)
        counts = self._counts(width)
        taken = columns(counts)
        deck = self._deck(width - taken - 2)
        gap = " " * max(1, width - columns(deck) - taken)
        margin = (" " * left, "")
        return FixedRows((margin, *deck, (gap, ""), *counts), (margin, *self._progress(width)))

    def _counts(self, width: int) -> Parts:
        """Return flag, mark and the three counts, with their words where there is room."""
        parts = self._standing(width)
        for number, state, word, color in (
            (self.counts.new, State.NEW, "new", "$grade-easy"),
            (self.counts.learning, State.LEARNING, "learning", "$grade-again"),
            (self.counts.due, State.REVIEW, "due", "$grade-good"),
        ):
            line = " underline" if self.state is state else ""
            parts += [("  ", "")] if parts else []
            parts.append((str(number), f"{color} bold{line}"))
            if width >= NARROW:
                parts.append((f" {word}", "$card-muted"))
        return parts

    def _standing(self, width: int) -> Parts:
        """Return what is said besides the counts: auto-advance, practice, flag, mark."""
        short = {} if width >= NARROW else SHORT
        words = ["auto"] if self.auto else []
        words += [short.get(sign, sign) for sign in self.signs]
        return [("  ".join(words), "$card-muted")] if words else []

    def _deck(self, room: int) -> Parts:
        """Return the deck's path; parents give way first."""
        *parents, leaf = clean_line(self.deck).split("::")
        above = "".join(f"{parent} › " for parent in parents)
        if cell_len(above + leaf) > room:
            above = "… › " if parents else ""
        room = max(3, room - cell_len(above))
        if cell_len(leaf) > room:
            leaf = Content(leaf).truncate(room, ellipsis=True).plain
        return [(above, "$card-muted"), (leaf, "bold")] if above else [(leaf, "bold")]

    def _progress(self, width: int) -> Parts:
        """Return the hair line and how far the session is."""
        total = self.done + self.counts.new + self.counts.learning + self.counts.due
        label = f" {self.done}/{total}"
        room = max(1, width - len(label))
        filled = round(room * self.done / total) if total else 0
        return [
            ("━" * filled, "$primary"),
            ("━" * (room - filled), "$card-rule"),
            (label, "$card-muted"),
        ]
