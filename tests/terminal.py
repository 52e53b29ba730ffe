"""Runs a program on a real pseudo-terminal, with keys, and returns what it painted."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

LIMIT = 30.0
"""Seconds after which a program that does not go on is ended."""


def run(
    command: list[str],
    keys: list[tuple[str, str]],
    environment: dict[str, str] | None = None,
    size: tuple[int, int] = (100, 30),
) -> tuple[int, bytes]:
    """Return exit code and output of a program.

    Args:
        command: What to run.
        keys: (text to wait for, key to press then), in order.
        environment: Added to ours.
        size: Columns and rows.
    """
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update({"TERM": "xterm-256color", **(environment or {})})
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    painted, since_key, pending = b"", 0, list(keys)
    end = time.monotonic() + LIMIT
    try:
        while time.monotonic() < end:
            if select.select([terminal], [], [], 0.05)[0]:
                try:
                    data = os.read(terminal, 1 << 16)
                except OSError:
                    data = b""
                if not data:
                    break
                painted += data
            if pending and pending[0][0].encode() in painted[since_key:]:
                since_key = len(painted)
                time.sleep(0.3)
                os.write(terminal, pending.pop(0)[1].encode())
        else:
            os.kill(child, signal.SIGKILL)
    finally:
        os.close(terminal)
        _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), painted
