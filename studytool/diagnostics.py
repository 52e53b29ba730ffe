"""One shape for every complaint: file:line:column, the source line, a caret and a hint."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from enum import StrEnum

from studytool.screen_text import clean_line
from studytool.values import Value

SHOWN_COLUMNS = 100
"""Longest stretch of a source line that is printed around the caret, in characters."""


class Severity(StrEnum):
    """How much a complaint weighs: an error stops the export, a warning asks the author."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Diagnostic(Value):
    """One complaint with its place.

    Attributes:
        severity: Error, warning, or what is only worth a look.
        code: The rule's one-word name, stable across releases.
        message: What is wrong, one sentence without a full stop.
        path: The file as the user would type it.
        line: Line number from 1; 0 if the complaint is about the whole file.
        column: Column in characters from 1; 0 with line 0.
        length: How many characters the caret underlines, at least 1.
        help: What to do; may be empty.
        source_line: The line itself, as it stands in the file.
    """

    severity: Severity
    code: str
    message: str
    path: str
    line: int = 0
    column: int = 0
    length: int = 1
    help: str = ""
    source_line: str = ""

    def place(self) -> str:
        """Return `file:line:column`, or the file alone when there is no line."""
        path = clean_line(self.path)
        return f"{path}:{self.line}:{self.column}" if self.line else path

    def as_json(self) -> dict[str, object]:
        """Return the complaint as plain values for `--json`."""
        return {
            "severity": str(self.severity),
            "code": self.code,
            "message": self.message,
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "help": self.help,
        }


def excerpt(diagnostic: Diagnostic, columns: int = SHOWN_COLUMNS) -> tuple[str, str]:
    """Return the shown part of the source line and the caret line under it.

    Args:
        diagnostic: A complaint with a line.
        columns: How many characters of the line are shown, besides a `…` at each cut.
    """
    line, start = diagnostic.source_line, max(0, diagnostic.column - 1)
    cut = max(0, start - columns // 2)
    shown = line[cut : cut + columns]
    before = clean_line(shown[: start - cut])
    marked = clean_line(shown[start - cut :][: diagnostic.length])
    text = before + marked + clean_line(shown[start - cut + diagnostic.length :])
    if cut:
        text, before = "…" + text, "…" + before
    if cut + columns < len(line):
        text += "…"
    from rich.cells import cell_len

    return text, " " * cell_len(before) + "^" * max(1, cell_len(marked))


def render(diagnostic: Diagnostic, color: bool = False) -> str:
    """Return a complaint as text of several lines, coloured with ANSI codes if asked."""

    def paint(text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if color else text

    hue = {Severity.ERROR: "31", Severity.WARNING: "33"}.get(diagnostic.severity, "36")
    head = paint(f"{diagnostic.severity}[{diagnostic.code}]", "1;" + hue)
    rows = [f"{paint(diagnostic.place(), '1')}: {head}: {clean_line(diagnostic.message)}"]
    if diagnostic.line and diagnostic.source_line:
        text, caret = excerpt(diagnostic)
        number = str(diagnostic.line)
        gutter = " " * len(number)
        rows.append(f" {paint(number + ' |', '2')} {text}")
        rows.append(f" {paint(gutter + ' |', '2')} {paint(caret, '1;' + hue)}")
    if diagnostic.help:
        rows.append(f"   {paint('= help:', '2')} {clean_line(diagnostic.help)}")
    return "\n".join(rows)


def errors(diagnostics: Iterable[Diagnostic]) -> int:
    """Return how many of the complaints are errors."""
    return sum(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like a word, or an empty string."""
    near = difflib.get_close_matches(word[:80].casefold(), list(known), n=1, cutoff=0.6)
    return near[0] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "did you mean `x`?" for the nearest known word, or an empty string."""
    near = nearest(word, known)
    return f"did you mean `{near}`?" if near else ""
