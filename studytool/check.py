"""Checks a library beyond its grammar: one word a rule."""

from __future__ import annotations

from collections.abc import Iterator

from studytool import cloze, markup
from studytool.diagnostics import Diagnostic, Severity
from studytool.library import Library
from studytool.markdown import parse
from studytool.notes import Kind

DERIVED_SHOWN = 3
"""How many derived ids are named before the rest is only counted."""


def check(library: Library) -> list[Diagnostic]:
    """Return every complaint about a library, by file and line.

    It is what the loader found, and the rules of this module: `hole-lost`, `derived-id`.
    """
    found = [*library.diagnostics, *_lost_holes(library), *_derived_ids(library)]
    return sorted(found, key=lambda d: (d.path, d.line, d.column))


def _lost_holes(library: Library) -> Iterator[Diagnostic]:
    """Yield the cloze notes of which Markdown tears a hole apart, so that it cannot be asked."""
    for bank in library.banks.values():
        for entry in bank.notes:
            note = entry.note
            if note.kind is not Kind.CLOZE:
                continue
            shown = markup.hole_numbers(parse(note.question, holes=True))
            lost = [f"c{number}" for number in cloze.numbers(note.question) if number not in shown]
            if lost:
                yield Diagnostic(
                    Severity.ERROR,
                    "hole-lost",
                    f"{', '.join(lost)} of `{note.id}` is cut by a formula, code or paragraph",
                    bank.path,
                    entry.line,
                    entry.column,
                    help="a hole begins and ends inside one paragraph, formula or code span",
                    source_line=entry.source_line,
                )


def _derived_ids(library: Library) -> Iterator[Diagnostic]:
    """Yield one warning a bank for notes whose id hangs on the wording of the question."""
    for bank in library.banks.values():
        derived = [entry for entry in bank.notes if entry.note.derived]
        if derived:
            first = derived[0]
            count = "1 note has" if len(derived) == 1 else f"{len(derived)} notes have"
            names = ", ".join(f"`{entry.note.id}`" for entry in derived[:DERIVED_SHOWN])
            more = len(derived) - DERIVED_SHOWN
            yield Diagnostic(
                Severity.WARNING,
                "derived-id",
                f"{count} no id: {names}" + (f" and {more} more" * (more > 0)),
                bank.path,
                first.line,
                first.column,
                help="studytool check --fix writes it, so that rewording keeps the history",
                source_line=first.source_line,
            )
