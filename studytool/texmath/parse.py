"""A recursive descent parser for LaTeX formulas: it reads anything and notes what is wrong."""

import re

from studytool.texmath.bars import resolve_bars
from studytool.texmath.commands import Commands
from studytool.texmath.letters import in_alphabet
from studytool.texmath.nodes import (
    Atom,
    Binomial,
    Environment,
    Fenced,
    Fraction,
    Group,
    Node,
    Nodes,
    Parsed,
    Problem,
    Raw,
    Scripted,
    Sized,
    Space,
)
from studytool.texmath.reader import DEPTH_LIMIT
from studytool.texmath.symbols import (
    CHARACTERS,
    DELIMITERS,
    ENVIRONMENTS,
    FENCE_ONLY,
    SPACES,
    Kind,
    Role,
    Symbol,
)
from studytool.texmath.wrappers import piled

_DIGITS = frozenset("0123456789")
_THOUSANDS = re.compile(r"\{,\}\d")
_NOT_AN_ARGUMENT = frozenset(
    ("", "^", "_", "&", "'", "\\\\", "\\cr", "\\right", "\\end", "\\middle", "\\over", "\\choose",
     "\\atop", "\\brace", "\\brack", "\\above", "}")
)  # fmt: skip
_LIMITS = {"\\limits": True, "\\nolimits": False}
_SCRIPTS = frozenset(("^", "_", "'", *_LIMITS))
_SIDES: dict[str, Kind | None] = {"": None, "l": "open", "r": "close", "m": "rel"}
_SIZES: dict[str, Kind | None] = {
    f"\\{size}{side}": kind
    for size in ("big", "Big", "bigg", "Bigg")
    for side, kind in _SIDES.items()
}
_INFIX = {"\\over": ("", ""), "\\atop": ("", ""), "\\choose": ("(", ")"), "\\brace": ("{", "}"),
          "\\brack": ("[", "]"), "\\above": ("", "")}  # fmt: skip
_WITH_COLUMNS = frozenset(
    ("array", "subarray", "alignat", "alignat*", "alignedat", "xalignat", "xalignat*", "xxalignat")
)


def parse(source: str) -> Parsed:
    """Parse the LaTeX of a formula, without the dollar signs round it."""
    parser = _Parser(source)
    nodes = parser.row()
    problems: list[Problem] = sorted(parser.problems)
    return Parsed(nodes, tuple(problems))


class _Parser(Commands):
    """Reads rows of nodes, scripts, brackets and environments."""

    def row(self) -> Nodes:
        self.depth += 1
        nodes: list[Node] = []
        if self.depth > DEPTH_LIMIT:
            nodes.extend(self.give_up())
        while (token := self.peek()) and not self.closes(token):
            if token in _SCRIPTS:
                self._scripts(nodes)
            elif token in _INFIX:
                nodes = [self._infix(tuple(nodes))]
            elif (node := self._atom()) is not None:
                nodes.append(node)
        self.depth -= 1
        return resolve_bars(tuple(nodes))

    def argument(self) -> Group | None:
        self.skip_space()
        token, start = self.peek(), self.offset
        if token == "{":
            return self.braces()
        if token in _NOT_AN_ARGUMENT or self.closes(token):
            self.problem(start, "missing argument")
            return None
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            nodes = self.give_up()
        else:
            # TeX takes one token, so the number 12 gives only its 1.
            node = self._digit() if token in _DIGITS else self._atom()
            nodes = () if node is None else (node,)
        self.depth -= 1
        return Group(start, max(start, self.end), nodes, braced=False)

    def _infix(self, top: Nodes) -> Node:
        command = self.take()
        start = top[0].start if top else command.start
        if command.text == "\\above":
            self.dimension()
        body = self.row()
        upper = Group(start, command.start, top)
        lower = Group(command.start + len(command.text), self.end, body)
        if command.text in ("\\over", "\\above"):
            return Fraction(start, self.end, upper, lower)
        if command.text == "\\choose":
            return Binomial(start, self.end, upper, lower)
        left, right = _INFIX[command.text]
        pile = piled(upper, lower)
        return Fenced(start, self.end, left, right, (pile,)) if left else pile

    def _scripts(self, row: list[Node]) -> None:
        """Read scripts and put them, with the base they belong to, at the end of a row."""
        base = row.pop() if row and not isinstance(row[-1], Space) else None
        start = base.start if base else self.offset
        end = base.end if base else start
        scripts: dict[str, Group] = {}
        primes = 0
        limits: bool | None = None
        wrong: list[Node] = []
        while True:
            self.skip_space()
            if self.peek() in _LIMITS:
                limits = _LIMITS[self.take().text]
            elif self.take_if("'"):
                primes += 1
                end = self.end
            elif self.peek() in ("^", "_"):
                token = self.take()
                argument = self.argument()
                if argument and token.text not in scripts:
                    scripts[token.text] = argument
                    end = argument.end
                    continue
                if argument:
                    name = "superscript" if token.text == "^" else "subscript"
                    self.problem(token.start, f"double {name}")
                args = (argument,) if argument else ()
                wrong.append(Raw(token.start, max(token.start + 1, self.end), token.text, args))
            else:
                break
        if scripts or primes:
            sub, sup = scripts.get("_"), scripts.get("^")
            row.append(Scripted(start, end, base, sub, sup, primes, limits))
        elif base:
            row.append(base)
        row.extend(wrong)

    def _atom(self) -> Node | None:
        token = self.peek()
        start = self.offset
        if token == "{":
            return self.braces()
        if token in DELIMITERS:
            return self._delimiter()
        if token in _DIGITS:
            return self._number()
        self.take()
        if token.isspace():
            return None
        if token == "~":
            return Space(start, self.end, SPACES[" "])
        if token == "\\left":
            return self._fenced(start)
        if token == "\\middle" or token in _SIZES:
            return self._sized(start, token)
        if token == "\\begin":
            return self._environment(start)
        if token in ("\\\\", "\\cr"):
            self.problem(start, "line break outside an environment")
            return Atom(start, self.end, ";", "punct", "operator")
        if token in ("}", "&", "\\end", "\\right", "$", "#", "\\"):
            self.problem(start, f"unexpected {token}")
            return self.raw(start, token, None) if token == "\\end" else Raw(start, self.end, token)
        if token[0] == "\\":
            return self.command(start, token)
        if token in CHARACTERS:
            return Atom(start, self.end, *CHARACTERS[token])
        text = in_alphabet(token, self.font.alphabet)
        alphabet = self.font.alphabet
        font = "bold" if self.font.bold else alphabet if alphabet in ("sans", "mono") else ""
        role: Role = "variable" if token[0].isalpha() else "operator"
        role = "number" if token.isnumeric() else role
        return Atom(start, self.end, text, "ord", role, font if role == "variable" else "")

    def _digit(self) -> Node:
        start, text = self.offset, self.take().text
        return Atom(start, self.end, in_alphabet(text, self.font.alphabet), "ord", "number")

    def _number(self) -> Node:
        start = self.offset
        parts: list[str] = []
        while self.peek() in _DIGITS and self.peek():
            parts.append(in_alphabet(self.take().text, self.font.alphabet))
            after = self.source[self.offset + 1 : self.offset + 2]
            if self.peek() == "." and after in _DIGITS and "." not in parts:
                parts.append(self.take().text)
            elif after == "," and _THOUSANDS.match(self.source, self.offset):
                # Braces keep TeX from setting a blank after the comma of 1{,}000.
                self.skip_to(self.offset + len("{,}"))
                parts.append(",")
        return Atom(start, self.end, "".join(parts), "ord", "number")

    def _delimiter(self) -> Node:
        token = self.take()
        symbol = DELIMITERS[token.text]
        text = symbol.text
        doubled = token.text == "|" and self.peek() == "|" and self.offset == self.end
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

    def _fenced(self, start: int) -> Node:
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

    def _sized(self, start: int, token: str) -> Node | None:
        fence = self._fence()
        if fence is None:
            self.problem(start, f"{token} without a bracket")
            return Raw(start, start + len(token), token)
        kind = "rel" if token == "\\middle" else _SIZES[token] or fence.kind
        if fence.kind == "bar" and kind == "rel":
            kind = "bar" if fence.text == "|" else "rel"
        return Sized(start, self.end, fence.text, kind, "bracket")

    def _environment(self, start: int) -> Node:
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
            self.problem(start, f"\\begin{{{name}}} without \\end")
            known = False
        if not known:
            return Raw(start, self.end, self.source[start : self.end])
        name = "substack" if name == "subarray" else name
        return Environment(start, self.end, name, rows, columns, rules)
