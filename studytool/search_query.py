"""The language of searches, in Anki's words: text to a tree of terms, without a database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from studytool.diagnostics import did_you_mean
from studytool.errors import UsageError
from studytool.notes import Kind
from studytool.screen_text import clean_line
from studytool.values import Value

STATES = (
    *("due", "new", "learn", "review", "leech", "suspended", "buried", "flagged", "marked"),
    "orphan",
)
"""What can stand behind `is:`."""
PROPERTIES = ("lapses", "ivl", "ease", "due", "reps")
"""What can stand behind `prop:`."""
KEYS = ("deck", "tag", "note", "is", "flag", "prop", "id", "rated")
"""What can stand before a colon."""
MAX_LENGTH = 1_000
"""Characters of a query."""
MAX_DEPTH = 20
"""Brackets in one another."""

_PIECES = re.compile(
    r'\s*(?:(?P<bracket>[()])|(?P<minus>-)|(?:(?P<key>[A-Za-z]+):)?'
    r'(?:"(?P<phrase>[^"]*)(?P<closed>"|$)|(?P<word>[^\s()"]*)))'
)  # fmt: skip
_COMPARISON = re.compile(r"([a-z]*)(<=|>=|!=|<|>|=)?(-?\d{1,9}(?:\.\d{1,9})?)?")
_BOUNDS = re.compile(r"(\d{1,4})(?::([1-4]))?")


class Words(Value):
    """Words that a note has next to one another.

    Attributes:
        text: The words.
        exact: Whether the last one is whole; else words that begin with it count too.
    """

    text: str
    exact: bool = False


class Has(Value):
    """A key and its value, such as `deck:ML`; the value is one that the key allows."""

    key: str
    value: str


class Property(Value):
    """A number of a card compared with another one.

    Attributes:
        name: One of `PROPERTIES`.
        sign: `=`, `!=`, `<`, `<=`, `>` or `>=`.
        number: Days, times, or for `ease` hundredths; `due` counts from today.
    """

    name: str
    sign: str
    number: float


class Rated(Value):
    """Cards answered in the last days, today being the first; with one rating, unless 0."""

    days: int
    rating: int = 0


class Not(Value):
    """What is not so."""

    node: Node


class Every(Value):
    """All of some things; nothing in it leaves every card."""

    nodes: tuple[Node, ...]


class AnyOf(Value):
    """At least one of some things."""

    nodes: tuple[Node, ...]


Leaf: TypeAlias = Words | Has | Property | Rated
Node: TypeAlias = Leaf | Not | Every | AnyOf
EVERYTHING = Every(())
"""What an empty query asks for."""


def parse(text: str) -> Node:
    """Return what a query asks for.

    A quotation mark or a bracket that is not closed yet is closed at the end, so that a query can
    be read while it is typed.

    Raises:
        UsageError: If a key or a value is none.
    """
    text = clean_line(text)
    if len(text) > MAX_LENGTH:
        raise UsageError(f"the search is longer than {MAX_LENGTH} characters")
    reader = _Reader(text)
    node = reader.any_of(0)
    if reader.piece:
        raise UsageError("a bracket is closed that was not opened")
    return node


def leaves(node: Node) -> Iterator[Leaf]:
    """Yield the terms of a query."""
    if isinstance(node, Not):
        yield from leaves(node.node)
    elif isinstance(node, Every | AnyOf):
        for part in node.nodes:
            yield from leaves(part)
    else:
        yield node


class _Reader:
    """Goes through the pieces of a query; `piece` is the one to read next, None at the end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.piece: re.Match[str] | None = None
        self.read()

    def read(self) -> None:
        """Go to the next piece."""
        self.piece = None
        if self.text[self.place :].strip():
            self.piece = _PIECES.match(self.text, self.place)
            assert self.piece is not None  # every text has an empty word at least
            self.place = self.piece.end()

    def any_of(self, depth: int) -> Node:
        """Read what `or` joins, up to a bracket that closes."""
        if depth > MAX_DEPTH:
            raise UsageError("there are too many brackets in one another")
        found: list[Node] = []
        together: list[Node] = []
        while self.piece and self.piece["bracket"] != ")":
            word = (self.piece["word"] or "").casefold() if not self.piece["key"] else ""
            if word in ("or", "and"):
                if word == "or" and together:
                    found.append(_joined(together))
                    together = []
                self.read()
            else:
                node = self.term(depth)
                together += [node] if node is not None else []
        found += [_joined(together)] if together or not found else []
        return found[0] if len(found) == 1 else AnyOf(tuple(found))

    def term(self, depth: int) -> Node | None:
        """Read one term; None if it says nothing, such as a minus that stands alone."""
        negative = False
        while self.piece and self.piece["minus"]:
            negative = not negative
            self.read()
        piece = self.piece
        if piece is None or piece["bracket"] == ")":
            return None
        if piece["bracket"]:
            self.read()
            node: Node | None = self.any_of(depth + 1)
            if self.piece:
                self.read()
        else:
            node = _leaf(piece)
            self.read()
        return Not(node) if negative and node is not None else node


def _joined(nodes: Sequence[Node]) -> Node:
    """Return what asks for all of some things."""
    return nodes[0] if len(nodes) == 1 else Every(tuple(nodes))


def _leaf(piece: re.Match[str]) -> Node | None:
    """Return the term that a piece stands for."""
    phrase = piece["phrase"]
    value = (piece["word"] if phrase is None else phrase).strip()
    if piece["key"] is None:
        return Words(value.rstrip("*"), piece["closed"] == '"') if value.strip("*") else None
    key = piece["key"].casefold()
    if key not in KEYS:
        near = did_you_mean(key, KEYS) or f"keys: {', '.join(KEYS)}"
        raise UsageError(f"there is no key `{key}:`", f"{near}; in quotation marks it is text")
    return _READERS.get(key, _named)(key, value)


def _named(key: str, value: str) -> Node:
    """Return a term of a name; `*` in it stands for anything."""
    if not value:
        raise UsageError(f"`{key}:` needs a name", _EXAMPLES[key])
    return Has(key, value)


def _listed(key: str, value: str) -> Node:
    """Return a term of one of a few words."""
    known = STATES if key == "is" else tuple(map(str, Kind))
    words = ", ".join(known)
    if value.casefold() not in known:
        if not value or any(word.startswith(value.casefold()) for word in known):
            raise UsageError(f"`{key}:` needs a word", words)
        raise UsageError(
            f"there is no `{key}:{value}`", did_you_mean(value, known) or f"words: {words}"
        )
    return Has(key, value.casefold())


def _flag(key: str, value: str) -> Node:
    """Return a term of a flag."""
    if len(value) != 1 or value not in "01234567":
        raise UsageError("`flag:` needs a digit", "0 to 7; 0 is no flag")
    return Has(key, value)


def _property(key: str, value: str) -> Node:
    """Return a term that compares a number."""
    found = _COMPARISON.fullmatch(value.casefold())
    if found is None or found[1] not in PROPERTIES:
        name = re.split(r"[^a-z]", value.casefold())[0]
        near = did_you_mean(name, PROPERTIES) if name else ""
        raise UsageError(
            f"`prop:` needs one of {', '.join(PROPERTIES)}", near or "such as prop:ivl>=30"
        )
    if found[2] is None or found[3] is None:
        raise UsageError(
            f"`prop:{found[1]}` needs a sign and a number", f"such as prop:{found[1]}>=2"
        )
    number = float(found[3])
    return Property(found[1], found[2], round(number * 100) if found[1] == "ease" else number)


def _rated(key: str, value: str) -> Node:
    """Return a term of days in which a card was answered."""
    found = _BOUNDS.fullmatch(value)
    if found is None or not int(found[1]):
        raise UsageError("`rated:` needs days", "rated:7 is the last seven, rated:1:2 hard today")
    return Rated(int(found[1]), int(found[2] or 0))


_READERS = {
    "is": _listed,
    "note": _listed,
    "flag": _flag,
    "prop": _property,
    "rated": _rated,
}
_EXAMPLES = {
    "deck": 'such as deck:ML::GANs, deck:*gan*, deck:"Two words"',
    "tag": "such as tag:gan, tag:loss*",
    "id": "such as id:egg-foam, id:egg*",
}
