"""Where in a bank's file each character of a scalar stands, however the scalar is written."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from studytool.located import BankFile, Text

_ESCAPE = re.compile(r"\\(?:x(\w{2})|u(\w{4})|U(\w{8})|(.))", re.DOTALL)
_LETTERS = {
    **{"0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f"},
    **{"r": "\r", "e": "\x1b", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029"},
    "\n": " ",
}


def aligned(value: str, written: Iterable[tuple[str, int]], skipped: str = "") -> list[int] | None:
    """Return where each character of a text stands in what it was read from, and where it ends.

    White space is where the two may differ: it is folded, indented and stripped in files.

    Args:
        value: The text.
        written: What it was read from: characters with their offsets.
        skipped: Signs that may stand there without being in the text.

    Returns:
        An offset for each character and one for the end; None if the text was not read from it.
    """
    rest = iter(written)
    places: list[int] = []
    at = -1
    waiting = 0
    for char in value:
        if char.isspace():
            waiting += 1
            continue
        for sign, offset in rest:
            if sign == char:
                break
            if not sign.isspace() and sign not in skipped:
                return None
            if at < 0:
                at = offset - 1
        else:
            return None
        first = at + 1 if at >= 0 else offset
        places.extend(min(first + step, offset) for step in range(waiting))
        waiting = 0
        places.append(offset)
        at = offset
    places.extend(at + 1 + step for step in range(waiting + 1))
    return places


class ScalarPlaces:
    """Finds characters of scalars in one file."""

    def __init__(self, file: BankFile) -> None:
        """Keep the file, and where its lines start."""
        self.file = file
        self.starts = [0, *accumulate(len(line) + 1 for line in file.lines)]

    def offset(self, line: int, column: int) -> int:
        """Return the offset in the file of a line and a column, both from 0."""
        return self.starts[line] + column

    def line_column(self, offset: int) -> tuple[int, int]:
        """Return the line and the column, both from 0, of an offset in the file."""
        line = min(bisect_right(self.starts, offset), len(self.file.lines)) - 1
        return line, offset - self.starts[line]

    def of(self, text: Text) -> list[int]:
        """Return the offset in the file of each character of a scalar, and of its end.

        Where that is not known, as for a scalar that was not read from this file, all of them are
        where the scalar starts.
        """
        start = self.offset(text.line, text.column)
        end = self.offset(text.end_line, text.end_column)
        raw = self.file.text
        if text.style == '"':
            written: Iterable[tuple[str, int]] = self._unescaped(start + 1, end - 1)
        elif text.style == "'":
            written = self._single(start + 1, end - 1)
        else:
            block = text.style in ("|", ">")
            start = self.starts[text.line + 1] if block else start
            written = ((raw[index], index) for index in range(start, min(end, len(raw))))
        found = aligned(text.text, written)
        return found or [self.offset(text.line, text.column)] * (len(text.text) + 1)

    def _single(self, start: int, end: int) -> Iterable[tuple[str, int]]:
        """Yield the characters between single quotes."""
        at = start
        while at < end:
            yield self.file.text[at], at
            at += 2 if self.file.text.startswith("''", at) else 1

    def _unescaped(self, start: int, end: int) -> Iterable[tuple[str, int]]:
        """Yield the characters between double quotes, each escape as what it stands for."""
        at = start
        while at < end:
            match = _ESCAPE.match(self.file.text, at, end)
            if match is None:
                yield self.file.text[at], at
                at += 1
                continue
            two, four, eight, letter = match.groups()
            code = two or four or eight
            try:
                yield chr(int(code, 16)) if code else _LETTERS.get(letter, letter), at
            except (ValueError, OverflowError):
                return
            at = match.end()
