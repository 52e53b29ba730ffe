"""Sets the nodes of a formula as boxes: display mathematics in two dimensions."""

from __future__ import annotations

import unicodedata

from studytool.texmath.box import EMPTY, Box, beside, sign, text_box, with_extra
from studytool.texmath.breaking import broken
from studytool.texmath.grids import set_environment
from studytool.texmath.letters import SUPERSCRIPTS
from studytool.texmath.line import row_runs
from studytool.texmath.nodes import (
    Accent,
    Atom,
    Binomial,
    Classed,
    Environment,
    Fenced,
    Fraction,
    Group,
    Marked,
    Negated,
    Node,
    Nodes,
    Raw,
    Root,
    Scripted,
    Sized,
    Space,
    Stack,
)
from studytool.texmath.parts import NOTHING, Part, Row, spaced
from studytool.texmath.pieces import as_ordinary, atom, is_bare, sized, spans, words
from studytool.texmath.raised import Script, attach, script
from studytool.texmath.runs import Run, in_small, plain
from studytool.texmath.shapes import (
    BRACES,
    accented,
    arrow,
    binomial,
    bracket,
    enclosed,
    fraction,
    root,
    stacked,
)
from studytool.texmath.spacing import Form, Mode
from studytool.values import replace

_ROOT_SIGNS = {"3": "∛", "4": "∜"}
_WITH_LIMITS = frozenset(
    ("lim", "max", "min", "sup", "inf", "det", "gcd", "Pr", "lim sup", "lim inf", "inj lim",
     "proj lim", "arg max", "arg min", "arg sup", "arg inf", "argmax", "argmin")
)  # fmt: skip
_PAIRS = 30
_NEEDS_BRACKETS = frozenset(("script", "fraction", "root", "row"))


class Setter:
    """Sets nodes; what can be broken is broken to `room` cells."""

    def __init__(self, room: int) -> None:
        """Begin with room for the widest rows."""
        self.room = room

    def row(self, nodes: Nodes, display: bool) -> Row:
        """Set a row of nodes; `display` puts limits above and below whatever they are."""
        return spaced(self.parts(nodes, display))

    def fitted(self, nodes: Nodes, display: bool, room: int = 0) -> Box:
        """Set a row, broken if there is no room for it."""
        row = self.row(nodes, display)
        room = room or self.room
        return broken(row, room) if row.width > room and row.parts else row.box()

    def parts(self, nodes: Nodes, display: bool) -> list[Part]:
        """Set the parts of a row; what a group holds becomes part of the row round it."""
        out: list[Part] = []
        waiting: list[int] = []
        for node in nodes:
            if type(node) is Atom:
                out.extend(atom(node))
                continue
            fence = sized(node)
            if fence and fence.kind == "open" and fence is node and len(waiting) < _PAIRS:
                waiting.append(len(out))
            elif fence and fence.kind == "close" and waiting:
                self._close(out, waiting.pop(), node, fence)
                continue
            out.extend(self._parts(node, display))
        return out

    def _close(self, out: list[Part], start: int, node: Node, fence: Sized) -> None:
        """Let a pair of sized brackets cover what stands between them."""
        inner = [part.box for part in out[start + 1 :]]
        above = max((box.above for box in inner), default=0)
        below = max((box.below for box in inner), default=0)
        out[start] = Part(bracket(out[start].text, above, below), "open")
        part = Part(bracket(fence.text, above, below), "close")
        if isinstance(node, Scripted):
            part = attach(part, node.primes, *self._scripts(node))
        out.append(part)

    def _parts(self, node: Node, display: bool) -> list[Part]:
        match node:
            case Space(width=width):
                return [Part(EMPTY, "space", "row", width)] if width else []
            case Sized():
                return [part._replace(grows=True) for part in atom(node)]
            case Atom():
                return atom(node)
            case Group(body=(only,)):
                return [as_ordinary(part) for part in self.parts((only,), display)]
            case Group(body=()):
                return [NOTHING]
            case Group(body=body):
                return self.parts(body, display)
            case Marked(name=name, body=body):
                parts = self.parts(body.body, display)
                return [part._replace(box=with_extra(part.box, name)) for part in parts]
            case Fenced():
                return self._fenced(node, display)
            case Scripted():
                return self._scripted(node, display)
            case Raw(text=text, args=args):
                return self._raw(text, args)
        return [self._part(node, display)]

    def _part(self, node: Node, display: bool) -> Part:
        match node:
            case Fraction(top=top, bottom=bottom):
                boxes = [self.fitted(group.body, False) for group in (top, bottom)]
                width = max(box.width for box in boxes)
                widest = [box for box in boxes if box.width == width]
                nested = any(spans(box) for box in widest)
                return Part(fraction(boxes[0], boxes[1], nested), "inner", "fraction")
            case Binomial(top=top, bottom=bottom):
                rows = [self.row(group.body, False).box() for group in (top, bottom)]
                return Part(binomial(*rows), "ord", "fenced")
            case Root():
                return self._root(node)
            case Accent():
                return self._accent(node, display)
            case Stack():
                return self._stack(node, display)
            case Environment():
                return set_environment(node, self)
            case Classed(kind=kind, body=body):
                form: Form = "word" if kind == "op" else "simple"
                return Part(self.row(body.body, display).box(), kind, form)
            case Negated(body=body):
                return self._negated(body, display)
        return NOTHING

    def _fenced(self, node: Fenced, display: bool) -> list[Part]:
        """Set brackets that cover what is between them, whose parts stay breakable."""
        match node:
            case Fenced(left="{", right="", body=(Environment(name="array" | "matrix") as only,)):
                return [set_environment(replace(only, name="cases"), self)]
        parts = self.parts(node.body, display)
        box = spaced(parts).box()
        above, below = box.above, box.below
        out = [Part(bracket(node.left, above, below), "open")]
        for part in parts:
            if part.grows and part.kind in ("rel", "bar"):
                part = part._replace(box=bracket(part.text, above, below), grows=False)
            out.append(part)
        return [*out, Part(bracket(node.right, above, below), "close")]

    def _scripted(self, node: Scripted, display: bool) -> list[Part]:
        parts = self.parts((node.base,), display) if node.base else []
        sub, sup = self._scripts(node)
        if isinstance(node.base, Fenced) or _in_brackets(parts):
            return [*parts[:-1], attach(parts[-1], node.primes, sub, sup)]
        base = parts[0] if len(parts) == 1 else Part(spaced(parts).box(), "ord", "row")
        if base.kind == "space":
            base = NOTHING
        if not node.primes and _has_limits(node, base, display, sub, sup):
            box = stacked(sup and sup.box, base.box, sub and sub.box)
            return [base._replace(box=box)]
        if base.form in _NEEDS_BRACKETS and base.box.width and not isinstance(node.base, Accent):
            base = Part(enclosed(base.box, "(", ")"), "ord")
        return [attach(base, node.primes, sub, sup)]

    def _scripts(self, node: Scripted) -> tuple[Script | None, Script | None]:
        sub = self.script(node.sub, "_") if node.sub else None
        return sub, self.script(node.sup, "^") if node.sup else None

    def script(self, group: Group, mark: str) -> Script:
        """Set a script: on one line unless it has rows of its own."""
        body = group.body
        if len(body) == 1 and type(body[0]) is Atom and body[0].role != "text":
            return script(atom(body[0])[0].box.rows[0], mark)
        if any(isinstance(node, Environment) for node in body):
            return Script(self.row(body, False).box(), None)
        return script(row_runs(body, Mode.SCRIPT), mark)

    def _root(self, node: Root) -> Part:
        row = self.row(node.body.body, False)
        body = row.box()
        bare = len(row.parts) == 1 and is_bare(row.parts[0])
        index = row_runs(node.index.body, Mode.SCRIPT) if node.index else ()
        small = in_small(index, SUPERSCRIPTS) or ()
        known = _ROOT_SIGNS.get(plain(index))
        if bare and known:
            return Part(beside([sign(known), body]), "ord", "root")
        if bare and small:
            return Part(beside([text_box(small), sign("√"), body]), "ord", "root")
        return Part(root(body, small or index, bool(small), bare), "ord", "root")

    def _accent(self, node: Accent, display: bool) -> Part:
        box = self.row(node.body.body, display).box()
        if len(box.rows) == 1 and node.mark:
            text = unicodedata.normalize("NFD", plain(box.rows[0]))
            letters = [char for char in text if not unicodedata.combining(char)]
            if len(letters) == 1 and letters[0].isalnum():
                marked = unicodedata.normalize("NFC", text + node.mark)
                return Part(text_box([Run(marked, box.rows[0][0].role)]), "ord")
        drawn = accented(node.name, box)
        if drawn is None:
            name = sign(node.name, "function")
            return Part(beside([name, enclosed(box, "(", ")")]), "ord")
        lined = node.name in ("bar", "overline", "underline", "underbar") or node.name in BRACES
        return Part(drawn, "ord", "root" if lined else "simple")

    def _stack(self, node: Stack, display: bool) -> Part:
        over = self.script(node.over, "^").box if node.over else None
        under = self.script(node.under, "_").box if node.under else None
        parts = self.parts(node.base.body, display)
        base = parts[0] if len(parts) == 1 else Part(spaced(parts).box(), "ord")
        box = base.box
        if node.name.startswith("x"):
            width = max(part.width for part in (over, under, box) if part) + 2
            box = arrow(base.text, width)
        kind = base.kind if base.kind in ("op", "rel", "bin") else "ord"
        return Part(stacked(over, box, under), kind, base.form if kind == "op" else "simple")

    def _negated(self, body: Group, display: bool) -> Part:
        parts = self.parts(body.body, display)
        if len(parts) == 1 and parts[0].box.width == 1 and len(parts[0].box.rows) == 1:
            run = parts[0].box.rows[0][0]
            struck = unicodedata.normalize("NFC", run.text + "\u0338")
            return parts[0]._replace(box=text_box([Run(struck, run.role)]))
        name = sign("not", "function")
        return Part(beside([name, enclosed(spaced(parts).box(), "(", ")")]), "ord")

    def _raw(self, text: str, args: tuple[Group, ...]) -> list[Part]:
        out = words(text, "error")
        for arg in args:
            parts = self.parts(arg.body, False)
            if arg.braced:
                left, right = (sign(mark, "bracket") for mark in "{}")
                parts = [Part(left, "open"), *parts, Part(right, "close")]
            out.extend(parts)
        return out


def _in_brackets(parts: list[Part]) -> bool:
    """Tell whether brackets enclose all parts of a base, so that it needs no others."""
    depth = 0
    for place, part in enumerate(parts):
        depth += (part.kind == "open") - (part.kind == "close")
        if not depth:
            return 0 < place == len(parts) - 1
    return False


def _has_limits(
    node: Scripted, base: Part, display: bool, sub: Script | None, sup: Script | None
) -> bool:
    """Tell whether scripts stand above and below their base."""
    core = node.base
    while isinstance(core, Group | Marked):
        body = core.body if isinstance(core, Group) else core.body.body
        if len(body) != 1:
            return False
        core = body[0]
    if isinstance(core, Accent):
        return core.name in BRACES
    if base.kind != "op" or node.limits is False:
        return node.limits is True
    named = base.form == "big" or isinstance(core, Classed) or base.text in _WITH_LIMITS
    small = all(part is None or part.small for part in (sub, sup))
    return node.limits is True or named and (display or not small)
