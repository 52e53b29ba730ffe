"""The notes that a session has read, with their trees, so that the next card is ready in time."""

from __future__ import annotations

from studytool.notes import Card
from studytool.parsed_notes import ParsedNote
from studytool.selection import StoredNote
from studytool.store import Store


class LoadedNotes:
    """Reads notes of a library once."""

    def __init__(self, store: Store, root: str) -> None:
        """Begin with none."""
        self.store = store
        self.root = root
        self._found: dict[str, tuple[StoredNote, ParsedNote]] = {}

    def of(self, card: Card) -> tuple[StoredNote, ParsedNote] | None:
        """Return the note of a card and its trees; None if the library does not have them."""
        if card.key not in self._found:
            stored = self.store.note(self.root, card.key)
            if stored is None or card.part not in stored.note.parts():
                return None
            self._found[card.key] = stored, self.store.parsed(stored)
        return self._found[card.key]

    def keep_only(self, card: Card) -> None:
        """Forget all notes but that of a card."""
        self._found = {key: found for key, found in self._found.items() if key == card.key}

    def clear(self) -> None:
        """Forget all notes."""
        self._found.clear()
