"""What MathJax 3.2.2 typesets with the packages Anki loads: all but `physics` and `textmacros`.

The names were read from MathJax itself; a command of any other package is shown in red there.
"""

from functools import cache
from pathlib import Path


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    text = Path(__file__).with_name("mathjax.txt").read_text("ascii")
    commands, environments = text.split("\n\n")
    return frozenset(commands.split()), frozenset(environments.split())


def knows_command(name: str) -> bool:
    """Tell whether MathJax in Anki knows a command of letters, named without its backslash."""
    return name in _names()[0]


def knows_environment(name: str) -> bool:
    """Tell whether MathJax in Anki knows an environment."""
    return name in _names()[1]


INSTEAD = {
    "argmax": r"\operatorname*{arg\,max}", "argmin": r"\operatorname*{arg\,min}",
    "softmax": r"\operatorname{softmax}", "sigmoid": r"\operatorname{sigmoid}",
    "sgn": r"\operatorname{sgn}", "tr": r"\operatorname{tr}", "Tr": r"\operatorname{Tr}",
    "bm": r"\boldsymbol", "bold": r"\boldsymbol", "bfseries": r"\bf", "mathds": r"\mathbb",
    "indep": r"\perp\!\!\!\perp", "emph": r"\textit", "nicefrac": r"\tfrac", "sfrac": r"\tfrac",
    "medspace": r"\:", "thickspace": r"\;", "dag": r"\dagger", "ddag": r"\ddagger",
    "copyright": r"\text{©}", "pounds": r"\text{£}", "slash": "/", "underbar": r"\underline",
    "widecheck": r"\check", "sout": r"\cancel", "cline": r"\hline",
    "cdashline": r"\hdashline", "oiint": r"\oint", "textsc": r"\text", "textmd": r"\text",
}  # fmt: skip
"""What to write in the stead of commands that Anki does not know, by their names."""

AS_TEXT = frozenset(
    "bbox class cssId data href htmlClass htmlData htmlId htmlStyle includegraphics mmlToken"
    " require style".split()
)
"""Commands that leave mathematics; the export shows them as text."""

DEFINITIONS = frozenset(
    "def newcommand renewcommand newenvironment renewenvironment let DeclareMathOperator"
    " DeclareMathOperators gdef edef DeclarePairedDelimiter".split()
)
"""Commands that define others."""

DISPLAYED = frozenset(
    "align align* alignat alignat* gather gather* equation equation* multline multline* flalign"
    " flalign* eqnarray eqnarray*".split()
)
"""Environments that are formulas of their own."""
