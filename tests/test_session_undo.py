"""Taking answers back, and two windows on the same cards."""

from __future__ import annotations

from mirror_rows import DAY, ROOT, Clock, basic, put
from session_steps import AGAIN, EASY, GOOD, HARD, Start, act, finish, name

from studytool.notes import Card
from studytool.prompts import Counts, Outcome
from studytool.queue import Limits
from studytool.scheduling import Act, State, replay
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store


def test_undo_goes_back_over_many_steps_and_a_restart(
    start: Start, store: Store, clock: Clock
) -> None:
    session = start(Limits(new=3))
    asked = []
    for rating in (GOOD, AGAIN, GOOD, HARD, EASY):
        asked.append((name(session), act(session)))
        session.grade(rating)
    assert session.current is None
    session = start(Limits(new=3))
    for expected in reversed(asked):
        assert session.can_undo()
        assert session.undo()
        assert (name(session), act(session)) == expected
    assert not session.can_undo()
    assert not session.undo()
    assert session.counts() == Counts(new=3, learning=0, due=0)
    assert replay(store.log.rows(), Sm2()) == {}
    assert finish(session) == ["n0", "n1", "n2"]


def test_undo_after_the_last_card_comes_back_to_it(start: Start) -> None:
    session = start(Limits(new=1))
    session.grade(EASY)
    assert session.current is None
    assert session.undo()
    assert name(session) == "n0"
    assert session.done == 0
    assert session.summary().ratings[EASY] == 0


def test_undo_does_not_reach_into_yesterday(start: Start, clock: Clock) -> None:
    start().grade(GOOD)
    clock.set(DAY + 1)
    session = start()
    assert not session.can_undo()
    assert not session.undo()


def test_an_undone_choice_is_asked_in_another_window_too(start: Start) -> None:
    session, other = start(), start()
    session.grade(GOOD)
    assert other.undo()
    assert name(other) == "n0"
    assert session.done == 1
    assert other.done == 0


def test_taking_back_an_answer_of_another_window_leaves_ones_own_sum(start: Start) -> None:
    mine, other = start(), start()
    mine.grade(GOOD)
    assert other.grade(EASY) is Outcome.ELSEWHERE
    other.grade(EASY)
    assert mine.undo()
    assert mine.done == 1
    assert mine.summary().ratings[GOOD] == 1
    assert mine.undo()
    assert mine.done == 0


def test_an_answer_whose_note_has_gone_can_be_taken_back(start: Start, store: Store) -> None:
    session = start(Limits(new=2))
    session.grade(GOOD)
    store.connection.execute("DELETE FROM notes WHERE id = 'n0'")
    assert session.undo()
    assert name(session) == "n1"
    assert store.state(Card("n0", "front")).state is State.NEW


def test_a_card_graded_elsewhere_is_not_graded_again(start: Start, store: Store) -> None:
    here, there = start(), start()
    assert here.grade(GOOD) is Outcome.RECORDED
    assert there.grade(AGAIN) is Outcome.ELSEWHERE
    assert len(store.log.rows()) == 1
    assert name(there) == "n1"
    assert there.counts() == Counts(new=4, learning=0, due=0)


def test_cards_graded_elsewhere_are_passed_over(store: Store, clock: Clock, start: Start) -> None:
    put(store, [basic("m0", deck="M"), basic("m1", deck="M")], bank="m.yaml")
    here = start()
    there = Session(store, Selection(ROOT, ("M",)), Sm2(), clock, Limits())
    there.grade(GOOD)
    assert finish(here) == ["n0", "n1", "n2", "n3", "n4", "m1"]
    assert there.grade(GOOD) is Outcome.ELSEWHERE
    assert there.current is None
    assert {row.act for row in store.log.rows()} == {Act.REVIEW}
    assert len(store.log.rows()) == 7


def test_a_drill_passed_elsewhere_is_over(store: Store, clock: Clock, start: Start) -> None:
    put(store, [basic("m0", deck="M")], bank="m.yaml")
    here = start()
    while here.counts().new:
        here.grade(AGAIN)
    there = Session(store, Selection(ROOT, ("M",)), Sm2(), clock, Limits())
    assert finish(there) == ["m0"]
    assert finish(here) == ["n0", "n1", "n2", "n3", "n4"]
    assert here.counts() == Counts(0, 0, 0)
    assert len(store.log.rows("act = 'drill'")) == 6
