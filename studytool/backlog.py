"""What a break leaves: more due cards than the limit of a day lets through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import islice

from studytool.queue import Limits, answered, studied
from studytool.scheduling import Review
from studytool.selection import Selection
from studytool.store import Store
from studytool.values import Value


class Backlog(Value):
    """The cards due in a library, where they are more than the day's limit lets through.

    Attributes:
        size: Notes with a card due that were not asked today; of each one is asked a day.
        a_day: The limit of reviews a day.
        new_waits: Whether new cards wait until the backlog is gone.
    """

    size: int
    a_day: int
    new_waits: bool


def backlog(store: Store, root: str, day: int, limits: Limits) -> Backlog | None:
    """Return the backlog of a library on a day; None if there is none.

    The whole library counts, whatever part of it is reviewed, as the limit of the day does.
    """
    if not is_behind(store, root, day, limits):
        return None
    size = sum(1 for _ in _waiting(store, root, day, store.log.today(day)))
    return Backlog(size, limits.reviews, limits.new_waits)


def is_behind(store: Store, root: str, day: int, limits: Limits) -> bool:
    """Tell whether a library has a backlog on a day, which is quick however large it is."""
    today, introduced = store.log.today(day), store.log.introduced(day)
    return has_backlog(store, root, day, limits, today, introduced)


def has_backlog(
    store: Store,
    root: str,
    day: int,
    limits: Limits,
    today: Sequence[Review],
    introduced: Set[str],
) -> bool:
    """Tell whether a library has a backlog, having read no more than the limit of due cards.

    Args:
        store: The database.
        root: The library's folder.
        day: The study day.
        limits: Those of the day; without reviews, or where the order says so, there is none.
        today: Rows of the day's log that no undo took back.
        introduced: Ids of those rows that graded a card for the first time.
    """
    if not limits.order.backlog or not limits.reviews:
        return False
    # Answering a card takes one from either side, so this holds or not for the whole day.
    room = max(0, limits.reviews - len(answered(today, introduced)[0]))
    if not store.more_due(day, room):
        return False
    return len(list(islice(_waiting(store, root, day, today), room + 1))) > room


def _waiting(store: Store, root: str, day: int, today: Sequence[Review]) -> Iterator[str]:
    """Yield the notes of a library that have a card due and were not asked on the day."""
    seen = studied(today)
    for card in store.due(Selection(root), day):
        if card.key not in seen:
            seen.add(card.key)
            yield card.key
