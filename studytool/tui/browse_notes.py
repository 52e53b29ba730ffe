"""What browsing does with the note of the chosen card: edit it, open it, tell all of it."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

from studytool.edited_notes import bank_file, edited, followed
from studytool.editing import editable
from studytool.editor import command
from studytool.errors import StudytoolError
from studytool.openable import Openable, offer
from studytool.prompts import Prompt
from studytool.tui.telling import sentences, tell

if TYPE_CHECKING:
    from studytool.tui.browse_screen import BrowseScreen


def show_card(screen: BrowseScreen, prompt: Prompt) -> None:
    """Show all that is known of a card."""
    from studytool.tui.card_screen import CardScreen

    screen.app.push_screen(CardScreen(screen.browsing.session, screen.keys, prompt))


def open_outside(screen: BrowseScreen, prompt: Prompt) -> None:
    """Open the picture or the source of a card, or say that there is none."""
    from studytool.tui.note_opening import open_thing
    from studytool.tui.open_screen import OpenScreen

    folder = bank_file(screen.browsing.root, prompt.stored).parent
    found = offer(prompt, folder, True, True)

    def chosen(thing: Openable | None) -> None:
        if thing:
            open_thing(screen, thing)

    if len(found.things) > 1:
        screen.app.push_screen(OpenScreen(found.things), chosen)
    elif found.things:
        open_thing(screen, found.things[0])
    else:
        nothing = "There is no link and no picture to open here."
        tell(screen, " ".join(found.refused) or nothing)


def edit(screen: BrowseScreen, prompt: Prompt, line: int = 0) -> None:
    """Open a card's note in the editor, and find the cards anew; `line` 0 is where it starts."""
    from studytool.tui.note_editing import run

    browsing = screen.browsing
    code = 0
    try:
        place = editable(browsing.store, browsing.root, prompt.stored)
        code = run(screen.app, command(os.environ, place.file, line or place.line))
        found = edited(browsing.store, browsing.root, prompt.stored, browsing.reread)
    except (StudytoolError, sqlite3.Error, OSError) as error:
        tell(screen, sentences(error), failure=True)
        return
    if found.note is not None:
        browsing.look_at(followed(prompt.stored.note, found, prompt.card.part))
    screen.show()
    if not found.wrong:
        tell(screen, found.said + (f" The editor ended with exit code {code}." if code else ""))
        return
    from studytool.tui.broken_screen import BrokenScreen

    def chosen(again: bool | None) -> None:
        if again:
            edit(screen, prompt, found.wrong[0].line)
        else:
            tell(screen, f"{found.said}; its last good text is shown.")

    screen.app.push_screen(BrokenScreen(found.wrong, screen.keys), chosen)
