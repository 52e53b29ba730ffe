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
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

LIMIT = 30.0
"""Seconds after which a program that does not go on is ended."""


def _forget_size() -> None:
    """Leave the size to the terminal, whatever the shell of the tests says."""
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)


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
        _forget_size()
        os.environ.update({"TERM": "xterm-256color", **(environment or {})})
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    painted, since_key, pending, last = b"", 0, list(keys), ""
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
                key = pending.pop(0)[1]
                time.sleep(0.3 if key == last else 0.1)  # The same key again would be one held.
                os.write(terminal, key.encode())
                last = key
        else:
            os.kill(child, signal.SIGKILL)
    finally:
        os.close(terminal)
        _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), painted


class Terminal:
    """A terminal with one program on it, from the outside.

    Attributes:
        child: The program's process.
        painted: All bytes the program has written.
        before: The settings of the terminal when the program began.
    """

    def __init__(
        self,
        command: list[str],
        environment: Mapping[str, str] | None = None,
        size: tuple[int, int] = (100, 30),
        folder: Path | None = None,
        echo: bool = True,
    ) -> None:
        """Start a program; only TERM and what `environment` says differ from our variables.

        Without `echo` the kernel writes no keys that the program did not read.
        """
        self.master, slave = pty.openpty()
        self.resize(*size)
        if not echo:
            settings = termios.tcgetattr(slave)
            settings[3] &= ~termios.ECHO
            termios.tcsetattr(slave, termios.TCSANOW, settings)
        self.before = termios.tcgetattr(slave)
        self.painted = b""
        self.ended: int | None = None
        self._stopped = False
        self.child = os.fork()
        if self.child == 0:
            os.close(self.master)
            os.login_tty(slave)
            if folder:
                os.chdir(folder)
            _forget_size()
            os.environ.update({"TERM": "xterm-256color", **(environment or {})})
            os.execvp(command[0], command)
        self.slave = slave

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size; the kernel tells the program."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, keys: str | bytes) -> None:
        """Send keys."""
        os.write(self.master, keys.encode() if isinstance(keys, str) else keys)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self._stopped = self._stopped and number != signal.SIGCONT
        os.kill(self.child, number)

    def go_on(self) -> None:
        """Let the program go on after a stop, and with it what it started, as a shell does."""
        self._stopped = False
        os.killpg(self.child, signal.SIGCONT)

    def until(self, seen: str | Callable[[], bool], seconds: float = LIMIT) -> bytes:
        """Read until something was painted, or is so, and return what came meanwhile.

        Raises:
            AssertionError: If that does not come to pass in time.
        """
        start, end = len(self.painted), time.monotonic() + seconds

        def so() -> bool:
            return seen.encode() in self.painted[start:] if isinstance(seen, str) else seen()

        while not so():
            more = self._read(0.02)
            lost = time.monotonic() > end or (not more and self.over())
            assert not lost or so(), f"no {seen!r} in {self.painted[-3000:]!r}"
        return self.painted[start:]

    def rest(self, quiet: float = 0.1) -> bytes:
        """Read until the program has been quiet for some seconds, and return what came."""
        start = len(self.painted)
        while self._read(quiet):
            pass
        return self.painted[start:]

    def over(self) -> bool:
        """Tell whether the program has ended."""
        self._look()
        return self.ended is not None

    def stopped(self) -> bool:
        """Tell whether the program was stopped, and not let go on by us since."""
        self._look()
        return self._stopped

    def _look(self) -> None:
        """Take note of what the kernel tells of the program."""
        if self.ended is None:
            child, status = os.waitpid(self.child, os.WNOHANG | os.WUNTRACED)
            if child and os.WIFSTOPPED(status):
                self._stopped = True
            elif child:
                self.ended = os.waitstatus_to_exitcode(status)

    def settings(self) -> list[object]:
        """Return the settings of the terminal as they are now."""
        return termios.tcgetattr(self.slave)

    def close(self, seconds: float = LIMIT) -> int:
        """Read to the end of the program and return its exit code; one that hangs is killed."""
        end = time.monotonic() + seconds
        while not self.over():
            self._read(0.02)
            if time.monotonic() > end:
                self.signal(signal.SIGKILL)
        while self._read(0):
            pass
        for number in (self.master, self.slave):
            with suppress(OSError):
                os.close(number)
        assert self.ended is not None
        return self.ended

    def hang_up(self) -> None:
        """Take the terminal away, as a window does that is closed."""
        os.close(self.slave)
        os.close(self.master)

    def _read(self, seconds: float) -> bool:
        """Take what the program wrote, waiting so long for it; tell whether there was anything."""
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            found = os.read(self.master, 1 << 16)
        except OSError:
            return False
        self.painted += found
        return bool(found)
