"""Burying, suspending, flags and marks in a session without a screen."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from mirror_rows import DAY, ROOT, Clock, cloze, put, review
from session_steps import AGAIN, GOOD, HARD, Start, act, finish, name

from studytool.actions import Action, perform, words
from studytool.due_list import due_today
from studytool.errors import StoreError
from studytool.figures import study
from studytool.notes import Card, Kind, Note
from studytool.prompts import Counts, Outcome
from studytool.queue import Limits
from studytool.scheduling import ACTIONS, Act, Review, replay
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.standings import NOTHING_SET, Standing, replay_standings
from studytool.stats.statistics import statistics
from studytool.store import Store

ALL = Selection(ROOT)


def do(session: Session, action: Action, flag: int = 0) -> Review:
    row = perform(session, action, flag)
    assert row is not None
    return row


def standing(store: Store, note: str = "n0", part: str = "front") -> Standing:
    return store.standings.of(Card(note, part))


@pytest.fixture
def siblings(store: Store) -> Store:
    """Before the five notes, one with two cards."""
    put(store, [cloze("k", "{{c1::x}} {{c2::y}}")], bank="a.yaml")
    return store


def test_every_action_is_one_row(start: Start, siblings: Store) -> None:
    session = start()
    do(session, Action.FLAG, 3)
    do(session, Action.MARK)
    do(session, Action.BURY_CARD)
    do(session, Action.BURY_NOTE)
    do(session, Action.SUSPEND_CARD)
    do(session, Action.SUSPEND_NOTE)
    assert [(r.act, r.note, r.part, r.value, r.note_text) for r in siblings.log.rows()] == [
        (Act.FLAG, "k", "c1", "3", "{{c1::x}} {{c2::y}}"),
        (Act.MARK, "k", "", "1", "{{c1::x}} {{c2::y}}"),
        (Act.BURY, "k", "c1", str(DAY + 1), "{{c1::x}} {{c2::y}}"),
        (Act.BURY, "k", "", str(DAY + 1), "{{c1::x}} {{c2::y}}"),
        (Act.SUSPEND, "n0", "front", "1", "What is n0?"),
        (Act.SUSPEND, "n1", "", "1", "What is n1?"),
    ]
    assert {row.day for row in siblings.log.rows()} == {DAY}
    assert replay(siblings.log.rows(), Sm2()) == {}
    assert session.done == 0


def test_a_buried_card_comes_back_on_the_next_study_day(
    start: Start, siblings: Store, clock: Clock
) -> None:
    session = start()
    do(session, Action.BURY_CARD)
    assert name(session) == "k/c2"
    do(session, Action.BURY_NOTE)
    assert name(session) == "n0"
    assert session.counts() == Counts(new=5, learning=0, due=0)
    assert finish(start())[0] == "n0"
    clock.set(DAY + 1)
    assert finish(start()) == ["n0", "n1", "n2", "n3", "n4", "k/c1"]


def test_a_suspended_card_never_comes_back_by_itself(
    start: Start, siblings: Store, clock: Clock
) -> None:
    session = start()
    do(session, Action.SUSPEND_CARD)
    assert name(session) == "k/c2"
    do(session, Action.SUSPEND_NOTE)
    for day in range(DAY, DAY + 40, 13):
        clock.set(day)
        assert not {"k/c1", "k/c2"} & set(finish(start()))
    assert siblings.next_due(ALL, DAY) is not None


def test_a_note_suspended_as_a_whole_is_so_with_parts_it_gets_later(
    start: Start, siblings: Store
) -> None:
    do(start(), Action.SUSPEND_NOTE)
    put(siblings, [cloze("k", "{{c1::x}} {{c2::y}} {{c3::z}}")], bank="a.yaml")
    assert finish(start()) == ["n0", "n1", "n2", "n3", "n4"]


def test_what_was_said_last_holds_for_a_card_and_its_note(store: Store) -> None:
    def row(number: int, part: str, value: str) -> Review:
        return Review(
            f"{number:013x}-0a1b2c3d-000", "0a1b2c3d", number, DAY, 0, "k", part, Act.SUSPEND,
            value=value,
        )  # fmt: skip

    rows = [row(1, "c1", "1"), row(2, "", "1"), row(3, "c1", "0"), row(4, "", "0")]
    suspended = []
    for number in range(len(rows) + 1):
        with_them = {**replay_standings(rows[:number])}.get("k", {})
        store.standings.connection.execute("DELETE FROM standings")
        store.standings.add({"k": with_them})
        suspended.append([bool(standing(store, "k", part).suspended) for part in ("c1", "c2")])
    assert suspended == [
        [False, False],
        [True, False],
        [True, True],
        [False, True],
        [False, False],
    ]


def test_a_card_of_the_drill_that_is_put_away_is_not_drilled(start: Start, store: Store) -> None:
    session = start(Limits(new=2))
    session.grade(AGAIN)
    session.grade(HARD)
    assert act(session) is Act.DRILL
    do(session, Action.BURY_CARD)
    do(session, Action.SUSPEND_NOTE)
    assert session.current is None
    assert start(Limits(new=0)).current is None
    assert session.undo()
    assert (name(session), act(session)) == ("n1", Act.DRILL)
    assert session.undo()
    assert (name(session), act(session)) == ("n0", Act.DRILL)


def test_flags_and_marks_leave_the_card_where_it_is_and_toggle(start: Start, store: Store) -> None:
    session = start()
    seed = session.current.seed if session.current else ""
    assert words(do(session, Action.FLAG, 3)) == "flag 3"
    assert words(do(session, Action.MARK)) == "note marked"
    assert standing(store) == Standing(None, None, 3, 1)
    assert session.current is not None
    assert session.current.standing == standing(store)
    assert (name(session), session.current.seed) == ("n0", seed)
    assert words(do(session, Action.FLAG, 5)) == "flag 5"
    assert words(do(session, Action.FLAG, 5)) == "flag taken off"
    assert words(do(session, Action.MARK)) == "mark taken off"
    assert standing(store) == NOTHING_SET
    assert session.grade(GOOD) is Outcome.RECORDED


def test_a_mark_is_of_the_note_and_a_flag_of_the_card(start: Start, siblings: Store) -> None:
    session = start()
    do(session, Action.FLAG, 7)
    do(session, Action.MARK)
    assert standing(siblings, "k", "c1") == Standing(None, None, 7, 1)
    assert standing(siblings, "k", "c2") == Standing(None, None, 0, 1)


def test_undo_takes_grades_and_actions_back_in_true_order_after_a_restart(
    start: Start, siblings: Store, clock: Clock
) -> None:
    def steps(session: Session) -> list[tuple[str, Counts, dict[str, dict[str, Standing]]]]:
        return [(name(session), session.counts(), siblings.standings.all())]

    session = start()
    seen = steps(session)
    for step in (AGAIN, (Action.FLAG, 2), Action.MARK, Action.SUSPEND_CARD, HARD, Action.BURY_NOTE):
        if isinstance(step, Action):
            do(session, step)
        elif isinstance(step, tuple):
            do(session, *step)
        else:
            session.grade(step)
        seen += steps(session)
    seen.pop()
    session = start()
    while seen:
        assert session.can_undo()
        taken = session.undo()
        assert taken is not None
        assert siblings.standings.all() == seen[-1][2]
        if taken.rating or taken.act in (Act.SUSPEND, Act.BURY):
            assert steps(session) == seen[-1:]
        seen.pop()
    assert not session.can_undo()
    assert replay(siblings.log.rows(), Sm2()) == {}


def test_undo_of_what_was_done_to_a_note_asks_the_card_that_was_shown(
    start: Start, siblings: Store, clock: Clock
) -> None:
    session = start()
    session.grade(GOOD)
    clock.set(DAY + 1)
    session = start()
    assert name(session) == "k/c1"
    do(session, Action.BURY_CARD)
    for _ in range(9):
        if name(session) != "k/c2":
            session.grade(GOOD)
    do(session, Action.SUSPEND_NOTE)
    assert session.undo()
    assert name(session) == "k/c2"


def test_undo_does_not_reach_actions_of_yesterday(start: Start, clock: Clock) -> None:
    do(start(), Action.SUSPEND_CARD)
    clock.set(DAY + 1)
    assert not start().can_undo()
    assert not start().undo()


def test_an_action_over_midnight_is_of_the_new_day(start: Start, clock: Clock) -> None:
    session = start(Limits(new=1))
    session.grade(GOOD)
    session = start(Limits(new=2))
    clock.set(DAY + 1)
    do(session, Action.BURY_CARD)
    assert session.day == DAY + 1
    assert session.counts() == Counts(new=2, learning=0, due=1)
    assert name(session) == "n0"


def test_a_flag_over_midnight_leaves_the_day_to_the_grade(start: Start, clock: Clock) -> None:
    session = start(Limits(new=1))
    session.grade(AGAIN)
    clock.set(DAY + 1)
    do(session, Action.FLAG, 1)
    assert session.grade(GOOD) is Outcome.NEW_DAY
    assert session.current is not None
    assert (act(session), session.current.standing.flag) == (Act.REVIEW, 1)


def test_an_action_that_could_not_be_saved_can_be_done_again(
    home: Path, start: Start, store: Store
) -> None:
    session = start()
    store.connection.execute("PRAGMA busy_timeout = 20")
    holder = sqlite3.connect(home / "studytool.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    for action in Action:
        with pytest.raises(StoreError, match="nothing was saved"):
            perform(session, action, 1)
    assert name(session) == "n0"
    holder.close()
    assert store.log.rows() == []
    do(session, Action.SUSPEND_CARD)
    assert name(session) == "n1"


def test_with_nothing_asked_nothing_is_done(start: Start, store: Store) -> None:
    session = start(Limits(new=0))
    assert [perform(session, action, 1) for action in Action] == [None] * len(Action)
    assert store.log.rows() == []


# -- two windows -------------------------------------------------------------------------------


@pytest.mark.parametrize("action", [one for one in Action if one.act in ACTIONS])
def test_an_action_on_a_card_that_another_window_graded_loses_nothing(
    start: Start, store: Store, action: Action
) -> None:
    here, there = start(), start()
    assert there.grade(GOOD) is Outcome.RECORDED
    graded = store.state(Card("n0", "front"))
    do(here, action, 4)
    assert store.state(Card("n0", "front")) == graded
    assert standing(store) != NOTHING_SET
    assert here.grade(GOOD) is (
        Outcome.ELSEWHERE if action in (Action.FLAG, Action.MARK) else Outcome.RECORDED
    )
    assert [row.act for row in store.log.rows()][:2] == [Act.REVIEW, action.act]


@pytest.mark.parametrize("action", [Action.FLAG, Action.MARK])
def test_a_flag_set_in_another_window_does_not_cost_the_answer(
    start: Start, store: Store, action: Action
) -> None:
    here, there = start(), start()
    do(there, action, 4)
    assert here.grade(GOOD) is Outcome.RECORDED
    assert here.undo()
    assert here.current is not None
    assert here.current.standing == standing(store) != NOTHING_SET


def test_cards_put_away_in_another_window_are_passed_over(start: Start) -> None:
    here, there = start(), start()
    there.grade(GOOD)
    do(there, Action.BURY_CARD)
    do(there, Action.SUSPEND_NOTE)
    here.grade(GOOD)
    assert name(here) == "n3"


def test_undo_in_another_window_asks_the_card_there(start: Start) -> None:
    here, there = start(), start()
    do(there, Action.SUSPEND_CARD)
    assert here.undo()
    assert name(here) == "n0"
    assert standing(here.store) == NOTHING_SET


# -- what counts -------------------------------------------------------------------------------


def test_a_due_card_that_is_buried_is_due_tomorrow_and_holds_nothing_back(
    start: Start, store: Store, clock: Clock
) -> None:
    start(Limits(new=1)).grade(GOOD)
    clock.set(DAY + 3)
    session = start(Limits(new=0))
    do(session, Action.BURY_CARD)
    assert session.current is None
    assert session.next_due() == DAY + 4
    assert not session.held_back().due
    today = due_today(start(Limits(new=0)))
    assert (today.all.due, today.waiting, today.next_due) == (0, 0, DAY + 4)
    future = statistics(study(store, ALL), Sm2(), DAY + 3).future
    assert (future.overdue, future.days[:2]) == (0, (0, 1))


def test_a_suspended_card_is_neither_due_nor_counted(
    start: Start, store: Store, clock: Clock
) -> None:
    start(Limits(new=1)).grade(GOOD)
    clock.set(DAY + 3)
    session = start(Limits(new=0))
    do(session, Action.SUSPEND_CARD)
    assert session.next_due() is None
    today = due_today(start(Limits(new=0)))
    assert (today.all.total, today.waiting, today.next_due) == (0, 0, None)
    made = statistics(study(store, ALL), Sm2(), DAY + 3)
    assert (made.future.total, made.cards.suspended, made.cards.new) == (0, 1, 4)


def test_another_new_card_takes_the_place_of_one_put_away(start: Start) -> None:
    session = start(Limits(new=2))
    do(session, Action.BURY_CARD)
    do(session, Action.SUSPEND_CARD)
    assert finish(session) == ["n2", "n3"]


def test_what_is_set_follows_a_renamed_note_and_a_moved_step(store: Store, clock: Clock) -> None:
    rows = [
        review(1, note="s", part="s1"),
        Review(f"{2:013x}-0a1b2c3d-000", "0a1b2c3d", 2, DAY, 0, "s", "s2", Act.SUSPEND, value="1"),
        Review(f"{3:013x}-0a1b2c3d-000", "0a1b2c3d", 3, DAY, 0, "s", "", Act.MARK, value="1"),
        Review(
            f"{4:013x}-0a1b2c3d-000", "0a1b2c3d", 4, DAY, 0, "s", "", Act.RENAME,
            value='{"s1":"s2","s2":"s1"}', target="s",
        ),
        Review(f"{5:013x}-0a1b2c3d-000", "0a1b2c3d", 5, DAY, 0, "s", "", Act.RENAME, target="t"),
    ]  # fmt: skip
    found = replay_standings(reversed(rows))
    assert found == {"t": {"s1": Standing(suspended=1), "": Standing(marked=1)}}
    assert list(replay(rows, Sm2())) == [Card("t", "s2")]


def test_flagged_and_marked_limit_a_session(start: Start, siblings: Store, clock: Clock) -> None:
    put(siblings, [Note("m0", Kind.BASIC, "M", "What?", "It.", tags=("x",))], bank="m.yaml")
    session = start()
    do(session, Action.FLAG, 2)
    do(session, Action.BURY_NOTE)
    do(session, Action.FLAG, 1)
    do(session, Action.MARK)
    session.grade(GOOD)
    do(session, Action.MARK)
    clock.set(DAY + 1)

    def asked(**chosen: object) -> list[str]:
        selection = Selection(ROOT, **chosen)  # type: ignore[arg-type]
        wanted = Session(siblings, selection, Sm2(), clock, Limits())
        cards = [*wanted.queue.due, *wanted.queue.new]
        made = statistics(study(siblings, selection), Sm2(), DAY + 1)
        assert made.cards.total >= len(cards)
        return [f"{card.key}/{card.part}" for card in cards]

    assert asked(flagged=True) == ["n0/front", "k/c1"]
    assert asked(marked=True) == ["n0/front", "n1/front"]
    assert asked(flagged=True, marked=True) == ["n0/front"]
    assert asked(decks=("M",), flagged=True) == []
    assert asked(tags=("x",), marked=True) == []
