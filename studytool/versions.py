"""A name that changes whenever the code does that notes are read and rendered by."""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from studytool import __version__

LIBRARIES = ("markdown_it", "mdit_py_plugins", "pygments", "yaml")
"""What notes are read and rendered by, besides our own code."""


@cache
def stamp() -> str:
    """Return the release, and number, size and age of our source files and of the libraries.

    A checkout changes between releases; what an older state of it made must not live on.
    """
    files = size = newest = 0
    folders = [str(Path(__file__).parent)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    files += 1
                    size += status.st_size
                    newest = max(newest, status.st_mtime_ns)
                elif "." not in entry.name and entry.name != "__pycache__" and entry.is_dir():
                    folders.append(entry.path)
    ages = [f"{Path(path).stat().st_mtime_ns:x}" for path in map(_origin, LIBRARIES) if path]
    return " ".join([__version__, str(files), str(size), f"{newest:x}", *ages])


def _origin(library: str) -> str | None:
    """Return the first file of a library, without importing it."""
    found = find_spec(library)
    return found.origin if found else None
