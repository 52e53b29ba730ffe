"""Numbers, days and options in words, the same everywhere."""

from __future__ import annotations

from datetime import date


def counted(number: int, noun: str) -> str:
    """Return a number and its noun, in the plural unless it is one: `1 card`, `2,000 cards`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def time_spent(milliseconds: int) -> tuple[str, str]:
    """Return a stretch of time as figure and unit: `45` and `seconds`, `3:05` and `minutes`."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    if minutes:
        return f"{minutes}:{seconds:02d}", "minutes"
    return str(seconds), "second" if seconds == 1 else "seconds"


def letter(index: int) -> str:
    """Return the name of an option, counted from 0 as lists in capitals are: A … Z, AA …."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def in_days(days: int, on: date) -> str:
    """Return in words when something is due: `today`, `tomorrow`, `in 6 days, on 2026-11-27`."""
    if days <= 0:
        return "today"
    return "tomorrow" if days == 1 else f"in {days} days, on {on}"
