"""Takes the bytes apart that a program wrote to a terminal: text, and each control by itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_CONTROL = re.compile(
    "(?P<line>\r\n)"
    "|(?P<csi>\x1b\\[[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e])"
    "|(?P<string>\x1b[\\]PX^_](?:[^\x07\x1b]|\x1b(?!\\\\))*(?:\x07|\x1b\\\\|$))"
    "|(?P<escape>\x1b[\x20-\x2f]*[\x30-\x7e]?)"
    "|(?P<control>[\x00-\x1a\x1c-\x1f\x7f-\x9f])"
    "|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
)
_BIDI = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
_INVISIBLE = re.compile("[\u061c\u200e\u200f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
_LOOK = re.compile("\x1b\\[[0-9;]*m")
_PLACE = re.compile("\x1b\\[([0-9]+);([0-9]+)H")
_MODE = re.compile("\x1b\\[\\?([0-9;]+)([hl])")


def tokens(painted: bytes) -> Iterator[tuple[str, str]]:
    """Yield (`text` or what kind of control, its characters); bytes that are no text are errors."""
    for match in _CONTROL.finditer(painted.decode("utf-8")):
        yield str(match.lastgroup), match.group()


def controls(painted: bytes) -> set[str]:
    """Return every control that was written, and every character that hides or turns text."""
    found = set()
    for kind, token in tokens(painted):
        if kind == "text":
            found.update(filter(_acts, token))
        else:
            found.add(token)
    return found


def _acts(character: str) -> bool:
    """Tell whether a character of a text acts on the text around it."""
    return (
        unicodedata.category(character) in ("Cs", "Zl", "Zp")
        or unicodedata.bidirectional(character) in _BIDI
        or bool(_INVISIBLE.match(character))
    )


def strange(painted: bytes, known: set[str], size: tuple[int, int]) -> set[str]:
    """Return the controls that a program did not write of its own accord.

    Args:
        painted: What it wrote.
        known: The controls it writes with harmless text; colours and places are known by kind.
        size: Columns and rows of the terminal; a place outside of it is not known.
    """
    rest = set()
    for token in controls(painted) - known:
        place = _PLACE.fullmatch(token)
        if place and 1 <= int(place[1]) <= size[1] and 1 <= int(place[2]) <= size[0]:
            continue
        if _LOOK.fullmatch(token) and _own_look(token[2:-1].split(";")):
            continue
        rest.add(token)
    return rest


def _own_look(codes: list[str]) -> bool:
    """Tell whether codes of a look are such as our colours need: no blink, frame or overline."""
    while codes:
        code = codes.pop(0)
        if code in ("38", "48") and codes[:1] in (["2"], ["5"]):
            count = 4 if codes[0] == "2" else 2
            if len(codes) < count:
                return False
            codes = codes[count:]
        elif code not in ("", "0", "1", "2", "3", "4", "7", "9", "22", "23", "24", "27", "29") and (
            not code.isdigit() or not (30 <= int(code) <= 49 or 90 <= int(code) <= 107)
        ):
            return False
    return True


def text(painted: bytes) -> str:
    """Return the text alone, each piece between two controls on a line of its own."""
    return "\n".join(token for kind, token in tokens(painted) if kind == "text")


def modes(painted: bytes) -> dict[str, bool]:
    """Return each private mode of the terminal that was set or reset, and whether it is set.

    The keyboard protocol that is pushed and popped stands under `keyboard`.
    """
    found: dict[str, bool] = {}
    pushed = 0
    for _, token in tokens(painted):
        if mode := _MODE.fullmatch(token):
            found.update(dict.fromkeys(mode[1].split(";"), mode[2] == "h"))
        elif re.fullmatch("\x1b\\[>[0-9]+u", token):
            pushed += 1
        elif token == "\x1b[<u":
            pushed -= 1
    return {**found, "keyboard": pushed != 0}


USUAL_MODES = {"7": True, "25": True}
"""Lines wrap and the cursor is seen; every other mode is off where a shell goes on."""


def restored(painted: bytes) -> bool:
    """Tell whether the terminal is as a shell expects it."""
    return all(on == USUAL_MODES.get(name, False) for name, on in modes(painted).items())
