"""Environments in two dimensions: matrices, case distinctions, arrays and lines of equations."""

from __future__ import annotations

import re
from typing import Protocol

from studytool.texmath.box import (
    EMPTY,
    Align,
    Box,
    above_each_other,
    aligned,
    beside,
    covered,
    indented,
    text_box,
)
from studytool.texmath.breaking import below, broken
from studytool.texmath.line import row_runs
from studytool.texmath.nodes import Environment, Nodes
from studytool.texmath.parts import NOTHING, Part, Row, continued, spaced
from studytool.texmath.ruled import ruled
from studytool.texmath.runs import Runs
from studytool.texmath.shapes import bracket
from studytool.texmath.spacing import Mode
from studytool.texmath.symbols import ENVIRONMENTS

_CASES = frozenset(("cases", "dcases", "rcases"))
_PAIRED = frozenset(
    ("aligned", "align", "align*", "split", "alignat", "alignat*", "alignedat", "flalign",
     "flalign*")
)  # fmt: skip
_ALIGNMENTS: dict[str, Align] = {"l": "l", "c": "c", "r": "r", "p": "l", "m": "l", "b": "l"}
_REPEATED = re.compile(r"\*\{(\d{1,2})\}\{([^{}]*)\}")
_WIDTHS = re.compile(r"[@!><]\{[^{}]*\}|\{[^{}]*\}|\[[^\[\]]*\]")
_NARROWEST = 16
_PAIR_GAP = 3


class _Setter(Protocol):
    room: int

    def row(self, nodes: Nodes, display: bool) -> Row:
        """Set a row."""

    def fitted(self, nodes: Nodes, display: bool, room: int = 0) -> Box:
        """Set a row, broken to a room."""

    def parts(self, nodes: Nodes, display: bool) -> list[Part]:
        """Set the parts of a row."""


def set_environment(node: Environment, setter: _Setter) -> Part:
    """Set an environment with its brackets."""
    if not node.rows:
        return NOTHING
    name = node.name
    if name == "substack":
        boxes = [text_box(run for cell in row for run in _small(cell)) for row in node.rows]
        return Part(above_each_other(boxes, 0), "ord", "row")
    if name in _CASES:
        return _cases(node, setter)
    left, right = ENVIRONMENTS.get(name, ("", ""))
    if left or right:
        box = _array(node, setter)
        if name in ("matrix", "smallmatrix", "array"):
            return Part(box, "inner", "row")
        edges = [bracket(text.strip(), box.above, box.below) for text in (left, right)]
        return Part(beside([edges[0], box, edges[1]]), "inner", "fenced")
    return Part(_lines(node, setter), "ord", "row")


def _small(cell: Nodes) -> Runs:
    return row_runs(cell, Mode.SCRIPT)


def _middle(box: Box) -> Box:
    """Put the baseline of a box into its middle."""
    return covered(box._replace(base=(len(box.rows) - 1) // 2))


def _array(node: Environment, setter: _Setter) -> Box:
    cells = [[setter.row(cell, False).box() for cell in row] for row in node.rows]
    count = max(map(len, cells))
    columns, bars = _columns(node.columns, count)
    widths = [max((row[at].width for row in cells if at < len(row)), default=0)
              for at in range(count)]  # fmt: skip
    rows = [
        [aligned(row[at] if at < len(row) else EMPTY, widths[at], columns[at])
         for at in range(count)]
        for row in cells
    ]  # fmt: skip
    return _middle(ruled(rows, widths, bars, node.rules))


def _columns(spec: str, count: int) -> tuple[list[Align], set[int]]:
    """Read the layout of an array: how columns are aligned, and before which a line stands."""
    spec = _REPEATED.sub(lambda found: found[2] * min(int(found[1]), 64), spec)
    columns: list[Align] = []
    bars: set[int] = set()
    for char in _WIDTHS.sub("", spec):
        if char == "|":
            bars.add(len(columns))
        elif char in _ALIGNMENTS:
            columns.append(_ALIGNMENTS[char])
    columns += ["c"] * (count - len(columns))
    return columns[:count], {min(bar, count) for bar in bars}


def _cases(node: Environment, setter: _Setter) -> Part:
    display = node.name == "dcases"
    cells = [[setter.row(cell, display).box() for cell in row] for row in node.rows]
    wide = [max((row[at].width for row in cells if at < len(row)), default=0)
            for at in range(max(map(len, cells)))]  # fmt: skip
    room = setter.room - 2
    over = sum(wide) + 3 * (len(wide) - 1) - room
    if over > 0:
        widest = wide.index(max(wide))
        wide[widest] = max(_NARROWEST, wide[widest] - over)
        cells = [
            [setter.fitted(cell, display, max(wide[at], 4)) for at, cell in enumerate(row)]
            for row in node.rows
        ]
        wide = [max((row[at].width for row in cells if at < len(row)), default=0)
                for at in range(len(wide))]  # fmt: skip
    rows = [
        beside([aligned(cell, wide[at], "l") for at, cell in enumerate(row)],
               [3 * (at > 0) for at in range(len(row))])
        for row in cells
    ]  # fmt: skip
    tall = any(len(row.rows) > 1 for row in rows)
    box = _middle(above_each_other(rows, 0, "l", int(tall or len(rows) == 2)))
    if node.name == "rcases":
        return Part(beside([box, bracket("}", box.above, box.below)], (0, 1)), "inner", "fenced")
    return Part(beside([bracket("{", box.above, box.below), box], (0, 1)), "inner", "fenced")


def _lines(node: Environment, setter: _Setter) -> Box:
    """Set lines of equations."""
    if node.name in _PAIRED or node.name.startswith("eqnarray"):
        return _middle(_paired(node, setter))
    rows: list[Box] = []
    for row in node.rows:
        parts = setter.parts(_merged(row), True)
        line = continued(parts) if rows else spaced(parts)
        rows.append(broken(line, setter.room) if line.width > setter.room else line.box())
    width = max(row.width for row in rows)
    if node.name.startswith("multline") and len(rows) > 1:
        width = max(width, min(setter.room, width + 4))
        sides: list[Align] = ["l", *["c"] * (len(rows) - 2), "r"]  # type: ignore[list-item]
    else:
        sides = ["c"] * len(rows)
    return _middle(below([aligned(row, width, side)
                          for row, side in zip(rows, sides, strict=True)]))  # fmt: skip


def _paired(node: Environment, setter: _Setter) -> Box:
    """Set lines whose cells are aligned in turn to the right and to the left."""
    source = node.rows
    if node.name.startswith("eqnarray"):
        source = tuple((*row[:1], _merged(row[1:])) for row in source)
    cells = [[setter.parts(cell, True) for cell in row] for row in source]
    rows = [[_cell(parts, at) for at, parts in enumerate(row)] for row in cells]
    count = max(map(len, rows))
    widths = [max((row[at].width for row in rows if at < len(row)), default=0)
              for at in range(count)]  # fmt: skip
    gaps = [0 if at == 0 or at % 2 else _PAIR_GAP for at in range(count)]
    total = sum(widths) + sum(gaps)
    if total > setter.room and count > 1:
        return _narrow(cells, widths[0], setter.room)
    boxes = [[row.box() for row in line] for line in rows]
    if total > setter.room:
        boxes = [[broken(row, setter.room) if row.parts else EMPTY for row in line]
                 for line in rows]  # fmt: skip
    lines: list[Box] = []
    for line in boxes:
        placed = [
            aligned(box, widths[at], "r" if at % 2 == 0 and count > 1 else "l")
            for at, box in enumerate(line)
        ]
        lines.append(beside(placed, gaps[: len(placed)]))
    return below(lines)


def _merged(cells: tuple[Nodes, ...]) -> Nodes:
    return tuple(node for cell in cells for node in cell)


def _cell(parts: list[Part], at: int) -> Row:
    """Set a cell; one that follows another begins with the blank that its first sign has."""
    return spaced([NOTHING, *parts]) if at and parts else spaced(parts)


def _narrow(cells: list[list[list[Part]]], left: int, room: int) -> Box:
    """Set lines that are too wide: the right side broken, or each line by itself."""
    lines: list[Box] = []
    hang = left if left * 2 < room else 0
    for row in cells:
        pairs = [row[at : at + 2] for at in range(0, len(row), 2)]
        for number, pair in enumerate(pairs):
            if hang and not number:
                head = aligned(spaced(pair[0]).box(), hang, "r")
                rest = spaced([NOTHING, *pair[1]]) if len(pair) > 1 else None
                body = broken(rest, room - hang) if rest else EMPTY
                lines.append(beside([head, body]))
                continue
            whole = spaced([part for cell in pair for part in cell])
            if whole.parts:
                indent = 4 if number else 0
                lines.append(indented(broken(whole, room - indent), indent))
    return below(lines) if lines else EMPTY
