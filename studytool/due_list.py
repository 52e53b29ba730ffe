"""What is to be done today, deck by deck, as lines and as JSON.

The JSON is one object with ISO dates: `schema_version` 1, `date`; `due`, `new`, `drill` and
`total` as the next review would ask them; `waiting`, how many cards more are due that limits and
siblings hold back; `backlog`, how many are due in the whole library while they are more than a day
may bring, else 0; `next_due`, the first date after today on which a card is due, or null; and
`decks`, a list of {deck, due, new, drill, total} in the order of names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from studytool.backlog_lines import backlog_of
from studytool.columns import clip, table
from studytool.days import as_date
from studytool.figures import decks, decks_of
from studytool.notes import Card
from studytool.screen_text import clean_line
from studytool.session import Session
from studytool.values import Value
from studytool.wording import counted, in_days
from studytool.wrapping import Row, Rows, Run, wrap


class DeckDue(Value):
    """What is left of a deck today, without the decks below it."""

    deck: str
    due: int
    new: int
    drill: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.due + self.new + self.drill


class DueToday(Value):
    """What is left today.

    Attributes:
        day: The study day it is.
        decks: Every deck that is selected, by name, also one with nothing to do.
        waiting: Cards due that the limit of the day, or a sibling, holds back.
        next_due: The next study day on which a card is due, or None.
        backlog: Size of the backlog of the whole library; 0 for none.
    """

    day: int
    decks: tuple[DeckDue, ...]
    waiting: int
    next_due: int | None
    backlog: int = 0

    @property
    def all(self) -> DeckDue:
        """All decks together."""
        return DeckDue(
            "in all",
            sum(deck.due for deck in self.decks),
            sum(deck.new for deck in self.decks),
            sum(deck.drill for deck in self.decks),
        )


def due_today(session: Session) -> DueToday:
    """Return what a session that begins now would ask."""
    found = backlog_of(session)
    store, selection, queue = session.store, session.selection, session.queue
    keys = {card.key for card in (*queue.due, *queue.new, *queue.drill)}
    names = decks_of(store, selection, keys)
    due, new, drill = (_by_deck(part, names) for part in (queue.due, queue.new, queue.drill))
    return DueToday(
        session.day,
        tuple(
            DeckDue(name, due[name], new[name], drill[name])
            for name in sorted(decks(store, selection), key=lambda name: (name.casefold(), name))
        ),
        sum(1 for _ in store.due(selection, session.day)) - len(queue.due),
        session.next_due(),
        found.size if found else 0,
    )


def _by_deck(cards: Iterable[Card], names: Mapping[str, str]) -> Counter[str]:
    """Return how many of some cards each deck has."""
    return Counter(names[card.key] for card in cards if card.key in names)


def document(today: DueToday) -> dict[str, object]:
    """Return what is left today as an object for JSON."""
    next_due = None if today.next_due is None else as_date(today.next_due).isoformat()
    return {
        "schema_version": 1,
        "date": as_date(today.day).isoformat(),
        **_numbers(today.all),
        "waiting": today.waiting,
        "backlog": today.backlog,
        "next_due": next_due,
        "decks": [{"deck": deck.deck, **_numbers(deck)} for deck in today.decks],
    }


def _numbers(deck: DeckDue) -> dict[str, int]:
    """Return the numbers of a deck by their names."""
    return {"due": deck.due, "new": deck.new, "drill": deck.drill, "total": deck.total}


def page(today: DueToday, width: int) -> Rows:
    """Return what is left today as rows no wider than a width; a deck with nothing is left out."""
    rows: list[Row] = []
    left = [deck for deck in today.decks if deck.total]
    if left:
        body = [_cells(deck, "") for deck in left]
        body.append(_cells(today.all, "figure"))
        rows += [*table(("deck", "due", "new", "drill"), body, width), ()]
    else:
        rows.append((Run("Nothing is due."),))
    if today.waiting:
        wait = "waits" if today.waiting == 1 else "wait"
        words = f"{counted(today.waiting, 'more card')} {wait} for another day."
        rows += wrap([Run(words, "muted")], width)
    if today.backlog:
        words = f"Backlog: {today.backlog:,} due in all decks; the most overdue come first."
        rows += wrap([Run(words, "muted")], width)
    rows += wrap([Run(_next(today), "muted")], width)
    return tuple(clip(row, width) for row in rows)


def _cells(deck: DeckDue, roles: str) -> tuple[Run, ...]:
    """Return a row of the table; what is 0 is left blank."""
    numbers = (f"{number:,}" if number else "" for number in (deck.due, deck.new, deck.drill))
    return (Run(clean_line(deck.deck), roles), *(Run(number, roles) for number in numbers))


def _next(today: DueToday) -> str:
    """Return in words when the next card is due after today."""
    if today.next_due is None:
        return "After today no card is waiting."
    when = in_days(today.next_due - today.day, as_date(today.next_due))
    return f"After today the next card is due {when}."
