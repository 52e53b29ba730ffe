"""Auto-advance and pause: as values, and on the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mirror_rows import Clock, basic, put

from studytool.pacing import LEFT_ALONE, STILL, Pace, Pacer, Step
from studytool.queue import Limits
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store
from studytool.tui.app import ReviewApp
from studytool.tui.pause_screen import PauseScreen
from studytool.tui.review_screen import ReviewScreen

# -- as values -----------------------------------------------------------------------------------


def steps(pacer: Pacer, seconds: int, shown: object, revealed: bool) -> list[tuple[int, Step]]:
    """Return what is to be done at which second while something is looked at."""
    found = []
    for second in range(seconds + 1):
        step = pacer.passed(1.0, shown, revealed)
        found += [(second, step)] if step else []
    return found


def test_the_answer_is_shown_after_its_time_and_then_graded_once() -> None:
    pacer = Pacer(Pace(5, 3, "again"))
    card = object()
    assert steps(pacer, 5, card, False) == [(5, Step.REVEAL)]
    assert steps(pacer, 20, card, True) == [(3, Step.GRADE)]


def test_without_a_grade_there_is_one_reminder() -> None:
    pacer = Pacer(Pace(0, 3))
    card = object()
    assert steps(pacer, 100, card, False) == []
    assert steps(pacer, 20, card, True) == [(3, Step.REMIND)]


def test_a_key_begins_the_time_anew() -> None:
    pacer = Pacer(Pace(5))
    card = object()
    assert steps(pacer, 4, card, False) == []
    pacer.touched()
    assert [pacer.passed(1.0, card, False) for _ in range(5)] == [None] * 4 + [Step.REVEAL]


def test_the_next_card_has_all_its_time() -> None:
    pacer = Pacer(Pace(5))
    steps(pacer, 4, object(), False)
    assert steps(pacer, 5, object(), False) == [(5, Step.REVEAL)]


def test_a_sleep_is_not_time_on_the_card() -> None:
    pacer = Pacer(Pace(5))
    card = object()
    pacer.passed(0, card, False)
    assert pacer.passed(3600.0, card, False) is None


@given(st.sampled_from(["again", "good"]), st.integers(1, 9), st.integers(1, 9))
def test_who_is_not_there_grades_less_than_three_cards(
    grade: str, question: int, answer: int
) -> None:
    pacer, grades = Pacer(Pace(question, answer, grade)), 0
    for _ in range(LEFT_ALONE - 1):
        card = object()
        assert steps(pacer, question, card, False)[0][1] is Step.REVEAL
        grades += len(steps(pacer, answer, card, True))
    assert steps(pacer, question, object(), False)[-1][1] is Step.REST
    assert grades == LEFT_ALONE - 1


def test_who_presses_a_key_now_and_then_is_there() -> None:
    pacer = Pacer(Pace(2))
    for _ in range(10):
        assert steps(pacer, 2, object(), False) == [(2, Step.REVEAL)]
        pacer.touched()


def test_nothing_happens_by_itself_unless_it_is_set() -> None:
    assert not STILL.moves
    card = object()
    for revealed in (False, True):
        assert steps(Pacer(STILL), 100, card, revealed) == []


# -- on the screen -------------------------------------------------------------------------------


class Ticker:
    """Seconds that pass only when a test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


Make = Callable[..., ReviewApp]


@pytest.fixture
def make(store: Store, clock: Clock) -> Make:
    """Make the program on five cards; nothing moves but what the test says."""

    def program(pace: Pace = STILL) -> ReviewApp:
        put(store, [basic("n0", accept=("It",))])
        session = Session(store, Selection("/library"), Sm2(), clock, Limits())
        return ReviewApp(session, ticker=Ticker(), pace=pace)

    return program


def screen_text(app: ReviewApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def wait(app: ReviewApp, pilot, seconds: int) -> None:  # type: ignore[no-untyped-def]
    """Let time pass on the review, whatever covers it."""
    await pilot.pause()
    review = next(s for s in app.screen_stack if isinstance(s, ReviewScreen))
    for _ in range(seconds):
        app.ticker.now += 1  # type: ignore[attr-defined]
        if review.advance is not None:
            review.advance.look()
        await pilot.pause()


def rows(app: ReviewApp) -> list[tuple[str, int | None, int]]:
    return [(row.note, row.rating, row.duration_ms) for row in app.session.store.log.rows()]


def test_a_review_goes_on_by_itself_until_nobody_is_there(make: Make) -> None:
    async def play() -> None:
        app = make(Pace(4, 2, "again"))
        async with app.run_test(size=(80, 24)) as pilot:
            await wait(app, pilot, 1)
            assert "auto" in screen_text(app).splitlines()[0]
            await wait(app, pilot, 5)
            assert "It is n0." in screen_text(app)
            await wait(app, pilot, 60)
            assert isinstance(app.screen, PauseScreen)
            assert "No key was pressed for 3 cards." in screen_text(app)
            assert [row[:2] for row in rows(app)] == [("n0", 1), ("n1", 1)]
            await pilot.press("x")
            await wait(app, pilot, 3)
            assert "What is n2?" in screen_text(app)
            assert "It is n2." not in screen_text(app)

    asyncio.run(play())


def test_the_key_switches_auto_advance_for_the_session(make: Make) -> None:
    async def play() -> None:
        app = make(Pace(4))
        async with app.run_test(size=(80, 24)) as pilot:
            await wait(app, pilot, 1)
            await pilot.press("A")
            await wait(app, pilot, 20)
            text = screen_text(app)
            assert "It is n0." not in text and "auto" not in text.splitlines()[0]
            app.ticker.now += 1  # type: ignore[attr-defined]
            await pilot.press("A")
            await wait(app, pilot, 5)
            assert "It is n0." in screen_text(app)

    asyncio.run(play())


def test_the_key_says_that_no_times_are_set(make: Make) -> None:
    async def play() -> None:
        app = make()
        async with app.run_test(size=(100, 24), notifications=True) as pilot:
            await pilot.pause()
            await pilot.press("A")
            await pilot.pause()
            assert "Auto-advance has no times" in screen_text(app)
            assert app.screen.advance is None  # type: ignore[attr-defined]

    asyncio.run(play())


@pytest.mark.parametrize("key", ["question_mark", "i", "t", "f", "p"])
def test_auto_advance_stands_still_under_other_screens(make: Make, key: str) -> None:
    async def play() -> None:
        app = make(Pace(4))
        async with app.run_test(size=(80, 24)) as pilot:
            await wait(app, pilot, 1)
            await pilot.press(key)
            await pilot.pause()
            assert not isinstance(app.screen, ReviewScreen)
            await wait(app, pilot, 60)
            await pilot.press("escape")
            await wait(app, pilot, 3)
            assert isinstance(app.screen, ReviewScreen)
            assert "It is n0." not in screen_text(app)
            await wait(app, pilot, 2)
            assert "It is n0." in screen_text(app)

    asyncio.run(play())


def test_who_types_is_not_hurried(make: Make) -> None:
    async def play() -> None:
        app = make(Pace(4))
        app.typing = True
        async with app.run_test(size=(80, 24)) as pilot:
            await wait(app, pilot, 1)
            await pilot.press("I")
            await wait(app, pilot, 60)
            assert "It is n0." not in screen_text(app)
            assert isinstance(app.screen, ReviewScreen)

    asyncio.run(play())


def test_a_pause_hides_the_card_and_is_not_time_on_it(make: Make) -> None:
    async def play() -> None:
        app = make()
        async with app.run_test(size=(80, 24)) as pilot:
            await wait(app, pilot, 7)
            await pilot.press("p")
            await pilot.pause()
            text = screen_text(app)
            assert "Paused" in text and "Any key goes on." in text and "n0" not in text
            await pilot.press("p", "p")  # still held
            assert isinstance(app.screen, PauseScreen)
            await wait(app, pilot, 70)  # more than a card counts for
            await pilot.press("space", "space")  # held too: it does not reveal
            await wait(app, pilot, 2)
            assert "What is n0?" in screen_text(app)
            assert "It is n0." not in screen_text(app)
            await pilot.press("space", "3")
            await pilot.pause()
            assert rows(app) == [("n0", 3, 9000)]

    asyncio.run(play())


def test_the_key_that_ends_a_pause_does_not_grade(make: Make) -> None:
    async def play() -> None:
        app = make()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("space")
            await wait(app, pilot, 1)
            await pilot.press("p")
            await wait(app, pilot, 1)
            await pilot.press("1", "1", "1")
            await pilot.pause()
            assert rows(app) == []
            await wait(app, pilot, 1)
            await pilot.press("1")
            await pilot.pause()
            assert [row[:2] for row in rows(app)] == [("n0", 1)]

    asyncio.run(play())


def test_the_mouse_ends_a_pause(make: Make) -> None:
    async def play() -> None:
        app = make()
        async with app.run_test(size=(40, 12)) as pilot:
            await pilot.press("p")
            await pilot.pause()
            await pilot.click(offset=(3, 3))
            await pilot.pause()
            assert isinstance(app.screen, ReviewScreen)

    asyncio.run(play())


def test_a_backlog_is_told_above_the_first_question_and_at_the_end(
    store: Store, clock: Clock
) -> None:
    from mirror_rows import DAY
    from session_steps import finish

    finish(Session(store, Selection("/library"), Sm2(), clock, Limits()))
    clock.set(DAY + 1)

    async def play() -> None:
        session = Session(store, Selection("/library"), Sm2(), clock, Limits(reviews=2))
        app = ReviewApp(session)
        async with app.run_test(size=(40, 20)) as pilot:
            await pilot.pause()
            text = " ".join(screen_text(app).split())
            assert "Backlog: 5 due; the most overdue first, 2 a day; new cards wait" in text
            await pilot.press("space", "3")
            await pilot.pause()
            assert "Backlog" not in screen_text(app)
            await pilot.press("space", "3")
            await pilot.pause()
            assert "3 of the backlog left." in screen_text(app)

    asyncio.run(play())
