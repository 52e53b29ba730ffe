"""What Anki's MathJax does not show, or not so, although it can be read here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from studytool.texmath.arguments import ARGUMENTS, Awaiting
from studytool.texmath.letters import TEXTS
from studytool.texmath.mathjax import (
    AS_TEXT,
    DEFINITIONS,
    DISPLAYED,
    INSTEAD,
    knows_command,
    knows_environment,
)
from studytool.texmath.reader import Token, tokens_of
from studytool.texmath.symbols import ENVIRONMENTS

if TYPE_CHECKING:
    from studytool.texmath.problems import Fault, Level

_NAME = re.compile(r"\s*\{([^{}]*)\}")
_OPERATOR = re.compile(r"\\[A-Za-z]+|[}*∑∏∫]")
_LOOSE = frozenset(("^", "_", "\\not", "\\begin", "\\end", "\\pmod", "\\color"))
"""What takes a command with its argument, unlike most commands with arguments."""
_FRACTIONS = ("\\frac", "\\sqrt")


def anki_faults(source: str, display: bool, unknown: Collection[int]) -> Iterator[Fault]:
    """Yield what Anki shows otherwise than the terminal.

    Args:
        source: LaTeX with macros expanded.
        display: Whether it stands on a line of its own.
        unknown: Offsets of commands of which the parser complains already.
    """
    levels = [_Level(worded=False)]
    before = ""
    for token in tokens_of(source):
        level, text = levels[-1], token.text
        if level.worded and text != "}":
            yield from _in_words(token)
        elif not level.worded:
            yield from _command(source, token, display, unknown)
            yield from _argument(token, level.awaiting)
            if text in ("\\limits", "\\nolimits") and not _OPERATOR.fullmatch(before):
                yield _warning(token, f"`{text}` does not follow an operator", "take it out")
            if text == "'" and level.raised:
                hint = "write the prime first: x'^2"
                yield _warning(token, "Anki does not typeset a prime behind a superscript", hint)
        before = before if text.isspace() else text
        if text == "{":
            commands = level.awaiting.commands
            levels.append(_Level(level.worded or bool(commands) and commands[-1][1:] in TEXTS))
        elif text == "$" and level.worded:
            levels.append(_Level(worded=False))  # a formula among words, up to the next sign
        elif text in ("}", "$") and len(levels) > 1:
            levels.pop()
            levels[-1].follow("x")
        else:
            level.follow(text)


class _Level:
    """What is known inside one pair of braces.

    Attributes:
        awaiting: What waits for an argument.
        worded: Whether words stand here, not a formula.
        raised: Whether what was read last has a superscript.
    """

    def __init__(self, worded: bool) -> None:
        self.awaiting = Awaiting()
        self.worded = worded
        self.raised = False

    def follow(self, text: str) -> None:
        """Take note of a token, or of a group that was closed."""
        if text.isspace():
            return
        before = self.awaiting.commands[-1:]
        self.awaiting.follow(text)
        if before == ["^"] and not self.awaiting.commands:
            self.raised = True
        elif text not in ("_", "'") and before != ["_"]:
            self.raised = False


def _command(source: str, token: Token, display: bool, unknown: Collection[int]) -> Iterator[Fault]:
    """Yield complaints about one command."""
    name = token.text[1:]
    if token.text == "%":
        message = "`%` begins a comment in LaTeX: Anki drops what follows"
        yield _warning(token, message, "the sign is `\\%`")
    if token.text[0] != "\\" or not name.isalpha():
        return
    if name in DEFINITIONS:
        message = f"`{token.text}` inside a card: the terminal does not know it"
        yield _warning(token, message, "put the definition under `macros:` of the bank")
    elif name in AS_TEXT:
        yield _warning(token, f"Anki decks of studytool show `{token.text}` as text", "take it out")
    elif name in ("ref", "eqref"):
        yield _warning(token, "a card has no numbered formulas to refer to", "say it in words")
    elif name == "label":
        yield _warning(token, "nothing can refer to a label in a card", "take it out", "info")
    elif name in ("tag", "notag") and not display:
        yield _warning(token, f"`{token.text}` shows nothing inside a line", "write $$…$$")
    elif name in ("begin", "end"):
        yield from _environment(source, token, display)
    elif token.start not in unknown and not knows_command(name):
        instead = INSTEAD.get(name, "")
        hint = f"write `{instead}`" if instead else "put what it stands for under `macros:`"
        yield _warning(token, f"Anki's MathJax does not know `{token.text}`", hint)


def _environment(source: str, token: Token, display: bool) -> Iterator[Fault]:
    """Yield complaints about what an environment is to Anki."""
    match = _NAME.match(source, token.start + len(token.text))
    if token.text == "\\end" or not match:
        return
    if match[1] in ENVIRONMENTS and not knows_environment(match[1]):
        message = f"Anki's MathJax does not know the environment {match[1]}"
        yield _warning(token, message, "leave it out; the formula is one without it")
    elif match[1] in DISPLAYED and not display:
        message = f"`{match[1]}` is a formula of its own, but stands inside a line"
        yield _warning(token, message, "write $$…$$, or `aligned`", "info")


def _argument(token: Token, awaiting: Awaiting) -> Iterator[Fault]:
    """Yield a complaint about an argument that MathJax takes for a command without its own."""
    if not awaiting.commands or awaiting.commands[-1] in _LOOSE:
        return
    outer = awaiting.commands[-1]
    inner = token.text
    if inner[0] != "\\" or inner[1:] not in ARGUMENTS or outer[1:] in TEXTS:
        return
    if (inner, outer) == _FRACTIONS or inner == "\\not":
        return
    message = f"Anki's MathJax cannot read `{inner}` as the argument of `{outer}`"
    yield _warning(token, message, f"put it in braces: {outer}{{{inner}…}}")


def _in_words(token: Token) -> Iterator[Fault]:
    """Yield a complaint about a command among words, which MathJax shows as it is written."""
    if token.text[0] == "\\" and token.text[1:] not in ("", "$", "{", "}", "\\"):
        escaped = not token.text[1:].isalnum()
        hint = f"write `{token.text[1:]}` alone" if escaped else "end the words before it"
        message = f"among words Anki shows `{token.text}` as it is written"
        yield _warning(token, message, hint)


def _warning(token: Token, message: str, hint: str, level: Level = "warning") -> Fault:
    """Return a complaint about a token."""
    from studytool.texmath.problems import MATHJAX, Fault

    return Fault(MATHJAX, level, token.start, len(token.text), message, hint)
