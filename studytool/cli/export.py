"""`studytool export`: packages for Anki."""

from __future__ import annotations

import os
from pathlib import Path

import click

from studytool import config
from studytool.cli.console import clock, say
from studytool.cli.examples import Command
from studytool.cli.places import cards_root, place_options
from studytool.cli.waiting import waiting


@click.command(
    cls=Command,
    examples={
        "studytool export": "all decks",
        "studytool export ML::GANs -o /tmp/decks": "one deck, into a folder",
    },
)
@click.argument("decks", nargs=-1, metavar="[DECK]...")
@click.option(
    "-o", "--out", metavar="DIR", help="Where to write. [default: decks/ beside the cards]"
)
@place_options
def export(decks: tuple[str, ...], out: str | None, cards: str | None, home: str | None) -> None:
    """Build Anki packages, one .apkg for each top-level deck.

    Importing a newer package over an older one updates the notes whose text changed, adds new
    ones and leaves the rest, and everything you learned in Anki, as it is. DECK limits the
    export to decks and those below them.
    """
    from studytool.export import export_library

    folder = Path(out) if out else None
    user = config.home(home, os.environ)
    root = cards_root(cards)
    with waiting("exporting") as step:
        lines = export_library(root, decks, folder, clock(), user, step)
    for line in lines:
        say(line)
