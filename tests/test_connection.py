"""The database is opened safely: ours, durable, private, and refused untouched if not."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from database_checks import SM2, TODAY, digest, grade, mode, value
from mirror_rows import review

from studytool import connection, migrations
from studytool.connection import connect, prove, writing
from studytool.errors import StoreError
from studytool.store import Store


def test_a_new_database_is_private(home: Path) -> None:
    before = os.umask(0)
    try:
        store = Store.open(home / "deep" / "er", TODAY)
        grade(store, 1)
    finally:
        os.umask(before)
    assert mode(home / "deep" / "er" / "studytool.db") == 0o600
    assert mode(home / "deep" / "er" / "studytool.db-wal") == 0o600
    assert mode(home / "deep" / "er") & 0o077 == 0
    store.close()


def test_the_settings_are_read_back(store: Store) -> None:
    database = store.connection
    assert value(database, "PRAGMA journal_mode") == "wal"
    assert value(database, "PRAGMA synchronous") == 2
    assert value(database, "PRAGMA foreign_keys") == 1
    assert value(database, "PRAGMA trusted_schema") == 0
    assert value(database, "PRAGMA busy_timeout") == 5000
    assert value(database, "PRAGMA application_id") == 0x53545544
    assert value(database, "PRAGMA user_version") == migrations.SCHEMA_VERSION == 3


def test_the_mark_is_in_the_file_itself(home: Path, store: Store) -> None:
    store.close()
    header = (home / "studytool.db").read_bytes()[:100]
    assert header[68:72] == b"STUD"


def test_the_device_is_the_same_for_ever(home: Path, store: Store) -> None:
    again = Store.open(home, TODAY)
    assert again.log.device == store.log.device
    assert len(again.log.device) == 8
    assert int(again.log.device, 16) >= 0
    again.close()


def foreign(path: Path, application: int = 0) -> None:
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA application_id = {application}")
    database.execute("PRAGMA user_version = 11")
    database.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, flds TEXT)")
    database.execute("INSERT INTO notes VALUES (1, 'mine')")
    database.commit()
    database.close()


def anki(path: Path) -> None:
    foreign(path)
    database = sqlite3.connect(path)
    database.executescript("CREATE TABLE col (id INTEGER); CREATE TABLE revlog (id INTEGER);")
    database.close()


@pytest.mark.parametrize(
    "make",
    [
        foreign,
        anki,
        lambda path: foreign(path, 0x12345678),
        lambda path: path.write_bytes(b"garbage " * 1000),
        lambda path: path.write_bytes(b"x"),
        lambda path: path.write_text("notes:\n- q: Who?\n  a: We.\n", encoding="utf-8"),
        lambda path: path.write_bytes(b"SQLite format 3\x00"),
        lambda path: path.write_bytes(bytes(4096)),
    ],
    ids=["sqlite", "anki", "other-mark", "garbage", "byte", "yaml", "magic-only", "zeros"],
)
def test_a_foreign_file_is_left_untouched(home: Path, make: Callable[[Path], object]) -> None:
    home.mkdir()
    path = home / "studytool.db"
    make(path)
    before = digest(path), path.stat().st_mtime_ns
    with pytest.raises(StoreError, match="is not a studytool database; it was left") as caught:
        Store.open(home, TODAY)
    assert "--home" in caught.value.help
    assert (digest(path), path.stat().st_mtime_ns) == before
    assert [file.name for file in home.iterdir()] == ["studytool.db"]


def test_a_foreign_file_with_a_journal_is_left_untouched(home: Path) -> None:
    home.mkdir()
    path = home / "studytool.db"
    foreign(path)
    path.with_name("studytool.db-journal").write_bytes(b"")
    before = digest(path)
    with pytest.raises(StoreError, match="is not a studytool database"):
        Store.open(home, TODAY)
    assert digest(path) == before


def test_a_folder_is_refused(home: Path) -> None:
    (home / "studytool.db").mkdir(parents=True)
    with pytest.raises(StoreError, match="is a folder"):
        Store.open(home, TODAY)


def test_a_file_in_place_of_the_home_is_refused(home: Path) -> None:
    home.write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(home, TODAY)
    assert home.read_text(encoding="utf-8") == "mine"


def test_a_newer_schema_is_refused_untouched(home: Path, store: Store) -> None:
    grade(store, 1)
    store.connection.execute("PRAGMA user_version = 4")
    store.close()
    before = digest(home / "studytool.db")
    with pytest.raises(StoreError, match=r"newer studytool \(schema 4, this one knows 3\)"):
        Store.open(home, TODAY)
    assert digest(home / "studytool.db") == before


@pytest.mark.parametrize("length", [100, 1000, 4096, 5000, 20_000])
def test_a_cut_off_database_is_a_clear_error(home: Path, store: Store, length: int) -> None:
    grade(store, 1)
    store.close()
    path = home / "studytool.db"
    path.write_bytes(path.read_bytes()[:length])
    try:
        Store.open(home, TODAY).close()
    except StoreError as error:
        assert "backups" in error.help
    else:
        with pytest.raises(StoreError, match="damaged"):
            connect_and_prove(path)


@pytest.mark.parametrize("fill", [b"\0", b"\xff", b"studytool"])
def test_no_damaged_page_causes_anything_but_a_clear_error(
    home: Path, store: Store, fill: bytes
) -> None:
    grade(store, 1)
    store.close()
    path = home / "studytool.db"
    whole = path.read_bytes()
    refused = 0
    for start in range(100, len(whole), 4096):
        end = start // 4096 * 4096 + 4096
        path.write_bytes(whole[:start] + (fill * 4096)[: end - start] + whole[end:])
        try:
            Store.open(home, TODAY).close()
        except StoreError as error:
            assert error.message.startswith(str(path))
            refused += 1
    assert refused


def connect_and_prove(path: Path) -> None:
    opened = connect(path, TODAY)
    try:
        prove(opened)
    finally:
        opened.close()


def test_a_lock_of_another_process_is_a_clear_error_and_the_grade_can_be_repeated(
    home: Path, store: Store
) -> None:
    store.connection.execute("PRAGMA busy_timeout = 50")
    holder = sqlite3.connect(home / "studytool.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="nothing was saved: another program holds"):
        store.record(review(1), "", SM2)
    assert store.log.rows() == []
    holder.execute("ROLLBACK")
    holder.close()
    assert store.record(review(1), "", SM2) is not None
    assert len(store.log.rows()) == 1


def test_opening_beside_a_lock_works(home: Path, store: Store) -> None:
    store.connection.execute("BEGIN IMMEDIATE")
    other = Store.open(home, TODAY)
    assert other.log.device == store.log.device
    other.close()
    store.connection.execute("ROLLBACK")


def test_a_lock_while_a_new_database_is_made_is_a_clear_error(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_MS", 50)
    home.mkdir()
    holder = sqlite3.connect(home / "studytool.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="locked"):
        Store.open(home, TODAY)
    holder.close()
    Store.open(home, TODAY).close()


def test_a_full_disk_is_a_clear_error_and_earlier_rows_stay(store: Store) -> None:
    grade(store, 1)
    pages = value(store.connection, "PRAGMA page_count")
    store.connection.execute(f"PRAGMA max_page_count = {pages}")
    number = 1
    with pytest.raises(StoreError, match="nothing was saved: the disk is full"):
        for number in range(2, 500):
            grade(store, number, f"n{number}")
    assert not store.connection.in_transaction
    kept = store.log.rows()
    assert len(kept) == number - 1
    store.connection.execute("PRAGMA max_page_count = 100000")
    grade(store, number, f"n{number}")
    assert store.log.rows()[:-1] == kept
    prove(store.connection)


def test_a_read_only_database_is_a_clear_error(store: Store) -> None:
    store.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="nothing was saved: the database is read-only"):
        store.record(review(1), "", SM2)


def test_an_error_inside_a_block_takes_the_block_back(store: Store) -> None:
    with pytest.raises(KeyError), writing(store.connection):
        store.log.append(review(1))
        raise KeyError
    assert store.log.rows() == []
    assert not store.connection.in_transaction


def test_a_newer_database_with_an_open_journal_is_left_alone(home: Path, tmp_path: Path) -> None:
    """A connection that could write would fold the journal into the file when it closes."""
    store = Store.open(home, TODAY)
    store.connection.execute("PRAGMA wal_autocheckpoint = 0")
    store.connection.execute("PRAGMA user_version = 99")
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("studytool.db", "studytool.db-wal"):
        (copy / name).write_bytes((home / name).read_bytes())
    store.close()
    before = [(copy / name).read_bytes() for name in ("studytool.db", "studytool.db-wal")]
    with pytest.raises(StoreError, match="newer studytool"):
        Store.open(copy, TODAY)
    after = [(copy / name).read_bytes() for name in ("studytool.db", "studytool.db-wal")]
    assert after == before
