"""`studytool show`: one note as it will look."""

from __future__ import annotations

import sys

import click

from studytool.cli.console import colored, emit
from studytool.cli.examples import Command
from studytool.cli.places import open_store, place_options


@click.command(
    cls=Command,
    examples={
        "studytool show my-note": "the note with this id",
        "studytool show my-note --width 40": "as a narrow terminal shows it",
        "studytool show my-note --latex": "with its formulas as they are written",
    },
)
@click.argument("note_id", metavar="ID")
@click.option(
    "--width",
    type=click.IntRange(20),
    default=76,
    metavar="N",
    help="Columns, 20 or more. [default: 76]",
)
@click.option("--latex", is_flag=True, help="Show formulas as LaTeX.")
@place_options
def show(note_id: str, width: int, latex: bool, cards: str | None, home: str | None) -> None:
    """Print a note's cards as the review shows them, and where the note lives."""
    from studytool.cli.pictures import printed
    from studytool.overview import shown_note

    with open_store(cards, home) as opened:
        emit(
            shown_note(
                opened, note_id, width, colored(sys.stdout),
                lambda rows, bank: printed(opened, rows, bank, width), latex,
            )
        )  # fmt: skip
