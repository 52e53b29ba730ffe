"""Turns code into highlighted HTML, cloze holes included."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from studytool import cloze
from studytool.anki.escaping import MAX_DEPTH, closing, opening, text

if TYPE_CHECKING:
    from pygments.lexer import Lexer  # type: ignore[import-untyped]

MAX_HIGHLIGHTED = 20_000
"""Longest code that is highlighted, in characters; some lexers take quadratic time."""

CLASSES = frozenset(["k", "ow", "nf", "nc", "nb", "nd", "ne", "s", "m", "c", "gd", "gi", "gh"])
"""The Pygments classes that the style sheet colours; others count as their nearest parent."""


def code(raw: str, language: str, holes: bool) -> str:
    """Return code as the inside of a `code` element.

    Args:
        raw: The code.
        language: Its Pygments name; an unknown or empty one gives plain code.
        holes: Whether `{{c1::…}}` in it is a hole.
    """
    words: list[str] = []
    marks: list[tuple[int, str]] = []
    if holes:
        _collect(raw, words, marks, 0, 0)
    else:
        words.append(raw)
    plain = "".join(words)
    pieces: list[str] = []
    position = 0
    pending = iter([*marks, (len(plain) + 1, "")])
    at, mark = next(pending)
    for name, value in _tokens(plain, language):
        end = position + len(value)
        while at < end:
            pieces.append(_span(name, plain[position:at], bool(marks)))
            pieces.append(mark)
            position = at
            at, mark = next(pending)
        pieces.append(_span(name, plain[position:end], bool(marks)))
        position = end
    while mark:
        pieces.append(mark)
        _, mark = next(pending)
    return "".join(pieces)


def _collect(
    raw: str, words: list[str], marks: list[tuple[int, str]], offset: int, depth: int
) -> int:
    """Part code from its holes: the words, and where each hole opens and closes in them."""
    for piece in cloze.segments(raw) if depth < MAX_DEPTH else (raw,):
        if isinstance(piece, str):
            words.append(cloze.unescape(piece) if depth < MAX_DEPTH else piece)
            offset += len(words[-1])
        else:
            marks.append((offset, opening(piece.number)))
            offset = _collect(piece.text, words, marks, offset, depth + 1)
            marks.append((offset, closing(text(piece.hint))))
    return offset


def _span(name: str, value: str, in_holes: bool) -> str:
    """Return a stretch of code of one class."""
    if not value:
        return ""
    escaped = text(value)
    if in_holes:
        escaped = escaped.replace(":", "&#58;")
    return f'<span class="{name}">{escaped}</span>' if name else escaped


def _tokens(plain: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield the code in stretches of one class."""
    lexer = _lexer(language) if language and len(plain) <= MAX_HIGHLIGHTED else None
    if lexer is None:
        yield "", plain
        return
    last, run = "", ""
    for _, token, value in lexer.get_tokens_unprocessed(plain):
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
