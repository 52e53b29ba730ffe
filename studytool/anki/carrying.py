"""Turns what the log says of notes into the schedule and the review log that Anki keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from studytool.anki.learned import Answer, Learned, LearnedCard
from studytool.days import Moment
from studytool.notes import Card, Note, guid, note_key
from studytool.scheduling import (
    DRILLED_BELOW,
    Act,
    CardState,
    Review,
    Scheduler,
    State,
    States,
    renamed,
    steps,
    undone,
)
from studytool.standings import Standing, of_part
from studytool.store import Store
from studytool.values import replace

NEW, REVIEW, RELEARN = 0, 2, 3
"""Anki's types of cards; 1 is left out, for a card learned first keeps no ease there."""
_AGAIN_TODAY, _SUSPENDED, _BURIED = 1, -1, -3
_SOON = -60
"""The interval after a drill that was not passed: it comes again within the minute."""
_DAY = 86_400


def learned(
    store: Store,
    library: str,
    notes: Iterable[Note],
    now: Moment,
    rollover: int,
    scheduler: Scheduler,
) -> Learned:
    """Return what a database knows of some notes.

    Args:
        store: The database.
        library: The library's name; part of the notes' keys and GUIDs.
        notes: The notes.
        now: What is drilled on this day, or buried beyond it, is so in Anki.
        rollover: The hour at which a day begins.
        scheduler: Replays the log for the intervals before and after each answer.
    """
    rows = store.log.rows()
    gone = undone(rows)
    standing = [row for row in rows if row.id not in gone and row.act is not Act.UNDO]
    answers, days = _answers(standing, now.at_ms, scheduler)
    set_for = store.standings.all()
    (earliest,) = store.connection.execute("SELECT min(due) FROM cards").fetchone()
    first = min([now.day, *(row.day for row in standing)])
    first = (first if earliest is None else min(first, earliest)) - 1
    cards: dict[str, dict[int, LearnedCard]] = {}
    marked = set()
    for note in notes:
        key, name = note_key(library, note), guid(library, note)
        parts = set_for.get(key, {})
        for part in note.parts():
            card = Card(key, part)
            own = of_part(parts, part)
            suspended = note.suspended if own.suspended is None else bool(own.suspended)
            own = replace(own, suspended=int(suspended))
            today = days.get(card) == now.day
            known = _card(store.state(card), own, answers.get(card, ()), today, now, first)
            if own.marked:
                marked.add(name)
            if known != LearnedCard():
                cards.setdefault(name, {})[ordinal(part)] = known
    created = first * _DAY + rollover * 3600 - now.tz_minutes * 60
    return Learned(cards, frozenset(marked), created, now.tz_minutes, rollover)


def ordinal(part: str) -> int:
    """Return Anki's number of the card that a part of a note is, from 0."""
    return ("front", "reverse").index(part) if part[1:].isalpha() else int(part[1:]) - 1


def _card(
    state: CardState,
    own: Standing,
    answers: Sequence[Answer],
    today: bool,
    now: Moment,
    first: int,
) -> LearnedCard:
    """Return a card as Anki keeps it.

    Args:
        state: Where it stands.
        own: What was set for it.
        answers: Its answers.
        today: Whether it was answered last on this day.
        now: This day.
        first: The day from which Anki's days count.
    """
    kind, queue, due = NEW, NEW, None
    if state.state is not State.NEW:
        kind = queue = REVIEW
        due = (state.schedule.due or now.day) - first
    if state.state is State.LEARNING and today:
        kind, queue, due = RELEARN, _AGAIN_TODAY, now.at_ms // 1000
    if own.suspended:
        queue = _SUSPENDED
    elif own.buried(now.day):
        queue = _BURIED
    return LearnedCard(
        type=kind,
        queue=queue,
        due=due,
        interval=max(1, state.schedule.interval) if kind else 0,
        factor=state.schedule.ease * 10 if kind else 0,
        lapses=state.schedule.lapses,
        flag=own.flag,
        answers=tuple(answers),
    )


def _answers(
    rows: Sequence[Review], now_ms: int, scheduler: Scheduler
) -> tuple[Mapping[Card, Sequence[Answer]], Mapping[Card, int]]:
    """Return the answers of each card under its present name, and the day of the last one.

    What lies in the future is left out: Anki would move it to now.
    """
    present = {row.id: Card(row.note, row.part) for row in renamed(rows)}
    answers: dict[Card, list[Answer]] = {}
    days: dict[Card, int] = {}
    taken: dict[int, int] = {}
    states: States = {}
    for row, before, after in steps(rows, scheduler, states):
        if row.rating is None:
            continue
        at_ms = row.at_ms
        while at_ms in taken:
            at_ms = taken[at_ms]
        taken[row.at_ms] = taken[at_ms] = at_ms + 1
        if at_ms > now_ms:
            continue
        card = present[row.id]
        answers.setdefault(card, []).append(_answer(row, before, after, at_ms))
        days[card] = row.day
    return answers, days


def _answer(row: Review, before: CardState, after: CardState, at_ms: int) -> Answer:
    """Return an answer as Anki's log keeps it."""
    interval = after.schedule.interval
    if row.act is Act.DRILL and row.quality < DRILLED_BELOW:
        interval = _SOON
    new = before.state is State.NEW
    kinds = {Act.REVIEW: 0 if new else 1, Act.DRILL: 2}
    return Answer(
        at_ms=at_ms,
        rating=row.rating or 1,
        interval=interval,
        last_interval=before.schedule.interval,
        factor=0 if after.state is State.NEW else after.schedule.ease * 10,
        duration_ms=row.duration_ms,
        type=kinds.get(row.act, 3),
    )
