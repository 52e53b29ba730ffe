"""Sets a table to a width: columns share the room, cells break inside their column."""

from __future__ import annotations

from collections.abc import Sequence

from studytool.wrapping import Row, Run, row_width, wrap

COLUMN_GAP = 2
"""Blank columns between two table columns."""
MIN_COLUMN = 3
"""No table column is set narrower than this."""


def set_table(
    cells: Sequence[Sequence[Sequence[Run]]], alignments: Sequence[str], width: int
) -> list[Row]:
    """Return a table as rows: its head in bold, a rule, then the body.

    Args:
        cells: Runs of each cell, row by row; the first row is the head.
        alignments: `left`, `center` or `right` for each column.
        width: Columns of the terminal that the table may take.
    """
    count = len(alignments)
    if not count:
        return []
    wanted = [
        max((row_width(tuple(row[index])) for row in cells if index < len(row)), default=0)
        for index in range(count)
    ]
    room = width - COLUMN_GAP * (count - 1)
    if room < MIN_COLUMN * count:
        return _stacked(cells, width)
    widths = share(wanted, room)
    rows: list[Row] = []
    for number, row in enumerate(cells):
        if number == 1:
            rows.append((Run("─" * (sum(widths) + COLUMN_GAP * (count - 1)), "rule"),))
        bold = number == 0
        columns = [
            wrap([_bold(run) if bold else run for run in row[index]], widths[index])
            for index in range(min(count, len(row)))
        ]
        for line in range(max(map(len, columns), default=0)):
            rows.append(_line(columns, line, widths, alignments))
    return rows


def share(wanted: Sequence[int], room: int) -> list[int]:
    """Return column widths that fit the room: narrow columns whole, wide ones cut evenly."""
    widths = [max(MIN_COLUMN, min(want, room)) for want in wanted]
    while sum(widths) > room:
        widest = max(widths)
        if widest <= MIN_COLUMN:
            break
        widths[widths.index(widest)] -= 1
    return widths


def _stacked(cells: Sequence[Sequence[Sequence[Run]]], width: int) -> list[Row]:
    """Return a table with its cells one below the other, for want of room beside them."""
    rows: list[Row] = []
    for number, row in enumerate(cells):
        if number:
            rows.append((Run("─" * width, "rule"),) if number == 1 else ())
        for cell in row:
            rows.extend(wrap([run if number else _bold(run) for run in cell], width))
    return rows


def _bold(run: Run) -> Run:
    """Return a run of the head."""
    return Run(run.text, f"{run.roles} strong".strip())


def _line(
    columns: Sequence[Sequence[Row]], line: int, widths: Sequence[int], alignments: Sequence[str]
) -> Row:
    """Return one screen line of a table row."""
    runs: list[Run] = []
    for index, column in enumerate(columns):
        cell = column[line] if line < len(column) else ()
        blank = max(0, widths[index] - row_width(cell))
        before = {"right": blank, "center": blank // 2}.get(alignments[index], 0)
        after = blank - before + (COLUMN_GAP if index + 1 < len(columns) else 0)
        runs += [Run(" " * before), *cell, Run(" " * after)]
    return tuple(run for run in runs if run.text)
