"""Notes and their cards as values, and the identity that never changes."""

from __future__ import annotations

import json
import re
import unicodedata
from enum import StrEnum
from typing import Any

from studytool import cloze
from studytool.values import Value, fields

MAX_ID_LENGTH = 80
"""Longest id, in characters."""


class Kind(StrEnum):
    """What a note is, inferred from its keys."""

    BASIC = "basic"
    CLOZE = "cloze"
    CHOICE = "choice"
    STEPS = "steps"


class Source(Value):
    """Where a note's knowledge comes from; every field may be empty."""

    title: str = ""
    author: str = ""
    date: str = ""
    url: str = ""
    section: str = ""
    quote: str = ""


NO_SOURCE = Source()


class Note(Value):
    """What an author writes: one note of a bank, with what it inherits from the bank.

    Attributes:
        id: The note's id, as written or derived.
        kind: Which of the text fields below are filled.
        deck: Full deck name, parts joined by `::`.
        question: The question of a basic, choice or steps note; the text of a cloze note.
        answer: The answer of a basic note.
        reverse: The question of the reverse card; empty when there is none.
        right: Right options of a choice note.
        wrong: Wrong options of a choice note.
        steps: The steps of a steps note, in order.
        accept: Typed answers that count as right.
        extra: Shown after the answer; the explanation of a choice.
        hint: Shown on request before the answer.
        tags: Tags, inherited ones first, without repeats.
        source: Where the knowledge comes from.
        was: Former ids, newest first.
        guid: The GUID of a note that came from Anki; empty for our own.
        suspended: The author has taken the note out of review.
        macros: LaTeX macros of the bank, as (command, replacement) pairs.
        derived: The id was derived from the question, not written by the author.
    """

    id: str
    kind: Kind
    deck: str
    question: str
    answer: str = ""
    reverse: str = ""
    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    extra: str = ""
    hint: str = ""
    tags: tuple[str, ...] = ()
    source: Source = NO_SOURCE
    was: tuple[str, ...] = ()
    guid: str = ""
    suspended: bool = False
    macros: tuple[tuple[str, str], ...] = ()
    derived: bool = False

    def parts(self) -> tuple[str, ...]:
        """Return the names of the note's cards in the order they are learned."""
        if self.kind is Kind.CLOZE:
            return tuple(f"c{number}" for number in cloze.numbers(self.question))
        if self.kind is Kind.STEPS:
            return tuple(f"s{number}" for number in range(1, len(self.steps) + 1))
        return ("front", "reverse") if self.reverse else ("front",)

    def asked(self, part: str) -> str:
        """Return the text that a card is about: the step of a steps note, else the question."""
        return self.steps[int(part[1:]) - 1] if self.kind is Kind.STEPS else self.question

    def oldest_id(self) -> str:
        """Return the id the note was born with, folded so that case never matters."""
        return fold(self.was[-1] if self.was else self.id)

    def to_json(self) -> str:
        """Return the note as JSON; fields at their default are left out."""
        values: dict[str, object] = {}
        for name in fields(self):
            value = getattr(self, name)
            if name == "source":
                value = {key: text for key in fields(value) if (text := getattr(value, key))}
            if value or name in _REQUIRED:
                values[name] = value
        return _ENCODE(values)

    @classmethod
    def from_json(cls, text: str) -> Note:
        """Return the note that `to_json` wrote."""
        values: dict[str, Any] = json.loads(text)
        for name in _LISTS & values.keys():
            values[name] = tuple(values[name])
        if "macros" in values:
            values["macros"] = tuple((name, text) for name, text in values["macros"])
        values["kind"] = Kind(values["kind"])
        values["source"] = Source(**values.get("source", {}))
        return cls(**values)


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_ASCII_ID = re.compile(r"[A-Za-z0-9._-]+")
_REQUIRED = frozenset({"id", "kind", "deck", "question"})
_LISTS = frozenset({"right", "wrong", "steps", "accept", "tags", "was"})


class Card(Value):
    """One prompt of a note.

    Attributes:
        key: The note's key, see `note_key`.
        part: `front`, `reverse`, `c1`…, `s1`….
    """

    key: str
    part: str


def fold(name: str) -> str:
    """Return an id in the form in which ids are compared: NFC and case-folded."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def deck_key(name: str) -> str:
    """Return a deck's name in the form in which decks are compared: trimmed, NFC, case-folded."""
    return fold(name.strip().strip(":"))


def holds(above: str, deck: str) -> bool:
    """Tell whether a deck is another one, or below it."""
    own, name = deck_key(above), deck_key(deck)
    return name == own or name.startswith(own + "::")


def valid_id(name: str) -> bool:
    """Tell whether an id has the fixed grammar: NFC letters and digits of any script, `-_.`.

    A letter may carry combining marks, which several scripts cannot do without.
    """
    if name.isascii():
        return len(name) <= MAX_ID_LENGTH and _ASCII_ID.fullmatch(name) is not None
    return (
        0 < len(name) <= MAX_ID_LENGTH
        and unicodedata.category(name[0])[0] != "M"
        and all(
            character in "-_." or unicodedata.category(character)[0] in "LMN" for character in name
        )
        and unicodedata.is_normalized("NFC", name)
    )


def note_key(library: str, note: Note) -> str:
    """Return the name under which a note's progress is kept: the key of its oldest id."""
    return id_key(library, note.was[-1] if note.was else note.id)


def id_key(library: str, name: str) -> str:
    """Return the key of an id: behind the library's name and a slash, if the library has one.

    A slash is in no id, so notes of two libraries never share progress.
    """
    return f"{fold(library)}/{fold(name)}" if library else fold(name)


def guid(library: str, note: Note) -> str:
    """Return the GUID under which Anki knows a note; it hangs on identity, never on text.

    The first 20 hexadecimal digits of the SHA-256 of library name, oldest id and kind, joined
    by U+001F; or the note's own `guid` if it came from Anki.
    """
    if note.guid:
        return note.guid
    identity = "\x1f".join((fold(library), note.oldest_id(), str(note.kind)))
    from hashlib import sha256

    return sha256(identity.encode()).hexdigest()[:20]
