"""Says what a key has come to, in place of what was said before."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from studytool.errors import StudytoolError
from studytool.screen_text import clean

SECONDS = 8
"""How long a message stays."""


def tell(screen: Screen[Any], message: str, failure: bool = False) -> None:
    """Say something that needs no answer; any text is safe."""
    screen.app.clear_notifications()
    screen.notify(
        clean(message),
        timeout=SECONDS,
        markup=False,
        severity="error" if failure else "information",
    )


def sentences(error: Exception) -> str:
    """Return what went wrong, and what to do, as sentences."""
    if not isinstance(error, StudytoolError):
        return str(error)
    parts = (f"{part[0].upper()}{part[1:]}." for part in (error.message, error.help) if part)
    return " ".join(parts)
