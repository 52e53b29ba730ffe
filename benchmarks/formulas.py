"""What formulas cost: importing the layout, and setting those that the tests look at."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.measures import interleaved, process
from studytool.texmath import block, line

GOLDEN = Path(__file__).parent.parent / "tests"
WIDTH = 76


def imported(runs: int) -> float:
    """Seconds that importing texmath adds to a bare Python."""
    python = sys.executable
    ours, bare = interleaved(
        lambda: process([python, "-c", "import studytool.texmath"]),
        lambda: process([python, "-c", "pass"]),
        2 * runs,
    )
    return ours - bare


def inline() -> float:
    """Seconds for one line, the median of the golden formulas."""
    rows = (GOLDEN / "texmath_golden.tsv").read_text(encoding="utf-8").splitlines()
    return _median(line, (row.partition("\t")[0] for row in rows))


def display() -> float:
    """Seconds for two dimensions, the median of the golden formulas."""
    text = (GOLDEN / "texmath_blocks_golden.txt").read_text(encoding="utf-8").strip()
    heads = (entry.partition("\n")[0] for entry in text.split("\n\n"))
    return _median(lambda tex: block(tex, WIDTH), (head.partition(" ")[2] for head in heads))


def _median(setting: Callable[[str], object], formulas: Iterable[str]) -> float:
    return statistics.median(min(_once(setting, tex) for _ in range(3)) for tex in formulas)


def _once(setting: Callable[[str], object], tex: str) -> float:
    since = time.perf_counter()
    setting(tex)
    return time.perf_counter() - since
