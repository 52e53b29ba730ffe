"""The line under a question into which an answer is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key, Paste
from textual.widgets import Input

from studytool.screen_text import clean_line

MAX_LENGTH = 200
"""Characters that can be typed."""


class TypedLine(Input, inherit_bindings=False):
    """Takes every key but those that end it, scroll, or leave the program."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            binding
            for binding in Input.BINDINGS
            if isinstance(binding, Binding) and not {"ctrl+c", "enter"} & {*binding.key.split(",")}
        ),
        Binding("enter", "screen.go_on", "Show the answer", show=False),
        Binding("escape", "screen.stop_typing", "Back to the keys", show=False),
    ]

    def __init__(self, held: Callable[[str], bool]) -> None:
        """Begin empty.

        Args:
            held: Tells whether a key is still down from what it did before.
        """
        super().__init__(
            id="typed",
            compact=True,
            placeholder="type the answer",
            max_length=MAX_LENGTH,
            select_on_focus=False,
        )
        self.cursor_blink = False
        self.held = held

    def clear_for(self, shown: bool) -> None:
        """Empty the line for another card, and show it or not."""
        self.value = ""
        self.display = shown

    def on_key(self, event: Key) -> None:
        """Leave out a key that is held since before the line was there."""
        name = "space" if event.character == " " else event.character
        if event.is_printable and name and self.held(name):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: Paste) -> None:
        """Take pasted words as one line that is safe for a terminal."""
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(clean_line(" ".join(event.text.split())))
