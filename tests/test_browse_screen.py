"""Browsing on the screen and from a shell."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import pytest
from editing_banks import BANK as BANK_OF_THREE
from editing_banks import library as bank_library
from mirror_rows import DAY, Clock, basic, put, review
from payloads import PAYLOADS, marked
from test_overview_screen import app_on, text, until
from textual.events import Paste
from textual.pilot import Pilot
from year_of_reviews import write

import studytool.tui.app
from studytool.browsing import Browsing
from studytool.keymap import USUAL
from studytool.notes import Card, Kind, Note
from studytool.store import Store
from studytool.tui.app import REVIEW_CSS, ReviewApp
from studytool.tui.browse_app import BrowseApp
from studytool.tui.browse_screen import BROWSE_CSS, BrowseScreen
from studytool.tui.card_screen import CardScreen
from studytool.tui.overview_screen import OverviewScreen

SNAPSHOTS = Path(__file__).parent / "snapshots"
Steps = Callable[[ReviewApp, Pilot[None]], Coroutine[Any, Any, None]]


@pytest.fixture
def library(store: Store) -> Store:
    notes = [
        Note("gan", Kind.BASIC, "ML::GANs", "Who trains a *generator*?", "A critic.", extra="So."),
        Note(
            "wide",
            Kind.BASIC,
            "ML::機械学習の深い層",
            "生成器とは何ですか、そして何をしますか" * 3,
            "D",
        ),
        basic("markup", deck="[b]D[/b]", extra="[/b][@click=app.quit]x[/]"),
        *(basic(f"m{n}", deck="ML::Kernels") for n in range(300)),
    ]
    put(store, notes, bank="a.yaml")
    write(store, [review(1, note="n0", day=DAY - 9), review(2, note="gan", day=DAY)])
    return store


def play(store: Store, steps: Steps, size: tuple[int, int] = (80, 24)) -> None:
    app = app_on(store)

    async def run() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            await pilot.press("b")
            await until(app, pilot, "308 cards")
            await steps(app, pilot)

    asyncio.run(run())


async def typed(app: ReviewApp, pilot: Pilot[None], query: str, words: str) -> str:
    """Type a query and return the screen when it shows some words."""
    await pilot.press("slash")
    await pilot.pause()
    app.screen.query_one("#query").insert_text_at_cursor(query)  # type: ignore[attr-defined]
    await until(app, pilot, words)
    await pilot.press("enter")
    return await until(app, pilot, words)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)])
def test_the_screen_at_many_sizes(library: Store, size: tuple[int, int]) -> None:
    """Compared with a snapshot that a person has looked at; UPDATE_SNAPSHOTS=1 writes it anew."""

    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("space", "at")
        await until(app, pilot, "takes it back")
        found = await typed(app, pilot, "deck:ML -m is:new or id:gan or id:n*", "8 cards")
        await pilot.press("G", "k")
        await until(app, pilot, "何ですか、")
        await pilot.press("enter")
        whole = await until(app, pilot, "list")
        for row in (found + "\n" + whole).splitlines():
            assert len(row) <= size[0]
        path = SNAPSHOTS / f"browse_{size[0]}x{size[1]}.txt"
        both = f"{found}\n{'=' * size[0]}\n{whole}\n"
        if os.environ.get("UPDATE_SNAPSHOTS"):
            path.write_text(both)
        assert both == path.read_text()

    play(library, steps, size)


def test_many_are_suspended_and_brought_back(library: Store) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        await typed(app, pilot, "deck:ML::Kernels", "300 cards")
        await pilot.press("a", "at")
        assert "300 cards suspended" in await until(app, pilot, "300 cards suspended")
        assert library.standings.of(Card("m299", "front")).suspended
        await pilot.press("u")
        await until(app, pilot, "Taken back")
        assert library.standings.all() == {}

    play(library, steps)


def test_a_flag_is_asked_for_and_info_is_shown(library: Store) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("f", "3")
        await until(app, pilot, "Flag 3; u")
        assert library.standings.of(Card("gan", "front")).flag == 3
        await pilot.press("i")
        assert "gan" in await until(app, pilot, "place")
        assert isinstance(app.screen, CardScreen)
        await pilot.press("q")
        assert isinstance(app.screen, BrowseScreen)
        await pilot.press("q")
        assert isinstance(app.screen, OverviewScreen)

    play(library, steps)


def test_days_are_asked_for_and_many_are_set_due(library: Store) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        await typed(app, pilot, "is:new deck:ML::Kernels m1", "111 cards")
        await pilot.press("a", "d")
        await until(app, pilot, "Due in how many days?")
        await pilot.press(*"x3-4", "enter")
        assert "111 cards due in 3 to 4 days; u" in await until(app, pilot, "takes it back")
        await pilot.press("slash", "enter")
        await until(app, pilot, "no card is found")
        await pilot.press("u")
        await until(app, pilot, "Taken back: 111 cards due in 3 to 4 days.")
        await pilot.press("slash", "enter")
        await until(app, pilot, "111 cards")
        await pilot.press("R")
        assert "This card is new already." in await until(app, pilot, "already")

    play(library, steps)


def test_a_wrong_query_is_told_while_it_is_typed(library: Store) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("slash", *"is:de")
        shown = await until(app, pilot, "there is no")
        assert "! there is no `is:de`: did you mean `due`?" in shown
        assert "›" in shown
        await pilot.press("backspace", "backspace", *"new zz")
        assert "no card is found" in await until(app, pilot, "no card is found")
        await pilot.press("escape")
        await until(app, pilot, "search")
        await pilot.press("enter", "j", "space", "at", "minus", "e", "o", "i")
        await pilot.pause()
        assert isinstance(app.screen, BrowseScreen)

    play(library, steps)


def test_no_payload_is_read_as_markup_or_reaches_the_terminal(library: Store) -> None:
    payload = marked(*PAYLOADS)
    kept = payload.encode(errors="replace").decode()  # no bank can hold a lone surrogate
    nasty = [Note("p", Kind.BASIC, "P", kept, kept, extra="[/b]"), basic("q[b]", deck="[/b]")]
    put(library, nasty, bank="p.yaml")

    async def steps(app: ReviewApp, pilot: Pilot[None]) -> None:
        await typed(app, pilot, "id:p or id:q* or id:markup", "3 cards")
        for key in ("j", "enter", "j", "enter", "k", "k"):
            await pilot.press(key)
            await pilot.pause(0.06)
            assert not {c for c in text(app) if ord(c) < 32 and c != "\n"}
        await pilot.press("slash")
        await pilot.pause()
        app.screen.query_one("#query").post_message(Paste(payload))
        await pilot.pause(0.1)
        assert not {c for c in text(app) if ord(c) < 32 and c != "\n"}
        assert app.is_running

    play(library, steps)


def test_the_command_begins_with_its_query(library: Store) -> None:
    session = app_on(library).session
    browsing = Browsing(session)
    browsing.look_for("gener")
    app = BrowseApp(browsing, (), "studytool-light", USUAL)

    async def run() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            shown = await until(app, pilot, "A critic.")
            assert "/ gener" in shown
            assert "1 card\n" in shown
            await pilot.press("j", "enter", "q", "q")
        assert app.return_code == 0

    asyncio.run(run())


class Lent(BrowseApp):
    """Browsing in a terminal that can be given away, which a test's cannot."""

    CSS_PATH: ClassVar[str | list[str]] = [
        str(Path(studytool.tui.app.__file__).with_name(name)) for name in (REVIEW_CSS, BROWSE_CSS)
    ]

    @contextmanager
    def suspend(self) -> Iterator[None]:
        yield


def test_an_edit_says_what_changed_and_its_card_stays_chosen(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = BANK_OF_THREE.replace("- id: second\n  q:", "- q:")
    with bank_library(tmp_path, clock, notes) as (_, session, bank):
        app = Lent(Browsing(session), (), "studytool-light", USUAL)

        async def run() -> None:
            async with app.run_test(size=(80, 24)) as pilot:
                await until(app, pilot, "5 cards")
                monkeypatch.setenv("VISUAL", "sed -i s/Second.answer/Better/")
                await pilot.press("j", "e")
                assert "Answer changed." in await until(app, pilot, "changed")
                monkeypatch.setenv("VISUAL", "sed -i s/Second.question/Reworded/")
                await pilot.press("e")
                assert "Question changed." in await until(app, pilot, "Question changed")
                assert "› Reworded?" in " ".join(text(app).split())
                await pilot.press("e")
                await until(app, pilot, "Nothing changed in this note.")
                monkeypatch.setenv("VISUAL", "sed -i s/Better/{/")
                await pilot.press("e")
                await until(app, pilot, "edit again")
                await pilot.press("q")
                await until(app, pilot, "bank.yaml: 1 error; its last good text is shown.")

        asyncio.run(run())
        assert "Reworded" in bank.read_text()


BANK = "deck: ML::GANs\nnotes:\n- {id: a, q: 'One *two*?', a: '1'}\n- {id: b, q: Three?, a: '2'}\n"


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "cards").mkdir(exist_ok=True)
    (folder / "cards" / "a.yaml").write_text(BANK)
    return subprocess.run(
        [sys.executable, "-m", "studytool", "browse", "--cards", str(folder / "cards")]
        + ["--home", str(folder / "home"), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_pipe_gets_a_line_a_card(tmp_path: Path) -> None:
    done = command(tmp_path, "deck:ml", "one")
    assert (done.returncode, done.stdout) == (0, "a\tfront\tnew\tML::GANs\tOne two?\n")
    none = command(tmp_path, "zebra")
    assert (none.returncode, none.stdout, none.stderr) == (0, "", "no card is found\n")
    assert "did you mean `ML`" in command(tmp_path, "deck:MLL").stderr


def test_a_wrong_query_is_an_error_of_usage(tmp_path: Path) -> None:
    done = command(tmp_path, "is:dew")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no `is:dew`" in done.stderr


def test_json_tells_all_of_a_card(tmp_path: Path) -> None:
    found = json.loads(command(tmp_path, "--json", "--", "-one").stdout)
    assert (found["schema_version"], found["query"], len(found["cards"])) == (1, "-one", 1)
    (card,) = found["cards"]
    assert (card["id"], card["state"], card["due"], card["line"]) == ("b", "new", None, 4)
