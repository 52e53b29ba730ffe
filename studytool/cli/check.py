"""`studytool check`: every problem of the banks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.cli.console import colored, emit, say
from studytool.cli.examples import Command
from studytool.cli.places import cards_root, place_options
from studytool.cli.waiting import waiting
from studytool.errors import ExitCode, UsageError
from studytool.wording import counted

if TYPE_CHECKING:
    from studytool.diagnostics import Diagnostic

ALL_RULES = "all"
"""What `--explain` means without a name."""


@click.command(
    cls=Command,
    examples={
        "studytool check cards/mine.yaml": "one bank",
        "studytool check cards --fix": "write ids into a folder of banks",
        "studytool check --craft --info": "all that could be better",
        "studytool check --against book.txt": "find sentences that were copied",
        "studytool check --explain gives-away": "what a rule asks for, and why",
    },
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--fix", is_flag=True, help="Write the ids of notes that have none into the banks.")
@click.option("--craft", is_flag=True, help="Apply the rules of good notes to any library.")
@click.option("--info", is_flag=True, help="List also what is only worth a look.")
@click.option(
    "--against",
    multiple=True,
    metavar="TEXT",
    help="Find words copied from this text, or from a folder of texts.",
)
@click.option(
    "--explain",
    metavar="[RULE]",
    is_flag=False,
    flag_value=ALL_RULES,
    help="Tell what a rule asks for and why, with examples; without RULE list them.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the complaints as JSON.")
@place_options
def check(
    paths: tuple[str, ...],
    fix: bool,
    craft: bool,
    info: bool,
    against: tuple[str, ...],
    explain: str | None,
    as_json: bool,
    cards: str | None,
    home: str | None,
) -> None:
    """Report every problem of the banks, with its place and a hint.

    PATH is a bank or a folder of banks; without one the library in use is checked. Exit code 1
    if there is an error; warnings alone leave it at 0. Formulas are read too: what is wrong in
    one, and what Anki would not show.

    A library whose library.toml has a table [craft] is also held to the rules of good notes:
    one fact a note, no give-away, a source. A line of exceptions.txt beside the banks (rule,
    note id, reason) lets one complaint stand.
    """
    if explain is not None:
        if as_json or paths:
            raise UsageError("--explain stands alone", f"studytool check --explain {explain}")
        emit(_explained(explain))
        return
    from studytool.check import check as check_library
    from studytool.diagnostics import Severity, errors, render
    from studytool.library import load_library

    roots = list({path.absolute(): path for path in map(Path, paths)}.values())
    roots = roots or [cards_root(cards)]
    sources = _texts(against)
    if fix:
        from studytool.authoring import write_ids

        for root in roots:
            for path, count in write_ids(root, load_library(root)):
                say(f"{path}: {counted(count, 'id')} written")
    with waiting("reading banks") as step:
        libraries = [load_library(root, step) for root in roots]
    complaints = (
        complaint
        for root, library in zip(roots, libraries, strict=True)
        for complaint in check_library(library, root, sources, craft)
        if info or complaint.severity is not Severity.INFO
    )
    found = list(dict.fromkeys(complaints))  # two banks of one folder share its files
    notes = sum(len(bank.notes) for library in libraries for bank in library.banks.values())
    banks = sum(len(library.banks) for library in libraries)
    wrong = errors(found)
    if as_json:
        import json

        document = {
            "schema_version": 1,
            "banks": banks,
            "notes": notes,
            "errors": wrong,
            "diagnostics": [complaint.as_json() for complaint in found],
        }
        emit(json.dumps(document, ensure_ascii=True, indent=2))
    else:
        for complaint in found:
            emit(render(complaint, colored(sys.stdout)) + "\n")
        say(f"{counted(banks, 'bank')}, {counted(notes, 'note')}: {_verdict(found)}")
    if wrong:
        raise SystemExit(ExitCode.PROBLEMS)


def _verdict(found: list[Diagnostic]) -> str:
    """Return how many complaints of which weight there are."""
    from studytool.diagnostics import Severity

    count = {level: sum(each.severity is level for each in found) for level in Severity}
    said = (
        f"{counted(count[Severity.ERROR], 'error')}, {counted(count[Severity.WARNING], 'warning')}"
    )
    return said + (f", {count[Severity.INFO]} to look at" if count[Severity.INFO] else "")


def _texts(places: tuple[str, ...]) -> list[list[str]]:
    """Return the words of the texts that the banks are compared with.

    Raises:
        UsageError: If one is not there or no text.
    """
    from studytool.craft.copied import text_files, words_of

    texts = []
    for place in places:
        if not Path(place).exists():
            raise UsageError(f"there is no {place}", "name a .txt or .md file, or a folder of them")
        texts += [words_of(file) for file in text_files(Path(place))]
    return texts


def _explained(name: str) -> str:
    """Return what a rule asks for, or the list of all rules.

    Raises:
        UsageError: If there is no such rule.
    """
    from studytool.cli.width import page_width
    from studytool.craft.explain import explained, listed

    return listed(page_width()) if name == ALL_RULES else explained(name, page_width())
