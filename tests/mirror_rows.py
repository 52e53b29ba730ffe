"""Values that several tests need: notes in the mirror without banks, a clock, rows of a log."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from studytool.connection import writing
from studytool.days import Moment, moment
from studytool.notes import Kind, Note, note_key
from studytool.scheduling import BUTTONS, Act, Rating, Review
from studytool.store import Store

ROOT = "/library"
DAY = 20_000
"""2024-10-04."""


class Clock:
    """A clock in UTC that the test sets; every reading is a second later."""

    def __init__(self, day: int = DAY, hour: int = 12) -> None:
        self.set(day, hour)

    def set(self, day: int, hour: int = 12) -> None:
        self.now = datetime(1970, 1, 1, hour, tzinfo=UTC) + timedelta(days=day)

    def __call__(self) -> Moment:
        self.now += timedelta(seconds=1)
        return moment(self.now)


def basic(id: str, **values: Any) -> Note:  # noqa: A002
    """Return a basic note with a question and an answer of its own."""
    return Note(id, Kind.BASIC, values.pop("deck", "D"), f"What is {id}?", f"It is {id}.", **values)


def cloze(id: str, text: str, **values: Any) -> Note:  # noqa: A002
    """Return a cloze note."""
    return Note(id, Kind.CLOZE, values.pop("deck", "D"), text, **values)


def put(store: Store, notes: Iterable[Note], root: str = ROOT, bank: str = "bank.yaml") -> None:
    """Write notes into the mirror as a refresh of one bank would."""
    with writing(store.connection):
        for position, note in enumerate(notes):
            content = note.to_json()
            store.connection.execute(
                "INSERT OR REPLACE INTO notes (root, id, key, bank, position, line, deck, kind,"
                " parts, suspended, content, content_hash) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                (
                    *(root, note.id, note_key("", note), bank, position, position + 1),
                    *(note.deck, str(note.kind), " ".join(note.parts()), int(note.suspended)),
                    *(content, hashlib.sha256(content.encode()).hexdigest()),
                ),
            )


def review(
    number: int,
    rating: Rating = Rating.GOOD,
    note: str = "n0",
    part: str = "front",
    act: Act = Act.REVIEW,
    day: int = DAY,
    device: str = "0a1b2c3d",
    **values: Any,
) -> Review:
    """Return an answer as a row of the log; `number` orders the rows."""
    return Review(
        id=f"{number:013x}-{device}-000",
        device=device,
        at_ms=number,
        day=day,
        tz_minutes=0,
        note=note,
        part=part,
        act=act,
        key=str(int(rating)),
        scale=BUTTONS,
        rating=int(rating),
        scheduler="sm2",
        **values,
    )


def undo(number: int, target: Review, device: str = "0a1b2c3d") -> Review:
    """Return the row that takes another one back."""
    return Review(
        f"{number:013x}-{device}-000",
        *(device, number, target.day, 0, target.note, target.part),
        act=Act.UNDO,
        target=target.id,
    )
