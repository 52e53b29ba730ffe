"""The schema: pinned, strict, and brought up to date in one step or not at all."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from database_checks import TESTS, TODAY, digest, grade, mode, value
from sqlite_utils import Database, Migrations

from studytool import connection, migrations
from studytool.errors import StoreError
from studytool.notes import Card
from studytool.standings import Standing
from studytool.store import Store


@pytest.mark.parametrize(
    "column, bad", [("state", "old"), ("interval", 36_501), ("ease", 129), ("due", "soon")]
)
def test_a_bad_card_is_refused(store: Store, column: str, bad: object) -> None:
    grade(store, 1)
    with pytest.raises(sqlite3.IntegrityError):
        store.connection.execute(f"UPDATE cards SET {column} = ?", (bad,))


@pytest.mark.parametrize(
    "column, bad",
    [
        ("id", "short"),
        ("at_ms", "yesterday"),
        ("day", None),
        ("day", 1.5),
        ("tz_minutes", 1440),
        ("note", ""),
        ("act", "rate"),
        ("scale", "1-5"),
        ("scale", ""),
        ("key", ""),
        ("rating", 0),
        ("rating", 5),
        ("rating", None),
        ("duration_ms", -1),
        ("checksum", "0"),
    ],
)
def test_a_bad_row_of_the_log_is_refused(store: Store, column: str, bad: object) -> None:
    grade(store, 1)
    with pytest.raises(sqlite3.IntegrityError):
        store.connection.execute(f"UPDATE reviews SET {column} = ?", (bad,))


def test_every_table_of_ours_is_strict(store: Store) -> None:
    tables = store.connection.execute("PRAGMA table_list").fetchall()
    own = [row for row in tables if not row[1].startswith(("_", "sqlite_", "words"))]
    assert {row[1]: row[5] for row in own} == dict.fromkeys(
        ("reviews", "cards", "standings", "banks", "notes", "rendered", "properties", "indexed"), 1
    )


def test_the_log_table_is_fixed_for_ever(store: Store) -> None:
    columns = [tuple(row)[1:4] for row in store.connection.execute("PRAGMA table_info(reviews)")]
    text = [
        *("id", "device", "note", "part", "act", "key", "scale", "value", "target"),
        *("scheduler", "note_text", "checksum"),
    ]
    optional = {"rating", "value", "target"}
    assert columns == [
        (name, "TEXT" if name in text else "INTEGER", int(name not in optional))
        for name in (
            *("id", "device", "at_ms", "day", "tz_minutes", "note", "part", "act", "key"),
            *("scale", "rating", "value", "target", "duration_ms", "scheduler", "note_text"),
            "checksum",
        )
    ]


def test_an_empty_file_becomes_a_database(home: Path) -> None:
    home.mkdir()
    (home / "studytool.db").touch()
    Store.open(home, TODAY).close()
    assert value(sqlite3.connect(home / "studytool.db"), "PRAGMA user_version") == 3


def later_version(monkeypatch: pytest.MonkeyPatch, statements: list[str]) -> None:
    """Let this release know a schema 4, reached by some statements."""
    present_steps = migrations._steps

    def steps() -> Migrations:
        all_steps = present_steps()

        @all_steps(name="0004_later")
        def later(database: Database) -> None:
            for statement in statements:
                database.execute(statement)

        return all_steps

    monkeypatch.setattr(migrations, "_steps", steps)
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", 4)
    monkeypatch.setattr(connection, "SCHEMA_VERSION", 4)


def test_an_older_database_is_copied_and_then_migrated(
    home: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    grade(store, 1)
    log = store.log.rows()
    store.close()
    later_version(monkeypatch, ["CREATE TABLE later (x INTEGER) STRICT"])
    migrated = Store.open(home, TODAY)
    assert value(migrated.connection, "PRAGMA user_version") == 4
    assert value(migrated.connection, "SELECT count(*) FROM later") == 0
    assert migrated.log.rows() == log
    migrated.close()
    (kept,) = (home / "backups").iterdir()
    assert kept.name == "studytool-2024-10-04-before-v4.db"
    assert mode(kept) == 0o600
    old = sqlite3.connect(kept)
    assert value(old, "PRAGMA user_version") == 3
    assert value(old, "SELECT count(*) FROM reviews") == 1
    old.close()


def test_a_database_of_schema_1_keeps_its_log_and_its_cards(home: Path) -> None:
    home.mkdir()
    old = sqlite3.connect(home / "studytool.db", isolation_level=None)
    only_first = migrations._steps()
    only_first._migrations = only_first._migrations[:1]
    only_first.apply(Database(old))
    old.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
    old.execute("PRAGMA user_version = 1")
    old.execute(
        "INSERT INTO cards (note, part, state, due, interval, repetitions, lapses, ease, last)"
        " VALUES ('n0', 'front', 'review', 20006, 6, 2, 0, 250, 'x')"
    )
    old.close()
    store = Store.open(home, TODAY)
    assert value(store.connection, "PRAGMA user_version") == 3
    assert store.state(Card("n0", "front")).schedule.due == 20006
    columns = {row[1] for row in store.connection.execute("PRAGMA table_info(cards)")}
    assert not columns & {"suspended", "buried_until", "flag"}
    assert store.standings.all() == {}
    store.close()
    (kept,) = (home / "backups").iterdir()
    assert kept.name == "studytool-2024-10-04-before-v3.db"


@pytest.mark.parametrize(
    "column, bad",
    [("suspended", 2), ("flag", 8), ("flag", None), ("marked", 2), ("buried_until", "soon")],
)
def test_a_bad_standing_is_refused(store: Store, column: str, bad: object) -> None:
    store.standings.add({"n0": {"front": Standing(flag=1)}})
    with pytest.raises(sqlite3.IntegrityError):
        store.connection.execute(f"UPDATE standings SET {column} = ?", (bad,))


def test_a_failed_migration_leaves_the_file_as_it_was(
    home: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    grade(store, 1)
    store.close()
    before = digest(home / "studytool.db")
    with monkeypatch.context() as broken:
        later_version(broken, ["CREATE TABLE later (x INTEGER) STRICT", "DROP TABLE nowhere"])
        with pytest.raises(StoreError, match="nowhere"):
            Store.open(home, TODAY)
    assert digest(home / "studytool.db") == before
    again = Store.open(home, TODAY)
    assert len(again.log.rows()) == 1
    again.close()


def test_a_migration_that_cannot_be_copied_first_is_not_made(
    home: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    grade(store, 1)
    store.close()
    (home / "backups").write_text("not a folder", encoding="utf-8")
    before = digest(home / "studytool.db")
    later_version(monkeypatch, ["CREATE TABLE later (x INTEGER) STRICT"])
    with pytest.raises(StoreError, match="cannot be used"):
        Store.open(home, TODAY)
    assert digest(home / "studytool.db") == before


def test_a_failed_first_migration_leaves_an_empty_file(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(migrations, "FIRST", [*migrations.FIRST, "CREATE TABLE cards (x)"])
        with pytest.raises(StoreError, match="cards"):
            Store.open(home, TODAY)
    assert (home / "studytool.db").stat().st_size == 0
    Store.open(home, TODAY).close()


def test_eight_processes_open_one_new_file(home: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS.parent), str(TESTS)])}
    for number in range(3):
        command = [sys.executable, str(TESTS / "opening_child.py"), str(home / str(number))]
        start = str(time.time() + 0.9)
        children = [
            subprocess.Popen(
                [*command, start],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(8)
        ]
        said = [child.communicate(timeout=60) for child in children]
        assert [errors for _, errors in said] == [""] * 8
        assert {words.split()[0] for words, _ in said} == {"ok"}
        assert len({words for words, _ in said}) == 1
        opened = sqlite3.connect(home / str(number) / "studytool.db")
        assert value(opened, "SELECT count(*) FROM properties") == 1
        assert value(opened, "SELECT count(*) FROM _sqlite_migrations") == 3
        opened.close()
