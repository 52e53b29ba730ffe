"""Cuts code into stretches of one class with Pygments, which is loaded only for code."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.lexer import Lexer  # type: ignore[import-untyped]

MAX_HIGHLIGHTED = 20_000
"""Longest code that is highlighted, in characters; some lexers take quadratic time."""

CLASSES = frozenset(["k", "ow", "nf", "nc", "nb", "nd", "ne", "s", "m", "c", "gd", "gi", "gh"])
"""The Pygments classes that have a colour; others count as their nearest parent."""


def stretches(code: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield code in stretches of one class: its name, empty for plain code, and the characters.

    Args:
        code: The code.
        language: Its Pygments name; an unknown or empty one gives plain code.
    """
    lexer = _lexer(language) if language and len(code) <= MAX_HIGHLIGHTED else None
    if lexer is None:
        yield "", code
        return
    last, run = "", ""
    for _, token, value in lexer.get_tokens_unprocessed(code):
        name = _class(token)
        if name != last and run:
            yield last, run
            run = ""
        last = name
        run += value
    yield last, run


@cache
def _class(token: object) -> str:
    """Return the class of a token or of its nearest parent that has a colour."""
    from pygments.token import STANDARD_TYPES  # type: ignore[import-untyped]

    while token is not None:
        if (name := STANDARD_TYPES.get(token, "")) in CLASSES:
            return str(name)
        token = token.parent  # type: ignore[attr-defined]
    return ""


@cache
def _lexer(language: str) -> Lexer | None:
    """Return the lexer of a language, or None if there is none of that name."""
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
    from pygments.util import ClassNotFound  # type: ignore[import-untyped]

    try:
        return get_lexer_by_name(language)
    except ClassNotFound:
        return None
