"""`studytool stats`: what was learned, in figures and charts."""

from __future__ import annotations

import sys

import click

from studytool.cli.console import clock, colored, emit, say
from studytool.cli.examples import Command
from studytool.cli.places import open_store, place_options


@click.command(
    cls=Command,
    examples={
        "studytool stats": "everything",
        "studytool stats ML::GANs --graph retention": "one table of one deck",
        "studytool stats --json": "every number, for a script",
    },
)
@click.argument("deck", required=False)
@click.option(
    "--tag", "tags", multiple=True, metavar="TAG", help="Only notes with this tag; again for and."
)
@click.option(
    "--graph",
    "graphs",
    multiple=True,
    metavar="NAME",
    help="Only this: today, due, calendar, cards, retention, buttons, hours, intervals, ease,"
    " decks or tags; again for more.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
@place_options
def stats(
    deck: str | None,
    tags: tuple[str, ...],
    graphs: tuple[str, ...],
    as_json: bool,
    cards: str | None,
    home: str | None,
) -> None:
    """Print what was learned and what comes, in figures and charts.

    DECK limits it to a deck and the decks below it. Retention is what was remembered of cards
    that were to be remembered for a day or longer; drills and practice do not count there. The
    calendar, the buttons and the hours are of the last year.
    """
    from studytool.figures import study, today
    from studytool.sm2 import Sm2
    from studytool.stats import page as stats_page
    from studytool.stats.statistics import statistics

    names = stats_page.chosen(graphs)
    with open_store(cards, home) as opened:
        selection = opened.select(deck, tags)
        for notice in opened.notices:
            say(notice)
        day = today(opened.store, clock())
        found = statistics(study(opened.store, selection), Sm2(), day)
    if as_json:
        import json

        from studytool.stats.document import document

        emit(json.dumps(document(found, deck, tags, names), ensure_ascii=True, indent=2))
    else:
        from studytool.ansi import paint
        from studytool.cli.width import page_width

        rows = stats_page.page(found, stats_page.scope(deck, tags), page_width(), names)
        emit(paint(rows, colored(sys.stdout)))
