"""The order of a day's cards: chosen, the same after undo and restarts, within the limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mirror_rows import DAY, ROOT, Clock, basic, cloze, put
from session_steps import AGAIN, GOOD, Start, finish, name

from studytool.notes import Card
from studytool.orders import NEW_AND_DUE, Order, mixed, shuffled
from studytool.queue import DeckLimits, Limits, Queue
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store

MIX = Order("mix", backlog=False)


def cards(letter: str, count: int) -> list[Card]:
    return [Card(f"{letter}{number}", "front") for number in range(count)]


# -- as values -----------------------------------------------------------------------------------


@given(st.integers(0, 30), st.integers(0, 30))
def test_new_cards_stand_evenly_among_due_ones(due: int, new: int) -> None:
    turns = mixed(cards("d", due), cards("n", new), (0, 0))
    assert [card for card in turns if card.key[0] == "d"] == cards("d", due)
    assert [card for card in turns if card.key[0] == "n"] == cards("n", new)
    gaps = "".join(card.key[0] for card in turns).split("n")
    if due >= new:
        assert max(map(len, gaps)) - min(map(len, gaps)) <= 1


@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 40))
def test_a_mix_goes_on_as_it_began(due: int, new: int, asked: int) -> None:
    turns = mixed(cards("d", due), cards("n", new), (0, 0))
    before, rest = turns[:asked], turns[asked:]
    done = len([card for card in before if card.key[0] == "d"])
    left = cards("d", due)[done:], cards("n", new)[len(before) - done :]
    assert mixed(*left, (done, len(before) - done)) == rest


@given(st.lists(st.integers(0, 99), unique=True), st.integers(0, 9))
def test_what_else_there_is_does_not_change_a_shuffle(numbers: list[int], day: int) -> None:
    everything = shuffled(cards("n", 100), day)
    some = [Card(f"n{number}", "front") for number in numbers]
    assert shuffled(some, day) == [card for card in everything if card in some]


def test_every_day_is_shuffled_anew() -> None:
    orders = {tuple(shuffled(cards("n", 20), DAY + day)) for day in range(20)}
    assert len(orders) == 20
    firsts = {order[0] for order in orders}
    assert len(firsts) > 5


def test_a_queue_keeps_its_turns() -> None:
    due, new = cards("d", 2), cards("n", 1)
    queue = Queue(tuple(due), tuple(new)).ordered("new-first", (0, 0))
    assert queue.next() == new[0]
    assert queue.of_note("d1") == due[1]
    rest = queue.without(new[0])
    assert (rest.next(), rest.next(due[0])) == (due[0], due[1])
    drilled = rest.drilled(due[0])
    assert drilled.next(due[0]) == due[1]
    alone = drilled.without(due[1])
    assert (alone.next(due[0]), len(alone)) == (due[0], 1)


# -- in a session --------------------------------------------------------------------------------


@pytest.fixture
def grown(store: Store, start: Start, clock: Clock) -> Store:
    """A store in which `n0` to `n4` are due on the day after DAY, and `m0` to `m5` are new."""
    finish(start())
    put(store, [basic(f"m{number}", deck="M") for number in range(6)], bank="m.yaml")
    clock.set(DAY + 1)
    return store


@pytest.mark.parametrize(
    ("order", "asked"),
    [
        ("due-first", "n0 n1 n2 n3 n4 m0 m1"),
        ("new-first", "m0 m1 n0 n1 n2 n3 n4"),
        ("mix", "n0 n1 m0 n2 n3 m1 n4"),
    ],
)
def test_new_and_due_cards(order: str, asked: str, start: Start, grown: Store) -> None:
    limits = Limits(new=2, order=Order(order))
    assert finish(start(limits)) == asked.split()
    assert start(limits).current is None


@pytest.mark.parametrize("order", NEW_AND_DUE)
def test_the_drill_comes_last(order: str, start: Start, grown: Store) -> None:
    session = start(Limits(new=2, order=Order(order)))
    first = name(session)
    session.grade(AGAIN)
    asked = finish(session)
    assert asked[-1] == first
    assert len(asked) == 7


def test_a_mix_survives_restarts_and_undo(start: Start, grown: Store) -> None:
    limits = Limits(new=2, order=MIX)
    asked = []
    for _ in range(7):
        session = start(limits)
        asked.append(name(session))
        session.grade(GOOD)
        session.undo()
        assert name(session) == asked[-1]
        session.grade(GOOD)
        assert name(session) == name(start(limits))
    assert asked == "n0 n1 m0 n2 n3 m1 n4".split()


def test_a_mix_keeps_the_limits_over_restarts_and_midnight(
    start: Start, grown: Store, clock: Clock
) -> None:
    limits = Limits(new=2, reviews=3, order=MIX)
    session = start(limits)
    asked = [name(session)]
    session.grade(GOOD)
    asked += finish(start(limits))
    assert asked == "n0 m0 n1 m1 n2".split()
    session = start(Limits(new=3, reviews=4, order=MIX))
    clock.set(DAY + 2)
    # The card on the screen counts for the new day, on which m0 and m1 are due as well.
    assert finish(session) == "m2 n3 n4 m3 m0 m4 m1".split()
    assert start(limits).current is None


def test_what_another_deck_asked_does_not_change_the_mix_of_a_deck(
    store: Store, grown: Store, clock: Clock
) -> None:
    put(store, [basic(f"k{number}", deck="K") for number in range(4)], bank="k.yaml")
    kept = Selection(ROOT, ("K", "M"))

    def begin(selection: Selection) -> Session:
        return Session(store, selection, Sm2(), clock, Limits(order=MIX))

    for _ in range(4):
        session = begin(Selection(ROOT, ("K",)))
        session.grade(GOOD)
    clock.set(DAY + 2)
    before = finish_order(begin(kept))
    finish(begin(Selection(ROOT, ("D",))))
    assert finish_order(begin(kept)) == before
    assert before.index("m0") == 1


def finish_order(session: Session) -> list[str]:
    """Return what a session would ask, due and new cards alike."""
    return [card.key for card in session.queue.turns]


def test_siblings_and_limits_of_decks_hold_in_every_order(store: Store, clock: Clock) -> None:
    put(store, [cloze(f"c{n}", "{{c1::x}} {{c2::y}}", deck="C") for n in range(5)], bank="c.yaml")
    limit = (DeckLimits("C", new=2),)
    for order in (Order(), Order("mix", "random", "random"), Order("new-first", "random", "deck")):
        limits = Limits(7, decks=limit, order=order)
        queue = Session(store, Selection(ROOT), Sm2(), clock, limits).queue
        keys = [card.key for card in queue.new]
        assert len(keys) == len(set(keys)) == 7
        assert sum(key.startswith("c") for key in keys) == 2


def test_random_new_cards_are_of_all_there_are(store: Store, clock: Clock, start: Start) -> None:
    put(store, [basic(f"m{number}") for number in range(95)], bank="m.yaml")
    limits = Limits(new=10, order=Order(new="random"))
    session = start(limits)
    keys = [card.key for card in session.queue.new]
    assert len({int(key[1:]) // 20 for key in keys if key[0] == "m"}) > 1
    session.grade(GOOD)
    put(store, [basic(f"m{number}") for number in range(95)], bank="m.yaml")  # read again
    assert finish(start(limits)) == keys[1:]
    clock.set(DAY + 1)
    assert [card.key for card in start(limits).queue.new] != keys


def test_random_due_cards_stay_in_their_order_all_day(start: Start, grown: Store) -> None:
    limits = Limits(new=0, order=Order(due="random"))
    session = start(limits)
    keys = [card.key for card in session.queue.due]
    assert sorted(keys) == [f"n{number}" for number in range(5)]
    session.grade(GOOD)
    session.grade(GOOD)
    session.undo()
    assert finish(start(limits)) == keys[1:]


def test_due_cards_deck_by_deck(store: Store, start: Start, clock: Clock) -> None:
    put(store, [basic("b", deck="b::x"), basic("a", deck="B"), basic("z", deck="A")], bank="0.yaml")
    finish(start())
    clock.set(DAY + 1)
    limits = Limits(order=Order(due="deck"))
    assert finish(start(limits)) == ["z", "a", "b", "n0", "n1", "n2", "n3", "n4"]
