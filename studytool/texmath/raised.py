"""Superscripts and subscripts in two dimensions."""

from functools import lru_cache
from typing import NamedTuple

from studytool.texmath.box import EMPTY, Box, beside, text_box
from studytool.texmath.letters import SUBSCRIPTS, SUPERSCRIPTS
from studytool.texmath.parts import Part
from studytool.texmath.runs import Run, Runs, in_small, plain
from studytool.texmath.spacing import Form

# Signs that stand high anyway, and the T that TeX raises in just the same way.
_RAISED = SUPERSCRIPTS | {"*": "*", "∗": "*", "⋆": "*", "†": "†", "‡": "‡", "∘": "°", "T": "ᵀ"}


class Script(NamedTuple):
    """A script as a row of its own and, where every character has one, in small characters."""

    box: Box
    small: Runs | None


@lru_cache(1024)
def script(runs: Runs, mark: str) -> Script:
    """Prepare a script; the mark is `^` or `_`."""
    small = in_small(runs, _RAISED if mark == "^" else SUBSCRIPTS)
    return Script(text_box(runs), small)


def attach(base: Part, primes: int, sub: Script | None, sup: Script | None) -> Part:
    """Put scripts to the right of a base: small on its line, else on the rows above and below."""
    prime: Runs = (Run("′" * primes, "operator"),) if primes else ()
    form: Form = base.form if base.form in ("word", "big") else "script"
    kind = base.kind if base.kind != "space" else "ord"
    box = base.box
    if box.tall:
        upper = _high(prime, sup)
        lower = (text_box(sub.small) if sub.small else sub.box) if sub else EMPTY
        hung = _hung(upper, lower, box.above, box.below)
        return Part(beside([box, hung]), kind, form)
    line: list[Run] = list(prime)
    if sub and sub.small:
        line.extend(sub.small)
    if sup and sup.small:
        line.extend(sup.small)
    over = sup.box if sup and not sup.small else EMPTY
    under = sub.box if sub and not sub.small else EMPTY
    if prime and over.width:
        over = beside([text_box([Run(" " * len(plain(prime)), "text")]), over])
    return Part(beside([box, _side(over, text_box(line), under)]), kind, form)


def _high(prime: Runs, sup: Script | None) -> Box:
    if sup is None:
        return text_box(prime) if prime else EMPTY
    box = text_box(sup.small) if sup.small else sup.box
    return beside([text_box(prime), box]) if prime else box


def _side(over: Box, line: Box, under: Box) -> Box:
    """Set scripts round the line, those above and below as rows of their own."""
    boxes = [over] * bool(over.width) + [line] + [under] * bool(under.width)
    rows = tuple(row for box in boxes for row in box.rows)
    widths = tuple(width for box in boxes for width in box.widths)
    base = len(over.rows) if over.width else 0
    return Box(rows, widths, max(widths), base)


def _hung(upper: Box, lower: Box, above: int, below: int) -> Box:
    """Set scripts at the first and the last row of something tall."""
    between = above + below - 1
    rows = (*upper.rows, *((),) * between, *lower.rows)
    widths = (*upper.widths, *(0,) * between, *lower.widths)
    return Box(rows, widths, max(upper.width, lower.width), len(upper.rows) - 1 + above)
