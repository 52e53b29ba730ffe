"""Leeches: cards that are forgotten again and again, and cost more than they are worth."""

from __future__ import annotations

from studytool.scheduling import CardState
from studytool.values import Value


class Leeches(Value):
    """What makes a card a leech.

    Attributes:
        threshold: Lapses from which on a card is one; 0 for never.
        suspend: Whether the grade that makes it one suspends it.
    """

    threshold: int = 8
    suspend: bool = False

    def has(self, lapses: int) -> bool:
        """Tell whether a card with that many lapses is a leech."""
        return bool(self.threshold) and lapses >= self.threshold

    def made_by(self, before: CardState, after: CardState) -> bool:
        """Tell whether a grade makes a leech: at the threshold, and every half of it again."""
        lapses, step = after.schedule.lapses, max(1, (self.threshold + 1) // 2)
        grown = lapses > before.schedule.lapses
        return grown and self.has(lapses) and (lapses - self.threshold) % step == 0


class Leech(Value):
    """A card that a grade has made a leech.

    Attributes:
        note: The note's id.
        lapses: How often it was forgotten.
        suspended: Whether it is suspended for that.
    """

    note: str
    lapses: int
    suspended: bool

    def words(self, how: str) -> str:
        """Return what the learner should know; `how` tells the way to the note."""
        often = "once" if self.lapses == 1 else f"{self.lapses} times"
        done = " and is suspended now" if self.suspended else ""
        return (
            f"`{self.note}` is a leech: it was forgotten {often}{done}."
            f" Rewriting a note helps more than repeating it: {how}."
        )
