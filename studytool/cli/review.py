"""`studytool review`: the session on the screen, or line by line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from studytool.cli import chosen
from studytool.cli.console import clock, emit, full_screen, say
from studytool.cli.examples import Command
from studytool.cli.places import open_store, place_options, theme_choice, typed
from studytool.days import as_date
from studytool.errors import UsageError
from studytool.orders import NEW_AND_DUE
from studytool.scheduling import MOST_DAYS
from studytool.values import replace

if TYPE_CHECKING:
    from studytool.practice import Practice


@click.command(
    cls=Command,
    examples={
        "studytool review": "what is due, then new cards",
        "studytool review ML::GANs --new 5": "one deck, with five new cards",
        "studytool review --tag theorem --flagged": "what you flagged, of one tag",
        "studytool review --cram --tag gaussian-process": "practise; no schedule changes",
        "studytool review --ahead 3 --leech": "practise leeches that come due in three days",
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
@click.option("--leech", is_flag=True, help="Only leeches: cards forgotten again and again.")
@click.option("--cram", is_flag=True, help="Practise all these cards; no schedule changes.")
@click.option(
    "--ahead",
    type=click.IntRange(1, MOST_DAYS),
    metavar="DAYS",
    help="Practise what comes due in the next days; no schedule changes.",
)
@click.option(
    "--new",
    type=click.IntRange(0),
    metavar="N",
    help="Today's limit of new cards. [default: limits.new of the settings, 20]",
)
@click.option(
    "--order",
    type=click.Choice(NEW_AND_DUE),
    help="How new and due cards follow each other. [default: order.new-and-due of the settings]",
)
@click.option("--shuffle", is_flag=True, help="New and due cards in random order.")
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
    leech: bool,
    cram: bool,
    ahead: int | None,
    new: int | None,
    order: str | None,
    shuffle: bool,
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

    --cram asks all cards that are chosen, new ones too, and --ahead 3 those that come due in the
    next three days, as practice: what you grade again or hard comes again until it is good, and no
    schedule, limit or count of the day changes.

    With --plain, in a pipe and on a dumb terminal the same is done line by line: an empty line
    shows the answer, a digit or a word such as good grades it, ? tells the rest.
    """
    plan = _plan(cram, ahead, new)
    plain = plain or not full_screen()
    from studytool.opening import review_session

    with open_store(cards, home) as opened:
        limits = opened.limits
        opened.limits = replace(limits, order=limits.order.asked(order, shuffle))
        session = review_session(
            opened, deck, tags, new, clock, trust_clock, flagged, marked, plan, leech
        )
        if session.current is None:
            from studytool.overview import nothing_due

            emit(nothing_due(opened, session, deck, typed(cards, home)))
            return
        if plan:
            from studytool.practice import NOTICE

            opened.notices += (NOTICE,)
        if plain:
            from studytool.cli.lines import review_lines

            raise SystemExit(review_lines(opened, session, typing))
        theme, _ = theme_choice(light)
        if os.environ.get("NO_COLOR"):
            os.environ["TEXTUAL_THEME"] = theme
        from studytool.cli.pictures import hang_pictures
        from studytool.tui.app import ReviewApp

        keys, pace = chosen.settings().keys, chosen.settings().pace
        app = ReviewApp(session, opened.notices, theme, keys=keys, typing=typing, pace=pace)
        hang_pictures(app, opened)
        app.run()
        closing = ""
        if session.done:
            from studytool.overview import closing_line

            closing = closing_line(session)
        opened.store.back_up(as_date(session.day))
    if closing:
        say(closing)
    if app.return_code:
        raise SystemExit(app.return_code)


def _plan(cram: bool, ahead: int | None, new: int | None) -> Practice | None:
    """Return the practice that the options ask for, or None.

    Raises:
        UsageError: If they do not go together.
    """
    if not cram and ahead is None:
        return None
    if cram and ahead is not None:
        raise UsageError("--cram asks all cards, --ahead only some", "leave one of them out")
    if new is not None:
        raise UsageError("--new is a limit, and practice has none", "leave --new out")
    from studytool.practice import Practice

    return Practice(ahead)
