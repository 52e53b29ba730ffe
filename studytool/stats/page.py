"""The statistics as a page: all sections or some, in one column or two, and their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from studytool.columns import clip, stacks, titled
from studytool.days import as_date
from studytool.diagnostics import did_you_mean
from studytool.errors import UsageError
from studytool.screen_text import clean_line
from studytool.stats import card_sections as of_cards
from studytool.stats import time_sections as of_days
from studytool.stats.section import Section
from studytool.stats.statistics import Statistics
from studytool.wrapping import Row, Rows, Run, wrap

Set: TypeAlias = Callable[[Statistics, int], Section]

SECTIONS: dict[str, Set] = {
    "today": of_days.today,
    "due": of_days.due,
    "calendar": of_days.calendar,
    "cards": of_cards.cards,
    "retention": of_days.retention,
    "buttons": of_cards.buttons,
    "hours": of_days.hours,
    "intervals": of_cards.intervals,
    "ease": of_cards.ease,
    "decks": of_cards.decks,
    "tags": of_cards.tags,
}
"""The sections in their order, by the names that `--graph` takes."""
WITHOUT_ANSWERS = ("due", "cards", "decks", "tags")
"""What there is to see before the first answer."""
TWO_COLUMNS = 110
"""From this width on sections stand side by side, in columns of the terminal."""
COLUMN_GAP = 4
"""Blank columns between sections side by side."""
MIN_WIDTH = 20
"""Nothing is set narrower than this; a narrower terminal cuts it."""
WELCOME = "No card was answered yet; what you answer in `studytool review` is counted here."


def chosen(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of sections in the order of the page, each once; all if none is named.

    Raises:
        UsageError: If there is no such section.
    """
    wanted = [name.strip().casefold() for name in names]
    for name in wanted:
        if name not in SECTIONS:
            near = did_you_mean(name, SECTIONS)
            raise UsageError(f"there is no graph `{name}`", near or ", ".join(SECTIONS))
    return tuple(name for name in SECTIONS if name in wanted or not wanted)


def scope(deck: str | None, tags: Sequence[str]) -> str:
    """Return in words what is selected."""
    words = [*([deck] if deck else []), *(f"tag {tag}" for tag in tags)]
    return clean_line(", ".join(words)) or "all decks"


def page(found: Statistics, about: str, width: int, names: Sequence[str] = tuple(SECTIONS)) -> Rows:
    """Return the page; no row is wider than the width.

    Args:
        found: The statistics.
        about: What they are about, for the head; safe for a terminal.
        width: Columns of the terminal.
        names: Which sections, in order.
    """
    room = width
    width = max(MIN_WIDTH, width)
    rows: list[Row] = [titled(f"Statistics · {about}", str(as_date(found.day)), width), ()]
    if not found.answers:
        rows += [*wrap([Run(WELCOME, "muted")], width), ()]
        names = [name for name in names if name in WITHOUT_ANSWERS] or names
    several = len(names) > 1
    column = (width - COLUMN_GAP) // 2
    alone = 0 if width >= TWO_COLUMNS and len(names) > 2 else len(names)
    if not alone and names[0] == "today":
        alone = 1
    for name in names[:alone]:
        rows += [*_block(found, name, width, several), ()]
    blocks = [_block(found, name, column, several) for name in names[alone:]]
    rows += stacks(blocks, column, COLUMN_GAP)
    while rows and not rows[-1]:
        rows.pop()
    return tuple(clip(row, room) for row in rows)


def _block(found: Statistics, name: str, width: int, several: bool) -> Rows:
    """Return a section with its heading; one of several is kept short."""
    make = of_cards.few_tags if name == "tags" and several else SECTIONS[name]
    section = make(found, width)
    rows = (titled(section.title, section.fact, width), *section.rows)
    return tuple(clip(row, width) for row in rows)
