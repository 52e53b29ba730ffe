"""The list of keys as rows of a width: groups with a heading, in two columns where they fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from rich.cells import cell_len

from studytool.keymap import ALWAYS, SHOWN, Keymap
from studytool.wrapping import Row, Rows, Run, row_width, wrap

COLUMN, GAP = 44, 4
"""Columns of a column of the list, and between two; they stand side by side from 92 on."""
KEYS = 13
"""Most columns of the keys before what they do; more keys go on below."""

Line = tuple[str, str]
"""Keys, and what they do."""


def short(keys: Sequence[str]) -> str:
    """Return keys as the user reads them; digits in a row are written `1–9`."""
    shown = [SHOWN.get(key, key) for key in keys]
    text = "".join(shown)
    if len(shown) > 2 and len(text) == len(shown) and text in "123456789":
        return f"{shown[0]}–{shown[-1]}"
    return " ".join(shown)


def lines(keys: Keymap, described: Mapping[str, str], names: Sequence[str]) -> list[Line]:
    """Return the lines of a group; bindings that do the same share one.

    Args:
        keys: The keys in force.
        described: What the bindings do.
        names: The bindings of the group.
    """
    told: dict[str, list[str]] = {}
    for name in names:
        told.setdefault(described[name], []).extend((*keys[name], *ALWAYS.get(name, ())))
    return [(short(list(dict.fromkeys(all_keys))), words) for words, all_keys in told.items()]


def key_page(groups: Mapping[str, Sequence[Line]], width: int) -> Rows:
    """Return all groups set to a width in columns."""
    two = width >= 2 * COLUMN + GAP
    column = (width - GAP) // 2 if two else width
    longest = max((cell_len(keys) for group in groups.values() for keys, _ in group), default=0)
    room = max(3, min(longest, KEYS, column // 3))
    blocks = [_block(heading, group, room, column) for heading, group in groups.items()]
    if not two:
        return tuple(row for rows in blocks for row in rows)[:-1]
    height = sum(map(len, blocks))
    split, above = 0, 0
    while split < len(blocks) and above + len(blocks[split]) / 2 <= height / 2:
        above += len(blocks[split])
        split += 1
    left = [row for rows in blocks[:split] for row in rows][:-1]
    right = [row for rows in blocks[split:] for row in rows][:-1]
    return tuple(
        (*a, Run(" " * (column + GAP - row_width(a))), *b) if b else a
        for a, b in zip_longest(left, right, fillvalue=())
    )


def _block(heading: str, group: Sequence[Line], room: int, width: int) -> list[Row]:
    """Return a group under its heading, with a blank row at the end."""
    rows: list[Row] = [(Run(heading, "strong"),)]
    for keys, words in group:
        left = wrap([Run(keys, "pointer")], room)
        right = wrap([Run(words)], max(8, width - room - 2))
        for a, b in zip_longest(left, right, fillvalue=()):
            rows.append((*a, Run(" " * (room + 2 - row_width(a))), *b) if b else a)
    rows.append(())
    return rows
