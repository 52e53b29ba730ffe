"""How many arguments a command takes, for whoever reads LaTeX without parsing it."""

from studytool.texmath.commands import ARROWS, CLASSES, PAIRS
from studytool.texmath.letters import FONTS, TEXTS
from studytool.texmath.symbols import ACCENTS
from studytool.texmath.wrappers import KNOWN, SHAPES

_ONE = """
sqrt operatorname pmod not centernot substack phantom hphantom vphantom tag begin end
"""
_TWO = "overset underset stackrel class cancelto ketbra Ketbra"
_MORE = {"genfrac": 6, "sideset": 3, "prescript": 3, "overunderset": 3, "mathchoice": 4}

ARGUMENTS: dict[str, int] = {
    **dict.fromkeys((*FONTS, *TEXTS, *ACCENTS, *CLASSES, *ARROWS, *KNOWN, *_ONE.split()), 1),
    **{name: sum(shape.count(kind) for kind in "nmw") for name, shape in SHAPES.items()},
    **dict.fromkeys((*PAIRS, *_TWO.split()), 2),
    **_MORE,
}
"""The arguments in braces that a command takes, by its name without the backslash."""


class Awaiting:
    """Follows a formula token by token, and tells whether the next one will be an argument.

    Attributes:
        commands: The commands and scripts that wait for an argument, once for each; the next
            argument is that of the last one.
    """

    def __init__(self) -> None:
        """Begin where nothing is awaited."""
        self.commands: list[str] = []
        self._option = False
        self._optional = False

    def follow(self, token: str) -> None:
        """Take note of a token; a group, a hole or a macro's text counts as one token."""
        if token.isspace() or token in ("\\limits", "\\nolimits"):
            return
        if self._option or (self._optional and token == "["):
            self._option = token != "]"
            return
        self._optional = False
        if token == "*" and self.commands:
            return  # \operatorname*
        if self.commands and token not in ("^", "_"):
            self.commands.pop()
        if token in ("^", "_"):
            self.commands = [token]
        elif token[0] == "\\" and token[1:] in ARGUMENTS:
            self.commands += [token] * ARGUMENTS[token[1:]]
            self._optional = token == "\\sqrt" or token[1] == "x"
