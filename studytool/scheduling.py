"""The words of scheduling as values, one row of the log, and the replay that makes card states."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from enum import IntEnum, StrEnum
from typing import Protocol, TypeAlias, TypeVar

from studytool.digests import digest
from studytool.notes import Card
from studytool.values import Value, astuple, replace

T = TypeVar("T")
_JSON = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))


class Rating(IntEnum):
    """What the learner says of an answer."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Act(StrEnum):
    """What a row of the log records; the words are fixed for ever."""

    REVIEW = "review"
    DRILL = "drill"
    PRACTICE = "practice"
    UNDO = "undo"
    SUSPEND = "suspend"
    BURY = "bury"
    FLAG = "flag"
    MARK = "mark"
    SET_DUE = "set-due"
    RENAME = "rename"
    RESCHEDULE = "reschedule"


ACTIONS = frozenset((Act.SUSPEND, Act.BURY, Act.FLAG, Act.MARK))
"""What sets something for a card or its note and leaves the schedule alone."""
QUIET = frozenset((Act.FLAG, Act.MARK))
"""Those of them after which the card is asked as before."""
UNDOABLE = ACTIONS | {Act.SET_DUE}
"""What can be taken back besides answers."""


class State(StrEnum):
    """Where a card stands: never graded, waiting for its drill, or scheduled."""

    NEW = "new"
    LEARNING = "learning"
    REVIEW = "review"


BUTTONS = "1-4"
"""Scale of the four buttons: key 1 is again, 4 is easy."""
QUALITIES = "0-5"
"""Scale of the six published qualities."""
PASSED = 3
"""Lowest quality that counts as remembered."""
DRILLED_BELOW = 4
"""A card graded below this quality is asked again the same day."""
PASSED_BEFORE = 2
"""Repetitions of a new card that is set due: with fewer SM-2 would not look at its interval."""
MOST_DAYS = 36_500
"""How many days ahead a card can be set due."""
NOTE_TEXT_LENGTH = 80
"""How much of a question the log keeps, in characters."""


class Schedule(Value):
    """What a scheduler knows of a card.

    Attributes:
        due: Study day on which the card is to be asked; None before the first grade.
        interval: Days between the last scheduling grade and `due`.
        repetitions: Passed grades in a row.
        lapses: Scheduling grades below 3 after the card had once been passed.
        ease: Ease factor in hundredths.
    """

    due: int | None = None
    interval: int = 0
    repetitions: int = 0
    lapses: int = 0
    ease: int = 250


class Scheduler(Protocol):
    """Turns a grade into the next schedule; reads nothing but its arguments."""

    name: str

    def next(self, schedule: Schedule, quality: int, day: int) -> Schedule:
        """Return the schedule after a grade of quality 0 to 5 on a study day."""


class Review(Value):
    """One row of the log, which is only ever added to.

    Attributes:
        id: `{ms:013x}-{device}-{n:03x}`, so that ids sort by time.
        device: Who wrote the row, eight hexadecimal digits.
        at_ms: Milliseconds since 1970-01-01 UTC by the device's clock.
        day: Study day.
        tz_minutes: Minutes east of UTC.
        note: Key of the note.
        part: Part of the note; empty when the act is about the whole note.
        act: One of `Act`.
        key: The key of the scale that was pressed; empty for acts that have none.
        scale: `BUTTONS` or `QUALITIES`; empty with an empty key.
        rating: 1 to 4, or None.
        value: What the row sets, else None. Suspend and mark: 1 or 0; bury: the study day on which
            it ends; flag: 0 to 7; set-due: the study day, or `new`; rename: see `replay`.
        target: The row that an undo takes back, the new key of a rename, or the grade that made
            a leech and so suspended the card; else None.
        duration_ms: Time on the card, capped; 0 when not measured.
        scheduler: Name of the scheduler that applied the grade; else empty.
        note_text: Start of the question, or of the step, as it was: the log reads by itself, and
            history can follow its text.
    """

    id: str
    device: str
    at_ms: int
    day: int
    tz_minutes: int
    note: str
    part: str
    act: Act
    key: str = ""
    scale: str = ""
    rating: int | None = None
    value: str | None = None
    target: str | None = None
    duration_ms: int = 0
    scheduler: str = ""
    note_text: str = ""

    @property
    def quality(self) -> int:
        """The grade on the published scale of 0 to 5."""
        if self.scale == QUALITIES:
            return int(self.key)
        if self.rating is None:
            raise ValueError("this row carries no grade")
        return self.rating + 1

    def checksum(self) -> str:
        """Return the BLAKE2b digest (8 bytes, hexadecimal) of all other columns."""
        return digest(_JSON.encode(astuple(self)), 8)


def note_text(question: str) -> str:
    """Return the start of a question, on one line, as the log keeps it."""
    return " ".join(question.split())[:NOTE_TEXT_LENGTH].rstrip()


def quality(rating: Rating) -> int:
    """Return the published quality that a button stands for: 2, 3, 4 or 5."""
    return int(rating) + 1


class CardState(Value):
    """The replay of a card's rows.

    Attributes:
        state: New, learning or review.
        schedule: What the scheduler knows.
        last: Id of the last row applied; empty for a card without rows.
    """

    state: State = State.NEW
    schedule: Schedule = Schedule()
    last: str = ""


NEW_CARD = CardState()
States: TypeAlias = dict[str, dict[str, CardState]]
"""States of cards by the key of their note, then by part."""


def apply(before: CardState, row: Review, scheduler: Scheduler) -> CardState:
    """Return a card's state after one of its rows.

    A review schedules; a drill only ends the drill when it is passed; set-due see `set_due`; the
    other acts leave the schedule alone.
    """
    if row.act is Act.SET_DUE:
        return set_due(before, row)
    if row.act is Act.REVIEW:
        drilled = row.quality < DRILLED_BELOW
        return CardState(
            State.LEARNING if drilled else State.REVIEW,
            scheduler.next(before.schedule, row.quality, row.day),
            row.id,
        )
    if row.act is Act.DRILL and before.state is State.LEARNING and row.quality >= DRILLED_BELOW:
        return replace(before, state=State.REVIEW, last=row.id)
    return replace(before, last=row.id)


def set_due(before: CardState, row: Review) -> CardState:
    """Return a card's state after it was set due on a day, or made new.

    The day changes and nothing else; a drill is over. A new card is then as one that was passed
    until its interval, the days ahead, is what the scheduler goes on from.
    """
    if row.value == State.NEW:
        return CardState(last=row.id)
    due, schedule = int(row.value or row.day), before.schedule
    if before.state is State.NEW:
        interval = min(max(1, due - row.day), MOST_DAYS)
        schedule = Schedule(interval=interval, repetitions=PASSED_BEFORE)
    return CardState(State.REVIEW, replace(schedule, due=due), row.id)


def undone(rows: Iterable[Review]) -> set[str]:
    """Return the ids of the rows that an undo takes back."""
    return {row.target for row in rows if row.act is Act.UNDO and row.target}


def replay(rows: Iterable[Review], scheduler: Scheduler) -> dict[Card, CardState]:
    """Return the state of every card in the log.

    Rows count in the order of their ids, without those an undo names. A rename moves history
    to another key (`target`) or, within a note, to other parts (`value`, a JSON object of
    old part to new part, all moved at once). Actions, and undos of them, change no card state.
    """
    ordered = sorted(rows, key=lambda row: row.id)
    actions = {row.id for row in ordered if row.act in ACTIONS}
    gone = undone(ordered) | actions
    standing = (row for row in ordered if row.id not in gone and row.target not in actions)
    states: States = {}
    for _ in steps(standing, scheduler, states):
        pass
    return {
        Card(note, part): state
        for note, parts in states.items()
        for part, state in parts.items()
        if state.state is not State.NEW
    }


def steps(
    rows: Iterable[Review], scheduler: Scheduler, states: States
) -> Iterator[tuple[Review, CardState, CardState]]:
    """Yield each row about a card, with the card's state before and after it.

    `rows` are those that no undo takes back, in order; `states` is filled meanwhile.
    """
    for row in rows:
        if row.act is Act.RENAME:
            rename(states, row)
        elif row.part:
            parts = states.setdefault(row.note, {})
            if row.act is not Act.UNDO:
                before = parts.get(row.part, NEW_CARD)
                after = parts[row.part] = apply(before, row, scheduler)
                yield row, before, after
            elif row.part in parts:
                parts[row.part] = replace(parts[row.part], last=row.id)


def rename(found: dict[str, dict[str, T]], row: Review) -> None:
    """Move what was found for the parts a rename row speaks of, all at once.

    What stands at a new place already stays. `found` is by key and part.
    """
    parts: dict[str, str] = json.loads(row.value) if row.value else {}
    old = found.get(row.note, {})
    moved = [(part, old.pop(part)) for part in list(old) if not parts or part in parts]
    new = found.setdefault(row.target or row.note, {})
    for part, state in moved:
        new.setdefault(parts.get(part, part), state)


def renamed(rows: Iterable[Review]) -> list[Review]:
    """Return rows in order, those before a rename under the key and part it gave them."""
    followed: list[Review] = []
    for row in rows:
        if row.act is Act.RENAME:
            parts: dict[str, str] = json.loads(row.value) if row.value else {}
            followed = [
                replace(old, note=row.target, part=parts.get(old.part, old.part))
                if old.note == row.note and row.target
                else old
                for old in followed
            ]
        followed.append(row)
    return followed
