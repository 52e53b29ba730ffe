"""The sections that look at days: today, what comes due, the calendar, retention, the hours."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

from studytool import charts
from studytool.columns import facts, flow, table, tiles
from studytool.days import as_date
from studytool.stats.cards import AHEAD
from studytool.stats.periods import Period
from studytool.stats.section import WIDE, Section, duration, number, percent
from studytool.stats.statistics import CURVE_DAYS, Statistics
from studytool.wording import counted
from studytool.wrapping import Row, Run

HEIGHT = 6
"""Rows of a chart."""
LATE = 4
"""Columns of the bar of overdue cards; the others are narrower."""
MARK = 0.9
"""The share at which the curve of retention has a rule."""
LEAST_RANGE = 0.1
"""The curve of retention covers no less, lest noise look like news."""
FEW = 10
"""An hour with fewer reviews is not called the best."""
SIDE = 4
"""Columns of the names of weekdays."""
WEEKS = 53
"""How many weeks the calendar has when there is room."""
DOUBLE = SIDE + 2 * WEEKS
"""From this width on a week of the calendar takes two columns."""


def today(found: Statistics, width: int) -> Section:
    """What was done today, and what is still due."""
    done, future = found.today, found.future
    again = done.again / done.answers if done.answers else None
    figures = [
        (number(future.overdue + future.days[0]), "all due"),
        (number(done.cards), "cards"),
        (duration(done.duration_ms), "time"),
        (percent(again), "again"),
        (number(done.new), "new"),
        (number(done.reviews), "reviews"),
        (number(done.drills), "drill"),
        *([(number(done.practice), "practice")] if done.practice else ()),
        (counted(found.calendar.streak, "day"), "streak"),
    ]
    return Section("Today", counted(done.answers, "answer"), tuple(tiles(figures, width)))


def due(found: Statistics, width: int) -> Section:
    """When cards come due, with the backlog as a bar of its own."""
    future = found.future
    title = f"Due, next {AHEAD} days"
    if not future.total:
        return Section(title, "", ((Run("no card has a date in this time", "muted"),),))
    peak = max(*future.days, 1)
    labels = {0: number(peak)} | ({HEIGHT // 2: number(peak / 2)} if peak > 1 else {})
    left = max(map(len, labels.values())) + 1
    late = LATE + 1 if future.overdue else 0
    room = width - left - late
    pitch = max(1, min(3, room // AHEAD))
    gap = 1 if pitch > 1 else 0
    rows = charts.bars(future.days[: room // pitch], HEIGHT, peak, pitch - gap, gap)
    if late:
        backlog = charts.bars([future.overdue], HEIGHT, peak, LATE, 0, "late")
        rows = [(*a, Run(" "), *b) for a, b in zip(backlog, rows, strict=True)]
    marks = [(left, "late")] if late else []
    marks.append((left + late, "today"))
    marks += [(left + late + 7 * week * pitch, f"+{week} w") for week in range(1, 5)]
    pairs = [
        *([("late", number(future.overdue))] if late else []),
        ("today", number(future.days[0])),
        ("tomorrow", number(future.days[1])),
        ("average", f"{future.average:,.1f} a day"),
    ]
    return Section(
        title,
        f"{number(future.total)} in all",
        (*charts.axis(rows, labels), charts.ticks(marks, width), *facts(pairs, width)),
    )


def calendar(found: Statistics, width: int) -> Section:
    """The answers of a year as a heat map, with streaks."""
    year = found.calendar
    pitch = 2 if width >= DOUBLE else 1
    weeks = max(1, min(WEEKS, (width - SIDE) // pitch))
    monday = found.day - as_date(found.day).weekday() - 7 * (weeks - 1)
    levels = [
        year.level(year.counts[day - year.first]) if year.first <= day <= found.day else None
        for day in range(monday, monday + 7 * weeks)
    ]
    mondays = [as_date(monday + 7 * week) for week in range(weeks)]
    months = [
        (SIDE + week * pitch, first.strftime("%b"))
        for week, first in enumerate(mondays)
        if first.day <= 7
    ]
    names = {0: "Mon", 2: "Wed", 4: "Fri"}
    rows = [charts.ticks(months, width), *charts.axis(charts.heat(levels, pitch), names)]
    rows += [*_levels(year.quartiles, width), *facts(_year(found), width)]
    return Section("Calendar", f"{counted(year.answers, 'answer')} in a year", tuple(rows))


def _levels(quartiles: Sequence[int], width: int) -> list[Row]:
    """Return what the levels of the calendar stand for; one that no number has is left out."""
    items: list[Row] = [(Run(charts.HEAT[0], "level-0"), Run(" 0", "muted"))]
    for level, (low, high) in enumerate(
        zip((0, *quartiles), (*quartiles, None), strict=True) if quartiles else (), start=1
    ):
        if high is None or low < high:
            first = number(low + 1)
            words = f"{first}+" if high is None else first + f"–{high:,}" * (high > low + 1)
            items.append((Run(charts.HEAT[level], f"level-{level}"), Run(f" {words}", "muted")))
    return flow(items, width, SIDE, 2)


def _year(found: Statistics) -> list[tuple[str, str]]:
    """Return the facts of the calendar."""
    year = found.calendar
    pairs = [("streak", counted(year.streak, "day")), ("longest", counted(year.longest, "day"))]
    if year.best:
        day, answers = year.best
        pairs += [
            ("studied", f"{year.studied} of {len(year.counts)} days"),
            ("average", f"{number(year.answers / year.studied)} a studied day"),
            ("best", f"{number(answers)} on {as_date(day)}"),
            ("time", duration(year.duration_ms)),
        ]
    return pairs


def retention(found: Statistics, width: int) -> Section:
    """What was remembered of cards with an interval of a day or more."""
    wide = width >= WIDE
    decimals = 1 if wide else 0
    body: list[Sequence[str | Run]] = []
    for period, kept in found.retention.items():
        cells: list[str | Run] = [Run(period.value, "muted")]
        for ratio in (kept.young, kept.mature):
            cells.append(percent(ratio, decimals))
            cells += [Run(number(ratio.reviews), "muted")] * wide
        cells.append(Run(percent(kept.all, decimals), "figure"))
        body.append([*cells, Run(number(kept.all.reviews), "muted")])
    head = ("", "young", *[""] * wide, "mature", *[""] * wide, "all", "reviews")
    month = found.retention[Period.MONTH].all
    fact = f"{percent(month)} this month" if month.reviews else ""
    return Section("True retention", fact, (*table(head, body, width), (), *_curve(found, width)))


def _curve(found: Statistics, width: int) -> list[Row]:
    """Return the curve of retention, or words if there is nothing to draw."""
    values = [ratio.share for ratio in found.curve]
    known = [value for value in values if value is not None]
    if not known:
        return [(Run(f"no reviews in {CURVE_DAYS} days", "muted"),)]
    high = min(1.0, max(ceil(max(known) * 50) / 50, MARK + 0.02))
    low = max(0.0, min(floor(min(known) * 50) / 50, high - LEAST_RANGE))
    mark = round((high - MARK) / (high - low) * (HEIGHT - 1))
    ends = {0: percent(high, 0), HEIGHT - 1: percent(low, 0)}
    labels = {mark: percent(MARK, 0)} | ends
    left = max(map(len, labels.values())) + 1
    room = max(1, min(CURVE_DAYS, width - left))
    words = (f"{CURVE_DAYS} days ago", f"mean of {found.window} days", "today")
    free = room - sum(map(len, words))
    places = (0, len(words[0]) + free // 2, room - len(words[2]))
    marks = [(left + place, word) for place, word in zip(places, words, strict=True)]
    rows = charts.line(values, room, HEIGHT, low, high, -1 if mark in ends else MARK)
    return [*charts.axis(rows, labels), charts.ticks(marks, width)]


def hours(found: Statistics, width: int) -> Section:
    """When in the day answers were given, and below it how much was remembered."""
    answers = [hour.answers for hour in found.hours]
    peak = max(*answers, 1)
    left = max(len(number(peak)), len("100 %"))
    pitch = max(1, min(4, (width - left - 1) // len(answers)))
    gap = 1 if pitch > 1 else 0
    rows = charts.bars(answers, HEIGHT - 1, peak, pitch - gap, gap)
    marks = [(left + 1 + hour * pitch, f"{hour}:00") for hour in range(0, len(answers), 6)]
    over_half = [max(0.0, (hour.retention.share or 0) - 0.5) for hour in found.hours]
    kept = charts.bars(over_half, 2, 0.5, pitch - gap, gap)
    pairs = []
    if any(answers):
        pairs.append(("most answers", f"{answers.index(max(answers))}:00"))
    shares = {
        hour: of.retention.share or 0
        for hour, of in enumerate(found.hours)
        if of.retention.reviews >= FEW
    }
    if shares:
        best = max(shares, key=lambda hour: shares[hour])
        pairs.append(("best retention", f"{percent(shares[best])} at {best}:00"))
    return Section(
        "Hours of the day",
        "last year",
        (
            *charts.axis(rows, {0: number(peak).rjust(left)}),
            charts.ticks(marks, width),
            *charts.axis(kept, {0: "100 %".rjust(left), 1: "50 %"}),
            *facts(pairs, width),
        ),
    )
