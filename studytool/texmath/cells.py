"""How many cells of a terminal a text takes, and text made fit for one."""

import unicodedata
from functools import lru_cache

from studytool.texmath.runs import clean_char

_UNSEEN = frozenset("\ufe0e\ufe0f")
_REPLACED = frozenset(("Cc", "Cf", "Cn", "Cs", "Zl", "Zp"))
_SKIN = range(0x1F3FB, 0x1F400)
_RODS = range(0x1D300, 0x1D377)


def _cells(char: str) -> int:
    code = ord(char)
    if code in _SKIN or unicodedata.category(char)[0] == "M":
        return 0
    wide = unicodedata.east_asian_width(char) in "WF" or code in _RODS
    return 2 if wide else 1


def _shown(char: str) -> str:
    if char in _UNSEEN:
        return ""
    char = clean_char(char)
    # What has no agreed width, or none of its own, would shift the rest of its row.
    return "\ufffd" if unicodedata.category(char) in _REPLACED else char


@lru_cache(8192)
def measured(text: str) -> tuple[str, int]:
    """Return a text as a terminal can show it, and its width in cells."""
    if text.isascii() and text.isprintable():
        return text, len(text)
    shown = "".join(map(_shown, text))
    return shown, sum(map(_cells, shown))


def cells(text: str) -> int:
    """Return the width of a text in cells."""
    return measured(text)[1]
