"""The parts of a parsed formula, each with its place in the source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from studytool.texmath.symbols import Kind, Role
from studytool.values import Value, fields


class Node(Value):
    """A part of a formula; `source[start:end]` is what it was read from."""

    start: int
    end: int


Nodes = tuple[Node, ...]


class Atom(Node):
    """A letter, number, sign, name or piece of text; `font` is "", bold, sans or mono."""

    text: str
    kind: Kind = "ord"
    role: Role = "variable"
    font: str = ""


class Sized(Atom):
    """A bracket of `\\middle` or of `\\big` and its kin, which grows with what it encloses."""


class Space(Node):
    """An explicit space: 0 none, 1 thin, otherwise one more than its blanks."""

    width: int


class Group(Node):
    """An argument or a pair of braces; `braced` is false for an argument of one token."""

    body: Nodes
    braced: bool = True


class Scripted(Node):
    """A base with primes, a subscript or a superscript; no base when none was written."""

    base: Node | None
    sub: Group | None
    sup: Group | None
    primes: int
    limits: bool | None = None
    """Whether `\\limits` or `\\nolimits` says where the scripts stand."""


class Fraction(Node):
    """One thing over another."""

    top: Group
    bottom: Group


class Binomial(Node):
    """A binomial coefficient."""

    top: Group
    bottom: Group


class Root(Node):
    """A root, square when it has no index."""

    body: Group
    index: Group | None


class Accent(Node):
    """A marked argument; `mark` is a combining character, or empty where none exists."""

    name: str
    mark: str
    body: Group


class Fenced(Node):
    """`\\left … \\right`; an empty text is an invisible bracket."""

    left: str
    right: str
    body: Nodes


class Stack(Node):
    """A base with something set above or below it."""

    name: str
    base: Group
    over: Group | None
    under: Group | None


class Environment(Node):
    """`\\begin … \\end`: rows of cells.

    `columns` is the layout of an array as it was written, `rules` are the rows that have a line
    above them.
    """

    name: str
    rows: tuple[tuple[Nodes, ...], ...]
    columns: str = ""
    rules: tuple[int, ...] = ()


class Marked(Node):
    """`\\class{name}{…}`: content that gets an extra role."""

    name: str
    body: Group


class Classed(Node):
    """Content made to behave as one atom of a class, such as `\\mathop{…}`."""

    kind: Kind
    body: Group


class Negated(Node):
    """`\\not` and what it strikes out."""

    body: Group


class Raw(Node):
    """Source that is shown as it was written, and the arguments that follow it."""

    text: str
    args: tuple[Group, ...] = ()


class Problem(NamedTuple):
    """Something wrong in a formula, at an offset in its source; the hint says what to do."""

    offset: int
    message: str
    hint: str = ""


class Parsed(NamedTuple):
    """A parsed formula and what is wrong with it."""

    nodes: Nodes
    problems: tuple[Problem, ...]


def walk(nodes: Nodes) -> Iterator[Node]:
    """Yield every node of a tree, parents first."""
    waiting: list[object] = list(reversed(nodes))
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, Node):
            yield thing
            waiting.extend(getattr(thing, name) for name in reversed(fields(thing)))
        elif isinstance(thing, tuple):
            waiting.extend(reversed(thing))
