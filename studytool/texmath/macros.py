"""Macros of LaTeX: what they expand to, and where in the source each character of it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from studytool.texmath.arguments import Awaiting
from studytool.texmath.nodes import Problem

MAX_LENGTH = 50_000
"""Characters to which the macros of one formula may expand."""
MAX_DEPTH = 60
"""Levels of macros in macros, and of macros in their arguments."""

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|#[1-9]|\s+|.", re.DOTALL)
_NAME = re.compile(r"\\[A-Za-z]+")
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


class Expansion(NamedTuple):
    """A formula without macros.

    Attributes:
        text: The formula; as it was written if its macros cannot be expanded.
        places: For each character of the text, the offset in the source: its own, or that of the
            macro it comes from.
        problems: What is wrong with the use of macros.
    """

    text: str
    places: tuple[int, ...]
    problems: tuple[Problem, ...]


class _Token(NamedTuple):
    """A token: its text, its offset, and the index of the token that closes what it opens."""

    text: str
    place: int
    partner: int = -1


class _Piece(NamedTuple):
    """A piece of an expansion; `place` is -1 as long as it belongs to a macro's own text."""

    text: str
    place: int
    made: bool = False


class _RefusedError(Exception):
    """A formula's macros are too deep or too long to be expanded."""


def arity(text: str) -> int:
    """Return how many arguments a macro takes: the highest n of `#n` in its text."""
    return max((int(match[1]) for match in _PARAMETER.finditer(text) if match[1]), default=0)


def loops(macros: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the macros that lead back to themselves, each with the way that they take.

    Args:
        macros: Texts by name, without the backslash.
    """
    uses = {name: [word for word in _used(text) if word in macros] for name, text in macros.items()}
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


def expand(source: str, macros: Mapping[str, str], spans: Iterable[Span] = ()) -> Expansion:
    """Return a formula with its macros expanded, those inside macros too.

    A macro that leads back to itself, has an unclosed brace or misses an argument stays as it was
    written. What stands as an argument of a command or script is put in braces, as TeX takes it.

    Args:
        source: LaTeX.
        macros: Texts by name, with or without the backslash; `#1` to `#9` are arguments.
        spans: Stretches of the source that are one argument each, sorted by their start.
    """
    if macros and "\\" in source:
        named = {name.removeprefix("\\"): text for name, text in macros.items()}
        if any(word in named for word in _used(source)):
            return _Expander(named).formula(source, tuple(spans))
    return Expansion(source, tuple(range(len(source))), ())


def _used(text: str) -> Iterator[str]:
    """Yield the names of the commands in a text."""
    for match in _TOKEN.finditer(text):
        if _NAME.fullmatch(match.group()):
            yield match.group()[1:]


def _tokens(source: str, spans: tuple[Span, ...] = ()) -> list[_Token]:
    """Split a source into tokens; what opens a group or a span knows what closes it."""
    opens = {span.start: span.inside for span in spans}
    closes = {span.close: span.end for span in spans}
    tokens: list[_Token] = []
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
        tokens.append(_Token(text, at))
        at = end
    return tokens


@lru_cache(maxsize=8)
def _usable(macros: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the macros that have an end and all their braces."""
    named = dict(macros)
    looping = loops(named)
    return {name: text for name, text in macros if name not in looping and is_balanced(text)}


class _Expander:
    """Expands one formula."""

    def __init__(self, macros: Mapping[str, str]) -> None:
        self.macros = _usable(tuple(macros.items()))
        self.bodies: dict[str, list[_Piece]] = {}
        self.problems: list[Problem] = []
        self.length = 0

    def formula(self, source: str, spans: tuple[Span, ...]) -> Expansion:
        """Return the expansion of a source."""
        tokens = _tokens(source, spans)
        try:
            pieces = self.run(tokens, 0, len(tokens), 0)
        except _RefusedError as error:
            first = next(t.place for t in tokens if t.text[1:] in self.macros)
            return Expansion(source, tuple(range(len(source))), (Problem(first, str(error)),))
        text: list[str] = []
        places: list[int] = []
        before = _Piece("", 0)
        for piece in pieces:
            glued = _NAME.fullmatch(before.text) and piece.text[:1].isalpha()
            # Two braces side by side could open a cloze hole that the author did not write.
            paired = before.text[-1:] == piece.text[:1] == "{" and (before.made or piece.made)
            if glued or paired:
                text.append(" ")
                places.append(piece.place)
            text.append(piece.text)
            step = 0 if piece.made else 1
            places.extend(piece.place + step * offset for offset in range(len(piece.text)))
            before = piece if piece.text else before
        return Expansion("".join(text), tuple(places), tuple(self.problems))

    def run(self, tokens: list[_Token], at: int, stop: int, depth: int) -> list[_Piece]:
        """Return a stretch of tokens with its macros expanded."""
        if depth > MAX_DEPTH:
            raise _RefusedError(f"macros nested more than {MAX_DEPTH} levels deep")
        out: list[_Piece] = []
        awaiting = Awaiting()
        levels: list[Awaiting] = []
        while at < stop:
            token = tokens[at]
            name = token.text[1:]
            if token.text[0] == "\\" and name in self.macros:
                found, after = self.use(tokens, at, stop, depth)
                if found is not None:
                    out.extend(_grouped(found, token.place) if awaiting.commands else found)
                    awaiting.follow("x")
                    at = after
                    continue
            if token.partner >= 0:
                levels.append(awaiting)
                awaiting = Awaiting()
            elif token.text[0] == "}" and levels:
                awaiting = levels.pop()
                awaiting.follow("x")
            else:
                awaiting.follow(token.text)
            out.append(_Piece(token.text, token.place))
            at += 1
        return out

    def use(
        self, tokens: list[_Token], at: int, stop: int, depth: int
    ) -> tuple[list[_Piece] | None, int]:
        """Return what a macro with its arguments expands to, and the index behind them."""
        use, name = tokens[at].place, tokens[at].text[1:]
        after = at + 1
        args: list[list[_Piece]] = []
        for _ in range(arity(self.macros[name])):
            start = after
            while start < stop and tokens[start].text.isspace():
                start += 1
            if start == stop or tokens[start].text in ("}", "}}", "&", "\\\\", "^", "_"):
                self.problems.append(Problem(use, f"missing argument of \\{name}"))
                return None, at
            partner = tokens[start].partner
            after = max(start, partner) + 1
            inner = (start + 1, partner) if tokens[start].text == "{" and partner >= 0 else None
            args.append(self.run(tokens, *(inner or (start, after)), depth + 1))
        out: list[_Piece] = []
        for piece in self.body(name, depth):
            if piece.text[0] == "#" and piece.text[1:].isdigit():
                out.extend(args[int(piece.text[1:]) - 1])
            else:
                out.append(_Piece(piece.text, use, True))
        self.length += sum(len(piece.text) for piece in out)
        if self.length > MAX_LENGTH:
            raise _RefusedError(f"macros expand to more than {MAX_LENGTH} characters")
        return out, after

    def body(self, name: str, depth: int) -> list[_Piece]:
        """Return a macro's text with the macros in it expanded."""
        if name not in self.bodies:
            tokens = _tokens(self.macros[name])
            kept = len(self.problems)
            self.bodies[name] = self.run(tokens, 0, len(tokens), depth + 1)
            del self.problems[kept:]  # they are the macro's own, not of its use
        return self.bodies[name]


def _grouped(pieces: list[_Piece], place: int) -> list[_Piece]:
    """Return pieces as one argument."""
    if len(pieces) == 1 and pieces[0].text[:1] not in ("\\", "#"):
        return pieces
    return [_Piece("{", place, True), *pieces, _Piece("}", place, True)]
