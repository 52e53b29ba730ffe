"""Sets figures: tables, tiles, lines of facts, and blocks side by side."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from studytool.wrapping import Row, Rows, Run, row_width

GAP = 2
"""Blank columns between the columns of a table, where there is room."""
NAME = 8
"""The first column of a table is not made narrower than this, unless it is alone."""


def fit(text: str, room: int) -> str:
    """Return text cut to some columns, with `…` for what is missing at its end."""
    if cell_len(text) <= room:
        return text
    if room < 2:
        return "…"[:room]
    head = set_cell_size(text, room - 1)
    while cell_len(head) >= room:  # Rich cuts too late behind some joiners
        head = head[:-1]
    return head.rstrip() + "…"


def fit_end(text: str, room: int) -> str:
    """Return the end of text, in some columns, with `…` for what is missing at its start."""
    if cell_len(text) <= room:
        return text
    if room < 2:
        return "…"[:room]
    while cell_len(text) >= room:
        text = text[1:]
    return "…" + text.lstrip(" :")


def clip(row: Row, width: int) -> Row:
    """Return a row cut to a width, without blanks at its end."""
    row = trimmed(row)
    if row_width(row) <= width:
        return row
    runs: list[Run] = []
    for run in row:
        room = width - row_width(tuple(runs))
        if cell_len(run.text) > room:
            return (*runs, Run(fit(run.text, room), run.roles))
        runs.append(run)
    return tuple(runs)


def trimmed(row: Row) -> Row:
    """Return a row without blanks at its end."""
    while row and not row[-1].text.rstrip(" "):
        row = row[:-1]
    return (*row[:-1], Run(row[-1].text.rstrip(" "), row[-1].roles)) if row else row


def pad(row: Row, width: int) -> Row:
    """Return a row filled with blanks up to a width."""
    return (*row, Run(" " * max(0, width - row_width(row))))


def table(
    head: Sequence[str], body: Sequence[Sequence[str | Run]], width: int, names: int = 1
) -> list[Row]:
    """Return a table: names on the left, numbers on the right of their columns.

    For want of room the columns move together, then the names in the first one lose their
    starts, then the last columns are left out.

    Args:
        head: Words above the columns.
        body: Cells, row by row.
        width: Columns of the terminal.
        names: How many columns are names.
    """
    cells = [[cell if isinstance(cell, Run) else Run(cell) for cell in row] for row in body]
    widths = [
        max([len(word), *(cell_len(row[index].text) for row in cells)])
        for index, word in enumerate(head)
    ]
    gap = GAP if sum(widths) + GAP * (len(widths) - 1) <= width else 1
    while (room := width - sum(widths[1:]) - gap * (len(widths) - 1)) < widths[0]:
        if room >= NAME or len(widths) == 1:
            widths[0] = room
        else:
            widths.pop()
    first = [Run(word, "muted") for word in head]
    return [_set(row, widths, names, gap) for row in (first, *cells)]


def _set(cells: Sequence[Run], widths: Sequence[int], names: int, gap: int) -> Row:
    """Return one row of a table."""
    runs: list[Run] = []
    for index, (cell, width) in enumerate(zip(cells, widths, strict=False)):
        text = Run(fit_end(cell.text, width), cell.roles)
        blank = Run(" " * (width - cell_len(text.text)))
        runs += [Run(" " * gap)] if index else []
        runs += [text, blank] if index < names else [blank, text]
    return tuple(run for run in runs if run.text)


def tiles(figures: Sequence[tuple[str, str]], width: int) -> list[Row]:
    """Return figures with their words below them, in as many rows as the width needs."""
    count = len(figures)
    widest = max(max(len(figure), len(word)) for figure, word in figures) + GAP
    a_row = max(1, min(count, (width + GAP) // widest))
    a_row = -(-count // -(-count // a_row))
    room = (width + GAP) // a_row
    rows: list[Row] = []
    for start in range(0, count, a_row):
        part = figures[start : start + a_row]
        rows += [()] if rows else []
        rows.append(tuple(Run(figure.ljust(room), "figure") for figure, _ in part))
        rows.append(tuple(Run(word.ljust(room), "muted") for _, word in part))
    return rows


def flow(items: Sequence[Row], width: int, indent: int = 0, gap: int = 3) -> list[Row]:
    """Return rows with short pieces one after the other, as many a row as fit."""
    rows: list[Row] = []
    for item in items:
        longer = (*rows[-1], Run(" " * gap), *item) if rows else ()
        if rows and row_width(longer) <= width:
            rows[-1] = longer
        else:
            rows.append((Run(" " * indent), *item) if indent else item)
    return rows


def facts(pairs: Sequence[tuple[str, str]], width: int) -> list[Row]:
    """Return words and their figures one after the other, as many a row as fit."""
    return flow([(Run(f"{word} ", "muted"), Run(figure)) for word, figure in pairs], width)


def titled(title: str, fact: str, width: int) -> Row:
    """Return a heading, with a fact at the right end where there is room."""
    room = width - cell_len(title) - cell_len(fact)
    if room < GAP:
        return (Run(title, "strong"),)
    return (Run(title, "strong"), Run(" " * room), Run(fact, "muted"))


def stacks(blocks: Sequence[Rows], width: int, gap: int) -> list[Row]:
    """Return blocks in two columns of a width; each goes where there is more room above it."""
    left: list[Row] = []
    right: list[Row] = []
    for block in blocks:
        stack = left if len(left) <= len(right) else right
        stack += [(), *block] if stack else block
    height = max(len(left), len(right))
    return [
        (*pad(left[line] if line < len(left) else (), width + gap), *right[line])
        if line < len(right)
        else left[line]
        for line in range(height)
    ]
