"""The review in bad weather: keys without sense, sizes without limit, signals, a lost terminal.

The real program runs on a real pseudo-terminal. Whatever happens it ends without a traceback,
the terminal is as it was, and every answer that was acknowledged is in the log.
STUDYTOOL_MASH_KEYS says how many keys are pressed instead of a few hundred.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import sqlite3
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from mirror_rows import ROOT, Clock
from terminal import Terminal
from terminal_stream import modes, restored, text
from textual.events import Click, MouseDown, MouseMove, MouseUp

from studytool.connection import prove
from studytool.keymap import USUAL
from studytool.notes import Card
from studytool.queue import Limits
from studytool.scheduling import Act, replay
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store
from studytool.tui.app import ReviewApp
from studytool.tui.key_bar import KeyBar
from studytool.tui.review_screen import ReviewScreen
from studytool.tui.statistics_screen import StatisticsScreen
from studytool.tui.summary_screen import SummaryScreen

COUNT = int(os.environ.get("STUDYTOOL_MASH_KEYS", "600"))
REVIEW = [sys.executable, "-m", "studytool", "review", "--new", "99999", "--cards"]
BANKS = 3
NOTES = """\
- {id: q%(n)d, q: 'What is $x^{%(n)d}$ when `x[0]` is one?', a: "One.", hint: Think., reverse: true}
- {id: c%(n)d, cloze: 'The {{c1::first}} and the {{c2::second::which?}} of %(n)d.'}
- {id: o%(n)d, q: 'Which of %(n)d?', choices: {right: this, wrong: [that, those]}}
- {id: s%(n)d, q: 'Do %(n)d.', steps: ['one', 'two', '''|a|b|

    |-|-|'''], extra: 'long words %(long)s'}
"""
KEYS = (
    *(b" ", b"\r", b" 1", b"\r2", b" 3", b"\r4") * 10,
    *(b"u", b"h", b"t", b"?", b"d", b"D", b"j", b"k", b"\x1b", b"\x1b", b"\t", b"\x1b[Z") * 2,
    *(b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[5~", b"\x1b[6~", b"\x1b[H", b"\x1b[F", b"\x1bOP"),
    *(b"\x7f", b"\x01", b"\x0c", b"\x1b[97;5u", b"\x1ba", b"[", b"/", b"x", b"\xc3\xa9"),
    *(b"\x1b[200~pasted [/] text\x1b[201~", b"\x1b[I", b"\x1b[O", b"\x1b[12;4R", b"\x1b[", b"\x00"),
    *(b"\x1b[<35;50;20M", b"\x1b[<64;50;10M", b"\x1b[<65;50;10M", b"\x1b[<0;5000;1M"),
)
"""What is pressed: mostly what does something, then what is odd; a click is made up each time."""
DONE = re.compile(r"(?:^|\n) (\d+)/\d+(?:\n|$)")
RECORDED = re.compile(r"(\d+) answers? recorded")


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    folder = tmp_path / "cards"
    folder.mkdir()
    for bank in range(BANKS):
        notes = (
            NOTES % {"n": bank * 1000 + n, "long": "x " * 400} for n in range(max(40, COUNT // 10))
        )
        (folder / f"{bank}.yaml").write_text(f"deck: ML::D{bank}\nnotes:\n{''.join(notes)}")
    return folder


def start(cards: Path, home: Path, size: tuple[int, int] = (100, 30)) -> Terminal:
    """Return a terminal on which a review has begun."""
    where = {"STUDYTOOL_HOME": str(home), "TEXTUAL_ANIMATIONS": "none"}
    terminal = Terminal([*REVIEW, str(cards)], where, size, echo=False)
    terminal.until("answer")
    terminal.rest(0.05)
    return terminal


def standing(home: Path) -> int:
    """Return how many answers stand in the log."""
    with closing(sqlite3.connect(home / "studytool.db")) as log:
        return int(
            log.execute(
                "SELECT count(*) FROM reviews WHERE rating IS NOT NULL"
                " AND id NOT IN (SELECT target FROM reviews WHERE act = 'undo')"
            ).fetchone()[0]
        )


def grade(terminal: Terminal, count: int = 1) -> None:
    """Answer some cards."""
    for _ in range(count):
        terminal.press(" ")
        terminal.until("1 again")
        terminal.press("3")
        terminal.until("answer")


def ended_well(terminal: Terminal, code: int = 0) -> None:
    """Check that the program is over and the terminal as it was before."""
    terminal.until(terminal.over, 10)
    assert terminal.settings() == terminal.before
    assert terminal.close() == code
    assert "Traceback" not in text(terminal.painted)
    assert restored(terminal.painted), modes(terminal.painted)


def sound(home: Path) -> None:
    """Check that the cards are what the log comes to."""
    store = Store.open(home, date(2024, 10, 4))
    try:
        cards = [Card(*row) for row in store.connection.execute("SELECT note, part FROM cards")]
        assert {card: store.state(card) for card in cards} == replay(store.log.rows(), Sm2())
        prove(store.connection)
    finally:
        store.close()


def leave(terminal: Terminal) -> None:
    """Go back to the review from wherever keys have led, and leave it."""
    for _ in range(6):
        if not terminal.over():
            terminal.press("\x1b")
            terminal.rest(0.2)
    if not terminal.over():
        terminal.press("\x11")


def test_keys_without_sense_lose_no_answer(cards: Path, home: Path) -> None:
    chance = random.Random(20_241_004)
    pressed = reviews = answered = stands = 0
    while pressed < COUNT:
        terminal = start(cards, home)
        reviews += 1
        while pressed < COUNT and not terminal.over():
            key = chance.choice(KEYS)
            if chance.random() < 0.005:
                key = b"q"
            elif chance.random() < 0.05:
                place = f"{chance.randint(1, 100)};{chance.randint(1, 30)}"
                key = f"\x1b[<0;{place}M\x1b[<0;{place}m".encode()
            terminal.press(key)
            pressed += 1
            terminal.rest(0.002 if chance.random() < 0.9 else 0.02)
        leave(terminal)
        ended_well(terminal)
        said = RECORDED.findall(text(terminal.painted))  # Nothing is said of none.
        told, earlier, stands = int(said[-1]) if said else 0, stands, standing(home)
        assert told <= stands <= earlier + told
        answered += told
    assert answered > COUNT // 40, (reviews, answered)
    print(f"{pressed} keys, {reviews} reviews, {answered} answers")
    sound(home)


def test_a_review_that_is_killed_has_kept_what_it_showed(cards: Path, home: Path) -> None:
    terminal = start(cards, home)
    grade(terminal, 5)
    terminal.press(" 4 ")
    terminal.signal(signal.SIGKILL)
    assert terminal.close() == -signal.SIGKILL
    shown = max(int(number) for number in DONE.findall(text(terminal.painted)))
    assert 5 <= shown <= standing(home) <= shown + 1
    sound(home)


def test_no_size_is_too_small_or_too_large(cards: Path, home: Path) -> None:
    chance = random.Random(20_241_004)
    terminal = start(cards, home)
    sizes = [(1, 1), (500, 200), (2, 1), (1, 200), (500, 1), (7, 3), (20, 5)]
    sizes += [(chance.randint(1, 500), chance.randint(1, 200)) for _ in range(COUNT // 40)]
    for keys in ("", " ", "t", "d", "q", "?"):
        terminal.press(keys)
        for size in sizes:
            terminal.resize(*size)
            terminal.rest(0.005)
    terminal.resize(100, 30)
    terminal.rest(0.2)
    terminal.press("\x1b")
    terminal.rest(0.2)
    terminal.press("3")
    terminal.until("answer")
    terminal.press("q")
    ended_well(terminal)
    assert standing(home) == 1


def test_a_burst_of_window_signals_changes_nothing(cards: Path, home: Path) -> None:
    terminal = start(cards, home)
    for _ in range(300):
        terminal.signal(signal.SIGWINCH)
    grade(terminal)
    terminal.press("q")
    ended_well(terminal)
    assert standing(home) == 1


def test_stopped_and_gone_on_with(cards: Path, home: Path) -> None:
    terminal = start(cards, home)
    terminal.press(" ")
    terminal.until("1 again")
    for _ in range(2):
        terminal.signal(signal.SIGTSTP)
        terminal.until(terminal.stopped)
        terminal.rest()
        assert restored(terminal.painted), modes(terminal.painted)
        assert terminal.settings() == terminal.before
        terminal.signal(signal.SIGCONT)
        terminal.until("1 again")
    terminal.press("3")
    terminal.until("answer")
    terminal.press("q")
    ended_well(terminal)
    assert standing(home) == 1


def test_ctrl_z_behind_the_key_that_leaves_comes_too_late(cards: Path, home: Path) -> None:
    terminal = start(cards, home)
    terminal.press("q")
    terminal.until("\x1b[?1049l")
    terminal.press("\x1a")
    terminal.until(lambda: terminal.over() or terminal.stopped())
    if terminal.stopped():
        terminal.signal(signal.SIGCONT)
    ended_well(terminal)


def test_a_window_that_is_closed_ends_the_review(cards: Path, home: Path) -> None:
    terminal = start(cards, home)
    grade(terminal, 3)
    terminal.hang_up()
    end = time.monotonic() + 10
    while not terminal.over() and time.monotonic() < end:
        time.sleep(0.02)
    assert terminal.over()
    assert standing(home) == 3
    sound(home)


def test_a_screen_left_before_it_is_there_is_no_error(store: Store, clock: Clock) -> None:
    session = Session(store, Selection(ROOT), Sm2(), clock, Limits())

    async def play() -> None:
        app = ReviewApp(session)
        async with app.run_test() as pilot:
            await pilot.pause()
            for screen in (StatisticsScreen(session), SummaryScreen(session, USUAL)):
                app.push_screen(screen)
                screen.dismiss()
                await pilot.pause(0.05)
            for action in ("deck(1)", "scroll(1)"):
                pushed = StatisticsScreen(session)
                app.push_screen(pushed)
                await pushed.run_action(action)
                pushed.dismiss()
                await pilot.pause(0.05)
            assert isinstance(app.screen, ReviewScreen)

    asyncio.run(play())


def test_a_press_on_a_widget_that_has_gone_is_no_error(store: Store, clock: Clock) -> None:
    session = Session(store, Selection(ROOT), Sm2(), clock, Limits())

    async def play() -> None:
        app = ReviewApp(session)
        async with app.run_test() as pilot:
            await pilot.pause()
            bar = app.screen.query_one(KeyBar)
            where = (*bar.region.offset, 0, 0, 1, *[False] * 3, *bar.region.offset)
            await bar.remove()
            for kind in (MouseDown, MouseMove, MouseUp):
                await app.on_event(kind(None, *where))
            await pilot.press("space", "3")
        assert [row.rating for row in store.log.rows()] == [3]

    asyncio.run(play())


def test_a_key_of_the_summary_that_is_clicked_twice_is_pressed_once(
    store: Store, clock: Clock
) -> None:
    session = Session(store, Selection(ROOT), Sm2(), clock, Limits())

    async def play() -> None:
        app = ReviewApp(session)
        async with app.run_test() as pilot:
            await pilot.pause()
            while session.current:
                await pilot.press("space", "3")
            await pilot.pause(0.1)
            bar = app.screen.query_one(KeyBar)
            column = next(start for start, key in bar._fitting() if key.action == "undo")
            for _ in range(3):
                bar.post_message(Click(bar, column + bar.gutter.left, 1, 0, 0, 1, *[False] * 3))
            await pilot.pause(0.2)
            assert isinstance(app.screen, ReviewScreen)
        assert [row.act for row in store.log.rows()].count(Act.UNDO) == 1

    asyncio.run(play())
