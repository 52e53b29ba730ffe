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
    blank,
    covered,
    indented,
    sign,
    text_box,
)
from studytool.texmath.breaking import below, broken
from studytool.texmath.cells import cells
from studytool.texmath.line import row_runs
from studytool.texmath.nodes import Environment, Nodes
from studytool.texmath.parts import NOTHING, Part, Row, spaced
from studytool.texmath.runs import Run, Runs
from studytool.texmath.shapes import RULE, bracket
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
    return _middle(_ruled(rows, widths, bars, node.rules))


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


def _ruled(rows: list[list[Box]], widths: list[int], bars: set[int], rules: tuple[int, ...]) -> Box:
    """Set rows of cells with lines between them."""
    places: list[int] = []
    starts: list[int] = []
    at = 0
    for number, width in enumerate(widths):
        if number in bars:
            at += number > 0
            places.append(at)
            at += 2
        elif number:
            at += 2
        starts.append(at)
        at += width
    if len(widths) in bars:
        places.append(at + 1)
        at += 2
    total = at
    tall = any(len(cell.rows) > 1 for row in rows for cell in row)
    out: list[Box] = []
    upright = _upright(places, total)
    for number, row in enumerate(rows):
        if number in rules:
            out.append(_rule(places, total))
        elif number and tall:
            out.append(upright)
        gaps = [start - (starts[i - 1] + widths[i - 1] if i else 0)
                for i, start in enumerate(starts)]  # fmt: skip
        box = beside(row, gaps)
        out.append(_barred(box, places, total))
    if len(rows) in rules:
        out.append(_rule(places, total))
    return above_each_other(out, 0, "l")


def _upright(places: list[int], total: int) -> Box:
    return _barred(EMPTY, places, total)


def _barred(box: Box, places: list[int], total: int) -> Box:
    """Draw upright lines through the blanks of a row of cells."""
    if not places:
        return box
    height = len(box.rows)
    line = Box((sign("│", RULE).rows[0],) * height, (1,) * height, 1, box.base)
    rows: list[Runs] = []
    for runs, width in zip(box.rows, box.widths, strict=True):
        rows.append(_cut_in(runs, width, places))
    ends = tuple(max(width, places[-1] + 1) for width in box.widths)
    return Box(tuple(rows), ends, max(total, line.width), box.base)


def _cut_in(runs: Runs, width: int, places: list[int]) -> Runs:
    """Put upright lines at places that are blank in a row."""
    out: list[Run] = []
    at = 0
    waiting = list(places)
    for run in (*runs, blank(max(0, places[-1] + 1 - width))):
        size = len(run.text) if not run.text.strip(" ") else -1
        if size < 0:
            at += cells(run.text)
            out.append(run)
            continue
        end = at + size
        while waiting and waiting[0] < end:
            place = waiting.pop(0)
            if place > at:
                out.append(blank(place - at))
            out.append(Run("│", RULE))
            at = place + 1
        if end > at:
            out.append(blank(end - at))
        at = end
    return tuple(out)


def _rule(places: list[int], total: int) -> Box:
    line = ["─"] * max(total, 1)
    for place in places:
        line[min(place, len(line) - 1)] = "┼"
    return sign("".join(line), RULE)


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
    rows = [setter.fitted(tuple(part for cell in row for part in cell), True) for row in node.rows]
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
    triple = node.name.startswith("eqnarray")
    cells = [[setter.parts(cell, True) for cell in row] for row in node.rows]
    rows = [[_cell(parts, at) for at, parts in enumerate(row)] for row in cells]
    count = max(map(len, rows))
    widths = [max((row[at].width for row in rows if at < len(row)), default=0)
              for at in range(count)]  # fmt: skip
    gaps = [0 if at == 0 or at % 2 or triple else _PAIR_GAP for at in range(count)]
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
            aligned(box, max(widths[at], 0), "r" if at % 2 == 0 else "l")
            for at, box in enumerate(line)
        ]
        lines.append(beside(placed, gaps[: len(placed)]))
    return below(lines)


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
