"""Marking options and typing answers on the review screen; neither ever grades."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from mirror_rows import Clock, basic, put
from test_review_screen import Ticker, run, shown

from studytool.keymap import SETS, Keymap
from studytool.notes import Kind, Note
from studytool.options import options
from studytool.queue import Limits
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store
from studytool.tui.app import ReviewApp
from studytool.tui.review_screen import ReviewScreen

CHOICE = Note(
    *("pick", Kind.CHOICE, "D", "Which?"),
    right=("yes",),
    wrong=("no", "never"),
    extra="Because it is so.",
)
SEVERAL = Note("many", Kind.CHOICE, "D", "Which all?", right=("2", "3"), wrong=("4", "6"))
TYPED = basic("one", accept=("GD", "gradient descent"), hint="Two words.")


class Play:
    """The program on a small library."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock

    def __call__(self, notes: list[Note], **values: Any) -> ReviewApp:
        put(self.store, notes, root="/cards")
        session = Session(self.store, Selection("/cards"), Sm2(), self.clock, Limits())
        return ReviewApp(session, ticker=Ticker(), **values)

    def ratings(self) -> list[int | None]:
        return [row.rating for row in self.store.log.rows()]


@pytest.fixture
def play(store: Store, clock: Clock) -> Play:
    return Play(store, clock)


def review(app: ReviewApp) -> ReviewScreen:
    assert isinstance(app.screen, ReviewScreen)
    return app.screen


def right_digit(app: ReviewApp, wanted: bool = True) -> str:
    prompt = app.session.current
    assert prompt
    order = [right for _, right in options(prompt.parsed, prompt.seed)]
    return str(order.index(wanted) + 1)


def test_digits_mark_an_option_and_then_grade(play: Play) -> None:
    async def go() -> None:
        app = play([CHOICE, TYPED])
        async with run(app) as pilot:
            assert "1–3 mark" in await shown(app, pilot)
            wrong, right = right_digit(app, False), right_digit(app)
            await pilot.press(wrong)
            assert f"● {wrong}" in await shown(app, pilot)
            await pilot.press(right, "4")  # no option, and no grade yet
            text = await shown(app, pilot)
            assert f"● {right}" in text
            assert text.count("●") == 1
            await pilot.press(right, wrong)
            assert f"● {wrong}" in await shown(app, pilot)
            assert play.ratings() == []
            await pilot.press("space")
            text = await shown(app, pilot)
            assert f"✗ {wrong}" in text
            assert f"○ {right}  yes · missed" in text
            assert text.index("missed") < text.index("Because it is so.")
            assert "1–4 grade" in text
            await pilot.press(wrong)
            assert "What is one?" in await shown(app, pilot)
            assert play.ratings() == [int(wrong)]
            await pilot.press("u")
            text = await shown(app, pilot)
            assert "●" not in text
            assert right_digit(app) == right

    asyncio.run(go())


def test_several_right_options_take_several_marks(play: Play) -> None:
    async def go() -> None:
        app = play([SEVERAL])
        async with run(app) as pilot:
            assert "1–4 mark several" in await shown(app, pilot)
            await pilot.press("1", "2", "3", "2")
            assert (await shown(app, pilot)).count("●") == 2

    asyncio.run(go())


def test_an_option_can_be_clicked(play: Play) -> None:
    async def go() -> None:
        app = play([CHOICE])
        async with run(app) as pilot:
            lines = (await shown(app, pilot)).splitlines()
            row = next(index for index, line in enumerate(lines) if line.strip().startswith("2 "))
            await pilot.click(offset=(lines[row].index("2") + 3, row))
            assert "● 2" in await shown(app, pilot)
            await pilot.press("space")
            await shown(app, pilot)
            await pilot.click(offset=(lines[row].index("2") + 3, row))
            assert (await shown(app, pilot)).count("●") == 1

    asyncio.run(go())


def test_a_held_digit_neither_blinks_nor_grades(play: Play) -> None:
    async def go() -> None:
        app = play([CHOICE, SEVERAL])
        async with run(app) as pilot:
            await shown(app, pilot)
            assert isinstance(app.ticker, Ticker)
            app.ticker.step = 0.03
            await pilot.press(*["2"] * 5)
            assert "● 2" in await shown(app, pilot)
            await pilot.press("space", "2", "2")
            await shown(app, pilot)
            assert play.ratings() == []
            app.ticker.now += 1
            await pilot.press(*["2"] * 5)
            text = await shown(app, pilot)
            assert play.ratings() == [2]
            assert "Which all?" in text
            assert "●" not in text

    asyncio.run(go())


def test_the_home_row_grades_and_digits_still_mark(play: Play) -> None:
    async def go() -> None:
        app = play([CHOICE, TYPED], keys=Keymap(SETS["home-row"]))
        async with run(app) as pilot:
            await shown(app, pilot)
            await pilot.press("2")
            assert "● 2" in await shown(app, pilot)
            await pilot.press("a", "space", "2")
            await shown(app, pilot)
            await pilot.press("space", "d")
            await shown(app, pilot)
            assert play.ratings()[0] == 2
            assert len(play.ratings()) == 2

    asyncio.run(go())


def test_options_can_have_other_keys(play: Play) -> None:
    async def go() -> None:
        keys = Keymap({"review.option-1": ("x",), "review.option-2": ("y",)})
        app = play([CHOICE], keys=keys)
        async with run(app) as pilot:
            assert "x y 3 mark" in await shown(app, pilot)
            await pilot.press("y")
            assert "● 2" in await shown(app, pilot)
            await pilot.press("space", "1")
            await shown(app, pilot)
            assert play.ratings() == [1]

    asyncio.run(go())


def test_an_answer_is_typed_compared_and_graded_by_hand(play: Play) -> None:
    async def go() -> None:
        app = play([TYPED, basic("two")], typing=True)
        async with run(app) as pilot:
            text = await shown(app, pilot)
            assert "type the answer" in text
            assert "enter  show the answer" in text
            assert "enter answer  esc keys" in text
            await pilot.press(*"gradeint", "space", *"descent?uhq1")
            assert play.ratings() == []
            assert "gradeint descent?uhq1" in await shown(app, pilot)
            await pilot.press("enter")
            text = await shown(app, pilot)
            assert "✗ you     gradeint descent?uhq1" in text
            assert "answer  gradient descent" in text
            assert "It is one." in text
            assert "1–4 grade" in text
            assert play.ratings() == []
            for size in [(40, 12), (100, 30)]:
                await pilot.resize_terminal(*size)
                assert "gradient descent" in await shown(app, pilot)
            await pilot.press("2")
            text = await shown(app, pilot)
            assert "What is two?" in text
            assert "type the answer" not in text
            assert play.ratings() == [2]
            await pilot.press("u")
            text = await shown(app, pilot)
            assert "type the answer" in text
            assert "gradeint" not in text

    asyncio.run(go())


def test_typing_begins_and_ends_with_a_key(play: Play) -> None:
    async def go() -> None:
        app = play([TYPED, basic("two")])
        async with run(app) as pilot:
            assert "T type  h hint" in await shown(app, pilot)
            await pilot.press("T")
            assert "esc keys" in await shown(app, pilot)
            await pilot.press("G", "escape", "h")
            text = await shown(app, pilot)
            assert "Two words." in text
            assert "tab type  T stop typing" in text
            await pilot.press("tab", "D")
            assert " GD" in await shown(app, pilot)
            await pilot.press("escape", "T")
            text = await shown(app, pilot)
            assert " GD" not in text
            assert "T type" in text
            await pilot.press("space")
            assert "✗" not in await shown(app, pilot)
            await pilot.press("T")
            words = "accepts some"
            assert words in await shown(app, pilot, words)
            await pilot.press("3", "space")
            assert "It is two." in await shown(app, pilot)

    asyncio.run(go())


def test_nothing_typed_is_nothing_said(play: Play) -> None:
    async def go() -> None:
        app = play([TYPED], typing=True)
        async with run(app) as pilot:
            await shown(app, pilot)
            await pilot.press("space", "enter")
            text = await shown(app, pilot)
            assert "It is one." in text
            assert "✗" not in text

    asyncio.run(go())


def test_a_held_enter_reveals_and_a_held_grade_is_not_typed(play: Play) -> None:
    async def go() -> None:
        app = play([basic("two"), TYPED], typing=True)
        async with run(app) as pilot:
            await shown(app, pilot)
            assert isinstance(app.ticker, Ticker)
            app.ticker.step = 0.03
            await pilot.press("space", *["3"] * 6, "x")
            text = await shown(app, pilot)
            assert "What is one?" in text
            line = review(app).typing.line
            assert line is not None
            assert line.value == "x"
            await pilot.press(*["enter"] * 9)
            assert "✗ you     ·x" in await shown(app, pilot)
            assert play.ratings() == [3]

    asyncio.run(go())


def test_pasted_text_is_one_safe_line(play: Play) -> None:
    from textual.events import Paste

    async def go() -> None:
        app = play([TYPED], typing=True)
        async with run(app) as pilot:
            await shown(app, pilot)
            line = review(app).typing.line
            assert line is not None
            line.post_message(Paste("grad\x1b[31m\nient\x9b [red]x[/] [/]"))
            text = await shown(app, pilot)
            assert "grad␛[31m ient� [red]x[/] [/]" in text
            await pilot.press("enter")
            text = await shown(app, pilot)
            assert "grad␛[31m" in text
            assert not {"\x1b", "\x9b"} & {*text}

    asyncio.run(go())


def test_ctrl_c_leaves_from_the_line(play: Play) -> None:
    async def go() -> None:
        app = play([TYPED], typing=True)
        async with run(app) as pilot:
            await shown(app, pilot)
            await pilot.press("a", "ctrl+c")
            await pilot.pause()
            assert not app.is_running

    asyncio.run(go())


@pytest.mark.parametrize("typing", [False, True])
def test_nothing_moves_when_an_answer_is_compared(play: Play, typing: bool) -> None:
    async def go() -> None:
        app = play([TYPED], typing=typing)
        async with run(app, (100, 30)) as pilot:
            before = (await shown(app, pilot)).splitlines()
            await pilot.press("x", "enter")
            after = (await shown(app, pilot)).splitlines()
            (row,) = [index for index, line in enumerate(before) if "What is one?" in line]
            assert after[row] == before[row]
            if typing:
                assert before[row + 2].strip() == "type the answer"
                assert after[row + 2].strip() == "✗ you     ·x"

    asyncio.run(go())
