"""A note with its texts parsed: what every face of its cards is made of."""

from __future__ import annotations

import json

from studytool import markup
from studytool.markup import Blocks
from studytool.notes import Kind, Note
from studytool.values import Value, fields


class ParsedNote(Value):
    """The trees of a note's texts, named as the fields of `Note`."""

    question: Blocks = ()
    answer: Blocks = ()
    reverse: Blocks = ()
    right: tuple[Blocks, ...] = ()
    wrong: tuple[Blocks, ...] = ()
    steps: tuple[Blocks, ...] = ()
    extra: Blocks = ()
    hint: Blocks = ()

    def to_json(self) -> str:
        """Return the trees as JSON."""
        values = {
            name: markup.as_json(tree) for name in fields(self) if (tree := getattr(self, name))
        }
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> ParsedNote:
        """Return the trees that `to_json` wrote."""
        return cls(**{name: markup.from_json(value) for name, value in json.loads(text).items()})


def parse_note(note: Note) -> ParsedNote:
    """Parse every text of a note; every note has a result."""
    from studytool.markdown import parse

    def trees(texts: tuple[str, ...]) -> tuple[Blocks, ...]:
        return tuple(parse(text, macros=note.macros) for text in texts)

    def tree(text: str) -> Blocks:
        return parse(text, macros=note.macros)

    return ParsedNote(
        question=parse(note.question, note.kind is Kind.CLOZE, note.macros),
        answer=tree(note.answer),
        reverse=tree(note.reverse),
        right=trees(note.right),
        wrong=trees(note.wrong),
        steps=trees(note.steps),
        extra=tree(note.extra),
        hint=tree(note.hint),
    )
