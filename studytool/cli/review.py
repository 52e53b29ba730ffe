"""`studytool review`: the session on the screen, or line by line."""

from __future__ import annotations

import os

import click

from studytool.cli import chosen
from studytool.cli.console import clock, emit, full_screen, say
from studytool.cli.examples import Command
from studytool.cli.places import open_store, place_options, theme_choice, typed
from studytool.days import as_date


@click.command(
    cls=Command,
    examples={
        "studytool review": "what is due, then new cards",
        "studytool review ML::GANs --new 5": "one deck, with five new cards",
        "studytool review --tag theorem --flagged": "what you flagged, of one tag",
        "studytool review --type": "type the answers that can be typed",
        "studytool review --plain": "in lines, for a screen reader or a script",
    },
)
@click.argument("deck", required=False)
@click.option(
    "--tag", "tags", multiple=True, metavar="TAG", help="Only notes with this tag; again for and."
)
@click.option("--flagged", is_flag=True, help="Only cards with a flag.")
@click.option("--marked", is_flag=True, help="Only marked notes.")
@click.option(
    "--new",
    type=click.IntRange(0),
    metavar="N",
    help="Today's limit of new cards. [default: limits.new of the settings, 20]",
)
@click.option(
    "--plain", is_flag=True, help="Line by line; so it is anyway without a capable terminal."
)
@click.option("--type", "typing", is_flag=True, help="Type answers, where the note accepts some.")
@click.option("--light", is_flag=True, help="Colours for a light terminal.")
@click.option("--trust-clock", is_flag=True, help="Grade although the log is ahead of the clock.")
@place_options
def review(
    deck: str | None,
    tags: tuple[str, ...],
    flagged: bool,
    marked: bool,
    new: int | None,
    plain: bool,
    typing: bool,
    light: bool,
    trust_clock: bool,
    cards: str | None,
    home: str | None,
) -> None:
    """Ask the cards that are due, then new ones.

    DECK limits the review to a deck and the decks below it, such as ML::GANs; case does not
    matter. Space shows the answer and then grades it good, 1 to 4 grade it, u takes a grade
    back, q leaves. Hard counts as remembered: press 1 when you did not know.

    The digits mark the options of a choice before the answer is shown. With --type, or after T,
    you type the answers of notes with `accept`; they are compared, and you grade yourself.

    With --plain, in a pipe and on a dumb terminal the same is done line by line: an empty line
    shows the answer, a digit or a word such as good grades it, ? tells the rest.
    """
    plain = plain or not full_screen()
    from studytool.opening import review_session

    with open_store(cards, home) as opened:
        session = review_session(opened, deck, tags, new, clock, trust_clock, flagged, marked)
        if session.current is None:
            from studytool.overview import nothing_due

            emit(nothing_due(opened, session, deck, typed(cards, home)))
            return
        if plain:
            from studytool.cli.lines import review_lines

            raise SystemExit(review_lines(opened, session))
        theme, _ = theme_choice(light)
        if os.environ.get("NO_COLOR"):
            os.environ["TEXTUAL_THEME"] = theme
        from studytool.tui.app import ReviewApp

        app = ReviewApp(session, opened.notices, theme, keys=chosen.settings().keys, typing=typing)
        app.run()
        done = session.done
        opened.store.back_up(as_date(session.day))
    if done:
        from studytool.overview import closing_line

        say(closing_line(session))
    if app.return_code:
        raise SystemExit(app.return_code)
