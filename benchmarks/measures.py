"""The measurements: each returns seconds, ours and what it is compared with."""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.generated import WORDS, sentence
from benchmarks.terminal import Screen

Pair = tuple[float, float]


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


def first_card(cards: Path, home: Path, runs: int) -> Pair:
    """Spawn to first card on the second start, against spawn to a blank Textual app."""
    review = [sys.executable, "-m", "studytool", "review", "--cards", str(cards)]
    review += ["--home", str(home)]
    blank = [sys.executable, "-m", "benchmarks.blank_app"]

    def start(command: list[str], text: str) -> float:
        screen = Screen(command, {})
        try:
            return screen.wait(text, screen.started)
        finally:
            screen.close()

    start(review, "n000-0000")
    start(blank, "is ready")
    return interleaved(lambda: start(review, "n000-0000"), lambda: start(blank, "is ready"), runs)


def keys(cards: Path, home: Path, count: int) -> tuple[Pair, Pair]:
    """Reveal and grade to paint, each against the repaint of a blank app."""
    review = [sys.executable, "-m", "studytool", "review", "--cards", str(cards)]
    review += ["--home", str(home), "--new", str(count + 1)]
    ours, blank = Screen(review, {}), Screen([sys.executable, "-m", "benchmarks.blank_app"], {})
    reveals, grades, repaints = [], [], []
    try:
        ours.wait("n000-0000", ours.started)
        blank.wait("is ready", blank.started)
        for number in range(1, count + 1):
            reveals.append(ours.press(" ", "4 Easy"))
            repaints.append(blank.press(" ", f"repaint number {number}"))
            grades.append(ours.press("3", f"n000-{number:04d}"))
    finally:
        ours.close()
        blank.close()
    base = statistics.median(repaints)
    return (statistics.median(reveals), base), (statistics.median(grades), base)


def loading(cards: Path, home: Path) -> tuple[float, float]:
    """CPU seconds of the first load of a library, and of a start where nothing changed."""
    from studytool.cli.console import clock
    from studytool.opening import open_library

    def load() -> float:
        since = time.process_time()
        open_library(home, cards, clock()).store.close()
        return time.process_time() - since

    return load(), statistics.median(load() for _ in range(5))


def genanki_alone(target: Path, notes: int) -> float:
    """Return how long genanki takes for notes of the same size."""
    import genanki

    model = genanki.Model(
        1_500_000_000,
        "Bench",
        fields=[{"name": "Front"}, {"name": "Back"}],
        templates=[{"name": "Card", "qfmt": "{{Front}}", "afmt": "{{Back}}"}],
    )
    rng = random.Random(1)
    deck = genanki.Deck(1_500_000_001, "Bench")
    for number in range(notes):
        formula = r" \(\frac{a_i}{b+1} \le \sum_{k=1}^{K} x_k\)" if number % 5 == 0 else ""
        fields = [f"Which {sentence(rng, 9)} {number}?", f"The {sentence(rng, 24)}{formula}."]
        deck.add_note(genanki.Note(model=model, fields=fields, guid=str(number)))
    since = time.perf_counter()
    genanki.Package(deck).write_to_file(target)
    return time.perf_counter() - since


def export(cards: Path, out: Path, bank: Path) -> tuple[float, float]:
    """Return how long the export takes, and again after one note was changed."""
    python = sys.executable
    command = [python, "-m", "studytool", "export", "--cards", str(cards), "-o", str(out)]
    first = process(command)
    bank.write_text(bank.read_text().replace("Which ", f"Which {WORDS[0]} ", 1))
    return first, process(command)
