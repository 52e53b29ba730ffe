"""Checks the formulas and macros of banks: what cannot be read, and what Anki would not show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from studytool.diagnostics import Diagnostic, Severity
from studytool.formula_places import Code, Formula, Opened, opened, pieces
from studytool.library import Library
from studytool.located import BankFile, Mapping, Sequence, Text, TooManyError, Value, decode
from studytool.scalar_places import ScalarPlaces
from studytool.stray_latex import stray
from studytool.texmath.macro_texts import arity, loops
from studytool.texmath.macros import expand
from studytool.texmath.problems import FORMULA, Fault, faults
from studytool.yaml_values import parse

MACROS = "macros"
ESCAPE = "escape"
STRAY = "stray"
RULES = (FORMULA, "command", "mathjax", STRAY, MACROS, ESCAPE)
"""The names of the rules about formulas, and of the loader's own that formulas break."""

_TEXTS = frozenset("q a front back cloze choices right wrong steps reverse extra hint".split())
"""Keys of a note under which a formula is typeset."""
_COMMAND = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
_PARAMETER = re.compile(r"(?<!\\)#[1-9]")


def check_formulas(
    library: Library, root: Path, clean: set[str] | None = None
) -> Iterator[Diagnostic]:
    """Yield what is wrong with the formulas of a library's banks, and with their macros.

    Args:
        library: The banks.
        root: Where they were loaded from.
        clean: Digests of files in which nothing is wrong, which are not read again; afterwards
            those of this library's.
    """
    folder = root if root.is_dir() else root.parent
    before = frozenset(clean or ())
    now: set[str] = set()
    for path, bank in library.banks.items():
        try:
            data = (folder / path).read_bytes()
        except OSError:
            continue  # the loader has said so
        digest = sha256(data).hexdigest() if clean is not None else ""
        escaped = {found.line - 1 for found in bank.diagnostics if found.code == ESCAPE}
        found = () if digest in before else _read(data, bank.path, escaped).diagnostics
        if not found:
            now.add(digest)
        yield from found
    if clean is not None:
        clean.clear()
        clean.update(now)


def note_errors(path: Path, line: int) -> list[Diagnostic]:
    """Return what cannot be read in the formulas of one note, for whoever has just edited it.

    Args:
        path: Its bank, which has no other errors.
        line: The line on which the note starts, from 1.
    """
    file = _read(path.read_bytes(), path.name, set())
    first, end = file.note_around(line - 1)
    return [
        found
        for found in file.diagnostics
        if found.severity is Severity.ERROR and first < found.line <= end
    ]


def _read(data: bytes, shown: str, escaped: set[int]) -> BankFile:
    """Return a bank's file with the complaints about its formulas alone.

    Args:
        data: The bank.
        shown: How complaints name it.
        escaped: Lines, from 0, on which double quotes have spoiled a text.
    """
    if not any(sign in data for sign in (b"$", b"\\", b"macros")):
        return BankFile(shown, "")
    file = decode(data, shown)
    tree = None
    if not file.diagnostics:
        with suppress(TooManyError):
            tree = parse(file)
    file.diagnostics = []  # the loader has told them
    if isinstance(tree, Mapping):
        with suppress(TooManyError):
            _Checker(file, escaped).bank(tree)
    return file


class _Checker:
    """Checks one bank; complaints go to its file."""

    def __init__(self, file: BankFile, escaped: set[int]) -> None:
        self.file = file
        self.escaped = escaped
        self.places = ScalarPlaces(file)
        self.macros: dict[str, str] = {}
        self.told: set[tuple[str, str]] = set()

    def bank(self, root: Mapping) -> None:
        """Check the macros and the notes of a bank."""
        for key, value in root.entries:
            if key.text == MACROS and isinstance(value, Mapping):
                self.define(value)
        for key, value in root.entries:
            if key.text == "notes" and isinstance(value, Sequence):
                for note in value.items:
                    self.value(note, False)

    def define(self, mapping: Mapping) -> None:
        """Take the bank's macros, and check each of them."""
        texts = {key.text.removeprefix("\\"): (key, value) for key, value in mapping.entries}
        self.macros = {name: v.text for name, (_, v) in texts.items() if isinstance(v, Text)}
        looping = loops(self.macros)
        rings: set[frozenset[str]] = set()
        for name, (key, value) in texts.items():
            if name in looping:
                if frozenset(looping[name]) in rings:
                    continue
                rings.add(frozenset(looping[name]))
                way = " → ".join(f"\\{word}" for word in looping[name])
                message = f"the macro \\{name} leads back to itself: {way}"
                self.file.about(key, MACROS, message, "write out what one of them stands for")
            elif isinstance(value, Text):
                self.macro(name, value)

    def macro(self, name: str, value: Text) -> None:
        """Check one macro's text, its arguments taken for letters."""
        if self.is_escaped(value):
            return
        for number in range(1, arity(value.text)):
            if f"#{number}" not in value.text:
                message = f"\\{name} takes {arity(value.text)} arguments, but has no #{number}"
                self.file.about(value, MACROS, message, severity=Severity.WARNING)
        source = _PARAMETER.sub(" x", value.text)
        expanded = expand(source, self.macros)
        read = Opened(expanded.text, [*expanded.places, len(source)], expanded.problems)
        whole = Formula(source, list(range(len(source) + 1)), display=True)
        self.told |= self.formula(value, whole, read)

    def value(self, value: Value, holes: bool) -> None:
        """Check all texts of a note."""
        if isinstance(value, Mapping):
            for key, inner in value.entries:
                if key.text in _TEXTS:
                    self.value(inner, key.text == "cloze")
        elif isinstance(value, Sequence):
            for inner in value.items:
                self.value(inner, holes)
        elif ("$" in value.text or "\\" in value.text) and not self.is_escaped(value):
            self.text(value, list(pieces(value.text, holes)), holes)

    def text(self, text: Text, found: list[Formula | Code], holes: bool) -> None:
        """Check the formulas of a text, and what stands between them."""
        taken: list[tuple[int, int]] = []
        for piece in found:
            if isinstance(piece, Formula):
                self.formula(text, piece, opened(piece.tex, self.macros, holes))
                start, end = piece.places[0], piece.places[-1]
                taken.append((start if start < end else -1, end))
            else:
                taken.append(piece)
        whole = Formula(text.text, list(range(len(text.text) + 1)), display=False)
        if all(start >= 0 for start, _ in taken):
            for offset, length, message, hint in stray(text.text, sorted(taken)):
                fault = Fault(STRAY, "warning", offset, length, message, hint)
                self.complain(text, whole, offset, length, fault)

    def is_escaped(self, text: Text) -> bool:
        """Tell whether escapes in double quotes have made another text of a formula."""
        return any(text.line <= line <= text.end_line for line in self.escaped)

    def formula(self, text: Text, formula: Formula, read: Opened) -> set[tuple[str, str]]:
        """Complain about one formula, and return rules and messages of what is wrong with it."""
        found: set[tuple[str, str]] = set()
        for offset, message, hint in read.problems:
            name = message.rpartition("\\")[2]
            hint = hint or f"write \\{name}" + "{…}" * arity(self.macros.get(name, ""))
            self.complain(text, formula, offset, 1 + len(name), Fault(
                FORMULA, "error", offset, 1, message, hint
            ))  # fmt: skip
        for fault in faults(read.tex, formula.display):
            place = read.places[fault.offset]
            token = read.tex[fault.offset : fault.offset + fault.length]
            if token[:1] == "\\" and token[1:] in self.macros:
                continue  # why it was not expanded has been said
            if formula.tex.startswith(token, place):
                self.complain(text, formula, place, fault.length, fault)
            elif (fault.rule, fault.message) not in self.told:
                command = _COMMAND.match(formula.tex, place)
                used = command.group() if command else ""
                message = f"{fault.message}, in what `{used}` stands for"
                self.complain(text, formula, place, len(used), fault._replace(message=message))
            found.add((fault.rule, fault.message))
        return found

    def complain(
        self, text: Text, formula: Formula, offset: int, length: int, fault: Fault
    ) -> None:
        """Complain about a stretch of a formula's source."""
        places = self.places.of(text)
        last = min(offset + max(1, length), len(formula.tex)) - 1
        first = places[formula.places[offset]]
        line, column = self.places.line_column(first)
        end_line, end_column = self.places.line_column(places[formula.places[max(last, 0)]])
        marked = end_column + 1 - column if end_line == line and last >= offset else 1
        shown = " ".join(fault.message.split())
        self.file.complain(
            fault.rule, shown, line, column, max(1, marked), fault.hint, Severity(fault.level)
        )
