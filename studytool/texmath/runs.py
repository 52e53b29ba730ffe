"""Runs of text with roles, and how they are bracketed, raised and cleaned."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import NamedTuple

from studytool.texmath.letters import in_font

_FONTS = frozenset(("bold", "sans", "mono"))
# Marks that turn the direction of writing would reorder the rest of the screen.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|⟨[^⟨⟩]*⟩|‖[^‖]*‖|\|[^|]*\|")
# Neither the point of a number nor a script of one sign holds anything apart.
_HELD = re.compile(r"(?<=\d)[.,](?=\d)|[_^][^\s(\[{]")
# Nobody sees at a glance that anything longer is a whole.
_LONGEST = 160
_ROUND = re.compile(r"[()]")
_LOOSE = re.compile(r"[^\w⁽⁾⁺⁻⁼₍₎₊₋₌()\[\]{}⟨⟩‖|√∛∜∂∇∞′_^!\u0300-\u036f\u20d0-\u20ff]|[|]")


class Run(NamedTuple):
    """A piece of text and what it is: a role, then what else holds of it ("variable hole")."""

    text: str
    role: str


Runs = tuple[Run, ...]


def plain(runs: Runs) -> str:
    """Return the text of runs."""
    if len(runs) == 1:
        return runs[0].text
    return "".join([run.text for run in runs])


def bracketed(runs: Runs, left: str = "(", right: str = ")") -> Runs:
    """Put runs between brackets."""
    return (Run(left, "bracket"), *runs, Run(right, "bracket"))


def named(name: str, runs: Runs) -> Runs:
    """Show a command as a function of its argument."""
    return (Run(name, "function"), *bracketed(runs))


def is_enclosed(runs: Runs) -> bool:
    """Tell whether one pair of round brackets holds all of the text."""
    if not runs or runs[0].text[:1] != "(" or runs[-1].text[-1:] != ")":
        return False
    depth = 0
    for found in _ROUND.finditer(text := plain(runs)):
        depth += 1 if found.group() == "(" else -1
        if not depth:
            return found.end() == len(text)
    return False


def is_loose(runs: Runs) -> bool:
    """Tell whether text outside brackets has blanks or signs that a slash would cut."""
    text = plain(runs)
    if len(text) > _LONGEST:
        return True
    text = _HELD.sub("", text)
    while (shorter := _BRACKETED.sub("", text)) != text:
        text = shorter
    return bool(_LOOSE.search(text))


def in_small(runs: Runs, table: Mapping[str, str]) -> Runs | None:
    """Raise or lower runs, if every character can be."""
    if not any(run.text for run in runs):
        return None
    if not all(char in table for run in runs for char in run.text):
        return None
    return tuple(Run("".join(table[char] for char in run.text), run.role) for run in runs)


def with_extra(runs: Runs, extra: str) -> Runs:
    """Add a word to the role of every run."""
    return tuple(
        run if extra in run.role.split() else Run(run.text, f"{run.role} {extra}".strip())
        for run in runs
    )


def _letters(run: Run) -> Iterable[str]:
    return (char for char in unicodedata.normalize("NFD", run.text) if char.isalpha())


def _font(run: Run) -> str:
    return next((word for word in run.role.split() if word in _FONTS), "")


def tell_fonts_apart(runs: Runs) -> Runs:
    """Show a bold letter with its own code point where the plain letter is used as well.

    Elsewhere the role says that it is bold: many terminal fonts lack those code points.
    """
    # Nearly every formula has no role of two words, and most roles repeat.
    if not any(" " in role for role in {run.role for run in runs}):
        return runs
    fonts: dict[str, set[str]] = {}
    for run in runs:
        if run.role.startswith("variable"):
            for char in _letters(run):
                fonts.setdefault(char, set()).add(_font(run))
    mixed = {char for char, found in fonts.items() if len(found) > 1}
    if not mixed:
        return runs
    out: list[Run] = []
    for run in runs:
        font = _font(run)
        if font and run.role.startswith("variable"):
            text = unicodedata.normalize("NFD", run.text)
            text = "".join(in_font(char, font) if char in mixed else char for char in text)
            run = Run(unicodedata.normalize("NFC", text), run.role)
        out.append(run)
    return tuple(out)


def clean_char(char: str) -> str:
    """Return a character, or what stands for one that would disturb a terminal."""
    if char.isspace():
        return " "
    return "\ufffd" if unicodedata.category(char) in ("Cc", "Cs") or char in _TURNING else char


def tidy(runs: Runs) -> Runs:
    """Join neighbours of one role and replace characters that would disturb a terminal."""
    out: list[Run] = []
    for role, same in groupby(runs, key=lambda run: run.role):
        text = "".join(run.text for run in same)
        if not text.isprintable():
            text = "".join(clean_char(char) for char in text)
        if text:
            out.append(Run(text, role))
    return tuple(out)
