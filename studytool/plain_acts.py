"""What a line that is typed in a plain review does with a card besides grading it."""

from __future__ import annotations

from studytool.actions import Action, perform, why_not, words
from studytool.due_days import HOW, days_ahead
from studytool.errors import UsageError
from studytool.scheduling import QUIET
from studytool.session import Session

_WORDS = {
    "bury": Action.BURY_CARD,
    "bury note": Action.BURY_NOTE,
    "suspend": Action.SUSPEND_CARD,
    "suspend note": Action.SUSPEND_NOTE,
    "flag": Action.FLAG,
    "mark": Action.MARK,
    "due": Action.SET_DUE,
    "reset": Action.RESET,
}
MEANING = {
    "bury, bury note": "not before tomorrow",
    "suspend, suspend note": "not before that is taken back",
    "flag 3": "flag the card, 1 to 7; 0 or the same again takes the flag off",
    "mark": "mark the note; again takes the mark off",
    "due 5, due 3-7": "set the card due in so many days",
    "reset": "the card is new again",
}
"""What can be typed at both prompts of a card, and what it does."""


def action(line: str) -> tuple[Action, str] | None:
    """Return the action that a line asks for, and what stands behind its word; else None."""
    typed = " ".join(line.lower().split())
    if typed in _WORDS:
        return _WORDS[typed], ""
    word, _, rest = typed.partition(" ")
    if rest and word in ("flag", "due"):
        return _WORDS[word], rest
    return None


def act(session: Session, wanted: Action, rest: str) -> tuple[str, bool]:
    """Do what a line asks for with the current card.

    Returns:
        What was done, in words, and whether the card is asked as before.

    Raises:
        UsageError: If the line lacks a number, or nothing would change.
        StudytoolError: If it could not be saved.
    """
    prompt, number = session.current, 0
    if wanted is Action.FLAG:
        if rest not in tuple("01234567"):
            raise UsageError("write a flag from 0 to 7, such as flag 3")
        number = int(rest)
    elif wanted is Action.SET_DUE and prompt:
        days = days_ahead(rest, f"{prompt.seed} {prompt.day}")
        if days is None:
            raise UsageError(HOW)
        number = days
    if why := why_not(session, wanted):
        raise UsageError(f"{why} already")
    row = perform(session, wanted, number)
    return (words(row), row.act in QUIET) if row else ("", True)
