"""Rows of cells with lines between them."""

from studytool.texmath.box import EMPTY, Box, above_each_other, beside, blank, sign
from studytool.texmath.cells import cells
from studytool.texmath.runs import Run, Runs
from studytool.texmath.shapes import RULE


def ruled(rows: list[list[Box]], widths: list[int], bars: set[int], rules: tuple[int, ...]) -> Box:
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
            out.append(_rule(places, total, "├┼┤" if number else "┌┬┐"))
        elif number and tall:
            out.append(upright)
        gaps = [start - (starts[i - 1] + widths[i - 1] if i else 0)
                for i, start in enumerate(starts)]  # fmt: skip
        box = beside(row, gaps)
        out.append(_barred(box, places, total))
    if len(rows) in rules:
        out.append(_rule(places, total, "└┴┘"))
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


def _rule(places: list[int], total: int, crossings: str = "├┼┤") -> Box:
    line = ["─"] * max(total, 1)
    for place in places:
        at = 0 if place == 0 else 2 if place == total - 1 else 1
        line[min(place, len(line) - 1)] = crossings[at]
    return sign("".join(line), RULE)
