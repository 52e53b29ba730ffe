"""How a learner looks at a card: its hint, its formulas as LaTeX, and any part of a long one."""

from __future__ import annotations

from abc import abstractmethod

from textual.binding import BindingType

from studytool.tui.acting import Acting
from studytool.tui.key_bar import Key
from studytool.tui.keys import bound

LOOKING: tuple[BindingType, ...] = (
    bound("review.hint", "hint", "Show the hint"),
    bound("review.latex", "latex", "Show formulas as LaTeX, or as formulas again"),
    bound("review.down", "scroll(1)", "Scroll down"),
    bound("review.up", "scroll(-1)", "Scroll up"),
    bound("review.page-down", "scroll(1, True)", "Scroll half a page down"),
    bound("review.page-up", "scroll(-1, True)", "Scroll half a page up"),
    bound("review.first", "scroll_to_end(-1)", "Scroll to the top"),
    bound("review.last", "scroll_to_end(1)", "Scroll to the bottom"),
)
"""The bindings of what is done here."""


class Looking(Acting):
    """The part of the review screen that changes what is seen of a card, and nothing else."""

    @abstractmethod
    def paint(self) -> None:
        """Set the card anew."""

    @abstractmethod
    def into_view(self) -> None:
        """Scroll to what matters."""

    def has_hint(self) -> bool:
        """Tell whether the card has a hint that is not shown yet."""
        prompt = self.session.current
        return bool(prompt and prompt.parsed.hint and not self.card.hint_shown)

    def latex_keys(self) -> tuple[Key, ...]:
        """Return the key that shows LaTeX or formulas, if the card shows either."""
        if not self.card.has_formula():
            return ()
        label = "formulas" if self.card.latex else "LaTeX"
        return (Key(self.keys.first("review.latex"), label, "latex"),)

    def action_hint(self) -> None:
        """Show the hint under the question."""
        if self.has_hint() and not self.card.revealed:
            self.card.hint_shown = True
            self._look_anew()

    def action_latex(self) -> None:
        """Show the formulas of this card as LaTeX, or as formulas again."""
        if self.held.repeats("latex"):
            return
        if self.card.has_formula():
            self.card.latex = not self.card.latex
            self._look_anew()
        else:
            self.tell("No formula is shown here.")

    def _look_anew(self) -> None:
        """Show the card as it is to be seen from now on."""
        self.paint()
        self.show_keys()
        self.call_after_refresh(self.into_view)

    def action_scroll(self, direction: int, page: bool = False) -> None:
        """Scroll a long card by two rows, or by half a page."""
        rows = max(2, self.scroll.size.height // 2) if page else 2
        self.scroll.scroll_relative(y=direction * rows, animate=False)

    def action_scroll_to_end(self, direction: int) -> None:
        """Scroll a long card to its bottom, or with a negative direction to its top."""
        if direction < 0:
            self.scroll.scroll_home(animate=False)
        else:
            self.scroll.scroll_end(animate=False)
