"""Typed answers in a plain review: what is compared, and how it is told."""

from __future__ import annotations

from studytool.expected import can_be_typed, expected
from studytool.prompts import Prompt
from studytool.screen_text import clean_line
from studytool.typed import compare
from studytool.typed_rows import typed_rows
from studytool.wrapping import Rows

SIGN = "="
"""Begins a line that is an answer, also if it is one of the words of the review."""
ASKED = f"Type: the answer, or an empty line; what begins with {SIGN} is always an answer"


def takes(prompt: Prompt | None) -> bool:
    """Tell whether the answer of a card can be typed."""
    return prompt is not None and can_be_typed(prompt.stored.note, prompt.card.part)


def told(line: str, prompt: Prompt, width: int) -> tuple[str, Rows]:
    """Return whether a typed answer is right, in words, and how it differs, set to a width."""
    typed = clean_line(line.removeprefix(SIGN).strip())
    comparison = compare(typed, expected(prompt.stored.note, prompt.parsed, prompt.card.part))
    if comparison.right:
        return "Typed: right", ()
    return "Typed: not right", typed_rows(comparison, width)
