"""What a card shows: its question, hint, answer, explanation and source, set to a width."""

from __future__ import annotations

from studytool.digests import digest
from studytool.markup import Blocks
from studytool.notes import Kind, Note, Source
from studytool.parsed_notes import ParsedNote
from studytool.screen_text import clean_line
from studytool.typeset import GAP, Holes, set_blocks
from studytool.values import Value
from studytool.wording import letter
from studytool.wrapping import Row, Rows, Run, join_roles, wrap


class Face(Value):
    """A card set to a width; any of the rows may be empty but the question's."""

    question: Rows
    hint: Rows
    answer: Rows
    extra: Rows
    source: Rows


def face(
    note: Note, parsed: ParsedNote, part: str, width: int, seed: str = "", signed: bool = False
) -> Face:
    """Return a card of a note, set to a width in columns.

    Args:
        note: The note.
        parsed: The note's trees.
        part: Which of its cards.
        width: Columns of a row.
        seed: Shuffles the options of a choice; the same seed gives the same order.
        signed: Whether a hole's hint stands behind the sign of a gap, for those who see no colours.
    """
    question: Rows
    if note.kind is Kind.CLOZE:
        number = int(part[1:])
        question = set_blocks(parsed.question, width, "question", Holes(number, signed=signed))
        answer = set_blocks(parsed.question, width, "answer", Holes(number, shown=True))
    elif note.kind is Kind.STEPS:
        question, answer = _steps(parsed, int(part[1:]), width)
    elif note.kind is Kind.CHOICE:
        question, answer = _choice(parsed, seed, width)
    elif part == "reverse":
        question = set_blocks(parsed.reverse, width, "question")
        answer = set_blocks(parsed.question, width, "answer")
    else:
        question = set_blocks(parsed.question, width, "question")
        answer = set_blocks(parsed.answer, width, "answer")
    return Face(
        question=question,
        hint=set_blocks(parsed.hint, width, "hint"),
        answer=answer,
        extra=set_blocks(parsed.extra, width, "extra"),
        source=tuple(wrap([Run(source_line(note.source), "source")], width))
        if source_line(note.source)
        else (),
    )


def source_line(source: Source) -> str:
    """Return a source as one line of text, safe for a terminal; empty if there is none."""
    named = [source.title, source.section, source.author, source.date]
    return clean_line(" · ".join(text for text in named if text) or source.url)


def _item(label: str, blocks: Blocks, width: int, roles: str) -> list[Row]:
    """Return blocks behind a label, such as the number of a step."""
    rows = set_blocks(blocks, width - len(label), roles) or ((),)
    first = Run(label, join_roles(roles, "marker"))
    return [
        (first if index == 0 else Run(" " * len(label)), *row) for index, row in enumerate(rows)
    ]


def _steps(parsed: ParsedNote, asked: int, width: int) -> tuple[Rows, Rows]:
    """Return the question with the steps so far, and the step that is asked."""
    rows = [*set_blocks(parsed.question, width, "question"), ()]
    for number, step in enumerate(parsed.steps[: asked - 1], 1):
        rows += _item(f"{number}. ", step, width, "answer")
    rows.append((Run(f"{asked}. ", "marker"), Run(f"[{GAP}]", "hole")))
    answer = _item(f"{asked}. ", parsed.steps[asked - 1], width, "answer")
    return tuple(rows), tuple(answer)


def shuffled(count: int, seed: str) -> list[int]:
    """Return the numbers below a count in an order that hangs on a seed alone."""

    return sorted(range(count), key=lambda number: digest(f"{seed} {number}", 8))


def _choice(parsed: ParsedNote, seed: str, width: int) -> tuple[Rows, Rows]:
    """Return the question with its options, and the right ones under the letters they have."""
    options = [(tree, True) for tree in parsed.right] + [(tree, False) for tree in parsed.wrong]
    order = [options[number] for number in shuffled(len(options), seed)]
    question = [*set_blocks(parsed.question, width, "question"), ()]
    answer: list[Row] = []
    for index, (tree, right) in enumerate(order):
        label = f"{letter(index)}  "
        question += _item("  " + label, tree, width, "answer")
        if right:
            answer += _item("✓ " + label, tree, width, "answer right")
    return tuple(question), tuple(answer)
