"""Prints the table of speeds: `python -m benchmarks`, with `--help` for its sizes."""

from __future__ import annotations

import argparse
import compileall
import tempfile
from collections.abc import Iterator
from pathlib import Path

import studytool
from benchmarks import formulas, measures
from benchmarks.generated import write_library
from benchmarks.history import write_history
from benchmarks.table import Row, best, line, verdict


def key_rows(keys: measures.Keys, where: str = "") -> Iterator[Row]:
    """Return what keys cost: the usual time, and the worst of a hundred."""
    for name, ours in (("reveal", keys.reveals), ("grade", keys.grades)):
        for what, share, other in ((" to paint", 0.5, "Static.update"), (", p99", 0.99, "its p99")):
            times = best(ours, share), best(keys.repaints, share)
            yield Row(name + what + where, *times, other, 2.5)


def rows(base: Path, notes: int, large: int, reviews: int, runs: int) -> Iterator[Row]:
    """Measure one thing after the other."""
    cards, home = base / "cards", base / "home"
    write_library(cards, notes, max(1, notes // 100))
    yield Row("--help", *measures.help_text(runs), "python -c pass", 6)

    yield Row("import of texmath, net", formulas.imported(runs), 0.015, "15 ms", 1)
    yield Row("a formula on one line", formulas.inline(), 0.0001, "0.1 ms", 1, "µs")
    yield Row("a formula in display", formulas.display(), 0.0005, "0.5 ms", 1, "µs")

    cold, unchanged = measures.loading(cards, base, min(runs, 5))
    yield Row("first load, CPU", cold, 0.6, "0.6 s", 1)
    yield Row("load, nothing changed, CPU", unchanged, 0.02, "20 ms", 1)

    first, blank = measures.first_card(cards, home, runs)
    yield Row("spawn to first card", first, blank, "blank Textual app", 1.25)
    keys = measures.keys(cards, home, measures.in_order(20 * runs + 1))
    yield from key_rows(keys)
    yield Row("memory of the review", keys.memory, keys.blank_memory, "blank app", 1.5, "MB")

    if large:
        many, home_many = base / "many", base / "home-many"
        write_library(many, large, max(1, large // 100))
        first = measures.FIRST_QUESTION
        small = measures.review(cards, base / "home-small"), first
        measures.start(*small)
        wide = measures.first_cards(many, home_many, first, small, runs)
        yield Row(f"first card, {large:,} notes", *wide, f"{notes:,} notes", 1.15)
        names = write_history(many, home_many, reviews, 20 * runs + 1)
        empty = measures.BLANK, measures.BLANK_TEXT
        wide = measures.first_cards(many, home_many, names[0], empty, runs)
        yield Row(f"the same, {reviews:,} reviews", *wide, "blank Textual app", 1.25)
        yield from key_rows(measures.keys(many, home_many, names), " there")

    exported, again, alone = measures.exports(cards, base, home, notes, min(runs, 3))
    yield Row("export", exported, alone, "genanki alone", 12)
    yield Row("export, one note changed", again, alone, "genanki alone", 4)


def main() -> None:
    """Measure everything and print it."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    arguments.add_argument("--notes", type=int, default=10_000)
    arguments.add_argument("--large", type=int, default=50_000, help="0 leaves this out")
    arguments.add_argument("--reviews", type=int, default=500_000, help="of the large library")
    arguments.add_argument("--runs", type=int, default=9)
    options = arguments.parse_args()
    compileall.compile_dir(Path(studytool.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        print(
            f"{options.notes:,} notes in files of 100, medians of {options.runs} runs", flush=True
        )
        measured = []
        for row in rows(Path(folder), options.notes, options.large, options.reviews, options.runs):
            measured.append(row)
            print(line(row), flush=True)
    print(verdict(measured))


if __name__ == "__main__":
    main()
