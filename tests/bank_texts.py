"""Banks as short texts, and their complaints as `line:column code`, for the tests of the loader."""

from __future__ import annotations

from rich.cells import cell_len

from studytool.bank import Bank, load
from studytool.diagnostics import Diagnostic, Severity, render
from studytool.notes import Note

TOP = "deck: D\nnotes:\n"
"""Two lines, so that the first note stands in line 3."""


def read(text: str | bytes, why: str = "") -> Bank:
    """Return a bank; `why` is what is wrong with every picture."""
    data = text.encode() if isinstance(text, str) else text
    return load(data, "b.yaml", lambda path: why)


def notes(text: str, top: str = TOP) -> list[Note]:
    """Return the notes of a bank that must have no complaint at all."""
    bank = read(top + text)
    assert not bank.diagnostics, [render(complaint) for complaint in bank.diagnostics]
    return [entry.note for entry in bank.notes]


def one(text: str, top: str = TOP) -> Note:
    """Return the only note of a bank without complaints."""
    (note,) = notes(text, top)
    return note


def places(text: str, top: str = TOP, why: str = "") -> list[str]:
    """Return a bank's complaints, each as `line:column code`, with `?` behind warnings."""
    return [named(complaint) for complaint in read(top + text, why).diagnostics]


def named(complaint: Diagnostic) -> str:
    """Return a complaint's place and code."""
    mark = "?" if complaint.severity is Severity.WARNING else ""
    return f"{complaint.line}:{complaint.column} {complaint.code}{mark}"


def complaint(text: str, top: str = TOP, why: str = "") -> Diagnostic:
    """Return the only complaint about a bank."""
    (found,) = read(top + text, why).diagnostics
    return found


def marked(text: str, top: str = TOP, why: str = "") -> str:
    """Return the characters that the caret of a bank's only complaint stands under."""
    rows = render(complaint(text, top, why)).split("\n")
    cells = "".join(c + "\0" * (cell_len(c) - 1) for c in rows[1])
    return cells[rows[2].index("^") : rows[2].rindex("^") + 1].replace("\0", "")
