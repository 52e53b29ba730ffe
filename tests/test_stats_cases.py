"""What the statistics count and what they do not, case by case."""

from __future__ import annotations

import pytest
from mirror_rows import DAY, ROOT, basic, put, review, undo
from slow_statistics import told
from year_of_reviews import SM2, write

from studytool.figures import study
from studytool.notes import Card
from studytool.scheduling import Act, CardState, Rating, Review, Schedule, State
from studytool.selection import Selection
from studytool.stats.answers import Stage
from studytool.stats.cards import KnownCard
from studytool.stats.periods import Period, Ratio, streaks
from studytool.stats.statistics import Statistics, Study, statistics
from studytool.store import Store
from studytool.values import replace


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], (0, 0)),
        ([100], (1, 1)),
        ([99], (1, 1)),
        ([98], (0, 1)),
        ([98, 99, 100], (3, 3)),
        ([98, 99], (2, 2)),
        ([90, 91, 92, 94, 100], (1, 3)),
    ],
)
def test_a_streak_waits_for_today(days: list[int], expected: tuple[int, int]) -> None:
    assert streaks(days, 100) == expected


def counts_of(*rows: Review) -> Statistics:
    """Return the statistics of a log without cards."""
    backs = {row.target for row in rows if row.act is Act.UNDO}
    live = [row for row in rows if row.id not in backs and row.act is not Act.UNDO]
    moved = [row for row in live if row.act is Act.RENAME]
    return statistics(Study(live, moved, (), lambda key: key != "other"), SM2, DAY)


def test_drills_and_practice_are_answers_but_no_retention() -> None:
    first = review(1, day=DAY - 1)
    found = counts_of(
        first,
        review(2, Rating.AGAIN, duration_ms=1000),
        review(3, Rating.HARD, act=Act.DRILL, duration_ms=2000),
        review(4, Rating.AGAIN, act=Act.PRACTICE, duration_ms=4000),
    )
    assert (found.today.answers, found.today.cards, found.today.again) == (3, 1, 2)
    assert found.today.duration_ms == 7000
    assert told(found.retention[Period.TODAY].all) == (0, 1)
    assert found.buttons == {
        "new": (0, 0, 1, 0),
        "young": (1, 0, 0, 0),
        "mature": (0, 0, 0, 0),
        "drill": (0, 1, 0, 0),
        "practice": (1, 0, 0, 0),
    }


def test_an_undone_answer_was_never_given() -> None:
    first = review(1, day=DAY - 1)
    wrong = review(2, Rating.AGAIN)
    found = counts_of(first, wrong, undo(3, wrong), review(4))
    assert found.answers == 2
    assert told(found.retention[Period.TODAY].all) == (1, 1)


def test_a_card_is_mature_by_its_interval_before_the_answer() -> None:
    rows = [review(number, day=DAY - 40 + number) for number in range(4)]
    found = counts_of(*rows, review(9))
    assert sum(found.buttons[Stage.YOUNG]) == 3
    assert told(found.retention[Period.TODAY].mature) == (1, 1)


def test_the_hour_is_that_of_the_place_of_the_answer() -> None:
    noon = 1_728_043_200_000  # 2024-10-04T12:00Z
    rows = [
        replace(review(number), at_ms=noon, tz_minutes=zone, note=f"n{number}")
        for number, zone in enumerate((0, 120, -330, 720, -720, 345))
    ]
    answers = [hour.answers for hour in counts_of(*rows).hours]
    assert [hour for hour, count in enumerate(answers) for _ in range(count)] == [
        *(0, 0, 6, 12, 14, 17)
    ]


def test_answers_to_what_does_not_count_are_not_counted() -> None:
    assert counts_of(review(1), review(2, note="other")).answers == 1


def moved_row(number: int, old: str, new: str) -> Review:
    """Return the row that renames a note."""
    return Review(
        *(f"{number:013x}-0a1b2c3d-000", "0a1b2c3d", number, DAY, 0, old, ""),
        act=Act.RENAME,
        target=new,
    )


def test_a_renamed_note_is_counted_under_its_last_name() -> None:
    rows = [
        review(1, note="a", day=DAY - 3),
        moved_row(2, "a", "b"),
        review(3, note="b", day=DAY - 2),
        review(4, note="a", day=DAY - 2),
        moved_row(5, "b", "other"),
        review(6, note="a"),
    ]
    found = counts_of(*rows)
    assert found.answers == 2
    assert told(found.retention[Period.ALL].all) == (1, 1)
    back = [*rows, undo(7, rows[4])]
    assert counts_of(*back).answers == 4


def test_suspended_cards_are_counted_once_and_never_due() -> None:
    state = CardState(State.REVIEW, Schedule(DAY, 30, 3), "x")
    known = KnownCard(Card("a", "front"), "D", (), True, state)
    found = statistics(Study((), (), (known,), lambda key: True), SM2, DAY)
    assert (found.cards.suspended, found.cards.total) == (1, 1)
    assert found.future.total == 0
    assert found.decks[0].due == 0
    assert found.intervals.cards == 0


def test_nothing_at_all() -> None:
    found = counts_of()
    assert found.answers == found.cards.total == found.future.total == 0
    assert found.calendar.best is None
    assert found.calendar.quartiles == ()
    assert found.intervals.within(0.5) is None
    assert found.ease.mean is None
    assert found.retention[Period.ALL].all.share is None


def test_another_librarys_notes_do_not_count_but_those_that_have_gone_do(
    store: Store,
) -> None:
    put(store, [basic("elsewhere"), basic("n0")], root="/other")
    store.connection.execute("UPDATE notes SET removed_at = 1 WHERE root = ? AND id = 'n1'", [ROOT])
    write(store, [review(i, note=n) for i, n in enumerate(["n0", "n1", "never", "elsewhere"])])
    assert statistics(study(store, Selection(ROOT)), SM2, DAY).answers == 3
    assert statistics(study(store, Selection(ROOT, ("D",))), SM2, DAY).answers == 1
    assert statistics(study(store, Selection("/other")), SM2, DAY).answers == 3


class EveryDays:
    """A scheduler with one interval for all, to stand right on a border."""

    name = "every"

    def __init__(self, days: int) -> None:
        self.days = days

    def next(self, schedule: Schedule, quality: int, day: int) -> Schedule:
        return Schedule(day + self.days, self.days, schedule.repetitions + 1)


@pytest.mark.parametrize(("days", "stage"), [(20, "young"), (21, "mature")])
def test_three_weeks_make_a_card_mature(days: int, stage: str) -> None:
    rows = [review(1, day=DAY - days), review(2)]
    state = CardState(State.REVIEW, Schedule(DAY + days, days), "x")
    known = KnownCard(Card("n0", "front"), "D", (), False, state)
    found = statistics(Study(rows, (), (known,), lambda key: True), EveryDays(days), DAY)
    assert found.buttons[Stage(stage)] == (0, 0, 1, 0)
    assert getattr(found.retention[Period.TODAY], stage) == Ratio(1, 1)
    assert getattr(found.cards, stage) == 1
    assert found.decks[0].mature == (stage == "mature")


def test_a_drill_of_yesterday_is_forgotten() -> None:
    state = CardState(State.LEARNING, Schedule(DAY + 1, 1), "x")
    known = KnownCard(Card("n0", "front"), "D", (), False, state)
    study = Study((), (), (known,), lambda key: True)
    assert statistics(study, SM2, DAY).cards.learning == 1
    assert statistics(study, SM2, DAY + 1).cards.young == 1


def test_levels_are_quarters_of_the_studied_days() -> None:
    rows = [
        review(100 * day + number, day=DAY - day, note=f"n{number}")
        for day in range(8, 0, -1)
        for number in range(day)
    ]
    year = counts_of(*sorted(rows, key=lambda row: -row.day)).calendar
    assert year.quartiles == (2, 4, 6)
    assert [year.level(count) for count in range(10)] == [0, 1, 1, 2, 2, 3, 3, 4, 4, 4]


def test_a_rename_that_was_taken_back_did_not_happen(store: Store) -> None:
    first, moved = review(1), moved_row(2, "n0", "elsewhere")
    put(store, [basic("elsewhere")], root="/other")
    write(store, [first, moved])
    assert statistics(study(store, Selection(ROOT)), SM2, DAY).answers == 0
    write(store, [undo(3, moved)])
    assert statistics(study(store, Selection(ROOT)), SM2, DAY).answers == 1
