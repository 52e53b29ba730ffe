"""A session without a screen: from new to drilled to scheduled, and what it tells of itself."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest
from mirror_rows import DAY, ROOT, Clock, basic, cloze, put
from session_steps import AGAIN, EASY, GOOD, HARD, Start, act, finish, name

from studytool.errors import StoreError
from studytool.notes import Card, Kind, Note
from studytool.prompts import MAX_DURATION_MS, Counts, Outcome
from studytool.queue import Limits
from studytool.scheduling import QUALITIES, Act, Rating, State
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store


def test_new_cards_are_asked_in_teaching_order(start: Start) -> None:
    session = start()
    assert session.first_run
    assert session.counts() == Counts(new=5, learning=0, due=0)
    assert finish(session) == ["n0", "n1", "n2", "n3", "n4"]
    assert session.counts() == Counts(0, 0, 0)
    assert session.current is None
    assert not start().first_run


def test_a_failed_card_is_drilled_until_it_is_good(start: Start, store: Store) -> None:
    session = start(Limits(new=2))
    session.grade(AGAIN)
    assert session.counts() == Counts(new=1, learning=1, due=0)
    scheduled = store.state(Card("n0", "front"))
    assert scheduled.state is State.LEARNING
    session.grade(GOOD)
    assert (name(session), act(session)) == ("n0", Act.DRILL)
    assert session.current is not None
    assert session.current.state is State.LEARNING
    for rating in (AGAIN, HARD, EASY):
        session.grade(rating)
    assert session.current is None
    after = store.state(Card("n0", "front"))
    assert after.state is State.REVIEW
    assert after.schedule == scheduled.schedule
    assert [row.act for row in store.log.rows("note = 'n0'")] == [Act.REVIEW, *[Act.DRILL] * 3]


def test_the_button_shows_the_interval_that_it_sets(
    start: Start, store: Store, clock: Clock
) -> None:
    for day in range(DAY, DAY + 60, 3):
        clock.set(day)
        session = start()
        while session.current is not None:
            prompt = session.current
            rating = Rating(1 + (day + session.done) % 4)
            assert list(prompt.intervals) == [*Rating]
            session.grade(rating)
            due = store.state(prompt.card).schedule.due
            assert due == day + prompt.intervals[rating]


def test_a_drill_promises_the_interval_already_set(start: Start) -> None:
    session = start(Limits(new=1))
    session.grade(HARD)
    assert session.current is not None
    assert session.current.intervals == dict.fromkeys(Rating, 1)


def test_a_card_never_comes_twice_running_unless_alone(start: Start) -> None:
    session = start()
    last = ""
    for step in range(60):
        left = session.counts()
        if last and left.new + left.learning + left.due > 1:
            assert name(session) != last
        last = name(session)
        session.grade(HARD if step % 2 else AGAIN)
    assert session.counts().learning == 5


def test_the_next_card_can_be_read_in_advance(start: Start) -> None:
    session = start()
    coming = session.prepare()
    session.grade(GOOD)
    assert session.current == coming
    finish(session)
    assert session.prepare() is None


def test_siblings_wait_for_tomorrow(start: Start, store: Store, clock: Clock) -> None:
    put(store, [cloze("k", "{{c1::x}} {{c2::y}}"), basic("r", reverse="Which?")], bank="a.yaml")
    assert finish(start()) == ["k/c1", "r", "n0", "n1", "n2", "n3", "n4"]
    assert finish(start()) == []
    clock.set(DAY + 1)
    assert finish(start()) == ["k/c1", "r", "n0", "n1", "n2", "n3", "n4"]
    clock.set(DAY + 2)
    assert finish(start()) == ["k/c2", "r/reverse"]


def test_six_qualities_are_kept_as_they_were_pressed(start: Start, store: Store) -> None:
    session = start()
    session.grade(AGAIN, key="0", scale=QUALITIES)
    session.grade(HARD, key="3", scale=QUALITIES)
    assert [(row.key, row.scale, row.rating, row.quality) for row in store.log.rows()] == [
        ("0", "0-5", 1, 0),
        ("3", "0-5", 2, 3),
    ]


def test_the_time_on_a_card_is_capped(start: Start, store: Store) -> None:
    session = start()
    for duration in (-5, 1234, 10**9):
        session.grade(GOOD, duration_ms=duration)
    assert [row.duration_ms for row in store.log.rows()] == [0, 1234, MAX_DURATION_MS]
    assert session.summary().duration_ms == 1234 + MAX_DURATION_MS


def test_the_log_reads_by_itself(start: Start, store: Store) -> None:
    put(store, [basic("n0"), Note("n1", Kind.BASIC, "D", "What\n  is " + "x" * 200, "y")])
    session = start()
    finish(session)
    texts = [row.note_text for row in store.log.rows()[:2]]
    assert texts == ["What is n0?", "What is " + "x" * 72]


def test_a_suspended_note_is_not_asked(start: Start, store: Store) -> None:
    put(store, [basic("n0", suspended=True), basic("n1")])
    assert finish(start()) == ["n1", "n2", "n3", "n4"]


def test_a_session_is_about_its_selection(store: Store, clock: Clock) -> None:
    put(store, [basic("m0", deck="M"), basic("m1", deck="M::Deep")], bank="m.yaml")
    session = Session(store, Selection(ROOT, ("M", "M::Deep")), Sm2(), clock, Limits())
    assert finish(session) == ["m0", "m1"]
    assert session.next_due() == DAY + 1


def test_the_drill_of_another_deck_stays_there(store: Store, clock: Clock, start: Start) -> None:
    put(store, [basic("m0", deck="M")], bank="m.yaml")
    session = start(Limits(new=1))
    session.grade(AGAIN)
    other = Session(store, Selection(ROOT, ("M",)), Sm2(), clock, Limits())
    assert other.counts() == Counts(new=1, learning=0, due=0)
    assert finish(other) == ["m0"]
    elsewhere = Session(store, Selection("/elsewhere"), Sm2(), clock, Limits())
    assert elsewhere.counts() == Counts(0, 0, 0)
    assert start().counts().learning == 1


def test_the_summary(start: Start, clock: Clock) -> None:
    session = start(Limits(new=3))
    session.grade(AGAIN, duration_ms=1000)
    session.grade(EASY, duration_ms=2000)
    session.grade(GOOD)
    session.grade(HARD, duration_ms=500)
    session.grade(GOOD)
    summary = session.summary()
    assert summary.ratings == {AGAIN: 1, HARD: 0, GOOD: 1, EASY: 1}
    assert (summary.introduced, summary.drills, summary.duration_ms) == (3, 2, 3500)
    assert session.done == 5
    assert session.next_due() == DAY + 1
    clock.set(DAY + 1)
    later = start(Limits(new=0))
    finish(later)
    assert (later.summary().introduced, later.summary().ratings[GOOD]) == (0, 3)
    assert later.next_due() == DAY + 2


def test_an_empty_library_asks_nothing(home: Path, clock: Clock) -> None:
    store = Store.open(home, date(2024, 10, 4))
    session = Session(store, Selection(ROOT), Sm2(), clock, Limits())
    assert session.current is None
    assert session.grade(GOOD) is Outcome.ELSEWHERE
    assert not session.undo()
    assert session.next_due() is None
    assert session.prepare() is None
    store.close()


def test_an_answer_that_could_not_be_saved_can_be_given_again(
    home: Path, start: Start, store: Store
) -> None:
    session = start()
    store.connection.execute("PRAGMA busy_timeout = 20")
    holder = sqlite3.connect(home / "studytool.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="nothing was saved"):
        session.grade(GOOD)
    assert (name(session), session.done) == ("n0", 0)
    with pytest.raises(StoreError, match="nothing was saved"):
        session.undo()
    holder.close()
    assert session.grade(GOOD) is Outcome.RECORDED
    assert name(session) == "n1"
    assert [row.note for row in store.log.rows()] == ["n0"]


def test_a_prompt_names_its_asking(start: Start) -> None:
    session = start(Limits(new=1))
    assert session.current is not None
    first = session.current.seed
    assert start(Limits(new=1)).current.seed == first  # type: ignore[union-attr]
    session.grade(AGAIN)
    assert session.current.seed != first


def test_an_undo_asks_as_before(start: Start, clock: Clock) -> None:
    session = start(Limits(new=1))
    session.grade(GOOD)
    clock.set(DAY + 1)
    session = start(Limits(new=0))
    assert session.current is not None
    seed = session.current.seed
    session.grade(AGAIN)
    assert session.current is not None
    assert session.current.seed != seed
    session.undo()
    assert session.current is not None
    assert session.current.seed == seed


def test_a_drill_of_a_part_that_is_gone_is_not_counted(start: Start, store: Store) -> None:
    put(store, [cloze("k", "{{c1::x}} {{c2::y}}")], bank="a.yaml")
    session = start(Limits(new=1))
    session.grade(AGAIN)
    assert session.counts() == Counts(new=0, learning=1, due=0)
    put(store, [cloze("k", "{{c2::y}}")], bank="a.yaml")
    session = start(Limits(new=1))
    assert (session.current, session.counts()) == (None, Counts(0, 0, 0))
