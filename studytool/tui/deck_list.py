"""The list of decks: sets only the rows that are seen, so its length does not matter."""

from __future__ import annotations

from textual.content import Content
from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.message import Message
from textual.widgets import Static

from studytool.deck_choice import DeckChoice
from studytool.deck_lines import columns, head, line, mark_column, scrollbar
from studytool.tui.paint import content
from studytool.wrapping import Run

LEAST_WIDTH = 24
"""A narrower list is cut."""
WHEEL = 3
"""Rows that a step of the wheel goes."""


class DeckList(Static):
    """Shows the decks of a choice below a line of heads."""

    class Used(Message):
        """The mouse chose or folded a deck, or asks to study the chosen one."""

        def __init__(self, study: bool = False) -> None:
            """Tell whether it is to be studied."""
            super().__init__()
            self.study = study

    def __init__(self, choice: DeckChoice) -> None:
        """Show a choice; `refresh` paints it as it is by then."""
        super().__init__(id="decks", markup=False)
        self.choice = choice
        self._top = 0

    @property
    def height(self) -> int:
        """How many decks are seen at once."""
        return max(1, self.content_size.height - 1)

    def _width(self) -> int:
        """Return the columns of a row, without the bar."""
        return max(LEAST_WIDTH, self.content_size.width - 2)

    def render(self) -> Content:
        """Return the rows that are seen, the chosen one among them."""
        choice, width, height = self.choice, self._width(), self.height
        top = min(self._top, choice.index, max(0, len(choice.seen) - height))
        self._top = max(top, choice.index - height + 1)
        widths = columns(choice.rows, width)
        bar = scrollbar(len(choice.seen), self._top, height)
        lines = [head(widths, width)]
        for number, row in enumerate(choice.seen[self._top : self._top + height]):
            chosen = self._top + number == choice.index
            cells = line(row, widths, width, choice.is_folded(row), chosen)
            lines.append((*cells, Run(" "), bar[number]))
        if not choice.seen:
            lines.append((Run("  no deck has such a name", "muted"),))
        return content(lines)

    def on_click(self, event: Click) -> None:
        """Fold a deck by its mark, choose it by a click, and study it by a second one."""
        choice, offset = self.choice, event.get_content_offset(self)
        if offset is None or not offset.y or self._top + offset.y > len(choice.seen):
            return
        index, before = self._top + offset.y - 1, choice.index
        choice.choose(index)
        row, width = choice.seen[index], self._width()
        start = mark_column(row, columns(choice.rows, width), width)
        if row.parent and start <= offset.x < start + 2:
            choice.unfold() if choice.is_folded(row) else choice.fold()
            self.post_message(self.Used())
        else:
            self.post_message(self.Used(study=index == before))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Go down with the wheel."""
        self.choice.move(WHEEL)
        self.post_message(self.Used())

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Go up with the wheel."""
        self.choice.move(-WHEEL)
        self.post_message(self.Used())
