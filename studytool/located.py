"""A bank's file as text, values with their places in it, and the complaints about it."""

from __future__ import annotations

import re
from bisect import bisect_right
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TypeAlias

from studytool.diagnostics import Diagnostic, Severity
from studytool.escapes import advice, wrong_escapes

MAX_DIAGNOSTICS = 100
"""A file with so many complaints is not read further."""
MAX_BYTES = 5_000_000
"""A larger file is no bank that a person wrote."""
MAX_MESSAGE = 300
"""Of a longer message the middle is left out, in characters: it may quote half a file."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_BOMS = ((b"\xff\xfe\x00\x00", "UTF-32"), (b"\x00\x00\xfe\xff", "UTF-32"),
         (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))  # fmt: skip
_ITEM = re.compile(r"( *)-(?: |$)")
_NOTES = re.compile(r"['\"]?notes['\"]? *:")


@dataclass(slots=True, eq=False)
class Text:
    """A scalar, as text whatever it looks like; places count from 0.

    Attributes:
        text: What YAML makes of it.
        line: Line on which it starts.
        column: Column at which it starts, its quote or `|` included.
        style: How it is written: plain, `'`, `"`, `|` or `>`.
        end_line: Line on which it ends.
        end_column: Column behind its last character, its quote included.
    """

    text: str
    line: int
    column: int
    style: str
    end_line: int
    end_column: int


@dataclass(slots=True, eq=False)
class Sequence:
    """A list and its place."""

    items: list[Value]
    line: int
    column: int


@dataclass(slots=True, eq=False)
class Mapping:
    """A mapping in the order of the file, and its place."""

    entries: list[tuple[Text, Value]]
    line: int
    column: int


Value: TypeAlias = Text | Sequence | Mapping


class TooManyError(Exception):
    """A file has so many problems that reading it on would help nobody."""


class BankFile:
    """A file's text, and the complaints about it."""

    def __init__(self, path: str, text: str) -> None:
        """Keep the lines for the complaints."""
        self.path = path
        self.text = text
        self.lines = text.split("\n")
        self.diagnostics: list[Diagnostic] = []

    def complain(
        self,
        code: str,
        message: str,
        line: int,
        column: int,
        length: int = 1,
        advice: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Add a complaint that is not there yet; line and column count from 0.

        Raises:
            TooManyError: If there are so many that the rest is not worth reading.
        """
        if len(self.diagnostics) >= MAX_DIAGNOSTICS:
            if severity is Severity.WARNING:
                return
            self.more(f"more than {MAX_DIAGNOSTICS} problems; the rest of the file was not read")
            raise TooManyError
        shown = self.lines[line] if line < len(self.lines) else ""
        message, advice = _short(message), _short(advice)
        found = Diagnostic(
            severity, code, message, self.path, line + 1, column + 1, max(1, length), advice, shown
        )
        if found not in self.diagnostics:
            self.diagnostics.append(found)

    def more(self, message: str) -> None:
        """Say that not every problem of the file was looked for; this has no place."""
        self.diagnostics.append(Diagnostic(Severity.ERROR, "more", message, self.path))

    @cached_property
    def note_starts(self) -> list[int]:
        """The lines, from 0, on which a `-` begins a note."""
        lines = self.lines
        top = next((index for index, row in enumerate(lines) if _NOTES.match(row)), len(lines))
        items = [index for index in range(top, len(lines)) if _ITEM.match(lines[index])]
        indent = len(_ITEM.match(lines[items[0]])[1]) if items else 0  # type: ignore[index]
        return [index for index in items if lines[index].startswith(" " * indent + "-")]

    def note_around(self, line: int) -> tuple[int, int]:
        """Return the lines, from 0 and the end not included, of the note that a line is in.

        Above the first note the first of them is -1.
        """
        starts = self.note_starts
        place = bisect_right(starts, line)
        end = starts[place] if place < len(starts) else len(self.lines)
        return (starts[place - 1] if place else -1), end

    def full(self) -> bool:
        """Tell whether there are so many complaints that warnings are no longer added."""
        return len(self.diagnostics) >= MAX_DIAGNOSTICS

    def about(
        self, value: Value, code: str, message: str, advice: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:  # fmt: skip
        """Complain about a value, its first line underlined."""
        length = 1
        one_line = isinstance(value, Text) and value.line == value.end_line
        if isinstance(value, Text) and one_line and value.style not in ("|", ">"):
            length = value.end_column - value.column
        self.complain(code, message, value.line, value.column, length, advice, severity)

    def check_escapes(self, start: int, end: int) -> None:
        """Complain, once, about escapes in double quotes that an author did not mean as such."""
        raw = self.text[start:end]
        found = list(islice(wrong_escapes(raw), 5))
        if not found:
            return
        index = start + found[0].start
        line = self.text.count("\n", 0, index)
        column = index - self.text.rfind("\n", 0, index) - 1
        word = found[0].word
        others = ", ".join(f"`{escape.word}`" for escape in found[1:4])
        more = "and more" if len(found) > 4 else "too"
        message = f"in double quotes `{word}` is {found[0].what}"
        message += f"; {others} {more}" if others else ""
        self.complain("escape", message, line, column, len(word), advice(raw))

    def place(self, text: Text, offset: int) -> tuple[int, int]:
        """Return line and column, from 0, of an offset in a scalar.

        Exact for blocks and for scalars of one line without escapes; else where it starts.
        """
        before = text.text[:offset]
        if text.style == "|":
            row = before.count("\n")
            line = text.line + 1 + row
            value = text.text.split("\n")[row]
            if line < len(self.lines) and value and self.lines[line].endswith(value):
                indent = len(self.lines[line]) - len(value)
                return line, indent + len(before) - before.rfind("\n") - 1
        elif text.line == text.end_line and text.style != ">" and not _escaped(text):
            quoted = "'" if text.style == "'" else ""
            shift = before.count(quoted) if quoted else 0
            return text.line, text.column + bool(text.style) + offset + shift
        return text.line, text.column


def _escaped(text: Text) -> bool:
    """Tell whether a text in double quotes is written with escapes."""
    return text.style == '"' and text.end_column - text.column != len(text.text) + 2


def _short(message: str) -> str:
    """Return a message on one line; of a long one, its beginning and its end."""
    line = message.replace("\n", " ")
    return line if len(line) <= MAX_MESSAGE else f"{line[:200]}…{line[201 - MAX_MESSAGE :]}"


def _unix(text: str) -> str:
    """Return text with line feeds for all its line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode(data: bytes, path: str) -> BankFile:
    """Return a file's text; bytes that are not UTF-8 are a complaint, and the text is empty."""
    if len(data) > MAX_BYTES:
        file = BankFile(path, "")
        message = f"this file is too large; a bank has at most {MAX_BYTES / 1e6:.0f} MB"
        file.complain("size", message, 0, 0, advice="cut it into several banks")
        return file
    for mark, name in _BOMS:
        if data.startswith(mark):
            file = BankFile(path, "")
            message = f"this file is {name}; banks are UTF-8"
            file.complain("encoding", message, 0, 0, advice="save it as UTF-8")
            return file
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = _unix(data[: error.start].decode(errors="replace"))
        file = BankFile(path, "")
        line = before.count("\n")
        file.lines = _unix(data.decode(errors="replace")).split("\n")
        message = f"byte {data[error.start]:#04x} is not UTF-8"
        column = len(before) - before.rfind("\n") - 1
        file.complain("encoding", message, line, column, advice="save the file as UTF-8")
        return file
    text = _unix(text)
    if text and not text.endswith("\n"):
        text += "\n"  # so that an editor that adds it changes no block at the end of the file
    file = BankFile(path, text)
    with suppress(TooManyError):
        for match in _FORBIDDEN.finditer(file.text):
            line = file.text.count("\n", 0, match.start())
            column = match.start() - file.text.rfind("\n", 0, match.start()) - 1
            message = f"the character U+{ord(match.group()):04X} cannot stand in a bank"
            file.complain("control", message, line, column, advice="take it out")
    if file.diagnostics:
        file.text = ""
    return file
