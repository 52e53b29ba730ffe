"""The keys that bury, suspend, flag and mark, as a person would press them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from mirror_rows import Clock, basic, cloze, put
from textual.events import Key
from textual.widgets import Input

from studytool.keymap import SETS, Keymap
from studytool.queue import Limits
from studytool.scheduling import Act
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store
from studytool.tui.app import ReviewApp
from studytool.tui.flag_screen import FlagScreen
from studytool.tui.review_screen import ReviewScreen

Make = Callable[..., ReviewApp]


class Ticker:
    """Seconds that pass by a step a reading."""

    def __init__(self, step: float = 1.0) -> None:
        self.now, self.step = 0.0, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def text_of(app: ReviewApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def shown(app: ReviewApp, pilot, until: str = "") -> str:  # type: ignore[no-untyped-def]
    """Return the screen when it has come to rest, or when it shows a text."""
    for _ in range(50):
        await pilot.pause()
        await pilot.pause(0.02)
        if until and until in text_of(app):
            break
        if not until and _ > 2:
            break
    return text_of(app)


@pytest.fixture
def make(store: Store, clock: Clock) -> Make:
    def program(step: float = 1.0, keys: Keymap | None = None) -> ReviewApp:
        put(store, [basic(f"one{n}") for n in range(3)], root="/cards")
        put(store, [cloze("pair", "{{c1::Left}} and {{c2::right}}.")], root="/cards", bank="a.yaml")
        session = Session(store, Selection("/cards"), Sm2(), clock, Limits())
        return ReviewApp(session, ticker=Ticker(step), keys=keys or Keymap())

    return program


def play(app: ReviewApp, steps, size: tuple[int, int] = (80, 24)) -> None:  # type: ignore[no-untyped-def]
    async def run() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            await steps(pilot)

    asyncio.run(run())


def test_putting_away_goes_on_at_once_and_says_so(make: Make, store: Store) -> None:
    app = make()

    async def steps(pilot) -> None:  # type: ignore[no-untyped-def]
        assert "[…] and right." in await shown(app, pilot)
        await pilot.press("-")
        said = await shown(app, pilot, "takes it back")
        assert "Left and […]." in said
        assert "Card buried; u takes it back." in said
        await pilot.press("=")
        said = await shown(app, pilot, "Note buried")
        assert "What is one0?" in said
        await pilot.press("space", "@")
        said = await shown(app, pilot, "Card suspended; u takes it back.")
        assert "What is one1?" in said
        assert "It is one0." not in said
        await pilot.press("!")
        said = await shown(app, pilot, "Note suspended; u takes it back.")
        assert "What is one2?" in said
        await pilot.press("@")
        assert "Done for today" in await shown(app, pilot, "Done for today")
        for question in ("one2?", "one1?", "one0?", "Left and […]", "[…] and right"):
            await pilot.press("u")
            assert question in await shown(app, pilot, question)
        assert store.standings.all() == {}
        await pilot.press("u")
        assert "nothing of today to undo" in await shown(app, pilot, "nothing of today")

    play(app, steps)
    assert len(store.log.rows("act = 'undo'")) == 5


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
def test_a_flag_and_a_mark_are_shown_in_words_and_the_answer_stays(
    make: Make, store: Store, size: tuple[int, int]
) -> None:
    app = make()
    mark = "marked" if size[0] > 75 else "*"

    async def steps(pilot) -> None:  # type: ignore[no-untyped-def]
        await shown(app, pilot)
        await pilot.press("space")
        await pilot.press("f")
        assert "1–7 flag  0 no flag  esc back" in await shown(app, pilot, "no flag")
        await pilot.press("3")
        said = await shown(app, pilot, "flag 3")
        assert "no flag" not in said
        await pilot.press("*")
        said = await shown(app, pilot, mark)
        assert f"flag 3  {mark}" in said
        assert "3 good" in said  # a digit that sets a flag grades nothing
        await pilot.press("u")
        said = await shown(app, pilot)
        assert mark not in said.splitlines()[1 if size[1] > 20 else 0]
        assert "3 good" in said
        await pilot.press("f", "3")
        await shown(app, pilot)
        assert "flag 3 " not in text_of(app)
        await pilot.press("f", "x", "8", "escape")
        await shown(app, pilot)
        await pilot.press("3")
        await shown(app, pilot, "one0?")

    play(app, steps, size)
    acts = [(row.act, row.value) for row in store.log.rows()]
    assert acts == [
        (Act.FLAG, "3"),
        (Act.MARK, "1"),
        (Act.UNDO, None),
        (Act.FLAG, "0"),
        (Act.REVIEW, None),
    ]


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
def test_a_card_is_set_due_and_reset_by_keys(
    make: Make, store: Store, size: tuple[int, int]
) -> None:
    app = make()

    async def steps(pilot) -> None:  # type: ignore[no-untyped-def]
        await shown(app, pilot)
        await pilot.press("d")
        assert "Due in how many days? 0 today, 5" in await shown(app, pilot, "Due in")
        await pilot.press("escape")
        assert "Due in" not in await shown(app, pilot)
        await pilot.press("d", "enter", "d", "x", "7", "-", "enter")
        assert "Write days" in await shown(app, pilot, "Write days")
        await pilot.press("backspace", "enter")
        assert "Card due in" in await shown(app, pilot, "Card due in")
        await pilot.press("u")
        assert "[…] and right." in await shown(app, pilot, "Taken back")
        await pilot.press("R")
        assert "card is new" in await shown(app, pilot, "card is new")
        await pilot.press("space", "3", "u", "R")
        await shown(app, pilot)

    play(app, steps, size)
    acts = [(row.act, row.part, row.value) for row in store.log.rows()]
    assert acts[0] == (Act.SET_DUE, "c1", str(20_007))
    assert [act for act, *_ in acts] == [Act.SET_DUE, Act.UNDO, Act.REVIEW, Act.UNDO]


def test_two_enters_at_once_set_one_card_due(make: Make, store: Store) -> None:
    app = make()

    async def steps(pilot) -> None:  # type: ignore[no-untyped-def]
        await shown(app, pilot)
        await pilot.press("d", "3")
        await shown(app, pilot, "Due in")
        line = app.screen.query_one(Input)
        for _ in range(3):
            line.post_message(Input.Submitted(line, "3"))
        assert "Left and […]" in await shown(app, pilot, "Card due in 3 days")

    play(app, steps)
    assert len(store.log.rows()) == 1


def test_the_key_that_sets_a_card_due_shows_no_answer_when_it_is_held(make: Make) -> None:
    app = make(step=0.01)

    async def steps(pilot) -> None:  # type: ignore[no-untyped-def]
        await shown(app, pilot)
        await pilot.press("d", "3", "enter", "enter", "enter")
        said = await shown(app, pilot, "one0?")
        assert "show the answer" in said
        assert "3 good" not in said

    play(app, steps)


def test_a_held_key_puts_one_card_away(make: Make, store: Store) -> None:
    app = make(step=0.01)

    async def steps(pilot) -> None:  # type: ignore[no-untyped-def]
        await shown(app, pilot)
        await pilot.press(*"@@@@@@")
        await shown(app, pilot)

    play(app, steps)
    assert len(store.log.rows()) == 1


def test_time_in_the_row_of_flags_is_not_time_on_the_card(make: Make, store: Store) -> None:
    app = make(step=0.001)

    async def steps(pilot) -> None:  # type: ignore[no-untyped-def]
        await shown(app, pilot)
        await pilot.press("f")
        await shown(app, pilot)
        app.ticker.now += 30  # type: ignore[attr-defined]
        await pilot.press("1", "space", "4")
        await shown(app, pilot)

    play(app, steps)
    (row,) = store.log.rows("act = 'review'")
    assert row.duration_ms < 1000


def test_the_row_of_flags_takes_clicks_and_leaves_with_ctrl_c(make: Make, store: Store) -> None:
    app = make()

    async def steps(pilot) -> None:  # type: ignore[no-untyped-def]
        await shown(app, pilot)
        await pilot.press("f", "2", "f")
        await shown(app, pilot, "no flag")
        assert isinstance(app.screen, FlagScreen)
        await pilot.press("ctrl+c")
        await shown(app, pilot)
        assert not isinstance(app.screen, FlagScreen)
        await pilot.press("f")
        await shown(app, pilot, "no flag")
        column = text_of(app).splitlines()[-1].index("0 no")
        await pilot.click("KeyBar", offset=(column, 1))
        await shown(app, pilot)

    play(app, steps)
    assert [row.value for row in store.log.rows()] == ["2", "0"]


def test_home_row_keys_flag_with_a_capital(make: Make, store: Store) -> None:
    app = make(keys=Keymap(SETS["home-row"]))

    async def steps(pilot) -> None:  # type: ignore[no-untyped-def]
        await shown(app, pilot)
        await pilot.press("F", "7", "space", "f")
        await shown(app, pilot)

    play(app, steps)
    assert [(row.act, row.value, row.rating) for row in store.log.rows()] == [
        (Act.FLAG, "7", None),
        (Act.REVIEW, None, 4),
    ]


def test_an_error_is_told_and_the_card_stays(make: Make, store: Store) -> None:
    app = make()

    async def steps(pilot) -> None:  # type: ignore[no-untyped-def]
        await shown(app, pilot)
        store.connection.execute("PRAGMA query_only = ON")
        await pilot.press("@")
        said = await shown(app, pilot, "Nothing was saved")
        assert "Nothing was saved" in said
        assert "[…] and right." in said

    play(app, steps)
    assert store.log.rows() == []


def test_a_digit_too_many_for_the_row_of_flags_closes_nothing_else(make: Make) -> None:
    async def play() -> None:
        app = make()
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await shown(app, pilot)
            await pilot.press("f")
            screen = app.screen
            assert isinstance(screen, FlagScreen)
            for key in "33":  # As from a terminal: both before the first is worked off.
                screen.post_message(Key(key, key))
            assert "flag 3" in await shown(app, pilot, "flag 3")
            assert isinstance(app.screen, ReviewScreen)

    asyncio.run(play())
