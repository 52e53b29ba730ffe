"""What is asked today, and in which order."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from mirror_rows import review

from studytool.notes import Card
from studytool.queue import Limits, Queue, build, drill
from studytool.scheduling import Act, Rating


def cards(text: str) -> tuple[Card, ...]:
    """Return cards named `note/part`, or `note` for its front."""
    return tuple(Card(*(name.split("/") + ["front"])[:2]) for name in text.split())


A, B, C = cards("a b c")


def test_the_usual_limits() -> None:
    assert Limits() == Limits(new=20, reviews=200)


def test_due_cards_come_first_then_new_ones_then_the_drill() -> None:
    queue = Queue(due=(A,), new=(B,), drill=(C,))
    order = []
    while card := queue.next():
        order.append(card)
        queue = queue.without(card)
    assert order == [A, B, C]
    assert len(queue) == 0


def test_a_card_does_not_come_twice_running_unless_alone() -> None:
    assert Queue(due=(A, B)).next(A) == B
    assert Queue(due=(A,), drill=(B,)).next(A) == B
    assert Queue(drill=(A, B)).next(A) == B
    assert Queue(drill=(A,)).next(A) == A
    assert Queue().next(A) is None


def test_a_failed_card_goes_to_the_end_of_the_drill() -> None:
    queue = Queue(due=(A, B), drill=(C,)).drilled(A)
    assert queue == Queue(due=(B,), drill=(C, A))
    assert queue.drilled(C) == Queue(due=(B,), drill=(A, C))


def test_siblings_wait_for_tomorrow() -> None:
    queue = build(cards("a/c1 a/c2 b/c1"), cards("b/c2 c/c1 c/c2"), [], 0, Limits())
    assert queue == Queue(due=cards("a/c1 b/c1"), new=cards("c/c1"))


def test_siblings_of_a_card_reviewed_today_wait_even_when_it_was_passed() -> None:
    today = [review(1, Rating.EASY, "a", "c1")]
    assert build(cards("a/c2"), cards("a/c3 b"), today, 0, Limits()) == Queue(new=(B,))


def test_the_limits_count_what_today_already_brought() -> None:
    today = [review(1, note="x"), review(2, note="y"), review(3, note="z")]
    queue = build(cards("a b c"), cards("d e f"), today, 1, Limits(new=2, reviews=4))
    assert queue == Queue(due=(A, B), new=cards("d"))
    none = build(cards("a"), cards("d"), today, 1, Limits(new=1, reviews=2))
    assert none == Queue()


def test_a_drill_or_practice_costs_nothing_of_the_limits() -> None:
    today = [
        review(1, Rating.AGAIN, "x"),
        review(2, Rating.AGAIN, "x", act=Act.DRILL),
        review(3, Rating.GOOD, "x", act=Act.DRILL),
        review(4, Rating.GOOD, "y", act=Act.PRACTICE),
    ]
    assert build(cards("a b"), (), today, 0, Limits(reviews=2)).due == (A,)


def test_new_cards_are_read_no_further_than_the_limit() -> None:
    def endless() -> Iterator[Card]:
        number = 0
        while True:
            yield Card(f"n{number}", "front")
            number += 1

    assert len(build((), endless(), [], 0, Limits(new=3)).new) == 3
    assert build((), endless(), [], 0, Limits(new=0)).new == ()


def test_the_drill_is_in_order_of_the_last_failure() -> None:
    today = [
        review(1, Rating.AGAIN, "a"),
        review(2, Rating.HARD, "b"),
        review(3, Rating.GOOD, "c"),
        review(4, Rating.AGAIN, "a", act=Act.DRILL),
    ]
    assert drill(today) == (B, A)
    assert drill([*today, review(5, Rating.GOOD, "b", act=Act.DRILL)]) == (A,)
    assert drill([*today, review(5, Rating.GOOD, "a", act=Act.PRACTICE)]) == (B, A)


keys = st.sampled_from([Card(f"n{note}", part) for note in range(6) for part in ("c1", "c2")])


@given(
    st.lists(keys, unique=True),
    st.lists(keys, unique=True),
    st.lists(st.tuples(keys, st.sampled_from(Rating)), max_size=6),
    st.integers(0, 8),
    st.integers(0, 8),
)
def test_the_queue_keeps_its_promises(
    due: list[Card],
    new: list[Card],
    graded: list[tuple[Card, Rating]],
    new_limit: int,
    review_limit: int,
) -> None:
    today = [review(n, r, card.key, card.part) for n, (card, r) in enumerate(graded)]
    queue = build(due, new, today, 0, Limits(new_limit, review_limit))
    asked = [card.key for card in (*queue.due, *queue.new)]
    assert len(asked) == len(set(asked))
    assert not set(asked) & {card.key for card, _ in graded}
    assert len(queue.new) <= new_limit
    assert len(queue.due) <= review_limit
    assert list(queue.due) == [card for card in due if card in queue.due]
    assert list(queue.new) == [card for card in new if card in queue.new]
