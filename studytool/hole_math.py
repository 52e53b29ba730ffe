"""Fills the holes of a formula in a cloze text, or hides them, as LaTeX."""

from __future__ import annotations

import re
from collections.abc import Callable

from studytool import cloze
from studytool.texmath.insertions import Surroundings

_NAMED = re.compile(r"\\[A-Za-z]+$")
"""A command at the end, which letters behind it would lengthen."""


def filled(tex: str, asked: int, shown: bool, gap: Callable[[str], str]) -> str:
    """Return a formula without holes; the asked ones are marked with the class `hole`.

    Args:
        tex: LaTeX with raw holes.
        asked: Number of the hole that is asked.
        shown: Whether its content is shown.
        gap: Gives what stands for a hidden content, by its hint.
    """
    pieces: list[str] = []
    around = Surroundings()
    for piece in cloze.segments(tex):
        if isinstance(piece, str):
            pieces.append(cloze.unescape(piece))
            around.follow(pieces[-1])
            continue
        needs = around.needs()
        if piece.number != asked:
            # Not in braces everywhere, for they would make a letter of a plus sign.
            words = filled(piece.text, asked, shown, gap)
            if needs in ("argument", "words"):
                pieces.append(f"{{{words}}}")
            else:
                pieces.append(" " * (needs == "blank") + words + " " * bool(_NAMED.search(words)))
        elif shown:
            pieces.append(rf"\class{{hole}}{{{filled(piece.text, asked, shown, gap)}}}")
        else:
            hint = gap(piece.hint.replace("{", "(").replace("}", ")"))
            pieces.append(rf"\class{{hole}}{{\text{{{hint}}}}}")
    return "".join(pieces)
