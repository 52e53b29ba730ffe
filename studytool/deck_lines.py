"""A tree of decks set in rows of a width, and what stands above and below it on a screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from studytool.columns import clip, fit, fit_end
from studytool.days import as_date
from studytool.deck_tree import DeckRow
from studytool.due_list import DueToday
from studytool.prompts import Counts
from studytool.screen_text import clean_line
from studytool.wording import counted, in_days
from studytool.wrapping import Row, Run, row_width

NARROW = 56
"""Below this width room is kept for names: heads are short, and columns and levels close."""
NAME = 8
"""Columns that the name of a deck keeps, however deep it lies."""
SIGNS = 4
"""Columns of the pointer and the fold before a name."""
WORDS = ("new", "learning", "due")


def columns(rows: Sequence[DeckRow], width: int) -> tuple[int, ...]:
    """Return the widths of the three columns of numbers, on so many columns of a screen."""
    heads = _heads(width)
    largest = zip(*(row.numbers for row in rows), strict=True) if rows else ((0,),) * 3
    return tuple(
        max(len(head), len(f"{max(numbers):,}"))
        for head, numbers in zip(heads, largest, strict=True)
    )


def _heads(width: int) -> tuple[str, ...]:
    """Return the words above the columns of numbers."""
    return ("new", "learn", "due") if width < NARROW else WORDS


def _gap(width: int) -> int:
    """Return the blanks between columns, and those for each level of the tree."""
    return 1 if width < NARROW else 2


def _indent(row: DeckRow, widths: Sequence[int], width: int) -> int:
    """Return the blanks before a deck's fold; the deepest give way to their names."""
    gap = _gap(width)
    room = width - sum(widths) - gap * len(widths) - SIGNS - NAME
    return max(0, min(gap * row.depth, room))


def head(widths: Sequence[int], width: int) -> Row:
    """Return the words above the columns."""
    cells = (word.rjust(size) for word, size in zip(_heads(width), widths, strict=True))
    numbers = "".join(" " * _gap(width) + cell for cell in cells)
    return (Run("  deck".ljust(width - len(numbers)) + numbers, "muted"),)


def line(row: DeckRow, widths: Sequence[int], width: int, folded: bool, chosen: bool) -> Row:
    """Return a deck as a row that fills a width; what is 0 is left blank.

    Args:
        row: The deck.
        widths: Of the columns of numbers.
        width: Of the row.
        folded: Whether the decks below it are hidden.
        chosen: Whether it is the deck that a key would act on.
    """
    ground = " chosen" if chosen else ""
    numbers: list[Run] = []
    for number, size, role in zip(row.numbers, widths, WORDS, strict=True):
        text = f"{number:,}" if number else ""
        numbers += [Run(" " * (_gap(width) + size - len(text)), ground), Run(text, role + ground)]
    room = max(1, width - row_width(tuple(numbers)))
    indent = _indent(row, widths, width)
    mark = ("+ " if folded else "- ") if row.parent else "  "
    name = fit(row.name, max(1, room - SIGNS - indent))
    left = (
        Run("› " if chosen else "  ", "pointer" + ground),
        Run(" " * indent + mark, "muted" + ground),
        Run(name, ground if chosen or any(row.numbers) else "muted"),
    )
    blank = Run(" " * (room - row_width(left)), ground)
    return *left, blank, *numbers


def mark_column(row: DeckRow, widths: Sequence[int], width: int) -> int:
    """Return the column at which the mark that folds a row stands."""
    return SIGNS // 2 + _indent(row, widths, width)


def header(today: DueToday, answered: int, streak: int, width: int) -> tuple[Row, Row]:
    """Return what was done today, and a hair line of how far that is.

    Args:
        today: What is left.
        answered: Answers of today.
        streak: Days studied in a row.
        width: Of both rows.
    """
    words = _so_far(today.backlog, answered, streak, width - cell_len("Today  "))
    total = answered + today.all.total
    label = f" {answered:,}/{total:,}"
    room = max(1, width - len(label))
    filled = round(room * answered / total) if total else 0
    return (
        clip((Run("Today", "strong"), Run("  " + words, "muted")), width),
        (
            Run("━" * filled, "bar"),
            Run("─" * (room - filled), "rule"),
            Run(label, "muted"),
        ),
    )


def _so_far(backlog: int, answered: int, streak: int, room: int) -> str:
    """Return what was done, and that new cards wait for a backlog, which comes first in need."""
    words = [counted(answered, "answer") if answered else "nothing answered yet"]
    if streak:
        words.append(f"streak {counted(streak, 'day')}")
    if not backlog:
        return " · ".join(words)
    waiting = f"backlog {backlog:,}: new cards wait"
    texts = [" · ".join([*words[:count], waiting]) for count in (2, 1, 0)]
    return next((text for text in texts if cell_len(text) <= room), texts[-1])


def asks(row: DeckRow, alone: Counts, key: str, width: int) -> Row:
    """Return what a key that studies a deck would ask; empty if its numbers say so already.

    The limits of the day leave a deck more new cards when it is studied by itself. On a narrow
    screen the deck is named, since the name in the tree may be cut.
    """
    numbers = alone.new, alone.learning, alone.due
    parts = [f"{number:,} {word}" for number, word in zip(numbers, WORDS, strict=True) if number]
    if width < NARROW:
        words = f"{row.name}: {', '.join(parts) or 'nothing'}"
    elif not parts:
        words = "nothing to ask here today"
    else:
        words = f"{key} asks {', '.join(parts)}" if numbers != row.numbers else ""
    return clip((Run(words, "muted"),), width)


def finding(wanted: str, typing: bool, found: int, of: int, width: int) -> Row:
    """Return what is looked for, with a cursor while it is typed, and how many decks have it."""
    number = f"  {found:,} of {of:,}" if wanted.strip() else ""
    cursor = "▏" if typing else ""
    text = fit_end(clean_line(wanted), max(1, width - 2 - len(cursor + number)))
    return (
        Run("/ ", "pointer"),
        Run(text, "strong"),
        Run(cursor, "pointer"),
        Run(number, "muted"),
    )


def done(today: DueToday, width: int) -> Row:
    """Return that nothing is left today, and when the next card is due."""
    if not today.decks:
        return clip((Run("No notes here: name a folder of banks with --cards"),), width)
    if today.next_due is None:
        return clip((Run("Done for today. No card is waiting."),), width)
    on = as_date(today.next_due)
    when = in_days(today.next_due - today.day, on)
    short = "tomorrow" if today.next_due - today.day == 1 else str(on)
    held = f" {counted(today.waiting, 'more card')} held back." if today.waiting else ""
    texts = [
        f"Done for today. The next card is due {when}.{held}",
        f"Done for today. The next card is due {when}.",
        f"Done for today; next due {short}",
        f"Next due {short}",
    ]
    return clip((Run(next((text for text in texts if cell_len(text) <= width), texts[-1])),), width)


def scrollbar(total: int, top: int, height: int) -> tuple[Run, ...]:
    """Return the cells of a bar that shows which of some rows are seen; blank if all are."""
    if total <= height:
        return (Run(" "),) * height
    length = max(1, height * height // total)
    start = round((height - length) * top / (total - height))
    return tuple(
        Run("┃", "muted") if start <= n < start + length else Run("│", "rule")
        for n in range(height)
    )
