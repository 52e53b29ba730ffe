"""Where a note can be edited, and how a review goes on after that."""

from __future__ import annotations

import os
from pathlib import Path

from studytool.diagnostics import Diagnostic
from studytool.edited_notes import bank_file, edited, followed
from studytool.errors import StudytoolError
from studytool.mirror import refresh
from studytool.notes import Card, Note
from studytool.scheduling import State
from studytool.selection import StoredNote
from studytool.session import Session
from studytool.store import Store
from studytool.values import Value

INSTALLED = Path(__file__).parent / "cards"
"""The banks inside an installed package; in a checkout there is no such folder."""


class Place(Value):
    """Where a note lives.

    Attributes:
        file: Its bank.
        line: The line on which it starts, from 1.
    """

    file: Path
    line: int


class Reread(Value):
    """What became of the card being asked.

    Attributes:
        said: That in a sentence, for the learner.
        same: Whether the same card is asked again.
        wrong: The errors of its bank, whose last good text counts then.
    """

    said: str
    same: bool
    wrong: tuple[Diagnostic, ...] = ()


def editable(store: Store, root: str, stored: StoredNote, installed: Path = INSTALLED) -> Place:
    """Return where a note can be edited, by its bank as it is now.

    Args:
        store: The database.
        root: The library's folder, or a single bank.
        stored: The note as the mirror has it.
        installed: The banks that an update of studytool replaces.

    Raises:
        StudytoolError: If its bank is not there, or should not or cannot be written.
    """
    file = bank_file(root, stored)
    if not file.is_file():
        raise StudytoolError(f"{file} is gone; its last good text is asked")
    if file.resolve().is_relative_to(installed.resolve()):
        raise StudytoolError(
            f"{file} came with studytool, and an update would undo your edit",
            f"copy {installed} to a place of your own, and name it with --cards",
        )
    if not (os.access(file, os.W_OK) and file.stat().st_mode & 0o222):
        raise StudytoolError(f"{file} is read-only and was not opened", f"see line {stored.line}")
    stat = file.stat()
    if store.connection.execute(
        "SELECT 1 FROM banks WHERE root = ? AND path = ? AND size = ? AND mtime_ns = ?"
        " AND errors = 0",
        (root, stored.bank, stat.st_size, stat.st_mtime_ns),
    ).fetchone():
        return Place(file, stored.line)
    from studytool.library import load_bank

    lines = [entry.line for entry in load_bank(file).notes if entry.note.id == stored.note.id]
    return Place(file, lines[0] if lines else stored.line)


def reread(session: Session) -> Reread:
    """Bring the mirror up to date with the banks, and ask the session's card again.

    A bank that is broken now keeps its last good text, and so does the card. If its note or the
    card itself has gone, the session goes on with the next one.

    Raises:
        StudytoolError: If the library cannot be read or the mirror not be written; the same card
            stays as it was.
    """
    prompt, store, root = session.current, session.store, session.selection.root
    if prompt is None:
        return Reread("", False)
    stored, card = prompt.stored, prompt.card

    def read() -> None:
        refresh(store, Path(root), session.clock(), session.scheduler)

    found = edited(store, root, stored, read)
    if found.wrong:
        asked = session.ask_again(card)
        return Reread(f"{found.said}; its last good text is asked.", asked, found.wrong)
    if found.note is None:
        session.ask_again(card)
        return Reread(found.said, False)
    card = followed(stored.note, found, card.part)
    asked = session.ask_again(card)
    said = found.said
    if not asked:
        said += " " + _why_not_asked(session, card, found.note)
    elif prompt.before.state is not State.NEW and store.state(card).state is State.NEW:
        said += " Its history stays with the old words, so it counts as new."
    return Reread(said + _unreadable(session, card), asked)


def _unreadable(session: Session, card: Card) -> str:
    """Return a sentence on the first formula of an edited note that cannot be read."""
    from studytool.formula_check import note_errors

    prompt = session.current
    if prompt is None or prompt.card != card:
        return ""
    stored = prompt.stored
    for wrong in note_errors(bank_file(session.selection.root, stored), stored.line)[:1]:
        return f" Line {wrong.line}, column {wrong.column}: {wrong.message}."
    return ""


def _why_not_asked(session: Session, card: Card, note: Note) -> str:
    """Return a sentence on why a card that was being asked is not asked any more."""
    if note.suspended:
        return "The note is suspended now."
    if card.part not in note.parts():
        return f"The note has no card {card.part} now."
    if not session.store.selects(session.selection, card, session.day):
        return "The note is not among those that this review asks."
    return "The card was graded in another window."
