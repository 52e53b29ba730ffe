"""Local days by the calendar: which study day a moment belongs to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from studytool.errors import ClockError
from studytool.values import Value

ROLLOVER_HOUR = 4
"""The local hour at which a new study day begins."""

_EPOCH = date(1970, 1, 1)
_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND, _MINUTE = timedelta(milliseconds=1), timedelta(minutes=1)


class Moment(Value):
    """An instant, and the study day it belongs to where the user was.

    Attributes:
        at_ms: Milliseconds since 1970-01-01 UTC.
        day: Days since 1970-01-01 in the local calendar, turned over at the rollover hour.
        tz_minutes: Offset of local time from UTC, in minutes east.
    """

    at_ms: int
    day: int
    tz_minutes: int


def day_number(local: datetime, rollover: int = ROLLOVER_HOUR) -> int:
    """Return the study day of a local date and time.

    It is the calendar date, minus one before the rollover hour. Clock changes cannot move it,
    because no seconds are subtracted.
    """
    number = (local.date() - _EPOCH).days
    return number - 1 if local.hour < rollover else number


def moment(local: datetime, rollover: int = ROLLOVER_HOUR) -> Moment:
    """Return the moment of an aware local date and time.

    Raises:
        ValueError: If the date and time carries no time zone.
    """
    offset = local.utcoffset()
    if offset is None:
        raise ValueError("a moment needs a time zone")
    at_ms = (local - _BEGIN) // _MILLISECOND
    return Moment(at_ms, day_number(local, rollover), offset // _MINUTE)


def study_day(today: int, last: int | None, trust_clock: bool = False) -> int:
    """Return the day that grades given now belong to.

    Flying west or a clock change may put today one day before the last review; then the day of
    the last review goes on. More than that is a wrong clock.

    Args:
        today: The day the clock says.
        last: The day of the last row of the log, or None for an empty log.
        trust_clock: Believe the clock where it would be called wrong.

    Raises:
        ClockError: If the log is more than a day ahead of the clock.
    """
    if last is not None and last - today == 1:
        return last
    if last is None or today >= last or trust_clock:
        return today
    raise ClockError(
        f"the clock says {as_date(today)}, but the last review is from {as_date(last)}",
        "set the clock right, or grade by it as it is: studytool review --trust-clock",
    )


def as_date(day: int) -> date:
    """Return the calendar date of a study day; the last possible date if it is beyond that."""
    try:
        return _EPOCH + timedelta(days=day)
    except OverflowError:
        return date.max
