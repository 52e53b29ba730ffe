"""How wide a line of text is, and how its subscripts are written in SVG."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

# Advance widths in hundredths of the type size, DejaVu Sans and its bold: the
# widest of the families a picture may be shown in, so what fits here fits in all.
_REGULAR = {
    24: "′",
    28: "'ijl",
    32: "IJ ,.·’",
    36: "/:;\\|-f",
    42: "!()[]tr₁₂₃ₙ",
    50: '"*_`–°',
    54: "s“”?zε",
    58: "LcFk",
    62: "vxyλPTYaeoθπ",
    64: "$0123456789ESbdghnpqu{}μσ",
    70: "KABCRVXZ",
    78: "UHN&DG",
    84: "OQw#+<=>^~×−≈≥≤→←↑↓±",
    88: "M∈",
    98: "%m",
}
_BOLD = {
    38: "′' ijl,./IJ\\|·’",
    46: ":;-f!()[]₁₂₃ₙ",
    54: 't_`r–°"*',
    60: "ε?csz",
    66: "Lλvxy“”",
    72: "aek$0123456789EFToθSbdghnpqu{}",
    78: "CPYZμABKRVXσ",
    86: "πGU#+<=>DHN^~×−≈≥≤→←↑↓±OQ",
    94: "&∈w",
}
_WIDTHS = tuple(
    {char: width for width, chars in table.items() for char in chars} for table in (_REGULAR, _BOLD)
)
_WIDEST = 112
_SCRIPT = re.compile(r"([_^])(\{[^{}]*\}|\S)")
SCRIPT_SIZE = 20
_SHIFT = {"_": 6, "^": -9}


def width(text: str, size: int, *, bold: bool = False) -> float:
    """Return how wide a line is at most, in units of the picture.

    Args:
        text: One line; `_` and `^` lower and raise what follows, one
            character or a group in braces.
        size: The type size in units.
        bold: Whether the line is bold.
    """
    widths = _WIDTHS[bold]
    total, end = 0.0, 0
    for script in _SCRIPT.finditer(text):
        total += size * sum(widths.get(char, _WIDEST) for char in text[end : script.start()])
        inner = script[2].strip("{}")
        total += SCRIPT_SIZE * sum(widths.get(char, _WIDEST) for char in inner)
        end = script.end()
    total += size * sum(widths.get(char, _WIDEST) for char in text[end:])
    return total / 100


def spans(text: str) -> str:
    """Return a line as the inside of a `text` element, scripts as `tspan`s."""
    out, end, raised = "", 0, 0
    for script in _SCRIPT.finditer(text):
        plain = escape(text[end : script.start()])
        out += _span(plain, raised)
        shift = _SHIFT[script[1]]
        # Each dy counts from where the last character stood.
        step = shift - (0 if plain else raised)
        inner = escape(script[2].strip("{}"))
        out += f'<tspan font-size="{SCRIPT_SIZE}" dy="{step}">{inner}</tspan>'
        end, raised = script.end(), shift
    return out + _span(escape(text[end:]), raised)


def _span(plain: str, raised: int) -> str:
    if not plain or not raised:
        return plain
    return f'<tspan dy="{-raised}">{plain}</tspan>'
