"""Sets a table to a width: columns share the room, cells break inside their column."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from studytool.wrapping import Row, Run, row_width, wrap

COLUMN_GAP = 2
"""Blank columns between two table columns."""
MIN_COLUMN = 3
"""No table column is set narrower than this."""
HANGING = 10
"""From so many columns on the further rows of a stacked cell stand in."""
WHOLE = 12
"""A word of at most so many columns is not cut in a cell; where it would be, cells are stacked."""


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
    least = [
        max((_least(row[index]) for row in cells if index < len(row)), default=MIN_COLUMN)
        for index in range(count)
    ]
    room = width - COLUMN_GAP * (count - 1)
    if room < sum(least):
        return _stacked(cells, width)
    widths = share(wanted, room, least)
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


def share(wanted: Sequence[int], room: int, least: Sequence[int]) -> list[int]:
    """Return column widths that fit the room: narrow columns whole, wide ones cut evenly.

    Args:
        wanted: The widths at which no cell breaks.
        room: Columns for all of them.
        least: Widths that are not gone below; together they fit the room.
    """
    widths = [max(low, min(want, room)) for want, low in zip(wanted, least, strict=True)]
    while sum(widths) > room:
        spare = [(width, -index) for index, width in enumerate(widths) if width > least[index]]
        widths[-max(spare)[1]] -= 1
    return widths


def _least(cell: Sequence[Run]) -> int:
    """Return the width in which the words of a cell are whole, but for long ones."""
    text = "".join(run.text for run in cell)
    return max(MIN_COLUMN, *(min(WHOLE, cell_len(word)) for word in (*text.split(), "")))


def _stacked(cells: Sequence[Sequence[Sequence[Run]]], width: int) -> list[Row]:
    """Return a table with its cells one below the other, each behind the head of its column."""
    rows: list[Row] = []
    head, *body = cells
    if not body:
        return [row for cell in head for row in wrap(map(_bold, cell), width)]
    for number, row in enumerate(body):
        if number:
            rows.append(())
        for name, cell in zip(head, row, strict=False):
            label = [*map(_bold, name), Run(": ", "strong")] if name else []
            rows.extend(wrap([*label, *cell], width, hanging=2 if width >= HANGING else 0))
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
