"""Pictures on the review screen and in `show`."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from mirror_rows import Clock, put
from test_pictures_inline import DRAWING
from test_review_screen import Ticker, run, shown

from studytool.gallery import Gallery
from studytool.keymap import Keymap
from studytool.notes import Kind, Note
from studytool.queue import Limits
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store
from studytool.tui.app import ReviewApp
from studytool.tui.pictures import Wall, most_rows


def program(store: Store, clock: Clock, folder: Path, kind: str, keys: Keymap) -> ReviewApp:
    """Return a review of one note with a picture on either side."""
    (folder / "media").mkdir(exist_ok=True)
    (folder / "media" / "q.svg").write_text(DRAWING)
    (folder / "media" / "a.svg").write_text(DRAWING.replace("200 100", "200 200"))
    asked, told = "Asked ![first](media/q.svg)", "Told ![second](media/a.svg)"
    note = Note("a", Kind.BASIC, "D", asked, told)
    put(store, [note], root=str(folder))
    session = Session(store, Selection(str(folder)), Sm2(), clock, Limits())
    app = ReviewApp(session, ticker=Ticker(), keys=keys)
    if kind:
        app.pictures = lambda: Wall(app, Gallery(folder / "home", kind), folder)
    return app


def test_a_description_tells_the_key_that_opens_it(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    async def play() -> None:
        app = program(store, clock, tmp_path, "", Keymap({"review.open": ("v",)}))
        async with run(app) as pilot:
            assert "Asked [picture: first]  v opens it" in await shown(app, pilot, "Asked")
            await pilot.resize_terminal(30, 24)
            assert "opens it" not in await shown(app, pilot, "first]\n")

    asyncio.run(play())


@pytest.mark.parametrize(("kind", "cell"), [("blocks", "▀"), ("kitty", "\U0010eeee")])
def test_pictures_come_and_nothing_above_them_moves(
    store: Store, clock: Clock, tmp_path: Path, kind: str, cell: str
) -> None:
    pytest.importorskip("PIL")
    pytest.importorskip("resvg_py")

    async def play() -> None:
        app = program(store, clock, tmp_path, kind, Keymap())
        async with run(app, (80, 50)) as pilot:
            text = await shown(app, pilot, cell)
            rows = text.split("\n")
            asked = next(number for number, row in enumerate(rows) if "Asked" in row)
            drawn = [row.count(cell) for row in rows if cell in row]
            assert (len(drawn), set(drawn)) == (19, {76})
            assert cell in rows[asked + 1]
            await shown(app, pilot)
            await pilot.press("space")
            after = (await shown(app, pilot, "Told")).split("\n")
            assert "Told" in "\n".join(after)
            await pilot.resize_terminal(80, 20)
            for _ in range(100):
                await pilot.pause(0.02)
                content = str(app.screen.query_one("#card").render())
                lines = [line for line in content.split("\n") if cell in line]
                if len(lines) == 2 * most_rows(20):
                    break
            assert len(lines) == 2 * most_rows(20)

    asyncio.run(play())


def test_a_review_without_pictures_loads_nothing_for_them() -> None:
    script = """
import sys
import studytool.cli.review, studytool.cli.pictures, studytool.opening
import studytool.tui.app, studytool.tui.review_screen
print(*(name for name in sys.modules if "gallery" in name or "tui.pictures" in name))
print(*(name for name in ("PIL", "resvg_py", "studytool.picture_drawing") if name in sys.modules))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
