"""What is asked today, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st
from mirror_rows import review

from studytool.notes import Card
from studytool.queue import DeckLimits, Limits, Queue, build, drill
from studytool.scheduling import Act, Rating, Review


def cards(text: str) -> tuple[Card, ...]:
    """Return cards named `note/part`, or `note` for its front."""
    return tuple(Card(*(name.split("/") + ["front"])[:2]) for name in text.split())


def queue_of(
    due: Iterable[Card],
    new: Iterable[Card],
    today: Sequence[Review],
    introduced: Set[str],
    limits: Limits,
    members: Mapping[str, Sequence[int]] = MappingProxyType({}),
) -> Queue:
    """Return a queue of sources that leave nothing out; `members` has the places of notes."""
    return build(
        *(lambda _: due, lambda _: new, today, introduced, limits),
        lambda key: members.get(key, ()),
    )


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
    queue = queue_of(cards("a/c1 a/c2 b/c1"), cards("b/c2 c/c1 c/c2"), [], frozenset(), Limits())
    assert queue == Queue(due=cards("a/c1 b/c1"), new=cards("c/c1"))


def test_siblings_of_a_card_reviewed_today_wait_even_when_it_was_passed() -> None:
    today = [review(1, Rating.EASY, "a", "c1")]
    assert queue_of(cards("a/c2"), cards("a/c3 b"), today, frozenset(), Limits()) == Queue(new=(B,))


def test_the_limits_count_what_today_already_brought() -> None:
    today = [review(1, note="x"), review(2, note="y"), review(3, note="z")]
    queue = queue_of(cards("a b c"), cards("d e f"), today, {today[0].id}, Limits(new=2, reviews=4))
    assert queue == Queue(due=(A, B), new=cards("d"))
    none = queue_of(cards("a"), cards("d"), today, {today[0].id}, Limits(new=1, reviews=2))
    assert none == Queue()


def test_a_drill_or_practice_costs_nothing_of_the_limits() -> None:
    today = [
        review(1, Rating.AGAIN, "x"),
        review(2, Rating.AGAIN, "x", act=Act.DRILL),
        review(3, Rating.GOOD, "x", act=Act.DRILL),
        review(4, Rating.GOOD, "y", act=Act.PRACTICE),
    ]
    assert queue_of(cards("a b"), (), today, frozenset(), Limits(reviews=2)).due == (A,)


def test_new_cards_are_read_no_further_than_the_limit() -> None:
    def endless() -> Iterator[Card]:
        number = 0
        while True:
            yield Card(f"n{number}", "front")
            number += 1

    assert len(queue_of((), endless(), [], frozenset(), Limits(new=3)).new) == 3
    assert queue_of((), endless(), [], frozenset(), Limits(new=0)).new == ()


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


def test_a_deck_limit_holds_the_deck_and_those_below_it_in_any_case() -> None:
    limit = DeckLimits(" ML::GANs:: ")
    assert limit.holds("ml::gans") and limit.holds("ML::GANs::Loss")
    assert not limit.holds("ML") and not limit.holds("ML::GANsters")


def test_a_card_counts_against_every_limit_that_holds_its_deck() -> None:
    limits = Limits(
        new=9, reviews=9, decks=(DeckLimits("ML", new=3, reviews=2), DeckLimits("ML::GANs", 1))
    )
    members = {"a": (0, 1), "b": (0, 1), "c": (0,), "d": (0,), "e": (0,)}
    queue = queue_of((), cards("a b c d e f"), [], frozenset(), limits, members)
    assert queue.new == cards("a c d f")
    queue = queue_of(cards("a b c d e f"), (), [], frozenset(), limits, members)
    assert queue.due == cards("a b f")
    limits = Limits(new=2, reviews=1, decks=limits.decks)
    queue = queue_of(cards("c f"), cards("a b d e"), [], frozenset(), limits, members)
    assert queue == Queue(due=cards("c"), new=cards("a d"))


def test_what_today_already_brought_counts_against_deck_limits() -> None:
    limits = Limits(decks=(DeckLimits("ML", new=2, reviews=1),))
    members = dict.fromkeys("abcdx", (0,))
    today = [review(1, note="x"), review(2, note="y")]
    queue = queue_of(cards("a b"), cards("c d"), today, {today[0].id}, limits, members)
    assert queue == Queue(due=cards("a"), new=cards("c"))
    today = [review(1, note="x"), review(2, note="a")]
    queue = queue_of(cards("b"), cards("c d e"), today, {row.id for row in today}, limits, members)
    assert queue == Queue(due=cards("b"), new=cards("e"))


def test_a_card_that_a_deck_limit_holds_back_does_not_hold_back_its_siblings() -> None:
    limits = Limits(decks=(DeckLimits("ML", reviews=0),))
    queue = queue_of(cards("a/c1"), cards("a/c2"), [], frozenset(), limits, {"a": (0,)})
    assert queue.new == cards("a/c2")


def test_a_deck_is_read_no_further_than_its_limit() -> None:
    asked_without = []

    def source(full: Set[int]) -> Iterator[Card]:
        asked_without.append(set(full))
        yield from cards("a b" if 0 not in full else "")
        if 0 not in full:
            raise AssertionError("read beyond the limit of the deck")
        yield from cards("c d")

    limits = Limits(new=3, reviews=0, decks=(DeckLimits("ML", 2), DeckLimits("Art", 5)))
    queue = build(source, source, [], frozenset(), limits, lambda key: (0,) if key in "ab" else ())
    assert queue == Queue(new=cards("a b c"))
    assert asked_without == [set(), {0}]


def test_more_new_cards_are_let_through_for_what_is_asked_for() -> None:
    limits = Limits(5, 50, (DeckLimits("ML", 3, 30), DeckLimits("ML::GANs", None, 1)))
    assert limits.with_new(9, None) == Limits(9, 50, limits.decks, new_waits=False)
    within = (DeckLimits("ML", 9, 30), DeckLimits("ML::GANs", None, 1))
    asked = limits.with_new(9, ["ML::GANs", "ML::GANs::Loss"])
    assert asked == Limits(9, 50, within, new_waits=False)
    assert limits.with_new(0, ["ML", "Art"]) == Limits(0, 50, limits.decks, new_waits=False)


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
    queue = queue_of(due, new, today, frozenset(), Limits(new_limit, review_limit))
    asked = [card.key for card in (*queue.due, *queue.new)]
    assert len(asked) == len(set(asked))
    assert not set(asked) & {card.key for card, _ in graded}
    assert len(queue.new) <= new_limit
    assert len(queue.due) <= review_limit
    assert list(queue.due) == [card for card in due if card in queue.due]
    assert list(queue.new) == [card for card in new if card in queue.new]


@given(
    st.lists(keys, unique=True),
    st.lists(keys, unique=True),
    st.lists(st.tuples(keys, st.booleans()), max_size=6, unique_by=lambda pair: pair[0]),
    st.dictionaries(st.sampled_from([f"n{n}" for n in range(6)]), st.sets(st.integers(0, 1))),
    st.lists(st.tuples(st.none() | st.integers(0, 4), st.none() | st.integers(0, 4)),
             min_size=2, max_size=2),
)  # fmt: skip
def test_no_limit_of_a_deck_is_passed(
    due: list[Card],
    new: list[Card],
    graded: list[tuple[Card, bool]],
    members: dict[str, set[int]],
    numbers: list[tuple[int | None, int | None]],
) -> None:
    today = [review(n, note=card.key, part=card.part) for n, (card, _) in enumerate(graded)]
    first = {row.id for row, (_, is_new) in zip(today, graded, strict=True) if is_new}
    decks = tuple(DeckLimits(f"D{place}", *pair) for place, pair in enumerate(numbers))
    places = {key: sorted(held) for key, held in members.items()}
    limits = Limits(99, 99, decks)
    queue = queue_of(due, new, today, first, limits, places)
    for place, limit in enumerate(decks):
        for cap, asked, kind in ((limit.new, queue.new, True), (limit.reviews, queue.due, False)):
            before = sum(is_new is kind and place in members.get(c.key, ()) for c, is_new in graded)
            now = sum(place in members.get(card.key, ()) for card in asked)
            assert cap is None or now == 0 or before + now <= cap
    free = queue_of(due, new, today, first, Limits(99, 99))
    assert set(queue.due) <= set(due) and len(queue.due) <= len(free.due)
