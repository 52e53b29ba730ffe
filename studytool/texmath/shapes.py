"""Signs that grow: brackets, roots, braces, bars and arrows."""

from studytool.texmath.box import (
    EMPTY,
    Box,
    above_each_other,
    aligned,
    beside,
    column,
    covered,
    sign,
    text_box,
)
from studytool.texmath.runs import Runs

RULE = "rule"
"""The role of lines that are drawn, such as fraction bars."""

# The top, the piece between, the bottom and, for braces, the middle.
_PIECES = {
    "(": "⎛⎜⎝", ")": "⎞⎟⎠", "[": "⎡⎢⎣", "]": "⎤⎥⎦", "{": "⎧⎪⎩⎨", "}": "⎫⎪⎭⎬", "|": "│││",
    "‖": "║║║", "⌊": "⎢⎢⎣", "⌋": "⎥⎥⎦", "⌈": "⎡⎢⎢", "⌉": "⎤⎥⎥", "↑": "↑││", "↓": "││↓",
    "↕": "↑│↓",
}  # fmt: skip
_SHORT = {"{": "⎰⎱", "}": "⎱⎰"}
_ANGLES = {"⟨": "╱╲", "⟩": "╲╱"}
_OVER = {
    "hat": "^", "widehat": "^", "tilde": "~", "widetilde": "~", "dot": "˙", "ddot": "¨",
    "dddot": "···", "check": "ˇ", "widecheck": "ˇ", "breve": "˘", "acute": "´", "grave": "`",
    "mathring": "°",
}  # fmt: skip
_ARROWS = {"vec": "→", "overrightarrow": "→", "overleftarrow": "←", "overleftrightarrow": "↔"}
_BRACES = {"overbrace": "╭┴╮", "underbrace": "╰┬╯", "overbracket": "┌─┐", "underbracket": "└─┘"}
BRACES = frozenset(_BRACES)
"""Accents that take a label."""
_STRETCHED = {
    "→": ("─", "─", "→"), "←": ("←", "─", "─"), "↔": ("←", "─", "→"), "↦": ("├", "─", "→"),
    "⇒": ("═", "═", "⇒"), "⇐": ("⇐", "═", "═"), "↪": ("╰", "─", "→"),
}  # fmt: skip


def bracket(text: str, above: int, below: int) -> Box:
    """Return a bracket that covers so many rows above and below the baseline."""
    height = above + below + 1
    if not text:
        return column([""] * height, above)
    if height == 1:
        return sign(text, "bracket")
    if text in _ANGLES:
        upper, lower = tuple(_ANGLES[text])
        half = height // 2
        return column([upper] * half + [text] * (height % 2) + [lower] * half, above)
    if text in _SHORT and height == 2:
        return column(_SHORT[text], above)
    if text not in _PIECES:
        return column([text if row == above else " " for row in range(height)], above)
    top, between, bottom, *middle = tuple(_PIECES[text])
    pieces = [top, *[between] * (height - 2), bottom]
    if middle:
        pieces[above if 0 < above < height - 1 else height // 2] = middle[0]
    return column(pieces, above)


def enclosed(box: Box, left: str, right: str) -> Box:
    """Put growing brackets round a box."""
    edges = [bracket(text, box.above, box.below) for text in (left, right)]
    return beside([edges[0], box, edges[1]])


def fraction(top: Box, bottom: Box, nested: bool) -> Box:
    """Set one box over another, a bar between; it is longer than the bars of fractions inside."""
    width = max(top.width, bottom.width, 1) + 2 * nested
    bar = sign("─" * width, RULE)
    return above_each_other([top, bar, bottom], 1)


def binomial(top: Box, bottom: Box) -> Box:
    """Set one box over another between round brackets."""
    return enclosed(above_each_other([top, EMPTY, bottom], 1), "(", ")")


def root(body: Box, index: Runs, small: bool, bare: bool) -> Box:
    """Draw the sign of a root, a line over what it covers unless that is a single piece."""
    if bare:
        drawn = beside([sign("√"), body])
    elif len(body.rows) == 1:
        drawn = beside([sign("√"), _lined(body)])
    else:
        height = len(body.rows)
        hook = [*[" │"] * (height - 1), "╲│"]
        if len(index) == 1 and len(index[0].text) == 1:
            hook[-2] = index[0].text + "│"
            index = ()
        left = column(hook, body.base, RULE)
        lid = sign(" ┌" + "─" * (body.width + 1), RULE)
        drawn = above_each_other([lid, beside([left, body], (0, 0))], 1, "l")
    if not index:
        return drawn
    raised = text_box(index)
    if small:
        return beside([raised, drawn])
    # An index without small characters stands on the row above the tip of the sign.
    below = drawn.under
    rows = (*raised.rows, *((),) * (below == 0), *((),) * max(0, below - 1))
    widths = (raised.width, *(0,) * (len(rows) - 1))
    return beside([Box(rows, widths, raised.width, 1 - below), drawn])


def _lined(box: Box) -> Box:
    """Draw a line over a box; brackets need not cover it."""
    rows = (sign("_" * box.width, RULE).rows[0], *box.rows)
    return box._replace(rows=rows, widths=(box.width, *box.widths), base=box.base + 1)


def accented(name: str, box: Box) -> Box | None:
    """Mark a box of more than one letter, or return nothing for an unknown mark."""
    width = max(1, box.width)
    if name in ("bar", "overline"):
        return _lined(aligned(box, width, "l"))
    if name in ("underline", "underbar"):
        low = above_each_other([box, sign("‾" * width, RULE)], 0)
        return low._replace(above=box.above, below=box.below)
    if name in _OVER or name in _ARROWS:
        mark = sign(_OVER[name]) if name in _OVER else arrow(_ARROWS[name], width)
        high = above_each_other([mark, box], 1)
        return high._replace(above=box.above, below=box.below)
    if name in _BRACES:
        left, middle, right = tuple(_BRACES[name])
        size = max(3, width)
        half = (size - 2) // 2 - (size % 2 == 0)
        line = "─" * half + middle + "─" * (size - 3 - half)
        brace = sign(left + line + right, RULE)
        parts = [brace, box] if name.startswith("over") else [box, brace]
        return above_each_other(parts, parts.index(box))
    if name in ("boxed", "fbox"):
        return _framed(box)
    return None


def _framed(box: Box) -> Box:
    lid, floor = (sign(left + "─" * (box.width + 2) + right, RULE) for left, right in ("┌┐", "└┘"))
    side = column("│" * len(box.rows), box.base, RULE)
    return above_each_other([lid, beside([side, box, side], (0, 1, 1)), floor], 1, "l")


def arrow(text: str, width: int) -> Box:
    """Stretch an arrow to a width."""
    if text not in _STRETCHED or width < 2:
        return sign(text)
    left, between, right = _STRETCHED[text]
    return sign(left + between * (width - 2) + right)


def stacked(over: Box | None, base: Box, under: Box | None) -> Box:
    """Set boxes over and under another, as limits are set."""
    boxes = [box for box in (over, base, under) if box is not None]
    box = above_each_other(boxes, 1 if over is not None else 0)
    if over is not None and under is not None or base.tall:
        return covered(box)
    return box._replace(above=base.above, below=base.below)
