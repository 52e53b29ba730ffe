"""Characters of two columns and of none stand where they belong, and what is cut keeps its end."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mirror_rows import Clock, basic, put
from rich.cells import cell_len
from textual.pilot import Pilot

from studytool.columns import fit, fit_end
from studytool.keymap import Keymap
from studytool.queue import Limits
from studytool.scheduling import Rating
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store
from studytool.tui.app import ReviewApp

WIDE = {
    "review.reveal": ("答",),
    "review.again": ("一",),
    "review.hard": ("二",),
    "review.good": ("三",),
    "review.easy": ("四",),
    "review.statistics": ("統",),
}
characters = st.sampled_from("ab :機👩🔬☃e🏳🇩🇪♀\u200d\ufe0f\u0301\u200b")


@given(st.text(characters, max_size=14), st.integers(0, 12))
@example("機\ufe0f", 2)
@example("x👩\u200d🔬☃\ufe0fend", 6)
@example("\u200d\u200d🔬🇩", 2)
def test_cut_text_fits_and_loses_one_end_only(text: str, room: int) -> None:
    start, end = fit(text, room), fit_end(text, room)
    assert max(cell_len(start), cell_len(end)) <= room
    if cell_len(text) <= room:
        assert (start, end) == (text, text)
    elif room:
        assert text.startswith(start.removesuffix("…"))
        assert text.endswith(end.removeprefix("…"))


def rows(app: ReviewApp) -> list[str]:
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]


async def settled(app: ReviewApp, pilot: Pilot[None], until: str = "") -> list[str]:
    """Return the rows of the screen when it shows a text, or after a while."""
    for _ in range(50):
        await pilot.pause(0.02)
        if any(until in row for row in rows(app)):
            break
    await pilot.pause()
    return rows(app)


def column(row: str, word: str) -> int:
    """Return the column of the terminal at which a word begins."""
    return cell_len(row[: row.index(word)])


def test_wide_keys_stand_and_take_clicks_where_they_are_shown(store: Store, clock: Clock) -> None:
    put(store, [basic("one"), basic("two")], root="/cards")
    session = Session(store, Selection("/cards"), Sm2(), clock, Limits())

    async def play() -> None:
        app = ReviewApp(session, keys=Keymap(WIDE))
        async with app.run_test(size=(80, 24)) as pilot:
            question = await settled(app, pilot, "show the answer")
            bar = next(row for row in question if "stats" in row)
            await pilot.click(offset=(column(bar, "答"), question.index(bar)))
            answer = await settled(app, pilot, "again")
            tiles = next(row for row in answer if "一 again" in row)
            below = answer[answer.index(tiles) + 1]
            middles = [column(tiles, f"{key} ") + cell_len(f"{key} {word}") / 2
                       for key, word in zip("一二三四", ("again", "hard", "good", "easy"),
                                            strict=True)]  # fmt: skip
            starts = [place for place in range(len(below)) if below[place:].startswith("1 d")]
            assert all(abs(middle - start - 1.5) <= 1 for middle, start in
                       zip(middles, starts, strict=True)), (tiles, below)  # fmt: skip
            assert {cell_len(row) for row in answer} == {80}
            bar = next(row for row in answer if "stats" in row)
            await pilot.click(offset=(column(bar, "stats") + 4, answer.index(bar)))
            assert any("Statistics" in row for row in await settled(app, pilot, "Statistics"))
            await pilot.press("escape", "?")
            listed = [row for row in await settled(app, pilot, "Grade ") if "Grade " in row]
            assert len({column(row, "Grade ") for row in listed}) == 1 < len(listed)

    asyncio.run(play())


def grounds(app: ReviewApp, line: int) -> list[str]:
    """Return the colour behind each column of a row."""
    strip = app.screen._compositor.render_strips()[line]
    return [str(part.style and part.style.bgcolor) for part in strip for _ in part.text]


@pytest.mark.parametrize("size", [(80, 24), (50, 20)])
def test_a_tile_takes_clicks_from_its_first_column_to_its_last(
    store: Store, clock: Clock, size: tuple[int, int]
) -> None:
    put(store, [basic("one"), basic("two")], root="/cards")
    session = Session(store, Selection("/cards"), Sm2(), clock, Limits())

    async def play() -> None:
        app = ReviewApp(session)
        async with app.run_test(size=size) as pilot:
            await settled(app, pilot, "show the answer")
            await pilot.press("space")
            shown = await settled(app, pilot, "again")
            line = next(number for number, row in enumerate(shown) if "again" in row)
            colors = grounds(app, line)
            for rating in Rating:
                start = end = shown[line].index(rating.name.lower())
                while colors[start - 1] == colors[start]:
                    start -= 1
                while colors[end] == colors[start]:
                    end += 1
                for place in (start, end - 1):
                    await pilot.hover(offset=(place, line))
                    await pilot.pause()
                    lifted = grounds(app, line)
                    assert lifted[start:end] != colors[start:end], (rating, place)
                    assert lifted[:start] + lifted[end:] == colors[:start] + colors[end:]
            await pilot.click(offset=(end - 1, line))
            await settled(app, pilot, "show the answer")
        assert [row.rating for row in store.log.rows()] == [Rating.EASY]

    asyncio.run(play())
