"""The card on the screen: its question, and on request, under a hair rule, its answer."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widgets import Static

from studytool.faces import Face, face
from studytool.prompts import Prompt
from studytool.tui.paint import content
from studytool.wrapping import Row, Rows, Run

KEPT = 8
"""How many cards that have been set are kept before all are forgotten."""


def stacked(parts: Sequence[Rows]) -> Rows:
    """Return blocks of rows under one another, a blank row between them."""
    rows: list[Row] = []
    for part in parts:
        if part:
            rows += [(), *part] if rows else part
    return tuple(rows)


class CardText(Static):
    """One widget for the whole card, so that an answer is shown by one repaint.

    Attributes:
        revealed: Whether the answer is shown.
        hint_shown: Whether the hint is shown under the question.
        rule_row: The row of the rule, counted from the top of the card.
    """

    def __init__(self, welcome: Rows) -> None:
        """Begin empty.

        Args:
            welcome: Stands above the question until the first grade.
        """
        super().__init__(id="card", markup=False)
        self.welcome = welcome
        self.revealed = False
        self.hint_shown = False
        self.rule_row = 0
        self._prompt: Prompt | None = None
        self._faces: dict[tuple[str, str, int], Face] = {}

    def ask(self, prompt: Prompt, width: int, tight: bool) -> None:
        """Show the question of a card, set to a width in columns."""
        self._prompt = prompt
        self.revealed = self.hint_shown = False
        self.paint(width, tight)

    def paint(self, width: int, tight: bool) -> None:
        """Show what is to be seen of the card; `tight` leaves out the rows round the rule."""
        if self._prompt is None:
            return
        shown = self.face(self._prompt, width)
        hint = shown.hint if self.hint_shown else ()
        rows = stacked((self.welcome, shown.question, hint))
        blank: Rows = () if tight else ((),)
        self.rule_row = len(rows) + len(blank)
        if self.revealed:
            rule: Row = (Run("─" * width, "rule"),)
            answer = stacked((shown.answer, shown.extra, shown.source))
            rows = (*rows, *blank, rule, *blank, *answer)
        self.update(content(rows))

    def face(self, prompt: Prompt, width: int) -> Face:
        """Return a card set to a width; those set last are kept."""
        key = (prompt.seed, prompt.stored.content_hash, width)
        if key not in self._faces:
            if len(self._faces) > KEPT:
                self._faces.clear()
            stored = prompt.stored
            self._faces[key] = face(
                stored.note, prompt.parsed, prompt.card.part, width, prompt.seed
            )
        return self._faces[key]
