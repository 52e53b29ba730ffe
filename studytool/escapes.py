"""Escapes of YAML's double quotes that an author did not mean as such, as in "\\theta"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

MAX_SHOWN = 220
"""A longer text is not written out in a hint, in characters."""

_LONGEST = 10 * MAX_SHOWN
_BLOCK = "put the text into a `|` block, where a backslash is a backslash"
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(\n)|(.?))")
_LETTERS = re.compile(r"[A-Za-z]{0,40}")
_SIGNS = {
    **{"t": "a tab", "b": "a backspace", "n": "a line break", "f": "a form feed"},
    **{"r": "a carriage return", "v": "a vertical tab", "a": "a bell", "e": "an escape character"},
    **{"0": "a null character", "N": "a line break", "L": "a line break", "P": "a line break"},
    **{"_": "a blank that does not break", " ": "a blank", "\t": "a tab"},
}


class Escape(NamedTuple):
    """An escape that says something else than it looks like.

    Attributes:
        start: Where its backslash stands.
        word: It and the letters behind it.
        what: What it is to YAML.
    """

    start: int
    word: str
    what: str


def wrong_escapes(raw: str) -> Iterator[Escape]:
    """Yield the escapes in the source of a double-quoted text that were hardly meant as such."""
    for match in _ESCAPE.finditer(raw) if "\\" in raw else ():
        two, four, eight, line_end, letter = match.groups()
        code = two or four or eight
        if code:
            number = int(code, 16)
            fine = number < 0x110000 and chr(number).isprintable()
        elif letter == "n":
            fine = not raw[match.end() : match.end() + 1].isalpha()
        else:
            fine = line_end is not None or letter in ('"', "\\", "/")
        if not fine:
            letters = _LETTERS.match(raw, match.end())
            rest = letters.group() if letters else ""
            sign = "an unseen character" if code else _SIGNS.get(letter or "", "no escape at all")
            known = code or letter in _SIGNS
            what = f"{sign} and `{rest}`" if rest and known else sign
            yield Escape(match.start(), match.group() + rest, what)


def advice(raw: str) -> str:
    """Return what to write instead of a double-quoted text with wrong escapes, quotes included."""
    if len(raw) > _LONGEST:
        return _BLOCK
    wrong = {escape.start for escape in wrong_escapes(raw)}
    meant: list[str] = []
    at = 1
    for match in _ESCAPE.finditer(raw):
        *codes, line_end, letter = match.groups()
        code = next(filter(None, codes), "")
        meant.append(raw[at : match.start()])
        at = match.end()
        if match.start() in wrong:
            meant.append(match.group())
        elif line_end or letter == "n":
            break
        else:
            meant.append(chr(int(code, 16)) if code else letter)
    else:
        text = "".join((*meant, raw[at:-1])).replace("'", "''")
        if raw[-1:] == '"' and "\n" not in raw and len(text) <= MAX_SHOWN:
            return f"write '{text}', in single quotes, or put the text into a `|` block"
    return _BLOCK
