"""The tree of a marked-up text as values: blocks, spans, formulas and cloze holes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, TypeAlias

from studytool import cloze


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code span; in a cloze text it may hold raw holes."""

    text: str


@dataclass(frozen=True, slots=True)
class Math:
    """A formula as LaTeX, macros expanded; in a cloze text it may hold raw holes."""

    tex: str
    display: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Words in a style: `em`, `strong` or `strike`."""

    style: str
    children: Inlines


@dataclass(frozen=True, slots=True)
class Link:
    """Words that point somewhere."""

    href: str
    children: Inlines


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: its path as written, and its description."""

    path: str
    description: str


@dataclass(frozen=True, slots=True)
class Break:
    """A line break that the author asked for."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A cloze hole in running text."""

    number: int
    hint: str
    children: Inlines


Inline: TypeAlias = Text | Code | Math | Span | Link | Image | Break | Hole
Inlines: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    children: Inlines


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Code in a language, which may be empty; in a cloze text it may hold raw holes."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class MathBlock:
    """A formula on lines of its own."""

    tex: str


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; `start` is the first number of an ordered one and None for bullets."""

    start: int | None
    items: tuple[Blocks, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted blocks."""

    children: Blocks


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first row is its head; one of `left`, `center`, `right` a column."""

    rows: tuple[tuple[Inlines, ...], ...]
    alignments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


Block: TypeAlias = Paragraph | Heading | CodeBlock | MathBlock | ListBlock | Quote | Table | Rule
Blocks: TypeAlias = tuple[Block, ...]


_NODES: dict[str, type] = {
    node.__name__: node
    for node in (
        *(Text, Code, Math, Span, Link, Image, Break, Hole),
        *(Paragraph, Heading, CodeBlock, MathBlock, ListBlock, Quote, Table, Rule),
    )
}


def as_json(tree: Any) -> Any:
    """Return a tree as lists, strings and numbers; a node is `{"": its name, …}`."""
    if isinstance(tree, tuple):
        return [as_json(node) for node in tree]
    if tree is None or isinstance(tree, str | int):
        return tree
    values = {slot.name: as_json(getattr(tree, slot.name)) for slot in fields(tree)}
    return {"": type(tree).__name__, **values}


def from_json(value: Any) -> Any:
    """Return the tree that `as_json` wrote."""
    if isinstance(value, list):
        return tuple(from_json(node) for node in value)
    if isinstance(value, dict):
        node = _NODES[value.pop("")]
        return node(**{name: from_json(part) for name, part in value.items()})
    return value


def hole_numbers(blocks: Blocks) -> set[int]:
    """Return the numbers of all holes that a parsed cloze text really shows."""
    found: set[int] = set()
    pending: list[Any] = list(blocks)
    while pending:
        node = pending.pop()
        if isinstance(node, tuple):
            pending.extend(node)
        elif isinstance(node, Code | CodeBlock):
            found.update(cloze.numbers(node.text))
        elif isinstance(node, Math | MathBlock):
            found.update(cloze.numbers(node.tex))
        elif not isinstance(node, str | int | None):
            if isinstance(node, Hole):
                found.add(node.number)
            pending.extend(getattr(node, slot.name) for slot in fields(node))
    return found
