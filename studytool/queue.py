"""What is asked today, and in which order."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence, Set
from typing import TypeAlias

from studytool.notes import Card
from studytool.orders import Order, mixed
from studytool.scheduling import DRILLED_BELOW, Act, Review
from studytool.values import Value

NEW_A_DAY = 20
"""Default limit of new cards a day."""
REVIEWS_A_DAY = 200
"""Default limit of reviews a day."""
Source: TypeAlias = Callable[[Set[int]], Iterable[Card]]
"""Yields cards in order; those that limits of decks with these places hold may be left out."""
Places: TypeAlias = Callable[[str], Sequence[int]]
"""Returns the places in `Limits.decks` of all the limits that hold the deck of a note's key."""


class DeckLimits(Value):
    """How many cards a day may bring from a deck and all decks below it.

    Attributes:
        deck: The deck's full name, in any case.
        new: New cards; None for as many as there are.
        reviews: Reviews; None for as many as there are.
    """

    deck: str
    new: int | None = None
    reviews: int | None = None

    def holds(self, deck: str) -> bool:
        """Tell whether a deck is this one or below it."""
        own, name = self.deck.strip().strip(":").casefold(), deck.casefold()
        return name == own or name.startswith(own + "::")


class Limits(Value):
    """How many cards a day may bring, in all and from single decks, and in which order.

    Attributes:
        new: New cards.
        reviews: Reviews.
        decks: Limits of single decks.
        order: The order.
        new_waits: Whether new cards wait while there is a backlog.
    """

    new: int = NEW_A_DAY
    reviews: int = REVIEWS_A_DAY
    decks: tuple[DeckLimits, ...] = ()
    order: Order = Order()
    new_waits: bool = True

    def with_new(self, new: int, decks: Iterable[str] | None) -> Limits:
        """Return limits that let through that many new cards of some decks, or of all (None).

        The limit of the whole is replaced, and the limits of decks that hold all of these;
        other decks keep theirs. The new cards do not wait for a backlog.
        """
        wanted = None if decks is None else tuple(decks)
        return Limits(
            new,
            self.reviews,
            tuple(
                DeckLimits(limit.deck, new, limit.reviews)
                if wanted is not None and limit.new is not None and all(map(limit.holds, wanted))
                else limit
                for limit in self.decks
            ),
            self.order,
            new_waits=False,
        )


class Queue(Value):
    """The cards of a day that are still to be asked.

    Attributes:
        due: Cards whose day has come, in order.
        new: Cards never graded, in order.
        drill: Cards graded below good today, in the order of their last failure.
        turns: Due and new cards in the order they are asked; empty for due ones first.
    """

    due: tuple[Card, ...] = ()
    new: tuple[Card, ...] = ()
    drill: tuple[Card, ...] = ()
    turns: tuple[Card, ...] = ()

    def __len__(self) -> int:
        """Return how many cards are left."""
        return len(self.due) + len(self.new) + len(self.drill)

    def __contains__(self, card: object) -> bool:
        """Tell whether a card is still to be asked."""
        return card in self.due or card in self.new or card in self.drill

    def next(self, last: Card | None = None) -> Card | None:
        """Return the card to ask now: due and new ones in their order, then the drill.

        The card asked last does not come twice running unless it is alone.
        """
        turns = self.turns[:2] or (*self.due[:2], *self.new[:2])
        for card in (*turns, *self.drill[:2]):
            if card != last:
                return card
        return last if last in self.drill or last in self.due or last in self.new else None

    def of_note(self, key: str) -> Card | None:
        """Return the card of a note that is asked first, or None if none is."""
        turns = self.turns or (*self.due, *self.new)
        return next((card for card in (*turns, *self.drill) if card.key == key), None)

    def without(self, card: Card) -> Queue:
        """Return the queue with a card taken out."""
        return Queue(
            tuple(c for c in self.due if c != card),
            tuple(c for c in self.new if c != card),
            tuple(c for c in self.drill if c != card),
            tuple(c for c in self.turns if c != card),
        )

    def drilled(self, card: Card) -> Queue:
        """Return the queue with a card at the end of the drill, and nowhere else."""
        rest = self.without(card)
        return Queue(rest.due, rest.new, (*rest.drill, card), rest.turns)

    def ordered(self, order: str, asked: tuple[int, int]) -> Queue:
        """Return the queue with due and new cards in an order.

        Args:
            order: One of `orders.NEW_AND_DUE`.
            asked: How many due and new cards of the day were asked.
        """
        turns: tuple[Card, ...] = ()
        if order == "new-first":
            turns = (*self.new, *self.due)
        elif order == "mix":
            turns = mixed(self.due, self.new, asked)
        return Queue(self.due, self.new, self.drill, turns)


class _Allowance:
    """How many cards the day may still bring, in all and from the decks with a limit."""

    def __init__(
        self,
        whole: int,
        decks: Iterable[int | None],
        places: Places,
        spent: Iterable[Card],
    ) -> None:
        """Begin with the limits, less what was asked already."""
        self.whole = whole
        self.decks = [sys.maxsize if limit is None else limit for limit in decks]
        self.places = places
        for card in spent:
            self._spend(card)

    def _spend(self, card: Card) -> None:
        """Count a card against all that holds it."""
        self.whole -= 1
        for place in self.places(card.key):
            self.decks[place] -= 1

    def full(self) -> frozenset[int]:
        """Return the places of the decks that have no room."""
        return frozenset(place for place, room in enumerate(self.decks) if room <= 0)

    def take(self, card: Card) -> bool:
        """Count a card if all that holds it has room, and tell whether it has."""
        if self.whole <= 0 or any(self.decks[n] <= 0 for n in self.places(card.key)):
            return False
        self._spend(card)
        return True

    def choose(self, cards: Source, asked: set[str]) -> tuple[Card, ...]:
        """Take the cards that have room, of notes not asked yet, which then are asked."""
        chosen: list[Card] = []
        full: frozenset[int] | None = None
        while self.whole > 0 and full != self.full():
            full = self.full()
            for card in cards(full):
                if card.key not in asked and self.take(card):
                    asked.add(card.key)
                    chosen.append(card)
                    # A deck that has become full may be long: the rest is read without it.
                    if self.whole <= 0 or self.full() != full:
                        break
        return tuple(chosen)


def build(
    due: Source,
    new: Source,
    today: Sequence[Review],
    introduced: Set[str],
    limits: Limits,
    places: Places = lambda key: (),
) -> Queue:
    """Return the queue of a day, due cards before new ones.

    One card of a note is asked a day; its siblings wait for tomorrow.

    Args:
        due: Cards whose day has come, in order.
        new: Cards never graded, in order. Both are read only as far as the limits go.
        today: Rows of today's log that no undo took back, in order.
        introduced: Ids of those rows that graded a card for the first time.
        limits: How many cards the day may bring.
        places: Tells which limits of decks count a card.
    """
    reviewed, first = answered(today, introduced)
    asked = studied(today)
    reviews = (limit.reviews for limit in limits.decks)
    allowed = _Allowance(limits.reviews, reviews, places, reviewed)
    chosen_due = allowed.choose(due, asked)
    allowed = _Allowance(limits.new, (limit.new for limit in limits.decks), places, first)
    chosen_new = allowed.choose(new, asked)
    return Queue(chosen_due, chosen_new, drill(today))


def answered(today: Iterable[Review], introduced: Set[str]) -> tuple[list[Card], list[Card]]:
    """Return the due cards and the new cards that were answered today; see `build`.

    One that was set due or made new in between counts once for each answer.
    """
    answers = [row for row in today if row.act is Act.REVIEW]
    due = [Card(row.note, row.part) for row in answers if row.id not in introduced]
    return due, [Card(row.note, row.part) for row in answers if row.id in introduced]


def studied(today: Iterable[Review]) -> set[str]:
    """Return the notes of which no card is asked any more: one of each was answered today.

    A card that was set due, or made new, since it was answered may come again.
    """
    found: set[Card] = set()
    for row in today:
        if row.act is Act.REVIEW:
            found.add(Card(row.note, row.part))
        elif row.act is Act.SET_DUE:
            found.discard(Card(row.note, row.part))
    return {card.key for card in found}


def drill(today: Iterable[Review]) -> tuple[Card, ...]:
    """Return the cards graded below good today and not passed since, by last failure."""
    pile: dict[Card, None] = {}
    for row in today:
        if row.act in (Act.REVIEW, Act.DRILL):
            card = Card(row.note, row.part)
            pile.pop(card, None)
            if row.quality < DRILLED_BELOW:
                pile[card] = None
        elif row.act is Act.SET_DUE:
            pile.pop(Card(row.note, row.part), None)
    return tuple(pile)
