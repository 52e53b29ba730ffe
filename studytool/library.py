"""A folder of banks: which files they are, its name, and what must hold across them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from studytool import garbage
from studytool.diagnostics import Diagnostic, Severity, did_you_mean
from studytool.errors import UsageError
from studytool.notes import fold, valid_id
from studytool.values import Value, replace

if TYPE_CHECKING:
    from studytool.bank import Bank, BankNote

SETTINGS = "library.toml"
MEDIA = "media"
_SKIPPED = {MEDIA, "review"}


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


def bank_files(root: Path, unreadable: list[str] | None = None) -> list[Path]:
    """Return the banks of a folder and its subfolders, sorted; or the one that root is.

    Hidden folders, `media` and `review` are passed over; folders that cannot be read are added
    to `unreadable`.

    Raises:
        UsageError: If root does not exist.
    """
    if root.is_file():
        return [root]
    return sorted(root / name for name in _entries(root, [] if unreadable is None else unreadable))


def bank_stats(root: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of change (in nanoseconds) of each bank, by its path below root.

    Raises:
        UsageError: If root does not exist.
    """
    found: dict[str, tuple[int, int]] = {}
    files = {root.name: root} if root.is_file() else _entries(root, [])
    for name, file in files.items():
        with suppress(OSError):  # a link that leads nowhere
            stat = file.stat()
            if S_ISREG(stat.st_mode):
                found[name] = stat.st_size, stat.st_mtime_ns
    return found


def _entries(root: Path, unreadable: list[str]) -> dict[str, os.DirEntry[str]]:
    """Return the banks of a folder by their paths below it.

    This lies on the way to the first card, so it does without `Path`.
    """
    if not root.is_dir():
        raise UsageError(f"there is no {root}", "name a bank or a folder of banks")
    found: dict[str, os.DirEntry[str]] = {}
    waiting = [("", str(root))]
    while waiting:
        above, folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name[0] == ".":
                        continue
                    if _is_folder(entry):
                        if entry.name not in _SKIPPED and not entry.is_symlink():
                            waiting.append((f"{above}{entry.name}/", entry.path))
                    elif entry.name.endswith((".yaml", ".yml")):
                        found[above + entry.name] = entry
        except OSError as error:
            unreadable.append(str(error.filename))
    return found


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Tell whether a name stands for a folder; a link that goes in circles does not."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def shown_path(path: Path) -> str:
    """Return a path as the user would type it: relative to here if that is shorter."""
    try:
        near = os.path.relpath(path)
    except ValueError:
        return str(path)
    return near if len(near) < len(str(path)) else str(path)


def library_name(folder: Path) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the name that `library.toml` gives a folder, and complaints about that file."""
    path = folder / SETTINGS
    if not path.is_file():
        return "", ()
    import tomllib

    def complaint(message: str, advice: str = "") -> tuple[Diagnostic, ...]:
        return (Diagnostic(Severity.ERROR, "library", message, shown_path(path), help=advice),)

    try:
        settings = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return "", complaint(f"this file cannot be read: {error}")
    for key in settings:
        if key != "library":
            near = did_you_mean(key, ["library"]) or 'it knows `library = "name"` alone'
            return "", complaint(f"there is no setting `{key}`", advice=near)
    name = settings.get("library", "")
    if not isinstance(name, str) or (name and not valid_id(name)):
        return "", complaint("`library` is a name of letters, digits and `-_.`")
    return name, ()


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
            return "" if place.is_file() else "is no file"
        except (OSError, ValueError):
            return "cannot be read"

    return why


def load_bank(path: Path) -> Bank:
    """Read one bank; a file that cannot be read is a bank with that complaint alone."""
    from studytool.bank import Bank, load

    shown = shown_path(path)
    try:
        data = path.read_bytes()
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
            for name in (() if entry.note.derived else (entry.note.id,)) + entry.note.was:
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


def load_library(root: Path) -> Library:
    """Read all banks of a folder, or the one bank that root is.

    Raises:
        UsageError: If root does not exist.
    """
    unreadable: list[str] = []
    files = bank_files(root, unreadable)
    folder = root if root.is_dir() else root.parent
    name, complaints = library_name(folder)
    for place in unreadable:
        message = "this folder cannot be read"
        wrong = Diagnostic(Severity.ERROR, "unreadable", message, shown_path(Path(place)))
        complaints = (*complaints, wrong)
    with garbage.resting():
        read = {path.relative_to(folder).as_posix(): load_bank(path) for path in files}
        banks, clashes = settle(read)
    own = [complaint for bank in banks.values() for complaint in bank.diagnostics]
    return Library(name, banks, (*complaints, *own, *clashes))
