"""Which cards of a selection the limits of a day let through, and which they hold back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from itertools import islice

from studytool.backlog import has_backlog
from studytool.notes import Card
from studytool.ordered_cards import OrderedCards
from studytool.orders import Order
from studytool.queue import Limits, Queue, answered, build, studied
from studytool.selection import Selection
from studytool.store import Store
from studytool.values import replace


def limited_queue(store: Store, selection: Selection, day: int, limits: Limits) -> Queue:
    """Return the queue of a day under some limits, from what is stored.

    While there is a backlog the most overdue come first, and new cards may have to wait.
    """
    today, introduced = store.log.today(day), store.log.introduced(day)
    order = limits.order
    if has_backlog(store, selection.root, day, limits, today, introduced):
        order = Order(order.new_and_due, order.new)
        if limits.new_waits:
            limits = replace(limits, new=0)
    limited = LimitedDecks(store, selection, limits)
    cards = OrderedCards(store, selection, order, day)
    queue = build(
        lambda full: limited.without(full, cards.due),
        lambda full: limited.without(full, cards.new),
        today,
        introduced,
        limits,
        limited.places,
    )
    if order.new_and_due != "mix":
        return queue.ordered(order.new_and_due, (0, 0))
    due, new = (len(cards.selected(part)) for part in answered(today, introduced))
    return queue.ordered(order.new_and_due, (due, new))


def held_back(store: Store, selection: Selection, day: int, queue: Queue) -> Queue:
    """Return the first due and the first new card that only limits keep out of a day's queue."""
    asked = studied(store.log.today(day))
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

    def without(
        self, full: Set[int], read: Callable[[Sequence[str]], Iterable[Card]]
    ) -> Iterable[Card]:
        """Return the cards that are read without the decks that limits at some places hold."""
        held = self._held(full)
        return () if held is None else read(held)

    def _held(self, full: Set[int]) -> list[str] | None:
        """Return the decks that limits at some places hold; None if they hold all there are."""
        if not full:
            return []
        if self._decks is None:
            self._decks = tuple(self.store.decks(self.selection.root))
        limits = [self.limits[place] for place in full]
        held = [deck for deck in self._decks if any(limit.holds(deck) for limit in limits)]
        return None if len(held) == len(self._decks) else held
