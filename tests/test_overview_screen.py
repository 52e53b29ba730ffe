"""The overview of the decks, driven by keys and mouse, and from a shell."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
import terminal
from mirror_rows import DAY, ROOT, Clock, basic, put, review
from session_steps import AGAIN
from terminal_stream import text as shown_text
from textual.events import Paste
from textual.pilot import Pilot
from year_of_reviews import write

from studytool.deck_numbers import DeckNumbers
from studytool.keymap import USUAL, Keymap
from studytool.notes import Card
from studytool.opening import Opened, review_session
from studytool.queue import Limits
from studytool.scheduling import State
from studytool.store import Store
from studytool.tui.app import ReviewApp
from studytool.tui.keys_screen import KeysScreen
from studytool.tui.overview_screen import OverviewScreen
from studytool.tui.review_screen import ReviewScreen
from studytool.tui.statistics_screen import StatisticsScreen
from studytool.tui.summary_screen import SummaryScreen

SNAPSHOTS = Path(__file__).parent / "snapshots"
COMMAND = [sys.executable, "-m", "studytool"]
BANK = "deck: ML::GANs\nnotes:\n- {id: a, q: One?, a: '1'}\n- {id: b, q: Two?, a: '2'}\n"
Steps = Callable[[ReviewApp, Pilot[None]], Coroutine[Any, Any, None]]


@pytest.fixture
def decks(store: Store) -> Store:
    """D of five notes, ML::GANs of three, ML::Kernels of thirty; two due and one to drill."""
    put(store, [basic(f"g{n}", deck="ML::GANs") for n in range(3)], bank="g.yaml")
    put(store, [basic(f"k{n}", deck="ML::Kernels") for n in range(30)], bank="k.yaml")
    write(
        store,
        [
            review(1, note="g0", day=DAY - 1),
            review(2, note="n0", day=DAY - 1),
            review(3, AGAIN, "g1", day=DAY),
        ],
    )
    return store


def app_on(store: Store, keys: Keymap = USUAL, **options: Any) -> ReviewApp:
    opened = Opened(store, Path(ROOT), (), options.pop("limits", None) or Limits())
    session = review_session(opened, None, (), None, Clock(), trust_clock=True)
    ticks = iter(range(10_000))
    library = DeckNumbers(opened, session)
    return ReviewApp(session, ticker=lambda: next(ticks), keys=keys, library=library, **options)


def text(app: ReviewApp) -> str:
    """Return what the screen shows."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def until(app: ReviewApp, pilot: Pilot[None], words: str) -> str:
    """Return the screen when it shows some words, or after a while."""
    for _ in range(50):
        await pilot.pause(0.02)
        if words in text(app):
            break
    await pilot.pause()
    return text(app)


def play(store: Store, steps: Steps, size: tuple[int, int] = (80, 24), **options: Any) -> ReviewApp:
    app = app_on(store, **options)

    async def run() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            await steps(app, pilot)

    asyncio.run(run())
    return app


def row(page: str, name: str) -> list[str]:
    """Return the numbers on the line of a deck."""
    line = next(line for line in page.splitlines() if name in line)
    return line[line.index(name) + len(name) :].replace("┃", "").replace("│", "").split()


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)])
def test_the_screen_at_many_sizes(decks: Store, size: tuple[int, int]) -> None:
    """Compared with a snapshot that a person has looked at; UPDATE_SNAPSHOTS=1 writes it anew."""

    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("G")
        first = await until(app, pilot, "19 new" if size[0] > 40 else "Kernels:")
        await pilot.press("/", "g", "a", "n")
        found = await until(app, pilot, "1 of 4")
        for line in (first + "\n" + found).splitlines():
            assert len(line) <= size[0]
        both = f"{first}\n{'=' * size[0]}\n{found}\n"
        path = SNAPSHOTS / f"overview_{size[0]}x{size[1]}.txt"
        if os.environ.get("UPDATE_SNAPSHOTS"):
            path.write_text(both)
        assert both == path.read_text()

    play(decks, steps, size)


def test_a_review_begins_here_and_ends_here_with_fresh_numbers(decks: Store) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        assert row(text(app), "All decks") == ["19", "1", "2"]
        assert row(text(app), "GANs") == ["1", "1", "1"]
        await pilot.press("j", "j", "down")
        assert "› " in next(line for line in text(app).splitlines() if "GANs" in line)
        await pilot.press("enter")
        assert "What is g0?" in await until(app, pilot, "What is g0?")
        assert isinstance(app.screen, ReviewScreen)
        await pilot.press("space", "3", "q")
        page = await until(app, pilot, "2 answers")
        assert isinstance(app.screen, OverviewScreen)
        assert row(page, "GANs") == ["1", "1"]
        assert row(page, "All decks") == ["19", "1", "1"]
        assert "› " in next(line for line in page.splitlines() if "GANs" in line)

    play(decks, steps)
    assert [entry.note for entry in decks.log.rows()][-1] == "g0"


@pytest.mark.parametrize("key", ["q", "enter"])
def test_the_summary_leads_back_too_and_the_end_is_told(decks: Store, key: str) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("space")
        await until(app, pilot, "What is n0?")
        await pilot.press("space", "3", "space", "3")
        assert "Done for today" in await until(app, pilot, "cards scheduled")
        assert isinstance(app.screen, SummaryScreen)
        await pilot.press(key)
        page = await until(app, pilot, "The next card is due tomorrow.")
        assert isinstance(app.screen, OverviewScreen)
        assert row(page, "All decks") == []
        await pilot.press("enter")
        assert "Nothing is due" in await until(app, pilot, "Nothing is due")
        assert isinstance(app.screen, OverviewScreen)

    decks.connection.execute("DELETE FROM notes WHERE bank <> 'bank.yaml' OR id > 'n1'")
    play(decks, steps)


def test_a_deck_is_practised_and_its_answers_are_typed(decks: Store) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("G", "c")
        page = await until(app, pilot, "Practice: your answers change no schedule.")
        assert "What is k0?" in page
        await pilot.press("space", "3")
        await until(app, pilot, "What is k1?")
        await pilot.press("T")
        assert "type the answer" in await until(app, pilot, "type the answer")
        await pilot.press(*"It is k1.", "enter")
        await until(app, pilot, "good")
        await pilot.press("3", "q")
        page = await until(app, pilot, "2 answers")
        assert row(page, "All decks") == ["19", "1", "2"]
        assert decks.state(Card("k0", "front")).state is State.NEW

    put(decks, [basic("k1", deck="ML::Kernels", accept=("It is k1.",))], bank="k1.yaml")
    decks.connection.execute("UPDATE notes SET position = 1, bank = 'k.yaml' WHERE id = 'k1'")
    play(decks, steps)


def test_a_deck_says_what_it_asks_by_itself(decks: Store) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        assert row(text(app), "Kernels") == ["2"]
        await pilot.press("G")
        assert "enter asks 7 new" in await until(app, pilot, "asks")
        await pilot.press("enter")
        assert "7 new" in await until(app, pilot, "7 new")

    decks.connection.execute("DELETE FROM notes WHERE id > 'k4' AND bank = 'k.yaml'")
    play(decks, steps, limits=Limits(new=8))


def test_folding_by_keys_and_mouse(decks: Store) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("G", "h", "h")
        page = text(app)
        assert "GANs" not in page
        assert "+ ML" in page
        await pilot.press("right")
        lines = text(app).splitlines()
        assert "GANs" in text(app)
        y = next(n for n, line in enumerate(lines) if "- ML" in line)
        await pilot.click(offset=(lines[y].index("- ML"), y))
        await pilot.pause()
        assert "GANs" not in text(app)
        await pilot.click(offset=(lines[y].index("- ML"), y))
        await pilot.pause()
        assert "GANs" in text(app)
        await pilot.click(offset=(12, y + 1))
        await pilot.pause()
        assert "› " in text(app).splitlines()[y + 1]
        await pilot.click(offset=(12, y + 9))
        await pilot.click(offset=(12, y - 3))
        await pilot.pause()
        assert isinstance(app.screen, OverviewScreen)
        await pilot.click(offset=(12, y + 1))
        assert "What is g0?" in await until(app, pilot, "What is g0?")

    play(decks, steps)


def test_finding_as_one_types(decks: Store) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("/", "q", "j")
        assert "no deck has such a name" in await until(app, pilot, "no deck")
        await pilot.press("enter", "backspace", "backspace")
        assert "All decks" in await until(app, pilot, "All decks")
        app.post_message(Paste("ker\n"))
        page = await until(app, pilot, "1 of 4")
        assert "GANs" not in page
        await pilot.press("enter")
        assert "What is k0?" in await until(app, pilot, "What is k0?")
        await pilot.press("q")
        page = await until(app, pilot, "1 of 4")
        assert "GANs" not in page
        await pilot.press("j", "escape")
        page = await until(app, pilot, "GANs")
        assert "GANs" in page
        await pilot.press("/", "backspace", "q")
        await pilot.pause()
        assert not app.is_running

    play(decks, steps)


def test_other_screens_open_and_close(decks: Store) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("t")
        assert "Statistics" in await until(app, pilot, "Statistics ·")
        assert isinstance(app.screen, StatisticsScreen)
        await pilot.press("q", "?")
        page = await until(app, pilot, "Find decks by name")
        assert isinstance(app.screen, KeysScreen)
        assert "Scroll a long card" not in page
        assert "j ↓" in page
        await pilot.press("q", "ctrl+c")
        await pilot.pause()
        assert not app.is_running

    play(decks, steps)


def test_a_thousand_decks(store: Store) -> None:
    notes = [basic(f"x{n}", deck=f"T{n // 50:02d}::Deck {n:04d}") for n in range(1000)]
    put(store, notes, bank="x.yaml")

    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("G")
        assert "› " in next(line for line in text(app).splitlines() if "Deck 0999" in line)
        await pilot.press("ctrl+u", "pageup", "k")
        assert "Deck 0999" not in text(app)
        await pilot.press("home")
        assert "› " in next(line for line in text(app).splitlines() if "All decks" in line)
        await pilot.press("/", *"0500")
        assert "1 of 1021" in (await until(app, pilot, "of 1,021")).replace(",", "")

    play(store, steps)


@pytest.mark.parametrize("theme", ["studytool-light", "ansi-dark", "nord"])
def test_any_theme_and_any_size_will_do(decks: Store, theme: str) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        for size in [(130, 30), (20, 6), (8, 4), (1, 1), (50, 20)]:
            await pilot.resize_terminal(*size)
            await pilot.press("j", "/", "g", "escape", "k")
        page = await until(app, pilot, "All decks")
        assert max(map(len, page.splitlines())) <= 50
        assert app.theme == theme

    play(decks, steps, theme=theme)


def test_names_are_never_markup(store: Store) -> None:
    name = "[/] [red]x [@click=app.quit]q[/] \x1b[31m"
    put(store, [basic("x", deck=name)], bank="x.yaml")

    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        assert "[/] [red]x [@click=app.quit]q[/] ␛[31m" in text(app)
        await pilot.press("/", *"[/]")
        assert "/ [/]▏  1 of 2" in await until(app, pilot, "1 of 2")

    play(store, steps)


def test_chosen_keys_work(decks: Store) -> None:
    keys = Keymap({"overview.study": ("x",), "overview.down": ("n",), "overview.leave": ("w",)})

    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        assert "x study" in text(app)
        await pilot.press("j", "enter", "n", "down", "x")
        assert "What is g0?" in await until(app, pilot, "What is g0?")
        await pilot.press("q", "w")
        await pilot.pause()
        assert not app.is_running

    play(decks, steps, keys=keys)


def test_a_database_that_cannot_be_read_is_told(decks: Store) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        decks.connection.execute("ALTER TABLE reviews RENAME TO lost")
        await pilot.press("enter")
        assert "no such table" in await until(app, pilot, "no such table")
        assert isinstance(app.screen, OverviewScreen)
        decks.connection.execute("ALTER TABLE lost RENAME TO reviews")
        await pilot.press("enter")
        assert "What is" in await until(app, pilot, "What is")

    play(decks, steps)


def test_an_empty_library_says_so(store: Store) -> None:
    store.connection.execute("DELETE FROM notes")

    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        assert "No notes here" in text(app)
        await pilot.press("h", "l", "j", "G", "enter")
        assert "There are no cards here" in await until(app, pilot, "There are no cards")

    play(store, steps)


# -- from a shell --------------------------------------------------------------------------------


@pytest.fixture
def library(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "a.yaml").write_text(BANK)
    return {"STUDYTOOL_CARDS": str(tmp_path / "cards")}


@pytest.mark.parametrize("more", [{}, {"NO_COLOR": "1"}, {"TERM": "linux"}])
def test_on_a_terminal_it_opens_and_studies(library: dict[str, str], more: dict[str, str]) -> None:
    keys = [("enter", "\r"), ("One?", " "), ("3 good", "3"), ("Two?", "q"), ("streak", "q")]
    code, painted = terminal.run(COMMAND, keys, {**library, **more}, (80, 24))
    assert code == 0, painted[-2000:]
    assert "Traceback" not in shown_text(painted)


def test_on_a_dumb_terminal_and_in_a_pipe_it_is_the_summary(library: dict[str, str]) -> None:
    code, painted = terminal.run(COMMAND, [], {**library, "TERM": "dumb"})
    assert code == 0
    done = subprocess.run(
        COMMAND,
        capture_output=True,
        text=True,
        env={**os.environ, **library},
        stdin=subprocess.DEVNULL,
        timeout=60,
    )
    assert done.stdout.splitlines()[-1] == "type  studytool review"
    assert painted.decode().split() == done.stdout.split()
    assert b"\x1b" not in painted
