"""A cursor over the tokens of a formula, with the state that its parts share."""

import re
import unicodedata
from abc import ABC, abstractmethod
from typing import NamedTuple

from studytool.texmath.nodes import Group, Nodes, Problem, Raw

DEPTH_LIMIT = 60
"""Levels of nesting beyond which the source is shown as it was written."""

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
# No combining mark comes before this.
_LATIN = "\u02ff"
_DIMENSION = re.compile(r"\s*(-?\d*\.?\d+)\s*(mu|em|ex|pt|px|pc|cm|mm|in|bp|sp|dd)")
_OPTION = re.compile(r"\[\s*(?:[tbc]|-?[\d.]+\s*[a-z]{2})\s*\]")
_STRUCTURE = frozenset("{}^_&~$'|[]")
_CELL_ENDS = frozenset(("&", "\\\\", "\\cr"))
_CLOSERS = {"}": "{", "\\end": "env", "\\right": "left", "$": "$"}


class Token(NamedTuple):
    """A command, a character with its combining marks, or white space."""

    text: str
    start: int


def tokens_of(source: str) -> list[Token]:
    """Split a formula into tokens."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(source):
        text = match.group()
        if text >= "\u0300" and len(text) == 1 and tokens and _is_mark(text):
            last = tokens[-1].text
            if last[0] != "\\" and not last.isspace() and last not in _STRUCTURE:
                tokens[-1] = Token(last + text, tokens[-1].start)
                continue
        tokens.append(Token(text, match.start()))
    return tokens


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M"


def _matching(tokens: list[Token]) -> dict[int, int]:
    """Return where the brace is that closes each opening brace."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    for place, token in enumerate(tokens):
        if token.text == "{":
            waiting.append(place)
        elif token.text == "}" and waiting:
            pairs[waiting.pop()] = place
    return pairs


class Font(NamedTuple):
    """The alphabet and weight in force; the alphabet "word" joins letters to names."""

    alphabet: str = ""
    bold: bool = False


class Reader(ABC):
    """Reads tokens and remembers what is open, the font and the problems."""

    def __init__(self, source: str) -> None:
        """Begin at the start of a formula."""
        self.source = source
        self.problems: list[Problem] = []
        self.font = Font()
        self.depth = 0
        self._tokens = tokens_of(source)
        self._matching = _matching(self._tokens)
        self._at = 0
        self._open: list[str] = []
        self._gave_up = False

    @property
    def offset(self) -> int:
        """Where the next token starts."""
        return self._tokens[self._at].start if self._at < len(self._tokens) else len(self.source)

    @property
    def end(self) -> int:
        """Where the last token that was read ends."""
        if not self._at:
            return 0
        token = self._tokens[self._at - 1]
        return token.start + len(token.text)

    def peek(self) -> str:
        """Return the next token's text, or nothing at the end."""
        return self._tokens[self._at].text if self._at < len(self._tokens) else ""

    def take(self) -> Token:
        """Read the next token."""
        token = self._tokens[self._at]
        self._at += 1
        return token

    def skip_space(self) -> None:
        """Move past white space."""
        while self.peek().isspace():
            self._at += 1

    def take_if(self, text: str) -> bool:
        """Move past the next token if it is this one."""
        found = self.peek() == text
        self._at += found
        return found

    def problem(self, offset: int, message: str) -> None:
        """Note something wrong; what follows from giving up is not worth a note."""
        if not self._gave_up:
            self.problems.append(Problem(offset, message))

    def give_up(self) -> Nodes:
        """Return the rest of the source as it was written."""
        start = self.offset
        self.problem(start, f"nested more than {DEPTH_LIMIT} levels deep")
        self._gave_up = True
        self._at = len(self._tokens)
        return (Raw(start, len(self.source), self.source[start:]),) if start < self.end else ()

    def closes(self, token: str) -> bool:
        """Tell whether a token ends something that is open."""
        if token in _CELL_ENDS:
            return bool(self._open) and self._open[-1] == "env"
        if token == "]":
            return bool(self._open) and self._open[-1] == "["
        return _CLOSERS.get(token, "?") in self._open

    def opened(self, opener: str) -> None:
        """Note what will have to be closed."""
        self._open.append(opener)

    def closed(self) -> None:
        """Forget what was opened last."""
        self._open.pop()

    def inside(self, opener: str) -> Nodes:
        """Read a row that something open encloses."""
        self._open.append(opener)
        font = self.font
        row = self.row()
        self.font = font
        self._open.pop()
        return row

    def braces(self) -> Group:
        """Read a group in braces, of which the first comes next."""
        start = self.take().start
        body = self.inside("{")
        if not self.take_if("}"):
            self.problem(start, "unclosed {")
        return Group(start, self.end, body)

    def optional(self) -> Group | None:
        """Read an argument in square brackets, if one comes next."""
        self.skip_space()
        if self.peek() != "[":
            return None
        start = self.take().start
        body = self.inside("[")
        if not self.take_if("]"):
            self.problem(start, "unclosed [")
        return Group(start, self.end, body)

    def name(self) -> str:
        """Read an argument that is not a formula, such as an environment's name."""
        self.skip_space()
        last = self._matching.get(self._at)
        if last is None:
            return ""
        start = self._tokens[self._at].start + 1
        self._at = last + 1
        return self.source[start : self._tokens[last].start]

    def skip_bracket(self) -> None:
        """Move past anything in square brackets, if they come next."""
        self.skip_space()
        if self.peek() == "[" and (last := self.source.find("]", self.offset)) >= 0:
            self.skip_to(last + 1)

    def dimension(self) -> str:
        """Read a length, with or without braces round it."""
        if self.peek() == "{":
            return self.name()
        found = _DIMENSION.match(self.source, self.offset)
        if not found:
            return ""
        self.skip_to(found.end())
        return found.group()

    def until(self, sign: str) -> str:
        """Read anything up to a sign, and the sign; nothing if it does not come."""
        start = self.offset
        last = self.source.find(sign, start)
        if last < 0:
            return ""
        self.skip_to(last + len(sign))
        return self.source[start:last]

    def skip_to(self, offset: int) -> None:
        """Move past all tokens that start before an offset."""
        while self._at < len(self._tokens) and self.offset < offset:
            self._at += 1

    def skip_option(self) -> None:
        """Move past a placement or a height in square brackets."""
        self.skip_space()
        if option := _OPTION.match(self.source, self.offset):
            self.skip_to(option.end())

    @abstractmethod
    def row(self) -> Nodes:
        """Read nodes up to the token that ends them."""

    @abstractmethod
    def argument(self) -> Group | None:
        """Read the argument of a command or script: a group or one token."""
