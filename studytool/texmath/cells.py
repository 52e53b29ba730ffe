"""How many cells of a terminal a text takes, and text made fit for one."""

import unicodedata
from functools import lru_cache

from studytool.texmath.runs import clean_char

_UNSEEN = frozenset("\ufe0e\ufe0f")
_REPLACED = frozenset(("Cc", "Cf", "Cn", "Cs", "Zl", "Zp"))
# Skin colours; vowels and final consonants of Hangul, which join the letter before them.
_NONE = ((0x1160, 0x11FF), (0x3164, 0x3164), (0xD7B0, 0xD7FF), (0x1F3FB, 0x1F3FF))
# Trigrams, hexagrams and counting rods, wide since Unicode 16.
_WIDE = ((0x2630, 0x2637), (0x268A, 0x268F), (0x4DC0, 0x4DFF), (0x1D300, 0x1D376))


def _cells(char: str) -> int:
    code = ord(char)
    if unicodedata.category(char)[0] == "M" or _within(code, _NONE):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" or _within(code, _WIDE) else 1


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


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
