"""What an export is made from: banks without errors, their notes, and what the last one left."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from studytool import garbage
from studytool.anki.comparing import entries as packed_entries
from studytool.anki.manifest import Entry, load
from studytool.anki.plan import ExportNote, Plan, plan, slug
from studytool.check import check
from studytool.days import Moment, as_date
from studytool.diagnostics import errors
from studytool.errors import StudytoolError, UsageError
from studytool.library import Library, load_library, shown_path
from studytool.near_names import meant
from studytool.notes import fold, guid
from studytool.progress import Step
from studytool.rendered import ANKI_FIELDS, CLEAN_BANKS
from studytool.selection import decks_below
from studytool.store import DATABASE, Store
from studytool.tag_prefix import tag_prefix
from studytool.values import Value, replace
from studytool.wording import counted

MANIFEST = "manifest.json"
"""Remembers beside the banks when each note last changed."""
PART = ".part"
"""Ends the name of a package, before its suffix, that holds only a part of a top-level deck."""
NAMED = 5
"""How many notes are named before the rest is only counted."""


class ExportSource(Value):
    """A library to export.

    Attributes:
        library: Its banks; none has errors.
        entries: The notes to export, in order.
        out: The folder for what is written.
        path: Where the manifest stands.
        manifest: What it says; if it is gone, what the packages say that were made with it.
        prefix: The tag under which all tags stand in Anki; empty for none.
        present: GUIDs of all notes of the library; None if only one bank was read.
        notices: What the user should know, a line each.
        parts: Names of the packages that hold only a part of a top-level deck, by its folded name.
    """

    library: Library
    entries: tuple[ExportNote, ...]
    out: Path
    path: Path
    manifest: dict[str, Entry]
    prefix: str
    present: frozenset[str] | None
    notices: tuple[str, ...]
    parts: dict[str, str]


def read_source(
    root: Path,
    decks: Sequence[str],
    out: Path | None,
    now: Moment,
    home: Path | None,
    step: Step | None = None,
) -> ExportSource:
    """Return what an export is made from.

    Args:
        root: The library's folder, or a single bank.
        decks: Names of decks; those below them belong to them. None for all.
        out: Folder for the packages; by default `decks/` beside the cards, else `./decks`.
        now: The time it is.
        home: The user's folder; a database there knows which banks are without fault.
        step: Told how many banks are read.

    Raises:
        UsageError: If a deck does not exist.
        StudytoolError: If the banks have errors or no notes, or the manifest cannot be used.
    """
    library = load_library(root, step)
    with clean_banks(home, as_date(now.day), root) as clean:
        wrong = errors(check(library, root, clean=clean))
    if wrong:
        raise StudytoolError(
            f"the banks have {counted(wrong, 'error')}",
            f"studytool check --cards {root} shows them; nothing was exported",
        )
    wanted = _wanted(library, decks)
    folder = root if root.is_dir() else root.parent
    entries = tuple(
        ExportNote(entry.note, place)
        for path, bank in library.banks.items()
        for place in ((folder / path).parent,)
        for entry in bank.notes
        if entry.note.deck in wanted
    )
    if not entries:
        raise StudytoolError(f"there are no notes in {root}", "nothing was exported")
    present = frozenset(
        guid(library.name, entry.note) for bank in library.banks.values() for entry in bank.notes
    )
    out = out or _default_out(folder)
    path = folder / MANIFEST
    manifest, notices = load(path), []
    if not path.exists() and (manifest := packed_entries(sorted(out.glob("*.apkg")))):
        notices.append(
            f"{shown_path(path)} is gone; {counted(len(manifest), 'note')} are known from"
            f" the packages in {shown_path(out)}"
        )
    return ExportSource(
        library=library,
        entries=entries,
        out=out,
        path=path,
        manifest=manifest,
        prefix=tag_prefix(folder)[0],
        present=present if root.is_dir() else None,
        notices=tuple(notices),
        parts=_parts(library, wanted, decks),
    )


def planned(source: ExportSource, now: Moment, home: Path | None, step: Step | None = None) -> Plan:
    """Return what an export of a source writes; see `plan`."""
    with garbage.resting(), rendered_fields(home, as_date(now.day)) as known:
        made = plan(
            *(source.library.name, source.entries, source.manifest, now.at_ms // 1000),
            *(known, step, source.prefix),
        )
    packages = {
        source.parts.get(_top(notes[0].deck), stem): notes for stem, notes in made.packages.items()
    }
    return replace(made, packages=packages)


def named(ids: Sequence[str]) -> str:
    """Return the first of some ids, and how many more there are."""
    more = len(ids) - NAMED
    return ", ".join(ids[:NAMED]) + (f" and {more} more" if more > 0 else "")


@contextmanager
def rendered_fields(home: Path | None, today: date) -> Iterator[dict[str, tuple[str, ...]]]:
    """Lend the fields that were rendered before, by content, and keep those that are added.

    Without a database, or with one that cannot be used now, everything is rendered again.
    """
    with _store(home, today) as store:
        known = dict(_readable(store)) if store else {}
        before = set(known)
        yield known
        if store:
            added = {content: json.dumps(known[content]) for content in known.keys() - before}
            store.rendered.keep(ANKI_FIELDS, added)


@contextmanager
def clean_banks(home: Path | None, today: date, root: Path) -> Iterator[set[str] | None]:
    """Lend the digests of a library's banks in whose formulas nothing is wrong, and keep them."""
    with _store(home, today) as store:
        if store is None:
            yield None
            return
        library = str(root.absolute())
        text = None
        with suppress(sqlite3.Error):
            text = store.rendered.one(CLEAN_BANKS, library)
        clean = set(text.split()) if text else set()
        before = frozenset(clean)
        yield clean
        if clean != before:
            store.rendered.keep(CLEAN_BANKS, {library: " ".join(sorted(clean))})


@contextmanager
def _store(home: Path | None, today: date) -> Iterator[Store | None]:
    """Lend the user's database; None if there is none, or if it cannot be used now."""
    store = None
    with suppress(StudytoolError):
        store = Store.open(home, today) if home and (home / DATABASE).exists() else None
    try:
        yield store
    finally:
        if store:
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


def _parts(library: Library, wanted: set[str], decks: Sequence[str]) -> dict[str, str]:
    """Return what packages are called that would be taken for whole decks, by folded deck."""
    every = {entry.note.deck for bank in library.banks.values() for entry in bank.notes}
    slugs: dict[str, dict[str, None]] = {_top(name): {} for name in every - wanted}
    for deck in decks:
        slugs.get(_top(deck), {})[slug(deck)] = None
    return {top: slug(" ".join(names)) + PART for top, names in slugs.items() if names}


def _top(deck: str) -> str:
    """Return the folded name of the top-level deck that a deck is in."""
    return fold(deck.split("::")[0].strip())


def _default_out(folder: Path) -> Path:
    """Return `decks/` beside the cards if there is one, else `./decks`."""
    beside = folder.parent / "decks"
    return beside if beside.is_dir() else Path("decks")
