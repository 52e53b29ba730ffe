"""Display mathematics: a formula as rows of text, set in two dimensions."""

from studytool.texmath.box import Box
from studytool.texmath.breaking import broken
from studytool.texmath.nodes import Parsed
from studytool.texmath.parse import parse
from studytool.texmath.runs import Run, Runs, tell_fonts_apart
from studytool.texmath.setting import Setter

_NARROWEST = 12
_ATTEMPTS = 3


def set_block(tex: str | Parsed, width: int) -> tuple[tuple[Run, ...], ...]:
    """Set a formula in two dimensions.

    Fractions are stacked, limits stand above and below, brackets of `\\left` grow. A row that is
    too wide is broken at relations and operators, and goes on below, aligned.

    Args:
        tex: The formula, without the dollar signs round it, or what `parse` made of it.
        width: The cells that a row should take at most; only a piece that cannot be broken, such
            as a matrix, takes more.
    """
    parsed = parse(tex) if isinstance(tex, str) else tex
    box = _fitted(parsed, max(1, width))
    return _rows(box)


def _fitted(parsed: Parsed, width: int) -> Box:
    """Set a formula, again with less room for its pieces while one of them is too wide."""
    room = width
    best: Box | None = None
    for _ in range(_ATTEMPTS):
        row = Setter(room).row(parsed.nodes, True)
        box = broken(row, width) if row.width > width and row.parts else row.box()
        if best is None or box.width < best.width:
            best = box
        if box.width <= width or room <= _NARROWEST:
            break
        widest = max(part.box.width for part in row.parts)
        if all(len(part.box.rows) == 1 for part in row.parts):
            break
        room = max(_NARROWEST, min(room - 1, widest - (box.width - width)))
    return best if best is not None else row.box()


def _rows(box: Box) -> tuple[Runs, ...]:
    """Return the rows of a box without the blanks at their ends."""
    runs = tell_fonts_apart(tuple(run for row in box.rows for run in row))
    rows: list[Runs] = []
    start = 0
    for row in box.rows:
        rows.append(_joined(runs[start : start + len(row)]))
        start += len(row)
    return tuple(rows)


def _joined(row: Runs) -> Runs:
    """Join neighbours of one role, without blanks at the end."""
    out: list[Run] = []
    for run in row:
        if out and out[-1].role == run.role:
            out[-1] = Run(out[-1].text + run.text, run.role)
        elif run.text:
            out.append(run)
    while out and not out[-1].text.strip(" "):
        out.pop()
    if out and out[-1].text[-1] == " ":
        out[-1] = Run(out[-1].text.rstrip(" "), out[-1].role)
    return tuple(out)
