"""Opens a user's database on a library, and makes the review session a command asks for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

from studytool.days import Moment, as_date
from studytool.diagnostics import did_you_mean
from studytool.errors import UsageError
from studytool.mirror import refresh
from studytool.queue import NEW_A_DAY, Limits
from studytool.selection import Selection, decks_below
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store


class Opened(AbstractContextManager["Opened"]):
    """A database whose mirror of one library is up to date.

    Attributes:
        store: The database.
        root: The library's folder.
        notices: What the user should know about the banks, a line each.
    """

    def __init__(self, store: Store, root: Path, notices: tuple[str, ...]) -> None:
        """Keep what belongs together."""
        self.store = store
        self.root = root
        self.notices = notices

    def select(self, deck: str | None = None, tags: tuple[str, ...] = ()) -> Selection:
        """Return the notes of a deck, of the decks below it, and with all of some tags.

        Raises:
            UsageError: If no deck has that name, or no note such a tag.
        """
        root = str(self.root)
        if tags:
            known = [tag.casefold() for tag in self.store.tags(root)]
            for tag in tags:
                name = tag.casefold()
                if not any(other == name or other.startswith(name + "::") for other in known):
                    near = did_you_mean(tag, known)
                    raise UsageError(f"no note has the tag `{tag}`", near)
        if deck is None:
            return Selection(root, None, tags)
        decks = self.store.decks(root)
        found = decks_below(decks, deck)
        if not found:
            near = did_you_mean(deck, {name.casefold(): name for name in decks})
            raise UsageError(f"there is no deck `{deck}`", near or "decks: " + ", ".join(decks))
        return Selection(root, found, tags)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the database."""
        self.store.close()


def open_library(home: Path, root: Path, now: Moment) -> Opened:
    """Open the database in a user's folder and refresh its mirror of a library.

    Raises:
        StudytoolError: If the database or the library cannot be used.
    """
    store = Store.open(home, as_date(now.day))
    try:
        return Opened(store, root, refresh(store, root, now, Sm2()))
    except BaseException:
        store.close()
        raise


def review_session(
    opened: Opened,
    deck: str | None,
    tags: tuple[str, ...],
    new: int | None,
    clock: Callable[[], Moment],
    trust_clock: bool,
) -> Session:
    """Return a session over the notes a command names; `new` replaces the limit of new cards.

    Raises:
        UsageError: If no deck has the name.
        ClockError: If the log is far ahead of the clock.
    """
    limits = Limits(new=NEW_A_DAY if new is None else new)
    selection = opened.select(deck, tags)
    return Session(opened.store, selection, Sm2(), clock, limits, trust_clock)
