"""Rules for cloze, choice and steps notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool import cloze
from studytool.craft.findings import ERROR, WARNING, Finding
from studytool.craft.prompts import CHOICES, CLOZE, STEPS, NoteView
from studytool.craft.words import FORMULA, read, stems, words
from studytool.markdown import parse
from studytool.notes import Kind

MOST_HIDDEN = 0.4
"""Share of a text's words that one card may hide."""
MOST_HIDDEN_WORDS = 8
"""Words that one card may hide."""
MOST_HIDDEN_IN_ALL = 0.6
"""Share of a text's words that all holes together may hide."""
FEW_HOLES, MOST_HOLES = 3, 6
FEWEST_WRONG, MOST_WRONG = 2, 4
LONG_OPTION, LONGER = 8, 1.3
"""A right option of so many characters betrays itself when it is so much longer than the others."""
FEWEST_STEPS, MOST_STEPS = 3, 6
LONGEST_STEP = 14
"""Words of a step."""

_TELLING = re.compile(rf"[\d(\[{FORMULA}]")
_ALL_OF_THEM = re.compile(r"\b(?:all|none|both|neither) of (?:the|these|them)\b", re.IGNORECASE)


def cloze_trivial(view: NoteView) -> Iterator[Finding]:
    """Complain of holes that hide no word with a meaning."""
    if view.note.kind is Kind.CLOZE:
        for prompt in view.prompts:
            for hole in prompt.question.holes:
                digit = any(character.isdigit() for character in hole)
                if not stems(hole) and FORMULA not in hole and not digit:
                    yield Finding(
                        ERROR, f"the hole `{hole}` hides no word that carries meaning", CLOZE
                    )


def cloze_too_much(view: NoteView) -> Iterator[Finding]:
    """Complain of holes that leave too little to think from."""
    if view.note.kind is not Kind.CLOZE:
        return
    numbers = frozenset(cloze.numbers(view.note.question))
    tree = parse(view.note.question, holes=True, macros=view.note.macros)
    whole = len(words(read(tree).text))
    for prompt in view.prompts:
        hidden = sum(len(words(hole)) for hole in prompt.question.holes)
        if hidden > MOST_HIDDEN_WORDS or hidden > MOST_HIDDEN * whole:
            yield Finding(WARNING, f"{prompt.part} hides {hidden} of {whole} words", CLOZE)
    left = len(words(read(tree, numbers).text))
    if whole - left > MOST_HIDDEN_IN_ALL * whole:
        yield Finding(WARNING, f"all holes together hide {whole - left} of {whole} words", CLOZE)


def cloze_count(view: NoteView) -> Iterator[Finding]:
    """Complain of a sentence cut into too many cards."""
    if view.note.kind is Kind.CLOZE:
        count = len(view.prompts)
        if count > FEW_HOLES:
            severity = ERROR if count > MOST_HOLES else WARNING
            yield Finding(severity, f"{count} cards of one sentence; {FEW_HOLES} are enough", CLOZE)


def choice_tell(view: NoteView) -> Iterator[Finding]:
    """Complain of a right option that looks different from the wrong ones."""
    if view.note.kind is not Kind.CHOICE:
        return
    wrong = [view.reading(option).text for option in view.note.wrong]
    longest = max(map(len, wrong), default=0)
    for option in view.note.right:
        text = view.reading(option).text
        if len(text) >= LONG_OPTION and len(text) > LONGER * longest:
            yield Finding(
                WARNING, "the right option betrays itself: it is much the longest", CHOICES
            )
        elif _TELLING.search(text) and not any(_TELLING.search(other) for other in wrong):
            yield Finding(
                WARNING,
                "the right option betrays itself: a digit, formula or bracket in it alone",
                CHOICES,
            )


def choice_set(view: NoteView) -> Iterator[Finding]:
    """Complain of wrong options that are too few, too many or not real ones."""
    note = view.note
    if note.kind is not Kind.CHOICE:
        return
    count = len(note.wrong)
    if not FEWEST_WRONG <= count <= MOST_WRONG:
        yield Finding(
            WARNING, f"{count} wrong options; {FEWEST_WRONG} to {MOST_WRONG} are right", CHOICES
        )
    options = [" ".join(option.casefold().split()) for option in (*note.right, *note.wrong)]
    if len(set(options)) < len(options):
        yield Finding(WARNING, "an option stands there twice", CHOICES)
    if any(_ALL_OF_THEM.search(option) for option in options):
        yield Finding(WARNING, "`all` or `none of the above` tests reading, not knowledge", CHOICES)


def steps_size(view: NoteView) -> Iterator[Finding]:
    """Complain of steps that are too few, too many or too long."""
    note = view.note
    if note.kind is not Kind.STEPS:
        return
    count = len(note.steps)
    if not FEWEST_STEPS <= count <= MOST_STEPS:
        yield Finding(WARNING, f"{count} steps; {FEWEST_STEPS} to {MOST_STEPS} are right", STEPS)
    for number, step in enumerate(note.steps, 1):
        length = len(words(view.reading(step).text))
        if length > LONGEST_STEP:
            yield Finding(
                WARNING, f"step {number} has {length} words; {LONGEST_STEP} are enough", STEPS
            )
