"""What is asked today, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from studytool.notes import Card
from studytool.scheduling import DRILLED_BELOW, Act, Review
from studytool.values import Value

NEW_A_DAY = 20
"""Default limit of new cards a day."""
REVIEWS_A_DAY = 200
"""Default limit of reviews a day."""


class Limits(Value):
    """How many cards a day may bring."""

    new: int = NEW_A_DAY
    reviews: int = REVIEWS_A_DAY


class Queue(Value):
    """The cards of a day that are still to be asked.

    Attributes:
        due: Cards whose day has come, the longest overdue first.
        new: Cards never graded, in teaching order.
        drill: Cards graded below good today, in the order of their last failure.
    """

    due: tuple[Card, ...] = ()
    new: tuple[Card, ...] = ()
    drill: tuple[Card, ...] = ()

    def __len__(self) -> int:
        """Return how many cards are left."""
        return len(self.due) + len(self.new) + len(self.drill)

    def next(self, last: Card | None = None) -> Card | None:
        """Return the card to ask now: due ones, then new ones, then the drill.

        The card asked last does not come twice running unless it is alone.
        """
        for card in (*self.due[:2], *self.new[:2], *self.drill[:2]):
            if card != last:
                return card
        return last if last in self.drill or last in self.due or last in self.new else None

    def without(self, card: Card) -> Queue:
        """Return the queue with a card taken out."""
        return Queue(
            tuple(c for c in self.due if c != card),
            tuple(c for c in self.new if c != card),
            tuple(c for c in self.drill if c != card),
        )

    def drilled(self, card: Card) -> Queue:
        """Return the queue with a card at the end of the drill, and nowhere else."""
        rest = self.without(card)
        return Queue(rest.due, rest.new, (*rest.drill, card))


def build(
    due: Iterable[Card],
    new: Iterable[Card],
    today: Sequence[Review],
    introduced: int,
    limits: Limits,
) -> Queue:
    """Return the queue of a day.

    One card of a note is asked a day; its siblings wait for tomorrow.

    Args:
        due: Cards whose day has come, in order.
        new: Cards never graded, in teaching order; read only as far as the limit goes.
        today: Rows of today's log that no undo took back, in order.
        introduced: How many cards were graded today for the first time.
        limits: How many cards the day may bring.
    """
    reviewed = {Card(row.note, row.part) for row in today if row.act is Act.REVIEW}
    asked = {card.key for card in reviewed}
    reviews_left = max(0, limits.reviews - (len(reviewed) - introduced))
    chosen_due: list[Card] = []
    for card in due:
        if len(chosen_due) >= reviews_left:
            break
        if card.key not in asked:
            asked.add(card.key)
            chosen_due.append(card)
    new_left = max(0, limits.new - introduced)
    chosen_new: list[Card] = []
    if new_left:
        for card in new:
            if card.key not in asked:
                asked.add(card.key)
                chosen_new.append(card)
                if len(chosen_new) == new_left:
                    break
    return Queue(tuple(chosen_due), tuple(chosen_new), drill(today))


def drill(today: Iterable[Review]) -> tuple[Card, ...]:
    """Return the cards graded below good today and not passed since, by last failure."""
    pile: dict[Card, None] = {}
    for row in today:
        if row.act in (Act.REVIEW, Act.DRILL):
            card = Card(row.note, row.part)
            pile.pop(card, None)
            if row.quality < DRILLED_BELOW:
                pile[card] = None
    return tuple(pile)
