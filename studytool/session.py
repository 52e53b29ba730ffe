"""A review session without a screen: which card is asked, and what an answer does."""

from __future__ import annotations

from collections.abc import Callable

from studytool.days import Moment, study_day
from studytool.deck_limits import held_back, limited_queue
from studytool.notes import Card
from studytool.parsed_notes import ParsedNote
from studytool.prompts import Counts, Outcome, Prompt, Summary, asked
from studytool.queue import Limits, Queue
from studytool.scheduling import (
    BUTTONS,
    DRILLED_BELOW,
    QUIET,
    Act,
    Rating,
    Review,
    Scheduler,
    State,
    note_text,
)
from studytool.selection import Selection, StoredNote
from studytool.standings import WHOLE
from studytool.store import Store
from studytool.values import replace

MAX_DURATION_MS = 60_000
"""Time on a card beyond this is not believed, in milliseconds."""


class Session:
    """Asks the cards of a selection until none is left today.

    Attributes:
        current: The card being asked, or None when all is done.
        done: Answers given in this session that stand.
        usual_limits: How many cards a day brings where nothing else was asked for.
    """

    def __init__(
        self,
        store: Store,
        selection: Selection,
        scheduler: Scheduler,
        clock: Callable[[], Moment],
        limits: Limits,
        trust_clock: bool = False,
        new: int | None = None,
    ) -> None:
        """Build the queue and take the first card.

        Args:
            store: Where answers go.
            selection: What is asked.
            scheduler: Applies the grades.
            clock: Tells what time it is.
            limits: How many cards a day may bring.
            trust_clock: Believe the clock where it would be called wrong.
            new: Replaces the limit of new cards on the day on which the session begins.

        Raises:
            ClockError: If the log is further ahead of the clock than travel explains.
        """
        self.store = store
        self.selection = selection
        self.scheduler = scheduler
        self.clock = clock
        self.trust_clock = trust_clock
        self.usual_limits = limits
        self._limits_of_day: dict[int, Limits] = {}
        last = store.log.last_row()
        self.first_run = last is None
        self._log_day = last[1] if last else None
        self._loaded: dict[str, tuple[StoredNote, ParsedNote]] = {}
        self._answers: list[tuple[Review, State]] = []
        self._acted_on: dict[str, Card] = {}
        self.day = study_day(clock().day, self._log_day, trust_clock)
        if new is not None:
            self._limits_of_day[self.day] = limits.with_new(new, selection.decks)
        self.queue = Queue()
        self.current: Prompt | None = None
        self._build()
        self._advance(None)

    @property
    def done(self) -> int:
        """Answers given in this session that stand."""
        return len(self._answers)

    @property
    def limits(self) -> Limits:
        """How many cards the day may bring."""
        return self._limits_of_day.get(self.day, self.usual_limits)

    def counts(self) -> Counts:
        """Return how many cards are left of each kind."""
        return Counts(len(self.queue.new), len(self.queue.drill), len(self.queue.due))

    def grade(
        self, rating: Rating, key: str = "", scale: str = BUTTONS, duration_ms: int = 0
    ) -> Outcome:
        """Record an answer to the current card and go on to the next one.

        When this returns RECORDED the answer is on disk.

        Args:
            rating: What the learner said.
            key: The key of the scale; the rating's digit if empty.
            scale: The scale that the key belongs to.
            duration_ms: Time on the card, in milliseconds; capped.

        Raises:
            StoreError: If the answer could not be saved; the same card stays current.
            ClockError: If the clock was set far back meanwhile.
        """
        prompt = self.current
        if prompt is None:
            return Outcome.ELSEWHERE
        moment, day = self.now()
        turned = day != self.day
        if turned and (prompt.act is not Act.REVIEW or day < self.day):
            self._renew(day, again=prompt.card)
            return Outcome.NEW_DAY
        row = Review(
            id="",
            device="",
            at_ms=moment.at_ms,
            day=day,
            tz_minutes=moment.tz_minutes,
            note=prompt.card.key,
            part=prompt.card.part,
            act=prompt.act,
            key=key or str(int(rating)),
            scale=scale,
            rating=int(rating),
            duration_ms=max(0, min(duration_ms, MAX_DURATION_MS)),
            scheduler=self.scheduler.name,
            note_text=note_text(prompt.stored.note.asked(prompt.card.part)),
        )
        after = self.store.record(row, prompt.before.last, self.scheduler)
        if after is None:
            self._renew(day, prompt.card)
            return Outcome.ELSEWHERE
        self.day = day
        self._log_day = day
        self._answers.append((replace(row, id=after.last), prompt.state))
        if turned:  # The new day's queue has to count this answer.
            self._build()
        elif row.quality < DRILLED_BELOW and row.act is not Act.PRACTICE:
            self.queue = self.queue.drilled(prompt.card)
        else:
            self.queue = self.queue.without(prompt.card)
        self._advance(prompt.card)
        return Outcome.RECORDED

    def now(self) -> tuple[Moment, int]:
        """Return what time it is, and the study day of what is done now.

        Raises:
            ClockError: If the clock was set far back meanwhile.
        """
        moment = self.clock()
        return moment, study_day(moment.day, self._log_day, self.trust_clock)

    def acted(self, row: Review) -> None:
        """Take in an action on the current card: it is asked as before, or the next one is."""
        if row.act in QUIET:
            self._look_again()
        elif self.current is not None:
            self._acted_on[row.id] = self.current.card
            self._renew(row.day, self.current.card)

    def undo(self) -> Review | None:
        """Take back the last answer or action of today and ask its card again.

        Works beyond the start of the session, back to the first answer of the study day. When a
        flag or a mark is taken back, the current card stays.

        Returns:
            The row of the log that was taken back; None if there was none.

        Raises:
            StoreError: If it could not be saved.
        """
        moment, day = self.now()
        taken = self.store.undo(self.selection.root, moment, day, self.scheduler)
        if taken is None:
            return None
        self._answers = [answer for answer in self._answers if answer[0].id != taken.id]
        if taken.act in QUIET:
            self._look_again()
        else:
            asked = self._acted_on.pop(taken.id, Card(taken.note, taken.part))
            self._renew(day, again=asked)
        return taken

    def ask_again(self, card: Card) -> bool:
        """Take in what the mirror holds by now, and ask a card, question side; else the next one.

        Returns:
            Whether it is asked; not if it is gone, not selected, or graded in another window.
        """
        shown = self.current.before.last if self.current else ""
        self._loaded.clear()
        self._build()
        unseen = self.store.state(card).last in (shown, "")
        stands = unseen and self.store.selects(self.selection, card, self.day)
        self._advance(None, again=card if stands else None)
        return self.current is not None and self.current.card == card

    def can_undo(self) -> bool:
        """Tell whether an answer or action of today still stands on this device."""
        if self._answers and self._answers[-1][0].day == self.day:
            return True
        return self.store.last_act(self.selection.root, self.day) is not None

    def prepare(self) -> Prompt | None:
        """Read the card that probably comes next, so that it is ready when it is asked."""
        if self.current is None:
            return None
        card = self.queue.without(self.current.card).next(self.current.card)
        return self._prompt(card) if card else None

    def held_back(self) -> Queue:
        """Return the first due and the first new card that only limits keep from being asked."""
        return held_back(self.store, self.selection, self.day, self.queue)

    def next_due(self) -> int | None:
        """Return the next study day on which a card of the selection is due.

        It is tomorrow if a limit, or a sibling, holds back one that is due by now.
        """
        asked = set(self.queue.due)
        if any(card not in asked for card in self.store.due(self.selection, self.day)):
            return self.day + 1
        return self.store.next_due(self.selection, self.day)

    def summary(self) -> Summary:
        """Return what the session came to so far."""
        return Summary(self._answers)

    def _build(self) -> None:
        """Make the queue of the day anew."""
        self.queue = limited_queue(self.store, self.selection, self.day, self.limits)
        for card in self.queue.drill:
            if not self.store.selects(self.selection, card, self.day):
                self.queue = self.queue.without(card)

    def _renew(self, day: int, last: Card | None = None, again: Card | None = None) -> None:
        """Make the queue of a day anew, and go on; see `_advance`."""
        self.day = day
        self._build()
        self._advance(last, again)

    def _look_again(self) -> None:
        """Read again what is set for the current card."""
        if self.current is not None:
            standing = self.store.standings.of(self.current.card)
            self.current = replace(self.current, standing=standing)

    def _advance(self, last: Card | None, again: Card | None = None) -> None:
        """Make the next card current; `again` goes before all others.

        A card that is practice by now was graded in another window, and one that waits was
        buried or suspended there; they are passed over.
        """
        if again is not None and again.part == WHOLE:
            again = self.queue.of_note(again.key)
        card = again or self.queue.next(last)
        while card is not None:
            prompt = self._prompt(card)
            if (
                prompt is not None
                and prompt.standing.asked(self.day)
                and (card == again or prompt.act is not Act.PRACTICE)
            ):
                self.current = prompt
                self._loaded = {card.key: self._loaded[card.key]}
                return
            self.queue = self.queue.without(card)
            card = self.queue.next(last)
        self.current = None

    def _prompt(self, card: Card) -> Prompt | None:
        """Return a card as it would be asked now; None if its note is not in the library."""
        if card.key not in self._loaded:
            stored = self.store.note(self.selection.root, card.key)
            if stored is None or card.part not in stored.note.parts():
                return None
            self._loaded[card.key] = stored, self.store.parsed(stored)
        stored, parsed = self._loaded[card.key]
        before, standing = self.store.state(card), self.store.standings.of(card)
        return asked(
            Prompt(card, stored, parsed, State.NEW, Act.REVIEW, before, self.day, {}, standing),
            card in self.queue.drill,
            self.scheduler,
        )
