"""Prints the table of speeds: python -m benchmarks [--notes N] [--runs N]."""

from __future__ import annotations

import argparse
import compileall
import tempfile
from pathlib import Path

import studytool
from benchmarks import measures
from benchmarks.generated import write_library


def line(what: str, ours: float, theirs: float, compared: str) -> None:
    """Print one row of the table."""
    ratio = ours / theirs
    print(f"{what:<34}{ours * 1000:>9.1f} ms   {ratio:>6.2f} ×  {theirs * 1000:.1f} ms  {compared}")


def main() -> None:
    """Measure everything and print it."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    arguments.add_argument("--notes", type=int, default=10_000)
    arguments.add_argument("--runs", type=int, default=9)
    options = arguments.parse_args()
    compileall.compile_dir(Path(studytool.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        cards, home = base / "cards", base / "home"
        write_library(cards, options.notes, max(1, options.notes // 100))
        print(f"{options.notes} notes, median of {options.runs} runs")
        line("--help", *measures.help_text(options.runs), "python -c pass")
        cold, unchanged = measures.loading(cards, home)
        print(f"{'first load (CPU)':<34}{cold * 1000:>9.1f} ms")
        line("load, nothing changed (CPU)", unchanged, cold, "first load")
        first = measures.first_card(cards, home, options.runs)
        line("spawn to first card", *first, "blank Textual app")
        reveal, grade = measures.keys(cards, home, 12)
        line("reveal to paint", *reveal, "Static.update")
        line("grade to paint", *grade, "Static.update")
        alone = measures.genanki_alone(base / "alone.apkg", options.notes)
        exported, again = measures.export(cards, base / "out", cards / "bank_000.yaml")
        line("export", exported, alone, "genanki alone")
        line("export, one note changed", again, alone, "genanki alone")


if __name__ == "__main__":
    main()
