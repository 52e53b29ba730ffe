"""The row of the log, pinned, and the replay that makes card states of it."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mirror_rows import DAY, ROOT, basic, put, review, undo

from studytool.days import Moment
from studytool.notes import Card
from studytool.scheduling import (
    NEW_CARD,
    QUALITIES,
    Act,
    CardState,
    Rating,
    Review,
    Schedule,
    State,
    apply,
    quality,
    replay,
    undone,
)
from studytool.sm2 import Sm2
from studytool.store import Store
from studytool.values import fields, replace

SM2 = Sm2()
N0, N1 = Card("n0", "front"), Card("n1", "front")


def test_the_columns_of_the_log_are_fixed_for_ever() -> None:
    assert fields(Review) == (
        *("id", "device", "at_ms", "day", "tz_minutes", "note", "part", "act", "key", "scale"),
        *("rating", "value", "target", "duration_ms", "scheduler", "note_text"),
    )


def test_the_acts_are_fixed_for_ever() -> None:
    assert " ".join(Act) == (
        "review drill practice undo suspend bury flag mark set-due rename reschedule"
    )


def test_the_checksum_is_fixed_for_ever() -> None:
    row = Review(
        id="0192a3b4c5d6e-0a1b2c3d-000",
        device="0a1b2c3d",
        at_ms=1728000000000,
        day=20000,
        tz_minutes=-210,
        note="studytool-ml/café",
        part="c1",
        act=Act.REVIEW,
        key="3",
        scale="1-4",
        rating=3,
        duration_ms=4200,
        scheduler="sm2",
        note_text='What is "x"\u2009?',
    )
    written = (
        r'["0192a3b4c5d6e-0a1b2c3d-000","0a1b2c3d",1728000000000,20000,-210,'
        r'"studytool-ml/caf\u00e9","c1","review","3","1-4",3,null,null,4200,"sm2",'
        r'"What is \"x\"\u2009?"]'
    )
    assert row.checksum() == hashlib.blake2b(written.encode(), digest_size=8).hexdigest()
    assert row.checksum() == "98e01fc5f75b36d2"


@pytest.mark.parametrize("column", fields(Review))
def test_the_checksum_covers_every_column(column: str) -> None:
    row = review(1, value="v", target="t", note_text="q")
    changed: dict[str, Any] = {
        "act": Act.DRILL,
        "at_ms": 2,
        "day": 1,
        "tz_minutes": 60,
        "rating": 1,
    }
    other = replace(row, **{column: changed.get(column, 9 if column == "duration_ms" else "x")})
    assert other.checksum() != row.checksum()


def test_quality_is_read_from_the_scale_that_was_pressed() -> None:
    assert [review(1, rating).quality for rating in Rating] == [2, 3, 4, 5]
    assert [replace(review(1), key=str(q), scale=QUALITIES).quality for q in range(6)] == [
        *range(6)
    ]


def test_a_review_below_good_waits_for_its_drill() -> None:
    state = apply(NEW_CARD, review(1, Rating.HARD), SM2)
    assert state == CardState(State.LEARNING, Schedule(DAY + 1, 1, 1, 0, 236), review(1).id)
    failed = apply(state, review(2, Rating.AGAIN, act=Act.DRILL), SM2)
    assert failed == replace(state, last=review(2).id)
    passed = apply(failed, review(3, Rating.GOOD, act=Act.DRILL), SM2)
    assert passed == replace(state, state=State.REVIEW, last=review(3).id)


def test_a_drill_whose_review_was_undone_makes_no_card_scheduled() -> None:
    drill = review(2, Rating.GOOD, act=Act.DRILL)
    assert apply(NEW_CARD, drill, SM2) == replace(NEW_CARD, last=drill.id)


def test_practice_and_plain_acts_change_nothing_but_the_last_row() -> None:
    state = apply(NEW_CARD, review(1), SM2)
    for act in (Act.PRACTICE, Act.FLAG, Act.MARK, Act.SUSPEND, Act.BURY):
        assert apply(state, review(2, Rating.AGAIN, act=act), SM2) == replace(
            state, last=review(2).id
        )


def test_an_undo_takes_its_row_out_and_is_the_last_row() -> None:
    first, second = review(1), review(2, Rating.AGAIN, day=DAY + 1)
    back = undo(3, second)
    assert undone([first, second, back]) == {second.id}
    assert replay([first, second, back], SM2)[N0] == replace(
        apply(NEW_CARD, first, SM2), last=back.id
    )
    assert replay([first, undo(2, first)], SM2) == {}


def test_the_order_of_undos_does_not_matter() -> None:
    rows = [review(number, day=DAY + number) for number in range(1, 5)]
    expected = replay(rows[:2], SM2)[N0]
    for order in ((3, 2), (2, 3)):
        backs = [undo(10 + place, rows[index]) for place, index in enumerate(order)]
        assert replay([*rows, *backs], SM2)[N0] == replace(expected, last=backs[-1].id)


def rename(number: int, old: str, new: str | None, parts: dict[str, str] | None = None) -> Review:
    return Review(
        *(f"{number:013x}-0a1b2c3d-000", "0a1b2c3d", number, DAY, 0, old, ""),
        act=Act.RENAME,
        target=new,
        value=json.dumps(parts) if parts else None,
    )


def test_a_rename_takes_the_history_along() -> None:
    first = review(1)
    states = replay([first, rename(2, "n0", "n9"), review(3, note="n9", day=DAY + 1)], SM2)
    assert set(states) == {Card("n9", "front")}
    assert states[Card("n9", "front")].schedule == Schedule(DAY + 7, 6, 2, 0, 250)


def test_a_rename_leaves_a_card_that_is_taken() -> None:
    states = replay([review(1), review(2, Rating.EASY, "n1"), rename(3, "n0", "n1")], SM2)
    assert states == {N1: apply(NEW_CARD, review(2, Rating.EASY, "n1"), SM2)}


def test_renamed_parts_move_all_at_once() -> None:
    rows = [review(1, Rating.GOOD, part="s1"), review(2, Rating.EASY, part="s2")]
    states = replay([*rows, rename(3, "n0", None, {"s1": "s2", "s2": "s1"})], SM2)
    assert states[Card("n0", "s2")].schedule.ease == 250
    assert states[Card("n0", "s1")].schedule.ease == 260


def test_a_rename_that_is_taken_back_did_not_happen() -> None:
    moved = rename(2, "n0", "n9")
    assert set(replay([review(1), moved, undo(3, moved)], SM2)) == {N0}


answers = st.tuples(
    st.sampled_from(Rating),
    st.sampled_from(["n0", "n1", "n2"]),
    st.sampled_from(["front", "reverse"]),
    st.sampled_from([Act.REVIEW, Act.REVIEW, Act.DRILL, Act.PRACTICE]),
    st.integers(0, 40),
)


@st.composite
def logs(draw: st.DrawFn) -> list[Review]:
    """A log as sessions could have written it: rising ids and days, undos, renames."""
    rows: list[Review] = []
    day, started = DAY, set[Card]()
    for number in range(draw(st.integers(0, 25))):
        rating, note, part, act, days = draw(answers)
        day += days // 10
        live = [row for row in rows if row.rating and row.id not in undone(rows)]
        if live and draw(st.integers(0, 5)) == 0:
            rows.append(undo(number, draw(st.sampled_from(live))))
        elif draw(st.integers(0, 15)) == 0:
            rows.append(rename(number, note, draw(st.sampled_from(["n0", "n1", "n3"]))))
        else:
            if Card(note, part) not in started:
                act = Act.REVIEW
            started.add(Card(note, part))
            rows.append(review(number, rating, note, part, act, day))
    return rows


@given(logs(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(rows: list[Review], random: object) -> None:
    mixed = list(rows)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert replay(mixed, SM2) == replay(rows, SM2)


@given(logs())
def test_an_undone_row_might_as_well_not_be_there(rows: list[Review]) -> None:
    gone = undone(rows)
    kept = [row for row in rows if row.id not in gone and row.act is not Act.UNDO]

    def without_last(log: list[Review]) -> dict[Card, CardState]:
        return {card: replace(state, last="") for card, state in replay(log, SM2).items()}

    assert without_last(rows) == without_last(kept)


@given(st.lists(answers, max_size=40))
def test_replay_is_the_fold_of_apply(sequence: list[tuple[Rating, str, str, Act, int]]) -> None:
    states: dict[Card, CardState] = {}
    rows = []
    for number, (rating, note, part, act, days) in enumerate(sequence):
        card = Card(note, part)
        rows.append(review(number, rating, note, part, act, DAY + number + days))
        states[card] = apply(states.get(card, NEW_CARD), rows[-1], SM2)
    known = {card: state for card, state in states.items() if state.state is not State.NEW}
    assert replay(rows, SM2) == known


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(Rating), st.integers(0, 2), st.booleans()), max_size=20))
def test_the_store_keeps_what_the_replay_says(
    sequence: list[tuple[Rating, int, bool]],
) -> None:
    """The incremental states, the replay of the log and a rebuilt cache are the same."""
    with TemporaryDirectory() as folder:
        store = Store.open(Path(folder), date(2024, 10, 4))
        put(store, [basic(f"n{number}") for number in range(3)])
        try:
            for number, (rating, note, back) in enumerate(sequence):
                day = DAY + number // 3
                if back:
                    store.undo(ROOT, Moment(number, day, 0), day, SM2)
                else:
                    card = Card(f"n{note}", "front")
                    before = store.state(card)
                    expected = SM2.next(before.schedule, quality(rating), day)
                    row = review(number, rating, card.key, day=day)
                    after = store.record(row, before.last, SM2)
                    assert after is not None
                    assert after.schedule == expected
                    assert store.state(card) == after
            kept = cache(store)
            assert kept == replay(store.log.rows(), SM2)
            store.rebuild(SM2)
            assert cache(store) == kept
        finally:
            store.close()


@settings(max_examples=40)
@given(st.lists(st.sampled_from(Rating), max_size=6), st.sampled_from(Rating))
def test_undo_after_a_grade_is_the_identity(history: list[Rating], rating: Rating) -> None:
    with TemporaryDirectory() as folder:
        store = Store.open(Path(folder), date(2024, 10, 4))
        put(store, [basic(f"n{number}") for number in range(3)])
        try:
            for number, past in enumerate(history):
                row = review(number, past, day=DAY + number)
                store.record(row, store.state(N0).last, SM2)
            before = store.state(N0)
            day = DAY + 100
            assert store.record(review(100, rating, day=day), before.last, SM2) is not None
            taken = store.undo(ROOT, Moment(101, day, 0), day, SM2)
            assert taken is not None
            assert taken.rating == rating
            after = store.state(N0)
            assert (after.state, after.schedule) == (before.state, before.schedule)
        finally:
            store.close()


def cache(store: Store) -> dict[Card, CardState]:
    """Return all card states that the store keeps."""
    cards = store.connection.execute("SELECT note, part FROM cards")
    return {Card(*row): store.state(Card(*row)) for row in cards.fetchall()}
