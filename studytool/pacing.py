"""Auto-advance: when a review goes on by itself, and when it sees that nobody is there."""

from __future__ import annotations

from enum import Enum, auto

from studytool.values import Value

GRADES = ("none", "again", "good")
"""What becomes of an answer that was looked at for long enough; the first is usual."""
LEFT_ALONE = 3
"""Questions that run out without a key until the review waits for one."""
LONGEST_STEP = 1.0
"""Seconds that count at most from one look at the clock to the next: the program may have slept."""


class Pace(Value):
    """How long a review waits before it goes on by itself.

    Attributes:
        question: Seconds until the answer is shown; 0 for never.
        answer: Seconds until the time to grade is over; 0 for never.
        grade: One of `GRADES`: the grade that is given then, or none, but a reminder.
    """

    question: int = 0
    answer: int = 0
    grade: str = GRADES[0]

    @property
    def moves(self) -> bool:
        """Whether anything happens by itself."""
        return bool(self.question or self.answer)


STILL = Pace()
"""A review that waits for keys, as it does by default."""


class Step(Enum):
    """What is to be done now."""

    REVEAL = auto()
    REMIND = auto()
    GRADE = auto()
    REST = auto()
    """Nobody seems to be there: wait for a key."""


class Pacer:
    """Counts the time that a question or an answer has been looked at."""

    def __init__(self, pace: Pace) -> None:
        """Begin with nothing shown."""
        self.pace = pace
        self._side: tuple[object, bool] = (None, False)
        self._seconds = 0.0
        self._alone = 0
        self._over = False

    def touched(self) -> None:
        """Take note of a key, or of the mouse: the time begins anew."""
        self._seconds = 0.0
        self._alone = 0

    def passed(self, seconds: float, shown: object, revealed: bool) -> Step | None:
        """Take note that time has passed, and return what is to be done if anything is.

        Args:
            seconds: Time since this was told last.
            shown: What is asked; another object is another question.
            revealed: Whether its answer is shown.
        """
        if shown is not self._side[0] or revealed is not self._side[1]:
            self._side = shown, revealed
            self._seconds, self._over = 0.0, False
            return None
        self._seconds += min(seconds, LONGEST_STEP)
        limit = self.pace.answer if revealed else self.pace.question
        if self._over or not limit or self._seconds < limit:
            return None
        if revealed:
            self._over = True
            return Step.REMIND if self.pace.grade == GRADES[0] else Step.GRADE
        self._alone += 1
        self._seconds = 0.0
        if self._alone < LEFT_ALONE:
            return Step.REVEAL
        self._alone = 0
        return Step.REST
