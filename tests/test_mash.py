"""Thousands of keys without sense: the program, the terminal and the log stay sound.

MASH_KEYS in the environment says how many; MASH_SEED where they begin.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from collections import deque
from datetime import date
from pathlib import Path

import pytest
from database_checks import SM2
from terminal import Terminal
from terminal_stream import restored, text
from test_two_reviews import cache

from studytool.connection import prove
from studytool.keymap import ALWAYS, DEFAULTS
from studytool.scheduling import replay
from studytool.standings import replay_standings
from studytool.store import Store

KEYS = int(os.environ.get("MASH_KEYS", "900"))
SEED = int(os.environ.get("MASH_SEED", "5"))
SIZES = [(80, 24), (40, 12), (100, 30), (20, 6), (8, 3), (1, 1), (200, 60)]

SENT = {
    **{"space": " ", "enter": "\r", "escape": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z"},
    **{"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D"},
    **{"home": "\x1b[H", "end": "\x1b[F", "pageup": "\x1b[5~", "pagedown": "\x1b[6~"},
}
USUAL = [*"  123ju"]
LEAVING = ["q", "\x03", "\x11"]
ODD = [
    *("\x1a", "\x10", "\x1c", "\x00", "\x7f", "\x08", "\x0c", "\x1b\x1b", "\x1bx", "\x1b[200~"),
    *("é", "ß", "日", "👩‍🚀", "0", "9", "~", "\\", "{", "\x1bOP", "\x1b[15~", "\x1b[999;999R"),
    *("\x1b[200~pasted words\nand more\x1b[201~", "\x1b[I", "\x1b[O", "\x1b[?2026;2$y"),
    *("\x1b[<0;5;3M\x1b[<0;5;3m", "\x1b[<0;70;23M\x1b[<0;70;23m", "\x1b[<0;2;24M\x1b[<0;2;24m"),
    *("\x1b[<64;9;9M", "\x1b[<65;9;9M", "\x1b[<2;30;12M\x1b[<2;30;12m", "\x1b[<35;1;1M"),
]


PHRASES = [
    *(
        "d0\r",
        "d12\r",
        "d\x1b",
        "dd99999\r",
        "f3",
        "ppp",
        "A",
        "b",
        "b/is:new\r ",
        "bav-u",
        "tdq",
        "iq",
    ),
    *("b/deck:(\x1b", "/a3\r-", "/b\ra*u", "ba@u\x1b", "R", "\rf3", "uuu"),
]
"""Keys that belong together, and lead on to where single ones seldom come."""


def sent(key: str) -> str:
    """Return what a terminal sends for a key."""
    return chr(ord(key[5]) - 96) if key.startswith("ctrl+") else SENT.get(key, key)


KNOWN = sorted(
    {sent(key) for keys in (*DEFAULTS.values(), *ALWAYS.values()) for key in keys} - {*LEAVING}
)
SHARES = [(0.015, LEAVING), (0.12, ODD), (0.18, PHRASES), (0.42, USUAL), (1.0, KNOWN)]
"""Which keys are pressed, each with the share up to there."""

NOTES = """\
- {{id: a{n}, q: 'Question {n}? ![d](media/p.png)', a: '**Ans** {n} $\\frac{{a}}{{b}}$', hint: Hm.}}
- {{id: b{n}, q: 'Typed {n}?', a: 'word', accept: [word], source: {{url: 'https://x.org/{n}'}}}}
- {{id: c{n}, cloze: 'A {n} {{{{c1::x {{{{c2::y::why}}}}}}}} end', extra: 'Because.'}}
- {{id: d{n}, q: 'Which {n}?', choices: {{right: [r, s], wrong: [t, u, v]}}}}
- {{id: e{n}, q: 'How {n}?', steps: [one, two, three]}}
- {{id: f{n}, q: 'Long {n}?', a: '{long}', reverse: true}}
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A library of all kinds; an editor that breaks a bank and mends it in turns; a viewer."""
    cards = tmp_path / "cards"
    (cards / "media").mkdir(parents=True)
    (cards / "media" / "p.png").write_bytes(b"x")
    for deck in ("A", "A::B", "C"):
        lines = "".join(
            NOTES.format(n=f"{deck[-1]}{number}", long="many words " * 150) for number in range(25)
        )
        (cards / f"{deck[-1]}.yaml").write_text(f"deck: {deck}\nnotes:\n{lines}")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "config.toml").write_text(
        "[limits]\nnew = 999\nreviews = 999\n"
        "[leeches]\nthreshold = 1\nsuspend = true\n"
        "[auto-advance]\nquestion = 1\nanswer = 1\ngrade = 'good'\n"
    )
    tools = tmp_path / "tools"
    tools.mkdir()
    flip = 'if tail -1 "$1" | grep -q nope; then sed -i "$ d" "$1"; else echo nope: 1 >> "$1"; fi'
    for name, does in (("flip", flip), ("xdg-open", "exit 0"), ("open", "exit 0")):
        (tools / name).write_text(f"#!/bin/sh\n{does}\n")
        (tools / name).chmod(0o755)
    return tmp_path


def environment(place: Path, editor: str) -> dict[str, str]:
    """Return variables with which nothing outside of the folder is touched."""
    return {
        **{"STUDYTOOL_HOME": str(place / "home"), "STUDYTOOL_CARDS": str(place / "cards")},
        **{"HOME": str(place), "XDG_DOWNLOAD_DIR": str(place), "VISUAL": editor},
        **{
            "PATH": f"{place / 'tools'}{os.pathsep}{os.environ['PATH']}",
            "COLUMNS": "",
            "LINES": "",
        },
    }


def begin(place: Path, words: list[str], editor: str) -> Terminal:
    """Start the program and wait until it paints."""
    command = [sys.executable, "-m", "studytool", *words]
    terminal = Terminal(command, environment(place, editor), SIZES[0], place)
    terminal.until("\x1b[?1049h")
    terminal.rest(0.2)
    return terminal


def ended(terminal: Terminal, last: list[str]) -> None:
    """Check how a program ended, after these keys."""
    settings = terminal.settings()
    code = terminal.close()
    shown = text(terminal.painted)
    # What comes after the key that leaves may find the terminal as the shell has it.
    signals = {"\x03": -signal.SIGINT, "\x1c": -signal.SIGQUIT}
    assert code in (0, *(signals[key] for key in last if key in signals)), shown[-9000:]
    wrong = shown.find("Traceback")
    assert wrong < 0, shown[wrong:]
    assert restored(terminal.painted)
    assert settings == terminal.before


def mashed(place: Path, words: list[str], editor: str, rng: random.Random, keys: int) -> int:
    """Press keys until the program has ended, and return how many."""
    terminal = begin(place, words, editor)
    pressed = 0
    burst: list[str] = []
    last: deque[list[str]] = deque(maxlen=5)
    while not terminal.over():
        burst = [
            rng.choice(next(keys for share, keys in SHARES if draw < share))
            for draw in (rng.random() for _ in range(rng.randrange(1, 10)))
        ]
        if "\x1a" in burst:  # What comes after it is the shell's.
            burst = burst[: burst.index("\x1a") + 1]
        if pressed >= keys:
            burst = ["\x1b[201~", "\x11"]  # Ends a paste, and the program on every screen.
        last.append(burst)
        terminal.press("".join(burst))
        pressed += len(burst)
        if rng.random() < 0.03:
            terminal.resize(*rng.choice(SIZES))
        terminal.rest(rng.choice((0, 0.01, 0.05)))
        if burst[-1] == "\x1a":
            terminal.rest(0.3)
        if terminal.stopped():
            terminal.go_on()
        assert pressed < keys + 500, "the program does not end"
    ended(terminal, [key for keys in last for key in keys])
    return pressed


@pytest.mark.parametrize(
    "words", [["review"], ["review", "--type", "--order", "mix"], [], ["browse"]], ids=repr
)
def test_keys_without_sense(place: Path, words: list[str]) -> None:
    rng = random.Random(f"{SEED} {words}")
    left = KEYS // 3
    while left > 0:
        left -= mashed(place, words, rng.choice(["true", "flip"]), rng, left)
    store = Store.open(place / "home", date(2024, 10, 4))
    rows = store.log.rows()
    assert rows
    assert cache(store) == replay(rows, SM2)
    assert store.standings.all() == replay_standings(rows)
    found = store.connection.execute("SELECT id, checksum FROM reviews").fetchall()
    assert dict(found) == {row.id: row.checksum() for row in rows}
    prove(store.connection)
    store.close()
