"""What somebody has learned of cards, as the rows that Anki keeps of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from studytool.values import Value


class Answer(NamedTuple):
    """One row of Anki's review log.

    Attributes:
        at_ms: Milliseconds since 1970; the row's id, so no two answers share it.
        rating: 1 again to 4 easy.
        interval: Days until the card was due after the answer; below 0 seconds.
        last_interval: The interval before it.
        factor: Ease factor after it, in thousandths.
        duration_ms: Time on the card, in milliseconds.
        type: 0 learned, 1 reviewed, 2 learned again, 3 practised.
    """

    at_ms: int
    rating: int
    interval: int
    last_interval: int
    factor: int
    duration_ms: int
    type: int


class LearnedCard(Value):
    """A card as Anki keeps it.

    Attributes:
        type: 0 new, 2 in review, 3 learned again.
        queue: As the type; 1 asked again today, -1 suspended, -3 buried for today.
        due: Days since the collection's first day, or seconds since 1970 in queue 1; None if the
            card is new and keeps its place.
        interval: Days.
        factor: Ease factor in thousandths.
        lapses: How often it was forgotten.
        flag: 0 to 7.
        answers: All answers, in order.
    """

    type: int = 0
    queue: int = 0
    due: int | None = None
    interval: int = 0
    factor: int = 0
    lapses: int = 0
    flag: int = 0
    answers: tuple[Answer, ...] = ()

    def write(self, cursor: sqlite3.Cursor, card: int, position: int) -> None:
        """Fill the row of a card that was written as a new one, and add its answers.

        Args:
            cursor: In the collection.
            card: Anki's id of the card.
            position: The place of the card among the new ones.
        """
        last = {"lrt": self.answers[-1].at_ms // 1000} if self.answers and self.type else None
        cursor.execute(
            "UPDATE cards SET type = ?, queue = ?, due = ?, ivl = ?, factor = ?, reps = ?,"
            " lapses = ?, left = ?, flags = ?, data = ? WHERE id = ?",
            (
                *(self.type, self.queue, position if self.due is None else self.due),
                *(self.interval, self.factor, len(self.answers), self.lapses),
                *(1001 if self.type == 3 else 0, self.flag),  # noqa: PLR2004
                *(json.dumps(last, separators=(",", ":")) if last else "", card),
            ),
        )
        cursor.executemany(
            "INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)",
            [(answer.at_ms, card, *answer[1:]) for answer in self.answers],
        )


class Learned(Value):
    """What somebody has learned of the notes of some packages.

    Attributes:
        cards: By GUID, then by the number of the card from 0, what is known of it.
        marked: GUIDs of marked notes.
        created: The beginning of the first day, in seconds since 1970; due days count from it.
        tz_minutes: Minutes east of UTC where the learner is.
        rollover: The hour at which the learner's day begins.
    """

    cards: Mapping[str, Mapping[int, LearnedCard]]
    marked: frozenset[str]
    created: int
    tz_minutes: int
    rollover: int

    def conf(self) -> str:
        """Return the settings of a collection in which the days count so, as JSON."""
        return json.dumps(
            {
                "schedVer": 2,
                "sched2021": True,
                "creationOffset": -self.tz_minutes,
                "rollover": self.rollover,
                "nextPos": 1,
                "curDeck": 1,
                "activeDecks": [1],
            }
        )
