"""How a terminal shows pictures, told from its environment: a question to it could leak."""

from __future__ import annotations

from collections.abc import Mapping

INLINE = ("auto", "blocks", "kitty", "off")
"""What the setting `images.inline` may be."""
_DRAWING = ("xterm-kitty", "xterm-ghostty")
"""Terminals, by TERM, that draw pictures into cells that carry a picture's number."""


def true_color(environment: Mapping[str, str]) -> bool:
    """Tell whether a terminal says that it has all colours."""
    return environment.get("COLORTERM", "").strip().casefold() in ("truecolor", "24bit")


def graphics(environment: Mapping[str, str], wanted: str) -> str:
    """Return how pictures are shown: `kitty`, in half `blocks`, or `off` for descriptions only.

    Args:
        environment: The variables.
        wanted: The setting; `blocks` and `kitty` are taken at their word where colours allow it.
    """
    term = environment.get("TERM", "").casefold()
    colors = true_color(environment) or "256color" in term or term in _DRAWING
    if wanted == "off" or environment.get("NO_COLOR") or not colors:
        return "off"
    shared = bool(environment.get("TMUX") or environment.get("STY"))
    shared = shared or term.startswith(("tmux", "screen"))
    if wanted == "blocks" or shared:
        return "blocks"
    return "kitty" if wanted == "kitty" or term in _DRAWING else "blocks"
