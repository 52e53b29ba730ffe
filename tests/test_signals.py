"""What a shell and a system do to a review: end it, stop it, let it go on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from terminal import Terminal
from textual.app import App

from studytool.tui.note_editing import run
from studytool.tui.stopping import stopped_once

BANK = "deck: D\nnotes:\n- {id: a, q: First question?, a: First answer.}\n"


@pytest.fixture
def review(tmp_path: Path) -> Iterator[Terminal]:
    (tmp_path / "a.yaml").write_text(BANK)
    places = ["--cards", str(tmp_path), "--home", str(tmp_path / "home")]
    terminal = Terminal([sys.executable, "-m", "studytool", "review", *places])
    terminal.until("First")
    terminal.rest(0.5)
    yield terminal
    if terminal.ended is None:
        terminal.close(5)


def state(terminal: Terminal) -> str:
    """Return what `ps` says of the program, such as T for stopped."""
    shown = ["ps", "-o", "state=", "-p", str(terminal.child)]
    return subprocess.run(shown, capture_output=True, text=True).stdout.strip()[:1]


def test_the_terminal_is_put_back_when_the_program_is_asked_to_end(review: Terminal) -> None:
    review.signal(signal.SIGTERM)
    assert review.close() == 0
    assert b"\x1b[?1049l" in review.painted and b"\x1b[?25h" in review.painted


def test_ctrl_z_stops_the_program_and_fg_goes_on(review: Terminal) -> None:
    review.press("\x1a")
    review.until(lambda: state(review) == "T")
    review.rest()
    assert b"\x1b[?1049l" in review.painted
    review.signal(signal.SIGCONT)
    review.until("First")
    review.rest(0.5)
    review.press("q")
    assert review.close() == 0


@pytest.fixture
def stops() -> Iterator[list[int]]:
    """Every Ctrl+Z that would stop this process; each is followed by another one at once."""
    seen: list[int] = []

    def stop(number: int, _: object) -> None:
        seen.append(number)
        if len(seen) < 3:
            os.kill(os.getpid(), signal.SIGTSTP)

    before = signal.signal(signal.SIGTSTP, stop)
    yield seen
    signal.signal(signal.SIGTSTP, before)


def test_ctrl_z_while_the_program_stops_does_not_stop_it_twice(stops: list[int]) -> None:
    with stopped_once():
        os.kill(os.getpid(), signal.SIGTSTP)
        os.kill(os.getpid(), signal.SIGTSTP)
    assert len(stops) == 1
    os.kill(os.getpid(), signal.SIGTSTP)
    assert len(stops) > 1


def test_ctrl_z_while_the_editor_gets_the_terminal_or_gives_it_back_does_nothing(
    stops: list[int],
) -> None:
    class Handed(App[None]):
        @contextmanager
        def suspend(self) -> Iterator[None]:
            os.kill(os.getpid(), signal.SIGTSTP)
            yield
            os.kill(os.getpid(), signal.SIGTSTP)

    assert run(Handed(), ["sh", "-c", "exit 3"]) == 3
    assert stops == []
    os.kill(os.getpid(), signal.SIGTSTP)
    assert stops


@pytest.mark.parametrize("command", [["due"], ["stats"], ["show", "a"], ["check"], ["export"]])
def test_a_command_without_stdout_says_nothing(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(BANK)
    places = {"STUDYTOOL_CARDS": str(tmp_path), "STUDYTOOL_HOME": str(tmp_path / "home")}
    line = f'exec "{sys.executable}" -m studytool "$@" >&-'
    done = subprocess.run(
        ["sh", "-c", line, "sh", *command],
        env={**os.environ, **places, "PYTHONPATH": str(Path(__file__).parent.parent)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
