"""Opens a user's database on a library, and makes the review session a command asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from studytool.days import Moment, as_date
from studytool.errors import UsageError
from studytool.leeches import Leeches
from studytool.mirror import refresh
from studytool.plans import Plan
from studytool.progress import Step
from studytool.queue import Limits
from studytool.selection import Selection, decks_below
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store

if TYPE_CHECKING:
    from studytool.bank import Bank


class Opened(AbstractContextManager["Opened"]):
    """A database whose mirror of one library is up to date.

    Attributes:
        store: The database.
        root: The library's folder.
        notices: What the user should know about the banks, a line each.
        limits: How many cards a day may bring.
        leeches: Which cards are forgotten too often.
    """

    def __init__(
        self, store: Store, root: Path, notices: tuple[str, ...], limits: Limits | None = None
    ) -> None:
        """Keep what belongs together."""
        self.store = store
        self.root = root
        self.notices = notices
        self.limits = limits or Limits()
        self.leeches = Leeches()

    def select(
        self,
        deck: str | None = None,
        tags: tuple[str, ...] = (),
        flagged: bool = False,
        marked: bool = False,
        leech: bool = False,
    ) -> Selection:
        """Return the notes of a deck, of the decks below it, and with all of some tags.

        Of these only cards with a flag if `flagged`, only marked notes if `marked`, only leeches if
        `leech`.

        Raises:
            UsageError: If no deck has that name, or no note such a tag, or no card can be a leech.
        """
        if leech and not self.leeches.threshold:
            raise UsageError("no card is a leech here", "the settings have leeches.threshold = 0")
        lapses = self.leeches.threshold if leech else 0
        root = str(self.root)
        if tags:
            known = self.store.tags(root)
            for tag in tags:
                name = tag.casefold()
                folded = [other.casefold() for other in known]
                if not any(other == name or other.startswith(name + "::") for other in folded):
                    from studytool.near_names import meant

                    raise UsageError(f"no note has the tag `{tag}`", meant(tag, known))
        if deck is None:
            return Selection(root, None, tags, flagged, marked, lapses)
        decks = self.store.decks(root)
        found = decks_below(decks, deck)
        if not found:
            from studytool.near_names import meant

            near = meant(deck, decks)
            raise UsageError(f"there is no deck `{deck}`", near or "decks: " + ", ".join(decks))
        return Selection(root, found, tags, flagged, marked, lapses)

    def idle_limits(self) -> Iterator[tuple[str, str]]:
        """Yield the decks that have a limit and are not in the library, each with a hint."""
        decks = self.store.decks(str(self.root)) if self.limits.decks else []
        for limit in self.limits.decks:
            if not any(map(limit.holds, decks)):
                from studytool.near_names import meant

                yield limit.deck, meant(limit.deck, decks)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the database."""
        self.store.close()


def open_library(
    home: Path,
    root: Path,
    now: Moment,
    limits: Limits | None = None,
    step: Step | None = None,
    load: Callable[[Path], Bank] | None = None,
) -> Opened:
    """Open the database in a user's folder and refresh its mirror of a library.

    Args:
        home: The folder.
        root: The library's folder, or a single bank.
        now: Stamps what is written.
        limits: How many cards a day may bring; by default the usual ones.
        step: Told how many of the banks that changed are read.
        load: Reads a bank; by default from its file.

    Raises:
        StudytoolError: If the database or the library cannot be used.
    """
    store = Store.open(home, as_date(now.day))
    try:
        return Opened(store, root, refresh(store, root, now, Sm2(), step, load), limits)
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
    flagged: bool = False,
    marked: bool = False,
    plan: Plan | None = None,
    leech: bool = False,
) -> Session:
    """Return a session over the notes a command names; see `Opened.select`.

    `new` replaces today's limit of new cards, also of the decks that hold all that is asked for;
    `plan` is for practice.

    Raises:
        UsageError: If no deck has the name.
        ClockError: If the log is far ahead of the clock.
    """
    selection = opened.select(deck, tags, flagged, marked, leech)
    return Session(
        *(opened.store, selection, Sm2(), clock, opened.limits),
        *(trust_clock, new, plan, opened.leeches),
    )
