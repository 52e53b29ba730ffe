"""Garbage collection out of the way while much is made that stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 20_000
"""How many things a screen may make before garbage is looked for: more than one key makes."""


def rest() -> None:
    """Stop looking for garbage until `resume`: at a start everything that is made stays."""
    gc.disable()


def resume() -> None:
    """Look for garbage again, but never among what there is by now."""
    gc.freeze()
    gc.set_threshold(PATIENCE, *gc.get_threshold()[1:])
    gc.enable()


def sweep() -> None:
    """Look for garbage at a moment when nobody waits."""
    gc.collect()


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
