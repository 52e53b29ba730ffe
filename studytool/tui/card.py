"""The card on the screen: its question, and on request, under a hair rule, its answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from studytool.faces import Face, face
from studytool.options import marked
from studytool.prompts import Prompt
from studytool.tui.paint import content
from studytool.wrapping import Row, Rows, Run, wrap

if TYPE_CHECKING:
    from studytool.tui.pictures import Wall

KEPT = 8
"""How many cards that have been set are kept before all are forgotten."""


def stacked(parts: Sequence[Rows]) -> Rows:
    """Return blocks of rows under one another, a blank row between them."""
    rows: list[Row] = []
    for part in parts:
        if part:
            rows += [(), *part] if rows else part
    return tuple(rows)


def closed_up(question: Rows) -> Rows:
    """Return a question without the blank row above its options, or its numbered steps."""
    for index, row in enumerate(question[1:], 1):
        option = any("option-" in run.roles for run in row)
        step = row and "marker" in row[0].roles and row[0].text.endswith(". ")
        if not question[index - 1] and (option or step):
            return question[: index - 1] + question[index:]
    return question


class CardText(Static):
    """One widget for the whole card, so that an answer is shown by one repaint.

    Attributes:
        revealed: Whether the answer is shown.
        hint_shown: Whether the hint is shown under the question.
        latex: Whether formulas are shown as LaTeX.
        reveal_row: The first row that the reveal brings, counted from the top of the card.
        chosen: The options that the learner has marked, counted from 0.
        typed: What stands between question and rule once the answer is shown.
        opens: The key that opens a picture.
    """

    class OptionClicked(Message):
        """An option was clicked."""

        def __init__(self, number: int) -> None:
            """Carry the number that stands before it."""
            super().__init__()
            self.number = number

    def __init__(self, welcome: Rows) -> None:
        """Begin empty.

        Args:
            welcome: Stands above the question until the first grade.
        """
        super().__init__(id="card", markup=False)
        self.welcome = welcome
        self.revealed = False
        self.hint_shown = False
        self.latex = False
        self.reveal_row = 0
        self.chosen: frozenset[int] = frozenset()
        self.typed: Rows = ()
        self.opens = "o"
        self._rows: Rows = ()
        self._laid = (0, False, 0)
        self._pictured = False
        self._prompt: Prompt | None = None
        self._faces: dict[tuple[str, str, int, frozenset[int], bool], Face] = {}

    def ask(self, prompt: Prompt, width: int, tight: bool) -> None:
        """Show the question of a card, set to a width in columns."""
        self._prompt = prompt
        self.revealed = self.hint_shown = self.latex = False
        self.chosen, self.typed = frozenset(), ()
        self.paint(width, tight)

    def paint(self, width: int, tight: bool) -> None:
        """Show what is to be seen of the card; `tight` leaves out the rows round the rule."""
        if self._prompt is None:
            return
        shown = self.face(self._prompt, width, self.chosen, self.latex)
        self._laid = (width, tight, self.app.size.height)
        hung = self._hung(self._prompt, shown, width)
        self._pictured, shown = hung is not shown, hung
        hint = shown.hint if self.hint_shown else ()
        typed = self.typed if self.revealed else ()
        welcome = tuple(row for line in self.welcome for row in wrap(line, width))
        # Where rows are few the question comes first, so that the welcome hides none of it.
        above = (closed_up(shown.question), welcome) if tight else (welcome, shown.question)
        rows = stacked((*above, hint, typed))
        blank: Rows = () if tight else ((),)
        self.reveal_row = len(rows) + (-len(typed) if typed else len(blank))
        if self.revealed:
            rule: Row = (Run("─" * width, "rule"),)
            answer = stacked((shown.answer, shown.extra, shown.source))
            rows = (*rows, *blank, rule, *blank, *answer)
        self._rows = rows
        self.update(content(rows))

    def place(self, view: int) -> int:
        """Return the row that should be the uppermost in sight, counted from the top of the card.

        That is the first one, or of an answer that which the reveal brings; it is a later one where
        else a hole, or the hint that was asked for, would be out of sight.

        Args:
            view: How many rows are in sight.
        """
        start = self.reveal_row if self.revealed else 0
        role = "hint" if self.hint_shown and not self.revealed else "hole"
        wanted = [
            number
            for number, row in enumerate(self._rows[start:], start)
            if any(role in run.roles.split() for run in row)
        ]
        return max(start, min(wanted[-1] + 1 - view, wanted[0])) if wanted else start

    def paint_again(self) -> None:
        """Show the same once more: a picture of it is ready."""
        self.paint(*self._laid[:2])

    def outgrown(self) -> bool:
        """Tell whether the screen's height, by which pictures are measured, has changed."""
        return self._pictured and self._laid[2] != self.app.size.height

    def prepare(self, prompt: Prompt, width: int) -> None:
        """Set a card that is not shown yet, and let its pictures be made ready."""
        self._hung(prompt, self.face(prompt, width), width)

    def _hung(self, prompt: Prompt, shown: Face, width: int) -> Face:
        """Return a face with its pictures, or at least the key that opens them."""
        parts = (shown.question, shown.hint, shown.answer, shown.extra)
        runs = (run for part in parts for row in part for run in row)
        if not any("picture" in run.roles for run in runs):
            return shown
        from studytool.tui.pictures import opened_by

        shown = opened_by(shown, self.opens, width)
        wall = getattr(self.app, "wall", None)
        found: Wall | None = wall() if wall else None
        return found.hang(shown, prompt.stored.bank, width) if found else shown

    def options(self) -> int:
        """Return how many options can be marked now: none of a revealed card."""
        if self._prompt is None or self.revealed:
            return 0
        return len(self._prompt.parsed.right) + len(self._prompt.parsed.wrong)

    def several(self) -> bool:
        """Tell whether more than one option of the card is right."""
        return self._prompt is not None and len(self._prompt.parsed.right) > 1

    def mark(self, index: int, width: int, tight: bool) -> None:
        """Mark an option, or let it go, and show it; the sizes are those of `paint`."""
        if 0 <= index < self.options():
            self.chosen = marked(self.chosen, index, self.several())
            self.paint(width, tight)

    def on_click(self, event: Click) -> None:
        """Tell which option was clicked."""
        row = event.y - self.gutter.top
        if self.options() and 0 <= row < len(self._rows):
            roles = " ".join(run.roles for run in self._rows[row]).split()
            number = next((role[7:] for role in roles if role.startswith("option-")), None)
            if number is not None:
                self.post_message(self.OptionClicked(int(number)))

    def has_formula(self) -> bool:
        """Tell whether what is shown has a formula, set or as LaTeX."""
        return self.latex or any("math-" in run.roles for row in self._rows for run in row)

    def face(
        self,
        prompt: Prompt,
        width: int,
        chosen: frozenset[int] = frozenset(),
        latex: bool = False,
    ) -> Face:
        """Return a card set to a width; those set last are kept."""
        key = (prompt.seed, prompt.stored.content_hash, width, chosen, latex)
        if key not in self._faces:
            if len(self._faces) > KEPT:
                self._faces.clear()
            note, parsed = prompt.stored.note, prompt.parsed
            if latex:
                from studytool.latex_source import in_latex

                parsed = in_latex(note, parsed)
            part, seed = prompt.card.part, prompt.seed
            self._faces[key] = face(note, parsed, part, width, seed, chosen)
        return self._faces[key]
