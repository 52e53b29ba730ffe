"""Brackets and environments of the parser."""

from studytool.texmath.nodes import Atom, Environment, Fenced, Node, Nodes, Raw, Sized
from studytool.texmath.symbols import DELIMITERS, ENVIRONMENTS, FENCE_ONLY, Kind, Symbol
from studytool.texmath.wrappers import Wrappers

_SIDES: dict[str, Kind | None] = {"": None, "l": "open", "r": "close", "m": "rel"}
SIZES: dict[str, Kind | None] = {
    f"\\{size}{side}": kind
    for size in ("big", "Big", "bigg", "Bigg")
    for side, kind in _SIDES.items()
}
"""Commands that set a bracket in a size, and its class if they say so."""
_WITH_COLUMNS = frozenset(
    ("array", "subarray", "alignat", "alignat*", "alignedat", "xalignat", "xalignat*", "xxalignat")
)


class Fences(Wrappers):
    """The part of the parser that knows what encloses something."""

    def delimiter(self) -> Node:
        """Read a bracket or bar."""
        token = self.take()
        symbol = DELIMITERS[token.text]
        text = symbol.text
        doubled = token.text == "|" and self.peek() == "|"
        # With a bar open before, one value ends here and the next begins: |a||b|.
        if doubled and self.source.count("|", 0, token.start) % 2 == 0:
            text += self.take().text
        return Atom(token.start, self.end, text, symbol.kind, symbol.role)

    def _fence(self) -> Symbol | None:
        """Read the bracket that belongs to the command before it."""
        self.skip_space()
        token = self.peek()
        if token in DELIMITERS:
            self.take()
            return DELIMITERS[token]
        if token in FENCE_ONLY:
            self.take()
            return Symbol(FENCE_ONLY[token], "ord", "bracket")
        return None

    def fenced(self, start: int) -> Node:
        """Read what `\\left` begins."""
        left = self._fence()
        if left is None:
            self.problem(start, "\\left without a bracket")
            return Raw(start, start + len("\\left"), "\\left")
        body = self.inside("left")
        right: Symbol | None = None
        if self.take_if("\\right"):
            right = self._fence()
            if right is None:
                self.problem(self.end, "\\right without a bracket")
        else:
            self.problem(start, "\\left without \\right")
        return Fenced(start, self.end, left.text, right.text if right else "", body)

    def sized(self, start: int, token: str) -> Node | None:
        """Read a bracket of a fixed size, or one in the middle."""
        fence = self._fence()
        if fence is None:
            self.problem(start, f"{token} without a bracket")
            return Raw(start, start + len(token), token)
        kind = "rel" if token == "\\middle" else SIZES[token] or fence.kind
        if fence.kind == "bar" and kind == "rel":
            kind = "bar" if fence.text == "|" else "rel"
        return Sized(start, self.end, fence.text, kind, "bracket")

    def environment(self, start: int) -> Node:
        """Read what `\\begin` begins."""
        name = self.name()
        known = name in ENVIRONMENTS
        if not known:
            self.problem(start, f"unknown environment {name}" if name else "\\begin without a name")
        columns = self.name() if name in _WITH_COLUMNS else ""
        if known:
            self.skip_option()
        if name.endswith("matrix*"):
            self.skip_bracket()
        rows, rules = self.rows()
        if self.take_if("\\end"):
            at = self.offset
            ended = self.name()
            if ended != name:
                self.problem(at, f"\\begin{{{name}}} ended by \\end{{{ended}}}")
                known = False
        else:
            if name:
                self.problem(start, f"\\begin{{{name}}} without \\end")
            known = False
        if not known:
            return Raw(start, self.end, self.source[start : self.end])
        name = "substack" if name == "subarray" else name
        return Environment(start, self.end, name, rows, columns, rules)

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
