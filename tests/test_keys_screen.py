"""The list of keys: every one under a heading, and readable on any screen."""

from __future__ import annotations

import asyncio

import pytest
from mirror_rows import Clock, basic, put
from textual.binding import Binding

from studytool.keymap import USUAL, Keymap
from studytool.queue import Limits
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store
from studytool.tui.app import ReviewApp
from studytool.tui.browse_screen import BrowseScreen
from studytool.tui.key_groups import GROUPS, REST, grouped
from studytool.tui.key_page import key_page, lines, short
from studytool.tui.keys_screen import KeysScreen
from studytool.tui.overview_screen import OverviewScreen
from studytool.tui.review_screen import ReviewScreen
from studytool.wrapping import plain, row_width

LISTED = (ReviewScreen, OverviewScreen, BrowseScreen)
"""The screens whose keys can be listed."""


def described(screen: type) -> dict[str, str]:
    bindings = screen.BINDINGS  # type: ignore[attr-defined]
    return {each.id: each.description for each in bindings if isinstance(each, Binding)}


@pytest.mark.parametrize("screen", LISTED)
def test_every_binding_of_a_screen_is_in_one_group(screen: type) -> None:
    found = grouped(described(screen))
    assert REST not in found
    assert sorted(name for names in found.values() for name in names) == sorted(described(screen))


def test_no_binding_is_in_two_groups_and_a_new_one_is_not_lost() -> None:
    names = [name for group in GROUPS.values() for name in group]
    assert len(names) == len(set(names))
    assert grouped(["review.undo", "other.down"]) == {
        "Answer": ("review.undo",),
        REST: ("other.down",),
    }


def test_digits_in_a_row_are_shortened() -> None:
    assert short(list("123456789")) == "1–9"
    assert short(list("135")) == "1 3 5"
    assert short(["1", "2"]) == "1 2"
    assert short(["escape", "pagedown"]) == "esc pgdn"


@pytest.mark.parametrize("width", [20, 37, 46, 76, 92, 112])
@pytest.mark.parametrize("screen", LISTED)
def test_no_key_and_no_word_is_cut(screen: type, width: int) -> None:
    about = described(screen)
    groups = {group: lines(USUAL, about, names) for group, names in grouped(about).items()}
    rows = key_page(groups, width)
    assert all(row_width(row) <= width for row in rows)
    seen = " ".join(plain(rows).split())
    for group in groups.values():
        for keys, words in group:
            if width >= 92:
                assert words.split()[0] in seen
            assert all(word in seen for word in (keys + " " + words).split())


def rows_of(app: ReviewApp) -> list[str]:
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


async def rest(pilot) -> None:  # type: ignore[no-untyped-def]
    for _ in range(4):
        await pilot.pause()
        await pilot.pause(0.02)


@pytest.mark.parametrize("size", [(40, 12), (50, 20), (80, 24), (120, 40)])
def test_the_list_scrolls_to_its_end_and_does_not_jump(
    store: Store, clock: Clock, size: tuple[int, int]
) -> None:
    put(store, [basic("one")], root="/cards")
    session = Session(store, Selection("/cards"), Sm2(), clock, Limits())
    app = ReviewApp(session, keys=Keymap())

    async def play() -> None:
        async with app.run_test(size=size) as pilot:
            await rest(pilot)
            await pilot.press("question_mark")
            await rest(pilot)
            screen = app.screen
            assert isinstance(screen, KeysScreen)
            first = rows_of(app)
            left = next(row for row in first if "Answer" in row).index("Answer")
            assert "esc back" in first[-1]
            for key in ("j", "down", "pagedown"):
                before = screen.scroll.scroll_y
                await pilot.press(key)
                await rest(pilot)
                longer = screen.scroll.max_scroll_y > before
                assert (screen.scroll.scroll_y > before) is longer
            await pilot.press("end")
            await rest(pilot)
            text = "\n".join(rows_of(app))
            assert "Themes and" in text
            await pilot.press("home")
            await rest(pilot)
            assert rows_of(app)[0] == first[0]
            assert next(row for row in rows_of(app) if "Answer" in row).index("Answer") == left
            await pilot.press("question_mark")
            await rest(pilot)
            assert isinstance(app.screen, ReviewScreen)

    asyncio.run(play())


@pytest.mark.parametrize(("size", "scrolls"), [((80, 24), True), ((200, 60), False)])
def test_the_keys_below_stand_with_the_list_and_name_what_works(
    store: Store, clock: Clock, size: tuple[int, int], scrolls: bool
) -> None:
    put(store, [basic("one")], root="/cards")
    session = Session(store, Selection("/cards"), Sm2(), clock, Limits())
    app = ReviewApp(session, keys=Keymap())

    async def play() -> None:
        async with app.run_test(size=size) as pilot:
            await rest(pilot)
            await pilot.press("question_mark")
            await rest(pilot)
            text = rows_of(app)
            left = next(row for row in text if "Answer" in row).index("Answer")
            assert text[-1].index("esc back") == left
            assert ("scroll" in text[-1]) is scrolls

    asyncio.run(play())
