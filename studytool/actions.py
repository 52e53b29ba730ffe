"""What a learner does with a card besides grading it, from burying to setting it due."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from studytool.days import Moment
from studytool.scheduling import MOST_DAYS, Act, Review, State, note_text
from studytool.selection import StoredNote
from studytool.session import Session
from studytool.standings import WHOLE, Standing
from studytool.wording import counted


class Action(Enum):
    """An action, by the name that its key has in the settings."""

    BURY_CARD = "bury-card"
    BURY_NOTE = "bury-note"
    SUSPEND_CARD = "suspend-card"
    SUSPEND_NOTE = "suspend-note"
    FLAG = "flag"
    MARK = "mark"
    SET_DUE = "set-due"
    RESET = "reset"

    @property
    def act(self) -> Act:
        """What it is in the log."""
        if self in (Action.SET_DUE, Action.RESET):
            return Act.SET_DUE
        return Act(self.value.partition("-")[0])

    @property
    def whole(self) -> bool:
        """Whether it is about all cards of the note."""
        return self in (Action.BURY_NOTE, Action.SUSPEND_NOTE, Action.MARK)


def perform(session: Session, action: Action, number: int = 0) -> Review | None:
    """Do something with the current card or its note, and go on unless it stays to be asked.

    A mark that is there is taken off, and so is the flag that is asked for. What another window
    did with the card meanwhile stands. When this returns the action is on disk.

    Args:
        session: Asks the card.
        action: What is done.
        number: See `row_for`.

    Returns:
        The row of the log, or None if no card is asked.

    Raises:
        StoreError: If it could not be saved; the same card stays current.
        ClockError: If the clock was set far back meanwhile.
    """
    prompt = session.current
    if prompt is None:
        return None
    stored, part, standing = prompt.stored, prompt.card.part, prompt.standing
    row = session.store.act(row_for(action, stored, part, standing, *session.now(), number))
    session.acted(row)
    return row


def row_for(
    action: Action,
    stored: StoredNote,
    part: str,
    standing: Standing,
    moment: Moment,
    day: int,
    number: int = 0,
) -> Review:
    """Return the row of the log for an action on any card; `Store.act` writes it.

    Args:
        action: What is done.
        stored: The card's note.
        part: The card's part.
        standing: What was set for the card before.
        moment: The time of it.
        day: The study day of it.
        number: For `Action.FLAG` the flag, 1 to 7, or 0 for none; for `Action.SET_DUE` in how
            many days the card is due.
    """
    value: int | State = 1
    if action is Action.RESET:
        value = State.NEW
    elif action is Action.SET_DUE:
        value = day + max(0, min(number, MOST_DAYS))
    elif action.act is Act.BURY:
        value = day + 1
    elif action is Action.FLAG:
        value = 0 if number == standing.flag else number
    elif action is Action.MARK:
        value = 1 - standing.marked
    note = stored.note
    return Review(
        *("", "", moment.at_ms, day, moment.tz_minutes, stored.key),
        part=WHOLE if action.whole else part,
        act=action.act,
        value=str(value),
        note_text=note_text(note.question if action.whole else note.asked(part)),
    )


def words(row: Review) -> str:
    """Return what an action or an answer did, such as `card suspended`."""
    what = "card" if row.part else "note"
    if row.act is Act.SUSPEND:
        return f"{what} {'no longer ' if row.value == '0' else ''}suspended"
    if row.act is Act.BURY:
        return f"{what} {'no longer ' if row.value == str(row.day) else ''}buried"
    if row.act is Act.SET_DUE:
        return _due_words(row)
    if row.act is Act.FLAG:
        return f"flag {row.value}" if row.value != "0" else "flag taken off"
    if row.act is Act.MARK:
        return "note marked" if row.value != "0" else "mark taken off"
    return "grade"


def words_of_all(rows: Sequence[Review]) -> str:
    """Return what was done to many cards or notes at once, with their number."""
    last = rows[-1]
    done = words(last)
    if len(rows) < 2:
        return done
    what = "card" if last.part else "note"
    number = counted(len(rows), what)
    if last.act is Act.SET_DUE:
        if last.value == State.NEW:
            return f"{number} are new again"
        days = sorted({_days(row) for row in rows})
        if len(days) > 1:
            return f"{number} due in {days[0]} to {days[-1]} days"
    return number + (done.removeprefix(what) if done.startswith(what) else f": {done}")


def _due_words(row: Review) -> str:
    """Return what a row of set-due did."""
    if row.value == State.NEW:
        return "card is new again"
    days = _days(row)
    return "card due " + ("today", "tomorrow", f"in {days} days")[min(days, 2)]


def _days(row: Review) -> int:
    """Return in how many days a row of set-due makes its card due."""
    return int(row.value or row.day) - row.day


def why_not(session: Session, action: Action) -> str:
    """Return why an action would change nothing of the current card; empty if it would."""
    prompt = session.current
    if action is Action.RESET and prompt and prompt.before.state is State.NEW:
        return "this card is new"
    return ""
