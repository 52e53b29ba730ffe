"""Editing, opening and looking at a note during a review, driven by keys."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from editing_banks import BANK, library
from mirror_rows import Clock
from payloads import PAYLOADS, as_written, marked
from rich.cells import cell_len
from terminal_stream import controls
from test_review_screen import Ticker, run, shown

import studytool.tui.app
from studytool.diagnostics import Diagnostic, Severity
from studytool.scheduling import Act
from studytool.tui.app import ReviewApp
from studytool.tui.broken_screen import BrokenScreen, errors_page
from studytool.tui.card_screen import CardScreen
from studytool.tui.open_screen import OpenScreen
from studytool.tui.review_screen import ReviewScreen
from studytool.wrapping import plain, row_width

PICTURES = """\
deck: D
source: {url: 'https://example.org/work'}
notes:
- {id: both, q: '![The picture](media/a.png)', a: An answer.}
- {id: none, q: Bare?, a: Yes., source: {url: '', title: Words}}
"""


class Lent(ReviewApp):
    """A review whose terminal can be given away, which a test's cannot."""

    CSS_PATH = Path(studytool.tui.app.__file__).with_name("review.tcss")

    @contextmanager
    def suspend(self) -> Iterator[None]:
        yield


Play = Callable[..., None]


def message(text: str) -> str:
    """Return the rows in which messages lie, as one line."""
    return " ".join(line.strip() for line in text.splitlines()[1:6])


@pytest.fixture
def play(tmp_path: Path, clock: Clock) -> Play:
    """Run a coroutine on a review of one bank, and on the bank."""

    def go(coroutine, text: str = BANK, size: tuple[int, int] = (80, 24)) -> None:  # type: ignore[no-untyped-def]
        async def run_it() -> None:
            with library(tmp_path, clock, text) as (_, session, bank):
                app = Lent(session, ticker=Ticker())
                async with run(app, size) as pilot:
                    await shown(app, pilot)
                    await coroutine(app, pilot, bank)

        asyncio.run(run_it())

    return go


def script(path: Path, text: str) -> str:
    path.write_text("#!/bin/sh\n" + text)
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make an editor that runs a line of shell on the file, which is `$1`."""

    def be(text: str) -> None:
        monkeypatch.setenv("VISUAL", script(tmp_path / "editor", text))

    return be


def test_an_edit_comes_back_to_the_same_card(play: Play, editor, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    async def steps(app, pilot, bank) -> None:  # type: ignore[no-untyped-def]
        await pilot.press("space", "3", "space")
        assert "Second answer." in await shown(app, pilot)
        editor(f'echo "$@" > {tmp_path}/got; sed -i \'s/Second answer/Another answer/\' "$1"')
        await pilot.press("e")
        text = await shown(app, pilot, "changed")
        assert "Answer changed." in text
        assert "Second question?" in text
        assert "answer." not in text
        assert "1/3" in text
        assert (tmp_path / "got").read_text() == f"{bank}\n"
        await pilot.press("space")
        assert "Another answer." in await shown(app, pilot)
        await pilot.press("3")
        await shown(app, pilot)
        acts = [row.act for row in app.session.store.log.rows()]
        assert acts == [Act.REVIEW, Act.REVIEW]

    play(steps)


def test_an_editor_that_takes_a_line_gets_it_with_its_arguments(
    play: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def steps(app, pilot, bank) -> None:  # type: ignore[no-untyped-def]
        vi = script(tmp_path / "vi", f'printf "%s|" "$@" > {tmp_path}/got')
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", f"{vi} -u 'a b'")
        await pilot.press("space", "3", "e")
        await shown(app, pilot, "Nothing changed")
        assert (tmp_path / "got").read_text() == f"-u|a b|+8|{bank}|"

    play(steps)


def test_time_in_the_editor_is_not_time_on_the_card(play: Play, editor) -> None:  # type: ignore[no-untyped-def]
    async def steps(app, pilot, bank) -> None:  # type: ignore[no-untyped-def]
        app.ticker.step = 0.0
        app.ticker.now += 10
        original = app.suspend

        @contextmanager
        def long() -> Iterator[None]:
            with original():
                app.ticker.now += 500
                yield

        app.suspend = long
        editor("sed -i 's/First answer/Another/' \"$1\"")
        await pilot.press("e")
        await shown(app, pilot, "changed")
        app.ticker.now += 5
        await pilot.press("space", "3")
        await shown(app, pilot)
        (row,) = app.session.store.log.rows()
        assert 15_000 <= row.duration_ms <= 18_000

    play(steps)


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
def test_a_broken_bank_can_be_edited_again(play: Play, editor, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    async def steps(app, pilot, bank) -> None:  # type: ignore[no-untyped-def]
        editor("sed -i 's/  a: First/  nope: First/' \"$1\"")
        await pilot.press("e")
        text = await shown(app, pilot, "error")
        assert isinstance(app.screen, BrokenScreen)
        assert "The bank has 1 error now." in text
        assert "bank.yaml:7:3" in text.replace("\n", "").replace(" ", "")
        assert "e edit again" in text
        editor("sed -i 's/  nope: First/  a: Mended/' \"$1\"")
        await pilot.press("e")
        assert "Answer changed." in await shown(app, pilot, "changed")
        assert isinstance(app.screen, ReviewScreen)

    play(steps, size=size)


@pytest.mark.parametrize("key", ["escape", "q", "ctrl+c"])
def test_a_broken_bank_can_be_left(play: Play, editor, key: str) -> None:  # type: ignore[no-untyped-def]
    async def steps(app, pilot, bank) -> None:  # type: ignore[no-untyped-def]
        broken = "deck: D\\nnotes:\\n" + "".join(f"- nope{n}: 1\\n" for n in range(9))
        editor(f"printf '{broken}' > \"$1\"")
        await pilot.press("e")
        text = await shown(app, pilot, "error")
        assert "The bank has 9 errors now." in text
        await pilot.press(*"jjjjjjjj")
        assert "and 4 more: studytool check" in await shown(app, pilot, "4 more")
        await pilot.press("k", key)
        text = await shown(app, pilot, "last good")
        assert "First question?" in text
        assert "bank.yaml: 9 errors; its last good text is asked." in message(text)
        await pilot.press("space")
        assert "First answer." in await shown(app, pilot)

    play(steps)


def test_a_note_that_is_deleted_is_passed_over(play: Play, editor) -> None:  # type: ignore[no-untyped-def]
    async def steps(app, pilot, bank) -> None:  # type: ignore[no-untyped-def]
        editor("sed -i '/id: first/,/First answer/d' \"$1\"")
        await pilot.press("e")
        text = await shown(app, pilot, "has gone")
        assert "has gone" in text
        assert "Second question?" in text
        editor("printf 'deck: D\\nnotes: []\\n' > \"$1\"")
        await pilot.press("e")
        assert "Done for today" in await shown(app, pilot, "Done")

    play(steps)


@pytest.mark.parametrize(
    ("visual", "said"),
    [
        ("", "No editor is set."),
        ("'open", "VISUAL is no command"),
        ("/no/such/editor", "cannot be started"),
        ("false", "The editor ended with exit code 1."),
    ],
)
def test_what_keeps_the_editor_from_opening_is_said(
    play: Play, monkeypatch: pytest.MonkeyPatch, visual: str, said: str
) -> None:
    async def steps(app, pilot, bank) -> None:  # type: ignore[no-untyped-def]
        monkeypatch.setenv("VISUAL", visual)
        monkeypatch.setenv("EDITOR", "")
        await pilot.press("space", "e")
        text = await shown(app, pilot, "▌")
        assert said in message(text)
        assert "First question?" in text
        assert app.is_running

    play(steps)


def test_ctrl_c_between_the_review_and_the_editor_ends_nothing(play: Play, editor) -> None:  # type: ignore[no-untyped-def]
    async def steps(app, pilot, bank) -> None:  # type: ignore[no-untyped-def]
        @contextmanager
        def interrupted() -> Iterator[None]:
            os.kill(os.getpid(), signal.SIGINT)
            yield
            os.kill(os.getpid(), signal.SIGINT)

        app.suspend = interrupted
        editor("true")
        await pilot.press("e")
        assert "Nothing changed" in await shown(app, pilot, "Nothing changed")

    play(steps)


def test_a_terminal_that_cannot_be_given_away_is_said(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def go() -> None:
        monkeypatch.setenv("VISUAL", "true")
        with library(tmp_path, clock) as (_, session, _bank):
            app = ReviewApp(session, ticker=Ticker())
            async with run(app) as pilot:
                await shown(app, pilot)
                await pilot.press("e")
                assert "No editor can be opened" in await shown(app, pilot, "No editor")

    asyncio.run(go())


def test_the_page_of_a_card_shows_its_history_and_closes(play: Play) -> None:
    async def steps(app, pilot, bank) -> None:  # type: ignore[no-untyped-def]
        await pilot.press("space", "1")
        await shown(app, pilot)
        await pilot.press("space", "3", "space", "3")
        await shown(app, pilot)
        for key in ("escape", "q", "i", "space", "enter", "ctrl+c"):
            await pilot.press("i")
            text = await shown(app, pilot, "grade")
            assert isinstance(app.screen, CardScreen)
            assert "id        first" in text
            assert "https://example.org/work" in text
            assert "again  " in text
            await pilot.press("j", "k", key)
            assert "First question?" in await shown(app, pilot, "First question?")
            assert isinstance(app.screen, ReviewScreen)

    play(steps)


def test_the_page_of_a_card_scrolls_and_is_set_anew(play: Play) -> None:
    async def steps(app, pilot, bank) -> None:  # type: ignore[no-untyped-def]
        await pilot.press("i")
        text = await shown(app, pilot)
        assert "id        first" in text
        assert "never graded" not in text
        await pilot.press(*"jjjjjjjj")
        assert "never graded" in await shown(app, pilot, "never graded")
        for size in [(8, 4), (200, 60)]:
            await pilot.resize_terminal(*size)
            text = await shown(app, pilot)
            assert max(map(len, text.splitlines())) <= size[0]
        assert "never graded" in text

    play(steps, size=(40, 12))


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Put viewers on the path that write down what they are to open, and end with exit code 3."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("xdg-open", "open"):
        script(tools / name, f'echo noise; echo "$1" >> {tmp_path}/opened; exit 3')
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")

    def wait() -> list[str]:
        end = time.monotonic() + 30
        while not (tmp_path / "opened").exists() and time.monotonic() < end:
            time.sleep(0.02)
        return (tmp_path / "opened").read_text().splitlines()

    return wait


@pytest.fixture
def picture(tmp_path: Path) -> str:
    """A picture that is there before the bank is read."""
    place = tmp_path / "cards" / "media" / "a.png"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"x")
    return str(place)


def test_one_thing_is_opened_at_once_and_a_failure_told(play: Play, opened) -> None:  # type: ignore[no-untyped-def]
    async def steps(app, pilot, bank) -> None:  # type: ignore[no-untyped-def]
        await pilot.press("o")
        text = await shown(app, pilot, "example.org")
        assert "https://example.org/work" in text
        assert opened() == ["https://example.org/work"]
        text = await shown(app, pilot, "could not open")
        assert "https://example.org/work (exit code 3)." in message(text)

    play(steps)


def test_of_several_things_one_is_chosen(play: Play, opened, picture: str) -> None:  # type: ignore[no-untyped-def]
    text = PICTURES.replace("![The picture](media/a.png)", "Q")
    text = text.replace("a: An answer.", "a: '![The picture](media/a.png)'")

    async def steps(app, pilot, bank) -> None:  # type: ignore[no-untyped-def]
        assert "picture: The picture" not in await shown(app, pilot)
        await pilot.press("space")
        await shown(app, pilot)
        for key in ("escape", "q", "o", "ctrl+c"):
            await pilot.press("o")
            text = await shown(app, pilot, "›")
            assert isinstance(app.screen, OpenScreen)
            assert "› picture  The picture" in text
            assert "  source  https://example.org/work" in text
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.screen, ReviewScreen)
        await pilot.press("o", "j", "j", "down", "k", "enter")
        assert opened() == [picture]

    play(steps, text)


def test_a_click_chooses_too(play: Play, opened, picture: str) -> None:  # type: ignore[no-untyped-def]
    async def steps(app, pilot, bank) -> None:  # type: ignore[no-untyped-def]
        await pilot.press("space", "o")
        await shown(app, pilot, "›")
        await pilot.click(offset=(1, 1))
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        await pilot.press("o")
        await shown(app, pilot, "›")
        await pilot.click("#open-list", offset=(5, 2))
        assert opened() == ["https://example.org/work"]

    play(steps, PICTURES)


def test_nothing_to_open_is_said(play: Play) -> None:
    text = "deck: D\nnotes:\n- {id: none, q: Bare?, a: Yes.}\n"

    async def steps(app, pilot, bank) -> None:  # type: ignore[no-untyped-def]
        await pilot.press("o")
        shown_now = await shown(app, pilot, "There is no link")
        assert "There is no link" in shown_now

    play(steps, text)


def test_the_keys_are_listed(play: Play) -> None:
    async def steps(app, pilot, bank) -> None:  # type: ignore[no-untyped-def]
        await pilot.press("question_mark")
        text = await shown(app, pilot, "Edit the note")
        assert "Edit the note in your editor" in text
        await pilot.press("end")
        text = await shown(app, pilot, "Show where")
        assert "Open the source's link, or the picture" in text
        assert "Show where the note lives" in text

    play(steps, size=(120, 40))


@pytest.mark.parametrize("width", [8, 38, 76])
def test_no_payload_acts_from_the_errors_of_a_bank(width: int) -> None:
    text = as_written(marked(*PAYLOADS))
    wrong = Diagnostic(Severity.ERROR, "c", text, text, 3, 4, 5, text, text)
    rows = errors_page([wrong] * 7, width)
    assert all(row_width(row) <= width for row in rows)
    assert controls(plain(rows).replace("\n", "\r\n").encode()) <= {"\r\n"}


LINE = "  a: a value that goes on for a while and then has {a brace}: nothing after it and more"


@pytest.mark.parametrize("width", [24, 38, 76, 120])
@pytest.mark.parametrize("wide", [False, True])
def test_the_errors_of_a_bank_point_at_the_spot(width: int, wide: bool) -> None:
    line = LINE.replace("while", "時間時間時間時間") if wide else LINE
    column = line.index("{a brace}") + 1
    wrong = Diagnostic(Severity.ERROR, "c", "Bad", "b.yaml", 12, column, 9, "", line)
    rows = plain(errors_page([wrong], width)).splitlines()
    caret = next(row for row in rows if "^" in row)
    shown = rows[rows.index(caret) - 1]
    cells = [cell for letter in shown for cell in letter + "\0" * (cell_len(letter) - 1)]
    spot = slice(caret.index("^"), caret.rindex("^") + 1)
    assert "{a brace}".startswith("".join(cells[spot]))
    assert caret.count("^") >= 5
    assert max(map(cell_len, rows)) <= width
    assert ("12 │" in shown) is (width > 30)
