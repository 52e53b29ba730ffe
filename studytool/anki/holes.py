"""Keeps the LaTeX round a cloze hole apart from what Anki puts into the hole: its text or `[…]`."""

from __future__ import annotations

from studytool.texmath.arguments import Awaiting
from studytool.texmath.letters import TEXTS
from studytool.texmath.reader import tokens_of

_WITH_OPTION = ("aligned", "gathered", "alignedat")
"""Environments in which MathJax takes a bracket that comes first for a placement."""


class Surroundings:
    """Follows a formula up to each of its holes."""

    def __init__(self) -> None:
        """Begin at the start of a formula, or of what is inside a hole."""
        self._levels = [Awaiting()]
        self._before = ""
        self._begun = ""

    def follow(self, tex: str) -> None:
        """Take note of a stretch of LaTeX without holes."""
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

    def around(self) -> tuple[str, str]:
        """Return what to write before and behind a hole that comes next.

        A hole that is an argument is one in braces; a blank parts it from a command's name, and
        from a line break, which would take a bracket for a distance.
        """
        awaiting = self._levels[-1]
        command = awaiting.commands[-1] if awaiting.commands else ""
        before, begun = self._before, self._begun
        awaiting.follow("x")
        self._before, self._begun = "x", ""
        if command[1:] in TEXTS:
            return "&#123;", "&#125;"  # among words a blank would be seen
        if command:
            return "{ ", " }"
        if begun in _WITH_OPTION:
            return "{}", ""
        apart = before == "\\\\" or (before[:1] == "\\" and before[1:].isalpha())
        return (" " if apart else ""), ""
