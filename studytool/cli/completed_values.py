"""The values a shell can complete: decks, tags, notes and banks, read and never written."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import Any

import click
from click.shell_completion import CompletionItem
from click.types import StringParamType

from studytool import config
from studytool.cli.places import cards_choice
from studytool.screen_text import clean_line

Items = list[CompletionItem[str]]
SHOWN_QUESTION = 60
"""How much of a question stands beside a note's id, in characters."""


class _Completed(StringParamType):
    """Text that a shell can complete."""

    def __init__(self, complete: Callable[[click.Context, str], Items]) -> None:
        """Take what lists the values that begin with some text."""
        self.complete = complete

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
        """Return the values that begin with what is typed."""
        with ctx.scope(cleanup=False):
            return self.complete(ctx, incomplete)


def _rows(ctx: click.Context, query: str) -> list[tuple[Any, ...]]:
    """Return what the mirror of the library in use has, from a connection that cannot write.

    Without a log to recover SQLite is told that nothing changes, so that it makes no files.
    """
    database = config.home(ctx.params.get("home"), os.environ) / "studytool.db"
    shared = all(database.with_name(f"{database.name}-{kind}").exists() for kind in ("wal", "shm"))
    mode = "mode=ro" if shared else "immutable=1"
    root = str(cards_choice(ctx.params.get("cards")).root)
    with closing(sqlite3.connect(f"{database.as_uri()}?{mode}", uri=True, timeout=0.2)) as mirror:
        return mirror.execute(query, (root,)).fetchall()


def _matching(values: Iterable[str], incomplete: str) -> Items:
    """Return the values that begin with some text, in any case."""
    begin = incomplete.casefold()
    return [
        CompletionItem(value)
        for value in sorted(set(values))
        if value.isprintable() and value.casefold().startswith(begin)
    ]


def _decks(ctx: click.Context, incomplete: str) -> Items:
    """Return decks, and those above them."""
    names: set[str] = set()
    for (deck,) in _rows(
        ctx, "SELECT DISTINCT deck FROM notes WHERE root = ? AND removed_at IS NULL"
    ):
        parts = deck.split("::")
        names.update("::".join(parts[:end]) for end in range(1, len(parts) + 1))
    return _matching(names, incomplete)


def _tags(ctx: click.Context, incomplete: str) -> Items:
    """Return tags."""
    rows = _rows(
        ctx,
        "SELECT DISTINCT t.value FROM notes n, json_each(n.content, '$.tags') t"
        " WHERE n.root = ? AND n.removed_at IS NULL",
    )
    return _matching((tag for (tag,) in rows), incomplete)


def _notes(ctx: click.Context, incomplete: str) -> Items:
    """Return the ids of notes, with what they ask."""
    rows = _rows(
        ctx,
        "SELECT id, json_extract(content, '$.question') FROM notes"
        " WHERE root = ? AND removed_at IS NULL",
    )
    questions = dict(rows)
    found = _matching(questions, incomplete)
    for item in found:
        item.help = clean_line(" ".join((questions[item.value] or "").split())[:SHOWN_QUESTION])
    return found


def _terms(ctx: click.Context, incomplete: str) -> Items:
    """Return what a term of a search can be: its key, and behind that a value."""
    from studytool.search_query import KEYS, STATES

    key, colon, value = incomplete.partition(":")
    if not colon:
        return [CompletionItem(f"{known}:") for known in KEYS if known.startswith(key)]
    known = {"deck": _decks, "tag": _tags}.get(key)
    if known is None:
        return _matching((f"is:{state}" for state in STATES), incomplete)
    return [
        CompletionItem(f"{key}:{item.value}")
        for item in known(ctx, value)
        if not any(sign in item.value for sign in ' "()')
    ]


def _banks(ctx: click.Context, incomplete: str) -> Items:
    """Return the banks of the library in use; any other file will do too."""
    from studytool.library import shown_path

    root = cards_choice(ctx.params.get("cards")).root
    folder = root if root.is_dir() else root.parent
    rows = _rows(ctx, "SELECT DISTINCT bank FROM notes WHERE root = ? AND removed_at IS NULL")
    paths = (shown_path(folder / bank) for (bank,) in rows)
    return _matching(paths, incomplete)


def _settings(ctx: click.Context, incomplete: str) -> Items:
    """Return the names of settings."""
    from studytool.cli.chosen import settings_file
    from studytool.cli.places import theme_choice
    from studytool.settings.text import in_force

    found = in_force(settings_file(), cards_choice(ctx.params.get("cards")), theme_choice())
    return _matching((setting.name.replace('"', "") for setting in found), incomplete)


def _rules(ctx: click.Context, incomplete: str) -> Items:
    """Return the names of the rules."""
    from studytool.craft.explain import EXPLAINED

    return _matching(EXPLAINED, incomplete)


def _files(
    kind: str, also: Callable[[click.Context, str], Items] | None = None
) -> Callable[[click.Context, str], Items]:
    """Return what leaves the rest to the shell, which knows files and folders best."""

    def complete(ctx: click.Context, incomplete: str) -> Items:
        known: Items = []
        if also is not None:
            try:
                known = also(ctx, incomplete)
            except (sqlite3.Error, OSError):
                known = []
        begin = incomplete if incomplete.isprintable() else ""
        return [*known, CompletionItem(begin, type=kind)]

    return complete


_VALUES = {
    "deck": _decks,
    "decks": _decks,
    "tags": _tags,
    "note_id": _notes,
    "query": _terms,
    "keys": _settings,
    "explain": _rules,
    "path": _files("file", _banks),
    "paths": _files("file", _banks),
    "against": _files("file"),
    "cards": _files("file"),
    "home": _files("dir"),
    "out": _files("dir"),
}
"""What completes the parameters of all commands, by their names."""


def complete_values(command: click.Command) -> click.Command:
    """Return a command whose parameters a shell can complete."""
    for param in command.params:
        if param.name in _VALUES and not isinstance(param.type, click.Choice):
            param.type = _Completed(_VALUES[param.name])
    return command
