"""The statistics as JSON, one object.

Dates are ISO dates of study days, shares run from 0 to 1 or are null, times are in seconds.
A graph that was not asked for is left out.

    schema_version  1; it rises if something here goes away or changes its meaning
    date            the study day it is
    selection       {deck, tags}: what was asked for, a name or null, and a list
    answers         all answers ever given
    today           {cards, answers, new, reviews, drills, practice, again, seconds}
    due             {overdue, days: [{date, cards}], total, average, tomorrow};
                    30 days, today first
    calendar        {days: [{date, answers, level}], quartiles, answers, studied_days, average,
                    best: {date, answers} or null, streak, longest_streak, seconds};
                    365 days, levels 0 to 4, quartiles three numbers of answers or none
    cards           {new, learning, young, mature, suspended, total}
    retention       {periods: {today, yesterday, week, month, year, all}, curve, window}; a
                    period is {young, mature, all} of {passed, reviews, share}; the curve is
                    [{date, passed, reviews, share}], 90 points, each of window days to its date
    buttons         {new, young, mature, drill, practice} of {again, hard, good, easy}
    hours           [{hour, answers, passed, reviews, share}], 0 to 23
    intervals       {values: [{days, cards}], cards, median, within_90_percent, longest}
    ease            {values: [{ease, cards}], cards, mean}
    decks, tags     [{name, cards, due, new, mature, passed, reviews, share}]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from studytool.days import as_date
from studytool.scheduling import Rating
from studytool.stats.cards import Group
from studytool.stats.periods import Ratio
from studytool.stats.statistics import Statistics
from studytool.values import astuple, fields

SCHEMA_VERSION = 1
"""Number of the shape described above."""


def document(
    found: Statistics, deck: str | None, tags: Sequence[str], names: Sequence[str]
) -> dict[str, object]:
    """Return the statistics as an object for JSON.

    Args:
        found: The statistics.
        deck: The deck that was asked for.
        tags: The tags that were asked for.
        names: Which graphs.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "date": _date(found.day),
        "selection": {"deck": deck, "tags": list(tags)},
        "answers": found.answers,
        **{name: GRAPHS[name](found) for name in names},
    }


def _date(day: int) -> str:
    """Return a study day as an ISO date."""
    return as_date(day).isoformat()


def _ratio(ratio: Ratio) -> dict[str, object]:
    """Return what was remembered."""
    return {"passed": ratio.passed, "reviews": ratio.reviews, "share": ratio.share}


def _today(found: Statistics) -> dict[str, object]:
    """Return what was done today."""
    values = dict(zip(fields(found.today), astuple(found.today), strict=True))
    seconds = values.pop("duration_ms") / 1000
    return {**values, "seconds": seconds}


def _due(found: Statistics) -> dict[str, object]:
    """Return when cards come due."""
    future = found.future
    return {
        "overdue": future.overdue,
        "days": [
            {"date": _date(found.day + ahead), "cards": cards}
            for ahead, cards in enumerate(future.days)
        ],
        "total": future.total,
        "average": future.average,
        "tomorrow": future.days[1],
    }


def _calendar(found: Statistics) -> dict[str, object]:
    """Return the answers of a year."""
    year = found.calendar
    return {
        "days": [
            {"date": _date(year.first + index), "answers": count, "level": year.level(count)}
            for index, count in enumerate(year.counts)
        ],
        "quartiles": list(year.quartiles),
        "answers": year.answers,
        "studied_days": year.studied,
        "average": year.answers / year.studied if year.studied else None,
        "best": {"date": _date(year.best[0]), "answers": year.best[1]} if year.best else None,
        "streak": year.streak,
        "longest_streak": year.longest,
        "seconds": year.duration_ms / 1000,
    }


def _cards(found: Statistics) -> dict[str, object]:
    """Return cards by age."""
    counts = zip(fields(found.cards), astuple(found.cards), strict=True)
    return {**dict(counts), "total": found.cards.total}


def _retention(found: Statistics) -> dict[str, object]:
    """Return what was remembered."""
    first = found.day - len(found.curve) + 1
    return {
        "periods": {
            str(period): {
                "young": _ratio(kept.young),
                "mature": _ratio(kept.mature),
                "all": _ratio(kept.all),
            }
            for period, kept in found.retention.items()
        },
        "curve": [
            {"date": _date(first + index), **_ratio(ratio)}
            for index, ratio in enumerate(found.curve)
        ],
        "window": found.window,
    }


def _buttons(found: Statistics) -> dict[str, object]:
    """Return how often each button was pressed."""
    names = [rating.name.lower() for rating in Rating]
    return {
        str(stage): dict(zip(names, counts, strict=True)) for stage, counts in found.buttons.items()
    }


def _hours(found: Statistics) -> list[dict[str, object]]:
    """Return the hours of the day."""
    return [
        {"hour": index, "answers": hour.answers, **_ratio(hour.retention)}
        for index, hour in enumerate(found.hours)
    ]


def _intervals(found: Statistics) -> dict[str, object]:
    """Return how long intervals are."""
    spread = found.intervals
    return {
        "values": [{"days": days, "cards": cards} for days, cards in spread.counts],
        "cards": spread.cards,
        "median": spread.within(0.5),
        "within_90_percent": spread.within(0.9),
        "longest": spread.within(1),
    }


def _ease(found: Statistics) -> dict[str, object]:
    """Return how easy cards are."""
    mean = found.ease.mean
    return {
        "values": [{"ease": ease / 100, "cards": cards} for ease, cards in found.ease.counts],
        "cards": found.ease.cards,
        "mean": None if mean is None else mean / 100,
    }


def _groups(groups: Sequence[Group]) -> list[dict[str, object]]:
    """Return decks or tags."""
    return [
        {
            "name": group.name,
            "cards": group.cards,
            "due": group.due,
            "new": group.new,
            "mature": group.mature,
            **_ratio(group.retention),
        }
        for group in groups
    ]


GRAPHS: dict[str, Callable[[Statistics], object]] = {
    "today": _today,
    "due": _due,
    "calendar": _calendar,
    "cards": _cards,
    "retention": _retention,
    "buttons": _buttons,
    "hours": _hours,
    "intervals": _intervals,
    "ease": _ease,
    "decks": lambda found: _groups(found.decks),
    "tags": lambda found: _groups(found.tags),
}
"""What makes each graph, by its name."""
