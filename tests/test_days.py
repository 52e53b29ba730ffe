"""Study days: by the calendar, never backwards, and what a wrong clock does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.days import ROLLOVER_HOUR, Moment, as_date, day_number, moment, study_day
from studytool.errors import ClockError, ExitCode

FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)
"""Between these the clock changes of all zones are looked at."""
STEP = 5 * 86_400
"""No zone changes its clock twice, and back to what it was, in so many seconds."""


def day_of(year: int, month: int, day: int) -> int:
    return (date(year, month, day) - date(1970, 1, 1)).days


def test_the_day_turns_at_four_by_default() -> None:
    assert ROLLOVER_HOUR == 4
    assert day_number(datetime(1970, 1, 2, 3, 59, 59)) == 0
    assert day_number(datetime(1970, 1, 2, 4, 0)) == 1


@given(st.datetimes(datetime(1900, 1, 1), datetime(9999, 12, 31)), st.integers(0, 23))
def test_the_day_is_the_calendar_date_minus_one_before_the_rollover(
    local: datetime, rollover: int
) -> None:
    shifted = (local - timedelta(hours=rollover)).date()
    assert as_date(day_number(local, rollover)) == shifted


@pytest.mark.parametrize(
    "zone, year, month, day",
    [
        ("Europe/Berlin", 2024, 3, 31),
        ("Europe/Berlin", 2024, 10, 27),
        ("America/New_York", 2024, 3, 10),
        ("America/New_York", 2024, 11, 3),
        ("America/Sao_Paulo", 2018, 11, 4),
        ("Australia/Lord_Howe", 2024, 4, 7),
        ("Africa/Cairo", 2024, 4, 26),
        ("Asia/Beirut", 2024, 3, 31),
    ],
)
def test_on_the_day_of_a_clock_change_the_day_turns_at_four_local(
    zone: str, year: int, month: int, day: int
) -> None:
    place = ZoneInfo(zone)
    start = datetime(year, month, day, 0, 0, tzinfo=UTC) - timedelta(hours=14)
    seen = [(start + timedelta(minutes=15 * step)).astimezone(place) for step in range(4 * 52)]
    for local in seen:
        expected = day_of(local.year, local.month, local.day) - (local.hour < 4)
        assert moment(local).day == expected
    turns = [b for a, b in zip(seen, seen[1:], strict=False) if moment(a).day != moment(b).day]
    assert {(local.hour, local.minute) for local in turns} == {(4, 0)}


def test_samoa_skipped_a_day() -> None:
    apia = ZoneInfo("Pacific/Apia")
    before = datetime(2011, 12, 30, 9, 59, tzinfo=UTC).astimezone(apia)
    assert before.date() == date(2011, 12, 29)
    jumped = datetime(2011, 12, 30, 10, 1, tzinfo=UTC).astimezone(apia)
    assert jumped.date() == date(2011, 12, 31)
    assert moment(before).day == day_of(2011, 12, 29)
    assert moment(jumped).day == day_of(2011, 12, 30)
    later = datetime(2011, 12, 30, 14, 0, tzinfo=UTC).astimezone(apia)
    assert moment(later).day == day_of(2011, 12, 31)
    assert (moment(before).tz_minutes, moment(jumped).tz_minutes) == (-600, 840)


def changes(zone: ZoneInfo) -> Iterator[tuple[int, timedelta, timedelta]]:
    """Yield the seconds at which a zone's offset changes, and the offsets before and after."""

    def offset(second: int) -> timedelta:
        return datetime.fromtimestamp(second, zone).utcoffset() or timedelta()

    start, before = int(FIRST.timestamp()), offset(int(FIRST.timestamp()))
    while start < LAST.timestamp():
        low, high = start, start + STEP
        after = offset(high)
        if after != before:
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if offset(middle) == before else (low, middle)
            yield high, before, after
        start, before = start + STEP, after


@pytest.fixture(scope="module")
def every_change() -> dict[tuple[int, timedelta, timedelta], str]:
    """All clock changes from 2000 to 2037, each with one of the zones that have it."""
    zones = sorted(available_timezones())
    return {change: name for name in zones for change in changes(ZoneInfo(name))}


@pytest.mark.parametrize("rollover", range(7))
def test_through_every_clock_change_the_day_is_the_calendars(
    every_change: dict[tuple[int, timedelta, timedelta], str], rollover: int
) -> None:
    assert len(every_change) > 2_500
    hour, minute = timedelta(hours=rollover), 60
    for (change, before, after), name in every_change.items():
        zone = ZoneInfo(name)
        seconds = {change + shift for shift in (-3_601, -60, -1, 0, 1, 60, 1_801, 3_600, 7_200)}
        for offset in (before, after):
            midnight = (change + offset.total_seconds()) // 86_400 * 86_400
            turn = int(midnight - offset.total_seconds()) + rollover * 3_600
            seconds |= {turn - minute, turn - 1, turn, turn + minute}
        last = 0
        for second in sorted(seconds):
            local = datetime.fromtimestamp(second, zone)
            day = moment(local, rollover).day
            assert as_date(day) == (local.replace(tzinfo=None) - hour).date(), (name, local)
            assert day >= last or rollover < ROLLOVER_HOUR, (name, local)
            last = day


def test_a_moment_is_the_instant_and_its_place() -> None:
    local = datetime(2024, 10, 5, 1, 30, 0, 7000, tzinfo=timezone(timedelta(hours=-3.5)))
    assert moment(local) == Moment(1728104400007, day_of(2024, 10, 4), -210)
    before = datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert moment(before) == Moment(-1, -1, 0)
    with pytest.raises(ValueError, match="time zone"):
        moment(datetime(2024, 10, 5, 1, 30))


def test_the_day_never_falls_below_the_last_reviews_by_at_most_one() -> None:
    assert study_day(100, None) == 100
    assert study_day(100, 100) == 100
    assert study_day(103, 100) == 103
    assert study_day(99, 100) == 100


@pytest.mark.parametrize("behind", [2, 3, 365, 20_000, 10**9])
def test_a_log_further_ahead_of_the_clock_is_refused(behind: int) -> None:
    with pytest.raises(ClockError, match="the clock says") as caught:
        study_day(20_000, 20_000 + behind)
    assert caught.value.exit_code is ExitCode.PROBLEMS
    assert "--trust-clock" in caught.value.help
    assert study_day(20_000, 20_000 + behind, trust_clock=True) == 20_000


def test_a_day_behind_is_no_wrong_clock_also_when_it_is_believed() -> None:
    assert study_day(99, 100, trust_clock=True) == study_day(99, 100) == 100


def test_days_beyond_the_calendar_have_its_last_date() -> None:
    assert as_date(0) == date(1970, 1, 1)
    assert as_date(-1) == date(1969, 12, 31)
    assert as_date(10**7) == as_date(10**30) == date.max


@pytest.mark.parametrize("zone", [None, "", "Nonsense/Zone", "../../etc/passwd", "Pacific/Apia"])
def test_whatever_the_time_zone_is_called_today_is_known(tmp_path: Path, zone: str | None) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "TZ"}
    if zone is not None:
        environment["TZ"] = zone
    (tmp_path / "b.yaml").write_text("deck: D\nnotes: [{id: x, q: y, a: z}]\n")
    done = subprocess.run(
        [sys.executable, "-m", "studytool", "--cards", str(tmp_path)],
        env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 today" in done.stdout
