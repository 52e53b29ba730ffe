"""Rules that compare the notes of a library with each other."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import TypeAlias

from studytool.craft.findings import INFO, WARNING, Finding
from studytool.craft.prompts import NoteView
from studytool.craft.words import stems
from studytool.notes import Kind
from studytool.wording import counted

SAME, KINDRED = 0.75, 0.4
"""Cosine of two notes' words from which they are duplicates, or look like it."""
RAREST, MANY = 20, 200
"""By so many of its rarest words a note is compared, with all of so many notes that share one."""
SAME_QUESTION = 0.5
"""Jaccard index of two questions' groups of four letters from which they look the same."""
FEWEST_REASONS = 0.4
"""Share of a bank's notes that ask for reasons, uses or differences."""
CHOICE_SHARE = 1 / 8
"""Share of a bank's notes that may be choices: wrong options are learned too."""
LETTERS = 4

LibraryFindings: TypeAlias = Iterator[tuple[NoteView, Finding]]
_REASONS = re.compile(
    r"\b(?:why|how|when|prevent\w*|forg[eo]t\w*|left out|replac\w+|bec[ao]m\w+|need\w*)\b",
    re.IGNORECASE,
)


def near_duplicates(views: Sequence[NoteView]) -> LibraryFindings:
    """Complain of notes about one subject that say the same in nearly the same words."""
    sets = [frozenset(_stems(view)) for view in views]
    count = Counter(word for words in sets for word in words)
    weight = {word: math.log((1 + len(views)) / number) for word, number in count.items()}
    length = [math.sqrt(sum(weight[word] ** 2 for word in words)) for words in sets]
    for first, second in _pairs(views, sets, count):
        shared = sum(weight[word] ** 2 for word in sets[first] & sets[second])
        cosine = shared / (length[first] * length[second]) if shared else 0.0
        if cosine >= KINDRED:
            severity = WARNING if cosine >= SAME else INFO
            what = f"this note is {cosine:.0%} like `{views[first].note.id}`"
            yield views[second], Finding(severity, what)


def _stems(view: NoteView) -> Iterator[str]:
    """Yield the stems of what a note asks and answers."""
    for prompt in view.prompts:
        yield from stems(f"{prompt.question.text} {prompt.answer.text}")
    for step in view.note.steps:
        yield from stems(step)


def _pairs(
    views: Sequence[NoteView], words: Sequence[frozenset[str]], count: Counter[str]
) -> list[tuple[int, int]]:
    """Return the pairs of notes with a subject, or else a tag, and one of their rarest words.

    Notes that are nearly the same share their rarest words. Of a word that is the rarest of very
    many notes only neighbours are compared, so that the time grows with the notes, not their pairs.
    """
    holding: dict[str, list[int]] = defaultdict(list)
    for index, held in enumerate(words):
        for word in sorted(held, key=lambda word: (count[word], word))[:RAREST]:
            holding[word].append(index)
    tags = [frozenset(view.subjects if view.craft.subjects else view.note.tags) for view in views]
    found: set[tuple[int, int]] = set()
    for group in holding.values():
        pairs = combinations(group, 2) if len(group) <= MANY else pairwise(group)
        found.update(pair for pair in pairs if tags[pair[0]] & tags[pair[1]])
    return sorted(found)


def same_questions(views: Sequence[NoteView]) -> LibraryFindings:
    """Tell of questions that look alike and are easily taken for each other."""
    groups = [_groups(view) for view in views]
    sets = [
        frozenset(stems(view.prompts[0].question.text) if view.prompts else ()) for view in views
    ]
    for first, second in _pairs(views, sets, Counter(word for words in sets for word in words)):
        one, other = groups[first], groups[second]
        if len(one & other) >= SAME_QUESTION * len(one | other) > 0:
            what = f"its question looks like that of `{views[first].note.id}`"
            yield views[second], Finding(INFO, what)


def _groups(view: NoteView) -> frozenset[str]:
    """Return all groups of four letters of a note's question."""
    text = " ".join(view.prompts[0].question.text.casefold().split()) if view.prompts else ""
    return frozenset(text[index : index + LETTERS] for index in range(len(text) - LETTERS + 1))


def lonely(views: Sequence[NoteView]) -> LibraryFindings:
    """Tell of subjects with one note, and of banks that hardly ask for reasons."""
    about: dict[str, list[NoteView]] = defaultdict(list)
    for view in views:
        for subject in view.subjects:
            about[subject].append(view)
    for subject, found in about.items():
        if len(found) == 1:
            yield found[0], Finding(INFO, f"this is the only note on `{subject}`")
    for bank in _banks(views):
        asks = sum(_asks_for_reasons(view) for view in bank)
        if asks < FEWEST_REASONS * len(bank):
            what = f"{asks} of {counted(len(bank), 'note')} in this bank ask for reasons or uses"
            yield bank[0], Finding(INFO, what)


def _asks_for_reasons(view: NoteView) -> bool:
    """Tell whether a note asks why, how, when, or for a remedy or a difference."""
    return view.note.kind is Kind.CHOICE or any(
        _REASONS.search(prompt.question.text) for prompt in view.prompts
    )


def choice_shares(views: Sequence[NoteView]) -> LibraryFindings:
    """Tell of banks in which too many notes are choices."""
    for bank in _banks(views):
        choices = [view for view in bank if view.note.kind is Kind.CHOICE]
        if len(choices) > CHOICE_SHARE * len(bank):
            what = f"{len(choices)} of {counted(len(bank), 'note')} in this bank are choices"
            yield choices[0], Finding(INFO, what)


def _banks(views: Iterable[NoteView]) -> Iterable[list[NoteView]]:
    """Return the notes bank by bank."""
    banks: dict[str, list[NoteView]] = defaultdict(list)
    for view in views:
        banks[view.path].append(view)
    return banks.values()
