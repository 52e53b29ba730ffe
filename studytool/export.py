"""From a library of banks to Anki packages: checked first, then written, then remembered."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from studytool.check import check
from studytool.days import Moment, as_date
from studytool.diagnostics import errors
from studytool.errors import StudytoolError, UsageError
from studytool.library import Library, load_library
from studytool.near_names import meant
from studytool.progress import Step
from studytool.rendered import ANKI_FIELDS
from studytool.selection import decks_below
from studytool.store import DATABASE, Store
from studytool.wording import counted

MANIFEST = "manifest.json"
"""Remembers beside the banks when each note last changed."""


def export_library(
    root: Path,
    decks: Sequence[str],
    out: Path | None,
    now: Moment,
    home: Path | None = None,
    step: Step | None = None,
) -> tuple[str, ...]:
    """Write the packages of a library, or of some of its decks.

    Args:
        root: The library's folder, or a single bank.
        decks: Names of decks; those below them belong to them. None for all.
        out: Folder for the packages; by default `decks/` beside the cards, else `./decks`.
        now: The time of change of what changed.
        home: The user's folder; a database there keeps what was rendered.
        step: Told how far it is: first banks that are read, then notes that are rendered.

    Returns:
        What was written, a line each.

    Raises:
        UsageError: If a deck does not exist.
        StudytoolError: If the banks have errors, or something cannot be written.
    """
    from studytool.anki.export import export
    from studytool.anki.manifest import load, save
    from studytool.anki.plan import ExportNote

    library = load_library(root, step)
    wrong = errors(check(library, root))
    if wrong:
        raise StudytoolError(
            f"the banks have {counted(wrong, 'error')}",
            f"studytool check --cards {root} shows them; nothing was exported",
        )
    wanted = _wanted(library, decks)
    folder = root if root.is_dir() else root.parent
    entries = [
        ExportNote(entry.note, place)
        for path, bank in library.banks.items()
        for place in ((folder / path).parent,)
        for entry in bank.notes
        if entry.note.deck in wanted
    ]
    if not entries:
        raise StudytoolError(f"there are no notes in {root}", "nothing was exported")
    before = load(folder / MANIFEST)
    with rendered_fields(home, as_date(now.day)) as known:
        done = export(
            library.name,
            entries,
            out or _default_out(folder),
            before,
            now.at_ms // 1000,
            known,
            step=step,
            keep=lambda manifest: save(folder / MANIFEST, manifest),
        )
    lines = [
        f"{file.path}  {counted(file.notes, 'note')}, {counted(file.cards, 'card')}"
        for file in done.files
    ]
    derived = sum(entry.note.derived for entry in entries)
    if derived:
        lines.append(f"{derived} notes have no id of their own: studytool check")
    lines.append(f"{done.new} new, {done.changed} changed, {done.unchanged} as they were")
    return tuple(lines)


@contextmanager
def rendered_fields(home: Path | None, today: date) -> Iterator[dict[str, tuple[str, ...]]]:
    """Lend the fields that were rendered before, by content, and keep those that are added.

    Without a database, or with one that cannot be used now, everything is rendered again.
    """
    store = None
    with suppress(StudytoolError):
        store = Store.open(home, today) if home and (home / DATABASE).exists() else None
    if store is None:
        yield {}
        return
    try:
        known = dict(_readable(store))
        before = set(known)
        yield known
        added = {content: json.dumps(known[content]) for content in known.keys() - before}
        store.rendered.keep(ANKI_FIELDS, added)
    finally:
        store.close()


def _readable(store: Store) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the fields that a database has kept; what is damaged in it is rendered again."""
    with suppress(sqlite3.Error):
        for content, text in store.rendered.all(ANKI_FIELDS).items():
            with suppress(ValueError):
                fields = json.loads(text)
                if isinstance(fields, list) and all(isinstance(each, str) for each in fields):
                    yield content, tuple(fields)


def _wanted(library: Library, decks: Sequence[str]) -> set[str]:
    """Return the full names of the decks to export."""
    names = sorted({entry.note.deck for bank in library.banks.values() for entry in bank.notes})
    if not decks:
        return set(names)
    wanted: set[str] = set()
    for deck in decks:
        found = decks_below(names, deck)
        if not found:
            near = meant(deck, names)
            raise UsageError(f"there is no deck `{deck}`", near or "decks: " + ", ".join(names))
        wanted.update(found)
    return wanted


def _default_out(folder: Path) -> Path:
    """Return `decks/` beside the cards if there is one, else `./decks`."""
    beside = folder.parent / "decks"
    return beside if beside.is_dir() else Path("decks")
