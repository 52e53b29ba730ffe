"""Garbage collection out of the way while much is made that stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def rest() -> None:
    """Stop looking for garbage until `resume`: at a start everything that is made stays."""
    gc.disable()


def resume() -> None:
    """Look for garbage again, but never among what there is by now."""
    gc.freeze()
    gc.enable()


@contextmanager
def resting() -> Iterator[None]:
    """Rest while a block runs, unless that is so already."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
