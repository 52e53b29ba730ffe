"""Tells how the packages of a library differ from what an export would write now."""

from __future__ import annotations

from pathlib import Path

from studytool.anki.comparing import holds
from studytool.anki.export import SCHEDULED
from studytool.anki.package import members
from studytool.days import Moment
from studytool.export_source import PART, named, planned, read_source
from studytool.library import shown_path
from studytool.progress import Step
from studytool.wording import counted


def check_decks(
    root: Path,
    out: Path | None,
    now: Moment,
    home: Path | None = None,
    step: Step | None = None,
) -> tuple[str, ...]:
    """Return how the packages and the manifest differ from what an export would write now.

    Nothing is written; for the arguments see `export.export_library`.
    """
    source = read_source(root, (), out, now, home, step)
    plan = planned(source, now, home, step)
    lines = list(source.notices)
    for what, ids in (("new since the last export", plan.new), ("changed since", plan.changed)):
        if ids:
            lines.append(f"{counted(len(ids), 'note')} {what}: {named(ids)}")
    if not lines and plan.manifest != source.manifest:
        lines.append(f"{shown_path(source.path)} lacks the ids of notes")
    # Whoever exported may have had a clock ahead of this one.
    at = max([now.at_ms // 1000, *(entry.changed for entry in source.manifest.values())])
    for stem, notes in plan.packages.items():
        package = source.out / f"{stem}.apkg"
        if not package.exists():
            lines.append(f"{shown_path(package)} is not there")
        elif not holds(package, members(notes, plan.media, at)):
            lines.append(f"{shown_path(package)} is not what `studytool export` writes")
    for package in sorted(source.out.glob("*.apkg")):
        own = package.name.endswith((SCHEDULED, f"{PART}.apkg"))
        if package.stem not in plan.packages and not own:
            lines.append(f"{shown_path(package)} belongs to no deck; delete it")
    return tuple(lines)
