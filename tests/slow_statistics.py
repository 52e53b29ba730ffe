"""The numbers of the statistics found the long way round, without the code that is tested."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import ceil
from typing import Any, NamedTuple

from studytool.days import as_date
from studytool.notes import Note
from studytool.scheduling import Act, Review
from studytool.stats.periods import Period
from studytool.stats.statistics import Statistics


class Answer(NamedTuple):
    """An answer that stands: its row, its card's present name, and the interval before it."""

    row: Review
    note: str
    part: str
    interval: int | None


class Slow:
    """The same numbers, found the long way round."""

    def __init__(self, rows: Sequence[Review], today: int, notes: dict[str, Note] | None) -> None:
        """Follow every row through all later renames; `notes` limits what counts."""
        self.today = today
        backs = [row.target for row in rows if row.act is Act.UNDO]
        standing = [row for row in rows if row.id not in backs and row.act is not Act.UNDO]
        renames = [(place, row) for place, row in enumerate(standing) if row.act is Act.RENAME]
        self.answers: list[Answer] = []
        schedules: dict[tuple[str, str], tuple[int, int, Fraction]] = {}
        for place, row in enumerate(standing):
            if not row.rating:
                continue
            note = row.note
            for later, rename in renames:
                if later > place and rename.note == note:
                    note = str(rename.target)
            card = (note, row.part)
            self.answers.append(
                Answer(row, *card, schedules[card][1] if card in schedules else None)
            )
            if row.act is Act.REVIEW:
                schedules[card] = sm2(schedules.get(card), row.rating + 1)
        self.schedules = schedules
        if notes is None:
            self.answers = [answer for answer in self.answers if "foreign" not in answer.note]
        else:
            self.answers = [answer for answer in self.answers if answer.note in notes]

        self.dates = defaultdict(list)
        for answer in self.answers:
            self.dates[as_date(answer.row.day)].append(answer)

    def within(self, days: int, ago: int = 0) -> list[Answer]:
        """Return the answers of some days up to some days ago."""
        last = as_date(self.today) - timedelta(days=ago)
        dates = [last - timedelta(days=number) for number in range(days - 1, -1, -1)]
        return [answer for date in dates for answer in self.dates[date]]


def sm2(before: tuple[int, int, Fraction] | None, grade: int) -> tuple[int, int, Fraction]:
    """Return repetitions, interval and ease after a grade, by the text of 1990."""
    repetitions, interval, ease = before or (0, 0, Fraction(5, 2))
    if grade < 3:
        return 0, 1, ease
    interval = {0: 1, 1: 6}.get(repetitions) or min(36_500, ceil(interval * ease))
    wrong = 5 - grade
    change = Fraction(1, 10) - wrong * (Fraction(8, 100) + wrong * Fraction(2, 100))
    return repetitions + 1, interval, max(Fraction(13, 10), ease + change)


def kept(answers: Iterable[Answer], low: int, high: int = 10**9) -> tuple[int, int]:
    """Return passed and all reviews of cards with an interval in a range."""
    told = [
        answer.row.rating != 1
        for answer in answers
        if answer.row.act is Act.REVIEW and answer.interval and low <= answer.interval < high
    ]
    return sum(told), len(told)


def told(ratio: Any) -> tuple[int, int]:
    return ratio.passed, ratio.reviews


def compare(found: Statistics, slow: Slow) -> None:
    """Compare all that the log says."""
    assert found.answers == len(slow.answers)
    today = slow.within(1)
    act = [answer.row.act for answer in today]
    assert found.today.cards == len({answer[1:3] for answer in today})
    assert found.today.answers == len(today)
    assert found.today.new == sum(
        answer.interval is None and answer.row.act is Act.REVIEW for answer in today
    )
    assert found.today.reviews == act.count(Act.REVIEW) - found.today.new
    assert (found.today.drills, found.today.practice) == (
        act.count(Act.DRILL),
        act.count(Act.PRACTICE),
    )
    assert found.today.again == [answer.row.rating for answer in today].count(1)
    assert found.today.duration_ms == sum(answer.row.duration_ms for answer in today)

    spans = {
        Period.TODAY: slow.within(1),
        Period.YESTERDAY: slow.within(1, 1),
        Period.WEEK: slow.within(7),
        Period.MONTH: slow.within(30),
        Period.YEAR: slow.within(365),
        Period.ALL: slow.answers,
    }
    for period, answers in spans.items():
        assert told(found.retention[period].young) == kept(answers, 1, 21), period
        assert told(found.retention[period].mature) == kept(answers, 21), period
        assert told(found.retention[period].all) == kept(answers, 1), period
    assert [told(ratio) for ratio in found.curve] == [
        kept(slow.within(found.window, ago), 1) for ago in range(89, -1, -1)
    ]

    assert found.window == (7 if kept(slow.within(90), 1)[1] >= 900 else 30)

    recent = spans[Period.YEAR]
    assert list(found.calendar.counts) == [len(slow.within(1, ago)) for ago in range(364, -1, -1)]
    assert found.calendar.first == slow.today - 364
    assert found.calendar.duration_ms == sum(answer.row.duration_ms for answer in recent)
    assert found.calendar.studied == len({answer.row.day for answer in recent})
    for stage, counts in found.buttons.items():
        pressed = [answer.row.rating for answer in recent if stage_of(answer) == stage]
        assert list(counts) == [pressed.count(rating) for rating in (1, 2, 3, 4)], stage
    for number, hour in enumerate(found.hours):
        of = [answer for answer in recent if local(answer.row).hour == number]
        assert hour.answers == len(of)
        assert told(hour.retention) == kept(of, 1)


def stage_of(answer: Answer) -> str:
    if answer.row.act is not Act.REVIEW:
        return str(answer.row.act)
    if answer.interval is None:
        return "new"
    return "mature" if answer.interval > 20 else "young"


def local(row: Review) -> datetime:
    return datetime.fromtimestamp(row.at_ms / 1000, UTC) + timedelta(minutes=row.tz_minutes)
