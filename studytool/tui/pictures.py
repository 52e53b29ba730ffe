"""Puts pictures on the card of a review as they become ready."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studytool.faces import Face
from studytool.picture_rows import with_key, with_pictures
from studytool.wrapping import Rows

if TYPE_CHECKING:
    from textual.app import App

    from studytool.gallery import Gallery


SHARE = 0.6
"""Part of the screen's height that a picture may take."""


def most_rows(height: int) -> int:
    """Return how many rows a picture may take on a screen of so many."""
    return max(3, int(height * SHARE))


def opened_by(face: Face, key: str, width: int) -> Face:
    """Return a face whose first picture on either side tells which key opens it."""
    return Face(
        question=with_key(face.question, key, width),
        hint=face.hint,
        answer=with_key(face.answer, key, width),
        extra=face.extra,
        source=face.source,
    )


class Wall:
    """Shows the pictures of a gallery on the screens of an app.

    Attributes:
        gallery: Makes them ready.
        root: The folder of the library.
    """

    def __init__(self, app: App[None], gallery: Gallery, root: Path) -> None:
        """Paint the card of the present screen again whenever a picture is ready."""
        self.app = app
        self.gallery = gallery
        self.root = root
        self._sent: set[str] = set()
        gallery.ready = lambda: app.call_from_thread(self.paint)

    def paint(self) -> None:
        """Paint the card again."""
        from studytool.tui.card import CardText

        for screen in self.app.screen_stack:
            for card in screen.query(CardText):
                card.paint_again()

    def resumed(self) -> None:
        """Send every picture again: the terminal forgets them while the program is away."""
        self._sent.clear()
        self.paint()

    def hang(self, face: Face, bank: str, width: int) -> Face:
        """Return a face with the pictures that are ready below their descriptions.

        Args:
            face: The face.
            bank: The path of its note's bank in the library.
            width: Columns of a row.
        """
        from studytool.gallery import Wanted

        folder = str((self.root / bank).parent)
        height, ground = most_rows(self.app.size.height), self._ground()

        def found(path: str) -> Rows:
            picture = self.gallery.picture(Wanted(folder, path, width, height, ground))
            if picture is None:
                return ()
            self._send(picture.commands)
            return picture.rows

        return Face(
            question=with_pictures(face.question, found),
            hint=with_pictures(face.hint, found),
            answer=with_pictures(face.answer, found),
            extra=with_pictures(face.extra, found),
            source=face.source,
        )

    def _ground(self) -> str:
        """Return the colour behind the card."""
        color = self.app.theme_variables.get("background", "")
        return color[:7] if color.startswith("#") and len(color) >= 7 else "#000000"

    def _send(self, commands: str) -> None:
        """Send what draws a picture to the terminal, once."""
        driver = self.app._driver
        if commands and commands not in self._sent and driver is not None:
            self._sent.add(commands)
            driver.write(commands)
