"""A card as it is asked, and what a session tells of itself."""

from __future__ import annotations

from enum import Enum, auto

from studytool.notes import Card
from studytool.parsed_notes import ParsedNote
from studytool.scheduling import Act, CardState, Rating, State
from studytool.selection import StoredNote
from studytool.values import Value


class Outcome(Enum):
    """What became of an answer."""

    RECORDED = auto()
    ELSEWHERE = auto()
    """The card was graded in another window meanwhile; nothing was written."""
    NEW_DAY = auto()
    """The drill of yesterday is over; the card is shown again as what it is today."""


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
        intervals: For each rating, the days until the card would come again after today.
    """

    card: Card
    stored: StoredNote
    parsed: ParsedNote
    state: State
    act: Act
    before: CardState
    day: int
    intervals: dict[Rating, int]

    @property
    def seed(self) -> str:
        """Names this asking of the card: shuffles the options the same way until it is graded."""
        return f"{self.card.key} {self.card.part} {self.before.last}"


class Summary:
    """What a session came to.

    Attributes:
        ratings: How often each rating was given to a scheduling grade.
        introduced: New cards learned.
        drills: Answers that only drilled.
        duration_ms: Time on the cards, in milliseconds.
    """

    def __init__(self) -> None:
        """Begin with nothing done."""
        self.ratings = dict.fromkeys(Rating, 0)
        self.introduced = 0
        self.drills = 0
        self.duration_ms = 0


def figures(summary: Summary) -> list[tuple[str, str]]:
    """Return the lines of a summary as (figure, words)."""
    answered = sum(summary.ratings.values())
    passed = answered - summary.ratings[Rating.AGAIN]
    minutes, seconds = divmod(round(summary.duration_ms / 1000), 60)
    rows = [(str(answered), "card scheduled" if answered == 1 else "cards scheduled")]
    if summary.introduced:
        rows.append((str(summary.introduced), "of them new"))
    if answered:
        rows.append((f"{round(100 * passed / answered)} %", "remembered"))
    if summary.drills:
        rows.append((str(summary.drills), "answered again in the drill"))
    rows.append((f"{minutes}:{seconds:02d}", "minutes on the cards"))
    return rows
