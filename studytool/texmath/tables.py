"""Matrices and case distinctions on one line."""

from itertools import dropwhile

from studytool.texmath.runs import Run, Runs, plain
from studytool.texmath.spacing import Item
from studytool.texmath.symbols import ENVIRONMENTS, SIGNS

CASES = ENVIRONMENTS["cases"][0]
"""What opens a case distinction."""

_SIGNS = ("−", "+", "±", "∓")
_STOPS = (",", ";", ".")
_NEXT_ROW = Run("; ", "operator")


def table_rows(rows: list[list[Runs]]) -> Runs:
    """Join the cells of a matrix: blanks between them, or commas where a blank would mislead."""
    cells = [plain(cell) for row in rows for cell in row]
    later = [plain(cell) for row in rows for cell in row[1:]]
    commas = any(not text or " " in text for text in cells)
    gap = Run(", " if commas or any(text.startswith(_SIGNS) for text in later) else " ", "operator")
    runs: list[Run] = []
    for number, row in enumerate(rows):
        runs.extend((_NEXT_ROW,) * bool(number))
        for column, cell in enumerate(row):
            runs.extend((gap,) * bool(column))
            runs.extend(cell)
    return tuple(runs)


def case_rows(rows: list[list[Runs]]) -> tuple[Runs, Runs]:
    """Join values and conditions: a comma between them, unless words or a comma say enough.

    Returns:
        The rows, and the punctuation at the end of the last, which belongs behind the bracket.
    """
    runs: list[Run] = []
    ending: Runs = ()
    for number, row in enumerate(rows):
        runs.extend((_NEXT_ROW,) * bool(number))
        for column, cell in enumerate(row):
            if column:
                before = runs[-1].text[-1:] if runs else ""
                worded = plain(cell)[:1] == " " or before == " "
                said = before in (",", ";") or bool(cell) and cell[0].role.startswith("text")
                gap = "" if worded else " " if said else ", "
                runs.extend((Run(gap, "operator"),) * bool(gap))
            runs.extend(cell)
        ending = ()
        while runs and runs[-1].text in _STOPS:
            ending = (runs.pop(), *ending)
    return tuple(runs), ending


def _continues(before: list[Item], items: list[Item], *, indented: bool) -> bool:
    """Tell whether a line goes on with the formula of the line before it.

    Args:
        before: The parts of the line before; none before the first line.
        items: The parts of the line.
        indented: Whether nothing stands where a line of its own would begin.
    """
    ends = [item.kind for item in before if item.kind != "space" and item.text]
    first = next((item for item in items if item.kind != "space" and item.text), None)
    if not ends or first is None:
        return False
    # A minus sign at the margin may as well begin a line of its own.
    joins = first.kind == "bin" and (indented or first.text not in SIGNS - {"+"})
    return ends[-1] in ("rel", "bin") or first.kind == "rel" or joins


def whole_lines(rows: list[list[list[Item]]], *, going_on: bool) -> list[list[Item]]:
    """Join the rows of an environment that are one formula.

    Args:
        rows: The cells of every row.
        going_on: Whether the environment breaks a single formula.
    """
    lines: list[list[Item]] = []
    for cells in rows:
        items: list[Item] = []
        for column, cell in enumerate(cells):
            if column and column % 2 == 0:
                items.append(Item((), "space", "row", 3))
            items.extend(cell)
        if lines and _continues(lines[-1], items, indented=going_on or not cells[0]):
            # Spaces before the first sign only indented it.
            lines[-1].extend(dropwhile(lambda item: item.kind == "space", items))
        else:
            lines.append(items)
    return lines


def line_after_line(lines: list[Runs]) -> Runs:
    """Set formulas one after the other, with a semicolon where no other sign divides them."""
    runs: list[Run] = []
    for line in lines:
        if runs:
            divided = runs[-1].text[-1:] in (",", ";")
            runs.append(Run(" ", "operator") if divided else _NEXT_ROW)
        runs.extend(line)
    return tuple(runs)
