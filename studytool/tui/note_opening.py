"""Opens what a card offers: at once if it is one thing, from a list if there are more."""

from __future__ import annotations

import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from studytool.edited_notes import bank_file
from studytool.errors import StudytoolError
from studytool.openable import Openable, offer
from studytool.tui.telling import sentences, tell
from studytool.viewer import launch, viewer

if TYPE_CHECKING:
    from textual.screen import Screen

    from studytool.tui.acting import Acting


def open_outside(screen: Acting) -> None:
    """Open the picture or the source of the card on a screen, or say that there is none."""
    session, card = screen.session, screen.card
    prompt = session.current
    if prompt is None:
        return
    folder = bank_file(session.selection.root, prompt.stored).parent
    found = offer(prompt, folder, card.revealed, card.hint_shown)
    if len(found.things) > 1:
        from studytool.tui.open_screen import OpenScreen

        left = screen.spent

        def chosen(thing: Openable | None) -> None:
            screen.spent = left
            if thing:
                open_thing(screen, thing)

        screen.app.push_screen(OpenScreen(found.things), chosen)
    elif found.things:
        open_thing(screen, found.things[0])
    else:
        nothing = "There is no link and no picture to open here."
        tell(screen, " ".join(found.refused) or nothing)


def open_thing(screen: Screen[None], thing: Openable) -> None:
    """Say what is opened, and when that is on the screen, open it."""
    tell(screen, f"Opening {thing.name}")
    screen.call_after_refresh(_launch, screen, thing)


def _launch(screen: Screen[None], thing: Openable) -> None:
    """Start the viewer; if it fails, say so whenever it does."""
    app = screen.app
    try:
        program = viewer(sys.platform, shutil.which)

        def failed(code: int) -> None:
            name = Path(program).name
            words = f"{name} could not open {thing.name} (exit code {code})."
            with suppress(RuntimeError):  # the review has ended
                app.call_from_thread(tell, screen, words, True)

        launch(program, thing.target, failed)
    except StudytoolError as error:
        tell(screen, sentences(error), failure=True)
