"""What the keys that act on a card, from burying to setting it due, do to the review screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studytool.actions import Action, perform, why_not, words, words_of_all
from studytool.due_days import days_ahead
from studytool.errors import StudytoolError
from studytool.leeches import Leech
from studytool.scheduling import QUIET, Review
from studytool.tui.flag_screen import FlagScreen
from studytool.tui.telling import tell

if TYPE_CHECKING:
    from studytool.tui.acting import Acting


def act(screen: Acting, name: str, number: int = 0) -> None:
    """Do something with the card on a screen; a held key does it once."""
    if screen.held.repeats(name):
        return
    if why := why_not(screen.session, Action(name)):
        tell(screen, f"{why.capitalize()} already.")
        return
    try:
        row = perform(screen.session, Action(name), number)
    except StudytoolError as error:
        screen.fail(error)
        return
    if row is None:
        return
    if row.act in QUIET:
        show_standing(screen)
        return
    key = screen.keys.first("review.undo")
    tell(screen, f"{words(row).capitalize()}; {key} takes it back.")
    screen.card.welcome = ()
    screen.show_card()


def tell_leech(screen: Acting, leech: Leech) -> None:
    """Say that the card just graded is a leech, what helps, and what was done."""
    edit, undo = screen.keys.first("review.edit"), screen.keys.first("review.undo")
    how = f"{undo} brings it back, {edit} edits it"
    tell(screen, leech.words(how if leech.suspended else f"{edit} edits it when it comes again"))


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


def ask_due(screen: Acting) -> None:
    """Ask in how many days the card on a screen is due."""
    prompt = screen.session.current
    if prompt is not None:
        from studytool.tui.due_screen import DueScreen

        left = screen.ticker()
        seed = f"{prompt.seed} {prompt.day}"
        screen.app.push_screen(DueScreen(), partial(_set_due, screen, left, seed))


def _set_due(screen: Acting, left: float, seed: str, typed: str | None) -> None:
    """Set the card due on the day that was chosen, if one was."""
    screen.resume(left, None)
    days = days_ahead(typed or "", seed)
    if days is not None:
        act(screen, Action.SET_DUE.value, days)
    screen.held.repeats("go on")  # the key that ended the question does not show an answer


def show_standing(screen: Acting) -> None:
    """Show the flag and the mark of the card that stays on a screen."""
    prompt = screen.session.current
    if prompt is not None:
        screen.header.set(prompt)
        screen.can_undo = screen.session.can_undo()
        screen.show_keys()


def show_taken_back(screen: Acting, row: Review) -> None:
    """Show the card as it is after an action was taken back, and say what the card does not."""
    prompt = screen.session.current
    rows = screen.session.store.log.taken_back_with(row)
    seen = row.act in QUIET and prompt is not None and prompt.card.key == row.note
    if not seen or len(rows) > 1:
        tell(screen, f"Taken back: {words_of_all(rows)}.")
    if row.act in QUIET:
        show_standing(screen)
    else:
        screen.show_card()
