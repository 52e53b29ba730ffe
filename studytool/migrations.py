"""The schema of the database, step by step; every step is one transaction."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x53545544
"""Marks a SQLite file as ours ("STUD"); fixed for ever."""
SCHEMA_VERSION = 3
"""The newest schema this release knows: the number of steps below."""

REVIEWS = """
CREATE TABLE reviews (
  id TEXT PRIMARY KEY CHECK (length(id) >= 26),
  device TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  day INTEGER NOT NULL,
  tz_minutes INTEGER NOT NULL CHECK (abs(tz_minutes) < 1440),
  note TEXT NOT NULL CHECK (note <> ''),
  part TEXT NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('review', 'drill', 'practice', 'undo', 'suspend', 'bury',
    'flag', 'mark', 'set-due', 'rename', 'reschedule')),
  key TEXT NOT NULL,
  scale TEXT NOT NULL CHECK (scale IN ('', '1-4', '0-5')),
  rating INTEGER CHECK (rating BETWEEN 1 AND 4),
  value TEXT,
  target TEXT,
  duration_ms INTEGER NOT NULL CHECK (duration_ms >= 0),
  scheduler TEXT NOT NULL,
  note_text TEXT NOT NULL,
  checksum TEXT NOT NULL CHECK (length(checksum) = 16),
  CHECK ((act IN ('review', 'drill', 'practice')) = (rating IS NOT NULL)),
  CHECK ((scale = '') = (key = ''))
) STRICT
"""
"""The log row, fixed for ever; `scheduling.Review` says what each column means."""

CARDS = """
CREATE TABLE cards (
  note TEXT NOT NULL,
  part TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('new', 'learning', 'review')),
  due INTEGER,
  interval INTEGER NOT NULL CHECK (interval BETWEEN 0 AND 36500),
  repetitions INTEGER NOT NULL CHECK (repetitions >= 0),
  lapses INTEGER NOT NULL CHECK (lapses >= 0),
  ease INTEGER NOT NULL CHECK (ease >= 130),
  memory TEXT,
  suspended INTEGER NOT NULL DEFAULT 0,
  buried_until INTEGER,
  flag INTEGER NOT NULL DEFAULT 0,
  last TEXT NOT NULL,
  PRIMARY KEY (note, part)
) STRICT, WITHOUT ROWID
"""
"""A cache of the replay of the log."""

FIRST = [
    REVIEWS,
    "CREATE INDEX reviews_by_card ON reviews (note, part, id)",
    "CREATE INDEX reviews_by_day ON reviews (day)",
    "CREATE INDEX reviews_by_target ON reviews (target, act) WHERE target IS NOT NULL",
    CARDS,
    "CREATE INDEX cards_by_due ON cards (due)",
    """
CREATE TABLE banks (
  root TEXT NOT NULL,
  path TEXT NOT NULL,
  size INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  derived INTEGER NOT NULL,
  PRIMARY KEY (root, path)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE notes (
  root TEXT NOT NULL,
  id TEXT NOT NULL,
  key TEXT NOT NULL,
  bank TEXT NOT NULL,
  position INTEGER NOT NULL,
  line INTEGER NOT NULL,
  deck TEXT NOT NULL,
  kind TEXT NOT NULL,
  parts TEXT NOT NULL,
  suspended INTEGER NOT NULL,
  content TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  removed_at INTEGER,
  PRIMARY KEY (root, id)
) STRICT
""",
    "CREATE INDEX notes_in_order ON notes (root, bank, position)",
    "CREATE INDEX notes_by_key ON notes (root, key)",
    """
CREATE TABLE rendered (
  content_hash TEXT NOT NULL,
  renderer TEXT NOT NULL,
  fields TEXT NOT NULL,
  PRIMARY KEY (content_hash, renderer)
) STRICT, WITHOUT ROWID
""",
    "CREATE TABLE properties (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    "INSERT INTO properties VALUES ('device', lower(hex(randomblob(4))))",
]

STANDINGS = [
    """
CREATE TABLE standings (
  note TEXT NOT NULL,
  part TEXT NOT NULL,
  suspended INTEGER CHECK (suspended IN (0, 1)),
  buried_until INTEGER,
  flag INTEGER NOT NULL CHECK (flag BETWEEN 0 AND 7),
  marked INTEGER NOT NULL CHECK (marked IN (0, 1)),
  PRIMARY KEY (note, part)
) STRICT, WITHOUT ROWID
""",
    "ALTER TABLE cards DROP COLUMN suspended",
    "ALTER TABLE cards DROP COLUMN buried_until",
    "ALTER TABLE cards DROP COLUMN flag",
]
"""What was set for cards, and with an empty part for whole notes: a cache of the log, too."""

SEARCH = [
    "CREATE TABLE indexed (number INTEGER PRIMARY KEY, content_hash TEXT NOT NULL UNIQUE) STRICT",
    "CREATE INDEX notes_by_content ON notes (content_hash, root, key)",
]
"""Numbers the contents of notes for the full-text index, which `search_index` fills."""
WORDS = (
    "CREATE VIRTUAL TABLE words USING fts5 (text, content = '', prefix = '1',"
    " tokenize = 'unicode61 remove_diacritics 2')"
)


def _steps() -> Migrations:
    """Return the steps in order; a released step never changes."""
    from sqlite_utils import Migrations

    steps = Migrations("studytool")

    @steps(name="0001_first")
    def first(database: Database) -> None:
        for statement in FIRST:
            database.execute(statement)

    @steps(name="0002_standings")
    def standings(database: Database) -> None:
        for statement in STANDINGS:
            database.execute(statement)

    @steps(name="0003_search")
    def search(database: Database) -> None:
        for statement in SEARCH:
            database.execute(statement)
        # A SQLite without full-text search has no such table, and reads the notes themselves.
        with suppress(sqlite3.OperationalError):
            database.execute(WORDS)

    return steps


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a database to `SCHEMA_VERSION`; a database already there is left alone.

    The steps, their record and the version commit together. Another process that does the same
    is waited for.

    Raises:
        sqlite3.Error: If a step fails; the database is as it was.
    """
    from sqlite_utils import Database

    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] < SCHEMA_VERSION:
            _steps().apply(Database(connection, execute_plugins=False))
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
