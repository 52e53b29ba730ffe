"""The review as a full-screen program."""

from __future__ import annotations

import time
from collections.abc import Callable

from textual.app import App

from studytool.days import as_date
from studytool.errors import StudytoolError
from studytool.screen_text import clean
from studytool.session import Session
from studytool.tui.review_screen import ReviewScreen
from studytool.tui.summary_screen import SummaryScreen
from studytool.tui.themes import DARK, FALLBACK_VARIABLES, LIGHT

BACKUP_DELAY = 1.0
"""Seconds after the first card until the day's backup is made."""


class ReviewApp(App[None]):
    """Runs one session."""

    TITLE = "studytool"
    CSS_PATH = "review.tcss"
    ENABLE_COMMAND_PALETTE = True

    def __init__(
        self,
        session: Session,
        notices: tuple[str, ...] = (),
        theme: str = DARK.name,
        ticker: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare the program.

        Args:
            session: What is reviewed.
            notices: Lines to show once the first card is there.
            theme: Name of one of our themes or of Textual's; an unknown one gives our dark one.
            ticker: Seconds that never go back.
        """
        super().__init__()
        self.session = session
        self.notices = notices
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = theme if theme in self.available_themes else DARK.name
        self.ticker = ticker

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Let themes that do not know our variables work too."""
        return FALLBACK_VARIABLES

    def on_mount(self) -> None:
        """Go to the review."""
        self.install_screen(SummaryScreen(self.session), "summary")
        self.push_screen(ReviewScreen(self.session, self.ticker))
        for notice in self.notices:
            self.notify(clean(notice), severity="warning", timeout=8, markup=False)
        self.set_timer(BACKUP_DELAY, self.back_up)

    def back_up(self) -> None:
        """Make the day's copy; a failure is told and stops nothing."""
        try:
            self.session.store.back_up(as_date(self.session.day))
        except (StudytoolError, OSError) as error:
            message = clean(f"No backup was made: {error}")
            self.notify(message, severity="warning", timeout=8, markup=False)
