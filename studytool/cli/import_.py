"""`studytool import`: reviews and decks that come from Anki."""

from __future__ import annotations

import os
from pathlib import Path

import click

from studytool import config, garbage
from studytool.cli.console import clock, moments, say
from studytool.cli.examples import Command
from studytool.cli.places import cards_root, place_options
from studytool.cli.waiting import waiting


@click.command(
    "import",
    cls=Command,
    examples={
        "studytool import ml.apkg --dry-run": "what would happen",
        "studytool import ml.apkg": "take over what you learned in Anki",
        "studytool import french.apkg --cards mine": "a deck of somebody, as banks in mine/",
    },
)
@click.argument("file", metavar="FILE")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@click.option(
    "-o", "--out", metavar="DIR", help="Where new banks go, in the cards. [default: the cards]"
)
@place_options
def import_(file: str, dry_run: bool, out: str | None, cards: str | None, home: str | None) -> None:
    """Read an .apkg or .colpkg file that Anki exported with its learning progress.

    Notes that came from here are known again: the answers given in Anki are added to yours, each
    once however often you import, and your banks stay as they are. Notes of other decks become
    banks, one a deck, with their pictures, sounds and answers.
    """
    from studytool.importing import Importing

    user = config.home(home, os.environ)
    root = cards_root(cards)
    folder = Path(out) if out else None
    with garbage.resting(), waiting("importing") as step:
        lines = Importing(
            *(Path(file), root, user, folder, moments(), clock(), dry_run, step)
        ).run()
    for line in lines or ("nothing new",):
        say(line)
