"""Checks a library beyond its grammar: what its loader found, and the rules it asks for."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from studytool.diagnostics import Diagnostic, Severity
from studytool.library import Library
from studytool.tag_prefix import tag_prefix

DERIVED_SHOWN = 3
"""How many derived ids are named before the rest is only counted."""


def check(
    library: Library,
    root: Path,
    sources: Iterable[Sequence[str]] = (),
    craft: bool = False,
    clean: set[str] | None = None,
) -> list[Diagnostic]:
    """Return every complaint about a library, by file and line.

    It is what the loader found, the rule of this module, `derived-id`, what is wrong with
    formulas, and the rules of the craft if the library's `library.toml` has a table `[craft]`.

    Args:
        library: The banks.
        root: Where they were loaded from.
        sources: The words of texts from which notes may not copy.
        craft: The rules of the craft count, whether the library asks for them or not.
        clean: What `check_formulas` knows of before.
    """
    from studytool.craft.subjects import Craft
    from studytool.formula_check import check_formulas

    folder = root if root.is_dir() else root.parent
    found = [*library.diagnostics, *tag_prefix(folder)[1], *_derived_ids(library)]
    found += check_formulas(library, root, clean)
    wanted = Craft(root)
    if craft or wanted.asked or sources:
        from studytool.craft.rules import NAMES, VERBATIM, check_craft

        names = NAMES if craft or wanted.asked else (VERBATIM,)
        found += check_craft(library, wanted, sources, names)
    return sorted(dict.fromkeys(found), key=lambda d: (d.path, d.line or sys.maxsize, d.column))


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
