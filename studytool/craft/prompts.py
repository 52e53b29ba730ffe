"""A note as the rules look at it: what each of its cards asks and answers, as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from studytool import cloze
from studytool.bank import BankNote
from studytool.craft.subjects import Craft
from studytool.craft.words import Reading, bare, read, stem
from studytool.markdown import parse
from studytool.notes import Kind
from studytool.values import Value

_CAPITAL = re.compile(r"(?<![\w.])[^\W\d_a-z]\w*|\b\w*[a-z0-9][A-Z]\w*|\b\w*[A-Z]\w*[A-Z]\w*")
_BEFORE_A_SENTENCE = "\"'“‘(* \t"


class Prompt(Value):
    """One card: what it asks and what it answers.

    Attributes:
        part: The name of the card.
        question: What is shown first.
        answer: What is to be said; empty for a step.
        asks: The keys of a bank under which the question may stand.
        says: Those under which the answer may stand.
    """

    part: str
    question: Reading
    answer: Reading
    asks: tuple[str, ...]
    says: tuple[str, ...]


QUESTION, ANSWER = ("q", "front"), ("a", "back")
CLOZE, CHOICES, STEPS = ("cloze",), ("choices",), ("steps",)
EMPTY = Reading("", (), (), ())


class NoteView:
    """A note read once for all rules."""

    def __init__(self, entry: BankNote, craft: Craft, path: str) -> None:
        """Keep the note, the names of its subjects and the path of its bank."""
        self.path = path
        self.entry = entry
        self.note = entry.note
        self.craft = craft
        self.subjects = tuple(tag for tag in self.note.tags if tag in craft.subjects)

    def reading(self, text: str) -> Reading:
        """Return a text of the note as plain text."""
        holes = self.note.kind is Kind.CLOZE
        return read(parse(text, holes=holes, macros=self.note.macros))

    @cached_property
    def prompts(self) -> tuple[Prompt, ...]:
        """The note's cards."""
        note = self.note
        if note.kind is Kind.CLOZE:
            tree = parse(note.question, holes=True, macros=note.macros)
            found = []
            for number in cloze.numbers(note.question):
                question = read(tree, frozenset({number}))
                answer = Reading(" … ".join(question.holes), (), (), ())
                found.append(Prompt(f"c{number}", question, answer, CLOZE, CLOZE))
            return tuple(found)
        question = self.reading(note.question)
        if note.kind is Kind.STEPS:
            return (Prompt("s1", question, EMPTY, QUESTION, STEPS),)
        if note.kind is Kind.CHOICE:
            right = self.reading("\n\n".join(note.right))
            return (Prompt("front", question, right, QUESTION, CHOICES),)
        front = Prompt("front", question, self.reading(note.answer), QUESTION, ANSWER)
        if note.reverse and note.reverse != note.answer:
            reverse = self.reading(note.reverse)
            return (front, Prompt("reverse", reverse, question, ("reverse",), QUESTION))
        return (front,)

    def texts(self) -> Iterator[tuple[tuple[str, ...], str, bool]]:
        """Yield every text of the note with its keys, and whether it may have holes."""
        note = self.note
        cloze_note = note.kind is Kind.CLOZE
        yield (CLOZE if cloze_note else QUESTION), note.question, cloze_note
        for keys, text in (
            (ANSWER, note.answer),
            (("reverse",), note.reverse if note.reverse != note.answer else ""),
            (("extra",), note.extra),
            (("hint",), note.hint),
            *((CHOICES, option) for option in (*note.right, *note.wrong)),
            *((STEPS, step) for step in note.steps),
        ):
            if text:
                yield keys, text, False

    @cached_property
    def extra(self) -> Reading:
        """What is shown after the answer."""
        return self.reading(self.note.extra)

    def asked(self) -> tuple[Prompt, ...]:
        """Return the cards that have a question of their own: all but those of a cloze."""
        return () if self.note.kind is Kind.CLOZE else self.prompts

    def is_named(self, reading: Reading) -> bool:
        """Tell whether a text calls one of the note's subjects by a name."""
        text = f" {' '.join(bare(reading.text))} "
        own = {stem(word) for word in bare(reading.text)}
        return any(
            own & self.craft.subjects[subject].stems()
            or any(f" {phrase} " in text for phrase in self.craft.phrases[subject])
            for subject in self.subjects
        )

    def names_something(self, reading: Reading) -> bool:
        """Tell whether a text holds any name at all: of a subject, a title, a capital inside."""
        return first_name(reading) is not None or self.is_named(reading)


def first_name(reading: Reading) -> int | None:
    """Return where the first name in a text stands, by its look, or None."""
    places = [
        place
        for title in reading.titles
        if len(title) > 1 and (place := reading.text.find(title)) >= 0
    ]
    for match in _CAPITAL.finditer(reading.text):
        word = match.group()
        inner = any(letter.isupper() for letter in word[1:])
        begins = _begins_sentence(reading.text, match.start())
        if word != "I" and (inner or not begins):
            places.append(match.start())
            break
    return min(places, default=None)


def _begins_sentence(text: str, place: int) -> bool:
    """Tell whether a word stands at the beginning of a sentence."""
    end = place
    while end and text[end - 1] in _BEFORE_A_SENTENCE:
        end -= 1
    return not end or text[end - 1] == "\n" or (end < place and text[end - 1] in ".?!:")
