"""Practice: cards are asked whatever their schedules say, and no schedule changes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from studytool.notes import Card
from studytool.prompts import Prompt
from studytool.queue import Limits, Queue
from studytool.scheduling import DRILLED_BELOW, Act, Review, Scheduler, State
from studytool.selection import Selection
from studytool.store import Store
from studytool.values import Value, replace

NOTICE = "practice: your answers change no schedule"
"""What the learner should know when it begins."""


class Practice(Value):
    """Asks all cards of a selection, or those that come due in the next days.

    Attributes:
        ahead: Cards due after today, within this many days; None for all cards, new ones too.
    """

    ahead: int | None = None
    practice = True

    def queue(
        self,
        store: Store,
        selection: Selection,
        day: int,
        limits: Limits,
        answers: Sequence[Review],
    ) -> Queue:
        """Return the cards that no answer of the session says are known; limits do not count."""
        known, again = outcomes(answers)
        out = known.union(again)
        last = sys.maxsize if self.ahead is None else day + self.ahead
        if self.ahead is not None:
            out.update(store.due(selection, day))
        buried = set(store.standings.buried(day))

        def left(cards: Iterable[Card]) -> tuple[Card, ...]:
            return tuple(
                card
                for card in cards
                if card not in out
                and (card.key not in buried or store.standings.of(card).asked(day))
            )

        return Queue(
            left(store.due(selection, last)),
            left(store.new(selection, day)) if self.ahead is None else (),
            tuple(card for card in again if store.selects(selection, card, day)),
        )

    def asked(self, prompt: Prompt, again: bool, scheduler: Scheduler) -> Prompt:
        """Return a card to be practised; its grades have no intervals."""
        new = prompt.before.state is State.NEW
        state = State.LEARNING if again else State.NEW if new else State.REVIEW
        return replace(prompt, act=Act.PRACTICE, state=state, intervals={})

    def asks(self, prompt: Prompt) -> bool:
        """Ask whatever has its turn."""
        return True

    def comes_again(self, row: Review) -> bool:
        """Ask again what was graded below good."""
        return row.quality < DRILLED_BELOW

    def ends_with_the_day(self, act: Act) -> bool:
        """Count an answer on any day."""
        return False

    def takes_back(self, row: Review) -> bool:
        """Leave the grades alone that scheduled before the practice began."""
        return row.act not in (Act.REVIEW, Act.DRILL) and not row.target


def outcomes(answers: Iterable[Review]) -> tuple[set[Card], dict[Card, None]]:
    """Return the cards whose last answer was good, and the others by their last answer."""
    known: set[Card] = set()
    again: dict[Card, None] = {}
    for row in answers:
        card = Card(row.note, row.part)
        known.discard(card)
        again.pop(card, None)
        if row.quality < DRILLED_BELOW:
            again[card] = None
        else:
            known.add(card)
    return known, again
