"""A card as it is asked, and what a session tells of itself."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto

from studytool.days import Moment
from studytool.notes import Card
from studytool.parsed_notes import ParsedNote
from studytool.scheduling import (
    Act,
    CardState,
    Rating,
    Review,
    Scheduler,
    State,
    note_text,
    quality,
)
from studytool.selection import StoredNote
from studytool.standings import NOTHING_SET, Standing
from studytool.values import Value, replace
from studytool.wording import time_spent

MAX_DURATION_MS = 60_000
"""Time on a card beyond this is not believed, in milliseconds."""


class Outcome(Enum):
    """What became of an answer."""

    RECORDED = auto()
    ELSEWHERE = auto()
    """The card was graded in another window meanwhile; nothing was written."""
    NEW_DAY = auto()
    """The card was asked as what it was on another day; it is shown again as what it is today."""


class Counts(Value):
    """How many cards are left, the current one included."""

    new: int
    learning: int
    due: int


class Prompt(Value):
    """A card as it is asked.

    Attributes:
        card: Which card.
        stored: Its note.
        parsed: The note's trees.
        state: New, learning (a drill) or review; what the header marks.
        act: What an answer will be in the log.
        before: The card's state when it was put on the screen.
        day: The study day it is asked on.
        intervals: For each rating, the days until the card would come again after today; empty
            in practice.
        standing: What was set for the card: its flag, its mark.
        leech: Whether it was forgotten too often.
        answered: Id of the last answer to it that stands, practice too; empty if there is none.
    """

    card: Card
    stored: StoredNote
    parsed: ParsedNote
    state: State
    act: Act
    before: CardState
    day: int
    intervals: dict[Rating, int]
    standing: Standing = NOTHING_SET
    leech: bool = False
    answered: str = ""

    @property
    def seed(self) -> str:
        """Names this asking of the card: shuffles the options the same way until it is graded.

        After an undo it is the same again.
        """
        return f"{self.card.key} {self.card.part} {self.answered}"


def asked(prompt: Prompt, drilled: bool, scheduler: Scheduler) -> Prompt:
    """Return a card as what it is asked on its day, with the intervals of its grades.

    Args:
        prompt: The card with what is known of it.
        drilled: Whether it was graded below good on this day.
        scheduler: Tells the intervals.
    """
    schedule, day = prompt.before.schedule, prompt.day
    due = schedule.due
    if drilled and prompt.before.state is State.LEARNING:
        act, state = Act.DRILL, State.LEARNING
    elif due is not None and due > day:
        act, state = Act.PRACTICE, State.REVIEW
    else:
        act, state = Act.REVIEW, State.NEW if due is None else State.REVIEW
    intervals = {}
    for rating in Rating:
        if act is Act.REVIEW:
            due = scheduler.next(schedule, quality(rating), day).due
        intervals[rating] = (due or day) - day
    return replace(prompt, act=act, state=state, intervals=intervals)


def answer_row(
    prompt: Prompt,
    rating: Rating,
    moment: Moment,
    day: int,
    duration_ms: int,
    key: str,
    scale: str,
    scheduler: str,
) -> Review:
    """Return the row of the log for an answer; `Store.record` writes it.

    Args:
        prompt: The card as it was asked.
        rating: What the learner said.
        moment: The time of it.
        day: The study day of it.
        duration_ms: Time on the card, in milliseconds; capped.
        key: The key of the scale.
        scale: The scale that the key belongs to.
        scheduler: Name of the scheduler.
    """
    return Review(
        *("", "", moment.at_ms, day, moment.tz_minutes, prompt.card.key, prompt.card.part),
        act=prompt.act,
        key=key,
        scale=scale,
        rating=int(rating),
        duration_ms=max(0, min(duration_ms, MAX_DURATION_MS)),
        scheduler=scheduler,
        note_text=note_text(prompt.stored.note.asked(prompt.card.part)),
    )


class Summary:
    """What a session came to.

    Attributes:
        ratings: How often each rating was given to a scheduling grade.
        introduced: New cards learned.
        drills: Answers that only drilled.
        practised: Answers of practice.
        duration_ms: Time on the cards, in milliseconds.
    """

    def __init__(self, answers: Iterable[tuple[Review, State]] = ()) -> None:
        """Sum up answers, each with the state in which its card was asked."""
        self.ratings = dict.fromkeys(Rating, 0)
        self.introduced = 0
        self.drills = 0
        self.practised = 0
        self.duration_ms = 0
        for row, state in answers:
            self.duration_ms += row.duration_ms
            if row.act is Act.REVIEW and row.rating:
                self.ratings[Rating(row.rating)] += 1
                self.introduced += state is State.NEW
            elif row.act is Act.PRACTICE:
                self.practised += 1
            else:
                self.drills += 1


def figures(summary: Summary) -> list[tuple[str, str]]:
    """Return the lines of a summary as (figure, words)."""
    answered = sum(summary.ratings.values())
    passed = answered - summary.ratings[Rating.AGAIN]
    rows = []
    if answered or not summary.practised:
        rows.append((str(answered), "card scheduled" if answered == 1 else "cards scheduled"))
    if summary.introduced:
        rows.append((str(summary.introduced), "of them new"))
    if answered:
        rows.append((f"{round(100 * passed / answered)} %", "remembered"))
    if summary.drills:
        rows.append((str(summary.drills), "answered again in the drill"))
    if summary.practised:
        words = "answer in practice" if summary.practised == 1 else "answers in practice"
        rows.append((str(summary.practised), words))
    spent, unit = time_spent(summary.duration_ms)
    rows.append((spent, f"{unit} on the cards"))
    return rows
