"""Boxes: rows of runs with a baseline, set beside and above each other."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from studytool.texmath.cells import measured
from studytool.texmath.runs import Run, Runs

Align = Literal["l", "c", "r"]


class Box(NamedTuple):
    """A piece of a formula in two dimensions.

    Attributes:
        rows: The runs of each row; a row may end before the box does.
        widths: The cells of each row, never more than `width`.
        width: Cells that the box takes.
        base: The row that stands on the line of the formula.
        above: How many rows above that a growing bracket covers; scripts are left out.
        below: How many rows below it a growing bracket covers.
    """

    rows: tuple[Runs, ...]
    widths: tuple[int, ...]
    width: int
    base: int = 0
    above: int = 0
    below: int = 0

    @property
    def tall(self) -> bool:
        """Whether a bracket round it has to grow."""
        return self.above + self.below > 0

    @property
    def under(self) -> int:
        """How many rows stand below the baseline."""
        return len(self.rows) - 1 - self.base


EMPTY = Box(((),), (0,), 0)


def text_box(runs: Iterable[Run]) -> Box:
    """Return runs as a box of one row."""
    shown: list[Run] = []
    width = 0
    for text, role in runs:
        text, size = measured(text)
        shown.append(Run(text, role))
        width += size
    return Box((tuple(shown),), (width,), width)


def sign(text: str, role: str = "operator") -> Box:
    """Return one piece of text as a box."""
    return text_box((Run(text, role),))


def column(texts: Iterable[str], base: int, role: str = "bracket") -> Box:
    """Return pieces of text one below the other, all inside the reach of a bracket."""
    boxes = [sign(text, role) for text in texts]
    rows = tuple(box.rows[0] for box in boxes)
    widths = tuple(box.width for box in boxes)
    return Box(rows, widths, max(widths), base, base, len(rows) - 1 - base)


def blank(width: int) -> Run:
    """Return so many blanks."""
    return Run(" " * width, "text")


def beside(boxes: Sequence[Box], gaps: Sequence[int] = ()) -> Box:
    """Set boxes beside each other on one baseline.

    Args:
        boxes: The boxes, from the left.
        gaps: Blanks before each of them; none if left out.
    """
    if len(boxes) == 1 and not (gaps and gaps[0]):
        return boxes[0]
    up = down = above = below = 0
    for box in boxes:
        up, down = max(up, box.base), max(down, len(box.rows) - 1 - box.base)
        above, below = max(above, box.above), max(below, box.below)
    if not up + down and not any(gaps) and all(box.widths[0] == box.width for box in boxes):
        width = sum(box.width for box in boxes)
        return Box((tuple(run for box in boxes for run in box.rows[0]),), (width,), width)
    rows: list[list[Run]] = [[] for _ in range(up + down + 1)]
    ends = [0] * len(rows)
    place = 0
    for number, box in enumerate(boxes):
        if gaps:
            place += gaps[number]
        index = up - box.base
        for row, width in zip(box.rows, box.widths, strict=True):
            if row:
                if ends[index] < place:
                    rows[index].append(blank(place - ends[index]))
                rows[index].extend(row)
                ends[index] = place + width
            index += 1
        place += box.width
    return Box(tuple(map(tuple, rows)), tuple(ends), place, up, above, below)


def indented(box: Box, indent: int) -> Box:
    """Put blanks before every row of a box."""
    if not indent:
        return box
    rows = tuple((blank(indent), *row) if row else () for row in box.rows)
    widths = tuple(
        width + indent if row else 0 for row, width in zip(box.rows, box.widths, strict=True)
    )
    return box._replace(rows=rows, widths=widths, width=box.width + indent)


def aligned(box: Box, width: int, align: Align) -> Box:
    """Widen a box, its content to the left, in the middle or to the right."""
    spare = max(0, width - box.width)
    indent = 0 if align == "l" else spare if align == "r" else spare // 2
    return indented(box, indent)._replace(width=max(width, box.width))


def above_each_other(boxes: Sequence[Box], base: int, align: Align = "c", between: int = 0) -> Box:
    """Set boxes below each other.

    Args:
        boxes: The boxes, from the top.
        base: The box on whose baseline the whole stands.
        align: Where narrower boxes stand.
        between: Blank rows between two boxes.
    """
    width = max(box.width for box in boxes)
    rows: list[Runs] = []
    widths: list[int] = []
    line = 0
    for number, box in enumerate(boxes):
        if number and between:
            rows.extend(((),) * between)
            widths.extend((0,) * between)
        if number == base:
            line = len(rows) + box.base
        placed = aligned(box, width, align)
        rows.extend(placed.rows)
        widths.extend(placed.widths)
    return covered(Box(tuple(rows), tuple(widths), width, line))


def covered(box: Box) -> Box:
    """Return a box of which a growing bracket covers every row."""
    return box._replace(above=box.base, below=box.under)


def with_extra(box: Box, extra: str) -> Box:
    """Add a word to the role of everything in a box but its blanks."""
    rows = tuple(
        tuple(
            run
            if extra in run.role.split() or run.text.isspace()
            else Run(run.text, f"{run.role} {extra}")
            for run in row
        )
        for row in box.rows
    )
    return box._replace(rows=rows)
