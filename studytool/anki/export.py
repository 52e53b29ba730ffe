"""Exports notes to Anki: one .apkg for each top-level deck, written together or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import IO, NamedTuple

from studytool.anki.learned import Learned
from studytool.anki.manifest import Entry, Manifest
from studytool.anki.package import members, write_package
from studytool.anki.plan import ExportNote, Plan, plan
from studytool.anki.writing import write_together
from studytool.progress import Step
from studytool.values import Value

SCHEDULED = ".with-schedule.apkg"
"""How the name of a package with somebody's schedule ends; no deck's own package is called so."""


class PackageFile(NamedTuple):
    """A package that was written.

    Attributes:
        path: The file.
        notes: How many notes are in it.
        cards: How many cards.
    """

    path: Path
    notes: int
    cards: int


class Exported(Value):
    """What an export came to.

    Attributes:
        files: The packages, by deck name.
        manifest: The manifest to keep for the next export.
        new: Notes that the manifest did not know.
        changed: Notes whose content is not what it was at the last export.
        unchanged: Notes that Anki will leave alone if it has them.
    """

    files: tuple[PackageFile, ...]
    manifest: dict[str, Entry]
    new: int
    changed: int
    unchanged: int


def export(
    library: str,
    entries: Sequence[ExportNote],
    out: Path,
    manifest: Manifest,
    now: int,
    rendered: dict[str, tuple[str, ...]] | None = None,
    step: Step | None = None,
    keep: Callable[[dict[str, Entry]], None] = lambda manifest: None,
) -> Exported:
    """Write the packages of some notes; see `plan` and `write_plan`."""
    return write_plan(plan(library, entries, manifest, now, rendered, step), out, now, keep)


def write_plan(
    planned: Plan,
    out: Path,
    now: int,
    keep: Callable[[dict[str, Entry]], None] = lambda manifest: None,
    learned: Learned | None = None,
) -> Exported:
    """Write the packages of a plan.

    Args:
        planned: What they hold.
        out: The folder for the packages; made if it is missing.
        now: Seconds since 1970.
        keep: Saves the manifest. It is called when all packages are ready and none is in its
            place yet: a package whose change times were forgotten would make the next one
            overwrite what users edited in Anki.
        learned: What somebody has learned, to be packed too, in files of another name.

    Returns:
        What was written.

    Raises:
        StudytoolError: A file cannot be written. No package has been changed then.
    """
    suffix = SCHEDULED if learned else ".apkg"

    def write(stem: str, target: IO[bytes]) -> None:
        write_package(target, members(planned.packages[stem], planned.media, now, learned))

    paths = write_together(
        out,
        {stem + suffix: partial(write, stem) for stem in planned.packages},
        lambda: keep(planned.manifest),
    )
    files = tuple(
        PackageFile(path, len(notes), sum(len(note.ordinals) for note in notes))
        for path, notes in zip(paths, planned.packages.values(), strict=True)
    )
    return Exported(
        files, planned.manifest, len(planned.new), len(planned.changed), planned.unchanged
    )
