"""Browsing without a screen: moving, picking, acting on many, and taking that back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from mirror_rows import DAY, ROOT, basic, cloze, put

from studytool.actions import Action, words_of_all
from studytool.browsing import Browsing
from studytool.errors import StudytoolError
from studytool.leeches import Leeches
from studytool.log import ROWS_A_MS
from studytool.notes import Card
from studytool.scheduling import Act, Rating, State
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.standings import Standing
from studytool.store import Store

Start = Callable[..., Session]


@pytest.fixture
def browsing(store: Store, start: Start) -> Browsing:
    put(store, [cloze("hole", "{{c1::A}} and {{c2::b}}.", deck="E")], bank="e.yaml")
    return Browsing(start())


def suspended(store: Store) -> list[str]:
    return [n for n in ("n0", "n1", "n2", "n3", "n4") if store.standings.of(Card(n, "front"))
            .suspended]  # fmt: skip


def test_a_wrong_query_leaves_what_was_found(browsing: Browsing) -> None:
    browsing.look_for("deck:E")
    assert [part for _, part in browsing.found] == ["c1", "c2"]
    browsing.look_for("deck:E is:")
    assert browsing.wrong.startswith("`is:` needs a word: due")
    assert len(browsing.found) == 2
    browsing.look_for("zebra")
    assert (browsing.found, browsing.card, browsing.wrong) == ([], None, "")
    browsing.look_for("deck:F")
    assert "there is no deck `F`" in browsing.wrong


def test_the_chosen_card_and_the_picked_ones_stay_while_they_are_found(browsing: Browsing) -> None:
    browsing.move(3)
    browsing.pick()
    assert browsing.card == ("n4", "front")
    browsing.look_for("id:n*")
    assert (browsing.card, browsing.picked) == (("n4", "front"), {("n3", "front")})
    browsing.look_for("id:n4")
    assert (browsing.card, browsing.picked) == (("n4", "front"), set())


def test_what_is_done_to_many_is_one_undo(browsing: Browsing, store: Store) -> None:
    browsing.pick()
    browsing.move(2)
    browsing.pick_up_to_here()
    assert browsing.act(Action.SUSPEND_CARD) == "4 cards suspended"
    assert suspended(store) == ["n0", "n1", "n2", "n3"]
    assert browsing.act(Action.FLAG, 2) == "4 cards: flag 2"
    assert browsing.undo() == "4 cards: flag 2"
    assert store.standings.of(Card("n1", "front")) == Standing(suspended=1)
    assert browsing.undo() == "4 cards suspended"
    assert store.standings.all() == {}
    assert browsing.undo() == ""


def test_the_review_takes_it_back_at_once_too(browsing: Browsing, start: Start) -> None:
    browsing.pick_all()
    browsing.act(Action.BURY_CARD)
    review = start()
    assert review.current is None
    taken = review.undo()
    assert taken is not None
    assert words_of_all(review.store.log.taken_back_with(taken)) == "7 cards buried"
    assert len(review.queue) == 6
    assert review.undo() is None


def test_what_holds_for_all_is_taken_off_and_else_set_for_the_rest(
    browsing: Browsing, store: Store
) -> None:
    browsing.act(Action.SUSPEND_CARD)
    browsing.pick_all()
    assert browsing.act(Action.SUSPEND_CARD) == "6 cards suspended"
    assert browsing.act(Action.SUSPEND_CARD) == "7 cards no longer suspended"
    assert suspended(store) == []
    assert browsing.act(Action.BURY_NOTE) == "6 notes buried"
    assert browsing.act(Action.BURY_NOTE) == "6 notes no longer buried"
    assert store.standings.buried(DAY) == []
    assert browsing.act(Action.MARK) == "6 notes marked"
    assert browsing.act(Action.MARK) == "6 notes: mark taken off"
    assert browsing.act(Action.FLAG, 7) == "7 cards: flag 7"
    assert browsing.act(Action.FLAG, 7) == "7 cards: flag taken off"


def test_many_are_set_due_each_on_a_day_of_its_own_and_made_new_again(
    browsing: Browsing, store: Store
) -> None:
    browsing.pick_all()
    assert browsing.act(Action.SET_DUE, days="2-90") == "7 cards due in 38 to 84 days"
    cards = [Card(*card) for card in browsing.found]
    days = {store.state(card).schedule.due for card in cards}
    assert len(days) > 1
    assert None not in days
    before = [store.state(card) for card in cards]
    store.rebuild(Sm2())
    assert [store.state(card) for card in cards] == before
    assert browsing.act(Action.SET_DUE, days="1") == "7 cards due tomorrow"
    assert browsing.undo() == "7 cards due tomorrow"
    browsing.pick_all()
    assert browsing.act(Action.RESET) == "card is new again"
    browsing.pick_all()
    assert browsing.act(Action.RESET) == "6 cards are new again"
    with pytest.raises(StudytoolError, match="these cards are new already"):
        browsing.act(Action.RESET)
    assert {store.state(card).state for card in cards} == {State.NEW}
    assert browsing.undo() == "6 cards are new again"
    assert browsing.undo() == "card is new again"
    assert browsing.undo() == "7 cards due in 38 to 84 days"


def test_what_a_bank_suspends_is_said_to_stay_so(browsing: Browsing, store: Store) -> None:
    put(store, [basic("off", suspended=True), basic("off2", suspended=True)], bank="a.yaml")
    browsing.forget()
    browsing.look_for("id:off")
    with pytest.raises(StudytoolError, match="the bank suspends this note") as told:
        browsing.act(Action.SUSPEND_CARD)
    assert told.value.help == "`suspended: true` in a.yaml, line 1"
    browsing.look_for("id:off*")
    browsing.pick_all()
    with pytest.raises(StudytoolError, match="2 notes stay suspended by their banks"):
        browsing.act(Action.SUSPEND_NOTE)
    assert store.standings.all() == {}
    browsing.look_for("id:n0")
    browsing.act(Action.SUSPEND_CARD)
    browsing.look_for("id:off or id:n0")
    browsing.pick_all()
    said = browsing.act(Action.SUSPEND_CARD)
    assert said.startswith("card no longer suspended; the bank suspends this note: ")
    assert store.standings.all() == {"n0": {"front": Standing(suspended=0)}}


def test_a_leech_is_one_by_the_settings(store: Store, start: Start) -> None:
    session = start()
    session.grade(Rating.GOOD)
    session.grade(Rating.GOOD)
    store.connection.execute("UPDATE cards SET lapses = 3 WHERE note = 'n0'")
    store.connection.execute("UPDATE cards SET lapses = 2 WHERE note = 'n1'")
    for threshold, leeches in ((3, ["n0"]), (1, ["n0", "n1"]), (0, []), (8, [])):
        session.leeches = Leeches(threshold)
        browsing = Browsing(session)
        signs = {key: browsing.seen((key, part)).leech for key, part in browsing.found}
        assert [key for key in signs if signs[key]] == leeches
        browsing.look_for("is:leech")
        assert [key for key, _ in browsing.found] == leeches


def test_rows_stay_while_cards_are_acted_on_and_the_same_search_finds_anew(
    browsing: Browsing, store: Store
) -> None:
    browsing.look_for("-is:suspended")
    browsing.move(2)
    browsing.act(Action.SUSPEND_CARD)
    assert (len(browsing.found), browsing.card) == (7, ("n2", "front"))
    browsing.look_for("-is:suspended")
    assert ("n2", "front") not in browsing.found
    browsing.undo()
    assert len(browsing.found) == 6
    browsing.look_for("-is:suspended")
    assert len(browsing.found) == 7


def test_a_replay_gives_what_was_set(browsing: Browsing, store: Store) -> None:
    browsing.pick_all()
    browsing.act(Action.FLAG, 4)
    browsing.act(Action.SUSPEND_NOTE)
    before = store.standings.all()
    store.rebuild(Sm2())
    assert store.standings.all() == before


def test_more_than_a_millisecond_holds_is_still_one_undo(store: Store, start: Start) -> None:
    number = 2 * ROWS_A_MS + 3
    put(store, [basic(f"m{n}") for n in range(number)], bank="m.yaml")
    browsing = Browsing(start())
    browsing.act(Action.MARK)
    browsing.look_for("id:m*")
    browsing.pick_all()
    assert browsing.act(Action.FLAG, 1) == f"{number:,} cards: flag 1"
    ids = [row.id for row in store.log.rows()]
    assert ids == sorted(set(ids))
    assert {len(name) for name in ids} == {26}
    assert browsing.undo() == f"{number:,} cards: flag 1"
    assert len(store.log.taken_back_with(store.log.rows()[-number - 1])) == number
    assert browsing.undo() == "note marked"
    assert store.standings.all() == {}


def test_a_grade_is_left_to_the_review(browsing: Browsing, start: Start) -> None:
    start().grade(Rating.GOOD)
    with pytest.raises(StudytoolError, match="is a grade"):
        browsing.undo()


def test_an_orphan_is_shown_and_not_acted_on(store: Store, start: Start) -> None:
    start().grade(Rating.GOOD)
    store.connection.execute("UPDATE notes SET removed_at = 1 WHERE id = 'n0'")
    browsing = Browsing(start())
    browsing.look_for("is:orphan")
    assert browsing.seen(("n0", "front")).due(DAY) == "orphan"
    with pytest.raises(StudytoolError, match="orphan"):
        browsing.act(Action.MARK)
    assert [row.act for row in store.log.rows()] == [Act.REVIEW]
    store.connection.execute("DELETE FROM notes WHERE id = 'n0'")
    browsing.forget()
    assert browsing.seen(("n0", "front")).question == "What is n0?"
    assert browsing.prompt() is None


def test_nothing_found_is_nothing_to_act_on(browsing: Browsing) -> None:
    browsing.look_for("zebra")
    with pytest.raises(StudytoolError, match="no card is found"):
        browsing.act(Action.MARK)
    browsing.pick()
    browsing.pick_up_to_here()
    browsing.move(5)
    assert browsing.prompt() is None


def test_lists_show_questions_as_they_look(store: Store, start: Start) -> None:
    put(store, [cloze("x", "A {{c1::small::size}} *hole*, a {{c2::big}} $x^2$.")], bank="e.yaml")
    browsing = Browsing(start())
    assert browsing.root == ROOT
    browsing.look_for("id:x")
    texts = [browsing.seen(card).question for card in browsing.found]
    assert texts == ["A [size] hole, a big x².", "A small hole, a […] x²."]
