"""A folder of banks: which files they are, its name, and what must hold across them."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from studytool import garbage
from studytool.bank_files import MEDIA, MEDIA_BYTES, bank_files, is_text
from studytool.diagnostics import Diagnostic, Severity
from studytool.notes import fold, valid_id
from studytool.progress import Step, counting
from studytool.values import Value, replace

if TYPE_CHECKING:
    from studytool.bank import Bank, BankNote

SETTINGS = "library.toml"


class Library(Value):
    """All banks of a folder.

    Attributes:
        name: The library's name; may be empty.
        banks: The banks by their path below the folder, in order.
        diagnostics: Every complaint about the banks, alone and together.
    """

    name: str
    banks: dict[str, Bank]
    diagnostics: tuple[Diagnostic, ...]


class Claim(NamedTuple):
    """An id that a note holds or held.

    Attributes:
        id: The id as written.
        bank: Path of the bank below the library's folder.
        line: Line of the note, from 1.
        derived: Whether the author wrote no id.
    """

    id: str
    bank: str
    line: int
    derived: bool


def shown_path(path: Path) -> str:
    """Return a path as the user would type it: relative to here if that is shorter."""
    try:
        near = os.path.relpath(path)
    except (OSError, ValueError):  # the folder we are in is gone; another drive
        return str(path)
    return near if len(near) < len(str(path)) else str(path)


def library_name(folder: Path) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the name that `library.toml` gives a folder, and complaints about that file."""
    path = folder / SETTINGS
    if not path.is_file():
        return "", ()
    from studytool.settings.toml_values import TomlText

    shown = shown_path(path)
    try:
        toml = TomlText(path.read_bytes().decode("utf-8-sig"), shown)
    except (OSError, UnicodeDecodeError) as error:
        message = f"this file cannot be read: {error}"
        return "", (Diagnostic(Severity.ERROR, "library", message, shown),)
    toml.check_names(toml.values, (), ("library", "craft", "anki"))
    name: str = toml.value(toml.values, ("library",), str) or ""
    if name and not valid_id(name):
        toml.complain(("library",), "library", "`library` is a name of letters, digits and `-_.`")
    return ("" if toml.diagnostics else name), tuple(toml.diagnostics)


def image_finder(folder: Path) -> Callable[[str], str]:
    """Return a function that says why a picture beside a bank cannot be used, or nothing."""

    def why(path: str) -> str:
        if "://" in path or path.startswith("//"):
            return "is on the net; cards make no requests"
        parts = path.split("/")
        if "\\" in path or "\0" in path or parts[0] != MEDIA or ".." in parts or len(parts) < 2:
            return "is not in `media/`"
        place = folder
        try:
            for part in parts:
                place = place / part
                if place.is_symlink():
                    return "is a link, or in one"
            if not place.exists():
                return "is not there"
            if not place.is_file():
                return "is no file"
            large = place.stat().st_size > MEDIA_BYTES
            return f"is larger than {MEDIA_BYTES // 1_000_000} MB" if large else ""
        except (OSError, ValueError):
            return "cannot be read"

    return why


def load_bank(path: Path) -> Bank:
    """Read one bank; a file that cannot be read is a bank with that complaint alone."""
    from studytool.bank import Bank, load
    from studytool.located import MAX_BYTES

    shown = shown_path(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # reading a pipe would wait for ever
            raise OSError(errno.EINVAL, "it is no file")
        with path.open("rb") as stream:
            data = stream.read(-1 if status.st_size <= MAX_BYTES else MAX_BYTES + 1)
    except OSError as error:
        message = f"this file cannot be read: {error.strerror}"
        return Bank(shown, (), (Diagnostic(Severity.ERROR, "unreadable", message, shown),))
    return load(data, shown, image_finder(path.parent))


def settle(
    banks: Mapping[str, Bank], others: Iterable[Claim] = ()
) -> tuple[dict[str, Bank], tuple[Diagnostic, ...]]:
    """Make ids unique over banks: a derived id that clashes changes, a written one is an error.

    Written ids and former ids come first, then banks in order of their paths.

    Args:
        banks: The banks that were read, by path.
        others: What the notes of banks that were not read hold.

    Returns:
        The banks without the notes that clash, and a complaint for each of these.
    """
    from studytool.ids import derive_id

    taken: dict[str, Claim] = {}
    complaints: list[Diagnostic] = []
    for claim in others:
        taken.setdefault(fold(claim.id), claim)
    dropped: set[tuple[str, str]] = set()
    guids: dict[str, Claim] = {}
    for path in sorted(banks):
        for entry in banks[path].notes:
            if entry.note.guid:
                here = Claim(entry.note.id, path, entry.line, False)
                if (other := guids.setdefault(entry.note.guid, here)) is not here:
                    dropped.add((path, entry.note.id))
                    complaints.append(_clash("this guid is taken by", other, entry, banks[path]))
            names = (() if entry.note.derived else (entry.note.id,)) + entry.note.was
            for name in dict.fromkeys(names) if entry.note.was else names:
                first = taken.setdefault(fold(name), Claim(name, path, entry.line, False))
                if (first.bank, first.line) == (path, entry.line) or first.derived:
                    continue
                dropped.add((path, entry.note.id))
                complaints.append(_clash(f"the id `{name}` is taken by", first, entry, banks[path]))
    settled: dict[str, Bank] = {}
    for path in sorted(banks):
        notes = []
        for entry in banks[path].notes:
            if (path, entry.note.id) in dropped:
                continue
            if entry.note.derived:
                note = entry.note
                if fold(note.id) in taken:
                    note = derive_id(note, taken)
                claim = Claim(note.id, path, entry.line, True)
                if (twin := taken.setdefault(fold(note.id), claim)) is not claim:
                    what = "this note is there twice, first in"
                    complaints.append(_clash(what, twin, entry, banks[path]))
                    continue
                entry = replace(entry, note=note)
            notes.append(entry)
        settled[path] = replace(banks[path], notes=tuple(notes))
    return settled, tuple(complaints)


def _clash(what: str, first: Claim, entry: BankNote, bank: Bank) -> Diagnostic:
    """Return the complaint that a note wants what another note holds."""
    return Diagnostic(
        *(Severity.ERROR, "duplicate-id", f"{what} {first.bank}:{first.line}"),
        *(bank.path, entry.line, entry.column),
        help="ids are unique in the library; give one of the notes another",
        source_line=entry.source_line,
    )


def load_library(root: Path, step: Step | None = None) -> Library:
    """Read all banks of a folder, or the one bank that root is.

    Args:
        root: The folder, or the bank.
        step: Told how many banks are read.

    Raises:
        UsageError: If root does not exist.
    """
    unreadable: list[str] = []
    files = bank_files(root, unreadable)
    folder = root if root.is_dir() else root.parent
    name, complaints = library_name(folder)
    for place in unreadable:
        message = (
            "this folder cannot be read"
            if is_text(place)
            else "the name of this file is not UTF-8; rename it"
        )
        wrong = Diagnostic(Severity.ERROR, "unreadable", message, shown_path(Path(place)))
        complaints = (*complaints, wrong)
    with garbage.resting():
        read = {
            path.relative_to(folder).as_posix(): load_bank(path) for path in counting(files, step)
        }
        banks, clashes = settle(read)
    own = [complaint for bank in banks.values() for complaint in bank.diagnostics]
    return Library(name, banks, (*complaints, *own, *clashes))
