"""Commands that take arguments, and words inside formulas."""

from collections.abc import Callable

from studytool.texmath.letters import FONTS, SWITCHES, TEXTS
from studytool.texmath.names import joined, merged, modulo, one, operator_name
from studytool.texmath.nodes import (
    Accent,
    Atom,
    Binomial,
    Classed,
    Environment,
    Fraction,
    Group,
    Marked,
    Negated,
    Node,
    Nodes,
    Raw,
    Root,
    Space,
    Stack,
)
from studytool.texmath.reader import DEPTH_LIMIT, Font
from studytool.texmath.symbols import (
    ACCENTS,
    IGNORED,
    SPACES,
    SYMBOLS,
    Kind,
)
from studytool.texmath.texts import ACCENTED, SIGNS, accented
from studytool.texmath.wrappers import KNOWN, Wrappers

CLASSES: dict[str, Kind] = {
    "mathop": "op", "mathbin": "bin", "mathrel": "rel", "mathord": "ord", "mathopen": "open",
    "mathclose": "close", "mathpunct": "punct", "mathinner": "inner", "ensuremath": "ord",
}  # fmt: skip
ARROWS = {"xrightarrow": "→", "xleftarrow": "←", "xmapsto": "↦", "xleftrightarrow": "↔",
           "xRightarrow": "⇒", "xLeftarrow": "⇐", "xhookrightarrow": "↪", "xhookleftarrow": "↩",
           "xLeftrightarrow": "⇔", "xrightharpoonup": "⇀", "xrightharpoondown": "⇁",
           "xleftharpoonup": "↼", "xleftharpoondown": "↽", "xrightleftharpoons": "⇌",
           "xleftrightharpoons": "⇋", "xlongequal": "=", "xtofrom": "⇄", "xtwoheadrightarrow": "↠",
           "xtwoheadleftarrow": "↞", "xlongrightarrow": "⟶", "xlongleftarrow": "⟵",
           "xLongrightarrow": "⟹", "xLongleftarrow": "⟸"}  # fmt: skip
PAIRS: dict[str, Callable[[int, int, Group, Group], Node]] = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"), Fraction),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), Binomial),
}
_PILES = {"substack": "substack", "crampedsubstack": "substack", "matrix": "matrix",
          "pmatrix": "pmatrix", "cases": "cases", "eqalign": "aligned", "eqalignno": "aligned",
          "displaylines": "gathered"}  # fmt: skip
_LAST = frozenset(("not", "centernot", "pmod"))
_WORDS = ("word", "sans", "mono")


class Commands(Wrappers):
    """The part of the parser that knows commands with arguments."""

    def command(self, start: int, text: str) -> Node | None:
        """Read what belongs to a command; nothing is left of one that only steers."""
        name = text[1:]
        if name in SYMBOLS:
            symbol = SYMBOLS[name]
            bold = self.font.bold and symbol.role == "variable"
            return Atom(start, self.end, *symbol, "bold" if bold else "")
        if name in SPACES:
            return Space(start, self.end, SPACES[name])
        if name.isspace():
            return Space(start, self.end, SPACES[" "])
        if name in IGNORED:
            return None
        if name in KNOWN:
            return self.wrapped(start, text)
        if name in SIGNS and len(name) > 2:
            return Atom(start, self.end, SIGNS[name], "ord", "text")
        if name in SWITCHES:
            self.font = Font(*FONTS[SWITCHES[name]])
            return None
        if name in TEXTS:
            return one(start, self.end, self.words(TEXTS[name]))
        if name in PAIRS or name in ("overset", "stackrel", "underset"):
            return self._pair(start, text)
        if name == "sqrt":
            index = self.optional()
            body = self.argument()
            return Root(start, self.end, body, index) if body else self.raw(start, text, index)
        return self._with_argument(start, text)

    def _with_argument(self, start: int, text: str) -> Node | None:
        name = text[1:]
        if name in ARROWS:
            return self._arrow(start, text)
        if name in ("class", "tag", *_PILES, "phantom", "hphantom", "vphantom"):
            return self._special(start, text)
        if name in FONTS or name == "operatorname":
            starred = self.take_if("*")
            font = self.font
            alphabet, bold = FONTS.get(name, ("word", False))
            self.font = Font(alphabet or font.alphabet, bold or font.bold)
            body = self.argument()
            self.font = font
            if body is None:
                return self.raw(start, text, None)
            if name == "operatorname":
                named = operator_name(start, self.end, body)
                whole = Group(start, self.end, (named,))
                return Classed(start, self.end, "op", whole) if starred else named
            letters = joined(body.body) if alphabet in _WORDS else body.body
            # A font is no bracket: in \mathbb{RP}^2 only the P is raised, as TeX shows it.
            return Group(start, self.end, letters, braced=False)
        known = name in ACCENTS or name in CLASSES or name in _LAST
        body = self.argument() if known else None
        if body is None:
            if not known:
                self.problem(start, f"unknown command {text}")
            return self.raw(start, text, None)
        if name in ACCENTS:
            return Accent(start, self.end, name, ACCENTS[name], body)
        if name in CLASSES:
            return Classed(start, self.end, CLASSES[name], body)
        if name in ("not", "centernot"):
            return Negated(start, self.end, body)
        return modulo(start, self.end, body)

    def _pair(self, start: int, text: str) -> Node:
        name = text[1:]
        first = self.argument()
        second = self.argument() if first else None
        if first is None or second is None:
            return self.raw(start, text, first)
        if name in PAIRS:
            return PAIRS[name](start, self.end, first, second)
        if name == "underset":
            return Stack(start, self.end, name, second, None, first)
        return Stack(start, self.end, name, second, first, None)

    def raw(self, start: int, text: str, first: Group | None) -> Raw:
        """Read the arguments of a command that is shown as it was written."""
        args = [first] if first else []
        while self.peek() == "{" and self.depth < DEPTH_LIMIT:
            args.append(self.braces())
        return Raw(start, self.end, text, tuple(args))

    def _arrow(self, start: int, text: str) -> Node:
        sign = Atom(start, self.end, ARROWS[text[1:]], "rel", "operator")
        under = self.optional()
        over = self.argument()
        if over is None:
            return self.raw(start, text, under)
        base = Group(start, sign.end, (sign,), braced=False)
        return Stack(start, self.end, text[1:], base, over, under)

    def _special(self, start: int, text: str) -> Node | None:
        name = text[1:]
        if name == "tag":
            starred = self.take_if("*")
            words = self.words("")
            left, right = (Atom(start, self.end, sign, "ord", "bracket") for sign in "()")
            shown = words if starred else (left, *words, right)
            return Group(start, self.end, (Space(start, self.end, 3), *shown))
        if name in _PILES:
            self.skip_space()
            if self.peek() == "{":
                self.take()
                self.opened("{")
                rows, _ = self.rows()
                self.closed()
                if not self.take_if("}"):
                    self.problem(start, "unclosed {")
                return Environment(start, self.end, _PILES[name], rows)
        label = self.name() if name == "class" else ""
        body = self.argument() if label or name != "class" else None
        if body is None:
            return self.raw(start, text, None)
        if name.endswith("phantom"):
            return Space(start, self.end, 2)
        words_only = " ".join(label.split())
        return Marked(start, self.end, words_only, body) if name == "class" else body

    def rows(self) -> tuple[tuple[tuple[Nodes, ...], ...], tuple[int, ...]]:
        """Read cells and rows up to the token that ends them, and where lines stand."""
        rows: list[tuple[Nodes, ...]] = []
        cells: list[Nodes] = []
        rules: list[int] = []
        while True:
            if not cells:
                rules.extend(self._rules(len(rows)))
            cells.append(self.inside("env"))
            token = self.peek()
            if token not in ("&", "\\\\", "\\cr"):
                break
            self.take()
            if token != "&":
                rows.append(tuple(cells))
                cells = []
                self.skip_option()
        return ((*rows, tuple(cells)) if any(cells) else tuple(rows)), tuple(rules)

    def _rules(self, row: int) -> list[int]:
        """Read the lines above a row."""
        self.skip_space()
        found = False
        while self.take_if("\\hline"):
            found = True
            self.skip_space()
        return [row] * found

    def words(self, font: str) -> Nodes:
        """Read an argument made of words, with formulas between dollar signs."""
        self.skip_space()
        if self.peek() != "{":
            argument = self.argument()
            return argument.body if argument else ()
        start = self.take().start
        self.depth += 1
        nodes = self.give_up() if self.depth > DEPTH_LIMIT else self._words(font)
        self.depth -= 1
        if not self.take_if("}"):
            self.problem(start, "unclosed {")
        return nodes

    def _words(self, font: str) -> Nodes:
        nodes: list[Node] = []
        while (token := self.peek()) and token != "}":
            start = self.offset
            if token == "{":
                nodes.extend(self.words(font))
                continue
            self.take()
            name = token[1:]
            if token == "$":
                nodes.extend(self.inside("$"))
                if not self.take_if("$"):
                    self.problem(start, "unclosed $")
            elif token[0] != "\\" or name in (*"{}%&#$_", ""):
                text = (name or token) if token[0] == "\\" else token
                text = " " if text.isspace() or token == "~" else text
                nodes.append(Atom(start, self.end, text, "ord", "text", font))
            elif name in ACCENTED:
                nodes.append(
                    Atom(start, self.end, accented(name, self._letter()), "ord", "text", font)
                )
            elif name in SIGNS:
                nodes.append(Atom(start, self.end, SIGNS[name], "ord", "text", font))
            elif name in TEXTS:
                nodes.extend(self.words(TEXTS[name] or font))
            elif (node := self.command(start, token)) is not None:
                nodes.append(node)
        return merged(nodes)

    def _letter(self) -> str:
        """Read the letter that an accent in a text belongs to."""
        self.skip_space()
        if self.peek() == "{":
            return self.name()
        return self.take().text if self.peek() not in ("", "}") else ""
