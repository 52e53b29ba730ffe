"""`studytool due`: what is left to do today, deck by deck."""

from __future__ import annotations

import sys

import click

from studytool.cli.console import clock, colored, emit, say
from studytool.cli.examples import Command
from studytool.cli.places import open_store, place_options


@click.command(
    cls=Command,
    examples={
        "studytool due": "all decks",
        "studytool due ML --tag theorem": "a deck and those below, of one tag",
        "studytool due --json": "for a status bar",
    },
)
@click.argument("deck", required=False)
@click.option(
    "--tag", "tags", multiple=True, metavar="TAG", help="Only notes with this tag; again for and."
)
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
@place_options
def due(
    deck: str | None,
    tags: tuple[str, ...],
    as_json: bool,
    cards: str | None,
    home: str | None,
) -> None:
    """Print what is due today, deck by deck, and when the next card is due.

    DECK limits it to a deck and the decks below it. The numbers are those of the review that
    begins now: limits of the day count, and of a note one card is asked a day.
    """
    from studytool import due_list
    from studytool.opening import review_session

    with open_store(cards, home) as opened:
        session = review_session(opened, deck, tags, None, clock, trust_clock=True)
        for notice in opened.notices:
            say(notice)
        today = due_list.due_today(session)
    if as_json:
        import json

        emit(json.dumps(due_list.document(today), ensure_ascii=True, indent=2))
    else:
        from studytool.ansi import paint
        from studytool.cli.width import page_width

        emit(paint(due_list.page(today, page_width()), colored(sys.stdout)))
