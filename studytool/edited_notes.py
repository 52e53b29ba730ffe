"""What became of a note after its file was edited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from studytool.diagnostics import Diagnostic, Severity
from studytool.moves import followed_ids
from studytool.notes import Card, Kind, Note
from studytool.selection import StoredNote
from studytool.store import Store
from studytool.values import Value, fields
from studytool.wording import counted

_WORDS = {
    **{"right": "choices", "wrong": "choices", "reverse": "reverse side"},
    **{"accept": "accepted answers", "was": "former ids", "derived": "id"},
}
"""What fields of a note are called where they are not called by their names."""


class Edited(Value):
    """What became of a note after its file was edited.

    Attributes:
        said: That in a sentence, for the learner; of a bank with errors the start of one.
        key: Name under which its progress is kept now; empty if it has gone.
        note: The note as it is now; None if it has gone, or the bank has errors.
        wrong: The errors of its bank, whose last good text counts then.
    """

    said: str
    key: str = ""
    note: Note | None = None
    wrong: tuple[Diagnostic, ...] = ()


def bank_file(root: str, stored: StoredNote) -> Path:
    """Return the bank of a note; root is the library's folder, or a single bank."""
    path = Path(root)
    return (path if path.is_dir() else path.parent) / stored.bank


def edited(store: Store, root: str, stored: StoredNote, read: Callable[[], None]) -> Edited:
    """Bring the mirror up to date with the banks, and return what became of a note.

    A bank that is broken now keeps its last good text.

    Args:
        store: The database.
        root: The library's folder, or a single bank.
        stored: The note as it was.
        read: Refreshes the mirror.
    """
    before = _bank_notes(store, root, stored.bank)
    read()
    if wrong := _wrong(store, root, stored):
        return Edited(f"{stored.bank}: {counted(len(wrong), 'error')}", wrong=wrong)
    note = _alive(store, root, stored.key)
    if note is not None:
        return Edited(_said(changes(stored.note, note)), stored.key, note)
    present = _bank_notes(store, root, stored.bank)
    appeared = {key: new for key, new in present.items() if key not in before}
    key = _follower(stored.note, appeared)
    if key is None or not stored.note.derived:
        return Edited(_gone(stored, appeared[key] if key else None))
    return Edited(_said(changes(stored.note, appeared[key])), key, appeared[key])


def followed(before: Note, found: Edited, part: str) -> Card:
    """Return the card of an edited note that asks for what a part asked for before."""
    return Card(found.key, _part(before, found.note, part) if found.note else part)


def changes(before: Note, after: Note) -> tuple[str, ...]:
    """Return what differs between two states of a note, in words, each once."""
    names = [name for name in fields(after) if getattr(before, name) != getattr(after, name)]
    if before.derived and after.derived and "id" in names:
        names.remove("id")  # it follows the words
    words = (_WORDS.get(name, name) for name in names)
    cloze = after.kind is before.kind is Kind.CLOZE
    return tuple(dict.fromkeys("text" if cloze and w == "question" else w for w in words))


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
