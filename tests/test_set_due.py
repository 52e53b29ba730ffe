"""Setting a card due on a day, and making it new again, without a screen."""

from __future__ import annotations

import pytest
from mirror_rows import DAY, ROOT, Clock, cloze, put
from session_steps import AGAIN, GOOD, Start, act, finish, name

from studytool.actions import Action, perform, why_not, words
from studytool.figures import study
from studytool.notes import Card
from studytool.queue import Limits
from studytool.scheduling import Act, CardState, Review, Schedule, State, replay
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.stats.statistics import statistics
from studytool.store import Store

N0 = Card("n0", "front")


def set_due(session: Session, days: int) -> Review:
    row = perform(session, Action.SET_DUE, days)
    assert row is not None
    return row


def reset(session: Session) -> Review:
    row = perform(session, Action.RESET)
    assert row is not None
    return row


def learned(start: Start, clock: Clock, store: Store) -> Session:
    """Return a session on the day on which `n0`, passed twice, is due."""
    start(Limits(new=1)).grade(GOOD)
    clock.set(DAY + 1)
    start(Limits(new=0)).grade(GOOD)
    clock.set(DAY + 7)
    session = start(Limits(new=1))
    assert name(session) == "n0"
    return session


def test_a_new_card_set_due_is_a_review_with_the_days_ahead_as_its_interval(
    start: Start, store: Store, clock: Clock
) -> None:
    session = start()
    row = set_due(session, 5)
    assert (row.act, row.value, words(row)) == (Act.SET_DUE, str(DAY + 5), "card due in 5 days")
    assert name(session) == "n1"
    state = store.state(N0)
    assert (state.state, state.schedule) == (State.REVIEW, Schedule(DAY + 5, 5, 2, 0, 250))
    clock.set(DAY + 5)
    session = start(Limits(new=0))
    assert name(session) == "n0"
    assert session.current is not None
    assert session.current.intervals[GOOD] == 13


@pytest.mark.parametrize(("days", "text"), [(0, "card due today"), (1, "card due tomorrow")])
def test_the_days_ahead_are_told_in_words(start: Start, days: int, text: str) -> None:
    assert words(set_due(start(), days)) == text


def test_a_card_set_due_today_comes_again_behind_the_next_one(start: Start, store: Store) -> None:
    session = start(Limits(new=2))
    set_due(session, 0)
    assert [name(session), store.state(N0).schedule.interval] == ["n1", 1]
    assert finish(session)[:2] == ["n1", "n0"]


def test_a_learned_card_keeps_interval_and_ease(start: Start, store: Store, clock: Clock) -> None:
    session = learned(start, clock, store)
    before = store.state(N0).schedule
    set_due(session, 30)
    after = store.state(N0).schedule
    assert after == Schedule(DAY + 37, before.interval, before.repetitions, 0, before.ease)
    assert store.next_due(Selection(ROOT, None), DAY + 7) == DAY + 37


def test_a_reset_forgets_what_the_scheduler_knew_and_the_log_keeps_it(
    start: Start, store: Store, clock: Clock
) -> None:
    session = learned(start, clock, store)
    session.grade(AGAIN)
    assert store.state(N0).schedule.lapses == 1
    session = start(Limits(new=0))
    row = reset(session)
    assert (row.value, words(row)) == ("new", "card is new again")
    assert store.state(N0) == CardState()
    assert session.current is None
    assert N0 in store.new(Selection(ROOT), DAY + 7)
    assert [row.act for row in store.log.rows()] == [*[Act.REVIEW] * 3, Act.SET_DUE]
    clock.set(DAY + 8)
    session = start()
    assert name(session) == "n0"
    assert why_not(session, Action.RESET) == "this card is new"
    assert why_not(session, Action.SET_DUE) == ""


def test_both_are_taken_back_after_a_restart(start: Start, store: Store, clock: Clock) -> None:
    learned(start, clock, store)
    before = store.state(N0)
    set_due(start(Limits(new=1)), 9)
    session = start(Limits(new=1))
    assert session.undo()
    assert name(session) == "n0"
    after = store.state(N0)
    assert (after.state, after.schedule) == (before.state, before.schedule)
    reset(start(Limits(new=1)))
    session = start(Limits(new=1))
    assert session.undo()
    assert (name(session), store.state(N0).schedule) == ("n0", before.schedule)
    assert session.undo() is None


def test_the_cache_is_the_replay_of_both(start: Start, store: Store, clock: Clock) -> None:
    session = learned(start, clock, store)
    set_due(session, 3)
    clock.set(DAY + 10)
    session = start(Limits(new=1))
    reset(session)
    for _ in range(2):
        states = replay(store.log.rows(), Sm2())
        assert (states.get(N0), store.state(N0)) == (None, CardState())
        store.rebuild(Sm2())
    session.undo()
    assert replay(store.log.rows(), Sm2())[N0] == store.state(N0)
    assert store.state(N0).schedule.due == DAY + 10


def test_a_drill_is_over_when_its_card_is_set_due(start: Start, store: Store) -> None:
    session = start(Limits(new=1))
    session.grade(AGAIN)
    assert act(session) is Act.DRILL
    set_due(session, 4)
    assert session.current is None
    assert start(Limits(new=0)).current is None
    assert session.undo()
    assert act(session) is Act.DRILL


def test_a_failed_card_set_due_today_is_a_review_once_more(start: Start) -> None:
    session = start(Limits(new=1))
    session.grade(AGAIN)
    set_due(session, 0)
    assert (name(session), act(session)) == ("n0", Act.REVIEW)


def test_a_card_that_was_reset_counts_as_new_and_one_set_due_does_not(
    start: Start, store: Store, clock: Clock
) -> None:
    session = learned(start, clock, store)
    reset(session)
    session = start(Limits(new=1))
    session.grade(GOOD)
    assert [name(session), len(store.log.introduced(DAY + 7))] == ["", 1]
    session = start(Limits(new=2))
    set_due(session, 0)
    assert finish(session) == ["n2", "n1"]
    new = store.log.introduced(DAY + 7)
    assert [row.note for row in store.log.rows() if row.id in new] == ["n0", "n2"]


def test_a_card_made_new_again_today_counts_for_each_of_its_answers(start: Start) -> None:
    session = start(Limits(new=1))
    session.grade(AGAIN)
    reset(session)
    assert session.current is None
    session = start(Limits(new=2))
    assert name(session) == "n0"
    session.grade(AGAIN)
    assert (session.counts(), name(session)) == (start(Limits(new=2)).counts(), "n0")
    assert name(start(Limits(new=3))) == "n1"


def test_siblings_still_wait_for_another_day(start: Start, store: Store) -> None:
    put(store, [cloze("k", "{{c1::x}} {{c2::y}}")], bank="a.yaml")
    session = start(Limits(new=1))
    assert name(session) == "k/c1"
    set_due(session, 0)
    assert finish(session) == ["n0", "k/c1"]


def test_statistics_count_them_as_no_answers(start: Start, store: Store) -> None:
    session = start()
    set_due(session, 2)
    set_due(session, 0)
    made = statistics(study(store, Selection(ROOT)), Sm2(), DAY)
    assert (made.today.answers, made.cards.total) == (0, 5)
    assert made.future.days[2] == 1
