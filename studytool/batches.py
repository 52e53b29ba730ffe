"""Actions on many cards at once: one transaction, and one undo that takes all of it back."""

from __future__ import annotations

from collections.abc import Iterable

from studytool.connection import writing
from studytool.scheduling import ACTIONS, Review, Scheduler
from studytool.store import Store


def act_on_all(store: Store, rows: Iterable[Review], scheduler: Scheduler) -> list[Review]:
    """Append actions to the log and bring what they set up to date, in one transaction.

    The rows have ids of one millisecond, counted behind the device, which is how an undo knows
    that they belong together.

    Args:
        store: The database.
        rows: The actions; their ids and devices are set here.
        scheduler: Makes the cards again that an action schedules.

    Raises:
        StoreError: If they could not be saved; then none was.
    """
    with writing(store.connection):
        written = store.log.append_all(rows)
        for row in written:
            if row.act in ACTIONS:
                store.standings.keep(row)
        for key in dict.fromkeys(row.note for row in written if row.act not in ACTIONS):
            store.replay_note(key, scheduler)
    return written
