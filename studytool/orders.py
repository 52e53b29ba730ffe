"""In which order the cards of a day are asked: what can be chosen, and what it does to cards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from studytool.digests import digest
from studytool.notes import Card
from studytool.values import Value

NEW_AND_DUE = ("due-first", "new-first", "mix")
"""Due cards before new ones, after them, or new ones evenly among them; the first is usual."""
NEW = ("teaching", "random")
"""New cards as their banks have them, or any; the first is usual."""
DUE = ("overdue", "random", "deck")
"""Due cards by the day they were due, any, or deck by deck; the first is usual."""


class Order(Value):
    """In which order cards are asked; the drill always comes last.

    Attributes:
        new_and_due: One of `NEW_AND_DUE`.
        new: One of `NEW`.
        due: One of `DUE`.
        backlog: Whether after a break new cards wait and the most overdue come first.
    """

    new_and_due: str = NEW_AND_DUE[0]
    new: str = NEW[0]
    due: str = DUE[0]
    backlog: bool = True

    def asked(self, new_and_due: str | None, shuffle: bool) -> Order:
        """Return the order as one review asks for it.

        Args:
            new_and_due: One of `NEW_AND_DUE`; None for what is set.
            shuffle: Whether new and due cards come in random order.
        """
        new, due = ("random", "random") if shuffle else (self.new, self.due)
        return Order(new_and_due or self.new_and_due, new, due, self.backlog)


def shuffled(cards: Iterable[Card], day: int) -> list[Card]:
    """Return cards in an order that only a study day and each note decide.

    So it is the same all day, whatever else there is to ask.
    """
    return sorted(cards, key=lambda card: digest(f"{day} {card.key}", 8))


def mixed(due: Sequence[Card], new: Sequence[Card], asked: tuple[int, int]) -> tuple[Card, ...]:
    """Return due cards with new ones spread evenly among them.

    Args:
        due: Due cards that are left of the day, in order.
        new: New cards that are left of it, in order.
        asked: How many due and new cards of the day were asked, so that undoing an answer or
            starting again does not change where the others stand.
    """
    all_due, all_new = asked[0] + len(due), asked[1] + len(new)
    turns: list[Card] = []
    rest = iter(due)
    asked_due = asked[0]
    for place, card in enumerate(new, asked[1] + 1):
        while asked_due < all_due and asked_due * (all_new + 1) < place * all_due:
            turns.append(next(rest))
            asked_due += 1
        turns.append(card)
    return (*turns, *rest)
