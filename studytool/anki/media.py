"""Finds the pictures of notes and names them by their content."""

from __future__ import annotations

import hashlib
import re
import stat
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from studytool.errors import StudytoolError

_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


class MediaFolder:
    """The pictures met so far.

    Attributes:
        files: For each packed name, a file with that content.
    """

    def __init__(self) -> None:
        """Start without pictures."""
        self.files: dict[str, Path] = {}
        self._names: dict[Path, str] = {}

    def name(self, folder: Path, path: str) -> str:
        """Return the packed name of a picture: 20 digits of its SHA-256, and its suffix.

        Args:
            folder: The folder of the bank.
            path: The picture's path from there, as written in the note; `%20` may stand for a
                space, as in Markdown.

        Raises:
            StudytoolError: There is no such regular file inside the folder.
        """
        file = _inside(folder, path) or _inside(folder, unquote(path))
        if file is None:
            raise StudytoolError(
                f"there is no picture `{path}` in {folder}",
                "a picture is a file below the bank's folder, in `media/`; links do not count",
            )
        if file not in self._names:
            try:
                with file.open("rb") as content:
                    digest = hashlib.file_digest(content, "sha256").hexdigest()[:20]
            except OSError as error:
                raise StudytoolError(f"cannot read {file}: {error.strerror}") from error
            suffix = file.suffix.lower()
            name = digest + (suffix if _SUFFIX.fullmatch(suffix) else ".bin")
            self._names[file] = name
            self.files.setdefault(name, file)
        return self._names[file]


def _inside(folder: Path, path: str) -> Path | None:
    """Return the regular file of a path, unless it, or what leads to it, is elsewhere."""
    parts = PurePosixPath(path).parts
    if not parts or parts[0] == "/" or ".." in parts or any("\\" in part for part in parts):
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
