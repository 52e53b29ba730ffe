"""Where a note that is being asked lives, and what became of it after its file was edited."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from studytool.diagnostics import Diagnostic, Severity
from studytool.errors import StudytoolError
from studytool.mirror import refresh
from studytool.moves import followed_ids
from studytool.notes import Card, Kind, Note
from studytool.scheduling import State
from studytool.selection import StoredNote
from studytool.session import Session
from studytool.store import Store
from studytool.values import Value, fields
from studytool.wording import counted

INSTALLED = Path(__file__).parent / "cards"
"""The banks inside an installed package; in a checkout there is no such folder."""

_WORDS = {
    **{"right": "choices", "wrong": "choices", "reverse": "reverse side"},
    **{"accept": "accepted answers", "was": "former ids", "derived": "id"},
}
"""What fields of a note are called where they are not called by their names."""


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


def bank_file(root: str, stored: StoredNote) -> Path:
    """Return the bank of a note; root is the library's folder, or a single bank."""
    path = Path(root)
    return (path if path.is_dir() else path.parent) / stored.bank


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


def changes(before: Note, after: Note) -> tuple[str, ...]:
    """Return what differs between two states of a note, in words, each once."""
    names = [name for name in fields(after) if getattr(before, name) != getattr(after, name)]
    if before.derived and after.derived and "id" in names:
        names.remove("id")  # it follows the words
    words = (_WORDS.get(name, name) for name in names)
    cloze = after.kind is before.kind is Kind.CLOZE
    return tuple(dict.fromkeys("text" if cloze and w == "question" else w for w in words))


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
    known = _bank_notes(store, root, stored.bank)
    refresh(store, Path(root), session.clock(), session.scheduler)
    if wrong := _wrong(store, root, stored):
        asked = session.ask_again(card)
        errors = counted(len(wrong), "error")
        return Reread(f"{stored.bank}: {errors}; its last good text is asked.", asked, wrong)
    note = _alive(store, root, card.key)
    if note is None:
        present = _bank_notes(store, root, stored.bank)
        appeared = {key: new for key, new in present.items() if key not in known}
        key = _follower(stored.note, appeared)
        if key is None or not stored.note.derived:
            session.ask_again(card)
            return Reread(_gone(stored, appeared[key] if key else None), False)
        card, note = Card(key, card.part), appeared[key]
    card = Card(card.key, _part(stored.note, note, card.part))
    asked = session.ask_again(card)
    said = _said(changes(stored.note, note))
    if not asked:
        said += " " + _why_not_asked(session, card, note)
    elif prompt.before.state is not State.NEW and store.state(card).state is State.NEW:
        said += " Its history stays with the old words, so it counts as new."
    return Reread(said, asked)


def _said(words: tuple[str, ...]) -> str:
    """Return a sentence on what changed."""
    if not words:
        return "Nothing changed in this note."
    *first, last = words
    listed = f"{', '.join(first)} and {last}" if first else last
    return f"{listed[0].upper()}{listed[1:]} changed."


def _gone(stored: StoredNote, other: Note | None) -> str:
    """Return a sentence on a note that has gone, or goes by another id that was written."""
    name = stored.note.id
    if other is None:
        return f"The note `{name}` has gone from {stored.bank}."
    return f"The id `{name}` is `{other.id}` now: a new note. `was: [{name}]` keeps its history."


def _why_not_asked(session: Session, card: Card, note: Note) -> str:
    """Return a sentence on why a card that was being asked is not asked any more."""
    if note.suspended:
        return "The note is suspended now."
    if not session.store.selects(session.selection, card, session.day):
        return "The note is not among those that this review asks."
    if card.part in note.parts():
        return "The card was graded in another window."
    return f"The note has no card {card.part} now."


def _part(before: Note, after: Note, part: str) -> str:
    """Return the part that asks for the same: a step is followed to where it stands now."""
    if before.kind is after.kind is Kind.STEPS:
        step = before.asked(part)
        if step in after.steps and (part not in after.parts() or after.asked(part) != step):
            return f"s{after.steps.index(step) + 1}"
    return part


def _follower(before: Note, appeared: Mapping[str, Note]) -> str | None:
    """Return the key of the new note that a note which has gone most likely is now."""
    followed = followed_ids([before], appeared.values()).get(before.id)
    same = [
        key
        for key, note in appeared.items()
        if note.id == followed or (followed is None and note.question == before.question)
    ]
    return same[0] if same else next(iter(appeared)) if len(appeared) == 1 else None


def _bank_notes(store: Store, root: str, bank: str) -> dict[str, Note]:
    """Return the notes that the mirror has of a bank, by key."""
    rows = store.connection.execute(
        "SELECT key, content FROM notes WHERE root = ? AND bank = ? AND removed_at IS NULL",
        (root, bank),
    )
    return {key: Note.from_json(content) for key, content in rows}


def _alive(store: Store, root: str, key: str) -> Note | None:
    """Return the note under a key, unless it has gone."""
    row = store.connection.execute(
        "SELECT content FROM notes WHERE root = ? AND key = ? AND removed_at IS NULL", (root, key)
    ).fetchone()
    return Note.from_json(row[0]) if row else None


def _wrong(store: Store, root: str, stored: StoredNote) -> tuple[Diagnostic, ...]:
    """Return the errors for which the mirror has not taken in the bank of a note."""
    row = store.connection.execute(
        "SELECT errors FROM banks WHERE root = ? AND path = ?", (root, stored.bank)
    ).fetchone()
    file = bank_file(root, stored)
    if row and not row[0] and file.is_file():
        return ()
    from studytool.library import load_bank, load_library, shown_path

    own = load_bank(file).diagnostics
    if not any(one.severity is Severity.ERROR for one in own) and file.is_file():
        # It is right by itself, so it clashes with another bank.
        own = load_library(Path(root)).diagnostics
    shown = shown_path(file)
    return tuple(one for one in own if one.severity is Severity.ERROR and one.path == shown)
