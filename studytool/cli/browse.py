"""`studytool browse`: the cards that a search finds, on the screen or as lines."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from studytool.cli import chosen
from studytool.cli.console import clock, emit, full_screen, say
from studytool.cli.examples import Command
from studytool.cli.places import open_store, place_options, theme_choice
from studytool.days import as_date

if TYPE_CHECKING:
    from studytool.browsing import Browsing


@click.command(
    cls=Command,
    examples={
        "studytool browse": "all cards",
        "studytool browse 'deck:ML is:leech or flag:1'": "leeches of a deck, and what is flagged",
        "studytool browse 'reparam* -tag:gan'": "by words and tags",
        "studytool browse is:due --json": "for a script",
    },
)
@click.argument("query", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the cards as JSON.")
@click.option("--light", is_flag=True, help="Colours for a light terminal.")
@place_options
def browse(
    query: tuple[str, ...], as_json: bool, light: bool, cards: str | None, home: str | None
) -> None:
    """Search notes, look at them and act on them; in a pipe, print a line a card.

    Words must all occur: their beginnings do, and accents and case do not matter. "Two words" in
    quotation marks stand next to one another, -word must not occur, `or` and brackets join.

    \b
    deck:ML::GANs  tag:gan  note:cloze  id:egg*  flag:3  rated:7
    is:due new learn review leech suspended buried flagged marked orphan
    prop:lapses>3  prop:ivl>=30  prop:ease<2  prop:due<7  prop:reps=0

    Put the whole query in single quotes where it holds a sign that the shell takes, and behind
    -- where it begins with a minus.
    """
    from studytool.browsing import Browsing
    from studytool.opening import review_session

    words = " ".join(query)
    with open_store(cards, home) as opened:
        session = review_session(opened, None, (), None, clock, trust_clock=True)
        browsing = Browsing(session)
        if as_json or not full_screen():
            from studytool.search_query import parse

            parse(words)  # on the screen what is wrong with it is told there
            browsing.look_for(words)
            for notice in opened.notices:
                say(notice)
            _print(browsing, as_json)
            return
        browsing.look_for(words)
        theme, _ = theme_choice(light)
        if os.environ.get("NO_COLOR"):
            os.environ["TEXTUAL_THEME"] = theme
        from studytool.tui.browse_app import BrowseApp

        app = BrowseApp(browsing, opened.notices, theme, chosen.settings().keys)
        app.run()
        opened.store.back_up(as_date(session.day))
    if app.return_code:
        raise SystemExit(app.return_code)


def _print(browsing: Browsing, as_json: bool) -> None:
    """Print what was found."""
    from studytool import found_lines

    if as_json:
        import json

        emit(json.dumps(found_lines.document(browsing), ensure_ascii=True, indent=2))
    elif browsing.found:
        for line in found_lines.lines(browsing):
            emit(line)
    else:
        say(browsing.wrong or "no card is found")
