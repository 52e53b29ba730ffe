"""Plans an export: what each note comes to in Anki, since when, and in which package."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from studytool.anki.fields import fields, ordinals
from studytool.anki.manifest import Entry, Manifest, content_hash, update
from studytool.anki.media import MediaFolder
from studytool.anki.notetypes import NOTETYPES
from studytool.anki.package import PackedNote
from studytool.digests import digest
from studytool.errors import StudytoolError
from studytool.notes import Note, fold, guid
from studytool.parsed_notes import parse_note
from studytool.progress import Step, counting
from studytool.values import Value, replace

MAX_CARDS = 500
"""The highest hole number for which Anki makes a card."""


class ExportNote(Value):
    """A note to export.

    Attributes:
        note: The note.
        folder: The folder of its bank, where its pictures' paths start.
    """

    note: Note
    folder: Path


class Plan(Value):
    """All that an export will write.

    Attributes:
        packages: The notes of each package, by the name of its file without the suffix.
        media: For each packed name of a picture, its file, or what is packed instead of it.
        manifest: The manifest to keep for the next export.
        new: Ids of notes that the manifest did not know.
        changed: Ids of notes whose content is not what it was at the last export.
        unchanged: How many notes Anki will leave alone if it has them.
        latest: The latest time of change that was given now; 0 if none was.
    """

    packages: dict[str, list[PackedNote]]
    media: Mapping[str, Path | bytes]
    manifest: dict[str, Entry]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    latest: int


class _Prepared(Value):
    """A note with all of its content but the time of change."""

    note: Note
    guid: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    media: tuple[str, ...]


def plan(
    library: str,
    entries: Sequence[ExportNote],
    manifest: Manifest,
    now: int,
    rendered: dict[str, tuple[str, ...]] | None = None,
    step: Step | None = None,
    prefix: str = "",
) -> Plan:
    """Return what an export of some notes will write; nothing is written.

    Args:
        library: The library's name, may be empty; part of each GUID.
        entries: The notes, in the order in which new cards are to be learned.
        manifest: What the last export left.
        now: Seconds since 1970.
        rendered: Fields rendered before, by the digest of the note as JSON; those of other
            notes are added, unless there are pictures in them.
        step: Told how many notes are rendered.
        prefix: The tag under which all tags stand in Anki; empty for none.

    Raises:
        StudytoolError: Two notes share a GUID, a picture is missing, or a note cannot be a card
            in Anki.
    """
    pictures = MediaFolder()
    known = {} if rendered is None else rendered
    prepared = [
        _prepare(library, entry, known, pictures, prefix) for entry in counting(entries, step)
    ]
    hashes = _hashes(prepared)
    ids = {each.guid: each.note.id for each in prepared}
    kinds = {each.guid: (str(each.note.kind), each.note.id) for each in prepared}
    after = update(manifest, hashes, now, kinds)
    new = [name for name in hashes if name not in manifest]
    changed = [name for name in hashes if name in manifest and manifest[name].hash != hashes[name]]
    return Plan(
        packages=_packages([_pack(each, after[each.guid].changed) for each in prepared]),
        media=pictures.files,
        manifest=after,
        new=tuple(ids[name] for name in new),
        changed=tuple(ids[name] for name in changed),
        unchanged=len(hashes) - len(new) - len(changed),
        latest=max((after[name].changed for name in (*new, *changed)), default=0),
    )


def _prepare(
    library: str,
    entry: ExportNote,
    known: dict[str, tuple[str, ...]],
    pictures: MediaFolder,
    prefix: str,
) -> _Prepared:
    """Turn a note into the fields, tags and pictures that Anki will have."""
    note = entry.note
    used: dict[str, None] = {}

    def image(path: str) -> str:
        try:
            name = pictures.name(entry.folder, path)
        except StudytoolError as error:
            raise StudytoolError(f"note `{note.id}`: {error.message}", error.help) from error
        used[name] = None
        return name

    content = digest(note.to_json(), 16)
    values = known.get(content, ())
    if len(values) != len(NOTETYPES[note.kind].fields):
        values = fields(note, parse_note(note), image)
    if not used:
        known[content] = values
    above = f"{prefix}::" if prefix else ""
    tags = tuple(above + "_".join(tag.split()) for tag in note.tags if tag.strip())
    return _Prepared(note, guid(library, note), values, tags, tuple(used))


def _hashes(prepared: Sequence[_Prepared]) -> dict[str, str]:
    """Return the content hash of each GUID.

    Raises:
        StudytoolError: Two notes share a GUID; Anki would make two notes of them, and later
            update only one.
    """
    owners: dict[str, str] = {}
    hashes: dict[str, str] = {}
    for each in prepared:
        if each.guid in owners:
            raise StudytoolError(
                f"notes `{owners[each.guid]}` and `{each.note.id}` have the same GUID",
                "give one of them another id, or take out its `guid` or `was`",
            )
        owners[each.guid] = each.note.id
        name = NOTETYPES[each.note.kind].name
        hashes[each.guid] = content_hash(name, each.fields, each.tags)
    return hashes


def _pack(each: _Prepared, changed: int) -> PackedNote:
    """Return a note as it goes into a package."""
    cards = ordinals(each.note.kind, each.fields)
    if not cards or cards[-1] >= MAX_CARDS:
        problem = f"has a hole above c{MAX_CARDS}" if cards else "has no hole that shows"
        raise StudytoolError(f"note `{each.note.id}` {problem}, so Anki can make no card of it")
    return PackedNote(
        guid=each.guid,
        kind=each.note.kind,
        deck=each.note.deck,
        fields=each.fields,
        tags=each.tags,
        ordinals=cards,
        changed=changed,
        media=each.media,
    )


def _packages(notes: Sequence[PackedNote]) -> dict[str, list[PackedNote]]:
    """Part notes by their top-level deck, under the name of the file without its suffix.

    Anki takes deck names that differ in case alone for one deck; the first spelling is kept.
    """
    spellings: dict[tuple[str, ...], str] = {}
    known: dict[str, tuple[str, str]] = {}
    tops: dict[str, list[PackedNote]] = {}
    for note in notes:
        if note.deck not in known:
            path: tuple[str, ...] = ()
            parts = []
            for part in note.deck.split("::"):
                path = (*path, fold(part))
                parts.append(spellings.setdefault(path, part))
            known[note.deck] = path[0], "::".join(parts)
        top, deck = known[note.deck]
        tops.setdefault(top, []).append(note if deck == note.deck else replace(note, deck=deck))
    stems: dict[str, list[PackedNote]] = {}
    for top in sorted(tops):
        stem = slug(top)
        number = 2
        while stem in stems:
            stem = f"{slug(top)}-{number}"
            number += 1
        stems[stem] = tops[top]
    return stems


def slug(name: str) -> str:
    """Return a name as lower-case words with hyphens, fit for a file name on any system."""
    words = re.findall(r"[^\W_]+", fold(name))
    return "-".join(words).encode()[:100].decode(errors="ignore").rstrip("-") or "deck"
