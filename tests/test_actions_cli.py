"""`review --flagged` and `--marked`, and what the commands say of cards that are put away."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import terminal

COMMAND = [sys.executable, "-m", "studytool"]
BANK = """deck: {deck}
tags: [{deck}]
notes:
- {{id: {deck}1, q: 'What is {deck}1?', a: It.}}
- {{id: {deck}2, q: 'What is {deck}2?', a: It.}}
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "banks"
    folder.mkdir()
    for deck in ("A", "B"):
        (folder / f"{deck}.yaml").write_text(BANK.format(deck=deck))
    return folder


def review(library: Path, keys: list[tuple[str, str]], *options: str) -> str:
    """Review in a terminal, and return all that was painted."""
    command = [*COMMAND, "review", "--cards", str(library), *options]
    code, painted = terminal.run(command, keys, dict(os.environ))
    assert code == 0, painted[-2000:]
    return painted.decode()


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *map(str, words)], capture_output=True, text=True, timeout=60)


def due(library: Path) -> dict[str, int]:
    """Return how many cards each deck has left."""
    found = json.loads(run("due", "--json", "--cards", library).stdout)
    return {deck["deck"]: deck["total"] for deck in found["decks"]}


def test_flagged_and_marked_select_with_deck_and_tag(library: Path) -> None:
    keys = [
        ("A1", "f"), ("no flag", "2"), ("flag 2", "-"), ("A2", "*"), ("marked", " "),
        ("good", "3"), ("B1", "*"), ("marked", "f"), ("no flag", "7"), ("flag 7", "q"),
    ]  # fmt: skip
    review(library, keys)
    assert due(library) == {"A": 0, "B": 2}
    painted = review(library, [("B1", "q")], "--flagged", "--marked")
    assert "flag 7" in painted
    assert "0/1" in painted
    assert "0/1" in review(library, [("B1", "q")], "B", "--marked", "--tag", "B")
    for options in (["A", "--flagged"], ["--tag", "A", "--flagged"]):
        assert "All cards here are suspended or buried." in review(library, [], *options)
    assert "No card here is flagged and marked." in review(
        library, [], "A", "--flagged", "--marked"
    )


def test_undo_after_quitting_brings_a_suspended_note_back(library: Path) -> None:
    review(library, [("A1", "!"), ("A2", "@"), ("B1", "q")])
    assert due(library) == {"A": 0, "B": 2}
    assert "suspended" in run("show", "A1", "--cards", library).stdout
    review(library, [("B1", "u"), ("A2", "u"), ("A1", "q")])
    assert due(library) == {"A": 2, "B": 2}
    assert "suspended" not in run("show", "A1", "--cards", library).stdout


def test_show_tells_what_is_set(library: Path) -> None:
    review(library, [("A1", "f"), ("no flag", "5"), ("flag 5", "*"), ("marked", "q")])
    assert "front: new, flag 5, marked" in run("show", "A1", "--cards", library).stdout


def test_a_deck_that_is_put_away_says_so(library: Path) -> None:
    review(library, [("A1", "@"), ("A2", "@"), ("Done for today", "q")], "A")
    assert "All cards here are suspended or buried." in review(library, [], "A")
