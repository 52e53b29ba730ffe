"""Whatever an escape sequence stands in, no screen of the review lets it reach the terminal.

The real program runs on a real pseudo-terminal, on a library whose notes, decks, tags, banks and
settings hold the payloads, and goes through all its screens. With PAYLOAD_MATRIX=full in the
environment each payload has a review of its own.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import pytest
from payload_notes import put, toml_text
from payloads import BEGIN, PAYLOADS, as_name, as_written, marked
from terminal import Terminal
from terminal_stream import controls, restored, strange, text

from studytool.store import Store

SIZE = (160, 120)
DECKS = [sys.executable, "-m", "studytool", "--cards"]
REVIEW = [sys.executable, "-m", "studytool", "review", "--cards"]
BANK = "deck: A\nnotes:\n- {id: one, q: First?, a: Yes., hint: None}\n"
BROKEN = "deck: B\nnotes:\n- {id: two, q: Two?, a: No., nope: 1}\n"
A_TIME = 1 if os.environ.get("PAYLOAD_MATRIX") == "full" else 10
TEXTS = [marked(*PAYLOADS[start : start + A_TIME]) for start in range(0, len(PAYLOADS), A_TIME)]


def library(folder: Path, payload: str) -> tuple[Path, Path]:
    """Make a user's folder and a library with a text wherever one can stand; return both."""
    home, cards = folder / "home", folder / as_name(as_written(payload))
    home.mkdir(parents=True)
    cards.mkdir()
    (cards / "0.yaml").write_text(BANK)
    (cards / f"{as_name(payload)}.yaml").write_text(BROKEN)
    limit = f"[decks.{toml_text(f'{payload}z')}]\nnew = 1\n"
    (home / "config.toml").write_text(limit.replace("\x7f", "\\u007f"))
    store = Store.open(home, date(2024, 10, 4))
    put(store, cards, payload)
    store.close()
    return home, cards


def toured(folder: Path, payload: str) -> Terminal:
    """Return the terminal after a review that went through all screens."""
    home, cards = library(folder, payload)
    where = {"STUDYTOOL_HOME": str(home), "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}
    seen = Terminal([*REVIEW, str(cards)], where, SIZE)
    seen.until("First?")
    for key, words in (("?", "Bury the card"), ("q", ""), ("t", "Statistics"), *[("d", "")] * 6):
        seen.press(key)
        seen.until(words)
        seen.rest(0.05)
    seen.press("q")
    for _ in range(7):
        seen.press("i")
        seen.until("place")
        seen.press("ieo")
        seen.rest(0.05)
        seen.press("h ")
        seen.until("1 again")
        seen.press("3")
        seen.until("answer")
    seen.press("uuu")
    seen.rest()
    seen.press("q")
    return seen


def toured_decks(folder: Path, payload: str) -> Terminal:
    """Return the terminal after a walk through the tree of decks."""
    home, cards = library(folder, payload)
    where = {"STUDYTOOL_HOME": str(home), "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}
    seen = Terminal([*DECKS, str(cards)], where, SIZE)
    seen.until("All decks")
    for keys in ("jjjj", "hhh", "lll", "G", "t", "q", "?", "q", f"/{BEGIN}"):
        seen.press(keys)
        seen.rest(0.05)
    seen.press("\x03")
    return seen


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The controls that the program writes of its own accord."""
    seen = toured(tmp_path_factory.mktemp("harmless"), "harmless words")
    assert seen.close() == 0
    decks = toured_decks(tmp_path_factory.mktemp("harmless"), "harmless words")
    assert decks.close() == 0
    return controls(seen.painted) | controls(decks.painted)


@pytest.mark.parametrize("payload", TEXTS, ids=range(len(TEXTS)))
def test_no_payload_gets_onto_a_screen(payload: str, own: set[str], tmp_path: Path) -> None:
    seen = toured(tmp_path, payload)
    assert seen.close() == 0
    assert strange(seen.painted, own, SIZE) == set()
    assert restored(seen.painted)
    shown = text(seen.painted)
    assert "Traceback" not in shown
    for words in ("\nStatistics · ", "\nhttp://x/", "`", "\n"):  # a message is broken anywhere
        assert f"{words}{BEGIN}" in shown, words


@pytest.mark.parametrize("payload", TEXTS, ids=range(len(TEXTS)))
def test_no_payload_gets_into_the_tree_of_decks(
    payload: str, own: set[str], tmp_path: Path
) -> None:
    seen = toured_decks(tmp_path, payload)
    assert seen.close() == 0
    assert strange(seen.painted, own, SIZE) == set()
    assert restored(seen.painted)
    shown = text(seen.painted)
    assert "Traceback" not in shown
    assert BEGIN in shown
