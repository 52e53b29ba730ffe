"""The manifest beside the banks: what each note last said to Anki, and since when."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeAlias

from studytool.errors import StudytoolError

FORMAT = 1
"""Version of the file's format; the value of the empty key, which is the last line."""

EARLIEST = 946684800
"""The year 2000 in seconds since 1970; a note cannot have changed before it."""

_LINE = re.compile(r'\s*("(?:[^"\\]|\\.)+"\s*:\s*\[[^\[\]{}]*\])\s*,?\s*')
_FRAME = re.compile(r'\s*|[{}]|"": *[0-9]+|(?:<{7}|>{7}|\|{7}|={7})(?: .*)?')


class Entry(NamedTuple):
    """What the manifest knows of a note.

    Attributes:
        hash: The hash of its Anki content; empty if two branches disagree about it.
        changed: When that content last changed, in seconds since 1970.
        kind: The note's kind; empty if only an older release wrote the line.
        id: The note's id at its last export; empty with an empty kind.
    """

    hash: str
    changed: int
    kind: str = ""
    id: str = ""


Manifest: TypeAlias = Mapping[str, Entry]
"""An entry for each GUID."""


def content_hash(notetype: str, fields: Iterable[str], tags: Iterable[str]) -> str:
    """Return the hash of all that an update of a note would carry to Anki: 20 hex digits."""
    content = "\x1e".join((notetype, "\x1f".join(fields), "\x1f".join(tags)))
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def update(
    manifest: Manifest,
    hashes: Mapping[str, str],
    now: int,
    names: Mapping[str, tuple[str, str]] | None = None,
) -> dict[str, Entry]:
    """Return the manifest after notes have been seen with these hashes.

    An equal hash keeps its time. A changed one gets a time that is later than before, because
    Anki takes a note over only then. Notes that are not named stay: they may come back.

    Args:
        manifest: What was known.
        hashes: The hash of each GUID's content.
        now: Seconds since 1970.
        names: Kind and id of each GUID's note.
    """
    result = dict(manifest)
    for guid, digest in hashes.items():
        old = manifest.get(guid)
        changed = now
        if old is not None:
            changed = old.changed if old.hash == digest else max(now, old.changed + 1)
        result[guid] = Entry(digest, changed, *(names or {}).get(guid, ()))
    return result


def dump(manifest: Manifest) -> str:
    """Return a manifest as JSON: one note a line, by GUID, each line with a comma.

    The last line is the format's version, so a note added at the end changes no other line and
    git can merge two branches.
    """
    rows = (
        f"{json.dumps(guid)}: {json.dumps(list(entry if entry.kind else entry[:2]))},\n"
        for guid, entry in sorted(manifest.items())
    )
    return "{\n" + "".join(rows) + f'"": {FORMAT}\n}}\n'


def parse(content: str, path: str) -> dict[str, Entry]:
    """Return the manifest that a file holds, conflict markers of git or not.

    Of two lines about one note the later time counts; if they disagree at the same time, the
    hash is forgotten, so that the next export gives the note a later one.

    Args:
        content: The file.
        path: Its name, for messages.

    Raises:
        StudytoolError: A line says neither. Guessing would stamp every note as changed, and the
            next import would overwrite what the learner edited in Anki.
    """
    pairs = _from_json(content, path)
    if pairs is None:
        pairs = _from_lines(content, path)
    result: dict[str, Entry] = {}
    for guid, entry in pairs:
        result[guid] = _later(result.get(guid, entry), entry)
    return result


def _from_json(content: str, path: str) -> list[tuple[str, Entry]] | None:
    """Return the entries of a whole JSON file, repeated ones too; None if it is not one."""
    try:
        found = json.loads(content, object_pairs_hook=list)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list):
        return None
    entries: list[tuple[str, Entry]] = []
    for pair in found:
        match pair:
            case ("", int(version)) if version > FORMAT:
                raise StudytoolError(
                    f"{path} was written by a newer studytool", "update studytool and export again"
                )
            case ("", int()):
                pass
            case (str(guid), [str(digest), int(changed), *named]) if (
                EARLIEST <= changed < 10**11
                and len(named) in (0, 2)
                and all(isinstance(name, str) for name in named)
            ):
                entries.append((guid, Entry(digest, changed, *named)))
            case _:
                return None
    return entries


def _from_lines(content: str, path: str) -> list[tuple[str, Entry]]:
    """Return the entries of a file with conflict markers, line by line."""
    entries: list[tuple[str, Entry]] = []
    for number, line in enumerate(content.splitlines(), 1):
        if match := _LINE.fullmatch(line):
            found = _from_json("{" + match.group(1) + "}", path)
            if found:
                entries += found
                continue
        elif _FRAME.fullmatch(line):
            continue
        raise _damaged(f"{path}:{number}")
    if not entries:
        raise _damaged(path)
    return entries


def _damaged(place: str) -> StudytoolError:
    """Return the error for a file that cannot be read."""
    return StudytoolError(
        f"{place}: the manifest is damaged here",
        "restore the file from version control; if you delete it instead, the next import into"
        " Anki takes every note as changed, over edits made there",
    )


def _later(first: Entry, second: Entry) -> Entry:
    """Return the entry that counts when there are two about one note."""
    if first.changed == second.changed and first.hash != second.hash:
        return first._replace(hash="")
    return max(first, second, key=lambda entry: entry.changed)


def load(path: Path) -> dict[str, Entry]:
    """Read a manifest; one that does not exist is empty.

    Raises:
        StudytoolError: It cannot be read or is damaged.
    """
    try:
        content = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise _damaged(str(path)) from error
    except OSError as error:
        raise StudytoolError(f"cannot read {path}: {error.strerror}") from error
    return parse(content, str(path))


def save(path: Path, manifest: Manifest) -> None:
    """Write a manifest in one step; a file that already says so is left alone.

    Raises:
        StudytoolError: It cannot be written.
    """
    content = dump(manifest).encode()
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        if path.exists() and path.read_bytes() == content:
            return
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise StudytoolError(f"cannot write {path}: {error.strerror}") from error
