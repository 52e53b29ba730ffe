"""`studytool due`: what is left today, against a count by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from command import run
from mirror_rows import DAY, basic, cloze, put, review
from session_steps import AGAIN, GOOD
from year_of_reviews import write

from studytool.days import as_date
from studytool.due_list import DeckDue, DueToday, document, due_today, page
from studytool.queue import Limits
from studytool.session import Session
from studytool.store import Store
from studytool.wrapping import plain, row_width

Start = Callable[..., Session]


@pytest.fixture
def decks(store: Store) -> Store:
    """Three decks: D with five new notes, ML::GANs, and Empty of a suspended note."""
    put(
        store,
        [
            *(basic(f"g{number}", deck="ML::GANs") for number in range(4)),
            cloze("k", "{{c1::x}} {{c2::y}}", deck="ML::GANs"),
        ],
        bank="gans.yaml",
    )
    put(store, [basic("s", deck="Empty", suspended=True)], bank="z.yaml")
    return store


def numbers(today: DueToday) -> dict[str, tuple[int, int, int]]:
    return {deck.deck: (deck.due, deck.new, deck.drill) for deck in today.decks}


def test_new_cards_up_to_the_limit_of_the_day(decks: Store, start: Start) -> None:
    assert numbers(due_today(start())) == {
        "D": (0, 5, 0),
        "Empty": (0, 0, 0),
        "ML::GANs": (0, 5, 0),
    }
    assert numbers(due_today(start(Limits(new=7))))["ML::GANs"] == (0, 2, 0)


def test_due_and_drill_by_deck(decks: Store, start: Start) -> None:
    write(
        decks,
        [
            review(1, note="n0", day=DAY - 3),
            review(2, note="g0", day=DAY - 1),
            review(3, note="g1", day=DAY - 4),
            review(4, note="k", part="c1", day=DAY - 5),
            review(5, note="k", part="c2", day=DAY - 5),
            review(6, note="n1", day=DAY),
            review(7, AGAIN, "n2", day=DAY),
            review(8, AGAIN, "s", day=DAY),
            review(9, note="s", day=DAY - 9),
            review(10, note="never", day=DAY - 9),
        ],
    )
    today = due_today(start(Limits(new=2)))
    assert numbers(today) == {"D": (1, 0, 1), "Empty": (0, 0, 0), "ML::GANs": (3, 0, 0)}
    assert today.waiting == 1
    assert today.all.total == 5
    assert today.next_due == DAY + 1
    limited = due_today(start(Limits(reviews=4)))
    assert limited.all.due == 4
    assert due_today(start(Limits(reviews=0))).waiting == 5


def test_the_numbers_are_those_of_the_review(decks: Store, start: Start) -> None:
    session = start(Limits(new=6))
    asked = due_today(session).all.total
    count = 0
    while session.current is not None:
        session.grade(GOOD)
        count += 1
    assert asked == count == 6
    today = due_today(session)
    assert today.all.total == 0
    assert today.next_due == DAY + 1


def shown(today: DueToday, width: int = 60) -> str:
    return plain(page(today, width))


DECKS = (
    DeckDue("A::Long name of a deck", 1200, 20, 0),
    DeckDue("B", 0, 0, 0),
    DeckDue("C", 3, 0, 1),
)


def test_the_page_leaves_out_what_is_nothing() -> None:
    assert shown(DueToday(DAY, DECKS, 7, DAY + 1)).split("\n") == [
        "deck                      due  new  drill",
        "A::Long name of a deck  1,200   20",
        "C                           3           1",
        "in all                  1,203   20      1",
        "",
        "7 more cards wait for another day.",
        "After today the next card is due tomorrow.",
    ]


def test_the_page_when_all_is_done() -> None:
    assert shown(DueToday(DAY, DECKS[1:2], 0, DAY + 9)) == (
        f"Nothing is due.\nAfter today the next card is due in 9 days, on {as_date(DAY + 9)}."
    )
    assert "no card is waiting" in shown(DueToday(DAY, (), 0, None))


@pytest.mark.parametrize("width", [20, 30, 44, 100])
def test_the_page_keeps_to_its_width(width: int) -> None:
    assert max(map(row_width, page(DueToday(DAY, DECKS, 1, DAY + 1), width))) <= width


def test_a_hostile_deck_is_harmless() -> None:
    deck = DeckDue("\x1b[31m\u202e", 1, 0, 0)
    assert "␛[31m" in shown(DueToday(DAY, (deck,), 0, None))


def test_json_says_the_same() -> None:
    assert document(DueToday(DAY, DECKS, 7, DAY + 1)) == {
        "schema_version": 1,
        "date": "2024-10-04",
        "due": 1203,
        "new": 20,
        "drill": 1,
        "total": 1224,
        "waiting": 7,
        "backlog": 0,
        "next_due": "2024-10-05",
        "decks": [
            {"deck": "A::Long name of a deck", "due": 1200, "new": 20, "drill": 0, "total": 1220},
            {"deck": "B", "due": 0, "new": 0, "drill": 0, "total": 0},
            {"deck": "C", "due": 3, "new": 0, "drill": 1, "total": 4},
        ],
    }
    assert document(DueToday(DAY, (), 0, None))["next_due"] is None


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("deck: A\nnotes:\n- {id: a, q: One?, a: '1', tags: [t]}\n")
    (tmp_path / "b.yaml").write_text("deck: B\nnotes:\n- {id: b, q: Two?, a: '2'}\n")
    done = run("due", "--cards", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[3].split() == ["in", "all", "2"]
    assert json.loads(run("due", "--cards", tmp_path, "--json", "--tag", "t").stdout)["new"] == 1
    made = json.loads(run("due", "b", "--cards", tmp_path, "--json").stdout)
    assert [deck["deck"] for deck in made["decks"]] == ["B"]
    wrong = run("due", "C", "--cards", tmp_path)
    assert wrong.returncode == 2
    assert "no deck `C`" in wrong.stderr
