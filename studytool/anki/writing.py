"""Puts several files in place together or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

from studytool.errors import StudytoolError


def write_together(
    out: Path,
    files: Mapping[str, Callable[[IO[bytes]], None]],
    ready: Callable[[], None] = lambda: None,
) -> list[Path]:
    """Write all files beside their places, then move all of them there.

    Args:
        out: Their folder; made if it is missing.
        files: What writes each file, by its name.
        ready: Called when all files are ready and none is in its place yet.

    Returns:
        The paths of the files.

    Raises:
        StudytoolError: A file cannot be written. None has been changed then.
    """
    drafts: dict[Path, Path] = {}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, write in files.items():
            draft = out / f".{Path(name).stem}.{os.getpid()}.tmp"
            drafts[out / name] = draft
            with draft.open("wb") as target:
                write(target)
                target.flush()
                os.fsync(target.fileno())
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
    return list(drafts)
