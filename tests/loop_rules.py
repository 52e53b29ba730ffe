"""What a learner does in the machine of the loop, and what happens to a learner."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from database_checks import SM2
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from loop_library import EDITS, KINDS, NAMES
from loop_state import TODAY, LoopState, cache, graded, without_last

from studytool.actions import Action, perform, why_not
from studytool.browsing import Browsing
from studytool.editing import reread
from studytool.errors import StudytoolError
from studytool.mirror import refresh
from studytool.practice import Practice
from studytool.scheduling import UNDOABLE, Rating, Review, undone
from studytool.session import Session
from studytool.store import Store

WINDOWS = st.integers(0, 1)
PLANS = [None, None, None, Practice(), Practice(2)]
TOGETHER = [*Action, Action.SET_DUE, Action.RESET]


def acted(session: Session, action: Action, number: int) -> Review | None:
    """Act on the current card as far as the screen lets one."""
    return None if why_not(session, action) else perform(session, action, number)


class LoopRules(LoopState):
    """A new thing to do is a rule that calls `step`; see `act`."""

    # -- what a learner does -------------------------------------------------------------------

    @rule(window=WINDOWS, rating=st.sampled_from(Rating), back=st.booleans())
    def grade(self, window: int, rating: Rating, back: bool) -> None:
        self.step(window, lambda session: graded(session, rating), back)

    @rule(
        window=WINDOWS, action=st.sampled_from(Action), number=st.integers(0, 7), back=st.booleans()
    )
    def act(self, window: int, action: Action, number: int, back: bool) -> None:
        self.step(window, lambda session: acted(session, action, number), back)

    @rule(
        window=WINDOWS,
        action=st.sampled_from(TOGETHER),
        number=st.integers(0, 7),
        picked=st.sets(st.integers(0, 11), max_size=4),
        back=st.booleans(),
    )
    def act_on_some(
        self, window: int, action: Action, number: int, picked: set[int], back: bool
    ) -> None:
        store, session = self.stores[window], self.begin(self.stores[window])
        before = without_last(cache(store)), store.standings.all()
        browsing = Browsing(session)
        for place in picked:
            browsing.choose(place)
            browsing.pick()
        rows = len(store.log.rows())
        try:
            browsing.act(action, number)
        except StudytoolError:  # There is nothing to do, so nothing was done.
            assert len(store.log.rows()) == rows
        wrote = len(store.log.rows()) - rows
        assert wrote <= max(1, len(browsing.targets()))
        if wrote and back and browsing.undo() and session.now()[1] == store.log.rows()[rows].day:
            assert len(store.log.rows()) == rows + 2 * wrote
            assert (without_last(cache(store)), store.standings.all()) == before
        self.wrote(window, bool(wrote))
        self.start_again(window)

    @rule(window=WINDOWS)
    def undo(self, window: int) -> None:
        session, rows = self.sessions[window], self.stores[window].log.rows()
        gone, day = undone(rows), session.now()[1]
        standing = [
            row
            for row in rows
            if row.id not in gone and row.day == day and (row.rating or row.act in UNDOABLE)
        ]
        last = standing[-1] if standing and session.plan.takes_back(standing[-1]) else None
        assert session.can_undo() or not last or session.day != day
        taken = session.undo()
        # The suspension of a leech goes with its grade.
        assert (taken.id if taken else None) == ((last.target or last.id) if last else None)
        self.wrote(window, taken is not None)

    @rule(window=WINDOWS, plan=st.sampled_from(PLANS))
    def restart(self, window: int, plan: Practice | None) -> None:
        self.stores[window].close()
        self.stores[window] = Store.open(self.base / "home", TODAY)
        self.plans[window] = plan
        self.start_again(window)

    # -- what happens to a learner -------------------------------------------------------------

    @rule(minutes=st.sampled_from((1, 59, 600, 16 * 60, 24 * 60, 5 * 24 * 60, 40 * 24 * 60)))
    def time_passes(self, minutes: int) -> None:
        self.clock.now += timedelta(minutes=minutes)

    @precondition(lambda self: self.clock.now.hour >= 4)
    @rule()
    def nearly_the_rollover(self) -> None:
        tomorrow = self.clock.now.date() + timedelta(days=1)
        self.clock.now = datetime(
            tomorrow.year, tomorrow.month, tomorrow.day, 3, 59, 55, tzinfo=UTC
        )

    @rule(minutes=st.integers(1, 23 * 60))
    def clock_is_set_back(self, minutes: int) -> None:
        last = self.stores[0].log.last_row()
        before = self.clock.now
        self.clock.now -= timedelta(minutes=minutes)
        if last is not None and last[1] - self.clock().day > 1:
            self.clock.now = before

    @rule(
        window=WINDOWS,
        what=st.sampled_from(EDITS),
        at=st.integers(0, 7),
        name=st.sampled_from(NAMES),
        kind=st.sampled_from(KINDS),
    )
    def library_is_edited(self, window: int, what: str, at: int, name: str, kind: str) -> None:
        if not self.library.edit(what, at, name, kind):
            return
        session = self.sessions[window]
        prompt = session.current
        if prompt is None:
            refresh(self.stores[window], self.library.root, self.clock(), SM2)
            self.fresh = [False, False]
            return
        found = reread(session)
        assert found.said
        assert bool(found.wrong) == self.library.broken
        assert session.current is not None or not found.same
        self.fresh = [False, False]
        self.fresh[window] = True
