"""Shows formulas as the LaTeX that makes them: a note's trees with code in their place."""

from __future__ import annotations

from typing import Any

from studytool.markup import Code, CodeBlock, Math, MathBlock
from studytool.notes import Note
from studytool.parsed_notes import ParsedNote, parse_note
from studytool.values import Value, fields, replace


def in_latex(note: Note, parsed: ParsedNote) -> ParsedNote:
    """Return the trees of a note with every formula as its source, dollar signs and all.

    Macros of the bank stand as the author wrote them. Holes of a cloze text stay holes, as they
    do in all code.

    Args:
        note: The note.
        parsed: Its trees.
    """
    if note.macros:
        parsed = parse_note(replace(note, macros=()))
    return ParsedNote(*(_as_code(getattr(parsed, name)) for name in fields(parsed)))


def _as_code(node: Any) -> Any:
    """Return a tree with code in place of formulas."""
    match node:
        case tuple():
            return tuple(map(_as_code, node))
        case Math(tex, display):
            sign = "$$" if display else "$"
            return Code(f"{sign}{tex}{sign}")
        case MathBlock(tex):
            return CodeBlock(f"$$\n{tex}\n$$", "")
        case Value():
            return type(node)(*(_as_code(getattr(node, name)) for name in fields(node)))
    return node
