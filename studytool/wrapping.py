"""Runs of text with roles, and how they are broken into rows of a width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from rich.cells import cell_len, chop_cells

NO_BREAK = "\u00a0"
"""A blank at which a row is not broken if that can be helped; it is set as a plain blank."""


class Run(NamedTuple):
    """Characters of one look: text safe for a terminal, and its roles, space-separated."""

    text: str
    roles: str = ""


Row: TypeAlias = tuple[Run, ...]
Rows: TypeAlias = tuple[Row, ...]


def row_width(row: Iterable[Run]) -> int:
    """Return the width of a row in terminal columns."""
    return sum(cell_len(run.text) for run in row)


def plain(rows: Iterable[Row]) -> str:
    """Return rows as text without roles."""
    return "\n".join("".join(run.text for run in row).rstrip() for row in rows)


def wrap(runs: Iterable[Run], width: int, hanging: int = 0) -> list[Row]:
    """Break runs into rows at blanks; a word wider than a row is cut, if it can be at a `NO_BREAK`.

    Args:
        runs: What to set; a run that is one line feed starts a new row.
        width: Columns of a row.
        hanging: Columns by which rows after the first are indented, if that leaves room.
    """
    if hanging > width - 2:
        hanging = 0
    rows: list[Row] = []
    row: list[Run] = []
    used = 0
    for word in (piece for whole in _words(runs) for piece in _pieces(whole, width - hanging)):
        if word[0].text == "\n":
            rows.append(_trimmed(row))
            row, used = [], 0
            continue
        size = row_width(word)
        if used + _width_without_blank(word, size) > width and used > (hanging if rows else 0):
            rows.append(_trimmed(row))
            row, used = ([Run(" " * hanging)] if hanging else []), hanging
        for run in word:
            text = run.text
            while cell_len(text.rstrip(" ")) > width - used:
                head = _fitting(text, width - used)
                if not head and used <= (hanging if rows else 0):
                    head = text[0]
                row.append(Run(head, run.roles))
                rows.append(_trimmed(row))
                row, used = ([Run(" " * hanging)] if hanging else []), hanging
                text = text[len(head) :]
            row.append(Run(text, run.roles))
            used += cell_len(text)
    if row or not rows:
        rows.append(_trimmed(row))
    return rows


def _width_without_blank(word: Sequence[Run], size: int) -> int:
    """Return a word's width without the blanks behind it."""
    last = word[-1].text
    return size - (len(last) - len(last.rstrip(" ")))


def _fitting(text: str, room: int) -> str:
    """Return as much of the start of text as fits into some columns, in whole characters."""
    head = chop_cells(text, room)[0] if room > 0 else ""
    return "" if cell_len(head) > room else head


def _pieces(word: list[Run], room: int) -> Iterable[list[Run]]:
    """Yield a word whole, or in pieces that end with a blank of its own if it is too wide."""
    size = row_width(word)
    if size <= room or _width_without_blank(word, size) <= room:
        yield word
        return
    piece: list[Run] = []
    for run in word:
        *broken, rest = run.text.split(NO_BREAK)
        for text in broken:
            yield [*piece, Run(f"{text} ", run.roles)]
            piece = []
        if rest:
            piece.append(Run(rest, run.roles))
    if piece:
        yield piece


def _words(runs: Iterable[Run]) -> Iterable[list[Run]]:
    """Yield runs as words, each with the blanks behind it; line feeds by themselves."""
    word: list[Run] = []
    for run in runs:
        if run.text == "\n":
            if word:
                yield word
            yield [run]
            word = []
            continue
        start = 0
        text = run.text
        while start < len(text):
            end = text.find(" ", start)
            if end < 0:
                word.append(Run(text[start:], run.roles))
                break
            while end < len(text) and text[end] == " ":
                end += 1
            word.append(Run(text[start:end], run.roles))
            yield word
            word, start = [], end
    if word:
        yield word


def _trimmed(row: list[Run]) -> Row:
    """Return a row without blanks at its end."""
    while row and not row[-1].text.rstrip(" "):
        row.pop()
    if row:
        row[-1] = Run(row[-1].text.rstrip(" "), row[-1].roles)
    return tuple(Run(run.text.replace(NO_BREAK, " "), run.roles) for run in row if run.text)


def join_roles(*roles: str) -> str:
    """Return roles together, without repeats."""
    return " ".join(dict.fromkeys(" ".join(roles).split()))
