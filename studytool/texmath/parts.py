"""The parts of a row in two dimensions, and the blanks between them."""

from collections.abc import Sequence
from typing import NamedTuple

from studytool.texmath.box import EMPTY, Box, beside
from studytool.texmath.runs import plain
from studytool.texmath.spacing import Form, Mode, PartKind, adjoining, resolved_kinds, wants_blank

QUAD = 3
"""From this width on an explicit space sets two formulas apart."""


class Part(NamedTuple):
    """A part of a row, set as a box; `width` is for explicit spaces."""

    box: Box
    kind: PartKind
    form: Form = "simple"
    width: int = 0
    grows: bool = False

    @property
    def text(self) -> str:
        """The text on the baseline."""
        return plain(self.box.rows[self.box.base])


NOTHING = Part(EMPTY, "ord")


class Row(NamedTuple):
    """Parts with the classes they have beside each other, and the blanks before each."""

    parts: list[Part]
    gaps: list[int]

    @property
    def width(self) -> int:
        """The width of the whole row."""
        return sum(self.gaps) + sum(part.box.width for part in self.parts)

    def box(self, start: int = 0, end: int | None = None) -> Box:
        """Set the parts from one place to another; nothing is put before the first."""
        boxes = [part.box for part in self.parts[start:end]]
        gaps = self.gaps[start:end]
        if start and gaps:
            gaps[0] = 0
        return beside(boxes, gaps) if boxes else EMPTY


def continued(parts: Sequence[Part]) -> Row:
    """Set a row that goes on from another, so that a sign at its start is no sign of a number."""
    row = spaced([NOTHING, *parts])
    return Row(row.parts[1:], [0, *row.gaps[2:]][: len(row.parts) - 1])


_CLOSE_UP = frozenset(".!?")
_OPERATORS = frozenset(("bin", "rel", "op", "punct"))
_HELD_APART = frozenset(("ord", "op", "inner", "open"))


def _apart(left: Part, right: Part) -> bool:
    """Tell whether a blank stands between two parts, by their classes or their shapes."""
    if left.kind == "inner" and left.box.tall and right.kind == "close":
        return False
    if right.box.width == 1 and right.text in _CLOSE_UP and left.kind not in _OPERATORS:
        return False
    if wants_blank(left, right, Mode.NORMAL):
        return True
    high = left.form in ("fraction", "root") or left.kind == "close" and left.box.tall
    return high and right.kind in _HELD_APART


def spaced(parts: Sequence[Part]) -> Row:
    """Resolve the classes of parts and put blanks between them."""
    kinds = resolved_kinds([part.kind for part in parts])
    shown: list[Part] = []
    gaps: list[int] = []
    pending = 0
    last: Part | None = None
    for part, kind in zip(parts, kinds, strict=True):
        if kind == "space":
            pending = max(pending, part.width - (part.width > 1))
            continue
        if kind != part.kind:
            part = part._replace(kind=kind)
        if last is not None:
            row = part.box.rows[part.box.base]
            if _apart(last, part):
                pending = max(pending, 1)
            elif row:
                before = last.box.rows[last.box.base]
                if before and adjoining(before[-1], row[0]):
                    pending = max(pending, 1)
            if pending and row:
                begins = len(part.box.rows) == 1 and row[0].text[:1] == " "
                pending -= begins or _ends_blank(last.box)
            elif not pending and len(part.box.rows) > 1 < len(last.box.rows):
                pending = int(_collide(last.box, part.box))
        shown.append(part)
        gaps.append(pending)
        pending = 0
        last = part
    return Row(shown, gaps)


def _ends_blank(box: Box) -> bool:
    """Tell whether a word brings the blank behind it with it."""
    row = box.rows[0]
    return len(box.rows) == 1 and bool(row) and row[-1].text.endswith(" ")


def _collide(left: Box, right: Box) -> bool:
    """Tell whether what stands above or below the line would seem to be one piece."""
    shift = left.base - right.base
    for place, row in enumerate(right.rows):
        other = place + shift
        if place == right.base or not row or row[0].role == "bracket":
            continue
        if 0 <= other < len(left.rows) and left.widths[other] == left.width:
            before = left.rows[other]
            if before and before[-1].role != "bracket" and row[0].text[:1] != " ":
                return True
    return False
