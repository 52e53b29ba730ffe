"""Commands that place, colour, frame or space their argument: what they say without that."""

from abc import abstractmethod

from studytool.texmath.names import one
from studytool.texmath.nodes import (
    Atom,
    Binomial,
    Classed,
    Environment,
    Fenced,
    Fraction,
    Group,
    Node,
    Nodes,
    Raw,
    Scripted,
    Space,
    Stack,
)
from studytool.texmath.reader import Reader
from studytool.texmath.symbols import DELIMITERS, FENCE_ONLY, Kind

# How arguments are read: s star, o option, n name, d length, m formula, w words. Of the last two
# the content is kept.
SHAPES = {
    "color": "on", "label": "n", "vspace": "sd", "cline": "n", "rule": "onn", "Rule": "nnn",
    "Space": "nnn", "definecolor": "nnn", "require": "n", "cellcolor": "on", "rowcolor": "on",
    "columncolor": "on", "mathversion": "n", "mathtoolsset": "n", "MoveEqLeft": "o",
    "textcolor": "onm", "colorbox": "onw", "fcolorbox": "onnw", "style": "nm", "cssId": "nm",
    "href": "nm", "enclose": "nom", "bbox": "om", "raisebox": "nw", "raise": "dm", "lower": "dm",
    "moveleft": "dm", "moveright": "dm", "makebox": "oow", "framebox": "oow", "parbox": "onw",
    "mathmakebox": "oom", "mathmbox": "m", "mathtip": "mn", "texttip": "mn", "data": "nm",
    "vcenter": "m", "rlap": "m", "llap": "m", "clap": "m", "mathrlap": "m", "mathllap": "m",
    "crampedrlap": "m", "crampedllap": "m", "crampedclap": "m", "mathclap": "m", "cramped": "om",
    "smash": "om", "shoveleft": "om", "shoveright": "om", "splitfrac": "mm", "splitdfrac": "mm",
    "multicolumn": "nnm", "multirow": "nnm",
}  # fmt: skip
_LENGTHS = ("kern", "mkern", "mskip", "hskip", "hspace", "mspace")
_UNITS = {"mu": 1 / 18, "em": 1, "ex": 0.45, "pc": 1.2, "cm": 2.85, "mm": 0.285, "in": 7.2}
_BRACKETS = {
    "bra": ("⟨", "|"), "ket": ("|", "⟩"), "braket": ("⟨", "⟩"), "set": ("{", "}"),
}  # fmt: skip
_OTHERS = frozenset(
    ("genfrac", "sideset", "prescript", "cancelto", "overunderset", "unicode", "verb", "ref",
     "eqref", "textcircled", "vdotswithin", "shortvdotswithin", "mathchoice", "ketbra", "Ketbra",
     "pod", *_LENGTHS, *_BRACKETS, *(name.title() for name in _BRACKETS))
)  # fmt: skip
KNOWN = _OTHERS | frozenset(SHAPES)
"""Names of the commands that `Wrappers.wrapped` reads."""


class Wrappers(Reader):
    """The part of the parser that looks through boxes, colours and lengths."""

    @abstractmethod
    def words(self, font: str) -> Nodes:
        """Read an argument made of words."""

    @abstractmethod
    def raw(self, start: int, text: str, first: Group | None) -> Raw:
        """Read the arguments of a command that is shown as it was written."""

    def wrapped(self, start: int, text: str) -> Node | None:
        """Read a command of `KNOWN`; nothing is left of one that only steers."""
        name = text[1:]
        if name in SHAPES:
            return self._shaped(start, text)
        if name in _LENGTHS:
            self.take_if("*")
            return Space(start, self.end, _width(self.dimension()))
        if name in ("ref", "eqref", "unicode", "verb", "textcircled"):
            return self._sign(start, text)
        if name.endswith("vdotswithin"):
            self.argument()
            return Atom(start, self.end, "⋮", "rel", "operator")
        if name == "genfrac":
            return self._genfrac(start, text)
        count = {"cancelto": 2, "ketbra": 2, "Ketbra": 2, "sideset": 3, "prescript": 3}
        count |= {"overunderset": 3, "mathchoice": 4}
        args: list[Group] = []
        for _ in range(count.get(name, 1)):
            argument = self.argument()
            if argument is None:
                raw = self.raw(start, text, None)
                return Raw(start, self.end, text, (*args, *raw.args))
            args.append(argument)
        return self._built(name, start, args)

    def _built(self, name: str, start: int, args: list[Group]) -> Node:
        end, first, last = self.end, args[0], args[-1]
        match name:
            case "cancelto":
                return Stack(start, end, name, last, first, None)
            case "overunderset":
                return Stack(start, end, name, last, first, args[1])
            case "mathchoice":
                return args[1]
            case "ketbra" | "Ketbra":
                return Group(start, end, (_pair("ket", first), _pair("bra", last)))
            case "prescript":
                before = Scripted(start, last.start, None, args[1], first, 0)
                return Group(start, end, (before, *last.body))
            case "sideset":
                return Classed(start, end, "op", Group(start, end, _sided(*args)))
            case "pod":
                return Group(
                    start,
                    end,
                    (Space(start, start, 2), Fenced(*_ends(first), "(", ")", first.body)),
                )
        return _pair(name, first)

    def _shaped(self, start: int, text: str) -> Node | None:
        kept: list[Node] = []
        content = False
        for kind in SHAPES[text[1:]]:
            match kind:
                case "s":
                    self.take_if("*")
                case "o":
                    self.skip_bracket()
                case "d":
                    self.skip_space()
                    self.dimension()
                case "n":
                    self.skip_space()
                    if self.peek() != "{":
                        return self.raw(start, text, None)
                    self.name()
                case "w":
                    content = True
                    kept.extend(self.words(""))
                case _:
                    content = True
                    argument = self.argument()
                    if argument is None:
                        return self.raw(start, text, None)
                    kept.extend(argument.body)
        return one(start, self.end, tuple(kept)) if content else None

    def _sign(self, start: int, text: str) -> Node:
        name = text[1:]
        if name == "verb":
            sign = self.source[self.offset : self.offset + 1]
            self.skip_to(self.offset + 1)
            return Atom(start, self.end, self.until(sign) if sign else "", "ord", "text", "mono")
        inner = self.name()
        if not inner:
            return self.raw(start, text, None)
        if name == "eqref":
            inner = f"({inner})"
        elif name == "unicode":
            digits = inner.strip().lower()
            try:
                inner = chr(int(digits[1:], 16) if digits[:1] == "x" else int(digits))
            except (ValueError, OverflowError):
                return Raw(start, self.end, self.source[start : self.end])
        elif name == "textcircled":
            inner = _circled(inner)
        return Atom(start, self.end, inner, "ord", "text")

    def _genfrac(self, start: int, text: str) -> Node:
        left, right, bar = self.name(), self.name(), self.name()
        self.name()
        top = self.argument()
        bottom = self.argument() if top else None
        if top is None or bottom is None:
            return self.raw(start, text, top)
        whole: Node = Fraction(top.start, bottom.end, top, bottom)
        ends = [_fence(sign.strip()) for sign in (left, right)]
        if bar.strip().startswith("0"):
            if ends == ["(", ")"]:
                return Binomial(start, self.end, top, bottom)
            whole = piled(top, bottom)
        return Fenced(start, self.end, ends[0], ends[1], (whole,)) if any(ends) else whole


def piled(top: Group, bottom: Group) -> Node:
    """Return one thing above another without a bar, as `\\substack` sets them."""
    return Environment(top.start, bottom.end, "substack", ((top.body,), (bottom.body,)))


def _fence(sign: str) -> str:
    return DELIMITERS[sign].text if sign in DELIMITERS else FENCE_ONLY.get(sign, sign)


def _ends(group: Group) -> tuple[int, int]:
    return group.start, group.end


def _pair(name: str, body: Group) -> Node:
    left, right = _BRACKETS[name.lower()]
    nodes: Nodes = body.body
    if name.lower() in ("set", "braket"):
        nodes = tuple(_divider(node, name) for node in nodes)
    return Fenced(*_ends(body), left, right, nodes)


def _divider(node: Node, name: str) -> Node:
    """Return a bar that divides what stands between the brackets."""
    if isinstance(node, Atom) and node.text == "|":
        kind: Kind = "rel" if name.lower() == "set" else "ord"
        return Atom(node.start, node.end, "|", kind, "bracket")
    return node


def _sided(left: Group, right: Group, operator: Group) -> Nodes:
    """Return an operator with scripts before and after it."""
    after = right.body[0] if right.body else None
    if isinstance(after, Scripted) and after.base is None:
        ends = (operator.start, operator.end)
        return (*left.body, Scripted(*ends, operator, after.sub, after.sup, after.primes))
    return (*left.body, *operator.body, *right.body)


def _circled(inner: str) -> str:
    if inner.isdecimal() and 1 <= int(inner) <= 20:
        return chr(0x2460 + int(inner) - 1)
    if len(inner) == 1 and inner.isascii() and inner.isalpha():
        base = 0x24B6 - ord("A") if inner.isupper() else 0x24D0 - ord("a")
        return chr(base + ord(inner))
    return f"({inner})"


def _width(length: str) -> int:
    """Return the width of a space of a length, as `Space` counts it."""
    number = length.strip().rstrip("abcdefghijklmnopqrstuvwxyz ")
    try:
        ems = float(number) * _UNITS.get(length.strip()[len(number) :].strip(), 0.1)
    except ValueError:
        return 2 if length else 0
    if ems <= 0.05:
        return 0
    return 1 if ems < 0.4 else 2 if ems < 0.9 else min(5, 2 + round(ems))
