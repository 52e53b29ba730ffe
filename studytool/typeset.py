"""Sets a tree of blocks to a width: rows of runs, each run with the roles that colour it."""

from __future__ import annotations

from collections.abc import Iterable

from studytool import cloze, formulas
from studytool.markup import (
    Block,
    Blocks,
    Break,
    Code,
    CodeBlock,
    FootnoteMark,
    Footnotes,
    Heading,
    Hole,
    Image,
    Inline,
    Inlines,
    Link,
    ListBlock,
    Math,
    MathBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    Text,
)
from studytool.picture_rows import mark
from studytool.screen_text import clean, clean_line
from studytool.tables import set_table
from studytool.values import Value
from studytool.wrapping import Row, Rows, Run, join_roles, row_width, wrap

GAP = "…"
"""Stands in brackets for what a hole hides."""
MIN_WIDTH = 2
"""Nothing is set narrower than this, in columns: room for one wide character."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
ROOM = 4
"""An indent that would leave fewer columns than this is left out."""


class Holes(Value):
    """Which cloze holes are hidden or pointed out.

    Attributes:
        asked: Number of the hole that is asked; 0 when none is.
        shown: Whether its content is shown.
        signed: Whether a hint stands behind the sign of a gap, for those who see no colours.
    """

    asked: int = 0
    shown: bool = False
    signed: bool = False

    def gap(self, hint: str) -> str:
        """Return what stands for the content of a hole with such a hint."""
        return f"[{GAP if self.signed or not hint else ''}{hint}]"


NO_HOLES = Holes()


def set_blocks(
    blocks: Blocks, width: int, roles: str = "", holes: Holes = NO_HOLES, linear: bool = False
) -> Rows:
    """Return blocks as rows no wider than a width, a blank row between two blocks.

    Formulas of their own are set in two dimensions, or on one line if all is to be `linear`.
    """
    setter = _Setter(holes, linear)
    return tuple(setter.blocks(blocks, max(MIN_WIDTH, width), roles))


class _Setter:
    """Sets blocks with one choice of holes."""

    def __init__(self, holes: Holes, linear: bool) -> None:
        self.holes = holes
        self.linear = linear

    def blocks(self, blocks: Blocks, width: int, roles: str, tight: bool = False) -> list[Row]:
        """Return blocks one below the other."""
        rows: list[Row] = []
        for block in blocks:
            if rows and not tight:
                rows.append(())
            rows.extend(self.block(block, width, roles))
        return rows

    def block(self, block: Block, width: int, roles: str) -> list[Row]:
        """Return the rows of one block."""
        match block:
            case Paragraph(children):
                return wrap(self.inlines(children, roles), width)
            case Heading(_, children):
                return wrap(self.inlines(children, join_roles(roles, "strong")), width)
            case CodeBlock():
                return self.code(block, width)
            case MathBlock(tex):
                return formulas.rows(self.tex(tex), width, self.linear)
            case ListBlock():
                return self.list_items(block, width, roles)
            case Quote(children):
                if width - 2 < ROOM:
                    return self.blocks(children, width, roles)
                rows = self.blocks(children, width - 2, roles)
                return [(Run("│ ", "rule"), *row) for row in rows]
            case Table():
                cells = [[list(self.inlines(cell, roles)) for cell in row] for row in block.rows]
                return set_table(cells, block.alignments, width)
            case Rule():
                return [(Run("─" * width, "rule"),)]
            case Footnotes(notes):
                return self.footnotes(notes, width)

    def code(self, block: CodeBlock, width: int) -> list[Row]:
        """Return code line by line, on a ground of its own as wide as the text."""
        margin = 2 if width - 4 >= ROOM else 0
        inner = width - 2 * margin
        rows: list[Row] = []
        runs = self.raw(block.text, "code")
        if block.language:
            from studytool.code_roles import highlighted

            runs = highlighted(runs, block.language)
        for line in _lines(runs):
            own = len(line[0].text) - len(line[0].text.lstrip(" ")) if line else 0
            rows.extend(wrap(line, inner, min(own, inner // 3) + _hanging(inner)))
        filled = [(*row, Run(" " * (inner + margin - row_width(row)), "code")) for row in rows]
        return [
            tuple(Run(run.text, run.roles or "code") for run in row if run.text)
            for row in ((Run(" " * margin), *row) for row in filled)
        ]

    def list_items(self, block: ListBlock, width: int, roles: str) -> list[Row]:
        """Return the items of a list behind their numbers or bullets."""
        first = block.start
        markers = [
            "• " if first is None else f"{first + index}. " for index in range(len(block.items))
        ]
        indent = max(map(len, markers), default=2)
        tight = all(
            sum(isinstance(child, Paragraph) for child in item) <= 1 for item in block.items
        )
        rows: list[Row] = []
        for marker, item in zip(markers, block.items, strict=True):
            if rows and not tight:
                rows.append(())
            if width - indent < ROOM:
                rows.extend(wrap([Run(marker, "marker")], width))
                rows.extend(self.blocks(item, width, roles, tight))
                continue
            inner = self.blocks(item, width - indent, roles, tight) or [()]
            for index, row in enumerate(inner):
                label = marker.rjust(indent) if index == 0 else " " * indent
                rows.append((Run(label, "marker" if index == 0 else ""), *row))
        return rows

    def footnotes(self, notes: tuple[Blocks, ...], width: int) -> list[Row]:
        """Return footnotes behind their numbers."""
        indent = len(str(len(notes))) + 1
        rows: list[Row] = []
        for number, note in enumerate(notes, 1):
            label = raised(number).rjust(indent - 1) + " "
            if width - indent < ROOM:
                rows.extend(wrap([Run(label.lstrip(), "muted")], width))
                rows.extend(self.blocks(note, width, "muted"))
                continue
            inner = self.blocks(note, width - indent, "muted") or [()]
            rows.append((Run(label, "muted"), *inner[0]))
            rows.extend((Run(" " * indent), *row) if row else () for row in inner[1:])
        return rows

    def inlines(self, children: Inlines, roles: str) -> Iterable[Run]:
        """Yield the runs of running text."""
        for child in children:
            yield from self.inline(child, roles)

    def inline(self, node: Inline, roles: str) -> Iterable[Run]:
        """Yield the runs of one inline node."""
        match node:
            case Text(text):
                yield Run(clean_line(text), roles)
            case Code(text):
                for run in self.raw(text, join_roles(roles, "code")):
                    yield Run(run.text.replace("\n", " "), run.roles)
            case Math(tex):
                yield from formulas.inline(self.tex(tex), roles)
            case Span(style, children):
                yield from self.inlines(children, join_roles(roles, style))
            case Link(href, children):
                yield from self.inlines(children, join_roles(roles, "link"))
                if _words_of(children) != href:
                    yield Run(f" ({clean_line(href)})", join_roles(roles, "muted"))
            case Image(path, description):
                roles = join_roles(roles, "picture", mark(path))
                yield Run("[picture: ", roles)
                for run in self.raw(description or path, roles):
                    yield Run(clean_line(run.text), run.roles)
                yield Run("]", roles)
            case Break():
                yield Run("\n", roles)
            case FootnoteMark(number):
                yield Run(raised(number), join_roles(roles, "marker"))
            case Hole(number, hint, children):
                if number != self.holes.asked:
                    yield from self.inlines(children, roles)
                elif self.holes.shown:
                    yield from self.inlines(children, join_roles(roles, "hole"))
                else:
                    yield Run(self.holes.gap(clean_line(hint)), join_roles(roles, "hole"))

    def raw(self, text: str, roles: str) -> Iterable[Run]:
        """Yield code, in which holes stand as they were written."""
        if not self.holes.asked:
            yield Run(clean(text), roles)
            return
        for piece in cloze.segments(text):
            if isinstance(piece, str):
                yield Run(clean(cloze.unescape(piece)), roles)
            elif piece.number != self.holes.asked:
                yield from self.raw(piece.text, roles)
            elif self.holes.shown:
                yield from self.raw(piece.text, join_roles(roles, "hole"))
            else:
                yield Run(self.holes.gap(clean_line(piece.hint)), join_roles(roles, "hole"))

    def tex(self, text: str) -> str:
        """Return LaTeX whose holes are filled, or hidden, and marked."""
        if not self.holes.asked:
            return text
        from studytool.hole_math import filled

        return filled(text, self.holes.asked, self.holes.shown, self.holes.gap)


def raised(number: int) -> str:
    """Return a number in raised digits, as footnotes have it."""
    return str(number).translate(_RAISED)


def _hanging(width: int) -> int:
    """Return how far the rows after the first of a long line stand in."""
    return 2 if width - 2 >= ROOM else 0


def _lines(runs: Iterable[Run]) -> Iterable[list[Run]]:
    """Yield the runs of code line by line."""
    line: list[Run] = []
    for run in runs:
        for number, text in enumerate(run.text.split("\n")):
            if number:
                yield line
                line = []
            line.append(Run(text, run.roles))
    yield line


def _words_of(children: Inlines) -> str:
    """Return the plain words of a link."""
    return "".join(child.text for child in children if isinstance(child, Text))
