"""Copies of the database, each proved before it counts, thinned as they age."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

_NAME = re.compile(r"studytool-(\d{4}-\d\d-\d\d)(-before-v\d+)?\.db")
KEPT_DAYS, KEPT_WEEKS, KEPT_MONTHS = 12, 10, 9
"""How many daily, weekly and monthly copies are kept."""


def copy(
    connection: sqlite3.Connection,
    folder: Path,
    name: str,
    prove: Callable[[sqlite3.Connection], None],
) -> Path:
    """Copy an open database into a folder under a name, and return where it is.

    The copy is made beside its place, proved, forced to disk and only then renamed, so a file
    with a backup's name is whole.

    Args:
        connection: The database; it may be in use.
        folder: Made if it is missing.
        name: File name of the copy.
        prove: Raises if the copy is not worth keeping.

    Raises:
        sqlite3.Error, OSError: If the copy fails; nothing is left behind.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = folder / f".{name}.{os.getpid()}.tmp"
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_WRONLY, 0o600))
        target = sqlite3.connect(unfinished, isolation_level=None)
        try:
            connection.backup(target)
            prove(target)
            target.execute("PRAGMA journal_mode = DELETE")
        finally:
            target.close()
        _to_disk(unfinished)
        unfinished.replace(folder / name)
        _to_disk(folder)
    finally:
        unfinished.unlink(missing_ok=True)
    return folder / name


def _to_disk(path: Path) -> None:
    """Force a file or a folder to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def daily(
    connection: sqlite3.Connection,
    folder: Path,
    today: date,
    prove: Callable[[sqlite3.Connection], None],
) -> Path | None:
    """Make the copy of a day unless it is there already, and thin the older ones.

    Returns:
        Where the new copy is, or None if today's was there.
    """
    name = f"studytool-{today.isoformat()}.db"
    if (folder / name).exists():
        return None
    path = copy(connection, folder, name, prove)
    days = {}
    for kept in folder.iterdir():
        match = _NAME.fullmatch(kept.name)
        if match and not match.group(2):
            days[date.fromisoformat(match.group(1))] = kept
    for day in superfluous(days, today):
        days[day].unlink(missing_ok=True)
    return path


def superfluous(days: Iterable[date], today: date) -> set[date]:
    """Return the days whose copies may go.

    Kept are all of the last `KEPT_DAYS`, then the newest of each of `KEPT_WEEKS` weeks, then
    the newest of each of `KEPT_MONTHS` months. Days after today are kept: a clock was wrong,
    and a wrong clock deletes nothing.
    """
    ordered = sorted(days, reverse=True)
    kept = {day for day in ordered if day > today - timedelta(days=KEPT_DAYS)}
    for limit, period in ((KEPT_WEEKS, "%G-%V"), (KEPT_MONTHS, "%Y-%m")):
        newest: dict[str, date] = {}
        for day in ordered:
            newest.setdefault(day.strftime(period), day)
        kept.update(list(newest.values())[:limit])
    return set(ordered) - kept
