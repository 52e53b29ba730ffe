"""The texts of macros: their arguments, their braces, and which of them have no end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|#[1-9]|\s+|.", re.DOTALL)
NAME = re.compile(r"\\[A-Za-z]+")
"""The name of a command, with its backslash."""
_PARAMETER = re.compile(r"\\.|#([1-9])", re.DOTALL)


class Span(NamedTuple):
    """A stretch of a source that is one token where an argument is read, such as a cloze hole.

    Attributes:
        start: Where it starts.
        inside: Where its content starts.
        close: Where its content ends.
        end: Where it ends.
    """

    start: int
    inside: int
    close: int
    end: int


class Token(NamedTuple):
    """A token: its text, its offset, and the index of the token that closes what it opens."""

    text: str
    place: int
    partner: int = -1


def arity(text: str) -> int:
    """Return how many arguments a macro takes: the highest n of `#n` in its text."""
    return max((int(match[1]) for match in _PARAMETER.finditer(text) if match[1]), default=0)


def loops(macros: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the macros that lead back to themselves, each with the way that they take.

    Args:
        macros: Texts by name, without the backslash.
    """
    uses = {name: [word for word in used(text) if word in macros] for name, text in macros.items()}
    found: dict[str, tuple[str, ...]] = {}
    for name in macros:
        ways: dict[str, tuple[str, ...]] = {name: (name,)}
        waiting = [name]
        while waiting and name not in found:
            here = waiting.pop(0)
            for word in uses[here]:
                if word == name:
                    found[name] = (*ways[here], name)
                    break
                if word not in ways:
                    ways[word] = (*ways[here], word)
                    waiting.append(word)
    return found


def is_balanced(text: str) -> bool:
    """Tell whether all braces of a text are closed in it."""
    depth = 0
    for match in _TOKEN.finditer(text):
        depth += (match.group() == "{") - (match.group() == "}")
        if depth < 0:
            return False
    return not depth


def used(text: str) -> Iterator[str]:
    """Yield the names of the commands in a text."""
    for match in _TOKEN.finditer(text):
        if NAME.fullmatch(match.group()):
            yield match.group()[1:]


def tokens_of(source: str, spans: tuple[Span, ...] = ()) -> list[Token]:
    """Split a source into tokens; what opens a group or a span knows what closes it."""
    opens = {span.start: span.inside for span in spans}
    closes = {span.close: span.end for span in spans}
    tokens: list[Token] = []
    waiting: list[int] = []
    at = 0
    while at < len(source):
        if at in opens or at in closes:
            end = opens.get(at) or closes[at]
        else:
            match = _TOKEN.match(source, at)
            end = match.end() if match else at + 1
        text = source[at:end]
        if at in opens or text == "{":
            waiting.append(len(tokens))
        elif (at in closes or text == "}") and waiting:
            opener = tokens[waiting[-1]]
            if (opener.place in opens) == (at in closes):
                tokens[waiting.pop()] = opener._replace(partner=len(tokens))
        tokens.append(Token(text, at))
        at = end
    return tokens


@lru_cache(maxsize=8)
def usable(macros: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the macros that have an end and all their braces."""
    named = dict(macros)
    looping = loops(named)
    return {name: text for name, text in macros if name not in looping and is_balanced(text)}
