"""Which notes of a library count against the limits of single decks."""

from __future__ import annotations

import json

from studytool.queue import Limits
from studytool.store import Store


def members(store: Store, root: str, limits: Limits) -> dict[str, tuple[int, ...]]:
    """Return, for each note in a deck with a limit, the places of these limits.

    Args:
        store: The database.
        root: The library's folder.
        limits: Its `decks` are what the places count in.
    """
    if not limits.decks:
        return {}
    held = {
        deck: tuple(place for place, limit in enumerate(limits.decks) if limit.holds(deck))
        for deck in store.decks(root)
    }
    rows = store.connection.execute(
        "SELECT key, deck FROM notes WHERE root = ? AND removed_at IS NULL"
        " AND deck IN (SELECT value FROM json_each(?))",
        (root, json.dumps([deck for deck, places in held.items() if places])),
    )
    return {key: held[deck] for key, deck in rows}
