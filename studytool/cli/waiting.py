"""Shows on a terminal how far long work is, and leaves no trace of it."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from studytool.progress import PAUSE_SECONDS, QUIET_SECONDS, Step, line


class Waiting:
    """One line on a stream, painted over as the work goes on.

    Attributes:
        shown: The line that stands there; empty for none.
    """

    def __init__(
        self, what: str, stream: TextIO, ticker: Callable[[], float], width: Callable[[], int]
    ) -> None:
        """Begin to wait.

        Args:
            what: What is done, in a few words.
            stream: Where the line is painted.
            ticker: Seconds that never go back.
            width: Returns the columns of the terminal.
        """
        self.what = what
        self.stream = stream
        self.ticker = ticker
        self.width = width
        self.shown = ""
        self.began = ticker()
        self.next_paint = self.began + QUIET_SECONDS

    def step(self, done: int, total: int) -> None:
        """Paint how far the work is, unless it is too early or was painted just now."""
        now = self.ticker()
        if done == 0:  # the next of several works begins
            self.began = now
        if now >= self.next_paint:
            self.next_paint = now + PAUSE_SECONDS
            self._paint(line(self.what, done, total, now - self.began, self.width() - 1))

    def erase(self) -> None:
        """Take the line away."""
        if self.shown:
            self._paint("")
            self.stream.write("\r")
            self.stream.flush()

    def _paint(self, text: str) -> None:
        """Put a line over the one that stands there."""
        self.stream.write("\r" + text.ljust(len(self.shown)))
        self.stream.flush()
        self.shown = text


@contextmanager
def waiting(what: str) -> Iterator[Step | None]:
    """Give what long work tells how far it is; None where nobody would see it.

    Only a terminal behind stderr shows anything.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    shown = Waiting(what, sys.stderr, time.monotonic, lambda: shutil.get_terminal_size().columns)
    try:
        yield shown.step
    finally:
        shown.erase()
