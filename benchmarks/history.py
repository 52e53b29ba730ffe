"""Years of reviews for a generated library, written straight into the log."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from studytool.cli.console import clock
from studytool.connection import writing
from studytool.days import as_date
from studytool.notes import Card
from studytool.opening import open_library, review_session
from studytool.scheduling import BUTTONS, Act, Rating, Review, Schedule, quality
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.values import astuple

DAY_MS = 86_400_000
WEIGHTS = {Rating.AGAIN: 12, Rating.HARD: 10, Rating.GOOD: 68, Rating.EASY: 10}


def write_history(cards: Path, home: Path, reviews: int, names: int) -> list[str]:
    """Give a library so many reviews, and return the notes that are asked today, in order.

    One card in fifty stays new; one in twenty or so is due. The ids of the notes are what
    the screen shows of their questions.

    Args:
        cards: The library.
        home: The user's folder.
        reviews: How many rows the log gets.
        names: How many notes to return.
    """
    now, rng = clock(), random.Random(2)
    with open_library(home, cards, now) as opened:
        database = opened.store.connection
        notes = [
            Card(key, parts.split()[0])
            for key, parts in database.execute("SELECT key, parts FROM notes ORDER BY key")
        ]
        learned = [card for number, card in enumerate(notes) if number % 50]
        rows = [
            (day, card, rating)
            for number, card in enumerate(learned)
            for day, rating in life(rng, now.day, _share(reviews, len(learned), number))
        ]
        rows.sort(key=lambda row: row[0])
        marks = ",".join("?" * 17)
        with writing(database):
            database.executemany(
                f"INSERT INTO reviews VALUES ({marks})",
                (
                    (*astuple(row), row.checksum())
                    for row in (_row(number, *row) for number, row in enumerate(rows))
                ),
            )
        opened.store.rebuild(Sm2())
        opened.store.back_up(as_date(now.day))
        session = review_session(opened, None, (), names, clock, False)
        return [card.key for card in order(session)][:names]


def _share(total: int, cards: int, number: int) -> int:
    """Return how many of so many rows a card gets, all as equal as can be."""
    return total * (number + 1) // cards - total * number // cards


def order(session: Session) -> list[Card]:
    """Return the cards that a session asks if all are known."""
    return [*session.queue.due, *session.queue.new]


def life(rng: random.Random, today: int, count: int) -> Iterator[tuple[int, Rating]]:
    """Yield days and grades of one card, each on the day it was due; the last due in a while."""
    schedule, day, past = Schedule(), 0, []
    for _ in range(count):
        rating = rng.choices(list(WEIGHTS), WEIGHTS.values())[0]
        schedule = Sm2().next(schedule, quality(rating), day)
        past.append((day, rating))
        day = schedule.due or day
    if not past:
        return
    # The last review lies back up to a little more than the interval that it led to.
    last = past[-1][0]
    gone = 1 + rng.randrange(max(1, min(1000, round((day - last) * 1.05))))
    for at, rating in past:
        yield today - gone - (last - at), rating


def _row(number: int, day: int, card: Card, rating: Rating) -> Review:
    ms = day * DAY_MS + number
    return Review(
        f"{ms:013x}-0a1b2c3d-000",
        *("0a1b2c3d", ms, day, 0, card.key, card.part),
        act=Act.REVIEW,
        key=str(int(rating)),
        scale=BUTTONS,
        rating=int(rating),
        duration_ms=9000,
        scheduler="sm2",
        note_text="Which model layer weight sample batch kernel mean noise graph?",
    )
