"""Times programs on a real pseudo-terminal: from spawn, or from a key, to text on the screen."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

_CODES = re.compile(rb"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[\[?][0-9;?<>=]*[ -/]*[@-~]|\x1b.")


class Screen:
    """A program on a pseudo-terminal of 100 by 30; what it paints is read as it comes."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.started = time.perf_counter()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ.update(environment, TERM="xterm-256color", COLORTERM="truecolor")
            os.execvp(command[0], command)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.painted = b""

    def wait(self, text: str, since: float, limit: float = 30.0) -> float:
        """Return the seconds from a moment until a text is painted."""
        wanted = text.encode().replace(b" ", b"")
        while time.perf_counter() - since < limit:
            if select.select([self.terminal], [], [], 0.5)[0]:
                self.painted += os.read(self.terminal, 1 << 16)
                if wanted in _CODES.sub(b"", self.painted).replace(b" ", b""):
                    return time.perf_counter() - since
        raise TimeoutError(f"{text!r} was not painted: {_CODES.sub(b'', self.painted)[-2000:]!r}")

    def press(self, key: str, text: str) -> float:
        """Return the seconds from a key to a text that it paints."""
        self.settle()
        self.painted = b""
        since = time.perf_counter()
        os.write(self.terminal, key.encode())
        return self.wait(text, since)

    def memory(self) -> float:
        """Return the resident memory of the program, in bytes."""
        shown = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(self.pid)], check=True, capture_output=True
        )
        return int(shown.stdout) * 1024

    def settle(self, seconds: float = 0.08) -> None:
        """Read on until nothing has been painted for a while."""
        while select.select([self.terminal], [], [], seconds)[0]:
            self.painted += os.read(self.terminal, 1 << 16)

    def close(self) -> None:
        """End the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.close(self.terminal)
        os.waitpid(self.pid, 0)
