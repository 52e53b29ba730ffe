"""Superscripts and subscripts on one line."""

import unicodedata

from studytool.texmath.letters import SUBSCRIPTS, SUPERSCRIPTS
from studytool.texmath.runs import Run, Runs, bracketed, in_small, is_enclosed, plain
from studytool.texmath.spacing import Form, Item, Mode, closing, join

_TABLES = {"_": SUBSCRIPTS, "^": SUPERSCRIPTS}
# Longer than this no marked letter or name is taken for a word: that costs two brackets.
_LONGEST = 40
_BARE_BASES = frozenset(("simple", "fenced", "word", "big"))


def script(items: list[Item], sign: str) -> Runs:
    """Set a script: raised or lowered if it can be, else after its sign, in brackets if needed."""
    runs = join(items, Mode.SCRIPT)
    small = in_small(runs, _TABLES[sign])
    if small or not runs:
        return small or ()
    mark = Run(sign, "operator")
    text = plain(runs)
    solid = [item for item in items if item.kind != "space"]
    if len(solid) == 1 and solid[0].form in ("simple", "word", "big") and _is_word(text):
        return (mark, *runs)
    if len(solid) == 1 and solid[0].form == "fenced" and text[0] in "[{|‖⟨":
        return (mark, *runs)
    if len(solid) > 1 and text[0] in "[{" and closing(solid, 0) == len(solid) - 1:
        return (mark, *runs)
    # `f^(Q)` is a script in brackets; more than one letter gets another pair to differ from `f^QR`.
    wrapped = len(solid) == 3 and solid[1].form in ("simple", "word") and _is_word(text[1:-1])
    wrapped = wrapped and text[0] == "(" and text[-1] == ")"
    return (mark, *(runs if wrapped else bracketed(runs)))


def _is_word(text: str) -> bool:
    if text.isalnum() or len(text) > _LONGEST:
        return text.isalnum()
    bare = "".join(char for char in text if not unicodedata.combining(char))
    return len(bare) == 1 or bare.isalnum()


def attach(base: Item, primes: int, sub: Runs, sup: Runs) -> Item:
    """Put scripts to a base, which gets brackets if they would seem to belong to its end."""
    runs = base.runs
    # The arguments of an unknown command end in something that could take the script.
    several = base.form == "simple" and len(runs) > 1 and runs[0].role.startswith("error")
    loose = base.form not in _BARE_BASES and not is_enclosed(runs)
    if base.runs and (loose or several):
        runs = bracketed(runs)
    kind = base.kind if base.form in _BARE_BASES and base.kind != "space" else "ord"
    if (
        len(sup) == 2
        and sup[1].text == "∘"
        and base.runs
        and base.runs[-1].role.startswith("number")
    ):
        sup = (Run("°", "operator"),)
    # After a bare subscript a raised character would seem to belong to the subscript.
    bare_sub = bool(sub) and sub[0].text == "_" and sub[-1].text[-1] not in ")]}⟩"
    scripts = (*sup, *sub) if bare_sub and sup and sup[0].text != "^" else (*sub, *sup)
    prime = (Run("′" * primes, "operator"),) if primes else ()
    form: Form = base.form if base.form in ("word", "big") else "script"
    return Item((*runs, *prime, *scripts), kind, form)
