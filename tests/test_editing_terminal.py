"""The terminal goes to the editor and comes back, on a real one."""

from __future__ import annotations

import re
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest
from editing_banks import BANK
from terminal import Terminal
from terminal_stream import restored

EDITOR = """\
#!/bin/sh
stty -a > "$0.settings"
echo "EDITING $1"
read words || exit 1
sed -i "s/First question/$words/" "$1"
"""


@pytest.fixture
def review(tmp_path: Path) -> Iterator[Terminal]:
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "a.yaml").write_text(BANK)
    editor = tmp_path / "editor"
    editor.write_text(EDITOR)
    editor.chmod(0o755)
    places = ["--cards", str(tmp_path / "cards"), "--home", str(tmp_path / "home")]
    # An empty number of columns or lines does not count, whoever set it here.
    where = {"VISUAL": f"'{editor}'", "COLUMNS": "", "LINES": ""}
    terminal = Terminal([sys.executable, "-m", "studytool", "review", *places], where)
    terminal.until("First")
    terminal.rest(0.5)
    yield terminal
    if terminal.ended is None:
        terminal.close(5)


def test_the_editor_has_the_terminal_and_the_review_gets_it_back(
    review: Terminal, tmp_path: Path
) -> None:
    review.press("e")
    painted = review.until(f"EDITING {tmp_path}/cards/a.yaml")
    assert b"\x1b[?1049l" in painted
    assert b"\x1b[?25h" in painted
    assert restored(review.painted)
    assert review.settings()[3] == review.before[3]
    assert " icanon" in (tmp_path / "editor.settings").read_text()
    review.press("Which new words\n")
    painted = review.until("changed")
    assert b"\x1b[?1049h" in painted
    review.rest(0.3)
    flags = review.settings()[3]
    assert isinstance(flags, int)
    assert not flags & termios.ICANON
    review.press(" ")
    review.until("1 again")
    review.press("3")
    review.until("Second")
    review.press("q")
    assert review.close() == 0
    assert b"Which new words" in review.painted
    assert restored(review.painted)


def test_ctrl_c_in_the_editor_ends_the_editor_alone(review: Terminal) -> None:
    review.press("e")
    review.until("EDITING")
    review.press("\x03")
    review.until("Nothing")
    review.rest(0.3)
    review.press("\x03")
    assert review.close() == 0
    assert b"Traceback" not in review.painted


def test_a_window_that_changes_its_size_meanwhile_is_filled(review: Terminal) -> None:
    review.press("e")
    review.until("EDITING")
    review.resize(50, 20)
    review.press("Words\n")
    review.until("changed")
    review.rest(0.5)
    review.press("?")
    painted = review.until("Show the answer") + review.rest(0.3)
    rows = {int(row) for row in re.findall(rb"\x1b\[(\d+);\d+H", painted)}
    assert max(rows) == 20
    review.press("q")
    review.press("q")
    assert review.close() == 0
