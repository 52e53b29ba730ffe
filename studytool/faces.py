"""What a card shows: its question, hint, answer, explanation and source, set to a width."""

from __future__ import annotations

from studytool.notes import Kind, Note, Source
from studytool.options import item, set_options
from studytool.parsed_notes import ParsedNote
from studytool.screen_text import clean_line
from studytool.typeset import GAP, Holes, set_blocks
from studytool.values import Value
from studytool.wrapping import Rows, Run, wrap


class Face(Value):
    """A card set to a width; any of the rows may be empty but the question's."""

    question: Rows
    hint: Rows
    answer: Rows
    extra: Rows
    source: Rows


def face(
    note: Note,
    parsed: ParsedNote,
    part: str,
    width: int,
    seed: str = "",
    chosen: frozenset[int] = frozenset(),
    signed: bool = False,
) -> Face:
    """Return a card of a note, set to a width in columns.

    Args:
        note: The note.
        parsed: The note's trees.
        part: Which of its cards.
        width: Columns of a row.
        seed: Shuffles the options of a choice; the same seed gives the same order.
        chosen: The options that the learner has marked, counted from 0 as they are shown.
        signed: Whether a hole's hint stands behind the sign of a gap and formulas are set on one
            line, for those who see neither colours nor shapes.
    """
    question: Rows
    if note.kind is Kind.CLOZE:
        number = int(part[1:])
        question = set_blocks(
            parsed.question, width, "question", Holes(number, signed=signed), signed
        )
        answer = set_blocks(parsed.question, width, "answer", Holes(number, shown=True), signed)
    elif note.kind is Kind.STEPS:
        question, answer = _steps(parsed, int(part[1:]), width, signed)
    elif note.kind is Kind.CHOICE:
        asked, answer = set_options(parsed, seed, width, chosen, signed)
        question = (*set_blocks(parsed.question, width, "question", linear=signed), (), *asked)
    elif part == "reverse":
        question = set_blocks(parsed.reverse, width, "question", linear=signed)
        answer = set_blocks(parsed.question, width, "answer", linear=signed)
    else:
        question = set_blocks(parsed.question, width, "question", linear=signed)
        answer = set_blocks(parsed.answer, width, "answer", linear=signed)
    return Face(
        question=question,
        hint=set_blocks(parsed.hint, width, "hint", linear=signed),
        answer=answer,
        extra=set_blocks(parsed.extra, width, "extra", linear=signed),
        source=tuple(wrap([Run(source_line(note.source), "source")], width))
        if source_line(note.source)
        else (),
    )


def source_line(source: Source) -> str:
    """Return a source as one line of text, safe for a terminal; empty if there is none."""
    named = [source.title, source.section, source.author, source.date]
    return clean_line(" · ".join(text for text in named if text) or source.url)


def _steps(parsed: ParsedNote, asked: int, width: int, linear: bool) -> tuple[Rows, Rows]:
    """Return the question with the steps so far, and the step that is asked; at the end all."""
    steps = [
        item(f"{number}. ", step, width, "answer", linear)
        for number, step in enumerate(parsed.steps, 1)
    ]
    question = [*set_blocks(parsed.question, width, "question", linear=linear), ()]
    question += (row for step in steps[: asked - 1] for row in step)
    question.append((Run(f"{asked}. ", "marker"), Run(f"[{GAP}]", "hole")))
    shown = steps if asked == len(steps) else [steps[asked - 1]]
    return tuple(question), tuple(row for step in shown for row in step)
