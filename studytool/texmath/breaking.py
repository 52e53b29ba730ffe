"""Breaks a row that is too wide: at relations, then at operators, outside brackets first."""

from studytool.texmath.box import EMPTY, Box, above_each_other, indented
from studytool.texmath.parts import QUAD, Part, Row

_NEVER = 1000
_DEEPER = 20
_SHORT_ROW = 8
_FIRST_RELATION = 15
_WASTED = 60
_HANGING = 4


def broken(row: Row, width: int) -> Box:
    """Set a row below itself so that it fits into a width if its parts do.

    Rows that go on stand under the first relation, or behind it when they begin with an operator.
    """
    return _Breaker(row, width).box()


class _Breaker:
    """Goes through a row from the left and takes the best break that each line has room for."""

    def __init__(self, row: Row, width: int) -> None:
        self.row = row
        self.width = width
        self.penalties, self.depths = _penalties(row)
        self.rest = _rest(row, self.penalties)
        self.relation = self.behind = -1
        self.brackets: list[int] = []

    def box(self) -> Box:
        lines: list[Box] = []
        start, indent = 0, 0
        count = len(self.row.parts)
        while start < count:
            end = self._end(start, self.width - indent)
            lines.append(indented(self.row.box(start, end), indent))
            self._note(start, end, indent)
            start = end
            if start < count:
                indent = self._indent(start)
        return below(lines)

    def _end(self, start: int, room: int) -> int:
        """Return where the line that begins at `start` ends."""
        parts, gaps = self.row.parts, self.row.gaps
        used = parts[start].box.width
        best, least = -1, _NEVER
        place = start + 1
        while place < len(parts):
            if used > room and best >= 0:
                return best
            penalty = self.penalties[place]
            if penalty < _NEVER:
                if used > room:
                    return place
                if used * 3 < room:
                    penalty += _SHORT_ROW
                if self.relation < 0 and self._is_first_relation(place) and used * 2 < room:
                    # A short left side stands alone only if that keeps the right side whole.
                    whole = self.rest[place] + _HANGING <= self.width
                    penalty += _FIRST_RELATION if whole else _WASTED
                if penalty <= least:
                    best, least = place, penalty
            used += gaps[place] + parts[place].box.width
            place += 1
        return best if used > room and best >= 0 else place

    def _is_first_relation(self, place: int) -> bool:
        return self.row.parts[place].kind == "rel" and self.depths[place] == 0

    def _note(self, start: int, end: int, indent: int) -> None:
        """Remember where the relation and the open brackets of a line stand."""
        parts, gaps = self.row.parts, self.row.gaps
        at = indent
        for place in range(start, end):
            part = parts[place]
            if place > start:
                at += gaps[place]
                if self.penalties[place] < 0:
                    self.relation = -1
            if self.relation < 0 and part.kind == "rel" and not self.brackets:
                self.relation, self.behind = at, at + part.box.width + 1
            at += part.box.width
            if part.kind == "open":
                self.brackets.append(at)
            elif part.kind == "close" and self.brackets:
                self.brackets.pop()

    def _indent(self, place: int) -> int:
        """Return how far the line that begins at a place stands in."""
        hanging = min(_HANGING, self.width // 8)
        if self.penalties[place] < 0:
            self.relation, self.brackets = -1, []
            return 0
        if self.row.parts[place].kind == "rel" and not self.brackets:
            best, least = self.relation, hanging // 2
        else:
            best, least = self.brackets[-1] if self.brackets else self.behind, hanging
        if best < 0:
            return 0 if _ends_word(self.row.parts[place - 1]) else least
        # What could stand on one line should, even if it stands further to the left.
        spare = self.width - self.rest[place]
        if least <= spare < best:
            return spare
        return best if best * 2 <= self.width or best <= spare else least


def _rest(row: Row, penalties: list[int]) -> list[int]:
    """Return how wide a row is from each part to the end of its formula."""
    rest = [0] * len(row.parts)
    width = gap = 0
    for place in range(len(row.parts) - 1, -1, -1):
        width = row.parts[place].box.width + (gap + width if width else 0)
        rest[place] = width
        gap = row.gaps[place]
        if penalties[place] < 0:
            width = 0
    return rest


def _penalties(row: Row) -> tuple[list[int], list[int]]:
    """Return how bad a break before each part is, and how many brackets are open there."""
    parts = row.parts
    penalties = [_NEVER] * len(parts)
    depths = [0] * len(parts)
    depth = 0
    for place, part in enumerate(parts):
        depths[place] = depth
        if place:
            before = parts[place - 1]
            gap = row.gaps[place]
            if gap >= QUAD - 1 and part.kind != "close":
                penalty = -5
            elif part.kind == "rel":
                penalty = 0 if before.kind not in ("rel", "open") else _NEVER
            elif part.kind == "bin":
                penalty = 1
            elif before.kind == "punct" and part.kind not in ("punct", "close"):
                penalty = 2
            elif _ends_word(before):
                penalty = 3
            elif gap and before.kind not in ("bin", "rel", "open", "op"):
                penalty = 12 if part.kind not in ("punct", "close") else _NEVER
            elif before.kind == "close" and part.kind in ("ord", "open", "op", "inner"):
                penalty = 13
            else:
                penalty = _NEVER
            penalties[place] = min(_NEVER, penalty + _DEEPER * depth)
            if penalty < 0 < depth:
                penalties[place] = _DEEPER * depth
        depth = max(0, depth + (part.kind == "open") - (part.kind == "close"))
    return penalties, depths


def _ends_word(part: Part) -> bool:
    row = part.box.rows[part.box.base]
    return bool(row) and row[-1].text.endswith(" ")


def below(lines: list[Box]) -> Box:
    """Set lines below each other, a blank row between two that would touch."""
    rows = [lines[0]]
    for line in lines[1:]:
        if rows[-1].under or line.base:
            rows.append(EMPTY)
        rows.append(line)
    return above_each_other(rows, 0, "l") if len(rows) > 1 else rows[0]
