"""What a user can set, what holds if nothing is set, and what a file of settings says."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from studytool.config import DEFAULT, Source
from studytool.days import ROLLOVER_HOUR
from studytool.errors import UsageError
from studytool.keymap import Keymap
from studytool.leeches import Leeches
from studytool.pacing import STILL, Pace
from studytool.queue import Limits
from studytool.values import Value
from studytool.wording import counted

if TYPE_CHECKING:
    from studytool.diagnostics import Diagnostic

THEME = "studytool-dark"
"""The theme if none is set."""


class Settings(Value):
    """The settings of a user.

    Attributes:
        cards: The library to use when neither the command nor the environment names one, as it
            was typed; empty for none.
        limits: How many cards a day may bring, and in which order.
        rollover: The local hour at which a study day begins.
        theme: Name of the theme.
        keys: The keys of the screens.
        pace: How a review goes on by itself.
        images: How pictures are shown inline: `auto`, `blocks`, `kitty` or `off`.
        leeches: Which cards are forgotten too often, and what becomes of them.
    """

    cards: str = ""
    limits: Limits = Limits()
    rollover: int = ROLLOVER_HOUR
    theme: str = THEME
    keys: Keymap = Keymap()
    pace: Pace = STILL
    images: str = "auto"
    leeches: Leeches = Leeches()


class SettingsFile(Value):
    """What a file of settings says.

    Attributes:
        path: The file as the user would type it.
        settings: The settings; what is wrong has its default.
        diagnostics: What is wrong, in order of the lines.
        lines: The line of each setting that is there and right, by its dotted name.
    """

    path: str
    settings: Settings = Settings()
    diagnostics: tuple[Diagnostic, ...] = ()
    lines: Mapping[str, int] = MappingProxyType({})

    def place(self, name: str) -> str:
        """Return `file:line` of a setting, or an empty string if the file does not set it."""
        line = self.lines.get(name)
        return f"{self.path}:{line}" if line else ""

    def source(self, *names: str) -> Source:
        """Return where a setting comes from that may be set under any of some names."""
        places = filter(None, map(self.place, names))
        return next((Source("file", place) for place in places), DEFAULT)


class SettingsError(UsageError):
    """The settings have errors, so nothing that needs them can be done.

    Attributes:
        diagnostics: What is wrong, each with its place.
    """

    def __init__(self, file: SettingsFile) -> None:
        """Take every complaint about a file."""
        wrong = counted(len(file.diagnostics), "mistake")
        super().__init__(f"{wrong} in {file.path}", "correct it: studytool config --edit")
        self.diagnostics = file.diagnostics
