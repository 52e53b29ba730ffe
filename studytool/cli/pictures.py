"""Whether and how the pictures of cards are shown, by terminal, settings and what is installed."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from studytool.cli import chosen
from studytool.cli.console import colored
from studytool.picture_rows import with_pictures
from studytool.terminal_graphics import graphics, true_color

if TYPE_CHECKING:
    from studytool.opening import Opened
    from studytool.tui.app import ReviewApp
    from studytool.tui.pictures import Wall
    from studytool.wrapping import Rows

PRINTED_ROWS = 20
"""The most rows of a picture that `show` prints."""


def hang_pictures(app: ReviewApp, opened: Opened) -> None:
    """Let an app show pictures if it can; nothing is loaded before a card has one."""
    kind = graphics(os.environ, chosen.settings().images)
    if kind == "off":
        return

    def wall() -> Wall | None:
        from studytool.gallery import Gallery, available
        from studytool.tui.pictures import Wall

        if not available():
            return None
        return Wall(app, Gallery(_home(opened), kind), _folder(opened))

    app.pictures = wall


def printed(opened: Opened, rows: Rows, bank: str, width: int) -> Rows:
    """Return rows for standard output, with their pictures if it can show them.

    Args:
        opened: The library.
        rows: What is printed.
        bank: The path of the note's bank in the library.
        width: Columns of a row.
    """
    from studytool.gallery import Gallery, Wanted, available

    able = colored(sys.stdout) and true_color(os.environ) and available()
    if not able or graphics(os.environ, chosen.settings().images) == "off":
        return rows
    gallery = Gallery(_home(opened), "blocks")
    folder = str((_folder(opened) / bank).parent)

    def found(path: str) -> Rows:
        return gallery.made(Wanted(folder, path, width, PRINTED_ROWS, "#000000")).rows

    return with_pictures(rows, found)


def _home(opened: Opened) -> Path:
    """Return the folder of the user's progress."""
    return opened.store.folder


def _folder(opened: Opened) -> Path:
    """Return the folder of the library; it may be a single bank."""
    return opened.root if opened.root.is_dir() else opened.root.parent
