"""A review session without a screen: which card is asked, and what an answer does."""

from __future__ import annotations

from collections.abc import Callable

from studytool.days import Moment, study_day
from studytool.deck_limits import held_back
from studytool.leeches import Leech, Leeches
from studytool.loaded_notes import LoadedNotes
from studytool.notes import Card
from studytool.plans import Plan, Today
from studytool.prompts import Counts, Outcome, Prompt, Summary, answer_row
from studytool.queue import Limits, Queue
from studytool.scheduling import BUTTONS, QUIET, Act, Rating, Review, Scheduler, State
from studytool.selection import Selection
from studytool.standings import WHOLE
from studytool.store import Store
from studytool.values import replace


class Session:
    """Asks the cards of a selection until none is left today.

    Attributes:
        current: The card being asked, or None when all is done.
        done: Answers given in this session that stand.
        first_run: Whether the log is empty and what is answered begins to fill schedules.
        leech: The card that the last grade has made a leech, or None.
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
        plan: Plan | None = None,
        leeches: Leeches = Leeches(),  # noqa: B008  (a value)
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
            plan: What is asked of the selection; by default what the day brings.
            leeches: Which cards are forgotten too often.

        Raises:
            ClockError: If the log is further ahead of the clock than travel explains.
        """
        self.store = store
        self.selection = selection
        self.scheduler = scheduler
        self.clock = clock
        self.trust_clock = trust_clock
        self.plan = plan or Today()
        self.leeches = leeches
        self.leech: Leech | None = None
        self.usual_limits = limits
        self._limits_of_day: dict[int, Limits] = {}
        last = store.log.last_row()
        self.first_run = last is None and not self.plan.practice
        self._log_day = last[1] if last else None
        self._loaded = LoadedNotes(store, selection.root)
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
        if turned and (self.plan.ends_with_the_day(prompt.act) or day < self.day):
            self._renew(day, again=prompt.card)
            return Outcome.NEW_DAY
        how = (key or str(int(rating)), scale, self.scheduler.name)
        row = answer_row(prompt, rating, moment, day, duration_ms, *how)
        self.leech = None
        after = self.store.record(row, prompt.before.last, self.scheduler, self.leeches)
        if after is None:
            self._renew(day, prompt.card)
            return Outcome.ELSEWHERE
        if self.leeches.made_by(prompt.before, after):
            found = (prompt.stored.note.id, after.schedule.lapses, self.leeches.suspend)
            self.leech = Leech(*found)
        self.day = self._log_day = day
        self._answers.append((replace(row, id=after.last), prompt.state))
        if turned or prompt.card not in self.queue:  # What is left has to count this answer too.
            self._build()
        elif self.plan.comes_again(row) and not (self.leech and self.leech.suspended):
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
        if self.plan.practice and not self._can_take_back(day):
            return None
        taken = self.store.undo(self.selection.root, moment, day, self.scheduler)
        if taken is None:
            return None
        own = any(answer[0].id == taken.id for answer in self._answers)
        self._answers = [answer for answer in self._answers if answer[0].id != taken.id]
        if taken.act in QUIET:
            self._look_again()
        elif taken.act is Act.PRACTICE and not (own or self.plan.practice):
            self._renew(day)  # its card may not be due
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
        return self._can_take_back(self.day)

    def _can_take_back(self, day: int) -> bool:
        """Tell whether there is a last act of a day that may be taken back here."""
        last = self.store.last_act(self.selection.root, day)
        return last is not None and self.plan.takes_back(last)

    def prepare(self) -> Prompt | None:
        """Read the card that probably comes next, so that it is ready when it is asked."""
        if self.current is None:
            return None
        card = self.queue.without(self.current.card).next(self.current.card)
        return self._prompt(card) if card else None

    def held_back(self) -> Queue:
        """Return the first due and the first new card that only limits keep from being asked."""
        if self.plan.practice:
            return Queue()
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
        """Make the queue anew."""
        answers = [row for row, _ in self._answers]
        self.queue = self.plan.queue(self.store, self.selection, self.day, self.limits, answers)

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
                and (card == again or self.plan.asks(prompt))
            ):
                self.current = prompt
                self._loaded.keep_only(card)
                return
            self.queue = self.queue.without(card)
            card = self.queue.next(last)
        self.current = None

    def _prompt(self, card: Card) -> Prompt | None:
        """Return a card as it would be asked now; None if its note is not in the library."""
        found = self._loaded.of(card)
        if found is None:
            return None
        before, standing = self.store.state(card), self.store.standings.of(card)
        prompt = Prompt(
            *(card, *found, State.NEW, Act.REVIEW, before, self.day, {}, standing),
            leech=self.leeches.has(before.schedule.lapses),
            answered=self.store.log.last_answer(card),
        )
        return self.plan.asked(prompt, card in self.queue.drill, self.scheduler)
