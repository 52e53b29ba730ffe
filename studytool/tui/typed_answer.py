"""Whether answers are typed in a review, and the line for it, made when it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.prompts import Prompt
from studytool.tui.held_keys import HeldKeys
from studytool.wrapping import Rows

if TYPE_CHECKING:
    from studytool.tui.typed_line import TypedLine


class TypedAnswer:
    """What the review screen knows of typing.

    Attributes:
        on: Whether cards that say what they accept are answered by typing.
        line: The line to type into, once it was needed.
    """

    def __init__(self, on: bool, held: HeldKeys) -> None:
        """Begin with typing on or off."""
        self.on = on
        self.held = held
        self.line: TypedLine | None = None

    def made(self) -> TypedLine:
        """Return the line, made when it is asked for first."""
        if self.line is None:
            from studytool.tui.typed_line import TypedLine

            self.line = TypedLine(self.held.types)
            self.line.display = False
        return self.line

    def fits(self, prompt: Prompt | None) -> bool:
        """Tell whether the answer of a card can be typed."""
        if prompt is None or not prompt.stored.note.accept:
            return False
        from studytool.expected import can_be_typed

        return can_be_typed(prompt.stored.note, prompt.card.part)

    def ask(self, prompt: Prompt | None) -> bool:
        """Empty the line for a card, and return whether it is to be typed."""
        typed = self.on and self.fits(prompt)
        if self.line is not None:
            self.line.clear_for(typed)
        return typed and self.line is not None

    def waits(self) -> bool:
        """Tell whether the line is there and nothing that is pressed goes into it."""
        return self.line is not None and self.line.display and not self.line.has_focus

    def has_keys(self) -> bool:
        """Tell whether what is pressed is typed."""
        return self.line is not None and self.line.has_focus

    def into_view(self) -> None:
        """Scroll to the line, if there is one."""
        if self.line is not None:
            self.line.scroll_visible(animate=False)

    def begun(self) -> bool:
        """Tell whether something was typed for the card."""
        return self.line is not None and self.line.display and bool(self.line.value)

    def rows(self, prompt: Prompt, width: int) -> Rows:
        """Return what was typed beside the right answer, set to a width; empty if nothing was."""
        typed = self.line.value.strip() if self.line is not None else ""
        if not typed:
            return ()
        from studytool.expected import expected
        from studytool.screen_text import clean_line
        from studytool.typed import compare
        from studytool.typed_rows import typed_rows

        answers = expected(prompt.stored.note, prompt.parsed, prompt.card.part)
        return typed_rows(compare(clean_line(typed), answers), width)
