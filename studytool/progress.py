"""How far long work is, as one line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TypeVar

T = TypeVar("T")

Step = Callable[[int, int], None]
"""Told how much is done, and of how much."""

QUIET_SECONDS = 0.5
"""Work that is done within this time shows nothing."""
PAUSE_SECONDS = 0.1
"""Time between two lines that is pleasant to watch."""


def counting(things: Collection[T], step: Step | None) -> Iterator[T]:
    """Yield things, and tell how many are done before each and at the end."""
    if step is None:
        yield from things
        return
    for done, thing in enumerate(things):
        step(done, len(things))
        yield thing
    step(len(things), len(things))


def line(what: str, done: int, total: int, elapsed: float, width: int) -> str:
    """Return a line such as `reading banks  312/2000  16 %  4 s left`.

    Args:
        what: What is done, in a few words.
        done: How much of it is done.
        total: How much there is; 0 if nobody knows.
        elapsed: Seconds since it began.
        width: Columns there are; what does not fit is left out from the right.
    """
    parts = [what]
    if total > 0:
        share = min(1.0, max(0.0, done / total))
        parts += [f"{done}/{total}", f"{int(100 * share)} %"]
        if 0 < share < 1:
            parts.append(f"{duration(elapsed * (1 - share) / share)} left")
    else:
        parts.append(str(done))
    while len(parts) > 1 and len("  ".join(parts)) > width:
        parts.pop()
    return "  ".join(parts)[: max(0, width)]


def duration(seconds: float) -> str:
    """Return a time in short words, rounded up: `4 s`, `3 min`, `2 h`."""
    whole = max(1, -int(-seconds // 1))
    if whole < 90:
        return f"{whole} s"
    minutes = -(-whole // 60)
    return f"{minutes} min" if minutes < 90 else f"{-(-minutes // 60)} h"
