"""Ways through several screens that a learner takes, on a library of real files."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from editing_banks import library
from mirror_rows import DAY, Clock
from test_review_screen import Ticker, run, shown

from studytool.deck_numbers import DeckNumbers
from studytool.opening import review_session
from studytool.scheduling import Act, replay
from studytool.sm2 import Sm2
from studytool.tui.app import ReviewApp
from studytool.tui.overview_screen import OverviewScreen
from studytool.tui.review_screen import ReviewScreen
from studytool.tui.summary_screen import SummaryScreen

Steps = Callable[[Any, Any], Awaitable[None]]


def go(folder: Path, clock: Clock, *starts: Steps, overview: bool = False) -> list[Act]:
    """Start the program once for each of some ways; return what the log holds then."""

    async def play(session: Any, decks: DeckNumbers | None, steps: Steps) -> None:
        app = ReviewApp(session, ticker=Ticker(), library=decks)
        async with run(app) as pilot:
            await shown(app, pilot)
            await steps(app, pilot)

    with library(folder, clock) as (opened, _, _bank):
        for steps in starts:
            session = review_session(opened, None, (), None, clock, False)
            decks = DeckNumbers(opened, session) if overview else None
            asyncio.run(play(session, decks, steps))
        rows = opened.store.log.rows()
        for card, state in replay(rows, Sm2()).items():
            assert opened.store.state(card) == state
        return [row.act for row in rows]


def test_undo_from_the_summary_back_over_a_restart(tmp_path: Path, clock: Clock) -> None:
    async def learn(app: Any, pilot: Any) -> None:
        await pilot.press("space", "3", "space", "3", "!")
        assert "Done for today" in await shown(app, pilot, "Done")
        await pilot.press("t")
        assert "Statistics" in await shown(app, pilot, "Statistics")
        await pilot.press("q")
        assert isinstance(app.screen, SummaryScreen)
        await pilot.press("u")
        assert "1. […]" in await shown(app, pilot, "Third")
        await pilot.press("q")

    async def take_back(app: Any, pilot: Any) -> None:
        for question in ("Second question?", "First question?"):
            await pilot.press("u")
            assert question in await shown(app, pilot, question)
        await pilot.press("u")
        assert "nothing of today to undo" in await shown(app, pilot, "nothing of today")
        assert app.session.counts().new == 3

    acts = go(tmp_path, clock, learn, take_back)
    assert acts == [Act.REVIEW, Act.REVIEW, Act.SUSPEND, Act.UNDO, Act.UNDO, Act.UNDO]


def test_a_drill_that_midnight_ends(tmp_path: Path, clock: Clock) -> None:
    async def steps(app: Any, pilot: Any) -> None:
        await pilot.press("space", "1", "space", "3", "space", "3")
        assert "First question?" in await shown(app, pilot, "1 learning")
        clock.set(DAY + 1)
        await pilot.press("space", "3")
        text = await shown(app, pilot, "another day")
        assert "It is another day" in text
        assert "First question?" in text
        assert "First answer." not in text
        assert "3 due" in text or "2 due" in text
        await pilot.press("space", "3")
        await shown(app, pilot)

    assert go(tmp_path, clock, steps) == [Act.REVIEW] * 4


def test_another_size_while_an_answer_is_shown(tmp_path: Path, clock: Clock) -> None:
    async def steps(app: Any, pilot: Any) -> None:
        await pilot.press("space")
        for size in ((40, 12), (8, 3), (200, 60), (60, 20)):
            await pilot.resize_terminal(*size)
            text = await shown(app, pilot)
            assert max(map(len, text.splitlines())) <= size[0]
        assert "First answer." in text
        assert "4 easy" in text
        await pilot.press("4")
        text = await shown(app, pilot, "Second")
        assert "Second question?" in text
        assert "Second answer." not in text

    assert go(tmp_path, clock, steps) == [Act.REVIEW]


async def click(app: Any, pilot: Any, words: str) -> None:
    """Click on words that are on the screen."""
    rows = (await shown(app, pilot, words)).splitlines()
    y = max(number for number, row in enumerate(rows) if words in row)
    await pilot.click(offset=(rows[y].rindex(words) + 1, y))


def test_with_the_mouse_alone_from_the_decks_to_the_decks(tmp_path: Path, clock: Clock) -> None:
    async def steps(app: Any, pilot: Any) -> None:
        await click(app, pilot, "enter study")
        for grade in ("3 good", "4 easy", "3 good"):
            await click(app, pilot, "space answer")
            await click(app, pilot, grade)
        assert "Done for today" in await shown(app, pilot, "Done")
        await click(app, pilot, "u undo")
        assert isinstance(app.screen, ReviewScreen)
        await click(app, pilot, "space answer")
        await click(app, pilot, "2 hard")
        await click(app, pilot, "space answer")
        await click(app, pilot, "3 good")
        await click(app, pilot, "q leave")
        assert "4 answers" in await shown(app, pilot, "4 answers")
        assert isinstance(app.screen, OverviewScreen)

    acts = go(tmp_path, clock, steps, overview=True)
    assert acts == [Act.REVIEW] * 3 + [Act.UNDO, Act.REVIEW, Act.DRILL]
