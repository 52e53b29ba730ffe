"""Finds notes of ours whose text somebody changed in Anki."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from studytool.anki.answers import Known
from studytool.anki.collection import Collection
from studytool.anki.drafts import own_kind
from studytool.anki.fields import fields
from studytool.anki.manifest import Manifest
from studytool.anki.media import MediaFolder
from studytool.errors import StudytoolError
from studytool.parsed_notes import parse_note


def edited(
    collection: Collection,
    known: Mapping[int, Known],
    folders: Mapping[str, Path],
    manifest: Manifest,
) -> Iterator[str]:
    """Yield the ids of notes that were changed in Anki after their export, and say other things.

    Args:
        collection: What Anki exported.
        known: Our notes by the ids of Anki's.
        folders: The folder of each bank's pictures, by the notes' ids.
        manifest: When each note was exported with its present text.
    """
    pictures = MediaFolder()
    for theirs in collection.notes():
        ours = known.get(theirs.id)
        notetype = collection.notetypes.get(theirs.notetype)
        if ours is None or notetype is None or own_kind(notetype) is not ours.note.kind:
            continue
        entry = manifest.get(ours.guid)
        if entry is None or theirs.changed <= entry.changed:
            continue
        folder = folders[ours.note.id]
        try:
            shown = fields(ours.note, parse_note(ours.note), partial(pictures.name, folder))
        except StudytoolError:  # a picture is gone; check tells that
            continue
        if [*map(_normal, theirs.fields)] != [*map(_normal, shown)]:
            yield ours.note.id


def _normal(field: str) -> str:
    """Return a field as Anki keeps it."""
    return unicodedata.normalize("NFC", field).replace("\r\n", "\n")
