"""Turns Anki's notes into drafts of ours: which field asks, which answers, what is extra."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from studytool import cloze
from studytool.anki.collection import AnkiNote, AnkiNotetype
from studytool.anki.html_to_markdown import convert
from studytool.anki.notetypes import NOTETYPES
from studytool.anki.special_marks import plain
from studytool.notes import Kind

MAX_FIELD = 400_000
"""Longest field that is read, in characters."""
NO_ANSWER = "—"
"""Stands for an answer that Anki's note has not; a note of ours needs one."""
_REFERENCE = re.compile(r"\{\{([^{}]{1,200})\}\}")
_SPECIAL = frozenset(("frontside", "tags", "type", "deck", "subdeck", "card", "cardflag"))
_OWN = {notetype.id: kind for kind, notetype in NOTETYPES.items()}
_OPTION = re.compile(r"<li(?= class=|>)")
_STEP = re.compile(r"\{\{c\d+::")

Value: TypeAlias = str | list[str] | dict[str, list[str]]


class Draft(NamedTuple):
    """A note of ours that is to be written.

    Attributes:
        keys: The keys of a bank's note but for id, tags and guid, and their texts.
        lost: Elements of HTML of which only the text is left.
        odd: What else is not as it was in Anki, in words; empty if nothing is.
    """

    keys: dict[str, Value]
    lost: tuple[str, ...] = ()
    odd: str = ""


class _Roles(NamedTuple):
    """Numbers of the fields of a notetype that ask, that answer, that are typed, that hint."""

    question: list[int]
    answer: list[int]
    typed: list[int]
    hints: list[int]


def own_kind(notetype: AnkiNotetype) -> Kind | None:
    """Return the kind of a notetype that an export of ours made, or None."""
    return _OWN.get(notetype.id) if notetype.name.startswith("Studytool") else None


def draft(
    note: AnkiNote,
    notetype: AnkiNotetype,
    ordinals: Sequence[int],
    media: Callable[[str], str],
) -> Draft | str:
    """Return a note as a draft of ours, or why there can be none.

    Args:
        note: The note.
        notetype: Its notetype.
        ordinals: Which cards it has, from 0.
        media: Gives the path of a picture or sound by Anki's name; empty if there is none.
    """
    if any(len(field) > MAX_FIELD for field in note.fields):
        return "a field is too long"
    if not any(map(_shows, note.fields)):
        return "it is empty"
    fields = _Fields(note, notetype, media)
    kind = own_kind(notetype)
    if kind in (Kind.CHOICE, Kind.STEPS) and len(note.fields) >= 6:
        return fields.own(kind)
    if kind is Kind.BASIC and len(note.fields) >= 7:
        return fields.own_basic()
    if notetype.cloze and "image-occlusion:" not in note.fields[0]:
        found = fields.cloze(kind is Kind.CLOZE and len(note.fields) >= 4)
        if found:
            return found
    return fields.basic(1 in ordinals)


class _Fields:
    """The fields of one note."""

    def __init__(self, note: AnkiNote, notetype: AnkiNotetype, media: Callable[[str], str]) -> None:
        self.values = note.fields
        self.notetype = notetype
        self.media = media
        self.lost: set[str] = set()
        self.odd = ""

    def text(self, number: int, holes: bool = False) -> str:
        """Return a field as Markdown."""
        if not 0 <= number < len(self.values):
            return ""
        return self.converted(self.values[number], holes)

    def converted(self, html: str, holes: bool = False) -> str:
        """Return HTML as Markdown, and remember what it could not have."""
        found = convert(html, self.media, holes)
        self.lost.update(found.lost)
        if not found.sure:
            self.odd = "its text has to be looked at"
        return found.text

    def done(self, keys: dict[str, Value]) -> Draft:
        """Return the draft without keys that have nothing."""
        kept = {key: value for key, value in keys.items() if value}
        return Draft(kept, tuple(sorted(self.lost)), self.odd)

    def cloze(self, own: bool) -> Draft | None:
        """Return a cloze note, or None if there is no hole in it; `own` if our export wrote it."""
        roles = _roles(self.notetype, 0)
        number = (roles.question or [0])[0]
        text = self.text(number, holes=True)
        holes, unclosed = cloze.scan(text)
        if not holes or unclosed:
            return None
        if own:
            tail = {
                "extra": self.text(1),
                "hint": self.text(2),
                "source": _one_line(self.values[3]),
            }
            return self.done({"cloze": text, **tail})
        rest = [n for n in range(len(self.values)) if n != number]
        return self.done({"cloze": text, "extra": self.together(rest, labelled=len(rest) > 1)})

    def basic(self, both: bool) -> Draft:
        """Return a note with a question and an answer; `both` if there is a second card."""
        roles = _roles(self.notetype, 0)
        shown = [n for n in range(len(self.values)) if _shows(self.values[n])]
        question = [n for n in roles.question if n in shown] or shown[:1]
        behind = [n for n in (*roles.typed, *roles.answer, *range(len(self.values)))]
        answer = next((n for n in behind if n in shown and n not in question), -1)
        hints = [n for n in roles.hints if n in shown and n not in (*question, answer)]
        rest = [n for n in shown if n not in (*question, answer, *hints)]
        if answer < 0:
            self.odd = "it has no answer"
        if self.notetype.cloze:
            occlusion = "image-occlusion:" in self.values[0]
            self.odd = "an image occlusion" if occlusion else "a cloze without a hole"
        back = _roles(self.notetype, 1).question if len(self.notetype.templates) > 1 else []
        typed = [_one_line(self.values[n]) for n in roles.typed if n in shown]
        return self.done(
            {
                "q": self.together(question, labelled=False),
                "a": self.text(answer) or NO_ANSWER,
                "reverse": "true"
                if both and answer in back and not set(question) & set(back)
                else "",
                "accept": [text for text in typed if text],
                "extra": self.together(rest, labelled=len(rest) > 1),
                "hint": self.together(hints, labelled=False),
            }
        )

    def own_basic(self) -> Draft:
        """Return a note that our export wrote as a basic one."""
        accept = _one_line(self.values[3])
        return self.done(
            {
                "q": self.text(0) or NO_ANSWER,
                "a": self.text(1) or NO_ANSWER,
                "reverse": self.text(2),
                "accept": [accept] if accept else [],
                "extra": self.text(4),
                "hint": self.text(5),
                "source": _one_line(self.values[6]),
            }
        )

    def own(self, kind: Kind) -> Draft | str:
        """Return a note that our export wrote as a choice or as steps."""
        keys: dict[str, Value] = {"q": self.text(0) or NO_ANSWER}
        if kind is Kind.STEPS:
            steps = _STEP.split(self.values[1])[1:]
            keys["steps"] = [self.converted(step.removesuffix("}}")) for step in steps]
        else:
            options = []
            for option in _OPTION.split(self.values[1])[1:]:
                start, _, inside = option.partition(">")
                options.append(("right" in start, self.converted(inside.removesuffix("</li>"))))
            keys["choices"] = {
                "right": [text for right, text in options if right],
                "wrong": [text for right, text in options if not right],
            }
        first = 2 if kind is Kind.STEPS else 3
        keys |= {"extra": self.text(first), "hint": self.text(first + 1)}
        return self.done(keys | {"source": _one_line(self.values[first + 2])})

    def together(self, numbers: Sequence[int], labelled: bool) -> str:
        """Return some fields below each other, with their names if that is wanted."""
        found = []
        for number in numbers:
            text = self.text(number)
            if text and labelled and number < len(self.notetype.fields):
                name = _one_line(self.notetype.fields[number])
                name = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", name)
                simple = "\n" not in text and text[:1].isalnum()
                text = f"**{name}:**" + (f" {text}" if simple else f"\n\n{text}")
            found.append(text)
        return "\n\n".join(text for text in found if text)


@lru_cache(maxsize=64)
def _roles(notetype: AnkiNotetype, template: int) -> _Roles:
    """Return what a template does with the fields of its notetype."""
    names = {name.casefold(): number for number, name in enumerate(notetype.fields)}
    if template >= len(notetype.templates):
        return _Roles([0], [1], [], [])
    _, front, back = notetype.templates[template]
    roles = _Roles([], [], [], [])
    for side, into in ((front, roles.question), (back, roles.answer)):
        for reference in _REFERENCE.findall(side):
            *filters, name = (part.strip() for part in reference.split(":"))
            number = names.get(name.casefold())
            if number is None or name[:1] in "#^/" or name.casefold() in _SPECIAL:
                continue
            target = into
            if "type" in filters and "cloze" not in filters:
                target = roles.typed
            elif "hint" in filters:
                target = roles.hints
            if number not in target:
                target.append(number)
    return roles


def _shows(field: str) -> bool:
    """Tell whether a field shows anything."""
    if "<" not in field and "&" not in field:
        return bool(field.strip())
    return "<img" in field.lower() or bool(plain(field))


def _one_line(field: str) -> str:
    """Return a field as plain text in one line."""
    return plain(field)
