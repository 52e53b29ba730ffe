"""What browsing does to the picked cards: acts on them, asks for what that needs, takes back."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from studytool.actions import Action
from studytool.errors import StudytoolError
from studytool.tui.telling import sentences, tell

if TYPE_CHECKING:
    from studytool.tui.browse_screen import BrowseScreen


def act(screen: BrowseScreen, action: Action, number: int = 0, days: str = "") -> None:
    """Do something, and say what; see `Browsing.act`."""
    try:
        said = screen.browsing.act(action, number, days)
    except (StudytoolError, sqlite3.Error) as error:
        tell(screen, sentences(error), failure=True)
        return
    key = screen.keys.first("browse.undo")
    tell(screen, f"{said[0].upper()}{said[1:]}; {key} takes it back.")
    screen.show()


def ask_flag(screen: BrowseScreen) -> None:
    """Ask which flag."""
    from studytool.tui.flag_screen import FlagScreen

    def chosen(flag: int | None) -> None:
        if flag is not None:
            act(screen, Action.FLAG, flag)

    if screen.browsing.found:
        screen.app.push_screen(FlagScreen(screen.keys, under_card=False), chosen)


def ask_due(screen: BrowseScreen) -> None:
    """Ask in how many days; a range gives each card a day of its own."""
    from studytool.tui.due_screen import DueScreen

    def chosen(days: str | None) -> None:
        if days is not None:
            act(screen, Action.SET_DUE, days=days)

    if screen.browsing.found:
        screen.app.push_screen(DueScreen(under_card=False), chosen)


def undo(screen: BrowseScreen) -> None:
    """Take the last action back, all of it."""
    try:
        said = screen.browsing.undo()
    except (StudytoolError, sqlite3.Error) as error:
        tell(screen, sentences(error), failure=True)
        return
    tell(screen, f"Taken back: {said}." if said else "There is nothing of today to undo.")
    screen.show()
