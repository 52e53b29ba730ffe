"""Asks in how many days a card is due, in the rows of the keys; the card stays as it is."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.events import Paste, Resize
from textual.widgets import Input, Static

from studytool.due_days import HOW, days_ahead
from studytool.tui.key_bar import Key, KeyBar
from studytool.tui.sheet import ModalSheet
from studytool.tui.sizes import HORIZONTAL, MARGINS, VERTICAL, inset
from studytool.tui.telling import tell

QUESTION = "Due in how many days? "


class DueScreen(ModalSheet[str]):
    """Gives days as `due_days.days_ahead` reads them, or nothing."""

    AUTO_FOCUS = "#due-days"
    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    VERTICAL_BREAKPOINTS = VERTICAL
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "leave", "Leave the card as it is", priority=True),
    ]

    def __init__(self, under_card: bool = True) -> None:
        """Ask; `under_card` is as for the bar of keys."""
        super().__init__()
        self.under_card = under_card
        self.line = Input(
            id="due-days",
            compact=True,
            placeholder="0 today, 5, 3-7",
            restrict=r"[0-9]{0,5}( ?[-–] ?[0-9]{0,5})?",
        )
        self.line.cursor_blink = False
        self.question = Static(QUESTION, id="due-question", markup=False)
        self.bar = KeyBar(under_card)

    def compose(self) -> ComposeResult:
        """Lay the question out above the keys."""
        with Container(id="due"):
            with Horizontal(id="due-line"):
                yield self.question
                yield self.line
            yield self.bar

    def on_resize(self, event: Resize) -> None:
        """Let the question stand in with the card."""
        in_by = inset(event.size.width - MARGINS[True]) if self.under_card else 0
        self.question.update(" " * in_by + QUESTION)

    def on_mount(self) -> None:
        """Show the keys."""
        self.bar.show(Key("enter", "set", "set"), Key("esc", "back", "leave"))

    def on_paste(self, event: Paste) -> None:
        """Keep pasted text from the review below."""
        event.stop()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Set it by the enter key."""
        self.action_set()

    def action_set(self) -> None:
        """Give the days, or say how they are written."""
        if not self.line.value.strip():
            self.action_leave()
            return
        if days_ahead(self.line.value, "") is None:
            tell(self, f"{HOW[0].upper()}{HOW[1:]}.")
        else:
            self.dismiss(self.line.value)

    def action_leave(self) -> None:
        """Leave the card as it is."""
        if self.is_current:
            self.dismiss(None)
