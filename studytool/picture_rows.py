"""Sets pictures as rows of a card: in half blocks, or as places that the terminal draws into."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from itertools import groupby
from urllib.parse import quote, unquote

from studytool.wrapping import Row, Rows, Run, row_width

MARK = "at:"
"""Begins the role that names the file of a picture, before its description."""
PLACE = "\U0010eeee"
"""Stands where the kitty graphics protocol draws a cell of a picture."""
MOST_CELLS = 100
"""No picture has more columns or rows than this."""


def mark(path: str) -> str:
    """Return the role of a description that names its picture, as the author wrote it."""
    return MARK + quote(path, safe="/", errors="replace")


def marked(row: Row) -> tuple[str, ...]:
    """Return the paths of the pictures that are described on a row."""
    roles = (role for run in row for role in run.roles.split())
    return tuple(dict.fromkeys(unquote(r[len(MARK) :]) for r in roles if r.startswith(MARK)))


def with_pictures(rows: Rows, find: Callable[[str], Rows]) -> Rows:
    """Return rows with the pictures below their descriptions, so that no text before them moves.

    Args:
        rows: The rows of a face.
        find: Returns the rows of a picture by its path; none if only its description is shown.
    """
    shown: list[Row] = []
    waiting: dict[str, None] = {}
    for row in (*rows, None):
        paths = marked(row) if row else ()
        if not paths:
            for path in waiting:
                shown += find(path)
            waiting = {}
        waiting.update(dict.fromkeys(paths))
        if row is not None:
            shown.append(row)
    return tuple(shown)


def with_key(rows: Rows, key: str, width: int) -> Rows:
    """Return rows whose first picture tells by which key it opens, where there is room.

    Args:
        rows: The rows of a face.
        key: The key.
        width: Columns of a row.
    """
    words = Run(f"  {key} opens it", "muted")
    for index, row in enumerate(rows):
        ends = row and any(role.startswith(MARK) for role in row[-1].roles.split())
        if ends and row[-1].text.endswith("]"):
            if row_width((*row, words)) <= width:
                return (*rows[:index], (*row, words), *rows[index + 1 :])
            break
    return rows


def fitted(width: float, height: float, columns: int, rows: int) -> tuple[int, int]:
    """Return how many columns and rows a picture takes; a cell is twice as high as wide.

    Args:
        width: Of the picture, in pixels.
        height: The same.
        columns: The most columns it may take.
        rows: The most rows.
    """
    scale = min(columns / width, 2 * rows / height)
    wide, high = round(width * scale), round(height * scale / 2)
    return max(1, min(columns, wide)), max(1, min(rows, high))


def block_rows(columns: int, pixels: bytes) -> Rows:
    """Return a picture in half blocks: the upper pixel is the ink, the lower one the ground.

    Args:
        columns: Pixels of a line.
        pixels: Red, green and blue of each pixel; an even number of lines.
    """
    line = 3 * columns
    rows: list[Row] = []
    for start in range(0, len(pixels) - line, 2 * line):
        upper, lower = pixels[start : start + line], pixels[start + line : start + 2 * line]
        cells = (
            f"cell-{upper[at : at + 3].hex()}-{lower[at : at + 3].hex()}"
            for at in range(0, line, 3)
        )
        rows.append(tuple(Run("▀" * len(list(same)), role) for role, same in groupby(cells)))
    return tuple(rows)


def place_rows(number: int, columns: int, rows: int) -> Rows:
    """Return the cells into which a terminal draws a picture that was sent to it.

    Args:
        number: The picture's number, of 24 bits; it travels as the colour of the cells.
        columns: How many columns the picture takes.
        rows: How many rows.
    """
    signs = _signs()
    return tuple(
        (Run("".join(PLACE + signs[y] + signs[x] for x in range(columns)), f"place-{number:06x}"),)
        for y in range(rows)
    )


@cache
def _signs() -> tuple[str, ...]:
    """Return the marks that count rows and columns: those that stand above, in their order."""
    composing = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0309\u030a\u030b\u030c\u030f"
    skipped = {*composing, *"\u0311\u0313\u0314\u0342\u0653\u0654"}  # letters absorb these
    above = (
        sign
        for sign in map(chr, range(0x0300, 0x0800))
        if unicodedata.combining(sign) == 230 and not unicodedata.decomposition(sign)
    )
    return tuple(sign for sign in above if sign not in skipped)[:MOST_CELLS]


def sent(number: int, columns: int, rows: int, png: str) -> Iterable[str]:
    """Yield the commands that send a picture to the terminal, which answers none of them.

    Args:
        number: The picture's number.
        columns: The columns that it takes.
        rows: The rows.
        png: The picture, as PNG in base64.
    """
    head = f"a=T,U=1,f=100,q=2,i={number},c={columns},r={rows},"
    for start in range(0, len(png), 4096):
        more = int(start + 4096 < len(png))
        yield f"\x1b_G{head}m={more};{png[start : start + 4096]}\x1b\\"
        head = "q=2,"
