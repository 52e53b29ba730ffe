"""Notes that were exported once and are in no bank any more; Anki keeps them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from studytool.anki.escaping import text
from studytool.anki.manifest import Entry, Manifest
from studytool.anki.notetypes import NOTETYPES
from studytool.notes import Kind

A_SEARCH = 200
"""How many notes one search names; Anki understands no more than about a thousand."""


def retired(manifest: Manifest, present: Collection[str]) -> list[Entry]:
    """Return the entries of the notes that are gone, by id.

    Args:
        manifest: What was exported.
        present: GUIDs of all notes of the library.
    """
    gone = (entry for guid, entry in manifest.items() if guid not in present)
    return sorted(gone, key=lambda entry: (entry.id, entry.kind))


def searches(entries: Collection[Entry]) -> Iterator[str]:
    """Yield searches for Anki's browser that find just these notes, one for some of them.

    A note of another kind that has the same id now is not found. What has no id in the manifest,
    for an old release wrote the line, cannot be searched for.
    """
    names = {str(kind): notetype.name for kind, notetype in NOTETYPES.items()}
    for kind in map(str, Kind):
        ids = [entry.id for entry in entries if entry.kind == kind]
        for start in range(0, len(ids), A_SEARCH):
            listed = " or ".join(f'"Id:{_literal(name)}"' for name in ids[start : start + A_SEARCH])
            either = f"({listed})" if " or " in listed else listed
            yield f'"note:{names[kind]}" {either}'


def _literal(name: str) -> str:
    """Return an id as it stands in the field, its underscores no wildcards."""
    return text(name).replace("\\", "\\\\").replace("_", "\\_").replace("*", "\\*")
