"""What an overview tells of a library on a day, and the reviews that begin there."""

from __future__ import annotations

from studytool import studied_days
from studytool.deck_tree import EVERYTHING, DeckRow, tree
from studytool.due_list import due_today
from studytool.opening import Opened, review_session
from studytool.prompts import Counts
from studytool.session import Session


class DeckNumbers:
    """The decks of a library with what is left of them.

    Attributes:
        opened: The library.
        session: A session over all of it, from which the numbers are.
        today: What is left today.
        rows: The same as a tree.
        answered: Answers of today.
        streak: Days studied in a row.
    """

    def __init__(self, opened: Opened, session: Session) -> None:
        """Count for the first time.

        Args:
            opened: The library.
            session: A session over all of it that begins now; its clock tells the time later.
        """
        self.opened = opened
        self._count(session)

    def refresh(self) -> None:
        """Count anew.

        Raises:
            sqlite3.Error: If the database cannot be read; the numbers stay as they were.
        """
        self._count(self.begin(EVERYTHING, trust_clock=True))

    def _count(self, session: Session) -> None:
        """Take the numbers of a session over all decks."""
        store, day = self.opened.store, session.day
        today = due_today(session)
        answered = studied_days.answers(store, day)
        streak = studied_days.streak(store, str(self.opened.root), day)
        self.session, self.today, self.answered, self.streak = session, today, answered, streak
        self.rows: tuple[DeckRow, ...] = tree(today)
        self._alone = {EVERYTHING: session.counts()}

    def begin(self, deck: str, trust_clock: bool = False, practise: bool = False) -> Session:
        """Return a session that begins now over a deck and those below it, or practice of it.

        Raises:
            UsageError: If there is no such deck any more.
            ClockError: If the log is far ahead of the clock.
        """
        clock = self.session.clock
        plan = None
        if practise:
            from studytool.practice import Practice

            plan = Practice()
        return review_session(self.opened, deck or None, (), None, clock, trust_clock, plan=plan)

    def alone(self, deck: str) -> Counts:
        """Return what a review of a deck and those below it would ask."""
        if deck not in self._alone:
            self._alone[deck] = self.begin(deck, trust_clock=True).counts()
        return self._alone[deck]

    def why_nothing(self, session: Session, deck: str) -> str:
        """Return in words why a session over a deck has nothing to ask, and when it will."""
        from studytool.overview import nothing_due

        quiet = Opened(self.opened.store, self.opened.root, (), self.opened.limits)
        return nothing_due(quiet, session, deck or None)
