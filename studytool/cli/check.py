"""`studytool check`: every problem of the banks."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from studytool.cli.console import colored, emit, say
from studytool.cli.places import cards_root, place_options
from studytool.cli.waiting import waiting
from studytool.errors import ExitCode
from studytool.wording import counted


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--fix", is_flag=True, help="Write the ids of notes that have none into the banks.")
@click.option("--json", "as_json", is_flag=True, help="Print the complaints as JSON.")
@place_options
def check(
    paths: tuple[str, ...], fix: bool, as_json: bool, cards: str | None, home: str | None
) -> None:
    """Report every problem of the banks, with its place and a hint.

    PATH is a bank or a folder of banks; without one the library in use is checked. Exit code 1
    if there is an error; warnings alone leave it at 0.
    """
    from studytool.check import check as check_library
    from studytool.diagnostics import errors, render
    from studytool.library import load_library

    roots = [Path(path) for path in paths] or [cards_root(cards)]
    if fix:
        from studytool.authoring import write_ids

        for root in roots:
            for path, count in write_ids(root, load_library(root)):
                say(f"{path}: {counted(count, 'id')} written")
    with waiting("reading banks") as step:
        libraries = [load_library(root, step) for root in roots]
    found = [complaint for library in libraries for complaint in check_library(library)]
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
        what = f"{counted(banks, 'bank')}, {counted(notes, 'note')}"
        warnings = counted(len(found) - wrong, "warning")
        say(f"{what}: {counted(wrong, 'error')}, {warnings}")
    if wrong:
        raise SystemExit(ExitCode.PROBLEMS)
