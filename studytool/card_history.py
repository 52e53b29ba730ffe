"""What a card went through, from the log: a row for every answer and every other act."""

from __future__ import annotations

import json

from studytool.notes import Card
from studytool.scheduling import Act, CardState, Rating, Scheduler, States, renamed, steps, undone
from studytool.store import Store
from studytool.values import Value


class Event(Value):
    """One row of the log about a card.

    Attributes:
        day: Study day.
        act: What was done: an answer that scheduled, drilled or practised, or another act.
        rating: What the learner said; None if the act was no answer.
        interval: Days until the card was due after an answer that scheduled it; None after all
            other acts, which leave the interval alone.
        ease: Ease factor after it, in hundredths.
        duration_ms: Time on the card, in milliseconds, capped; 0 when not measured.
        value: What an act that is no answer set; may be empty.
    """

    day: int
    act: Act
    rating: Rating | None
    interval: int | None
    ease: int
    duration_ms: int
    value: str


class CardHistory(Value):
    """What a card went through, and where it stands.

    Attributes:
        events: In order; without what was taken back.
        state: Where it stands now.
    """

    events: tuple[Event, ...]
    state: CardState


def card_history(store: Store, card: Card, scheduler: Scheduler) -> CardHistory:
    """Return the history of a card, also what it went through under other names."""
    keys = json.dumps(store.log.tied_keys(card.key))
    rows = store.log.rows("note IN (SELECT value FROM json_each(?))", (keys,))
    gone = undone(rows)
    standing = [row for row in rows if row.id not in gone and row.act is not Act.UNDO]
    own = {row.id for row in renamed(standing) if Card(row.note, row.part) == card}
    states: States = {}
    events = tuple(
        Event(
            day=row.day,
            act=row.act,
            rating=Rating(row.rating) if row.rating else None,
            interval=after.schedule.interval if row.act is Act.REVIEW else None,
            ease=after.schedule.ease,
            duration_ms=row.duration_ms,
            value="" if row.rating else row.value or "",
        )
        for row, _, after in steps(standing, scheduler, states)
        if row.id in own
    )
    return CardHistory(events, store.state(card))
