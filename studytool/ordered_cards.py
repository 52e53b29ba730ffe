"""Reads the cards of a selection in the order that is chosen."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence

from studytool.notes import Card, fold
from studytool.orders import Order, shuffled
from studytool.selection import Selection
from studytool.store import Store


class OrderedCards:
    """The cards of a selection on a day, without those of decks that are full.

    Due cards by their days and new ones in teaching order are read only as far as they are
    needed; any other order has to see them all first.
    """

    def __init__(self, store: Store, selection: Selection, order: Order, day: int) -> None:
        """Read from a database."""
        self.store = store
        self.selection = selection
        self.order = order
        self.day = day

    def due(self, without: Sequence[str]) -> Iterable[Card]:
        """Return the cards due, without some decks."""
        found = self.store.due(self.selection, self.day, without)
        if self.order.due == "random":
            return shuffled(found, self.day)
        if self.order.due == "deck":
            return self._by_deck(list(found))
        return found

    def new(self, without: Sequence[str]) -> Iterable[Card]:
        """Return the cards never graded, without some decks."""
        found = self.store.new(self.selection, self.day, without)
        return shuffled(found, self.day) if self.order.new == "random" else found

    def selected(self, cards: Collection[Card]) -> list[Card]:
        """Return those of some cards that belong to the selection."""
        condition, values = self.selection.where()
        keys = json.dumps([card.key for card in cards])
        found = self.store.connection.execute(
            "SELECT n.key FROM notes n"
            f" WHERE {condition} AND n.key IN (SELECT value FROM json_each(?))",
            (*values, keys),
        )
        known = {key for (key,) in found}
        return [card for card in cards if card.key in known]

    def _by_deck(self, cards: list[Card]) -> list[Card]:
        """Return cards by the names of their decks, else as they are."""
        decks = dict(
            self.store.connection.execute(
                "SELECT key, deck FROM notes WHERE root = ? AND removed_at IS NULL"
                " AND key IN (SELECT value FROM json_each(?))",
                (self.selection.root, json.dumps([card.key for card in cards])),
            ).fetchall()
        )
        names = {deck: (tuple(map(fold, deck.split("::"))), deck) for deck in set(decks.values())}
        return sorted(cards, key=lambda card: names[decks[card.key]])
