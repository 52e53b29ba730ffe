"""What the log says of answers: one pass over its rows, counted by day, hour, stage and button."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from studytool.scheduling import PASSED, Act, Rating, Review, Scheduler, State, steps
from studytool.stats.periods import MATURE, YEAR, Ratio, Retention, rank, streaks
from studytool.values import Value


class Stage(StrEnum):
    """What an answer was to: a card at a stage of its life, or a card that was not scheduled."""

    NEW = "new"
    YOUNG = "young"
    MATURE = "mature"
    DRILL = "drill"
    PRACTICE = "practice"


class Today(Value):
    """What was done today.

    Attributes:
        cards: Different cards answered.
        answers: Answers of all stages.
        new: Cards graded for the first time.
        reviews: Scheduling answers to cards graded before.
        drills: Answers of the drill.
        practice: Answers that do not schedule.
        again: Answers `again`, of all stages.
        duration_ms: Time on the cards, in milliseconds.
    """

    cards: int = 0
    answers: int = 0
    new: int = 0
    reviews: int = 0
    drills: int = 0
    practice: int = 0
    again: int = 0
    duration_ms: int = 0


class Calendar(Value):
    """The answers of a year, day by day.

    Attributes:
        first: The first study day.
        counts: Answers on each day from the first to today.
        quartiles: The three numbers of answers that part the studied days into quarters; empty
            without any.
        duration_ms: Time on the cards, in milliseconds.
        streak: Days studied in a row up to today, or up to yesterday; not only of this year.
        longest: The longest such run ever.
    """

    first: int
    counts: tuple[int, ...]
    quartiles: tuple[int, ...]
    duration_ms: int
    streak: int
    longest: int

    @property
    def studied(self) -> int:
        """Days with an answer."""
        return sum(map(bool, self.counts))

    @property
    def answers(self) -> int:
        """Answers of the year."""
        return sum(self.counts)

    @property
    def best(self) -> tuple[int, int] | None:
        """The study day with the most answers, the latest of equals, and their number."""
        most = max(self.counts)
        last = len(self.counts) - 1 - self.counts[::-1].index(most)
        return (self.first + last, most) if most else None

    def level(self, count: int) -> int:
        """Return the level of a day: 0 without answers, else its quarter, 1 to 4."""
        return 1 + sum(count > limit for limit in self.quartiles) if count else 0


class Hour(Value):
    """An hour of the local day: all answers, and what was remembered of reviews."""

    answers: int = 0
    retention: Ratio = Ratio()


class Answers:
    """The counts of one pass; `tally` makes them."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.days: Counter[int] = Counter()
        self.times: Counter[int] = Counter()
        self.today = Today()
        self.buttons = {stage: [0, 0, 0, 0] for stage in Stage}
        self.hours = [[0, 0, 0] for _ in range(24)]
        self.by_day: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        self.by_note: dict[str, list[int]] = defaultdict(lambda: [0, 0])

    def calendar(self, today: int) -> Calendar:
        """Return the year up to today."""
        first = today - YEAR + 1
        counts = tuple(self.days[day] for day in range(first, today + 1))
        studied = sorted(filter(None, counts))
        return Calendar(
            first,
            counts,
            tuple(rank(studied, part) for part in (0.25, 0.5, 0.75)) if studied else (),
            sum(self.times[day] for day in range(first, today + 1)),
            *streaks((day for day in self.days if day <= today), today),
        )

    def retention(self) -> dict[int, Retention]:
        """Return what was remembered on each study day."""
        return {
            day: Retention(Ratio(*counts[:2]), Ratio(*counts[2:]))
            for day, counts in self.by_day.items()
        }


def tally(
    rows: Iterable[Review],
    renames: Sequence[Review],
    counted: Callable[[str], bool],
    scheduler: Scheduler,
    today: int,
) -> Answers:
    """Count the answers of a log.

    Retention counts the scheduling answers to cards that were graded before, whose interval is
    then a day at least; drills and practice are study, but tell nothing of memory. Buttons,
    hours and notes are counted for the last year.

    Args:
        rows: The rows that no undo takes back, in order.
        renames: Those of them that rename a note.
        counted: Tells by a note's present key whether its answers count.
        scheduler: Replays the grades.
        today: The present study day.
    """
    made = Answers()
    days, times, hours, by_day, by_note = (
        made.days, made.times, made.hours, made.by_day, made.by_note
    )  # fmt: skip
    names = PresentNames(renames)
    done_today: list[tuple[Review, Stage]] = []
    stages = {Act.DRILL: Stage.DRILL, Act.PRACTICE: Stage.PRACTICE}
    new, young, mature = Stage.NEW, Stage.YOUNG, Stage.MATURE
    never, review, year_ago = State.NEW, Act.REVIEW, today - YEAR
    for row, before, _ in steps(rows, scheduler, {}):
        rating, day = row.rating, row.day
        note = names.of(row) if renames else row.note
        if not rating or not counted(note):
            continue
        days[day] += 1
        times[day] += row.duration_ms
        recent = year_ago < day <= today
        if recent:
            hour = hours[(row.at_ms // 60_000 + row.tz_minutes) // 60 % 24]
            hour[0] += 1
        if row.act is not review:
            stage = stages[row.act]
        elif before.state is never:
            stage = new
        else:
            grown = before.schedule.interval >= MATURE
            stage = mature if grown else young
            passed = row.quality >= PASSED
            kept = by_day[day]
            kept[2 * grown] += passed
            kept[2 * grown + 1] += 1
            if recent:
                hour[1] += passed
                hour[2] += 1
                kept = by_note[note]
                kept[0] += passed
                kept[1] += 1
        if recent:
            made.buttons[stage][rating - 1] += 1
            if day == today:
                done_today.append((row, stage))
    made.today = _today(done_today)
    return made


def _today(done: Sequence[tuple[Review, Stage]]) -> Today:
    """Return what the answers of today come to."""
    stages = Counter(stage for _, stage in done)
    return Today(
        cards=len({(row.note, row.part) for row, _ in done}),
        answers=len(done),
        new=stages[Stage.NEW],
        reviews=stages[Stage.YOUNG] + stages[Stage.MATURE],
        drills=stages[Stage.DRILL],
        practice=stages[Stage.PRACTICE],
        again=sum(row.rating == Rating.AGAIN for row, _ in done),
        duration_ms=sum(row.duration_ms for row, _ in done),
    )


class PresentNames:
    """Tells the present keys of notes for rows that are asked about in order."""

    def __init__(self, renames: Sequence[Review]) -> None:
        """Go back through renames, in order, to the names before the first of them."""
        self._names: dict[str, str] = {}
        self._later: list[tuple[str, str, str | None]] = []
        for row in reversed(renames):
            if row.target:
                self._later.append((row.id, row.note, self._names.get(row.note)))
                self._names[row.note] = self._names.get(row.target, row.target)

    def of(self, row: Review) -> str:
        """Return what the note of a row is called now, not before rows asked about earlier."""
        while self._later and self._later[-1][0] < row.id:
            _, note, name = self._later.pop()
            if name is None:
                del self._names[note]
            else:
                self._names[note] = name
        return self._names.get(row.note, row.note)
