"""A cursor over the tokens of a formula, with the state that its parts share."""

import re
import unicodedata
from abc import ABC, abstractmethod
from itertools import accumulate
from typing import NamedTuple

from studytool.texmath.nodes import Group, Nodes, Problem, Raw

DEPTH_LIMIT = 60
"""Levels of nesting beyond which the source is shown as it was written."""

_TOKEN = r"(?s)\\[A-Za-z]+|\\.|\s+|."
_DIMENSION = r"\s*(-?\d*\.?\d+)\s*(mu|em|ex|pt|px|pc|cm|mm|in|bp|sp|dd)"
_OPTION = r"\[\s*(?:[tbc]|-?[\d.]+\s*[a-z]{2})\s*\]"
_STRUCTURE = frozenset("{}^_&~$'|[]")
_CELL_ENDS = frozenset(("&", "\\\\", "\\cr"))
_CLOSERS = {"}": "{", "\\end": "env", "\\right": "left", "$": "$"}
_MAY_CLOSE = frozenset((*_CELL_ENDS, "]", *_CLOSERS))


class Token(NamedTuple):
    """A command, a character with its combining marks, or white space."""

    text: str
    start: int


def tokens_of(source: str) -> list[Token]:
    """Split a formula into tokens, which together are the whole of it."""
    tokens = _split(source)
    return list(map(Token, tokens, accumulate(map(len, tokens), initial=0)))


def _split(source: str) -> list[str]:
    found: list[str] = re.findall(_TOKEN, source)
    if max(source, default="") < "\u0300":
        return found
    tokens: list[str] = []
    for text in found:
        if text >= "\u0300" and len(text) == 1 and tokens and _is_mark(text):
            last = tokens[-1]
            if last[0] != "\\" and not last.isspace() and last not in _STRUCTURE:
                tokens[-1] = last + text
                continue
        tokens.append(text)
    return tokens


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M"


def _matching(tokens: list[str]) -> dict[int, int]:
    """Return where the brace is that closes each opening brace."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    for place, token in enumerate(tokens):
        if token == "{":
            waiting.append(place)
        elif token == "}" and waiting:
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
        tokens = _split(source)
        self._starts = list(accumulate(map(len, tokens), initial=0))
        self._matching = _matching(tokens) if "{" in source else {}
        self._count = len(tokens)
        # After the last token come empty ones, as often as somebody looks.
        self._tokens = [*tokens, ""]
        self._at = 0
        self._open: list[str] = []
        self._gave_up = False

    @property
    def offset(self) -> int:
        """Where the next token starts."""
        return self._starts[self._at]

    @property
    def end(self) -> int:
        """Where the last token that was read ends."""
        # Tokens leave nothing out, so one ends where the next one starts.
        return self._starts[self._at]

    def peek(self) -> str:
        """Return the next token's text, or nothing at the end."""
        return self._tokens[self._at]

    def take(self) -> Token:
        """Read the next token."""
        at = self._at
        self._at = at + 1
        return Token(self._tokens[at], self._starts[at])

    def skip_space(self) -> None:
        """Move past white space."""
        while self._tokens[self._at].isspace():
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
        self._at = self._count
        return (Raw(start, len(self.source), self.source[start:]),) if start < self.end else ()

    def closes(self, token: str) -> bool:
        """Tell whether a token ends something that is open."""
        if token not in _MAY_CLOSE:
            return False
        if token in _CELL_ENDS:
            return bool(self._open) and self._open[-1] == "env"
        if token == "]":
            return bool(self._open) and self._open[-1] == "["
        return _CLOSERS[token] in self._open

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
        start = self.offset + 1
        self._at = last + 1
        return self.source[start : self._starts[last]]

    def skip_bracket(self) -> None:
        """Move past anything in square brackets, if they come next."""
        self.skip_space()
        if self.peek() == "[" and (last := self.source.find("]", self.offset)) >= 0:
            self.skip_to(last + 1)

    def dimension(self) -> str:
        """Read a length, with or without braces round it."""
        if self.peek() == "{":
            return self.name()
        found = re.compile(_DIMENSION).match(self.source, self.offset)
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
        while self._at < self._count and self.offset < offset:
            self._at += 1

    def skip_option(self) -> None:
        """Move past a placement or a height in square brackets."""
        self.skip_space()
        if option := re.compile(_OPTION).match(self.source, self.offset):
            self.skip_to(option.end())

    @abstractmethod
    def row(self) -> Nodes:
        """Read nodes up to the token that ends them."""

    @abstractmethod
    def argument(self) -> Group | None:
        """Read the argument of a command or script: a group or one token."""
