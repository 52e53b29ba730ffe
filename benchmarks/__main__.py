"""Prints the table of speeds: python -m benchmarks [--notes N] [--large N] [--runs N]."""

from __future__ import annotations

import argparse
import compileall
import tempfile
from collections.abc import Iterator
from pathlib import Path

import studytool
from benchmarks import measures
from benchmarks.generated import write_library
from benchmarks.table import Row, best, line, verdict


def rows(base: Path, notes: int, large: int, runs: int) -> Iterator[Row]:
    """Measure one thing after the other."""
    cards, home = base / "cards", base / "home"
    write_library(cards, notes, max(1, notes // 100))
    yield Row("--help", *measures.help_text(runs), "python -c pass", 6)

    cold, unchanged = measures.loading(cards, base, min(runs, 5))
    yield Row("first load, CPU", cold, 0.6, "0.6 s", 1)
    yield Row("load, nothing changed, CPU", unchanged, 0.02, "20 ms", 1)

    first, blank = measures.first_card(cards, home, runs)
    yield Row("spawn to first card", first, blank, "blank Textual app", 1.25)
    if large:
        many = base / "many"
        write_library(many, large, max(1, large // 100))
        wide = measures.first_cards(many, base / "home-many", cards, home, runs)
        yield Row(f"the same with {large:,} notes", *wide, f"{notes:,} notes", 1.15)

    keys = measures.keys(cards, home, 20 * runs)
    for name, ours in (("reveal", keys.reveals), ("grade", keys.grades)):
        yield Row(f"{name} to paint", best(ours, 0.5), best(keys.repaints, 0.5), "Static.update", 3)
        yield Row(f"{name}, p99", best(ours, 0.99), best(keys.repaints, 0.99), "its p99", 3)
    yield Row("memory of the review", keys.memory, keys.blank_memory, "blank app", 1.5, "MB")

    exported, again, alone = measures.exports(cards, base, home, notes, min(runs, 3))
    yield Row("export", exported, alone, "genanki alone", 12)
    yield Row("export, one note changed", again, alone, "genanki alone", 4)


def main() -> None:
    """Measure everything and print it."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    arguments.add_argument("--notes", type=int, default=10_000)
    arguments.add_argument("--large", type=int, default=100_000, help="0 leaves this out")
    arguments.add_argument("--runs", type=int, default=9)
    options = arguments.parse_args()
    compileall.compile_dir(Path(studytool.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        print(
            f"{options.notes:,} notes in files of 100, medians of {options.runs} runs", flush=True
        )
        measured = []
        for row in rows(Path(folder), options.notes, options.large, options.runs):
            measured.append(row)
            print(line(row), flush=True)
    print(verdict(measured))


if __name__ == "__main__":
    main()
