"""What the tests of the database look at, and a grade for it."""

from __future__ import annotations

import hashlib
import sqlite3
import stat
from datetime import date
from pathlib import Path

from mirror_rows import DAY, review

from studytool.notes import Card
from studytool.scheduling import Rating
from studytool.sm2 import Sm2
from studytool.store import Store

TODAY = date(2024, 10, 4)
TESTS = Path(__file__).parent
SM2 = Sm2()


def value(database: sqlite3.Connection, statement: str) -> object:
    return database.execute(statement).fetchone()[0]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def grade(store: Store, number: int, note: str = "n0", rating: Rating = Rating.GOOD) -> None:
    row = review(number, rating, note, day=DAY + number)
    assert store.record(row, store.state(Card(note, "front")).last, SM2) is not None
