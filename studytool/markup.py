"""The tree of a marked-up text as values: blocks, spans, formulas and cloze holes."""

from __future__ import annotations

from typing import Any, TypeAlias

from studytool import cloze
from studytool.values import Value, fields


class Text(Value):
    """Plain words."""

    text: str


class Code(Value):
    """A code span; in a cloze text it may hold raw holes."""

    text: str


class Math(Value):
    """A formula as LaTeX, macros expanded; in a cloze text it may hold raw holes."""

    tex: str
    display: bool = False


class Span(Value):
    """Words in a style: `em`, `strong` or `strike`."""

    style: str
    children: Inlines


class Link(Value):
    """Words that point somewhere."""

    href: str
    children: Inlines


class Image(Value):
    """A picture: its path as written, and its description."""

    path: str
    description: str


class Break(Value):
    """A line break that the author asked for."""


class Hole(Value):
    """A cloze hole in running text."""

    number: int
    hint: str
    children: Inlines


class FootnoteMark(Value):
    """The number, from 1, that refers to a footnote of the same text."""

    number: int


Inline: TypeAlias = Text | Code | Math | Span | Link | Image | Break | Hole | FootnoteMark
Inlines: TypeAlias = tuple[Inline, ...]


class Paragraph(Value):
    """Running text."""

    children: Inlines


class Heading(Value):
    """A heading of level 1 to 6."""

    level: int
    children: Inlines


class CodeBlock(Value):
    """Code in a language, which may be empty; in a cloze text it may hold raw holes."""

    text: str
    language: str


class MathBlock(Value):
    """A formula on lines of its own."""

    tex: str


class ListBlock(Value):
    """A list; `start` is the first number of an ordered one and None for bullets."""

    start: int | None
    items: tuple[Blocks, ...]


class Quote(Value):
    """Quoted blocks."""

    children: Blocks


class Table(Value):
    """A table: the first row is its head; one of `left`, `center`, `right` a column."""

    rows: tuple[tuple[Inlines, ...], ...]
    alignments: tuple[str, ...]


class Rule(Value):
    """A line across the page."""


class Footnotes(Value):
    """The footnotes of a text, the first one numbered 1."""

    notes: tuple[Blocks, ...]


Block: TypeAlias = (
    Paragraph | Heading | CodeBlock | MathBlock | ListBlock | Quote | Table | Rule | Footnotes
)
Blocks: TypeAlias = tuple[Block, ...]


_NODES: dict[str, type] = {
    node.__name__: node
    for node in (
        *(Text, Code, Math, Span, Link, Image, Break, Hole, FootnoteMark),
        *(Paragraph, Heading, CodeBlock, MathBlock, ListBlock, Quote, Table, Rule, Footnotes),
    )
}


def as_json(tree: Any) -> Any:
    """Return a tree as lists, strings and numbers; a node is `{"": its name, …}`."""
    if isinstance(tree, tuple):
        return [as_json(node) for node in tree]
    if tree is None or isinstance(tree, str | int):
        return tree
    values = {name: as_json(getattr(tree, name)) for name in fields(tree)}
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
            pending.extend(getattr(node, name) for name in fields(node))
    return found
