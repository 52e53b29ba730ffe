"""Browsing without a screen: what was found, which card is looked at, and what is done to some."""

from __future__ import annotations

from pathlib import Path

from studytool.actions import Action, words_of_all
from studytool.batch_rows import kept_by_bank, rows_for
from studytool.batches import act_on_all
from studytool.errors import StudytoolError, UsageError
from studytool.found_list import Seen, known, read
from studytool.mirror import refresh
from studytool.notes import Card
from studytool.prompts import Prompt, asked
from studytool.scheduling import Act, State
from studytool.search import Found, Search
from studytool.search_query import EVERYTHING, Node, parse
from studytool.session import Session

KEPT = 500
"""How many cards that were read are kept before all are forgotten."""


class Browsing:
    """The cards of one library that a search found, as they are gone through.

    Attributes:
        session: Tells the library, the day and the time.
        query: What was typed last.
        wrong: What is wrong with it, with a hint; empty if it could be searched for.
        found: The cards of the last query that could be.
        index: The place of the one that is looked at.
        picked: Those that are picked to be acted on together.
    """

    def __init__(self, session: Session) -> None:
        """Find all cards."""
        self.session = session
        self.store, self.root = session.store, session.selection.root
        self.day = session.day
        self.search = Search(self.store, self.root, session.leeches)
        self.query = ""
        self.wrong = ""
        self.index = 0
        self.picked: set[Found] = set()
        self._node: Node = EVERYTHING
        self._stale = False
        self._seen: dict[Found, Seen] = {}
        self.found: list[Found] = self.search.cards(EVERYTHING, self.day)
        self._last = 0

    def look_for(self, query: str) -> None:
        """Search; a query that is wrong leaves what was found before.

        What was found stays, whatever is done to it, until something else is searched for, or
        the same again.

        Raises:
            StudytoolError: If the database cannot be used.
        """
        self.query, self.wrong = query, ""
        try:
            node = parse(query)
        except UsageError as error:
            self.wrong = f"{error.message}: {error.help}" if error.help else error.message
            return
        if node != self._node or self._stale:
            self._node = node
            self._find()
        if not self.found:
            self.wrong = self.search.hint(node)

    def _find(self) -> None:
        """Find the cards anew; the one that is looked at stays so if it is among them."""
        before = self.card
        self._stale = False
        self.found = self.search.cards(self._node, self.day)
        present = set(self.found)
        self.picked &= present
        self.index = self.found.index(before) if before in present and before else 0
        self._last = self.index

    @property
    def card(self) -> Found | None:
        """The card that is looked at; None if nothing was found."""
        return self.found[self.index] if self.found else None

    def seen(self, card: Found) -> Seen:
        """Return a card with what a list shows of it."""
        if card not in self._seen:
            if len(self._seen) >= KEPT:
                self._seen.clear()
            self._seen[card] = read(self.store, self.root, Card(*card), self.session.leeches)
        return self._seen[card]

    def prompt(self) -> Prompt | None:
        """Return the card that is looked at as a review would ask it; None if it has no note."""
        seen = self.seen(self.card) if self.card else None
        if seen is None or seen.stored is None or seen.card.part not in seen.stored.note.parts():
            return None
        parsed, card = self.store.parsed(seen.stored), seen.card
        prompt = Prompt(
            *(card, seen.stored, parsed, State.NEW, Act.REVIEW, seen.state, self.day, {}),
            seen.standing,
        )
        return asked(prompt, False, self.session.scheduler)

    # -- moving and picking --------------------------------------------------------------------

    def move(self, step: int) -> None:
        """Look at the card some places further on, not beyond the ends."""
        self.choose(self.index + step)

    def choose(self, index: int) -> None:
        """Look at the card at a place, or the nearest one."""
        self.index = max(0, min(index, len(self.found) - 1))

    def look_at(self, card: Card) -> None:
        """Look at a card, if it is among those found."""
        if (card.key, card.part) in self.found:
            self.index = self.found.index((card.key, card.part))

    def pick(self) -> None:
        """Pick the card that is looked at, or let it go, and look at the next one."""
        if self.card:
            self.picked ^= {self.card}
            self._last = self.index
            self.move(1)

    def pick_up_to_here(self) -> None:
        """Pick all cards from the one picked last to the one that is looked at."""
        first, last = sorted((self._last, self.index))
        self.picked.update(self.found[first : last + 1])
        self._last = self.index

    def pick_all(self) -> None:
        """Pick all cards, or none if all are."""
        self.picked = set() if len(self.picked) == len(self.found) else set(self.found)

    def targets(self) -> list[Found]:
        """Return the cards that a key would act on."""
        if self.picked:
            return [card for card in self.found if card in self.picked]
        return [self.card] if self.card else []

    # -- acting --------------------------------------------------------------------------------

    def act(self, action: Action, number: int = 0, days: str = "") -> str:
        """Do something to the picked cards, or to the one looked at, and return that in words.

        Args:
            action: What is done.
            number: See `batch_rows.rows_for`, as for `days`.

        Raises:
            StudytoolError: If it could not be saved, then nothing was; or if there is nothing to
                act on, or nothing would change.
        """
        every = [known(self.store, self.root, Card(*card)) for card in self.targets()]
        rows = rows_for(action, every, *self.session.now(), number, days)
        written = act_on_all(self.store, rows, self.session.scheduler)
        self.forget()
        return "; ".join(filter(None, (words_of_all(written), kept_by_bank(every, written))))

    def undo(self) -> str:
        """Take back what was done last today, and return that in words; empty if it was nothing.

        Raises:
            StudytoolError: If it could not be saved, or if it was a grade, which the review
                takes back.
        """
        moment, day = self.session.now()
        last = self.store.last_act(self.root, day)
        if last is None:
            return ""
        if last.rating:
            raise StudytoolError("the last thing done is a grade", "u in the review takes it back")
        rows = self.store.log.together(last)
        self.store.undo(self.root, moment, day, self.session.scheduler)
        self.forget()
        return words_of_all(rows)

    def forget(self) -> None:
        """Read again what is shown, for something has changed; what was found stays."""
        self.search.forget()
        self._seen.clear()
        self._stale = True

    def reread(self) -> None:
        """Take in what the banks hold by now, and find anew.

        Raises:
            StudytoolError: If the library cannot be read or the mirror not be written.
        """
        session = self.session
        refresh(self.store, Path(self.root), session.clock(), session.scheduler)
        self.forget()
        self._find()
