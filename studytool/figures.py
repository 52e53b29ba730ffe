"""Reads from the store what statistics are made from: the rows of the log once, and the cards."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from studytool.days import Moment, study_day
from studytool.notes import Card
from studytool.scheduling import NEW_CARD, Act, CardState, Review, Schedule, State
from studytool.selection import Selection
from studytool.standings import NOTHING_SET, of_part
from studytool.stats.cards import KnownCard
from studytool.stats.statistics import Study
from studytool.store import Store

_ACTS = {str(act): act for act in Act}
_STATES = {str(state): state for state in State}


def today(store: Store, now: Moment) -> int:
    """Return the study day it is, as a review that trusts the clock has it."""
    last = store.log.last_row()
    return study_day(now.day, last[1] if last else None, trust_clock=True)


def study(store: Store, selection: Selection) -> Study:
    """Return the rows that stand and the cards of a selection.

    When a deck or a tag is selected only answers to its notes count. Else all do, also those to
    notes that have gone, but for those to notes of another library.
    """
    cards = list(_cards(store, selection))
    gone = {
        target
        for (target,) in store.connection.execute(
            "SELECT target FROM reviews WHERE target IS NOT NULL AND act = 'undo'"
        )
    }
    renames = store.log.rows("target IS NOT NULL AND act = 'rename'")
    return Study(
        _rows(store, gone),
        [row for row in renames if row.id not in gone],
        cards,
        _counted(store, selection, cards),
    )


def _counted(
    store: Store, selection: Selection, cards: Iterable[KnownCard]
) -> Callable[[str], bool]:
    """Return what tells by a note's key whether its answers count."""
    if selection == Selection(selection.root):
        foreign = _foreign(store, selection.root)
        return lambda key: key not in foreign
    return {known.card.key for known in cards}.__contains__


def decks(store: Store, selection: Selection) -> set[str]:
    """Return the decks of the notes of a selection."""
    condition, values = selection.where()
    query = f"SELECT DISTINCT n.deck FROM notes n WHERE {condition}"
    return {deck for (deck,) in store.connection.execute(query, values)}


def decks_of(store: Store, selection: Selection, keys: Iterable[str]) -> dict[str, str]:
    """Return the decks of those notes of a selection that have some keys, by the key."""
    condition, values = selection.where()
    return dict(
        store.connection.execute(
            "SELECT n.key, n.deck FROM json_each(?) k CROSS JOIN notes n"
            f" WHERE n.key = k.value AND {condition} ORDER BY n.bank, n.position",
            (json.dumps(sorted(keys)), *values),
        ).fetchall()
    )


def _rows(store: Store, gone: set[str]) -> Iterator[Review]:
    """Yield the rows that stand, without the columns that no statistic looks at."""
    for name, at_ms, day, zone, note, part, act, *rest in store.connection.execute(
        "SELECT id, at_ms, day, tz_minutes, note, part, act, key, scale, rating, value, target,"
        " duration_ms FROM reviews WHERE act <> 'undo' ORDER BY id"
    ):
        if name not in gone:
            yield Review(name, "", at_ms, day, zone, note, part, _ACTS[act], *rest)


def _cards(store: Store, selection: Selection) -> Iterator[KnownCard]:
    """Yield the cards of a selection."""
    states: dict[tuple[str, str], CardState] = {}
    for note, part, state, *numbers, last in store.connection.execute(
        "SELECT note, part, state, due, interval, repetitions, lapses, ease, last FROM cards"
    ):
        states[note, part] = CardState(_STATES[state], Schedule(*numbers), last)
    known = store.standings.all()
    condition, values = selection.where()
    tags: dict[str | None, tuple[str, ...]] = {None: ()}
    for key, parts, deck, suspended, written in store.connection.execute(
        "SELECT n.key, n.parts, n.deck, n.suspended, json_extract(n.content, '$.tags')"
        f" FROM notes n WHERE {condition}",
        values,
    ):
        if written not in tags:
            tags[written] = tuple(json.loads(written))
        for part in parts.split():
            standing = of_part(known[key], part) if key in known else NOTHING_SET
            if selection.flagged and not standing.flag:
                continue
            out = bool(suspended or standing.suspended)
            state = states.get((key, part), NEW_CARD)
            if state.schedule.lapses < selection.lapses:
                continue
            until = standing.buried_until
            yield KnownCard(Card(key, part), deck, tags[written], out, state, until)


def _foreign(store: Store, root: str) -> set[str]:
    """Return the keys of notes that only other libraries have ever had."""
    found = store.connection.execute(
        "SELECT key FROM notes GROUP BY key HAVING max(root = ?) = 0", (root,)
    )
    return {key for (key,) in found}
