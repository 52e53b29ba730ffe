"""Takes the learner to the note in their editor and back to the same card."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from textual.app import App, SuspendNotSupported

from studytool.editing import Reread, editable, reread
from studytool.editor import command
from studytool.errors import StudytoolError
from studytool.tui.telling import sentences, tell

if TYPE_CHECKING:
    from studytool.tui.acting import Acting


def edit(screen: Acting, line: int = 0, spent: float | None = None) -> None:
    """Open the current card's note in the editor, read it again, and ask the same card.

    Args:
        screen: The review.
        line: Where to open the bank; 0 for where the note starts.
        spent: Seconds on the card before this; by default what the screen says.
    """
    session = screen.session
    prompt = session.current
    if prompt is None:
        return
    spent = screen.spent if spent is None else spent
    code = 0
    try:
        place = editable(session.store, session.selection.root, prompt.stored)
        code = run(screen.app, command(os.environ, place.file, line or place.line))
        found = reread(session)
    except (StudytoolError, sqlite3.Error, OSError) as error:
        screen.spent = spent
        tell(screen, sentences(error), failure=True)
        return
    screen.show_card()
    if found.same:
        screen.spent = spent
    if found.wrong:
        _offer(screen, found, spent)
    else:
        tell(screen, found.said + (f" The editor ended with exit code {code}." if code else ""))


def _offer(screen: Acting, found: Reread, spent: float) -> None:
    """Show the errors of the bank, and edit it again or stay with its last good text."""
    from studytool.tui.broken_screen import BrokenScreen

    def chosen(again: bool | None) -> None:
        screen.spent = spent
        if again:
            edit(screen, found.wrong[0].line, spent)
        else:
            tell(screen, found.said)

    screen.app.push_screen(BrokenScreen(found.wrong, screen.keys), chosen)


def run(app: App[None], words: Sequence[str]) -> int:
    """Give the terminal to a command until it ends, and return its exit code.

    Raises:
        StudytoolError: If it cannot be started, or the program cannot give the terminal away.
    """
    failure = ""
    code = 0
    try:
        # Ctrl+Z stops the program while the other one runs, and never while the terminal changes
        # hands: half a change would be done twice, and the shell be left with a raw terminal.
        with _keys_for_another("SIGINT", "SIGQUIT", "SIGTSTP"), app.suspend():
            # Whatever is raised in here would leave the terminal suspended.
            try:
                with _keys_for_another("SIGTSTP", then=_stop):
                    code = subprocess.run(words).returncode
            except (OSError, ValueError) as error:
                failure = f"the editor {words[0]} cannot be started: {error}"
    except SuspendNotSupported as error:
        raise StudytoolError("no editor can be opened on this terminal") from error
    if failure:
        raise StudytoolError(failure, "look at VISUAL and EDITOR")
    return code


def _nothing(*_: object) -> None:
    """Let a signal go by."""


def _stop(*_: object) -> None:
    """Stop this process, as the one that has the terminal stops."""
    os.kill(os.getpid(), signal.SIGSTOP)


@contextmanager
def _keys_for_another(
    *names: str, then: Callable[[int, FrameType | None], None] = _nothing
) -> Iterator[None]:
    """Leave keys that send signals to the program that has the terminal.

    A function takes them here, for what is ignored would be ignored by that program too.

    Args:
        names: The signals; those that are not everywhere are passed over.
        then: What they do here.
    """
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = [signal.signal(number, then) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
