"""LaTeX formulas as text, by itself of any use to a terminal.

    >>> from studytool.texmath import block, line
    >>> "".join(run.text for run in line(r"\\frac{a+b}{2}"))
    '(a+b)/2'
    >>> print("\\n".join("".join(run.text for run in row) for row in block(r"\\frac{a+b}{2}", 40)))
    a + b
    ─────
      2

`parse` reads anything and notes a `Problem` with its offset for what is wrong. `line` sets a
formula on one line, `block` in two dimensions and no wider than it can be broken; both return
runs: text and what it is, for whoever colours it. A role is one of `symbols.Role`, or "rule" for
a line that is drawn, and after a blank what else holds: "bold", "sans", "mono", or the name in
`\\class{name}{…}`. Nothing raises on any text, and what is not known is shown as it was written.
"""

from studytool.texmath.line import line
from studytool.texmath.nodes import Parsed, Problem
from studytool.texmath.parse import parse
from studytool.texmath.runs import Run

__all__ = ["Parsed", "Problem", "Run", "block", "line", "parse"]


def block(tex: str | Parsed, width: int) -> tuple[tuple[Run, ...], ...]:
    """Set a formula in two dimensions, as rows of at most so many cells where it can be broken.

    Args:
        tex: The formula, without the dollar signs round it, or what `parse` made of it.
        width: The cells that a row should take at most; only a piece that cannot be broken, such
            as a matrix, takes more.
    """
    from studytool.texmath.display import set_block

    return set_block(tex, width)
