"""Stops the program on Ctrl+Z and goes on with it, each as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from signal import SIG_IGN, SIGTSTP, getsignal, signal
from types import FrameType


@contextmanager
def stopped_once() -> Iterator[None]:
    """Let Ctrl+Z do nothing more from the moment in which it stops the program.

    While the terminal changes hands the kernel sends the key as a signal. Textual would obey it
    in the middle of giving the terminal away, or of taking it back, and then take the settings of
    a raw terminal for those that the shell is to have again.
    """
    stop = getsignal(SIGTSTP)
    if not callable(stop):
        yield
        return

    def once(number: int, frame: FrameType | None) -> None:
        signal(SIGTSTP, SIG_IGN)
        stop(number, frame)

    signal(SIGTSTP, once)
    try:
        yield
    finally:
        signal(SIGTSTP, stop)
