"""Which files of a folder are banks; this lies on the way to the first card."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

from studytool.errors import UsageError

MEDIA = "media"
"""The folder beside a bank that holds its pictures."""
MEDIA_BYTES = 20_000_000
"""The largest picture or sound."""
_SKIPPED = {MEDIA, "review"}


def bank_files(root: Path, unreadable: list[str] | None = None) -> list[Path]:
    """Return the banks of a folder and its subfolders, sorted; or the one that root is.

    Hidden folders, `media` and `review` are passed over; folders that cannot be read, and banks
    whose names are not UTF-8, are added to `unreadable`.

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
    """Return the banks of a folder by their paths below it."""
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
                        if is_text(name := above + entry.name):
                            found[name] = entry
                        else:
                            unreadable.append(entry.path)
        except OSError as error:
            unreadable.append(str(error.filename))
    return found


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Tell whether a name stands for a folder; a link that goes in circles does not."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def is_text(name: str) -> bool:
    """Tell whether a file's name is UTF-8; Python keeps other bytes as lone surrogates."""
    return name.isascii() or not any("\ud800" <= character <= "\udfff" for character in name)
