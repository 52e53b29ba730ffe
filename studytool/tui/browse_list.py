"""The cards that were found and the line they are searched with; only what is seen is read."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, MouseScrollDown, MouseScrollUp, Paste
from textual.message import Message
from textual.widgets import Input, Static

from studytool.browsing import Browsing
from studytool.deck_lines import scrollbar
from studytool.found_list import line
from studytool.screen_text import clean_line
from studytool.search_query import MAX_LENGTH
from studytool.tui.paint import content
from studytool.wrapping import Run

LEAST_WIDTH = 20
"""A narrower list is cut."""
WHEEL = 3
"""Rows that a step of the wheel goes."""


class FoundList(Static):
    """Shows a part of the cards that were found, the chosen one among them."""

    class Moved(Message):
        """The mouse chose another card; `again` if it was the chosen one already."""

        def __init__(self, again: bool = False) -> None:
            """Tell whether the chosen card was clicked once more."""
            super().__init__()
            self.again = again

    def __init__(self, browsing: Browsing) -> None:
        """Show what was found; `refresh` paints it as it is by then."""
        super().__init__(id="found", markup=False)
        self.browsing = browsing
        self._top = 0

    @property
    def height(self) -> int:
        """How many cards are seen at once."""
        return max(1, self.content_size.height)

    def render(self) -> Content:
        """Return the rows that are seen."""
        shown, height = self.browsing, self.height
        width = max(LEAST_WIDTH, self.content_size.width - 2)
        top = min(self._top, shown.index, max(0, len(shown.found) - height))
        self._top = max(top, shown.index - height + 1)
        bar = scrollbar(len(shown.found), self._top, height)
        rows = []
        for number, card in enumerate(shown.found[self._top : self._top + height]):
            chosen = self._top + number == shown.index
            row = line(shown.seen(card), shown.day, width, chosen, card in shown.picked)
            rows.append((*row, Run(" "), bar[number]))
        if not rows:
            words = "no card is found" if shown.query.strip() else "no notes here"
            rows.append((Run(f"  {words}", "muted"),))
        return content(rows)

    def on_click(self, event: Click) -> None:
        """Choose the card under the mouse."""
        offset, before = event.get_content_offset(self), self.browsing.index
        if offset is not None and self._top + offset.y < len(self.browsing.found):
            self.browsing.choose(self._top + offset.y)
            self.post_message(self.Moved(before == self.browsing.index))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Go down with the wheel."""
        self.browsing.move(WHEEL)
        self.post_message(self.Moved())

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Go up with the wheel."""
        self.browsing.move(-WHEEL)
        self.post_message(self.Moved())


class QueryLine(Input, inherit_bindings=False):
    """Takes every key but those that end the typing or leave."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            binding
            for binding in Input.BINDINGS
            if isinstance(binding, Binding) and not {"ctrl+c", "enter"} & {*binding.key.split(",")}
        ),
        Binding("enter,escape,down,tab", "screen.stop_typing", "To the list", show=False),
    ]

    def __init__(self, query: str) -> None:
        """Begin with a query, which is put in when the screen is there."""
        self.begins = clean_line(query)[:MAX_LENGTH]
        super().__init__(
            id="query",
            compact=True,
            placeholder="all cards",
            max_length=MAX_LENGTH,
            select_on_focus=False,
        )
        self.cursor_blink = False

    def on_mount(self) -> None:
        """Put the query in; an input without a screen takes none."""
        self.value = self.begins

    def on_paste(self, event: Paste) -> None:
        """Take pasted words as one line that is safe for a terminal."""
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(clean_line(" ".join(event.text.split())))
