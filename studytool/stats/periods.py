"""Stretches of days, shares of what was remembered, and streaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from math import ceil

from studytool.values import Value

MATURE = 21
"""A card with at least this interval is mature, with less it is young, in days."""
YEAR = 365
"""How far back the calendar, the buttons and the hours look, in days."""


class Ratio(Value):
    """How many of some reviews were remembered."""

    passed: int = 0
    reviews: int = 0

    def __add__(self, other: Ratio) -> Ratio:
        """Return both together."""
        return Ratio(self.passed + other.passed, self.reviews + other.reviews)

    @property
    def share(self) -> float | None:
        """The part that was remembered, 0 to 1; None without reviews."""
        return self.passed / self.reviews if self.reviews else None


class Retention(Value):
    """What was remembered of cards that were young, and of cards that were mature."""

    young: Ratio = Ratio()
    mature: Ratio = Ratio()

    def __add__(self, other: Retention) -> Retention:
        """Return both together."""
        return Retention(self.young + other.young, self.mature + other.mature)

    @property
    def all(self) -> Ratio:
        """Young and mature cards together."""
        return self.young + self.mature


class Period(StrEnum):
    """The stretches of days that retention is told for; all of them end today but yesterday."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    ALL = "all"

    def holds(self, day: int, today: int) -> bool:
        """Tell whether a study day belongs to the period; only `ALL` reaches beyond today."""
        return self is Period.ALL or today - _OLDEST[self] <= day <= today - (
            self is Period.YESTERDAY
        )


_OLDEST = {
    Period.TODAY: 0,
    Period.YESTERDAY: 1,
    Period.WEEK: 6,
    Period.MONTH: 29,
    Period.YEAR: YEAR - 1,
}


def by_period(days: Mapping[int, Retention], today: int) -> dict[Period, Retention]:
    """Return the retention of each period from that of each study day."""
    return {
        period: sum(
            (kept for day, kept in days.items() if period.holds(day, today)), start=Retention()
        )
        for period in Period
    }


def curve(days: Mapping[int, Retention], today: int, length: int, window: int) -> tuple[Ratio, ...]:
    """Return what was remembered in the `window` days up to each of the last `length` days."""
    nothing = Retention()
    first = today - length - window + 2
    daily = [days.get(day, nothing).all for day in range(first, today + 1)]
    return tuple(sum(daily[index : index + window], start=Ratio()) for index in range(length))


def streaks(days: Iterable[int], today: int) -> tuple[int, int]:
    """Return the present and the longest run of days in a row.

    The present one ends today, or yesterday while today is still to come.
    """
    lengths: dict[int, int] = {}
    for day in sorted(set(days)):
        lengths[day] = lengths.get(day - 1, 0) + 1
    present = lengths.get(today) or lengths.get(today - 1, 0)
    return present, max(lengths.values(), default=0)


def rank(ordered: Sequence[int], share: float) -> int:
    """Return the smallest of some ordered numbers that at least a share of them does not exceed."""
    return ordered[max(0, ceil(len(ordered) * share) - 1)]
