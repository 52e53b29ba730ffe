"""`studytool export`: packages for Anki."""

from __future__ import annotations

from pathlib import Path

import click

from studytool.cli.console import clock, say
from studytool.cli.places import cards_option, cards_root


@click.command()
@click.argument("decks", nargs=-1, metavar="[DECK]...")
@click.option(
    "-o", "--out", metavar="DIR", help="Where to write. [default: decks/ beside the cards]"
)
@cards_option
def export(decks: tuple[str, ...], out: str | None, cards: str | None) -> None:
    """Build Anki packages, one .apkg for each top-level deck.

    Importing a newer package over an older one updates the notes whose text changed, adds new
    ones and leaves the rest, and everything you learned in Anki, as it is. DECK limits the
    export to decks and those below them.
    """
    from studytool.export import export_library

    for line in export_library(cards_root(cards), decks, Path(out) if out else None, clock()):
        say(line)
