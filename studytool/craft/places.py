"""Finds where in a bank the text stands that a rule complains of."""

from __future__ import annotations

import re
from pathlib import Path

from studytool.bank import BankNote

_NO_TEXT = re.compile(r"(?:[|>][-+0-9]*)?\s*(?:#.*)?$")
"""What stands behind a key whose text begins in a later line."""


class Places:
    """The lines of a bank, read when the first complaint needs them."""

    def __init__(self, path: Path) -> None:
        """Keep the path of the bank."""
        self.path = path
        self._lines: list[str] | None = None

    def find(self, entry: BankNote, keys: tuple[str, ...]) -> tuple[int, int, int, str]:
        """Return line, column, length and source line of the text under one of a note's keys.

        Where none of them is found, as in a note in braces, it is the start of the note.
        """
        start = (entry.line, entry.column, 1, entry.source_line)
        if not keys or entry.source_line[entry.column - 1 :].startswith("{"):
            return start
        if self._lines is None:
            self._lines = self._read()
        indent = " " * (entry.column - 1)
        key = re.compile(rf"[\"']?(?:{'|'.join(keys)})[\"']?\s*:(?:\s+|$)")
        inside = False
        for number, line in enumerate(self._lines[entry.line - 1 :], entry.line):
            if number > entry.line and line.strip() and not line.startswith(indent):
                break
            place = 0
            if match := key.match(line, entry.column - 1):
                inside, place = True, match.end()
            elif inside:
                place = len(line) - len(line.lstrip())
            if inside and not _NO_TEXT.match(line, place):
                return number, place + 1, max(1, len(line.rstrip()) - place), line
        return start

    def _read(self) -> list[str]:
        """Return the lines of the bank; none if it has gone since it was loaded."""
        try:
            text = self.path.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return []
        return [line.rstrip("\r") for line in text.replace("\r\n", "\n").split("\n")]
