"""Formulas as rows of text: in the flow of a paragraph, and in two dimensions by themselves."""

from __future__ import annotations

from collections.abc import Iterable

from studytool.screen_text import clean_line
from studytool.wrapping import NO_BREAK, Row, Run, join_roles, row_width, wrap

INDENT = 4
"""Columns before a formula on lines of its own."""
UNBROKEN = 24
"""A formula of at most so many characters stays on one row of a paragraph."""
_ROOM = 4
_PLAIN = frozenset(("hole", "bold"))


def inline(tex: str, roles: str = "") -> Iterable[Run]:
    """Yield a formula on one line, its blanks inside brackets kept from breaking."""
    from studytool.texmath import line  # a first card without a formula need not wait for it

    runs = line(tex)
    short = sum(len(run.text) for run in runs) <= UNBROKEN
    depth = 0
    for run in runs:
        text = clean_line(run.text)
        depth += sum(text.count(bracket) for bracket in "([{⟨")
        if short or depth > 0:
            text = text.replace(" ", NO_BREAK)
        depth = max(0, depth - sum(text.count(bracket) for bracket in ")]}⟩"))
        yield Run(text, join_roles(roles, _named(run.role)))


def rows(tex: str, width: int, linear: bool) -> list[Row]:
    """Return a formula on rows of its own, none of them wider than a width.

    Args:
        tex: The formula.
        width: Columns of a row.
        linear: Whether it is set on one line that wraps, for those who hear it; that is also done
            where a piece of it is too wide for the width.
    """
    indent = min(INDENT, width // 8)
    room = width - indent
    found = None if linear else _block(tex, room)
    if found is None:
        found = wrap(inline(tex), room, 2 if room - 2 >= _ROOM else 0)
    return [(Run(" " * indent), *row) if indent and row else row for row in found]


def _block(tex: str, width: int) -> list[Row] | None:
    """Return a formula in two dimensions, or nothing where it does not fit."""
    from studytool.texmath import block

    found = [
        tuple(Run(clean_line(text), _named(role)) for text, role in row)
        for row in block(tex, width)
    ]
    return None if any(row_width(row) > width for row in found) else found


def _named(role: str) -> str:
    """Return the roles that a screen knows for the role of a piece of a formula."""
    return " ".join(word if word in _PLAIN else f"math-{word}" for word in role.split())
