"""Statistics as values: everything the charts show, from the log and the cards of a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from studytool.scheduling import Review, Scheduler
from studytool.stats import cards as standing
from studytool.stats.answers import Calendar, Hour, Stage, Today, tally
from studytool.stats.cards import CardCounts, Future, Group, KnownCard, Spread
from studytool.stats.periods import Period, Ratio, Retention, by_period, curve
from studytool.values import Value

CURVE_DAYS = 90
"""How many days the curve of retention shows."""
CURVE_WINDOWS = (7, 30)
"""Each point of the curve tells of so many days up to its own: the first if reviews are many."""
MANY = 10
"""Reviews a day on the days of the curve that are many."""


class Study(Value):
    """What statistics are made from.

    Attributes:
        rows: The rows of the log that no undo takes back, in order; they are read once.
        renames: Those of them that rename a note.
        cards: The cards that are selected.
        counted: Tells by a note's present key whether its answers count.
    """

    rows: Iterable[Review]
    renames: Sequence[Review]
    cards: Sequence[KnownCard]
    counted: Callable[[str], bool]


class Statistics(Value):
    """What the charts show.

    Attributes:
        day: The study day it is.
        answers: All answers ever given that stand.
        today: What was done today.
        future: What comes due.
        calendar: The answers of a year.
        cards: Cards by age.
        retention: What was remembered in each period.
        curve: What was remembered in the `window` days up to each of the last ninety days.
        window: A week, or a month if there were few reviews.
        buttons: Again, hard, good and easy of the last year, by stage.
        hours: The hours of the local day from 0 to 23, in the last year.
        intervals: Intervals in days.
        ease: Ease factors in hundredths.
        decks: Each deck by itself, without those below it.
        tags: Each tag by itself.
    """

    day: int
    answers: int
    today: Today
    future: Future
    calendar: Calendar
    cards: CardCounts
    retention: dict[Period, Retention]
    curve: tuple[Ratio, ...]
    window: int
    buttons: dict[Stage, tuple[int, ...]]
    hours: tuple[Hour, ...]
    intervals: Spread
    ease: Spread
    decks: tuple[Group, ...]
    tags: tuple[Group, ...]


def statistics(study: Study, scheduler: Scheduler, day: int) -> Statistics:
    """Return the statistics of a study day.

    Args:
        study: The log and the cards.
        scheduler: Replays the grades, which tells the interval before each.
        day: The present study day.
    """
    answers = tally(study.rows, study.renames, study.counted, scheduler, day)
    retention = answers.retention()
    by_note = {note: Ratio(*kept) for note, kept in answers.by_note.items()}
    reviews = sum(kept.all.reviews for at, kept in retention.items() if 0 <= day - at < CURVE_DAYS)
    window = CURVE_WINDOWS[reviews < MANY * CURVE_DAYS]
    intervals, ease = standing.spreads(study.cards)
    decks, tags = standing.groups(study.cards, by_note, day)
    return Statistics(
        day=day,
        answers=answers.days.total(),
        today=answers.today,
        future=standing.future(study.cards, day),
        calendar=answers.calendar(day),
        cards=standing.counts(study.cards, day),
        retention=by_period(retention, day),
        curve=curve(retention, day, CURVE_DAYS, window),
        window=window,
        buttons={stage: tuple(counts) for stage, counts in answers.buttons.items()},
        hours=tuple(Hour(count, Ratio(*kept)) for count, *kept in answers.hours),
        intervals=intervals,
        ease=ease,
        decks=decks,
        tags=tags,
    )
