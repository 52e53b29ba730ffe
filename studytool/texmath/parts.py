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


_HELD_APART = frozenset(("ord", "op", "inner", "open"))


def _apart(left: Part, right: Part) -> bool:
    """Tell whether a blank stands between two parts, by their classes or their shapes."""
    if right.kind == "close" and left.kind == "inner" and left.box.tall:
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
                done = last.box.rows[last.box.base]
                touching = done and done[-1].text.endswith(" ") or row[0].text.startswith(" ")
                pending -= bool(touching)
        shown.append(part)
        gaps.append(pending)
        pending = 0
        last = part
    return Row(shown, gaps)


def grown(parts: list[Part]) -> list[Part]:
    """Let sized brackets cover what stands between them."""
    from studytool.texmath.shapes import bracket

    if not any(part.grows for part in parts):
        return parts
    out = list(parts)
    waiting: list[int] = []
    for place, part in enumerate(parts):
        if part.grows and part.kind == "open":
            waiting.append(place)
        elif part.grows and part.kind == "close" and waiting:
            start = waiting.pop()
            inner = [item.box for item in out[start + 1 : place]]
            above = max((box.above for box in inner), default=0)
            below = max((box.below for box in inner), default=0)
            if above or below:
                for end in (start, place):
                    box = bracket(parts[end].text, above, below)
                    out[end] = out[end]._replace(box=box)
    return out
