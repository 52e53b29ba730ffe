"""Finds where each key of a TOML text stands, which the standard library's parser does not say."""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

Path = tuple[str, ...]
"""The names of a key from the outermost table on."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_NAME = re.compile(r'[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|\'[^\']*\'')
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_SCALAR = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'"
    r"|[^,\]}#\n]+",
    re.DOTALL,
)


class Place(NamedTuple):
    """Where a key stands, quotes included.

    Attributes:
        line: Line number from 1.
        column: Column in characters from 1.
        length: Characters.
    """

    line: int
    column: int
    length: int


def places(text: str) -> dict[Path, Place]:
    """Return the place of every key, and of every part of a dotted one, where it comes first.

    Args:
        text: What the standard library's parser reads without an error.
    """
    return _Places(text).found


class _Places:
    """One walk over a text."""

    def __init__(self, text: str) -> None:
        """Walk from key to key; values are only stepped over."""
        self.text = text
        self.found: dict[Path, Place] = {}
        self._line, self._line_start = 1, 0
        position = self._blank(0)
        table: Path = ()
        while position < len(text):
            if text[position] == "[":
                brackets = 2 if text.startswith("[[", position) else 1
                table, position = self._key(position + brackets, ())
                position = text.index("]", position) + brackets
            else:
                key, position = self._key(position, table)
                position = self._value(text.index("=", position) + 1, key)
            position = self._blank(position)

    def _blank(self, position: int) -> int:
        """Return the position after blanks, line ends and comments."""
        match = _BLANK.match(self.text, position)
        assert match is not None
        return match.end()

    def _key(self, position: int, table: Path) -> tuple[Path, int]:
        """Note the places of a dotted key below a table; return all of it and where it ends."""
        position = self._blank(position)
        while True:
            match = _NAME.match(self.text, position)
            assert match is not None
            name = match.group()
            if name[0] in "\"'":
                (name,) = tomllib.loads(f"{name} = 0")
            table = (*table, name)
            if table not in self.found:
                self.found[table] = self._place(position, match.end() - position)
            dot = _DOT.match(self.text, match.end())
            if dot is None:
                return table, match.end()
            position = dot.end()

    def _place(self, position: int, length: int) -> Place:
        """Return a position as line and column."""
        lines = self.text.count("\n", self._line_start, position)
        if lines:
            self._line += lines
            self._line_start = self.text.rindex("\n", 0, position) + 1
        return Place(self._line, position - self._line_start + 1, length)

    def _value(self, position: int, key: Path) -> int:
        """Step over a value, noting the keys of inline tables; return where it ends.

        The lists and tables that are open are kept on a pile of our own, so that no depth of
        them is too much.
        """
        pile: list[tuple[str, Path]] = []
        while True:
            position = self._blank(position)
            char = self.text[position]
            if char in "[{":
                pile.append((char, key))
                position = self._blank(position + 1)
            elif char not in "]}":
                match = _SCALAR.match(self.text, position)
                assert match is not None
                position = self._blank(match.end())
            while pile and self.text[position] in ",]}":
                if self.text[position] != ",":
                    pile.pop()
                position = self._blank(position + 1)
            if not pile:
                return position
            opened, key = pile[-1]
            if opened == "{":
                key, position = self._key(position, key)
                position = self.text.index("=", position) + 1
