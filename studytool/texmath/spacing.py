"""Blanks between the parts of a row, by TeX's atom classes."""

from enum import Enum, auto
from typing import Literal, NamedTuple, Protocol

from studytool.texmath.letters import SMALL
from studytool.texmath.runs import Run, Runs, bracketed, plain
from studytool.texmath.symbols import SIGNS, Kind

Form = Literal["simple", "script", "word", "big", "fenced", "bracket", "fraction", "root", "row"]
"""How firmly a part holds together: what it needs before a script, a slash or a neighbour."""


PartKind = Kind | Literal["space"]
"""The class of an atom, or an explicit space."""


class Mode(Enum):
    """How closely a row is set."""

    NORMAL = auto()
    TIGHT = auto()
    SCRIPT = auto()


class Item(NamedTuple):
    """A part of a row, set as text, none of its runs empty; `width` is for spaces."""

    runs: Runs
    kind: PartKind
    form: Form = "simple"
    width: int = 0

    @property
    def text(self) -> str:
        """The text of all runs."""
        return plain(self.runs)


class Spaced(Protocol):
    """What blanks depend on."""

    @property
    def kind(self) -> PartKind:
        """The class."""

    @property
    def form(self) -> Form:
        """How firmly it holds together."""

    @property
    def text(self) -> str:
        """The text on the line."""


_UNARY_AFTER = frozenset(("bin", "rel", "open", "op", "punct", "bar"))
_CLOSE_BY = SIGNS | {"/", "."}
_UNARY_BEFORE = frozenset(("rel", "close", "punct"))


def resolved_kinds(kinds: list[PartKind]) -> list[PartKind]:
    """Turn signs without a left or right neighbour into ordinary atoms, as TeX does."""
    if "bin" not in kinds:
        return kinds
    out: list[PartKind] = []
    solid = [index for index, kind in enumerate(kinds) if kind != "space"]
    following = dict(zip(solid, solid[1:], strict=False))
    before: str | None = None
    for index, kind in enumerate(kinds):
        if kind == "bin":
            after = kinds[following[index]] if index in following else None
            alone = before is None or before in _UNARY_AFTER
            if alone or after is None or after in _UNARY_BEFORE:
                kind = "ord"
        if kind != "space":
            before = kind
        out.append(kind)
    return out


def resolved(items: list[Item]) -> list[Item]:
    """Return items with the classes that they have beside each other."""
    kinds = resolved_kinds([item.kind for item in items])
    return [
        item if item.kind == kind else item._replace(kind=kind)
        for item, kind in zip(items, kinds, strict=True)
    ]


def closing(items: list[Item], start: int) -> int:
    """Return the place of the bracket that closes the one at `start`, or -1."""
    depth = 0
    for place in range(start, len(items)):
        depth += (items[place].kind == "open") - (items[place].kind == "close")
        if not depth:
            return place
    return -1


def _crowds(item: Item | None, *, left: bool) -> bool:
    """Tell whether a neighbour could take one side of a bare fraction for itself."""
    if item is None or not item.text or item.kind in ("rel", "punct", "open" if left else "close"):
        return False
    edge = item.text[-1:] if left else item.text[:1]
    return not (item.text in SIGNS or edge.isspace() or not left and edge in ".,;:")


def adjoining(left: Run, right: Run) -> bool:
    """Tell whether two runs would run together to one word."""
    if left.role == right.role == "variable":
        return False
    a, b = left.text[-1:], right.text[:1]
    if not b.isalnum():
        return False
    roles = (left.role.split()[0], right.role.split()[0])
    if roles[0] == "error":
        return a.isalpha()
    if roles == ("text", "text"):
        return False
    named = any(role in ("function", "text") for role in roles)
    closed = roles[1] in ("function", "text") and a in ")]}"
    return named and (a.isalnum() or a in SMALL or closed)


def wants_blank(left: Spaced, right: Spaced, mode: Mode) -> bool:
    """Apply the classes of two neighbours, the left one not a space."""
    before, after = left.kind, right.kind
    if mode is Mode.NORMAL:
        if "rel" in (before, after):
            scripted = before == after and left.form == "script"
            return (
                (before != after or scripted)
                and before != "open"
                and after not in ("close", "punct")
            )
        if "bin" in (before, after):
            return True
        if before == "punct":
            return after not in ("close", "punct")
        if "inner" in (before, after) and {before, after} <= {"inner", "ord", "close", "op"}:
            return after != "close" and right.text != "."
    if before == "op":
        if after == "open" or right.form == "fenced":
            return left.form == "big"
        return after in ("ord", "op", "inner")
    if after == "op":
        return before in ("ord", "close", "inner") and left.text not in SIGNS
    if left.form == "root":
        return after in ("ord", "open", "inner") and right.text not in _CLOSE_BY
    if right.form == "root" and right.text[:1] in SMALL:
        return before in ("ord", "close", "inner")
    return False


def _ends_in_script(item: Item) -> bool:
    return item.form in ("script", "big", "word") and any(
        run.text in ("_", "^") for run in item.runs
    )


def depths(items: list[Item]) -> list[int]:
    """Return how many brackets of the row are open at each part."""
    depth = 0
    out: list[int] = []
    for item in items:
        depth += (item.kind == "open") - (item.kind == "close")
        out.append(depth)
    return out


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def join(items: list[Item], mode: Mode) -> Runs:
    """Set a row: blanks between its parts, brackets round fractions that need them."""
    out: list[Run] = []
    pending = 0
    last: Item | None = None
    boxed = False
    row = resolved(items)
    shown = [item for item in row if item.kind != "space" and item.runs]
    place = 0
    for item in row:
        if item.kind == "space":
            thin = item.width == 1
            if not (thin and mode is Mode.SCRIPT):
                pending = max(pending, item.width - (item.width > 1))
            continue
        if not item.runs:
            last = last or item
            continue
        place += 1
        following = shown[place] if place < len(shown) else None
        runs = item.runs
        was_boxed, boxed = boxed, False
        if item.form == "fraction" and (_crowds(last, left=True) or _crowds(following, left=False)):
            runs, boxed = bracketed(runs), True
        if last is not None:
            crowded = boxed and _crowds(following, left=False)
            if boxed and last.kind == "op" and last.form == "word":
                blank = crowded or last.text.endswith(")")
            elif boxed or was_boxed:
                held = ("ord", "close", "inner", "op") if boxed else ("ord", "open", "inner", "op")
                neighbour = last if boxed else item
                blank = neighbour.kind in held and neighbour.text not in _CLOSE_BY
                blank = blank or wants_blank(last, item, mode)
            else:
                blank = wants_blank(last, item, mode)
            if not blank and out:
                edge = runs[0].text[0]
                joins = edge.isalnum() or edge in SMALL or edge in "_^∇∂√"
                blank = adjoining(out[-1], runs[0]) or (joins and _ends_in_script(last))
            pending = max(pending, int(blank))
        if pending and out:
            pending -= _blanks(out[-1].text[::-1]) + _blanks(item.text)
        if pending > 0 and out:
            out.append(Run(" " * pending, "text"))
        out.extend(runs)
        pending = 0
        last = item
    return tuple(out)
