"""`studytool subjects`: how many notes each subject of a library has."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from studytool.cli.console import colored, emit, say
from studytool.cli.examples import Command
from studytool.cli.places import cards_root, place_options
from studytool.cli.waiting import waiting


@click.command(
    cls=Command,
    examples={
        "studytool subjects": "those of the library in use",
        "studytool subjects cards": "those of a folder of banks",
    },
)
@click.argument("path", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
@place_options
def subjects(path: str | None, as_json: bool, cards: str | None, home: str | None) -> None:
    """Print the notes and cards of each subject, in the order of subjects.tsv.

    PATH is a bank or a folder of banks; without one the library in use is counted. A library
    lists its subjects in subjects.tsv beside its banks: id, name and other names, with tabs
    between them; notes carry the id as a tag.
    """
    from studytool import subject_list
    from studytool.craft.subjects import Craft
    from studytool.library import load_library

    root = Path(path) if path else cards_root(cards)
    with waiting("reading banks") as step:
        library = load_library(root, step)
    listed = subject_list.count(library, Craft(root))
    if as_json:
        import json

        emit(json.dumps(subject_list.document(listed), ensure_ascii=True, indent=2))
        return
    from studytool.ansi import paint
    from studytool.cli.width import page_width

    emit(paint(subject_list.page(listed, page_width()), colored(sys.stdout)))
    say(subject_list.verdict(listed))
