"""A card as it is asked, and what a session tells of itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from studytool.notes import Card
from studytool.parsed_notes import ParsedNote
from studytool.scheduling import Act, CardState, Rating, State
from studytool.selection import StoredNote


class Outcome(Enum):
    """What became of an answer."""

    RECORDED = auto()
    ELSEWHERE = auto()
    """The card was graded in another window meanwhile; nothing was written."""
    NEW_DAY = auto()
    """The drill of yesterday is over; the card is shown again as what it is today."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cards are left, the current one included."""

    new: int
    learning: int
    due: int


@dataclass(frozen=True, slots=True)
class Prompt:
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


@dataclass(slots=True)
class Summary:
    """What a session came to.

    Attributes:
        ratings: How often each rating was given to a scheduling grade.
        introduced: New cards learned.
        drills: Answers that only drilled.
        duration_ms: Time on the cards, in milliseconds.
    """

    ratings: dict[Rating, int] = field(default_factory=lambda: dict.fromkeys(Rating, 0))
    introduced: int = 0
    drills: int = 0
    duration_ms: int = 0
