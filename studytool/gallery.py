"""Pictures made ready beside the review: drawn by a process of their own, kept by content."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import NamedTuple

from studytool.picture_drawing import MAX_BYTES, REFUSED, SECONDS
from studytool.picture_rows import MOST_CELLS, block_rows, place_rows, sent
from studytool.screen_text import clean_line
from studytool.values import Value
from studytool.wrapping import Rows, Run, wrap

FOLDER = "pictures"
"""The folder of what was drawn, in the home."""
KEPT_FILES = 400
"""How many of these are kept."""
KEPT = 64
"""How many pictures are kept in memory before all are forgotten."""
_FORMAT = b"1"
"""Changes when the same picture would be drawn otherwise."""


class Wanted(NamedTuple):
    """A picture and the room for it.

    Attributes:
        folder: Where the bank lies.
        path: The picture's path from there, as the author wrote it.
        columns: The most columns it may take.
        rows: The most rows.
        ground: The colour behind what is transparent, as `#rrggbb`.
    """

    folder: str
    path: str
    columns: int
    rows: int
    ground: str


class Picture(Value):
    """A picture as it is shown.

    Attributes:
        rows: Its rows; a reason if it cannot be drawn.
        commands: What the terminal is sent before the rows are.
    """

    rows: Rows = ()
    commands: str = ""


def available() -> bool:
    """Tell whether the extra `images` is installed, without loading it.

    Pillow alone may be there by chance; it would give a complaint for every drawing.
    """
    return all(find_spec(name) is not None for name in ("PIL", "resvg_py"))


class Gallery:
    """The pictures of a review.

    Attributes:
        kind: `blocks` or `kitty`.
        ready: Called from another thread when a picture that was wanted can be shown.
    """

    def __init__(self, home: Path, kind: str) -> None:
        """Begin empty; what was drawn before lies in a folder of the home."""
        self.kind = kind
        self.ready: Callable[[], None] = lambda: None
        self._folder = home / FOLDER
        self._shown: dict[tuple[object, ...], Picture | None] = {}
        self._queue: SimpleQueue[tuple[tuple[object, ...], Wanted]] = SimpleQueue()
        self._thread: Thread | None = None

    def picture(self, wanted: Wanted) -> Picture | None:
        """Return a picture, or None while it is being made ready; never waits."""
        key = self._key(wanted)
        if key not in self._shown:
            if len(self._shown) > KEPT:
                self._shown.clear()
            self._shown[key] = None
            self._queue.put((key, wanted))
            if self._thread is None:
                self._thread = Thread(target=self._work, name="studytool-pictures", daemon=True)
                self._thread.start()
        return self._shown[key]

    def made(self, wanted: Wanted) -> Picture:
        """Return a picture when it is ready, at once if it was drawn before."""
        from studytool.library import image_finder

        folder = Path(wanted.folder)
        columns, rows = min(wanted.columns, MOST_CELLS), min(wanted.rows, MOST_CELLS)
        try:
            if why := image_finder(folder)(wanted.path):
                raise _RefusedError(f"it {why}")
            with (folder / wanted.path).open("rb") as file:
                data = file.read(MAX_BYTES + 1)
            words = (wanted.ground, str(columns), str(rows), self.kind)
            name = hashlib.sha256(b"\0".join((_FORMAT, *map(str.encode, words), data))).hexdigest()
            found = self._kept(name) or self._drawn(name, wanted, columns, rows)
            return self._set(found, int(name[:6], 16) or 1)
        except _RefusedError as error:
            text = f"not shown here: {error}"
        except (OSError, ValueError) as error:
            text = f"not shown here: {getattr(error, 'strerror', None) or 'it cannot be read'}"
        return Picture(tuple(wrap([Run(clean_line(text), "muted")], wanted.columns)))

    def _key(self, wanted: Wanted) -> tuple[object, ...]:
        """Return what a picture is kept under: another state of the file is another picture."""
        with suppress(OSError, ValueError):
            status = Path(wanted.folder, wanted.path).stat()
            return (*wanted, status.st_mtime_ns, status.st_size)
        return wanted

    def _work(self) -> None:
        """Make pictures ready, one after the other."""
        while True:
            key, wanted = self._queue.get()
            self._shown[key] = self.made(wanted)
            with suppress(RuntimeError):  # the review has ended
                self.ready()

    def _kept(self, name: str) -> bytes:
        """Return what was drawn before, or nothing."""
        with suppress(OSError):
            return (self._folder / name).read_bytes()
        return b""

    def _drawn(self, name: str, wanted: Wanted, columns: int, rows: int) -> bytes:
        """Draw a picture in a process of its own, and keep it."""
        arguments = (
            str(Path(wanted.folder, wanted.path)),
            str(columns),
            str(rows),
            self.kind,
            wanted.ground,
        )
        nowhere = subprocess.DEVNULL
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-m", "studytool.picture_drawing", *arguments],
                stdin=nowhere, stdout=subprocess.PIPE, stderr=nowhere,
                timeout=SECONDS, start_new_session=True, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise _RefusedError("it takes too long to draw") from None
        if done.returncode == REFUSED:
            raise _RefusedError(done.stdout.decode(errors="replace"))
        if done.returncode or not done.stdout:
            raise _RefusedError("it could not be drawn")
        with suppress(OSError):
            self._keep(name, done.stdout)
        return done.stdout

    def _keep(self, name: str, drawn: bytes) -> None:
        """Write what was drawn to the folder, and let the oldest go."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        passing = self._folder / f"{name}.{os.getpid()}"
        passing.write_bytes(drawn)
        passing.replace(self._folder / name)
        files = sorted(self._folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        for file in files[:-KEPT_FILES]:
            file.unlink(missing_ok=True)

    def _set(self, drawn: bytes, number: int) -> Picture:
        """Return what was drawn, set to rows."""
        size, _, shown = drawn.partition(b"\n")
        columns, rows = map(int, size.split())
        if self.kind == "kitty":
            commands = "".join(sent(number, columns, rows, shown.decode("ascii")))
            return Picture(place_rows(number, columns, rows), commands)
        if len(shown) != 6 * columns * rows:
            raise _RefusedError("it was not kept whole")
        return Picture(block_rows(columns, shown))


class _RefusedError(Exception):
    """A picture that is not drawn, with the reason."""
