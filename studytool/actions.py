"""What a learner does with a card besides grading it: bury, suspend, flag, mark."""

from __future__ import annotations

from enum import Enum

from studytool.days import Moment
from studytool.scheduling import Act, Review, note_text
from studytool.selection import StoredNote
from studytool.session import Session
from studytool.standings import WHOLE, Standing


class Action(Enum):
    """An action, by the name that its key has in the settings."""

    BURY_CARD = "bury-card"
    BURY_NOTE = "bury-note"
    SUSPEND_CARD = "suspend-card"
    SUSPEND_NOTE = "suspend-note"
    FLAG = "flag"
    MARK = "mark"

    @property
    def act(self) -> Act:
        """What it is in the log."""
        return Act(self.value.partition("-")[0])

    @property
    def whole(self) -> bool:
        """Whether it is about all cards of the note."""
        return self in (Action.BURY_NOTE, Action.SUSPEND_NOTE, Action.MARK)


def perform(session: Session, action: Action, flag: int = 0) -> Review | None:
    """Do something with the current card or its note, and go on unless it stays to be asked.

    A mark that is there is taken off, and so is the flag that is asked for. What another window
    did with the card meanwhile stands. When this returns the action is on disk.

    Args:
        session: Asks the card.
        action: What is done.
        flag: 1 to 7, or 0 for none; only for `Action.FLAG`.

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
    row = session.store.act(row_for(action, stored, part, standing, *session.now(), number=flag))
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
        number: The flag, 1 to 7, or 0 for none; only for `Action.FLAG`.
    """
    value = 1
    if action.act is Act.BURY:
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
        return f"{what} suspended"
    if row.act is Act.BURY:
        return f"{what} buried"
    if row.act is Act.FLAG:
        return f"flag {row.value}" if row.value != "0" else "flag taken off"
    if row.act is Act.MARK:
        return "note marked" if row.value != "0" else "mark taken off"
    return "grade"
