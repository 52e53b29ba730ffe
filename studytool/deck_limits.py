"""Which cards of a selection the limits of a day let through, and which they hold back."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import partial
from itertools import islice

from studytool.notes import Card
from studytool.queue import Limits, Queue, build
from studytool.scheduling import Act
from studytool.selection import Selection
from studytool.store import Store


def limited_queue(store: Store, selection: Selection, day: int, limits: Limits) -> Queue:
    """Return the queue of a day under some limits, from what is stored."""
    limited = LimitedDecks(store, selection, limits)
    return build(
        partial(limited.due, day),
        partial(limited.new, day),
        store.log.today(day),
        store.log.introduced(day),
        limits,
        limited.places,
    )


def held_back(store: Store, selection: Selection, day: int, queue: Queue) -> Queue:
    """Return the first due and the first new card that only limits keep out of a day's queue."""
    asked = {row.note for row in store.log.today(day) if row.act is Act.REVIEW}
    asked.update(card.key for card in (*queue.due, *queue.new))
    due = (card for card in store.due(selection, day) if card.key not in asked)
    new = (card for card in store.new(selection, day) if card.key not in asked)
    return Queue(tuple(islice(due, 1)), tuple(islice(new, 1)))


class LimitedDecks:
    """Reads the cards of a selection by the limits of decks, no more of them than is needed."""

    def __init__(self, store: Store, selection: Selection, limits: Limits) -> None:
        """Read from a database; `limits.decks` are what the places count in."""
        self.store = store
        self.selection = selection
        self.limits = limits.decks
        self._places: dict[str, tuple[int, ...]] = {}
        self._decks = selection.decks

    def places(self, key: str) -> tuple[int, ...]:
        """Return the places of the limits that count a note, also one that left its bank."""
        if not self.limits:
            return ()
        if key not in self._places:
            deck = self.store.deck(self.selection.root, key)
            self._places[key] = tuple(
                place
                for place, limit in enumerate(self.limits)
                if deck is not None and limit.holds(deck)
            )
        return self._places[key]

    def due(self, day: int, full: Set[int]) -> Iterator[Card]:
        """Return the cards due by a day, without those that limits at some places hold."""
        held = self._held(full)
        return iter(()) if held is None else self.store.due(self.selection, day, held)

    def new(self, day: int, full: Set[int]) -> Iterator[Card]:
        """Return the cards to begin on a day, without those that limits at some places hold."""
        held = self._held(full)
        return iter(()) if held is None else self.store.new(self.selection, day, held)

    def _held(self, full: Set[int]) -> list[str] | None:
        """Return the decks that limits at some places hold; None if they hold all there are."""
        if not full:
            return []
        if self._decks is None:
            self._decks = tuple(self.store.decks(self.selection.root))
        limits = [self.limits[place] for place in full]
        held = [deck for deck in self._decks if any(limit.holds(deck) for limit in limits)]
        return None if len(held) == len(self._decks) else held
