"""Actions, practice and typed answers in a review line by line."""

from __future__ import annotations

import pytest
from mirror_rows import DAY, ROOT, Clock, basic, put
from session_steps import Start

from studytool.keymap import USUAL
from studytool.leeches import Leeches
from studytool.plain import PlainReview
from studytool.plain_page import Look, Page
from studytool.plain_words import NOTHING, Words
from studytool.practice import Practice
from studytool.queue import Limits
from studytool.scheduling import Act
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store


def said(session: Session, *lines: str, typing: bool = False) -> str:
    """Return what a review says to some lines."""
    texts: list[str] = []
    page = Page(Look(lambda: 76), texts.append)
    PlainReview(session, page, Words(USUAL), lambda: 0.0, typing).run(iter(lines))
    return "".join(texts)


def acts(store: Store) -> list[tuple[str, Act, str | None]]:
    return [(row.note + row.part[:1], row.act, row.value) for row in store.log.rows()]


def test_every_action_has_its_words_at_both_prompts(start: Start, store: Store) -> None:
    lines = (
        "flag 3",
        "MARK",
        "s",
        "flag 3",
        "bury",
        "bury  note",
        "s",
        "suspend",
        "due 5",
        "reset",
    )
    text = said(start(), *lines, "suspend note")
    assert [line for line in text.splitlines() if line.startswith(("Acted", "!"))] == [
        "Acted: flag 3",
        "Acted: note marked",
        "Acted: flag taken off",
        "Acted: card buried; undo takes it back",
        "Acted: note buried; undo takes it back",
        "Acted: card suspended; undo takes it back",
        "Acted: card due in 5 days; undo takes it back",
        "! This card is new already; nothing was done.",
        "Acted: note suspended; undo takes it back",
    ]
    assert acts(store) == [
        ("n0f", Act.FLAG, "3"),
        ("n0", Act.MARK, "1"),
        ("n0f", Act.FLAG, "0"),
        ("n0f", Act.BURY, str(DAY + 1)),
        ("n1", Act.BURY, str(DAY + 1)),
        ("n2f", Act.SUSPEND, "1"),
        ("n3f", Act.SET_DUE, str(DAY + 5)),
        ("n4", Act.SUSPEND, "1"),
    ]


def test_undo_tells_which_action_it_took_back(start: Start, store: Store) -> None:
    text = said(start(), "bury", "flag 1", "undo", "undo", "u")
    assert "Undone: flag 1\n" in text
    assert "Undone: card buried\n" in text
    assert text.count("What is n0?") == 2
    assert "! There is no grade of today to undo." in text


@pytest.mark.parametrize(
    "line", ["flag", "flag 8", "flag x", "due", "due x", "due 3-", "due 99999"]
)
def test_a_number_that_is_missing_or_wrong_changes_nothing(
    start: Start, store: Store, line: str
) -> None:
    assert "; nothing was done." in " ".join(said(start(), line).split())
    assert store.log.rows() == []


def test_at_the_end_no_action_is_left(start: Start, store: Store) -> None:
    assert "! Nothing is left to grade." in said(start(Limits(new=1)), "s", "3", "bury")
    assert len(store.log.rows()) == 1


def test_practice_says_what_it_is(store: Store, clock: Clock) -> None:
    session = Session(store, Selection(ROOT), Sm2(), clock, Limits(), plan=Practice())
    text = said(session, "", "1", *("", "3") * 5)
    assert "Grades: again (1), hard (2), good (3), easy (4)\n" in text
    assert "Recorded: again, asked again\n" in text
    assert "Done: no card is left to practise\n" in text
    assert "Summary: 6 answers in practice, 0 seconds on the cards\n" in text
    assert "Next:" not in text


def test_a_leech_is_told(store: Store, clock: Clock) -> None:
    for number in range(2):
        clock.set(DAY + number)
        limits = Limits(new=1 - number)
        session = Session(
            *(store, Selection(ROOT), Sm2(), clock, limits), leeches=Leeches(1, suspend=True)
        )
        text = said(session, "", "13"[1 - number])
    assert "! `n0` is a leech: it was forgotten once and is suspended now." in text


@pytest.fixture
def typed(store: Store, clock: Clock) -> Session:
    store.connection.execute("DELETE FROM notes")
    put(store, [basic("n0", accept=("good", "quit")), basic("n1")])
    return Session(store, Selection(ROOT), Sm2(), clock, Limits())


@pytest.mark.parametrize(
    ("line", "verdict"),
    [("good", "right"), ("It is n0.", "right"), ("=quit", "right"), ("3", "not right")],
)
def test_what_is_typed_is_compared_and_grades_nothing(
    typed: Session, store: Store, line: str, verdict: str
) -> None:
    text = said(typed, line, typing=True)
    assert "Type: the answer, or an empty line" in text
    assert f"Typed: {verdict}\n" in text
    assert ("×" in text) == (verdict != "right")
    assert "Answer:\n  It is n0.\n" in text
    assert text.rstrip().endswith("Left: 2 cards for today")
    assert store.log.rows() == []


@pytest.mark.parametrize("line", ["s", "", "?", "quit", NOTHING, "bury"])
def test_words_stay_words_where_an_answer_can_be_typed(typed: Session, line: str) -> None:
    assert "Typed:" not in said(typed, line, typing=True)


def test_without_typing_nothing_is_compared(typed: Session) -> None:
    text = said(typed, "It is n0.", "=x")
    assert text.count("! That means nothing here; nothing was graded.") == 2
    assert "Type" not in text


def test_a_card_that_accepts_nothing_is_not_typed(typed: Session) -> None:
    assert said(typed, "", "3", "something", typing=True).count("Type:") == 1
