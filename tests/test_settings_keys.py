"""The user's keys on the screens: every binding can be moved, and what is shown is true."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping

import pytest
from mirror_rows import Clock, basic, put
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.keys import Keys

from studytool.keymap import ALWAYS, DEFAULTS, NAMES, SETS, Keymap, why_not
from studytool.queue import Limits
from studytool.scheduling import Act
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store
from studytool.tui.app import ReviewApp
from studytool.tui.broken_screen import BrokenScreen
from studytool.tui.browse_screen import BrowseScreen
from studytool.tui.card_screen import CardScreen
from studytool.tui.flag_screen import FlagScreen
from studytool.tui.keys_screen import KeysScreen
from studytool.tui.open_screen import OpenScreen
from studytool.tui.overview_screen import OverviewScreen
from studytool.tui.review_screen import ReviewScreen
from studytool.tui.statistics_screen import StatisticsScreen
from studytool.tui.summary_screen import SummaryScreen

SCREENS = (
    *(ReviewScreen, SummaryScreen, StatisticsScreen, FlagScreen, KeysScreen, OverviewScreen),
    *(CardScreen, BrokenScreen, OpenScreen, BrowseScreen),
)
CHOSEN = {
    "review.reveal": ("x", "space"),
    "review.again": ("a",),
    "review.undo": (",",),
    "review.hint": ("j",),
    "review.down": ("k",),
    "review.up": ("h",),
    "review.keys": ("ctrl+k",),
    "review.leave": ("w",),
    "summary.undo": ("z",),
    "summary.leave": ("w",),
    "keys.close": ("x",),
}


def app_with(store: Store, clock: Clock, chosen: Mapping[str, tuple[str, ...]]) -> ReviewApp:
    put(store, [basic("one", hint="A hint."), basic("two")], root="/cards")
    session = Session(store, Selection("/cards"), Sm2(), clock, Limits())
    ticks = iter(range(10_000))
    return ReviewApp(session, ticker=lambda: next(ticks), keys=Keymap(chosen))


def text_of(app: ReviewApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def shown(app: ReviewApp, pilot) -> str:  # type: ignore[no-untyped-def]
    for _ in range(3):
        await pilot.pause()
        await pilot.pause(0.02)
    return text_of(app)


def test_every_binding_of_every_screen_can_be_moved() -> None:
    declared: dict[str, str] = {}
    for screen in SCREENS:
        for binding in screen.BINDINGS:
            assert isinstance(binding, Binding)
            assert binding.id is not None
            assert binding.description
            declared[binding.id] = binding.key
    assert declared == {
        name: ",".join(keys + ALWAYS.get(name, ())) for name, keys in DEFAULTS.items()
    }


def test_no_ready_made_set_clashes_and_all_their_keys_can_be_chosen() -> None:
    for chosen in SETS.values():
        keys = Keymap(chosen)
        assert list(keys.clashes()) == []
        for binding in DEFAULTS:
            assert [why_not(key) for key in keys[binding]] == [None] * len(keys[binding])


def test_every_key_with_a_name_is_one_that_a_terminal_sends() -> None:
    sent = [keys for keys in ANSI_SEQUENCES_KEYS.values() if isinstance(keys, tuple)]
    assert set(NAMES) <= {key.value for keys in sent for key in keys if isinstance(key, Keys)}


def test_keys_that_scroll_are_not_for_the_screens() -> None:
    for binding in VerticalScroll.BINDINGS:
        assert isinstance(binding, Binding)
        assert why_not(binding.key)


def test_moved_keys_work_and_the_old_ones_do_not(store: Store, clock: Clock) -> None:
    async def play() -> None:
        app = app_with(store, clock, CHOSEN)
        async with app.run_test(size=(100, 30)) as pilot:
            text = await shown(app, pilot)
            assert "Answer in your head; x shows it." in text
            assert "x  show the answer" in text
            assert "x answer  j hint  , undo  ctrl+k keys  t stats  w leave" in text
            await pilot.press("j")
            assert "A hint." in await shown(app, pilot)
            await pilot.press("enter", "question_mark", "q")
            assert "It is one." not in await shown(app, pilot)
            await pilot.press("x")
            text = await shown(app, pilot)
            assert "It is one." in text
            assert "a again" in text
            assert "3 good" in text
            assert "x good  a 2 3 4 grade  , undo  ctrl+k keys  t stats  w leave" in text
            await pilot.press("1")
            assert "It is one." in await shown(app, pilot)
            await pilot.press("a", "comma")
            assert "What is one?" in await shown(app, pilot)
            assert [row.act for row in store.log.rows()] == [Act.REVIEW, Act.UNDO]
            await pilot.press("x", "x", "x", "x")
            text = await shown(app, pilot)
            assert "Done for today" in text
            assert "w leave  z undo" in text
            await pilot.press("u")
            assert "Done for today" in await shown(app, pilot)
            await pilot.press("z")
            assert "What is two?" in await shown(app, pilot)
            await pilot.press("ctrl+c")
        assert app.return_code == 0

    asyncio.run(play())


def test_the_list_of_keys_shows_the_ones_in_force(store: Store, clock: Clock) -> None:
    async def play() -> None:
        app = app_with(store, clock, CHOSEN)
        async with app.run_test(size=(120, 40)) as pilot:
            await shown(app, pilot)
            await pilot.press("ctrl+k")
            text = await shown(app, pilot)
            for key, words in (
                ("x space", "Show the answer"),
                ("a", "Grade again"),
                (",", "Undo"),
                ("k", "Scroll down"),
                ("h", "Scroll up"),
                ("ctrl[+]k", "Show all keys"),
                ("w ctrl[+]c", "Leave"),
                ("x", "back"),
            ):
                assert re.search(rf" {key} +{words}", text)
            await pilot.press("escape")
            assert isinstance(app.screen, KeysScreen)
            await pilot.press("x")
            await pilot.pause()
            assert isinstance(app.screen, ReviewScreen)

    asyncio.run(play())


@pytest.mark.parametrize("key", ["ctrl+c", "w"])
def test_ctrl_c_leaves_whatever_is_chosen(store: Store, clock: Clock, key: str) -> None:
    async def play() -> None:
        app = app_with(store, clock, CHOSEN)
        async with app.run_test() as pilot:
            await shown(app, pilot)
            await pilot.press(key)
            await pilot.pause()
            assert not app.is_running

    asyncio.run(play())


@pytest.mark.parametrize("key", ["tab", "backspace", "f5", "ctrl+x", *",+?é["])
def test_any_key_with_a_name_can_be_put_on_a_screen(store: Store, clock: Clock, key: str) -> None:
    async def play() -> None:
        app = app_with(store, clock, {"review.reveal": (key,)})
        async with app.run_test() as pilot:
            await shown(app, pilot)
            await pilot.press("comma" if key == "," else key)
            assert "It is one." in await shown(app, pilot)

    asyncio.run(play())
