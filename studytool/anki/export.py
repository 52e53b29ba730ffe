"""Exports notes to Anki: one .apkg for each top-level deck, written together or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from studytool.anki.fields import fields, ordinals
from studytool.anki.manifest import Entry, Manifest, content_hash, update
from studytool.anki.media import MediaFolder
from studytool.anki.notetypes import NOTETYPES
from studytool.anki.package import PackedNote, write_package
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


class _Prepared(Value):
    """A note with all of its content but the time of change."""

    note: Note
    guid: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    media: tuple[str, ...]


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
    """Write the packages of some notes.

    Args:
        library: The library's name, may be empty; part of each GUID.
        entries: The notes, in the order in which new cards are to be learned.
        out: The folder for the packages; made if it is missing.
        manifest: What the last export left.
        now: Seconds since 1970.
        rendered: Fields rendered before, by the digest of the note as JSON; those of other
            notes are added, unless there are pictures in them.
        step: Told how many notes are rendered.
        keep: Saves the manifest. It is called when all packages are ready and none is in its
            place yet: a package whose change times were forgotten would make the next one
            overwrite what users edited in Anki.

    Returns:
        What was written.

    Raises:
        StudytoolError: Two notes share a GUID, a picture is missing, a note cannot be a card in
            Anki, or a file cannot be written. No package has been changed then.
    """
    pictures = MediaFolder()
    known = {} if rendered is None else rendered
    prepared = [_prepare(library, entry, known, pictures) for entry in counting(entries, step)]
    hashes = _hashes(prepared)
    after = update(manifest, hashes, now)
    new = sum(name not in manifest for name in hashes)
    unchanged = sum(name in manifest and manifest[name] == after[name] for name in hashes)
    packages = _packages([_pack(each, after[each.guid].changed) for each in prepared])
    files = _write(out, packages, pictures, now, lambda: keep(after))
    return Exported(files, after, new, len(hashes) - new - unchanged, unchanged)


def _prepare(
    library: str, entry: ExportNote, known: dict[str, tuple[str, ...]], pictures: MediaFolder
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
    tags = tuple("_".join(tag.split()) for tag in note.tags if tag.strip())
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


def _write(
    out: Path,
    packages: dict[str, list[PackedNote]],
    pictures: MediaFolder,
    now: int,
    ready: Callable[[], None],
) -> tuple[PackageFile, ...]:
    """Write all packages beside their places, then move all of them there."""
    drafts: dict[Path, Path] = {}
    files: list[PackageFile] = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for stem, notes in packages.items():
            path = out / f"{stem}.apkg"
            drafts[path] = out / f".{stem}.{os.getpid()}.tmp"
            with drafts[path].open("wb") as target:
                write_package(target, notes, pictures.files, now)
                target.flush()
                os.fsync(target.fileno())
            files.append(PackageFile(path, len(notes), sum(len(n.ordinals) for n in notes)))
        ready()
        for path, draft in drafts.items():
            draft.replace(path)
    except OSError as error:
        raise StudytoolError(
            f"cannot write the decks to {out}: {error.strerror or error}",
            "give a folder that can be written with `-o`",
        ) from error
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink()
    return tuple(files)
