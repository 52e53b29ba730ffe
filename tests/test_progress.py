"""How far long work is: the line, when it is painted, and that nothing of it stays."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import terminal
from hypothesis import given
from hypothesis import strategies as st

from studytool.cli.waiting import Waiting
from studytool.progress import duration, line


def test_the_line_tells_how_far_and_how_long() -> None:
    assert line("reading banks", 1, 4, 2.0, 80) == "reading banks  1/4  25 %  6 s left"
    assert line("reading banks", 4, 4, 2.0, 80) == "reading banks  4/4  100 %"
    assert line("reading banks", 0, 4, 2.0, 80) == "reading banks  0/4  0 %"
    assert line("writing", 7, 0, 2.0, 80) == "writing  7"


def test_what_does_not_fit_is_left_out_from_the_right() -> None:
    assert line("reading banks", 1, 4, 2.0, 25) == "reading banks  1/4  25 %"
    assert line("reading banks", 1, 4, 2.0, 20) == "reading banks  1/4"
    assert line("reading banks", 1, 4, 2.0, 7) == "reading"


def test_durations_are_rounded_up() -> None:
    seconds = [0, 0.2, 3.1, 89, 90, 121, 5_341, 7_300]
    expected = ["1 s", "1 s", "4 s", "89 s", "2 min", "3 min", "2 h", "3 h"]
    assert [duration(number) for number in seconds] == expected


@given(st.integers(-5, 2_000), st.integers(-5, 1_000), st.floats(0, 1e7), st.integers(-3, 200))
def test_the_line_always_fits(done: int, total: int, elapsed: float, width: int) -> None:
    text = line("reading banks", done, total, elapsed, width)
    assert len(text) <= max(0, width)
    assert "\n" not in text


class Screen(io.StringIO):
    """What a terminal would show of one line."""

    def row(self) -> str:
        cells: list[str] = []
        place = 0
        for char in self.getvalue():
            if char == "\r":
                place = 0
            else:
                cells[place : place + 1] = [char]
                place += 1
        return "".join(cells).rstrip()


def test_short_work_shows_nothing_and_long_work_leaves_nothing() -> None:
    now = 100.0
    screen = Screen()
    waiting = Waiting("reading", screen, lambda: now, lambda: 40)
    for number in range(49):
        now = 100 + number / 100
        waiting.step(number, 100)
    assert screen.getvalue() == ""
    now = 100.5
    waiting.step(50, 100)
    assert screen.row() == "reading  50/100  50 %  1 s left"
    now = 100.55
    waiting.step(55, 100)
    assert screen.row() == "reading  50/100  50 %  1 s left"
    now = 101.2
    waiting.step(100, 100)
    assert screen.row() == "reading  100/100  100 %"
    waiting.erase()
    assert screen.row() == ""
    assert screen.getvalue().endswith("\r")


def test_work_that_ends_early_writes_nothing_at_all() -> None:
    screen = Screen()
    waiting = Waiting("reading", screen, lambda: 0.0, lambda: 40)
    waiting.step(1, 1)
    waiting.erase()
    assert screen.getvalue() == ""


LONG_WORK = """
import sys, time
from studytool.cli.waiting import waiting
from studytool.progress import QUIET_SECONDS
with waiting("reading banks") as step:
    if step:
        step(1, 4)
        time.sleep(QUIET_SECONDS + 0.05)
        step(2, 4)
    print("told" if step else "quiet")
print("after")
"""


def test_only_a_terminal_sees_it(tmp_path: Path) -> None:
    script = [sys.executable, "-c", LONG_WORK]
    painted = terminal.run(script, [])[1]
    assert b"\rreading banks  2/4  50 %  1 s left" in painted
    assert b"told" in painted
    assert b"quiet" in terminal.run(script, [], {"TERM": "dumb"})[1]
    piped = ["sh", "-c", f"'{sys.executable}' -c '{LONG_WORK}' 2>'{tmp_path / 'stderr'}'"]
    assert b"quiet" in terminal.run(piped, [])[1]
    assert (tmp_path / "stderr").read_text() == ""
    assert b"\rreading banks" in terminal.run(script, [], {"NO_COLOR": "1"})[1]
