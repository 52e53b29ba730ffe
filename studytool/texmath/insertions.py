"""Tells what has to stand round something put into a formula, so that both keep their meaning."""

from __future__ import annotations

from typing import Literal

from studytool.texmath.arguments import Awaiting
from studytool.texmath.letters import TEXTS
from studytool.texmath.reader import tokens_of

Need = Literal["argument", "words", "option", "blank", ""]
"""Braces, braces without blanks, `{}` before it, a blank before it, or nothing."""

_WITH_OPTION = ("aligned", "gathered", "alignedat")
"""Environments in which MathJax takes a bracket that comes first for a placement."""


class Surroundings:
    """Follows a formula up to each place where something is put in."""

    def __init__(self) -> None:
        """Begin at the start of a formula."""
        self._levels = [Awaiting()]
        self._before = ""
        self._begun = ""

    def follow(self, tex: str) -> None:
        """Take note of a stretch of LaTeX."""
        for token in tokens_of(tex):
            text = token.text
            if text.isspace():
                continue
            if text == "{":
                self._levels.append(Awaiting())
                self._begun = "{" if self._before == "\\begin" else ""
            elif text == "}" and len(self._levels) > 1:
                self._levels.pop()
                self._levels[-1].follow("x")
                self._begun = self._begun[1:] if self._begun.startswith("{") else ""
            else:
                self._levels[-1].follow(text)
                self._begun = self._begun + text if self._begun.startswith("{") else ""
            self._before = text

    def needs(self) -> Need:
        """Return what something that is put in here needs, and count it as one thing.

        As an argument it is one in braces; a blank parts it from a command's name, and from a line
        break, which would take a bracket for a distance; some environments would take a bracket
        for an option.
        """
        awaiting = self._levels[-1]
        command = awaiting.commands[-1] if awaiting.commands else ""
        before, begun = self._before, self._begun
        awaiting.follow("x")
        self._before, self._begun = "x", ""
        if command[1:] in TEXTS:
            return "words"  # where a blank is seen
        if command:
            return "argument"
        if begun in _WITH_OPTION:
            return "option"
        named = before[:1] == "\\" and before[1:].isalpha()
        return "blank" if before == "\\\\" or named else ""
