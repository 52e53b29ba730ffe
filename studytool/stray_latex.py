"""Finds LaTeX that stands outside of formulas, where it is shown as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from studytool.texmath.problems import commands
from studytool.texmath.symbols import ENVIRONMENTS

_SPOT = re.compile(
    r"\\(?:begin\{([A-Za-z]+)\*?\}|([A-Za-z]{2,})|([(\[])|[^A-Za-z])|\$\$|\$", re.DOTALL
)
_AROUND = frozenset("$ \t\n>")
_CLOSED = {"(": re.compile(r"[^$]*?\\\)"), "[": re.compile(r"[^$]*?[\\^_=][^$]*?\\\]")}
_BLANK_INSIDE = re.compile(
    r"\$(?: [^$\n]*(?:\\[A-Za-z]|[\^_])|[^$\n]*(?:\\[A-Za-z]|\^))[^$\n]*(?<!\\)\$"
)


class Stray(NamedTuple):
    """LaTeX outside of a formula: where it is, and what to say of it."""

    offset: int
    length: int
    message: str
    hint: str


def stray(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Stray]:
    """Yield the LaTeX that stands in a text outside of its formulas and code.

    Args:
        text: What the author wrote.
        taken: Start and end of each of its formulas, without their signs, and pieces of code, in
            order.
    """
    at = 0
    for start, end in (*taken, (len(text), len(text))):
        while at < start < len(text) and text[start - 1] in _AROUND:
            start -= 1
        while end < len(text) and text[end] in _AROUND:
            end += 1
        while at < start and (match := _SPOT.search(text, at, start)):
            found = _judged(match, text[match.start() : start])
            if found:
                yield found
            at = match.end() if found is None else match.start() + max(found.length, 1)
        at = max(at, end)


def _judged(match: re.Match[str], rest: str) -> Stray | None:
    """Return what is to be said of a spot, if anything."""
    at, token = match.start(), match.group()
    environment, command, bracket = match.groups()
    if environment:
        if environment not in ENVIRONMENTS:
            return None
        message = f"`{token}` outside of a formula is shown as text"
        return Stray(at, len(token), message, "write `$$` before it, and `$$` behind its `\\end`")
    if command:
        if command == "end" or command not in commands():
            return None
        message = f"`{token}` outside of a formula is shown as text"
        return Stray(at, len(token), message, "formulas stand in `$…$`, no blank inside the signs")
    if bracket:
        closed = _CLOSED[bracket].match(rest, 2)
        if closed is None:
            return None
        message = f"`{token}…\\{')' if bracket == '(' else ']'}` is no formula here"
        return Stray(at, closed.end(), message, f"write {'$…$' if bracket == '(' else '$$…$$'}")
    if token == "$$":
        return Stray(at, 2, "this `$$` has no second one", "close it; the sign itself is `\\$`")
    if (
        token == "$"
        and (blank := _BLANK_INSIDE.match(rest))
        and " " in (rest[1], blank.group()[-2])
    ):
        hint = "no blank stands inside `$…$`; the sign itself is `\\$`"
        return Stray(at, blank.end(), "a blank inside the signs: this is no formula", hint)
    return None
