"""What the keys that bury, suspend, flag and mark do to the review screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studytool.actions import Action, perform, words
from studytool.errors import StudytoolError
from studytool.scheduling import QUIET, Review
from studytool.tui.flag_screen import FlagScreen

if TYPE_CHECKING:
    from studytool.tui.acting import Acting


def act(screen: Acting, name: str, flag: int = 0) -> None:
    """Do something with the card on a screen; a held key does it once."""
    if screen.held.repeats(name):
        return
    try:
        row = perform(screen.session, Action(name), flag)
    except StudytoolError as error:
        screen.fail(error)
        return
    if row is None:
        return
    if row.act in QUIET:
        show_standing(screen)
        return
    key = screen.keys.first("review.undo")
    screen.tell(f"{words(row).capitalize()}; {key} takes it back.")
    screen.card.welcome = ()
    screen.show_card()


def ask_flag(screen: Acting) -> None:
    """Ask which flag the card on a screen gets."""
    if screen.session.current is not None:
        left = screen.ticker()
        screen.app.push_screen(FlagScreen(screen.keys), partial(_flagged, screen, left))


def _flagged(screen: Acting, left: float, flag: int | None) -> None:
    """Set the flag that was chosen, if one was."""
    screen.resume(left, None)
    if flag is not None:
        act(screen, Action.FLAG.value, flag)


def show_standing(screen: Acting) -> None:
    """Show the flag and the mark of the card that stays on a screen."""
    prompt = screen.session.current
    if prompt is not None:
        screen.header.set(prompt.standing)
        screen.can_undo = screen.session.can_undo()
        screen.show_keys()


def show_taken_back(screen: Acting, row: Review) -> None:
    """Show the card as it is after an action was taken back, and say what the card does not."""
    prompt = screen.session.current
    if row.act not in QUIET or prompt is None or prompt.card.key != row.note:
        screen.tell(f"Taken back: {words(row)}.")
    if row.act in QUIET:
        show_standing(screen)
    else:
        screen.show_card()
