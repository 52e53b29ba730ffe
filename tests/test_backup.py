"""Copies of the database: proved, private, one a day, thinned as they age."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest
from database_checks import TODAY, grade, mode, value

from studytool import backup, migrations
from studytool.connection import connect, prove
from studytool.errors import StoreError
from studytool.notes import Card
from studytool.store import Store


def test_a_copy_is_made_once_a_day_when_there_is_something_to_lose(
    home: Path, store: Store
) -> None:
    assert store.back_up(TODAY) is None
    grade(store, 1)
    made = store.back_up(TODAY)
    assert made == home / "backups" / "studytool-2024-10-04.db"
    assert mode(made) == 0o600
    grade(store, 2)
    assert store.back_up(TODAY) is None
    assert store.back_up(TODAY + timedelta(days=1)) is not None
    assert [p.name for p in sorted((home / "backups").iterdir())] == [
        "studytool-2024-10-04.db",
        "studytool-2024-10-05.db",
    ]
    copy = sqlite3.connect(made)
    assert value(copy, "SELECT count(*) FROM reviews") == 1
    assert value(copy, "PRAGMA application_id") == migrations.APPLICATION_ID
    copy.close()


def test_a_copy_can_be_opened_as_a_store(home: Path, store: Store, tmp_path: Path) -> None:
    grade(store, 1)
    made = store.back_up(TODAY)
    assert made is not None
    other = tmp_path / "other"
    other.mkdir()
    made.rename(other / "studytool.db")
    opened = Store.open(other, TODAY)
    assert opened.log.rows() == store.log.rows()
    assert opened.state(Card("n0", "front")) == store.state(Card("n0", "front"))
    opened.close()


def test_a_copy_that_is_not_proved_is_not_kept(home: Path, store: Store) -> None:
    def refuse(database: sqlite3.Connection) -> None:
        assert value(database, "SELECT count(*) FROM reviews") == 0
        raise StoreError("not good enough")

    with pytest.raises(StoreError, match="not good enough"):
        backup.copy(store.connection, home / "backups", "studytool-2024-10-04.db", refuse)
    assert list((home / "backups").iterdir()) == []


def test_a_damaged_database_is_not_copied(home: Path, store: Store) -> None:
    grade(store, 1)
    store.connection.execute("PRAGMA writable_schema = ON")
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    path = home / "studytool.db"
    with path.open("r+b") as file:
        file.seek(4096 * 2 + 5)
        file.write(b"\xff" * 64)
    damaged = connect(path, TODAY)
    with pytest.raises((StoreError, sqlite3.DatabaseError)):
        backup.daily(damaged, home / "backups", TODAY, prove)
    damaged.close()
    assert list((home / "backups").iterdir()) == []


def test_a_folder_that_cannot_take_copies_is_a_clear_error(home: Path, store: Store) -> None:
    grade(store, 1)
    (home / "backups").write_text("not a folder", encoding="utf-8")
    with pytest.raises(StoreError, match="no copy of the database was made"):
        store.back_up(TODAY)


def test_copies_are_thinned_as_they_age(home: Path, store: Store) -> None:
    grade(store, 1)
    for day in range(400):
        today = TODAY + timedelta(days=day)
        (home / "backups").mkdir(exist_ok=True)
        (home / "backups" / f"studytool-{today.isoformat()}.db").touch()
    other = home / "backups" / "studytool-2020-01-01-before-v2.db"
    other.touch()
    last = TODAY + timedelta(days=400)
    store.back_up(last)
    kept = sorted(p.name[10:20] for p in (home / "backups").iterdir() if p != other)
    ages = [(last - date.fromisoformat(day)).days for day in kept]
    assert other.exists()
    assert ages[-12:] == [*range(11, -1, -1)]
    assert len(kept) <= 12 + 10 + 9
    assert ages[0] > 200


def test_the_thinning_table() -> None:
    """Twelve days, the Sundays of ten weeks, the last days of nine months, today's included."""
    today = date(2025, 6, 30)
    days = [today - timedelta(days=age) for age in range(700)]
    kept = sorted(set(days) - backup.superfluous(days, today), reverse=True)
    ages = [*range(12), 15, 22, 29, 30, 36, 43, 50, 57, 61, 91, 122, 150, 181, 212, 242]
    assert kept == [today - timedelta(days=age) for age in ages]
    assert backup.superfluous(kept, today) == set()
    assert backup.superfluous([], today) == set()


def test_a_wrong_clock_deletes_no_copy() -> None:
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(100)]
    gone = backup.superfluous(days, date(2025, 1, 1))
    assert not {day for day in days if day > date(2025, 1, 1)} & gone


def test_thinning_day_by_day_keeps_the_table_full() -> None:
    kept: set[date] = set()
    for age in range(500):
        today = date(2024, 1, 1) + timedelta(days=age)
        kept.add(today)
        kept -= backup.superfluous(kept, today)
    months = {day.strftime("%Y-%m") for day in kept}
    weeks = {day.strftime("%G-%V") for day in kept}
    assert len(months) >= 9
    assert len(weeks) >= 10
    assert len(kept) <= 12 + 10 + 9
