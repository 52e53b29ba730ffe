"""Turns rows of runs with roles into Textual content; card text is never read as markup."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from textual.color import Color
from textual.content import Content
from textual.style import Style

from studytool.wrapping import Row

_STYLES = {
    "question": "bold",
    "strong": "bold",
    "bold": "bold",
    "em": "italic",
    "strike": "strike",
    "code": "$foreground on $surface",
    "code-keyword": "$primary bold",
    "code-name": "$secondary",
    "code-builtin": "$secondary",
    "code-string": "$success",
    "code-number": "$accent",
    "code-comment": "$card-muted italic",
    "code-deleted": "$error",
    "code-inserted": "$success",
    "link": "$primary underline",
    "hole": "$accent bold",
    "right": "$grade-good bold",
    "wrong": "$grade-again bold",
    "marker": "$card-muted",
    "muted": "$card-muted",
    "rule": "$card-rule",
    "picture": "$card-muted italic",
    "hint": "$card-muted italic",
    "source": "$card-muted italic",
    "math-variable": "italic",
    "math-function": "$primary not italic",
    "math-operator": "$accent",
    "math-error": "$error",
    "figure": "$primary bold",
    "bar": "$primary",
    "late": "$accent",
    "curve": "$primary",
    "new": "$grade-easy bold",
    "learning": "$grade-again bold",
    "due": "$grade-good bold",
    "chosen": "bold on $panel",
    "pointer": "$accent bold",
    "level-0": "$card-rule",
    "level-1": "$primary 55%",
    "level-2": "$primary 70%",
    "level-3": "$primary 85%",
    "level-4": "$primary",
}
"""The look of each role; roles without a line here look like plain text."""


@cache
def style(roles: str) -> str | Style:
    """Return the Textual style of space-separated roles, the later ones winning."""
    if roles.startswith(("cell-", "place-")):
        return _drawn(roles)
    looks = [_STYLES[role].partition("on ") for role in roles.split() if role in _STYLES]
    ground = next((on + color for _, on, color in reversed(looks) if on), "")
    # Behind `on` every colour is one of the ground.
    return " ".join(filter(None, (*(front.strip() for front, _, _ in looks), ground)))


def _drawn(role: str) -> Style:
    """Return the style of a picture's cells: ink and ground, or ink that is a number."""
    ink, *ground = (Color.parse(f"#{digits}") for digits in role.split("-")[1:])
    return Style(background=ground[0] if ground else None, foreground=ink)


def content(rows: Iterable[Row]) -> Content:
    """Return rows as one Textual content."""
    parts: list[str | tuple[str, str | Style]] = []
    for index, row in enumerate(rows):
        if index:
            parts.append("\n")
        parts.extend((run.text, style(run.roles)) for run in row)
    return Content.assemble(*parts)
