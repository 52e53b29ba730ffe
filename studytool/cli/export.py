"""`studytool export`: packages for Anki."""

from __future__ import annotations

import os
from pathlib import Path

import click

from studytool import config
from studytool.cli.console import clock, say
from studytool.cli.examples import Command
from studytool.cli.places import cards_root, open_store, place_options
from studytool.cli.waiting import waiting
from studytool.errors import ExitCode, UsageError


@click.command(
    cls=Command,
    examples={
        "studytool export": "all decks",
        "studytool export ML::GANs -o /tmp/decks": "one deck, into a folder",
        "studytool export --check": "are the packages up to date?",
        "studytool export --with-schedule": "take your progress along to a new Anki",
    },
)
@click.argument("decks", nargs=-1, metavar="[DECK]...")
@click.option(
    "-o", "--out", metavar="DIR", help="Where to write. [default: decks/ beside the cards]"
)
@click.option("--check", is_flag=True, help="Write nothing; tell whether the packages are current.")
@click.option(
    "--with-schedule", is_flag=True, help="Pack your progress too, for cards that Anki lacks."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["apkg", "txt"]),
    default="apkg",
    help="txt updates notes by GUID. [default: apkg]",
)
@place_options
def export(
    decks: tuple[str, ...],
    out: str | None,
    check: bool,
    with_schedule: bool,
    form: str,
    cards: str | None,
    home: str | None,
) -> None:
    """Build Anki packages, one .apkg for each top-level deck.

    Importing a newer package over an older one updates the notes whose text changed, adds new
    ones and leaves the rest, and everything you learned in Anki, as it is. DECK limits the
    export to decks and those below them; what is only a part of a top-level deck gets a file of
    its own, such as ml-gans.part.apkg.
    """
    from studytool import export as exporting

    if check and (decks or with_schedule or form == "txt"):
        raise UsageError("--check looks at the packages of all decks", "use it by itself")
    if with_schedule and form == "txt":
        raise UsageError("a text file holds no schedule", "leave out --format txt")
    folder = Path(out) if out else None
    user = config.home(home, os.environ)
    root = cards_root(cards)
    if with_schedule:
        from studytool.cli.chosen import settings

        with open_store(cards, home) as opened, waiting("exporting") as step:
            for notice in opened.notices:
                say(notice)
            store, rollover = opened.store, settings().rollover
            lines = exporting.export_with_schedule(
                root, decks, folder, clock(), store, rollover, step
            )
    else:
        with waiting("exporting") as step:
            if check:
                from studytool.deck_check import check_decks

                lines = check_decks(root, folder, clock(), user, step)
            elif form == "txt":
                lines = exporting.export_text(root, decks, folder, clock(), user, step)
            else:
                lines = exporting.export_library(root, decks, folder, clock(), user, step)
    for line in lines:
        say(line)
    if check and lines:
        raise click.exceptions.Exit(ExitCode.PROBLEMS)
