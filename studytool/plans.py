"""What a session asks, and what becomes of its answers: the day's cards, or practice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from studytool.deck_limits import limited_queue
from studytool.prompts import Prompt, asked
from studytool.queue import Limits, Queue
from studytool.scheduling import DRILLED_BELOW, Act, Review, Scheduler
from studytool.selection import Selection
from studytool.store import Store


class Plan(Protocol):
    """What makes one kind of session differ from another.

    Attributes:
        practice: Whether answers leave the schedules alone.
    """

    practice: bool

    def queue(
        self,
        store: Store,
        selection: Selection,
        day: int,
        limits: Limits,
        answers: Sequence[Review],
    ) -> Queue:
        """Return what is left on a day, when these answers of the session stand."""

    def asked(self, prompt: Prompt, again: bool, scheduler: Scheduler) -> Prompt:
        """Return a card as it is asked; `again` if it was not known in the session."""

    def asks(self, prompt: Prompt) -> bool:
        """Tell whether a card is asked when its turn comes."""

    def comes_again(self, row: Review) -> bool:
        """Tell whether a card comes again in the session after an answer."""

    def ends_with_the_day(self, act: Act) -> bool:
        """Tell whether an answer counts only on the day on which its card was shown."""

    def takes_back(self, row: Review) -> bool:
        """Tell whether an undo may take back a row of the log."""


class Today:
    """The cards that are due on the day and the new ones, as far as the limits go."""

    practice = False

    def queue(
        self,
        store: Store,
        selection: Selection,
        day: int,
        limits: Limits,
        answers: Sequence[Review],
    ) -> Queue:
        """Return the queue of the day; the log knows all answers."""
        queue = limited_queue(store, selection, day, limits)
        for card in queue.drill:
            if not store.selects(selection, card, day):
                queue = queue.without(card)
        return queue

    def asked(self, prompt: Prompt, again: bool, scheduler: Scheduler) -> Prompt:
        """Return a card to be scheduled or drilled."""
        return asked(prompt, again, scheduler)

    def asks(self, prompt: Prompt) -> bool:
        """Pass over a card that is not due: it was graded in another window."""
        return prompt.act is not Act.PRACTICE

    def comes_again(self, row: Review) -> bool:
        """Drill what was graded below good."""
        return row.act is not Act.PRACTICE and row.quality < DRILLED_BELOW

    def ends_with_the_day(self, act: Act) -> bool:
        """Forget a drill, but not a grade, at the end of its day."""
        return act is not Act.REVIEW

    def takes_back(self, row: Review) -> bool:
        """Take back whatever was done."""
        return True
