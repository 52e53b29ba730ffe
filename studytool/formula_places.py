"""Finds the formulas of a note's text, each character with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from studytool import cloze, markup
from studytool.markdown import parse
from studytool.scalar_places import aligned
from studytool.texmath.macro_texts import Span
from studytool.texmath.macros import expand
from studytool.texmath.nodes import Problem
from studytool.values import Value, fields

_UNESCAPED = re.compile(r"\\(?=\{\{c[1-9][0-9]{0,2}::|::)")


class Formula(NamedTuple):
    """A formula in a text.

    Attributes:
        tex: Its source as it was written, without the dollar signs.
        places: The offset in the text of each character of it, and of its end.
        display: Whether it stands on a line of its own.
    """

    tex: str
    places: list[int]
    display: bool


class Code(NamedTuple):
    """Code in a text: where it starts, or -1 where that is not known, and where it ends."""

    start: int
    end: int


class Opened(NamedTuple):
    """A formula with its macros expanded and its holes opened.

    Attributes:
        tex: LaTeX without macros and holes.
        places: The offset in the source of each character of it, and of its end.
        problems: What is wrong with the use of macros, at offsets in the source.
    """

    tex: str
    places: list[int]
    problems: tuple[Problem, ...]


def formulas(text: str, holes: bool = False) -> Iterator[Formula]:
    """Yield the formulas of a text, in its order but footnotes last.

    Args:
        text: What the author wrote, in Markdown.
        holes: Whether it may have cloze holes.
    """
    return (piece for piece in pieces(text, holes) if isinstance(piece, Formula))


def pieces(text: str, holes: bool = False) -> Iterator[Formula | Code]:
    """Yield the formulas and the code of a text, as `formulas` does."""
    at = 0
    for node in _pieces(parse(text, holes=holes)):
        if isinstance(node, markup.Code | markup.CodeBlock):
            found = text.find(node.text, at)
            at = found + len(node.text) if found >= 0 else at
            yield Code(found, at)
            continue
        begun = text.find(f"${node.tex}$", at)
        if begun >= 0 and "$" not in node.tex and text.find("$", at) == begun:
            at = begun + len(node.tex) + 2
            yield Formula(node.tex, list(range(begun + 1, at)), _displayed(node))
            continue
        pattern = _pattern(node.tex)
        match = pattern.search(text, at) or pattern.search(text)
        if match is None:
            yield Formula(node.tex, [0] * (len(node.tex) + 1), _displayed(node))
            continue
        written = ((text[index], index) for index in range(match.start(1), match.end(1)))
        places = aligned(node.tex, written, ">\\")
        at = match.end()
        yield Formula(node.tex, places or [match.start()] * (len(node.tex) + 1), _displayed(node))


def opened(tex: str, macros: dict[str, str], holes: bool = False) -> Opened:
    """Return a formula as it is read: macros expanded, each hole a group with its content."""
    spans = [Span(*span) for span in cloze.spans(tex)] if holes else []
    expanded = expand(tex, macros, spans)
    text, places = expanded.text, [*expanded.places, len(tex)]
    if holes:
        pairs = list(_unholed(text, 0))
        text = "".join(piece for piece, _ in pairs)
        places = [*(places[place] for piece, place in pairs), len(tex)]
    return Opened(text, places, expanded.problems)


def _unholed(text: str, shift: int) -> Iterator[tuple[str, int]]:
    """Yield the characters of a formula with their offsets, each hole as a pair of braces."""
    at = 0
    for piece in cloze.segments(text):
        if isinstance(piece, str):
            dropped = {match.start() for match in _UNESCAPED.finditer(piece)}
            yield from ((c, shift + at + i) for i, c in enumerate(piece) if i not in dropped)
            at += len(piece)
            continue
        inside = piece.start + len(f"{{{{c{piece.number}::")
        yield "{", shift + piece.start
        yield from _unholed(piece.text, shift + inside)
        yield "}", shift + piece.end - 1
        at = piece.end


def _pieces(tree: Any) -> Iterator[Any]:
    """Yield the formulas and the code of a tree, in order."""
    if isinstance(tree, tuple):
        for node in tree:
            yield from _pieces(node)
    elif isinstance(tree, markup.Math | markup.MathBlock | markup.Code | markup.CodeBlock):
        yield tree
    elif isinstance(tree, Value):
        for name in fields(tree):
            yield from _pieces(getattr(tree, name))


def _displayed(node: markup.Math | markup.MathBlock) -> bool:
    """Tell whether a formula stands on a line of its own."""
    return isinstance(node, markup.MathBlock) or node.display


def _pattern(tex: str) -> re.Pattern[str]:
    """Return what finds a formula between its dollar signs; lines may begin with marks."""
    words = (re.escape(word).replace(r"\|", r"\\?\|") for word in tex.split())
    return re.compile(r"\$\s*(" + r"[\s>]+".join(words) + r")\s*\$")
