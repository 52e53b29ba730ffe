"""The overview of the decks on the screen, for a start without a command."""

from __future__ import annotations

import os

from studytool.cli import chosen
from studytool.cli.places import theme_choice
from studytool.days import as_date
from studytool.opening import Opened
from studytool.session import Session


def show_decks(opened: Opened, session: Session, light: bool = False) -> None:
    """Show the decks until the user leaves.

    Args:
        opened: The library.
        session: A session over all of it.
        light: Whether the terminal is a light one.

    Raises:
        SystemExit: If the screen ended with an error.
    """
    theme, _ = theme_choice(light)
    if os.environ.get("NO_COLOR"):
        os.environ["TEXTUAL_THEME"] = theme
    from studytool.cli.pictures import hang_pictures
    from studytool.deck_numbers import DeckNumbers
    from studytool.tui.app import ReviewApp

    settings = chosen.settings()
    decks = DeckNumbers(opened, session)
    app = ReviewApp(
        session, opened.notices, theme, keys=settings.keys, library=decks, pace=settings.pace
    )
    hang_pictures(app, opened)
    app.run()
    opened.store.back_up(as_date(session.day))
    if app.return_code:
        raise SystemExit(app.return_code)
