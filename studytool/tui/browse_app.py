"""Browsing as a program of its own."""

from __future__ import annotations

from typing import ClassVar

from textual.screen import Screen

from studytool.browsing import Browsing
from studytool.keymap import Keymap
from studytool.tui.app import REVIEW_CSS, ReviewApp
from studytool.tui.browse_screen import BROWSE_CSS, BrowseScreen


class BrowseApp(ReviewApp):
    """Begins with the cards that a query finds; leaving them ends it."""

    CSS_PATH: ClassVar[str | list[str]] = [REVIEW_CSS, BROWSE_CSS]  # type: ignore[assignment]

    def __init__(
        self, browsing: Browsing, notices: tuple[str, ...], theme: str, keys: Keymap
    ) -> None:
        """Prepare the program; see `ReviewApp`."""
        super().__init__(browsing.session, notices, theme, keys=keys)
        self.browsing = browsing

    def get_default_screen(self) -> Screen[None]:
        """Return the screen that browses."""
        return BrowseScreen(self.browsing, self.keys)
