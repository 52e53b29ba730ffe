"""Practice and leeches in a session without a screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from mirror_rows import DAY, ROOT, Clock
from session_steps import AGAIN, EASY, GOOD, HARD, act, finish, name

from studytool import studied_days
from studytool.actions import Action, perform
from studytool.figures import study
from studytool.leeches import Leech, Leeches
from studytool.notes import Card
from studytool.practice import Practice
from studytool.prompts import Counts, Outcome, figures
from studytool.queue import Limits
from studytool.scheduling import Act, CardState, Schedule, State, replay
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.stats.statistics import statistics
from studytool.store import Store

N0 = Card("n0", "front")
Begin = Callable[..., Session]


@pytest.fixture
def begin(store: Store, clock: Clock) -> Begin:
    def made(
        plan: Practice | None = None,
        leeches: Leeches | None = None,
        limits: Limits | None = None,
        **chosen: object,
    ) -> Session:
        selection = Selection(ROOT, **chosen)  # type: ignore[arg-type]
        return Session(
            *(store, selection, Sm2(), clock, limits or Limits()),
            plan=plan,
            leeches=leeches or Leeches(),
        )

    return made


def cards(store: Store) -> list[tuple[object, ...]]:
    query = "SELECT note, part, state, due, interval, repetitions, lapses, ease FROM cards"
    return store.connection.execute(query).fetchall()


def lapse(begin: Begin, clock: Clock, times: int, **chosen: Leeches) -> Session:
    """Return the session in which `n0` lapses for the last of some times."""
    session = begin(limits=Limits(new=1), **chosen)
    session.grade(GOOD)
    for number in range(times):
        clock.set(clock().day + 1)
        session = begin(limits=Limits(new=0), **chosen)
        assert name(session) == "n0"
        session.grade(AGAIN)
        if number < times - 1:
            finish(session)
    return session


# -- practice ----------------------------------------------------------------------------------


def test_cramming_asks_everything_whatever_is_due_and_schedules_nothing(
    begin: Begin, store: Store
) -> None:
    begin(limits=Limits(new=1)).grade(EASY)
    before = cards(store)
    session = begin(Practice(), limits=Limits(new=0, reviews=0))
    assert session.counts() == Counts(new=4, learning=0, due=1)
    assert session.current is not None
    assert (act(session), session.current.intervals) == (Act.PRACTICE, {})
    assert finish(session) == ["n0", "n1", "n2", "n3", "n4"]
    assert cards(store) == before
    assert [row.act for row in store.log.rows()] == [Act.REVIEW, *[Act.PRACTICE] * 5]
    assert set(replay(store.log.rows(), Sm2())) == {N0}
    assert figures(session.summary())[0] == ("5", "answers in practice")


def test_what_is_not_known_comes_again_until_it_is_good(begin: Begin) -> None:
    session = begin(Practice())
    for rating in (AGAIN, HARD, GOOD, GOOD, GOOD):
        assert session.grade(rating) is Outcome.RECORDED
    assert (name(session), session.counts()) == ("n0", Counts(0, 2, 0))
    assert session.current is not None
    assert session.current.state is State.LEARNING
    session.grade(HARD)
    assert [name(session), session.grade(GOOD), name(session)] == ["n1", Outcome.RECORDED, "n0"]
    session.grade(GOOD)
    assert session.current is None


def test_ahead_asks_what_comes_due_and_not_what_is(begin: Begin, clock: Clock) -> None:
    begin(limits=Limits(new=2)).grade(GOOD)
    clock.set(DAY + 1)
    session = begin(limits=Limits(new=1))
    assert [name(session), session.grade(GOOD)] == ["n0", Outcome.RECORDED]
    session.grade(GOOD)
    assert [finish(begin(Practice(days))) for days in (1, 5)] == [["n1"], ["n1"]]
    assert finish(begin(Practice(6))) == ["n1", "n0"]
    clock.set(DAY + 2)
    assert name(begin(Practice(4))) == ""
    assert begin(Practice(4)).held_back() == begin(Practice(4)).queue


def test_practice_leaves_the_day_alone(begin: Begin, store: Store) -> None:
    finish(begin(Practice()))
    session = begin(limits=Limits(new=2))
    assert session.counts() == Counts(new=2, learning=0, due=0)
    assert act(session) is Act.REVIEW
    assert studied_days.answers(store, DAY) == 0
    made = statistics(study(store, Selection(ROOT)), Sm2(), DAY)
    assert (made.today.new, made.today.reviews, made.today.practice) == (0, 0, 5)


def test_undo_in_practice_stops_at_what_was_scheduled(begin: Begin, store: Store) -> None:
    begin(limits=Limits(new=1)).grade(AGAIN)
    session = begin(Practice())
    assert not session.can_undo()
    assert session.undo() is None
    session.grade(GOOD)
    perform(session, Action.FLAG, 2)
    perform(session, Action.BURY_CARD)
    assert name(session) == "n2"
    assert session.undo()
    assert name(session) == "n1"
    later = begin(Practice())
    assert later.undo()
    assert later.undo()
    assert (name(later), later.can_undo()) == ("n0", False)
    assert store.state(N0).state is State.LEARNING


def test_a_review_that_takes_back_practice_asks_its_own_card(begin: Begin) -> None:
    begin(limits=Limits(new=1)).grade(GOOD)
    begin(Practice()).grade(AGAIN)
    session = begin(limits=Limits(new=2))
    taken = session.undo()
    assert taken is not None
    assert (taken.act, name(session), act(session)) == (Act.PRACTICE, "n1", Act.REVIEW)


def test_practice_goes_on_past_midnight(begin: Begin, clock: Clock) -> None:
    session = begin(Practice())
    session.grade(AGAIN)
    clock.set(DAY + 1)
    assert session.grade(GOOD) is Outcome.RECORDED
    assert session.counts() == Counts(3, 1, 0)


def test_what_is_put_away_is_not_practised(begin: Begin) -> None:
    session = begin()
    perform(session, Action.BURY_CARD)
    perform(session, Action.SUSPEND_NOTE)
    perform(session, Action.FLAG, 1)
    assert finish(begin(Practice())) == ["n2", "n3", "n4"]
    assert finish(begin(Practice(), flagged=True)) == ["n2"]


# -- leeches -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("threshold", "told"), [(8, [8, 12, 16]), (3, [3, 5, 7, 9, 11, 13, 15, 17]), (1, range(1, 19))]
)
def test_the_lapses_at_which_a_leech_is_told(threshold: int, told: list[int]) -> None:
    states = [CardState(State.REVIEW, Schedule(lapses=lapses)) for lapses in range(19)]
    leeches = Leeches(threshold)
    found = [n for n in range(1, 19) if leeches.made_by(states[n - 1], states[n])]
    assert found == [*told]
    assert not leeches.made_by(states[threshold], states[threshold])
    assert not any(Leeches(0).made_by(states[n - 1], states[n]) for n in range(1, 19))


def test_a_leech_is_told_once_and_asked_on(begin: Begin, clock: Clock, store: Store) -> None:
    session = lapse(begin, clock, 8)
    assert session.leech == Leech("n0", 8, False)
    assert session.current is not None
    assert (act(session), session.current.leech) == (Act.DRILL, True)
    session.grade(GOOD)
    assert session.leech is None
    assert {row.act for row in store.log.rows()} == {Act.REVIEW, Act.DRILL}


def test_a_suspended_leech_comes_back_with_its_grade(
    begin: Begin, clock: Clock, store: Store
) -> None:
    session = lapse(begin, clock, 3, leeches=Leeches(3, suspend=True))
    assert session.leech == Leech("n0", 3, True)
    assert session.current is None
    grade, put_away = store.log.rows()[-2:]
    assert (put_away.act, put_away.target, put_away.rating) == (Act.SUSPEND, grade.id, None)
    assert store.standings.of(N0).suspended
    session = begin(limits=Limits(new=0))
    taken = session.undo()
    assert taken is not None
    assert (taken.id, name(session), act(session)) == (grade.id, "n0", Act.REVIEW)
    assert not store.standings.of(N0).suspended
    assert store.state(N0).schedule.lapses == 2
    before = store.state(N0)
    store.rebuild(Sm2())
    assert store.state(N0) == before


def test_only_leeches_are_asked_when_they_are_chosen(
    begin: Begin, clock: Clock, store: Store
) -> None:
    finish(lapse(begin, clock, 2))
    assert finish(begin(lapses=2)) == []
    assert store.next_due(Selection(ROOT, lapses=2), clock().day) == clock().day + 1
    assert store.next_due(Selection(ROOT, lapses=3), clock().day) is None
    assert finish(begin(Practice(), lapses=2)) == ["n0"]
    clock.set(clock().day + 1)
    assert finish(begin(lapses=2)) == ["n0"]
    assert finish(begin(lapses=3)) == []
    made = statistics(study(store, Selection(ROOT, lapses=2)), Sm2(), clock().day)
    assert made.cards.total == 1


def test_a_new_card_that_is_practised_again_is_another_asking(begin: Begin) -> None:
    session = begin(Practice())
    first, seeds = name(session), []
    while session.current is not None and len(seeds) < 3:
        if name(session) == first:
            seeds.append(session.current.seed)
        session.grade(AGAIN)
    assert len(set(seeds)) == 3
    assert begin(Practice()).current.seed not in seeds  # type: ignore[union-attr]
