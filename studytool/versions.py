"""Names that change whenever some of our code does, for what is kept of its results."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from studytool import __version__


def stamp(*modules: str) -> str:
    """Return the release, and size and time of some of our source files.

    A checkout changes between releases; what an older state of it made must not live on.
    """
    parts = [__version__]
    for module in modules:
        with suppress(OSError):
            stat = (Path(__file__).parent / f"{module}.py").stat()
            parts.append(f"{stat.st_size:x}-{stat.st_mtime_ns:x}")
    return " ".join(parts)
