"""How many arguments a command takes, for whoever reads LaTeX without parsing it."""

from studytool.texmath.letters import FONTS, TEXTS
from studytool.texmath.symbols import ACCENTS

_ONE = """
sqrt operatorname mathop mathbin mathrel mathord mathopen mathclose mathpunct mathinner smash
ensuremath pmod pod bra ket not substack phantom hphantom vphantom tag label ref eqref color
hspace vspace begin end xrightarrow xleftarrow xmapsto xleftrightarrow xRightarrow xLeftarrow
"""
_TWO = """
frac dfrac tfrac cfrac nicefrac sfrac binom dbinom tbinom overset underset stackrel class
textcolor
"""

ARGUMENTS: dict[str, int] = {
    **dict.fromkeys((*FONTS, *TEXTS, *ACCENTS, *_ONE.split()), 1),
    **dict.fromkeys(_TWO.split(), 2),
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
