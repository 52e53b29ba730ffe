"""Sets a typed answer above the right one: every difference has a mark, so colour is not needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.cells import cell_len

from studytool.typed import Comparison, Mark, Piece
from studytool.wrapping import Row, Rows, Run, wrap

SIGNS = {Mark.SAME: " ", Mark.WRONG: "×", Mark.MISSING: "-", Mark.EXTRA: "+"}
"""What stands between the two answers where they differ."""
HOLLOW = "·"
"""Stands in the typed answer where something is missing."""
_ROOMY = 30
"""From this width on the rows have words before them, in columns."""


def typed_rows(comparison: Comparison, width: int) -> Rows:
    """Return what was typed, and if it is not right the signs and the right answer below it."""
    roomy = width >= _ROOMY
    labels = ("you     ", "        ", "answer  ") if roomy else ("", "", "")
    room = max(2, width - 2 - len(labels[0]))
    if comparison.right:
        typed = "".join(piece.typed for piece in comparison.pieces)
        rows = wrap([Run(typed)], room)
        return tuple((*_lead("✓ ", labels[0], index), *row) for index, row in enumerate(rows))
    found: list[Row] = []
    for number, line in enumerate(_lines(comparison.pieces, room)):
        signs = _row(line, 1)
        if number:
            found.append(())
        found.append((*_lead("✗ ", labels[0], number), *_row(line, 0)))
        if any(run.text.strip() for run in signs):
            found.append((Run(" " * (2 + len(labels[1]))), *signs))
        found.append((*_lead("  " if roomy else "→ ", labels[2], number), *_row(line, 2)))
    return tuple(found)


def _lead(verdict: str, label: str, number: int) -> tuple[Run, ...]:
    """Return what stands before a row; before the rows after the first only blanks."""
    if number:
        return (Run(" " * (len(verdict) + len(label))),)
    role = {"✓ ": "right", "✗ ": "wrong"}.get(verdict, "marker")
    return tuple(run for run in (Run(verdict, role), Run(label, "marker")) if run.text)


def _lines(pieces: Iterable[Piece], room: int) -> Iterator[list[Piece]]:
    """Yield pieces in lines that fit some columns; one that is wider than a line is cut."""
    line: list[Piece] = []
    used = 0
    for piece in (part for whole in pieces for part in _cut(whole, room)):
        if used + _width(piece) > room:
            yield line
            line, used = [], 0
        if not line:
            piece = Piece(piece.mark, piece.typed.lstrip(), piece.expected.lstrip())
        line.append(piece)
        used += _width(piece)
    if line:
        yield line


def _cut(piece: Piece, room: int) -> Iterator[Piece]:
    """Yield a piece in parts that fit a line."""
    if _width(piece) <= room:
        yield piece
        return
    step = max(1, room // 2)
    for start in range(0, max(len(piece.typed), len(piece.expected)), step):
        typed, expected = (text[start : start + step] for text in (piece.typed, piece.expected))
        yield Piece(piece.mark, typed, expected)


def _width(piece: Piece) -> int:
    """Return the columns that a piece takes in each of the rows."""
    return max(cell_len(piece.typed), cell_len(piece.expected))


def _row(line: list[Piece], which: int) -> tuple[Run, ...]:
    """Return the typed answer (0), the signs (1) or the right answer (2) of a line."""
    cells = ((_role(piece.mark, which), _cell(piece, which)) for piece in line)
    runs = groupby(cells, key=lambda cell: cell[0])
    return tuple(Run("".join(text for _, text in group), role) for role, group in runs)


def _role(mark: Mark, which: int) -> str:
    """Return the role of a piece in one of the rows."""
    if mark is Mark.SAME:
        return ""
    return "right" if which == 2 else "wrong"


def _cell(piece: Piece, which: int) -> str:
    """Return a piece as it stands in one of the rows, as wide as in the others."""
    width = _width(piece)
    core = max(cell_len(piece.typed.lstrip()), cell_len(piece.expected.lstrip()))
    if which == 1:
        text = SIGNS[piece.mark] * core
    elif which == 0 and piece.mark is Mark.MISSING:
        text = HOLLOW * core
    else:
        text = piece.expected if which else piece.typed
    return " " * (width - cell_len(text)) + text
