"""After a break: the size is told, the most overdue come first, new cards wait."""

from __future__ import annotations

from pathlib import Path

import pytest
from mirror_rows import DAY, ROOT, Clock, basic, cloze, put
from session_steps import AGAIN, GOOD, Start, finish

from studytool.backlog import Backlog, backlog
from studytool.backlog_lines import announced, foretold, left
from studytool.deck_numbers import DeckNumbers
from studytool.due_list import document, due_today, page
from studytool.keymap import USUAL
from studytool.opening import Opened, review_session
from studytool.orders import Order
from studytool.overview import closing_line, nothing_due, overview
from studytool.plain import PlainReview
from studytool.plain_page import Look, Page
from studytool.plain_words import Words
from studytool.queue import Limits
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store
from studytool.wrapping import plain


@pytest.fixture
def late(store: Store, start: Start, clock: Clock) -> Store:
    """A store in which `n0` to `n4` and `o0` to `o4` are due, the last ones since longer."""
    put(store, [basic(f"o{number}", deck="Old") for number in range(5)], bank="z.yaml")
    clock.set(DAY - 9)
    finish(Session(store, Selection(ROOT, ("Old",)), Sm2(), clock, Limits()))
    clock.set(DAY)
    finish(Session(store, Selection(ROOT, ("D",)), Sm2(), clock, Limits()))
    put(store, [basic(f"m{number}", deck="M") for number in range(4)], bank="m.yaml")
    clock.set(DAY + 1)
    return store


def found(session: Session) -> Backlog | None:
    return backlog(session.store, ROOT, session.day, session.limits)


def test_most_overdue_first_and_no_new_cards_day_by_day(
    start: Start, late: Store, clock: Clock
) -> None:
    limits = Limits(new=2, reviews=4, order=Order("mix", due="random"))
    session = start(limits)
    assert found(session) == Backlog(10, 4, new_waits=True)
    assert [card.key for card in session.queue.due] == ["o0", "o1", "o2", "o3"]
    assert session.queue.new == ()
    session.grade(GOOD)
    session.grade(AGAIN)
    again = start(limits)
    assert found(again) == Backlog(8, 4, new_waits=True)
    assert finish(again) == ["o2", "o3", "o1"]
    assert found(again) == Backlog(6, 4, new_waits=True)
    assert start(limits).current is None
    clock.set(DAY + 2)
    third = start(limits)  # o1 is due again, o0 and the others are not
    assert found(third) == Backlog(7, 4, new_waits=True)
    assert finish(third) == ["o4", "n0", "n1", "n2"]
    clock.set(DAY + 3)
    fourth = start(limits)
    assert found(fourth) is None
    assert len(fourth.queue.due) == 3
    assert len(fourth.queue.new) == 2


def test_the_backlog_goes_on_after_an_undo_and_over_midnight(
    start: Start, late: Store, clock: Clock
) -> None:
    limits = Limits(new=2, reviews=9)
    session = start(limits)
    assert found(session)
    for _ in range(3):
        session.grade(GOOD)
        session.undo()
        assert found(session) == Backlog(10, 9, new_waits=True)
    session.grade(GOOD)
    assert session.counts().new == 0
    clock.set(DAY + 2)
    session.grade(GOOD)  # 9 were left, and 9 are let through
    assert found(session) is None
    assert session.counts().new == 2


def test_asking_for_new_cards_brings_them(late: Store, clock: Clock) -> None:
    limits = Limits(reviews=4)
    session = Session(late, Selection(ROOT), Sm2(), clock, limits, new=3)
    assert found(session) == Backlog(10, 4, new_waits=False)
    assert (session.counts().due, session.counts().new) == (4, 3)
    clock.set(DAY + 2)
    session.grade(GOOD)
    assert session.counts().new == 0  # it was for the day on which the session began


@pytest.mark.parametrize(
    "limits", [Limits(reviews=10), Limits(reviews=0), Limits(reviews=4, order=Order(backlog=False))]
)
def test_there_is_none_within_the_limit_without_one_and_when_it_is_switched_off(
    start: Start, late: Store, limits: Limits
) -> None:
    session = start(limits)
    assert found(session) is None
    assert session.counts().new == 4


def test_the_whole_library_counts_for_a_review_of_a_deck(late: Store, clock: Clock) -> None:
    for deck in ("M", "Old"):
        session = Session(late, Selection(ROOT, (deck,)), Sm2(), clock, Limits(reviews=5))
        assert found(session) == Backlog(10, 5, new_waits=True)
        assert session.counts().new == 0


def test_only_what_can_be_asked_counts(late: Store, clock: Clock) -> None:
    put(late, [cloze("c", "{{c1::x}} {{c2::y}} {{c3::z}}", deck="C")], bank="c.yaml")
    late.connection.execute(
        "INSERT INTO cards SELECT 'c', value, 'review', 19000, 5, 2, 0, 250, NULL, ''"
        ' FROM json_each(\'["c1", "c2", "c9"]\')'
    )
    late.connection.execute("INSERT INTO standings VALUES ('n0', '', 1, NULL, 0, 0)")
    late.connection.execute("INSERT INTO standings VALUES ('n1', '', NULL, 99999, 0, 0)")
    late.connection.execute("UPDATE notes SET removed_at = 1 WHERE id = 'n2'")
    session = Session(late, Selection(ROOT), Sm2(), clock, Limits(reviews=7))
    assert found(session) == Backlog(8, 7, new_waits=True)
    assert found(Session(late, Selection(ROOT), Sm2(), clock, Limits(reviews=8))) is None


def test_no_more_is_read_than_is_needed(late: Store, clock: Clock) -> None:
    statements: list[str] = []
    late.connection.set_trace_callback(statements.append)
    Session(late, Selection(ROOT), Sm2(), clock, Limits(reviews=10))
    assert sum("CROSS JOIN" in text for text in statements) == 1


def test_what_is_said_of_it(start: Start, late: Store, clock: Clock) -> None:
    limits = Limits(new=2, reviews=4)
    session = start(limits)
    line = "Backlog: 10 due; the most overdue first, 4 a day"
    assert announced(session) == f"{line}; new cards wait until 4 are left"
    assert foretold(session) == announced(session).replace("10 due", "… due")
    asking = Session(late, Selection(ROOT), Sm2(), clock, limits, new=1)
    assert announced(asking) == line
    opened = Opened(late, Path(ROOT), (), limits)
    assert "due       4, of a backlog of 10" in overview(opened, session)
    finish(session)
    assert closing_line(session) == "4 answers recorded, done for today, 6 of the backlog left"
    again = start(limits)
    assert nothing_due(opened, again).splitlines() == [
        "Today's reviews are done.",
        "A limit of reviews in the settings holds due cards back: studytool config.",
        "New cards wait: 6 of the backlog left.",
        "More new cards today: studytool review --new 20",
        "The next card is due tomorrow.",
    ]
    deck = review_session(opened, "M", (), None, clock, False)
    assert nothing_due(opened, deck, "M").splitlines()[:3] == [
        "Nothing is due here.",
        "New cards wait: 6 of the backlog left.",
        "More new cards today: studytool review M --new 20",
    ]
    assert review_session(opened, "M", (), 20, clock, False).counts().new == 4
    rest = start(Limits(reviews=99))
    assert (announced(rest), foretold(rest), left(rest)) == ("", "", "")


def test_the_list_of_what_is_due_tells_the_size(start: Start, late: Store) -> None:
    limits = Limits(new=2, reviews=4)
    today = due_today(start(limits))
    assert (today.all.due, today.all.new, today.waiting, today.backlog) == (4, 0, 6, 10)
    assert document(today)["backlog"] == 10
    said = "Backlog: 10 due in all decks; the most overdue come first."
    assert said in plain(page(today, 80))
    assert "Backlog" not in plain(page(due_today(start()), 80))


def test_the_decks_count_what_a_review_would_ask(start: Start, late: Store) -> None:
    opened = Opened(late, Path(ROOT), (), Limits(new=2, reviews=4))
    numbers = DeckNumbers(opened, start(opened.limits))
    whole = numbers.rows[0]
    assert whole.numbers == (0, 0, 4)
    for deck in ("", "D", "M", "Old"):
        counts = numbers.begin(deck).counts()
        assert numbers.alone(deck) == counts
        assert counts.new == 0


def test_a_plain_review_tells_it_at_both_ends(start: Start, late: Store) -> None:
    session = start(Limits(new=2, reviews=4))
    said: list[str] = []
    paper = Page(Look(lambda: 100, False, False), said.append)
    PlainReview(session, paper, Words(USUAL), lambda: 0.0).run(["", "3", "q"])
    text = "".join(said)
    assert text.count("! Backlog: 10 due; the most overdue first, 4 a day; new cards") == 1
    assert text.count("! 9 of the backlog left") == 1
