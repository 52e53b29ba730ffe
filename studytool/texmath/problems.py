"""What is wrong with a formula: for whoever reads it, and in Anki; each with a hint."""

from __future__ import annotations

import difflib
import re
from functools import cache
from itertools import islice
from typing import Literal, NamedTuple

from studytool.texmath.arguments import ARGUMENTS, Awaiting
from studytool.texmath.letters import SWITCHES, TEXTS
from studytool.texmath.mathjax import knows_command, knows_environment
from studytool.texmath.nodes import Problem
from studytool.texmath.parse import parse
from studytool.texmath.reader import tokens_of
from studytool.texmath.symbols import (
    DELIMITERS,
    ENVIRONMENTS,
    IGNORED,
    SPACES,
    SYMBOLS,
)
from studytool.texmath.texts import SIGNS

FORMULA, COMMAND, MATHJAX = "formula", "command", "mathjax"
"""The rules: what cannot be read, commands that are not known, and what Anki does not show."""

MAX_FAULTS = 20
"""So many faults of each kind are looked for in one formula."""

Level = Literal["error", "warning", "info"]
_UNKNOWN = re.compile(r"unknown (command|environment) (.*)", re.DOTALL)
_KNOWN = "known ones are `aligned`, `cases`, `pmatrix`, `array` and the like"
_MILD = ("line break outside", "nested more than")
_ALSO = ("left", "right", "middle", "begin", "end", "big", "Big", "bigg", "Bigg", "over", "choose")
_HINTS = (
    ("unclosed {", "close it with `}`; a brace that is shown is `\\{`"),
    ("unclosed [", "close it with `]`"),
    ("unclosed $", "close it with `$`"),
    ("double subscript", "put what comes first in braces, such as {x_a}_b"),
    ("double ", "put what comes first in braces, such as {x^a}^b"),
    ("\\begin without", "its name stands in braces, such as `\\begin{cases}`"),
    ("\\left without \\right", "`\\right.` closes it without a sign"),
    ("\\left without", "a bracket follows, such as `\\left(`; `\\left.` is none"),
    ("\\right without", "a bracket follows, such as `\\right)`; `\\right.` is none"),
    ("line break outside", "`\\\\` breaks lines in `aligned`, `cases` and the like"),
    ("unexpected &", "`&` parts the cells of an environment; the sign is `\\&`"),
    ("unexpected }", "no brace is open here; the sign is `\\}`"),
    ("unexpected #", "the sign is `\\#`"),
    ("unexpected $", "the sign is `\\$`"),
    ("unexpected \\end", "no `\\begin` is open here"),
    ("unexpected \\right", "no `\\left` is open here"),
    ("unexpected \\", "a command's name is missing"),
    ("nested more", "part the formula"),
)


class Fault(NamedTuple):
    """A complaint about a formula.

    Attributes:
        rule: `FORMULA`, `COMMAND` or `MATHJAX`.
        level: How much it weighs.
        offset: Where it starts in the source.
        length: How many characters it is about.
        message: What is wrong, one sentence without a full stop.
        hint: What to do; may be empty.
    """

    rule: str
    level: Level
    offset: int
    length: int
    message: str
    hint: str


def faults(source: str, display: bool = False) -> list[Fault]:
    """Return what is wrong with a formula, in the order of its source; not all of very much.

    Args:
        source: LaTeX, without the dollar signs, with macros expanded.
        display: Whether it stands on a line of its own.
    """
    from studytool.texmath.anki_faults import anki_faults

    problems = parse(source).problems[:MAX_FAULTS]
    unknown = {problem.offset for problem in problems if _UNKNOWN.match(problem.message)}
    found = [_fault(source, problem) for problem in map(hinted(source), problems)]
    found += islice(anki_faults(source, display, unknown), MAX_FAULTS)
    defined = {fault.offset for fault in found if fault.rule == MATHJAX}
    kept = (f for f in found if f.rule != COMMAND or f.offset not in defined)
    return sorted(dict.fromkeys(kept), key=lambda fault: fault.offset)


class hinted:  # noqa: N801  (used as a function)
    """Adds hints to the problems of one formula."""

    def __init__(self, source: str) -> None:
        """Keep the formula."""
        self.source = source

    def __call__(self, problem: Problem) -> Problem:
        """Return a problem with its hint, and a missing argument with whose it is."""
        offset, message, hint = problem
        if hint:
            return problem
        if message == "missing argument":
            command = expecting(self.source, offset)
            if command in ("^", "_"):
                hint = f"what is raised or lowered follows, such as `{command}{{n}}`"
                message = f"`{command}` has nothing to " + ("raise" if command == "^" else "lower")
            elif command:
                message = f"missing argument of {command}"
                hint = f"write it in braces: {command}" + "{…}" * ARGUMENTS.get(command[1:], 1)
        elif match := _UNKNOWN.match(message):
            is_environment = match[1] == "environment"
            hint = meant(match[2].removeprefix("\\"), is_environment)
            hint = hint or (_KNOWN if is_environment else "a bank defines its own under `macros:`")
        elif message.endswith("\\end") or " ended by " in message:
            hint = "each `\\begin{…}` ends with an `\\end{…}` of the same name"
        else:
            hint = next((hint for start, hint in _HINTS if message.startswith(start)), "")
        return Problem(offset, message, hint)


def expecting(source: str, offset: int) -> str:
    """Return the command or script whose argument should stand at an offset; may be empty."""
    levels = [Awaiting()]
    for token in tokens_of(source):
        if token.start >= offset:
            break
        if token.text == "{":
            levels.append(Awaiting())
        elif token.text == "}" and len(levels) > 1:
            levels.pop()
            levels[-1].follow("x")
        else:
            levels[-1].follow(token.text)
    waiting = levels[-1].commands
    return waiting[-1] if waiting else ""


def meant(name: str, environment: bool = False) -> str:
    """Return "did you mean …?" for the known command or environment most like a name."""
    known = tuple(ENVIRONMENTS) if environment else commands()
    near = difflib.get_close_matches(name[:40], known, n=3, cutoff=0.65)
    if not near and name.lower() != name:
        near = difflib.get_close_matches(name[:40].lower(), known, n=3, cutoff=0.65)
    shown = [word if environment else f"\\{word}" for word in near]
    # A known name with letters glued to it, as in \alphax, is the likeliest slip of all.
    begun = [word for word in known if len(word) > 2 and name.startswith(word)]
    if begun and not environment:
        longest = max(begun, key=len)
        shown.insert(1, f"\\{longest} {name[len(longest) :]}")
    return f"did you mean {' or '.join(f'`{word}`' for word in shown[:2])}?" if shown else ""


@cache
def commands() -> tuple[str, ...]:
    """Return the names of all commands of letters that the parser knows."""
    bracket = (name[1:] for name in DELIMITERS if name[0] == "\\")
    names = {*SYMBOLS, *SPACES, *IGNORED, *SWITCHES, *SIGNS, *TEXTS, *ARGUMENTS}
    return tuple(sorted(n for n in {*names, *bracket, *_ALSO} if n.isalpha()))


def _fault(source: str, problem: Problem) -> Fault:
    """Return the fault of a problem of the parser."""
    offset, message, hint = problem
    token = re.compile(r"\\[A-Za-z]+|\\.|.|$", re.DOTALL).match(source, offset)
    length = max(1, len(token.group())) if token else 1
    rule, level = FORMULA, "error"
    if match := _UNKNOWN.match(message):
        name = match[2].removeprefix("\\")
        typeset = knows_environment(name) if match[1] == "environment" else knows_command(name)
        if typeset:
            message = f"the terminal shows `{match[2]}` as written; Anki typesets it"
            hint = hint if hint.startswith("did") else ""
        if typeset or match[1] == "command":
            rule, level = COMMAND, "warning"
    elif message.startswith(_MILD):
        rule, level = MATHJAX, "warning"
    return Fault(rule, "error" if level == "error" else "warning", offset, length, message, hint)
