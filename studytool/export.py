"""From a library of banks to Anki: checked first, then written, then remembered."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from studytool import garbage
from studytool.days import ROLLOVER_HOUR, Moment
from studytool.errors import ClockError
from studytool.export_source import ExportSource, named, planned, read_source
from studytool.library import shown_path
from studytool.progress import Step
from studytool.wording import counted

if TYPE_CHECKING:
    from studytool.anki.learned import Learned
    from studytool.anki.plan import Plan
    from studytool.store import Store

PATIENCE = 2
"""So many seconds an export waits for the clock, so that no note changes in the future."""


def export_library(
    root: Path,
    decks: Sequence[str],
    out: Path | None,
    now: Moment,
    home: Path | None = None,
    step: Step | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> tuple[str, ...]:
    """Write the packages of a library, or of some of its decks.

    Args:
        root: The library's folder, or a single bank.
        decks: Names of decks; those below them belong to them. None for all.
        out: Folder for the packages; by default `decks/` beside the cards, else `./decks`.
        now: The time of change of what changed.
        home: The user's folder; a database there keeps what was rendered.
        step: Told how far it is: first banks that are read, then notes that are rendered.
        wait: Waits for some seconds.

    Returns:
        What was written, a line each.

    Raises:
        UsageError: If a deck does not exist.
        ClockError: If a note that changed was exported at a time that is still to come.
        StudytoolError: If the banks have errors, or something cannot be written.
    """
    source = read_source(root, decks, out, now, home, step)
    return _write(source, planned(source, now, home, step), now, wait)


def export_with_schedule(
    root: Path,
    decks: Sequence[str],
    out: Path | None,
    now: Moment,
    store: Store,
    rollover: int = ROLLOVER_HOUR,
    step: Step | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> tuple[str, ...]:
    """Write packages that hold also what a user has learned; see `export_library`.

    Their names differ from those of the packages that are shared.

    Args:
        root: As there.
        decks: As there.
        out: As there.
        now: As there.
        store: The user's database, its mirror of the library up to date.
        rollover: The hour at which the user's day begins.
        step: As there.
        wait: As there.

    Returns:
        What was written, and what to tick in Anki, a line each.
    """
    from studytool.anki.carrying import learned
    from studytool.sm2 import Sm2

    source = read_source(root, decks, out, now, store.folder, step)
    notes = [entry.note for entry in source.entries]
    known = learned(store, source.library.name, notes, now, rollover, Sm2())
    cards = [card for cards in known.cards.values() for card in cards.values()]
    scheduled = sum(card.type > 0 for card in cards)
    answers = sum(len(card.answers) for card in cards)
    return (
        *_write(source, planned(source, now, store.folder, step), now, wait, known),
        f"with the schedule of {counted(scheduled, 'card')} and {counted(answers, 'answer')}",
        "in Anki's import dialog tick `Import any learning progress`",
        "cards that Anki has already keep the schedule they have there",
    )


def export_text(
    root: Path,
    decks: Sequence[str],
    out: Path | None,
    now: Moment,
    home: Path | None = None,
    step: Step | None = None,
) -> tuple[str, ...]:
    """Write text files that update notes in Anki by GUID; see `export_library`."""
    from studytool.anki.text_file import text_file
    from studytool.anki.writing import write_together

    source = read_source(root, decks, out, now, home, step)
    plan = planned(source, now, home, step)

    def write(stem: str, target: IO[bytes]) -> None:
        target.write(text_file(plan.packages[stem]).encode("utf-8", "replace"))

    files = {f"{stem}.txt": partial(write, stem) for stem in plan.packages}
    paths = write_together(source.out, files)
    lines = [
        f"{path}  {counted(len(notes), 'note')}"
        for path, notes in zip(paths, plan.packages.values(), strict=True)
    ]
    lines.append(
        "for an Anki that has these note types from a package; pictures stay where they are"
    )
    lines.append("unlike a package it overwrites what you edited there; tags are replaced by ours")
    return tuple(lines)


def _write(
    source: ExportSource,
    plan: Plan,
    now: Moment,
    wait: Callable[[float], None],
    learned: Learned | None = None,
) -> tuple[str, ...]:
    """Write packages, and return what to say."""
    from studytool.anki.export import write_plan
    from studytool.anki.manifest import save

    at = now.at_ms // 1000
    if plan.latest > at + PATIENCE:
        raise ClockError(
            f"a note that changed was exported before at a time {plan.latest - at} seconds from now"
            f" ({shown_path(source.path)})",
            "set the clock right; nothing was exported, for Anki takes a note over only if it"
            " is newer than the one it has",
        )
    if plan.latest > at:
        wait(plan.latest - now.at_ms / 1000)
        at = plan.latest
    with garbage.resting():
        done = write_plan(
            *(plan, source.out, at, lambda manifest: save(source.path, manifest), learned)
        )
    lines = [
        *source.notices,
        *(
            f"{file.path}  {counted(file.notes, 'note')}, {counted(file.cards, 'card')}"
            for file in done.files
        ),
    ]
    derived = sum(entry.note.derived for entry in source.entries)
    if derived:
        lines.append(f"{derived} notes have no id of their own: studytool check")
    lines += _retired(source)
    if done.changed and any(entry.note.tags for entry in source.entries):
        lines.append("in Anki the tags of the changed notes become ours; flags and schedule stay")
    lines.append(f"{done.new} new, {done.changed} changed, {done.unchanged} as they were")
    return tuple(lines)


def _retired(source: ExportSource) -> Iterator[str]:
    """Yield what to say of notes that were exported and are in no bank any more."""
    from studytool.anki.retired import retired, searches

    if source.present is None:
        return
    gone = retired(source.manifest, source.present)
    if gone:
        ids = [entry.id for entry in gone if entry.id]
        lost = len(gone) - len(ids)
        yield f"{counted(len(gone), 'note')} removed here may still be in Anki: " + (
            named([*ids, *(["those of an old release"] * bool(lost))])
        )
        for search in searches(gone):
            yield f"  find in Anki's browser: {search}"
