"""A session's days: limits, restarts, the rollover, practice, and wrong clocks."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from mirror_rows import DAY, ROOT, Clock, basic, cloze, put
from session_steps import AGAIN, EASY, GOOD, HARD, Start, act, finish, name

from studytool.errors import ClockError, StoreError
from studytool.notes import Card
from studytool.orders import Order
from studytool.prompts import Counts, Outcome
from studytool.queue import DeckLimits, Limits, Queue
from studytool.scheduling import Act, Rating
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store


def test_limits_survive_a_restart(start: Start, clock: Clock) -> None:
    limits = Limits(new=3)
    session = start(limits)
    session.grade(GOOD)
    session.grade(AGAIN)
    again = start(limits)
    assert again.counts() == Counts(new=1, learning=1, due=0)
    assert finish(again) == ["n2", "n1"]
    assert start(limits).current is None
    clock.set(DAY + 1)
    limits = Limits(new=3, reviews=2, order=Order(backlog=False))
    assert finish(start(limits)) == ["n0", "n1", "n3", "n4"]
    assert finish(start(Limits(new=0, reviews=3))) == ["n2"]


@pytest.fixture
def decks(store: Store) -> Store:
    """A store with three more notes in ML::GANs and two in ML::GPs, before the five in D."""
    notes = [basic(f"gan{number}", deck="ML::GANs") for number in range(3)]
    put(store, [*notes, basic("gp0", deck="ML::GPs"), basic("gp1", deck="ML::GPs")], bank="a.yaml")
    return store


def test_limits_of_decks_survive_a_restart(start: Start, clock: Clock, decks: Store) -> None:
    limits = Limits(new=4, decks=(DeckLimits("ml", new=2), DeckLimits("ML::GANs", new=1)))
    session = start(limits)
    assert session.counts().new == 4
    session.grade(GOOD)
    again = start(limits)
    assert finish(again) == ["gp0", "n0", "n1"]
    assert start(limits).current is None
    clock.set(DAY + 1)
    later = Limits(new=0, reviews=9, decks=(DeckLimits("D", reviews=1),))
    assert finish(start(later)) == ["gan0", "gp0", "n0"]
    assert start(later).current is None
    assert finish(start(Limits(new=0))) == ["n1"]


def test_answers_outside_a_selection_count_against_the_limit_of_a_deck_around_it(
    decks: Store, clock: Clock
) -> None:
    limits = Limits(decks=(DeckLimits("ML", new=2),))
    gans, gps = (Selection(ROOT, (deck,)) for deck in ("ML::GANs", "ML::GPs"))
    session = Session(decks, gans, Sm2(), clock, limits)
    assert session.held_back() == Queue(new=(Card("gan2", "front"),))
    session.grade(GOOD)
    assert finish(Session(decks, gps, Sm2(), clock, limits)) == ["gp0"]
    session = Session(decks, gps, Sm2(), clock, limits)
    assert session.current is None
    assert session.held_back() == Queue(new=(Card("gp1", "front"),))
    assert finish(Session(decks, gps, Sm2(), clock, limits, new=3)) == ["gp1"]


def test_undoing_a_new_card_gives_its_place_in_the_deck_back(start: Start, decks: Store) -> None:
    session = start(Limits(new=9, decks=(DeckLimits("ML", new=1), DeckLimits("D", new=0))))
    session.grade(GOOD)
    assert session.current is None
    assert session.undo()
    assert name(session) == "gan0"
    assert session.counts() == Counts(new=1, learning=0, due=0)


def test_undoing_a_new_card_gives_its_place_back(start: Start) -> None:
    session = start(Limits(new=1))
    session.grade(GOOD)
    assert session.current is None
    assert session.undo()
    assert name(session) == "n0"
    assert session.counts() == Counts(new=1, learning=0, due=0)


def test_the_rollover_ends_the_drill(start: Start, clock: Clock, store: Store) -> None:
    session = start(Limits(new=2))
    session.grade(AGAIN)
    session.grade(GOOD)
    assert act(session) is Act.DRILL
    clock.set(DAY + 1, hour=3)
    assert session.grade(AGAIN) is Outcome.RECORDED
    clock.set(DAY + 1, hour=5)
    assert session.grade(GOOD) is Outcome.NEW_DAY
    assert len(store.log.rows()) == 3
    assert session.day == DAY + 1
    assert (name(session), act(session)) == ("n0", Act.REVIEW)
    assert session.counts() == Counts(new=2, learning=0, due=2)
    assert session.grade(GOOD) is Outcome.RECORDED
    assert store.log.rows()[-1].day == DAY + 1
    assert finish(session) == ["n1", "n2", "n3"]


def test_a_review_over_the_rollover_counts_for_the_new_day(
    start: Start, clock: Clock, store: Store
) -> None:
    session = start(Limits(new=1))
    clock.set(DAY + 1)
    assert session.grade(GOOD) is Outcome.RECORDED
    assert store.log.rows()[0].day == DAY + 1
    assert store.state(Card("n0", "front")).schedule.due == DAY + 2
    assert session.current is None


def test_a_new_card_graded_over_the_rollover_counts_for_the_new_day(
    store: Store, start: Start, clock: Clock
) -> None:
    put(store, [cloze("k", "{{c1::x}} {{c2::y}}")], bank="a.yaml")
    assert finish(start(Limits(new=1))) == ["k/c1"]
    clock.set(DAY + 1)
    assert finish(start(Limits(new=0))) == ["k/c1"]
    clock.set(DAY + 6)
    session = start(Limits(new=1))
    assert name(session) == "k/c2"
    clock.set(DAY + 7)  # k/c1 is due, and waits for its sibling.
    assert finish(session) == ["k/c2"]
    assert store.log.introduced(DAY + 7) == {store.log.rows()[-1].id}


def test_a_card_failed_over_the_rollover_is_drilled_on_the_new_day(
    start: Start, clock: Clock
) -> None:
    session = start(Limits(new=1))
    clock.set(DAY + 1)
    session.grade(AGAIN)
    assert session.counts() == Counts(new=0, learning=1, due=0)
    assert act(session) is Act.DRILL


def test_an_answer_over_the_rollover_that_was_not_saved_can_be_given_again(
    home: Path, start: Start, clock: Clock, store: Store
) -> None:
    session = start(Limits(new=1))
    clock.set(DAY + 1)
    store.connection.execute("PRAGMA busy_timeout = 20")
    holder = sqlite3.connect(home / "studytool.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError):
        session.grade(GOOD)
    holder.close()
    assert finish(session) == ["n0"]


def test_more_new_cards_are_for_the_day_on_which_they_were_asked_for(
    store: Store, clock: Clock
) -> None:
    deck = Limits(new=9, decks=(DeckLimits("D", new=1),))
    for day, limits, decks in ((DAY, Limits(new=1), None), (DAY + 9, deck, ("D",))):
        clock.set(day)
        session = Session(store, Selection(ROOT, decks), Sm2(), clock, limits, new=2)
        while session.counts().due:
            session.grade(EASY)
        assert (session.counts().new, session.limits.new) == (2, 2)
        session.grade(EASY)
        assert session.undo()
        assert session.counts().new == 2
        clock.set(session.day + 1)
        assert session.grade(EASY) is Outcome.RECORDED
        assert session.counts() == Counts(0, 0, 0)
        assert session.limits == limits


def test_an_undo_with_nothing_to_take_back_still_lets_the_day_turn(
    start: Start, clock: Clock, store: Store
) -> None:
    session = start(Limits(new=1))
    session.grade(AGAIN)
    clock.set(DAY + 1)
    assert not session.undo()
    assert session.grade(GOOD) is Outcome.NEW_DAY
    assert act(session) is Act.REVIEW
    assert len(store.log.rows()) == 1


def test_practice_never_schedules(start: Start, clock: Clock, store: Store) -> None:
    session = start(Limits(new=1))
    session.grade(GOOD)
    clock.set(DAY + 1)
    session = start(Limits(new=0))
    session.grade(HARD)
    clock.set(DAY + 2)
    assert session.grade(GOOD) is Outcome.NEW_DAY
    assert act(session) is Act.PRACTICE
    before = store.state(Card("n0", "front"))
    assert session.current is not None
    assert session.current.intervals == dict.fromkeys(Rating, 5)
    assert session.grade(AGAIN) is Outcome.RECORDED
    after = store.state(Card("n0", "front"))
    assert (after.state, after.schedule) == (before.state, before.schedule)
    assert after.last != before.last
    assert session.current is None


def test_practice_that_waits_until_the_card_is_due_is_a_review(
    start: Start, clock: Clock, store: Store
) -> None:
    start(Limits(new=1)).grade(GOOD)
    clock.set(DAY + 1)
    session = start(Limits(new=0))
    session.grade(HARD)
    clock.set(DAY + 2)
    session.grade(GOOD)
    assert act(session) is Act.PRACTICE
    clock.set(DAY + 9)
    assert session.grade(GOOD) is Outcome.NEW_DAY
    assert act(session) is Act.REVIEW
    session.grade(GOOD)
    assert store.state(Card("n0", "front")).schedule.repetitions == 3


def test_a_clock_a_day_back_goes_on_with_the_last_day(
    start: Start, clock: Clock, store: Store
) -> None:
    start().grade(GOOD)
    clock.set(DAY - 1)
    session = start()
    assert session.day == DAY
    session.grade(GOOD)
    assert [row.day for row in store.log.rows()] == [DAY, DAY]


def test_a_clock_set_far_back_is_refused(start: Start, clock: Clock, store: Store) -> None:
    start().grade(GOOD)
    clock.set(DAY - 3)
    with pytest.raises(ClockError, match="2024-10-01, but the last review is from 2024-10-04"):
        start()
    session = start(trust_clock=True)
    assert session.day == DAY - 3
    session.grade(GOOD)
    assert [row.day for row in store.log.rows()] == [DAY, DAY - 3]
    assert store.log.rows()[0].id < store.log.rows()[1].id


def test_a_clock_set_back_during_a_session_is_refused_and_nothing_is_written(
    start: Start, clock: Clock, store: Store
) -> None:
    session = start()
    session.grade(GOOD)
    clock.set(DAY - 400)
    for attempt in (lambda: session.grade(GOOD), session.undo):
        with pytest.raises(ClockError):
            attempt()
    assert len(store.log.rows()) == 1
    clock.set(DAY)
    assert session.grade(GOOD) is Outcome.RECORDED
    assert [row.note for row in store.log.rows()] == ["n0", "n1"]


@pytest.mark.parametrize("day", [-30, 0, 24_855, 2_932_895])
def test_any_year_will_do(start: Start, clock: Clock, store: Store, day: int) -> None:
    """1969, 1970, 2038 and 9999."""
    clock.set(day)
    finish(start())
    assert start().undo()
    assert {row.day for row in store.log.rows()} == {day}
    assert start().next_due() == day + 1


def test_a_clock_back_over_the_rollover_schedules_no_card_twice_a_day(
    start: Start, clock: Clock, store: Store
) -> None:
    start(Limits(new=1)).grade(AGAIN)
    clock.set(DAY + 1)
    session = start(Limits(new=0))
    assert (name(session), act(session)) == ("n0", Act.REVIEW)
    clock.set(DAY)
    assert session.grade(GOOD) is Outcome.NEW_DAY
    assert (name(session), act(session)) == ("n0", Act.DRILL)
    assert session.grade(GOOD) is Outcome.RECORDED
    assert [row.act for row in store.log.rows()] == [Act.REVIEW, Act.DRILL]
