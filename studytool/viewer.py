"""Opens an address or a file in the program that the system has for it, and never waits."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from threading import Thread

from studytool.errors import StudytoolError


def viewer(platform: str, find: Callable[[str], str | None]) -> str:
    """Return the program that opens things on a system.

    Args:
        platform: As `sys.platform` has it.
        find: Returns where a program lies, or None.

    Raises:
        StudytoolError: If there is none.
    """
    name = "open" if platform == "darwin" else "xdg-open"
    found = find(name)
    if found is None:
        raise StudytoolError(f"there is no {name} to open it with", "install xdg-utils")
    return found


def launch(program: str, target: str, failed: Callable[[int], None]) -> None:
    """Start a program on a target in a session of its own, without input, output or terminal.

    Args:
        program: What `viewer` found.
        target: An address, or the absolute path of a file.
        failed: Called from another thread with the exit code if it is not 0.

    Raises:
        StudytoolError: If it cannot be started.
    """
    nowhere = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            [program, target], stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True
        )
    except (OSError, ValueError) as error:  # ValueError: what no command line can hold
        raise StudytoolError(f"{program} cannot be started: {error}") from error

    def watch() -> None:
        if code := process.wait():
            failed(code)

    Thread(target=watch, name="studytool-viewer", daemon=True).start()
