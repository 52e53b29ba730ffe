"""The parts of a parsed formula, each with its place in the source."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import NamedTuple

from studytool.texmath.symbols import Kind, Role


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a formula; `source[start:end]` is what it was read from."""

    start: int
    end: int


Nodes = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Atom(Node):
    """A letter, number, sign, name or piece of text; `font` is "", bold, sans or mono."""

    text: str
    kind: Kind = "ord"
    role: Role = "variable"
    font: str = ""


@dataclass(frozen=True, slots=True)
class Space(Node):
    """An explicit space: 0 none, 1 thin, otherwise one more than its blanks."""

    width: int


@dataclass(frozen=True, slots=True)
class Group(Node):
    """An argument or a pair of braces; `braced` is false for an argument of one token."""

    body: Nodes
    braced: bool = True


@dataclass(frozen=True, slots=True)
class Scripted(Node):
    """A base with primes, a subscript or a superscript; no base when none was written."""

    base: Node | None
    sub: Group | None
    sup: Group | None
    primes: int


@dataclass(frozen=True, slots=True)
class Fraction(Node):
    """One thing over another."""

    top: Group
    bottom: Group


@dataclass(frozen=True, slots=True)
class Binomial(Node):
    """A binomial coefficient."""

    top: Group
    bottom: Group


@dataclass(frozen=True, slots=True)
class Root(Node):
    """A root, square when it has no index."""

    body: Group
    index: Group | None


@dataclass(frozen=True, slots=True)
class Accent(Node):
    """A marked argument; `mark` is a combining character, or empty where none exists."""

    name: str
    mark: str
    body: Group


@dataclass(frozen=True, slots=True)
class Fenced(Node):
    """`\\left … \\right`; an empty text is an invisible bracket."""

    left: str
    right: str
    body: Nodes


@dataclass(frozen=True, slots=True)
class Stack(Node):
    """A base with something set above or below it."""

    name: str
    base: Group
    over: Group | None
    under: Group | None


@dataclass(frozen=True, slots=True)
class Environment(Node):
    """`\\begin … \\end`: rows of cells."""

    name: str
    rows: tuple[tuple[Nodes, ...], ...]


@dataclass(frozen=True, slots=True)
class Marked(Node):
    """`\\class{name}{…}`: content that gets an extra role."""

    name: str
    body: Group


@dataclass(frozen=True, slots=True)
class Classed(Node):
    """Content made to behave as one atom of a class, such as `\\mathop{…}`."""

    kind: Kind
    body: Group


@dataclass(frozen=True, slots=True)
class Negated(Node):
    """`\\not` and what it strikes out."""

    body: Group


@dataclass(frozen=True, slots=True)
class Raw(Node):
    """Source that is shown as it was written, and the arguments that follow it."""

    text: str
    args: tuple[Group, ...] = ()


class Problem(NamedTuple):
    """Something wrong in a formula, at an offset in its source."""

    offset: int
    message: str


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
            waiting.extend(getattr(thing, field.name) for field in reversed(fields(thing)))
        elif isinstance(thing, tuple):
            waiting.extend(reversed(thing))
