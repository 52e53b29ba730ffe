"""Finds the pictures and sounds of notes and names them by their content."""

from __future__ import annotations

import hashlib
import re
import stat
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from studytool.anki.svg import clean
from studytool.bank_files import MEDIA, MEDIA_BYTES
from studytool.errors import StudytoolError

_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_DRAWINGS = frozenset((".svg", ".svgz"))


class MediaFolder:
    """The pictures met so far.

    Attributes:
        files: For each packed name a file with that content, or the content itself.
    """

    def __init__(self) -> None:
        """Start without pictures."""
        self.files: dict[str, Path | bytes] = {}
        self._names: dict[Path, str] = {}

    def name(self, folder: Path, path: str) -> str:
        """Return the packed name of a picture: 20 digits of its SHA-256, and its suffix.

        Args:
            folder: The folder of the bank.
            path: The picture's path from there, as written in the note; `%20` may stand for a
                space, as in Markdown.

        Raises:
            StudytoolError: There is no such regular file inside `media/`, or it is too large,
                or a drawing that cannot be cleaned.
        """
        file = _inside(folder, path) or _inside(folder, unquote(path))
        if file is None:
            raise StudytoolError(
                f"there is no picture or sound `{path}` in {folder}",
                "it is a file below the bank's folder, in `media/`; links do not count",
            )
        if file not in self._names:
            self._names[file] = self._add(file)
        return self._names[file]

    def _add(self, file: Path) -> str:
        """Take a file in, and return its packed name."""
        suffix = file.suffix.lower()
        suffix = suffix if _SUFFIX.fullmatch(suffix) else ".bin"
        content: Path | bytes = file
        try:
            size = file.stat().st_size
            if size > MEDIA_BYTES:
                raise StudytoolError(f"{file} has {size:,} bytes; {MEDIA_BYTES:,} are allowed")
            if suffix in _DRAWINGS:
                written = file.read_bytes()
                cleaned = clean(written)
                digest = hashlib.sha256(cleaned)
                content = file if cleaned == written else cleaned
            else:
                with file.open("rb") as stream:
                    digest = hashlib.file_digest(stream, "sha256")
        except OSError as error:
            raise StudytoolError(f"cannot read {file}: {error.strerror}") from error
        except StudytoolError as error:
            raise StudytoolError(f"{file} cannot be packed: {error.message}", error.help) from error
        name = digest.hexdigest()[:20] + suffix
        self.files.setdefault(name, content)
        return name


def _inside(folder: Path, path: str) -> Path | None:
    """Return the regular file of a path, unless it, or what leads to it, is elsewhere."""
    parts = PurePosixPath(path).parts
    if len(parts) < 2 or parts[0] != MEDIA or ".." in parts or any("\\" in part for part in parts):
        return None
    file = folder
    try:
        for part in parts:
            file /= part
            if file.is_symlink():
                return None
        return file if stat.S_ISREG(file.stat().st_mode) else None
    except (OSError, ValueError):
        return None
