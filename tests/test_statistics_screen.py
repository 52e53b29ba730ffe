"""The statistics over the review, driven by keys and mouse."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from mirror_rows import DAY, ROOT, Clock, put
from mirror_rows import basic as note
from textual.pilot import Pilot
from year_of_reviews import year_in

from studytool.queue import Limits
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store
from studytool.tui.app import ReviewApp
from studytool.tui.review_screen import ReviewScreen
from studytool.tui.statistics_screen import StatisticsScreen

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A learner's year; these tests only look at it."""
    store, _ = year_in(tmp_path_factory.mktemp("home"))
    yield store
    store.close()


def session(store: Store, **choice: tuple[str, ...]) -> Session:
    return Session(store, Selection(ROOT, **choice), Sm2(), Clock(DAY), Limits())


def text(app: ReviewApp) -> str:
    """Return what the screen shows."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def shown(app: ReviewApp, pilot: Pilot[None], until: str) -> str:
    """Return the screen when it shows a text, or after a while."""
    for _ in range(50):
        await pilot.pause(0.02)
        if until in text(app):
            break
    await pilot.pause()
    return text(app)


def play(
    store: Store,
    steps: Callable[[ReviewApp, Pilot[None]], Coroutine[Any, Any, None]],
    size: tuple[int, int] = (80, 24),
    theme: str = "studytool-dark",
    **choice: tuple[str, ...],
) -> None:
    """Open the statistics over a review, and go on from there."""

    async def run() -> None:
        app = ReviewApp(session(store, **choice), theme=theme)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            app.push_screen(StatisticsScreen(app.session))
            await shown(app, pilot, "Today")
            await steps(app, pilot)

    asyncio.run(run())


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (130, 45)])
def test_the_screen_at_many_sizes(learned: Store, size: tuple[int, int]) -> None:
    """Compared with a snapshot that a person has looked at; UPDATE_SNAPSHOTS=1 writes it anew."""

    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        top = text(app)
        await pilot.press("end")
        bottom = await shown(app, pilot, "hard ")
        for line in (top + "\n" + bottom).splitlines():
            assert len(line) <= size[0]
        both = f"{top}\n{'=' * size[0]}\n{bottom}\n"
        path = SNAPSHOTS / f"statistics_{size[0]}x{size[1]}.txt"
        if os.environ.get("UPDATE_SNAPSHOTS"):
            path.write_text(both)
        assert both == path.read_text()

    play(learned, steps, size)


@pytest.mark.parametrize("key", ["escape", "q", "t"])
def test_it_closes_and_the_review_goes_on(learned: Store, key: str) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        card = app.session.current
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        assert app.session.current is card

    play(learned, steps)


def test_d_goes_through_the_decks_and_back_to_all(learned: Store) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        assert "Statistics · all decks" in text(app)
        await pilot.press("d")
        first = await shown(app, pilot, "Cooking::Eggs")
        assert "Statistics · Cooking::Eggs" in first
        await pilot.press("d")
        assert "Statistics · ML::GANs" in await shown(app, pilot, "ML::GANs")
        await pilot.press("D", "D")
        assert "Statistics · all decks" in await shown(app, pilot, "all decks")
        await pilot.press("D")
        assert "Statistics · 日本" in await shown(app, pilot, "日本")
        await pilot.press("tab")
        assert "Statistics · all decks" in await shown(app, pilot, "all decks")

    play(learned, steps)


def test_it_is_about_the_decks_under_review(learned: Store) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        assert "Statistics · ML, tag easy" in text(app)
        await pilot.press("d")
        assert "ML::GANs, tag easy" in await shown(app, pilot, "ML::GANs")
        await pilot.press("d", "d")
        assert "Statistics · ML, tag easy" in await shown(app, pilot, "ML,")

    play(learned, steps, decks=("ML::GANs", "ML::Kernels"), tags=("easy",))


def test_a_single_deck_offers_no_other(learned: Store) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        assert "Statistics · ML::GANs" in text(app)
        assert "next deck" not in text(app)
        await pilot.press("d")
        assert "Statistics · ML::GANs" in await shown(app, pilot, "ML::GANs")

    play(learned, steps, decks=("ML::GANs",))


def test_the_mouse_works_on_the_key_bar(learned: Store) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        row = text(app).splitlines()[-1]
        assert "esc back" in row
        await pilot.click(offset=(row.index("next deck"), 23))
        assert "Statistics · Cooking::Eggs" in await shown(app, pilot, "Cooking")
        await pilot.click(offset=(row.index("back"), 23))
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)

    play(learned, steps)


def test_resizing_sets_the_page_anew(learned: Store) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        for size in [(130, 30), (20, 6), (8, 4), (50, 20)]:
            await pilot.resize_terminal(*size)
            await pilot.pause(0.05)
        page = await shown(app, pilot, "Due, next 30 days")
        assert max(map(len, page.splitlines())) <= 50
        await pilot.press("j", "j", "j")
        assert "Statistics" not in await shown(app, pilot, "Calendar")
        await pilot.press("k", "k", "k")
        assert "Statistics" in await shown(app, pilot, "Statistics")

    play(learned, steps)


@pytest.mark.parametrize("theme", ["studytool-light", "ansi-dark", "nord"])
def test_any_theme_will_do(learned: Store, theme: str) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        assert app.theme == theme
        assert "all due" in text(app)

    play(learned, steps, theme=theme)


def test_before_the_first_answer_and_markup_in_names(store: Store) -> None:
    put(store, [note("x", deck="[/] [red]x [@click=app.quit]q[/]")], bank="z.yaml")

    async def run() -> None:
        app = ReviewApp(session(store))
        async with app.run_test(size=(80, 40)) as pilot:
            await pilot.pause()
            app.push_screen(StatisticsScreen(app.session))
            page = await shown(app, pilot, "No card was answered yet")
            assert "No card was answered yet" in page
            assert "6 in all" in page
            assert "[/] [red]x [@click=app.quit]q[/]" in page

    asyncio.run(run())


def test_a_log_that_cannot_be_read_is_told(store: Store) -> None:
    async def run() -> None:
        app = ReviewApp(session(store))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            store.connection.execute("ALTER TABLE reviews RENAME TO lost")
            app.push_screen(StatisticsScreen(app.session))
            assert "no such table" in await shown(app, pilot, "no such table")
            store.connection.execute("ALTER TABLE lost RENAME TO reviews")

    asyncio.run(run())
