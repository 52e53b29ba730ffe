"""Finds the holes of a cloze text, `{{c1::answer::hint}}`, nested ones included."""

from __future__ import annotations

import re
from typing import TypeAlias

from studytool.values import Value

_OPENING = re.compile(r"\{\{c([1-9][0-9]{0,2})::")
_INTERESTING = re.compile(r"\\.|[{}]", re.DOTALL)
_ESCAPED_OPENING = re.compile(r"\\(\{\{c[1-9][0-9]{0,2}::)")
_HINT = re.compile(r"\\.|(`+)|(\$\$?)|(::)", re.DOTALL)

MAX_DEPTH = 8
"""Levels of holes in one another; an opening around more than that stays literal text."""


class Hole(Value):
    """One hole.

    Attributes:
        number: The n of `cn`; holes with one number are hidden together.
        text: What is hidden, as written; nested holes are still in it.
        hint: Shown in place of the content; empty when the author gave none.
        start: Offset of `{{` in the text.
        end: Offset behind `}}`.
    """

    number: int
    text: str
    hint: str
    start: int
    end: int


Segment: TypeAlias = str | Hole


class _Open:
    """A hole whose end has not been met yet."""

    def __init__(self, number: int, start: int, content_start: int) -> None:
        self.number = number
        self.start = start
        self.content_start = content_start
        self.depth = 0
        self.levels = 0
        self.holes: list[Hole] = []


def _hint_offset(text: str, start: int, end: int, holes: list[Hole]) -> int:
    """Return where the first `::` outside code, math and nested holes stands, or -1."""
    position, code, math = start, "", ""
    nested = iter(holes)
    hole = next(nested, None)
    while match := _HINT.search(text, position, end):
        if hole and match.start() >= hole.start:
            position, hole = hole.end, next(nested, None)
            continue
        position = match.end()
        ticks, dollars, colons = match.groups()
        if ticks and not math:
            code = "" if code == ticks else code or ticks
        elif dollars and not code:
            math = "" if math == dollars else math or dollars
        elif colons and not code and not math:
            return match.start()
    return -1


def _close(text: str, hole: _Open, end: int) -> Hole:
    """Turn a hole whose end is known into a value."""
    content_end = end - 2
    hint = ""
    split = _hint_offset(text, hole.content_start, content_end, hole.holes)
    if split >= 0:
        hint = text[split + 2 : content_end]
        content_end = split
    content = text[hole.content_start : content_end]
    return Hole(hole.number, content, hint.replace(r"\::", "::"), hole.start, end)


def scan(text: str) -> tuple[tuple[Hole, ...], tuple[int, ...]]:
    """Find the outermost holes of a text, and the openings that are never closed.

    A hole ends at the first `}}` at which all braces opened since its start are closed. A
    backslash takes the character behind it out of the count, so `\\{{c1::` opens nothing.
    One pass, linear in the length of the text.

    Returns:
        The outermost holes in order, and the offsets of unclosed openings.
    """
    top: list[Hole] = []
    stack: list[_Open] = []
    position = 0
    while match := _INTERESTING.search(text, position):
        start, position = match.span()
        brace = match.group()
        if brace == "{":
            opening = _OPENING.match(text, start)
            if opening:
                position = opening.end()
                stack.append(_Open(int(opening.group(1)), start, position))
            elif stack:
                stack[-1].depth += 1
        elif brace == "}" and stack:
            if stack[-1].depth:
                stack[-1].depth -= 1
            elif text.startswith("}", position):
                position += 1
                closed = stack.pop()
                around = stack[-1].holes if stack else top
                if closed.levels < MAX_DEPTH:
                    closed.levels += 1
                    around.append(_close(text, closed, position))
                else:
                    around.extend(closed.holes)
                if stack:
                    stack[-1].levels = max(stack[-1].levels, closed.levels)
    if stack:  # what an unclosed opening had swallowed stands for itself
        top.extend(hole for opening in stack for hole in opening.holes)
    return tuple(top), tuple(opening.start for opening in stack)


def segments(text: str) -> tuple[Segment, ...]:
    """Return a text as plain pieces and outermost holes, in order."""
    pieces: list[Segment] = []
    position = 0
    for hole in scan(text)[0]:
        if hole.start > position:
            pieces.append(text[position : hole.start])
        pieces.append(hole)
        position = hole.end
    if position < len(text):
        pieces.append(text[position:])
    return tuple(pieces)


def numbers(text: str) -> tuple[int, ...]:
    """Return the numbers of all holes, nested ones too, sorted and without repeats."""
    found: set[int] = set()
    pending = list(scan(text)[0])
    while pending:
        hole = pending.pop()
        found.add(hole.number)
        if "{{c" in hole.text:
            pending.extend(scan(hole.text)[0])
    return tuple(sorted(found))


def spans(text: str) -> tuple[tuple[int, int, int, int], ...]:
    """Return where each hole, nested ones too, starts and ends, and its inside does, in order."""
    found: list[tuple[int, int, int, int]] = []
    pending = [(0, hole) for hole in scan(text)[0]]
    while pending:
        shift, hole = pending.pop()
        start, end = hole.start + shift, hole.end + shift
        inside = start + len(f"{{{{c{hole.number}::")
        found.append((start, inside, end - 2, end))
        if "{{c" in hole.text:
            pending.extend((inside, inner) for inner in scan(hole.text)[0])
    return tuple(sorted(found))


def unescape(text: str) -> str:
    """Return math or code of a cloze with `\\{{c1::` and `\\::` made literal.

    In running text Markdown's own backslash rule does the same.
    """
    if "\\" not in text:
        return text
    return _ESCAPED_OPENING.sub(r"\1", text).replace(r"\::", "::")
