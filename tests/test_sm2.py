"""SM-2 against the vectors of the published text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mirror_rows import DAY, review

from studytool.days import as_date
from studytool.notes import Card
from studytool.queue import drill
from studytool.scheduling import (
    DRILLED_BELOW,
    QUALITIES,
    Act,
    Rating,
    Schedule,
    State,
    quality,
    replay,
)
from studytool.sm2 import MAX_INTERVAL, Sm2

VECTORS: dict[str, Any] = json.loads(
    Path(__file__).with_name("sm2_vectors.json").read_text(encoding="utf-8")
)
NEXT = Sm2().next


def figures(schedule: Schedule) -> list[int]:
    return [schedule.interval, schedule.repetitions, schedule.ease]


def test_there_are_ninety_vectors() -> None:
    assert len(VECTORS["vectors"]) == 90
    assert sum(len(steps) for _, steps in VECTORS["vectors"]) == 1227


@pytest.mark.parametrize("name, steps", VECTORS["vectors"], ids=lambda value: str(value)[:24])
def test_vector(name: str, steps: list[list[int]]) -> None:
    schedule, day = Schedule(), DAY
    for grade, interval, repetitions, ease, again in steps:
        schedule = NEXT(schedule, grade, day)
        assert figures(schedule) == [min(MAX_INTERVAL, interval), repetitions, ease]
        assert (grade < DRILLED_BELOW) == bool(again)
        assert schedule.due == day + schedule.interval
        day = schedule.due


@pytest.mark.parametrize("name, steps", VECTORS["early_late"], ids=lambda value: str(value)[:16])
def test_late_and_early_count_from_the_day_of_the_review(name: str, steps: list[list[int]]) -> None:
    schedule = Schedule()
    for day, grade, *expected, due in steps:
        schedule = NEXT(schedule, grade, day)
        assert (figures(schedule), schedule.due) == (expected, due)


@pytest.mark.parametrize("name, scheduled, drilled, expected", VECTORS["same_day_drill"])
def test_the_drill_leaves_the_schedule_alone(
    name: str, scheduled: list[int], drilled: list[int], expected: list[int]
) -> None:
    rows, day = [], DAY
    for number, grade in enumerate(scheduled):
        row = review(number, rating(grade), day=day)
        rows.append(with_quality(row, grade))
        day += replay(rows, Sm2())[Card("n0", "front")].schedule.interval
    last = rows[-1].day
    for number, grade in enumerate(drilled, len(rows)):
        assert drill(row for row in rows if row.day == last) == (Card("n0", "front"),)
        rows.append(with_quality(review(number, rating(grade), act=Act.DRILL, day=last), grade))
    assert drill(row for row in rows if row.day == last) == ()
    state = replay(rows, Sm2())[Card("n0", "front")]
    assert figures(state.schedule) == expected
    assert state.state is State.REVIEW


def rating(grade: int) -> Rating:
    return Rating(max(1, grade - 1))


def with_quality(row: Any, grade: int) -> Any:
    from studytool.values import replace

    return replace(row, key=str(grade), scale=QUALITIES)


@pytest.mark.parametrize("buttons, expected", VECTORS["buttons"])
def test_buttons(buttons: list[int], expected: list[list[int]]) -> None:
    schedule = Schedule()
    for button, figure in zip(buttons, expected, strict=True):
        schedule = NEXT(schedule, quality(Rating(button)), DAY)
        assert figures(schedule) == figure


def test_the_interval_is_capped_and_its_date_exists() -> None:
    schedule, first = Schedule(), 0
    for repetition in range(1, 40):
        schedule = NEXT(schedule, 5, DAY)
        if schedule.interval == MAX_INTERVAL:
            first = first or repetition
    assert MAX_INTERVAL == VECTORS["cap"]["interval"] == 36_500
    assert first == VECTORS["cap"]["first_capped_all_5"]
    assert schedule.interval == MAX_INTERVAL
    assert as_date(schedule.due or 0).year == 2124


@pytest.mark.parametrize("text", VECTORS["invalid_grades"])
def test_invalid_grades_are_refused(text: str) -> None:
    grade = eval(text, {"nan": float("nan")})
    with pytest.raises(ValueError, match="whole number from 0 to 5"):
        NEXT(Schedule(), grade, DAY)


def test_a_lapse_needs_a_card_passed_before() -> None:
    schedule, lapses = Schedule(), []
    for grade in (1, 0, 3, 2, 2, 4, 5, 1):
        schedule = NEXT(schedule, grade, DAY)
        lapses.append(schedule.lapses)
    assert lapses == [0, 0, 0, 1, 2, 2, 2, 3]


schedules = st.builds(
    Schedule,
    due=st.none() | st.integers(-10, 10**6),
    interval=st.integers(1, MAX_INTERVAL),
    repetitions=st.integers(0, 60),
    lapses=st.integers(0, 60),
    ease=st.integers(130, 1000),
)


@given(schedules, st.integers(0, 60_000))
def test_a_better_button_never_brings_a_card_back_sooner(schedule: Schedule, day: int) -> None:
    results = [NEXT(schedule, quality(rating), day) for rating in Rating]
    dues = [result.due for result in results if result.due is not None]
    assert dues == sorted(dues)
    assert [result.ease for result in results[1:]] == sorted(r.ease for r in results[1:])
    for result in results:
        assert 1 <= result.interval <= MAX_INTERVAL
        assert result.ease >= 130
        assert result.due == day + result.interval
        assert all(type(figure) is int for figure in figures(result))
