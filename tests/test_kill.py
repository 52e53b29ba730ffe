"""A review killed at any moment loses no answer it has acknowledged, and halves none."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from mirror_rows import basic, put

from studytool.connection import prove
from studytool.notes import Card
from studytool.scheduling import replay
from studytool.sm2 import Sm2
from studytool.store import Store

TESTS = Path(__file__).parent
ROUNDS, AT_ONCE = 10, 4


def test_killed_forty_times(tmp_path: Path) -> None:
    chance = random.Random(20_241_004)
    homes = [tmp_path / str(number) for number in range(AT_ONCE)]
    for home in homes:
        store = Store.open(home, date(2024, 10, 4))
        put(store, [basic(f"n{number}") for number in range(60)])
        store.close()
    acknowledged: dict[Path, set[int]] = {home: set() for home in homes}
    for round_number in range(ROUNDS):
        children = [start(home, round_number) for home in homes]
        assert [read_line(child) for child in children] == ["ready\n"] * AT_ONCE
        heard = [read_line(child) for child in children]
        time.sleep(chance.uniform(0, 0.08))
        for child in chance.sample(children, AT_ONCE):
            child.send_signal(signal.SIGKILL)
            time.sleep(chance.uniform(0, 0.005))
        for home, child, first in zip(homes, children, heard, strict=True):
            assert child.stdout is not None
            assert child.stderr is not None
            with child.stdout, child.stderr:
                rest, errors = child.stdout.read(), child.stderr.read()
            assert child.wait(timeout=60) == -signal.SIGKILL
            assert errors == ""
            words = (first + rest).rpartition("\n")[0].split()
            acknowledged[home].update(int(word) for word in words)
            check(home, acknowledged[home], round_number)
    assert sum(map(len, acknowledged.values())) > 40 * 5


def start(home: Path, round_number: int) -> subprocess.Popen[str]:
    """Start a child that grades for longer than it will live."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS.parent), str(TESTS)])}
    return subprocess.Popen(
        [sys.executable, TESTS / "grading_child.py", home, "4999", str(round_number)],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def read_line(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline()


def check(home: Path, acknowledged: set[int], round_number: int) -> None:
    """The next start is silent, everything acknowledged is there, and the cache is the replay."""
    store = Store.open(home, date(2024, 10, 4))
    try:
        rows = store.log.rows()
        kept = {row.duration_ms for row in rows if row.rating}
        assert acknowledged <= kept
        assert len(kept - acknowledged) <= round_number + 1
        cards = [Card(*row) for row in store.connection.execute("SELECT note, part FROM cards")]
        assert {card: store.state(card) for card in cards} == replay(rows, Sm2())
        assert store.connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        prove(store.connection)
    finally:
        store.close()
