"""Paints rows of runs for a plain terminal, with ANSI codes or without."""

from __future__ import annotations

from collections.abc import Iterable

from studytool.wrapping import Row, plain

_CODES = {
    "question": "1",
    "strong": "1",
    "bold": "1",
    "em": "3",
    "strike": "9",
    "link": "4",
    "hole": "1;33",
    "right": "1;32",
    "wrong": "1;31",
    "code": "36",
    "code-keyword": "1;34",
    "code-name": "34",
    "code-builtin": "34",
    "code-string": "32",
    "code-number": "33",
    "code-comment": "2;3",
    "code-deleted": "31",
    "code-inserted": "32",
    "marker": "2",
    "muted": "2",
    "rule": "2",
    "picture": "2;3",
    "hint": "2;3",
    "source": "2;3",
    "math-variable": "3",
    "math-error": "31",
    "figure": "1;36",
    "bar": "36",
    "late": "33",
    "curve": "36",
    "level-0": "2",
    "level-1": "36",
    "level-2": "36",
    "level-3": "36",
    "level-4": "36",
}


def _code(role: str) -> str:
    """Return the parameters of a role; a picture's cells have their colours in its name."""
    if role.startswith("cell-"):
        ink, ground = (";".join(map(str, bytes.fromhex(part))) for part in role[5:].split("-"))
        return f"38;2;{ink};48;2;{ground}"
    return _CODES.get(role, "")


def paint(rows: Iterable[Row], color: bool) -> str:
    """Return rows as text, with ANSI codes for their roles if `color` is set."""
    if not color:
        return plain(rows)
    lines = []
    for row in rows:
        pieces = []
        for run in row:
            codes = ";".join(filter(None, map(_code, run.roles.split())))
            pieces.append(f"\x1b[{codes}m{run.text}\x1b[0m" if codes else run.text)
        lines.append("".join(pieces))
    return "\n".join(lines)
