"""The pause: a page that hides the card while its time stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.events import Click, Key
from textual.widgets import Static

from studytool.tui.sheet import Sheet
from studytool.tui.sizes import HORIZONTAL, VERTICAL

if TYPE_CHECKING:
    from studytool.tui.acting import Acting


class PauseScreen(Sheet[str]):
    """Hides the card until a key is pressed, or the mouse; gives the name of the key."""

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    VERTICAL_BREAKPOINTS = VERTICAL

    def __init__(self, review: Acting, why: str) -> None:
        """Cover a review; `why` is empty if the learner asked for it."""
        super().__init__()
        self.review = review
        self.why = why

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        why = [(f"{self.why}\n", "$card-muted")] if self.why else []
        lines = [("Paused\n\n", "bold"), *why, ("Any key goes on.", "$card-muted")]
        with Container(id="summary"):
            yield Static(Content.assemble(*lines), id="figures", markup=False)

    def on_key(self, event: Key) -> None:
        """Go on, unless it is the key of the pause that was not let go since."""
        event.stop()
        pauses = {event.key, event.character} & {*self.review.keys["review.pause"]}
        if not (pauses and self.review.held.repeats("pause")):
            self.dismiss(event.key)

    def on_click(self, event: Click) -> None:
        """Go on."""
        self.dismiss("")


def pause(screen: Acting, why: str = "") -> None:
    """Pause a review; time that passes is not time on the card."""
    spent = screen.spent

    def back(key: str | None) -> None:
        screen.spent = spent
        screen.wake(key or "")

    screen.app.push_screen(PauseScreen(screen, why), back)
