"""The review loop on a library that is edited meanwhile, in two windows and over days.

LOOP_EXAMPLES in the environment runs it longer.
"""

from __future__ import annotations

import os
from collections import Counter

from database_checks import SM2
from hypothesis import settings
from hypothesis.stateful import invariant, rule
from loop_rules import LoopRules
from loop_state import cache, without_last
from session_steps import GOOD

from studytool.notes import Card
from studytool.prompts import Outcome
from studytool.scheduling import Act, Rating, Review, State, apply, renamed, replay, undone
from studytool.session import Session
from studytool.standings import replay_standings
from studytool.store import Store


def raw(store: Store) -> list[tuple[object, ...]]:
    """Return the log as it lies in the database."""
    return store.connection.execute("SELECT * FROM reviews ORDER BY id").fetchall()


def standing_reviews(today: list[Review]) -> set[Card]:
    """Return the cards scheduled by a grade today, and not set due or made new since."""
    found: set[Card] = set()
    for row in today:
        if row.act is Act.REVIEW:
            found.add(Card(row.note, row.part))
        elif row.act is Act.SET_DUE:
            found.discard(Card(row.note, row.part))
    return found


class Loop(LoopRules):
    """Everything a learner does, each step followed by what must hold."""

    def __init__(self) -> None:
        super().__init__()
        self.log: list[tuple[object, ...]] = []

    # -- what must hold ------------------------------------------------------------------------

    @invariant()
    def no_row_was_changed_or_deleted(self) -> None:
        log = raw(self.stores[0])
        assert log[: len(self.log)] == self.log
        for row in self.stores[0].log.rows()[len(self.log) :]:
            assert (row.checksum(),) == self.stores[0].connection.execute(
                "SELECT checksum FROM reviews WHERE id = ?", (row.id,)
            ).fetchone()
        self.log = log

    @invariant()
    def the_caches_are_the_replay(self) -> None:
        rows = self.stores[1].log.rows()
        assert cache(self.stores[1]) == replay(rows, SM2)
        assert self.stores[1].standings.all() == replay_standings(rows)

    @invariant()
    def no_card_is_scheduled_twice_a_day_unless_it_was_set_due(self) -> None:
        rows = self.stores[0].log.rows()
        gone = undone(rows)
        graded: set[tuple[str, str, int]] = set()
        for row in renamed([row for row in rows if row.id not in gone]):
            about = (row.note, row.part, row.day)
            if row.act is Act.SET_DUE:
                graded.discard(about)
            elif row.act is Act.REVIEW:
                assert about not in graded
                graded.add(about)

    @invariant()
    def a_window_that_knows_all_has_the_queue_of_a_new_one(self) -> None:
        for window, session in enumerate(self.sessions):
            other = self.begin(self.stores[window], plan=self.plans[window])
            if not self.fresh[window] or session.day != other.day:
                continue
            if session.plan.practice and session.done:  # A new one asks all of it again.
                continue
            assert session.counts() == other.counts()
            assert set(session.queue.due) == set(other.queue.due)
            assert set(session.queue.new) == set(other.queue.new)
            assert session.queue.drill == other.queue.drill
            assert session.queue.turns == other.queue.turns
            if session.current is None or session.current.card in session.queue:
                assert (session.current is None) == (other.current is None)

    @rule()
    def going_on_to_the_end_asks_what_is_counted(self) -> None:
        with self.copied() as store:
            now = self.clock()
            session = self.begin(store, now)
            before = store.log.today(session.day)
            counts, asked = session.counts(), Counter[State]()
            reviewed = standing_reviews(before)
            studied, drilled = {card.key for card in reviewed}, set(session.queue.drill)
            first = store.log.introduced(session.day)
            room = max(0, min(self.deck_limit(True), self.limits.new) - len(first))
            queue, seen = session.queue, dict[Card, None]()
            turns = queue.turns or (*queue.due, *queue.new)
            assert Counter(turns) == Counter((*queue.due, *queue.new))
            while (prompt := session.current) is not None:
                card = prompt.card
                assert card not in seen
                seen[card] = None
                assert not prompt.stored.note.suspended
                assert prompt.standing.asked(session.day)
                assert prompt.standing == store.standings.of(card)
                assert (prompt.act is Act.DRILL) == (card in drilled)
                assert prompt.act is not Act.PRACTICE
                if prompt.act is Act.REVIEW:
                    assert card.key not in studied
                    studied.add(card.key)
                    assert card not in reviewed
                asked[prompt.state] += 1
                expected = apply(prompt.before, self.would_be(session, GOOD), SM2)
                assert session.grade(GOOD) is Outcome.RECORDED
                after = store.state(card)
                assert (after.state, after.schedule) == (expected.state, expected.schedule)
                assert after.schedule.due == session.day + prompt.intervals[GOOD]
            assert [*seen] == [card for card in (*turns, *queue.drill) if card in seen]
            assert (asked[State.NEW], asked[State.LEARNING], asked[State.REVIEW]) == (
                counts.new,
                counts.learning,
                counts.due,
            )
            assert asked[State.NEW] <= room
            assert asked[State.REVIEW] <= min(self.deck_limit(False), self.limits.reviews)
            assert session.counts() == self.begin(store, now).counts()

    def deck_limit(self, new: bool) -> int:
        """Return the limit of the deck, if it has one."""
        limits = (limit.new if new else limit.reviews for limit in self.limits.decks)
        return min((limit for limit in limits if limit is not None), default=99)

    def would_be(self, session: Session, rating: Rating) -> Review:
        """Return the row that a grade would write, as far as a schedule depends on it."""
        prompt = session.current
        assert prompt is not None
        scale = "1-4"
        card = prompt.card
        words = (card.key, card.part, prompt.act, str(int(rating)), scale, int(rating))
        return Review("", "", 0, session.day, 0, *words)

    @rule()
    def undoing_everything_gives_the_morning(self) -> None:
        with self.copied() as store:
            now = self.clock()
            session = self.begin(store, now)
            day = session.now()[1]
            rows = store.log.rows()
            kept = [row for row in rows if row.day != day or row.act is Act.RENAME]
            count = 0
            while session.undo() is not None:
                count += 1
                assert count <= len(rows)
            assert not session.can_undo()
            morning = without_last(replay(kept, SM2)), replay_standings(kept)
            assert (without_last(cache(store)), store.standings.all()) == morning
            assert session.counts() == self.begin(store, now).counts()
            assert session.done == 0


Loop.TestCase.settings = settings(
    max_examples=int(os.environ.get("LOOP_EXAMPLES", "80")), stateful_step_count=30, deadline=None
)
TestLoop = Loop.TestCase
