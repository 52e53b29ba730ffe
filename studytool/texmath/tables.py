"""Matrices and case distinctions on one line."""

from studytool.texmath.runs import Run, Runs, plain
from studytool.texmath.symbols import ENVIRONMENTS

CASES = ENVIRONMENTS["cases"][0]
"""What opens a case distinction."""

_SIGNS = ("−", "+", "±", "∓")
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


def case_rows(rows: list[list[Runs]]) -> Runs:
    """Join values and conditions: a comma between them, unless words or a comma say enough."""
    runs: list[Run] = []
    for number, row in enumerate(rows):
        runs.extend((_NEXT_ROW,) * bool(number))
        for column, cell in enumerate(row):
            if column:
                before = runs[-1].text[-1:] if runs else ""
                worded = plain(cell)[:1] == " " or before == " "
                said = before in (",", ";") or bool(cell) and cell[0].role.startswith("text")
                gap = "" if worded else " " if said else ", "
                runs.append(Run(gap, "operator"))
            runs.extend(cell)
    return tuple(runs)
