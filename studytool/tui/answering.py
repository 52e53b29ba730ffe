"""What a learner does before the reveal: marking the options of a choice, and typing."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.events import DescendantBlur, DescendantFocus
from textual.screen import Screen

from studytool.keymap import Keymap
from studytool.session import Session
from studytool.tui.card import CardText
from studytool.tui.held_keys import HeldKeys
from studytool.tui.key_bar import Key
from studytool.tui.keys import begin_typing_keys, bound, option_bindings, option_keys
from studytool.tui.sizes import card_size
from studytool.tui.telling import tell
from studytool.tui.typed_answer import TypedAnswer

ANSWERING: tuple[BindingType, ...] = (
    *option_bindings(),
    bound("review.typing", "typing", "Type the answers that can be typed, or stop it"),
)
"""The bindings of what is done here."""


class Answering(Screen[None]):
    """The part of the review screen that takes answers; none of them grades."""

    BINDINGS: ClassVar[list[BindingType]] = []
    session: Session
    keys: Keymap
    held: HeldKeys
    typing: TypedAnswer
    card: CardText
    scroll: VerticalScroll

    @abstractmethod
    def show_keys(self) -> None:
        """Put the keys that work now on the last row."""

    def begin(self) -> None:
        """Get ready for the answer to the current card."""
        self.set_focus(self.typing.line if self.typing.ask(self.session.current) else self.scroll)

    def compare(self, width: int) -> None:
        """Take the line away, and set what was typed beside the right answer."""
        if self.typing.line is not None and self.session.current is not None:
            self.set_focus(self.scroll)
            self.typing.line.display = False
            self.card.typed = self.typing.rows(self.session.current, width)

    def own_keys(self) -> tuple[Key, ...]:
        """Return the keys that only cards such as the current one have, before the reveal."""
        if self.typing.fits(self.session.current):
            return begin_typing_keys(self.keys, self.typing.waits())
        return option_keys(self.keys, self.card.options(), self.card.several())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the digits to the grades unless they mark an option now."""
        if action in ("option", "grade"):
            marks = parameters[0] in range(1, self.card.options() + 1)
            return marks is (action == "option")
        return True

    def action_option(self, number: int) -> None:
        """Mark an option of a choice, or let it go."""
        self.held.other_key()
        if not self.held.marks(number):
            self.card.mark(number - 1, *card_size(self.app.size))

    def on_card_text_option_clicked(self, message: CardText.OptionClicked) -> None:
        """Mark an option by mouse."""
        self.card.mark(message.number - 1, *card_size(self.app.size))

    async def action_typing(self) -> None:
        """Begin to type answers, or stop it; at once if the current one can be typed."""
        self.typing.on = not self.typing.on
        if self.typing.line is None:
            await self.scroll.mount(self.typing.made())
        if not self.card.revealed:
            self.begin()
            self.show_keys()
        if self.card.revealed or not self.typing.fits(self.session.current):
            what = "typed where the note accepts some" if self.typing.on else "not typed"
            tell(self, f"From now on answers are {what}.")

    def action_go_on_typing(self) -> None:
        """Give the keys to the line again."""
        self.set_focus(self.typing.line)

    def action_stop_typing(self) -> None:
        """Give the keys back to the review; the line stays."""
        self.set_focus(self.scroll)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Show which keys work now."""
        if event.widget is self.typing.line:
            self.show_keys()
            self.call_after_refresh(self.typing.into_view)

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        """Show which keys work now."""
        if event.widget is self.typing.line:
            self.show_keys()
