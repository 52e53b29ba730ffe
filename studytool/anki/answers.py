"""Turns Anki's review log, suspensions and flags into rows of ours, each only once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import groupby
from typing import NamedTuple

from studytool.anki.collection import SUSPENDED, AnkiAnswer, AnkiCard, Collection
from studytool.days import Moment
from studytool.digests import digest
from studytool.log import Log
from studytool.notes import Kind, Note
from studytool.scheduling import BUTTONS, Act, Review, note_text
from studytool.standings import NOTHING_SET, Parts, of_part
from studytool.store import Store

SCHEDULER = "anki"
"""Applied the grades when they were given."""
MAX_DURATION = 600_000
SAME_ANSWER = 1000
"""An answer of Anki's this close to one of ours is ours, which an export carried there."""
_FILTERED, _MANUAL = 3, 4


class Known(NamedTuple):
    """A note that is in our library and in Anki.

    Attributes:
        key: The key of its progress.
        note: The note here.
        guid: Its GUID.
    """

    key: str
    note: Note
    guid: str


class Counts(Counter[str]):
    """How many rows became what; the keys are `new`, `there`, `manual`, `odd`, `set`."""


class Found(NamedTuple):
    """What a package adds to the log.

    Attributes:
        rows: New rows, with their ids.
        decks: What the rows of the package were, by the deck they are in here.
        without: Cards with answers that have no counterpart here.
    """

    rows: list[Review]
    decks: dict[str, Counts]
    without: int


def find(
    collection: Collection,
    known: Mapping[int, Known],
    store: Store,
    moment: Callable[[int], Moment],
    now_ms: int,
) -> Found:
    """Return the rows that our log does not have.

    Ids of rows are made of Anki's time, GUID and card, so every device makes the same ones.
    The first answer of a study day is a review, later ones of the day are drills, as they
    would be here; what a filtered deck asked is practice.

    Args:
        collection: What Anki exported.
        known: Our notes by the ids of Anki's.
        store: Our log, and what is set for cards.
        moment: Gives the study day of a time in milliseconds.
        now_ms: Later answers are left out: our log never runs ahead of the clock.
    """
    cards = {
        card.id: (card, part_of(known[card.note].note, card.ordinal))
        for card in collection.cards()
        if card.note in known
    }
    merge = _Merge(store, moment, now_ms)
    without = 0
    for number, answers in groupby(collection.answers(), lambda answer: answer.card):
        if number not in cards:
            continue
        card, part = cards[number]
        if part:
            merge.answers(known[card.note], card, part, list(answers))
        else:
            without += 1
    for card, part in cards.values():
        if part:
            merge.settings(known[card.note], card, part)
    return Found(merge.rows, merge.decks, without)


def part_of(note: Note, ordinal: int) -> str:
    """Return the part of a note that is one of Anki's cards; empty if it has none such."""
    if note.kind in (Kind.CLOZE, Kind.STEPS):
        part = f"{'c' if note.kind is Kind.CLOZE else 's'}{ordinal + 1}"
    else:
        part = {0: "front", 1: "reverse"}.get(ordinal, "")
    return part if part in note.parts() else ""


class _Merge:
    """Collects new rows, card by card."""

    def __init__(self, store: Store, moment: Callable[[int], Moment], now_ms: int) -> None:
        self.store = store
        self.log: Log = store.log
        self.moment = moment
        self.now_ms = now_ms
        self.rows: list[Review] = []
        self.decks: dict[str, Counts] = {}
        self.set_for: dict[str, Parts] = store.standings.all()
        self.graded = self.log.keys()
        self.moved = self.log.moved()

    def counts(self, note: Known) -> Counts:
        """Return what is counted for a note's deck."""
        return self.decks.setdefault(note.note.deck, Counts())

    def answers(self, note: Known, card: AnkiCard, part: str, answers: list[AnkiAnswer]) -> None:
        """Take the answers to one card, which are in order of time."""
        counts = self.counts(note)
        device = device_of(note.guid, card.ordinal)
        ids, times, days = self._ours(note.key, part, device)
        text = note_text(note.note.asked(part))
        for answer in answers:
            name = row_id(answer.id, device)
            if answer.kind >= _MANUAL or not 1 <= answer.ease <= 4:
                counts["manual"] += 1
            elif not 0 < answer.id <= self.now_ms:
                counts["odd"] += 1
            elif name in ids or any(abs(ms - answer.id) < SAME_ANSWER for ms in times):
                counts["there"] += 1
            else:
                moment = self.moment(answer.id)
                act = Act.DRILL if moment.day in days else Act.REVIEW
                if answer.kind == _FILTERED:
                    act = Act.PRACTICE
                elif act is Act.REVIEW:
                    days.add(moment.day)
                self.rows.append(
                    Review(
                        *(name, device, answer.id, moment.day, moment.tz_minutes),
                        *(note.key, part),
                        act=act,
                        key=str(answer.ease),
                        scale=BUTTONS,
                        rating=answer.ease,
                        duration_ms=max(0, min(answer.taken_ms, MAX_DURATION)),
                        scheduler=SCHEDULER,
                        note_text=text,
                    )
                )
                counts["new"] += 1

    def _ours(self, key: str, part: str, device: str) -> tuple[set[str], list[int], set[int]]:
        """Return what the log has of a card: ids from Anki, times of ours, days of reviews."""
        if key not in self.graded and key not in self.moved:
            return set(), [], set()
        keys = json.dumps(self._keys(key))
        gone = {
            target
            for (target,) in self.log.connection.execute(
                "SELECT target FROM reviews WHERE act = 'undo'"
                " AND note IN (SELECT value FROM json_each(?))",
                (keys,),
            )
        }
        ids: set[str] = set()
        times: list[int] = []
        days: set[int] = set()
        for name, who, at_ms, day, act, where in self.log.connection.execute(
            "SELECT id, device, at_ms, day, act, part FROM reviews WHERE rating IS NOT NULL"
            " AND note IN (SELECT value FROM json_each(?))",
            (keys,),
        ):
            if who == device:
                ids.add(name)
            elif where == part or key in self.moved:
                times.append(at_ms)
            else:
                continue
            if act == Act.REVIEW and name not in gone:
                days.add(day)
        return ids, times, days

    def _keys(self, key: str) -> list[str]:
        """Return a note's key and those that renames tie to it."""
        return self.log.tied_keys(key) if key in self.moved else [key]

    def settings(self, note: Known, card: AnkiCard, part: str) -> None:
        """Take over a card's suspension and flag, where nothing newer was said here.

        What is not set in Anki says nothing, unless it was Anki that set it here; nor does a
        suspension that is in the bank.
        """
        suspended = int(card.queue == SUSPENDED)
        parts = self.set_for.get(note.key, {})
        if not suspended and not card.flag and not parts:
            return
        standing = of_part(parts, part) if parts else NOTHING_SET
        by_bank = int(note.note.suspended)
        for act, there, here in (
            (Act.SUSPEND, suspended, by_bank if standing.suspended is None else standing.suspended),
            (Act.FLAG, card.flag, standing.flag),
        ):
            at_ms = min(card.changed * 1000, self.now_ms)
            if there == here or at_ms <= 0:
                continue
            device = device_of(note.guid, card.ordinal, act)
            last = self._last(note.key, part, act)
            if last[0] >= at_ms or (not there and last[1] != device):
                continue
            moment = self.moment(at_ms)
            self.rows.append(
                Review(
                    *(row_id(at_ms, device), device, at_ms, moment.day, moment.tz_minutes),
                    *(note.key, part),
                    act=act,
                    value=str(there),
                    note_text=note_text(note.note.asked(part)),
                )
            )
            self.counts(note)["set"] += 1

    def _last(self, key: str, part: str, act: Act) -> tuple[int, str]:
        """Return when, and by whom, something was last set for a card."""
        row = self.log.connection.execute(
            "SELECT at_ms, device FROM reviews WHERE act = ? AND part IN (?, '') AND note IN"
            " (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT 1",
            (str(act), part, json.dumps(self._keys(key))),
        ).fetchone()
        return (row[0], row[1]) if row else (-1, "")


def device_of(guid: str, ordinal: int, act: str = "") -> str:
    """Return eight digits that stand for Anki's answers to one card, on every device the same."""
    return digest(f"anki\x1f{guid}\x1f{ordinal}\x1f{act}", 4)


def row_id(ms: int, device: str) -> str:
    """Return the id of a row that came from Anki."""
    return f"{ms:013x}-{device}-000"
