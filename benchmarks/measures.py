"""The measurements: each returns seconds, ours and what it is compared with."""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.generated import WORDS, sentence
from benchmarks.terminal import Screen

Pair = tuple[float, float]
Against = tuple[list[str], str]
"""A command, and a text that it paints."""


def interleaved(ours: Callable[[], float], theirs: Callable[[], float], runs: int) -> Pair:
    """Return the medians of two measurements taken in turns."""
    pairs = [(ours(), theirs()) for _ in range(runs)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def process(command: list[str], **environment: str) -> float:
    """Return how long a process runs, in seconds."""
    since = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **environment})
    return time.perf_counter() - since


def help_text(runs: int) -> Pair:
    python = sys.executable
    return interleaved(
        lambda: process([python, "-m", "studytool", "--help"]),
        lambda: process([python, "-c", "pass"]),
        runs,
    )


def review(cards: Path, home: Path, *options: str) -> list[str]:
    """Return the command that reviews a library."""
    places = ["--cards", str(cards), "--home", str(home)]
    return [sys.executable, "-m", "studytool", "review", *places, *options]


BLANK = [sys.executable, "-m", "benchmarks.blank_app"]
FIRST_QUESTION, BLANK_TEXT = "n000-0000", "is ready"


def in_order(count: int) -> list[str]:
    """Return what is asked of a library without history."""
    return [f"n{number // 100:03d}-{number % 100:04d}" for number in range(count)]


def start(command: list[str], text: str) -> float:
    """Return the seconds from spawning a program to a text that it paints."""
    screen = Screen(command, {})
    try:
        return screen.wait(text, screen.started)
    finally:
        screen.close()


def first_card(cards: Path, home: Path, runs: int) -> Pair:
    """Spawn to first card on the second start, against spawn to a blank Textual app."""
    ours, blank = review(cards, home), BLANK
    start(ours, FIRST_QUESTION)
    start(blank, BLANK_TEXT)
    return interleaved(
        lambda: start(ours, FIRST_QUESTION), lambda: start(blank, BLANK_TEXT), 2 * runs
    )


def first_cards(many: Path, home_many: Path, first: str, against: Against, runs: int) -> Pair:
    """Spawn to first card of a large library on the second start, and of something smaller."""
    large = review(many, home_many)
    start(large, first)
    return interleaved(lambda: start(large, first), lambda: start(*against), 2 * runs)


class Keys(NamedTuple):
    """Seconds from key to paint, key by key, and the memory of both programs in bytes."""

    reveals: list[float]
    grades: list[float]
    repaints: list[float]
    memory: float
    blank_memory: float


def keys(cards: Path, home: Path, names: Sequence[str]) -> Keys:
    """Reveal and grade in a review, each between repaints of a blank app.

    `names` are what the screen shows of the questions, in the order in which they are asked.
    """
    count = len(names) - 1
    ours = Screen(review(cards, home, "--new", str(count + 1)), {})
    blank = Screen(BLANK, {})
    reveals, grades, repaints = [], [], []
    try:
        ours.wait(names[0], ours.started)
        blank.wait(BLANK_TEXT, blank.started)
        ours.settle(1.5)  # past what the review does once its first card is there
        for number in range(1, count + 1):
            reveals.append(ours.press(" ", "4 easy"))
            repaints.append(blank.press(" ", f"repaint number {number}"))
            grades.append(ours.press("3", names[number]))
        return Keys(reveals, grades, repaints, ours.memory(), blank.memory())
    finally:
        ours.close()
        blank.close()


LOAD = """
import sys, time
from pathlib import Path
from studytool.cli.console import clock
from studytool.opening import open_library
since = time.process_time()
open_library(Path(sys.argv[1]), Path(sys.argv[2]), clock()).store.close()
print(time.process_time() - since)
"""


def loading(cards: Path, base: Path, runs: int) -> Pair:
    """CPU seconds of the first load of a library, and of a start where nothing changed.

    Both into a database that is there already; to make one costs 0.1 s, once.
    """

    def load(home: Path, library: Path = cards) -> float:
        command = [sys.executable, "-c", LOAD, str(home), str(library)]
        return float(subprocess.run(command, check=True, capture_output=True).stdout)

    empty = base / "empty"
    empty.mkdir()
    homes = [base / f"load-{run}" for run in range(runs)]
    for home in homes:
        load(home, empty)
    cold = statistics.median(load(home) for home in homes)
    return cold, statistics.median(load(home) for home in homes)


ALONE = """
import json, sys, genanki
model = genanki.Model(1500000000, "Bench", fields=[{"name": "Front"}, {"name": "Back"}],
    templates=[{"name": "Card", "qfmt": "{{Front}}", "afmt": "{{Back}}"}])
deck = genanki.Deck(1500000001, "Bench")
for number, fields in enumerate(json.load(open(sys.argv[1]))):
    deck.add_note(genanki.Note(model=model, fields=fields, guid=str(number)))
genanki.Package(deck).write_to_file(sys.argv[2])
"""


def exports(
    cards: Path, base: Path, home: Path, notes: int, runs: int
) -> tuple[float, float, float]:
    """Return how long an export takes, again with one note changed, and genanki by itself.

    All three are programs from start to end; genanki is given fields of the same size.
    """
    fields = base / "fields.json"
    fields.write_text(json.dumps(list(anki_fields(notes))))
    command = [sys.executable, "-m", "studytool", "export", "--cards", str(cards)]
    command += ["-o", str(base / "out")]
    bank = cards / "bank_000.yaml"
    alone, first, again = [], [], []
    for _ in range(runs):
        alone.append(process([sys.executable, "-c", ALONE, str(fields), str(base / "a.apkg")]))
        first.append(process([*command, "--home", str(base / "nobody")]))
    process([*command, "--home", str(home)])
    for run in range(runs):
        bank.write_text(bank.read_text().replace("Which ", f"Which {WORDS[run]} ", 1))
        again.append(process([*command, "--home", str(home)]))
    return statistics.median(first), statistics.median(again), statistics.median(alone)


def anki_fields(notes: int) -> Iterator[list[str]]:
    """Yield the fields of notes of the size that `write_library` writes."""
    rng = random.Random(1)
    for number in range(notes):
        formula = r" \(\frac{a_i}{b+1} \le \sum_{k=1}^{K} x_k\)" if number % 5 == 0 else ""
        yield [f"Which {sentence(rng, 9)} {number}?", f"The {sentence(rng, 24)}{formula}."]
