"""Browsing without a screen: what was found, which card is looked at, and what is done to some."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from studytool.actions import Action, row_for, words
from studytool.batches import act_on_all
from studytool.errors import StudytoolError, UsageError
from studytool.found_list import Seen, read
from studytool.mirror import refresh
from studytool.notes import Card
from studytool.prompts import Prompt, asked
from studytool.scheduling import Act, Review, State
from studytool.search import Found, Search
from studytool.search_query import EVERYTHING, Node, parse
from studytool.session import Session
from studytool.standings import Standing
from studytool.values import replace
from studytool.wording import counted

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
        self.search = Search(self.store, self.root)
        self.query = ""
        self.wrong = ""
        self.index = 0
        self.picked: set[Found] = set()
        self._node: Node = EVERYTHING
        self._seen: dict[Found, Seen] = {}
        self.found: list[Found] = self.search.cards(EVERYTHING, self.day)
        self._last = 0

    def look_for(self, query: str) -> None:
        """Search; a query that is wrong leaves what was found before.

        Raises:
            StudytoolError: If the database cannot be used.
        """
        self.query, self.wrong = query, ""
        try:
            node = parse(query)
        except UsageError as error:
            self.wrong = f"{error.message}: {error.help}" if error.help else error.message
            return
        if node != self._node:
            self._node = node
            self._find()
        if not self.found:
            self.wrong = self.search.hint(node)

    def _find(self) -> None:
        """Find the cards anew; the one that is looked at stays so if it is among them."""
        before = self.card
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
            self._seen[card] = read(self.store, self.root, Card(*card))
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

    def act(self, action: Action, number: int = 0) -> str:
        """Do something to the picked cards, or to the one looked at, and return that in words.

        What holds for all of them already is taken off.

        Args:
            action: What is done.
            number: See `actions.row_for`.

        Raises:
            StudytoolError: If it could not be saved, then nothing was; or if there is nothing to
                act on.
        """
        every = [read(self.store, self.root, Card(*card)) for card in self.targets()]
        cards = [seen for seen in every if seen.stored and not seen.orphan]
        if not cards:
            raise StudytoolError("an orphan has no note to act on" if every else "no card is found")
        if action.whole:
            cards = list({seen.card.key: seen for seen in cards}.values())
        moment, day = self.session.now()
        off = _is_set(cards, action, number, day)
        rows: list[Review] = []
        for seen in cards:
            if seen.stored is not None and (off or not _is_set([seen], action, number, day)):
                standing, part = seen.standing, seen.card.part
                row = row_for(action, seen.stored, part, standing, moment, day, number)
                rows.append(_taken_off(row) if off else row)
        written = act_on_all(self.store, rows, self.session.scheduler)
        self.forget()
        return said(written)

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
        return said(rows)

    def forget(self) -> None:
        """Read again what is shown, for something has changed; what was found stays."""
        self.search.forget()
        self._seen.clear()

    def reread(self) -> None:
        """Take in what the banks hold by now, and find anew.

        Raises:
            StudytoolError: If the library cannot be read or the mirror not be written.
        """
        session = self.session
        refresh(self.store, Path(self.root), session.clock(), session.scheduler)
        self.forget()
        self._find()


def said(rows: list[Review]) -> str:
    """Return what was done, with the number of cards or notes if there are several."""
    done = _words(rows[-1])
    if len(rows) < 2:
        return done
    what = "card" if rows[-1].part else "note"
    number = counted(len(rows), what)
    return number + (done.removeprefix(what) if done.startswith(what) else f": {done}")


def _words(row: Review) -> str:
    """Return what a row did, also one that takes off what another row set."""
    what = "card" if row.part else "note"
    if row.act is Act.SUSPEND and row.value == "0":
        return f"{what} not suspended any more"
    if row.act is Act.BURY and row.value == str(row.day):
        return f"{what} not buried any more"
    return words(row)


def _is_set(cards: list[Seen], action: Action, number: int, day: int) -> bool:
    """Tell whether what an action would set is set for all of some cards."""
    tests: dict[Act, Callable[[Standing], bool]] = {
        Act.SUSPEND: lambda standing: bool(standing.suspended),
        Act.BURY: lambda standing: standing.buried(day),
        Act.FLAG: lambda standing: standing.flag == number,
        Act.MARK: lambda standing: bool(standing.marked),
    }
    test = tests.get(action.act)
    return test is not None and all(test(seen.standing) for seen in cards)


def _taken_off(row: Review) -> Review:
    """Return a row of an action as the one that takes off what it sets."""
    return replace(row, value=str(row.day) if row.act is Act.BURY else "0")
