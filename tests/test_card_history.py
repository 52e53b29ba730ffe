"""The history of a card, and the page that shows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from editing_banks import BANK, change, library
from mirror_rows import DAY, Clock, cloze, put
from payloads import PAYLOADS, as_written, marked
from rich.cells import cell_len
from session_steps import AGAIN, EASY, GOOD, HARD
from terminal_stream import controls

from studytool.actions import Action, row_for
from studytool.card_history import card_history
from studytool.card_page import card_page
from studytool.days import as_date
from studytool.editing import reread
from studytool.notes import Card, Kind, Note, Source
from studytool.prompts import figures
from studytool.queue import Limits
from studytool.scheduling import Act
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store
from studytool.values import replace
from studytool.wrapping import plain

Start = Callable[..., Session]


def history(session: Session, key: str, part: str = "front"):  # type: ignore[no-untyped-def]
    return card_history(session.store, Card(key, part), session.scheduler)


def test_every_answer_is_a_row_with_what_followed(start: Start, clock: Clock) -> None:
    session = start(Limits(new=1))
    session.grade(GOOD, duration_ms=4_000)
    for day, rating in ((1, EASY), (7, AGAIN)):
        clock.set(DAY + day)
        session = start(Limits(new=0))
        session.grade(rating, duration_ms=90_000)
    session.grade(GOOD, duration_ms=2_400)
    found = history(session, "n0")
    rows = [(e.day - DAY, e.act, e.rating, e.interval, e.ease, e.duration_ms) for e in found.events]
    assert rows == [
        (0, Act.REVIEW, GOOD, 1, 250, 4_000),
        (1, Act.REVIEW, EASY, 6, 260, 60_000),
        (7, Act.REVIEW, AGAIN, 1, 260, 60_000),
        (7, Act.DRILL, GOOD, None, 260, 2_400),
    ]
    assert found.state == session.store.state(Card("n0", "front"))


def test_what_was_taken_back_and_other_cards_are_not_in_it(start: Start) -> None:
    session = start()
    session.grade(HARD)
    session.grade(EASY)
    session.undo()
    session.undo()
    assert history(session, "n0").events == ()
    session.grade(GOOD)
    session.grade(EASY)
    assert [event.rating for event in history(session, "n0").events] == [GOOD]


def test_siblings_have_histories_of_their_own(store: Store, clock: Clock) -> None:
    put(store, [cloze("c", "{{c1::x}} {{c2::y}}")], root="/c")
    session = Session(store, Selection("/c"), Sm2(), clock, Limits())
    session.grade(GOOD)
    assert len(history(session, "c", "c1").events) == 1
    assert history(session, "c", "c2").events == ()


def test_history_follows_a_step_that_moves(tmp_path: Path, clock: Clock) -> None:
    text = "deck: D\nnotes:\n- {id: a, q: Q?, steps: [alpha, beta]}\n"
    with library(tmp_path, clock, text) as (_, session, bank):
        session.grade(AGAIN)
        change(bank, "[alpha, beta]", "[before, alpha, beta]")
        reread(session)
        assert history(session, "a", "s1").events == ()
        assert [event.rating for event in history(session, "a", "s2").events] == [AGAIN]


def page(session: Session, bank: Path, width: int = 76) -> str:
    prompt = session.current
    assert prompt is not None
    found = card_history(session.store, prompt.card, session.scheduler)
    rows = card_page(prompt, bank, found, width)
    assert all(sum(cell_len(run.text) for run in row) <= width for row in rows)
    return plain(rows)


def test_the_page_of_a_new_card(tmp_path: Path, clock: Clock) -> None:
    with library(tmp_path, clock) as (_, session, bank):
        text = page(session, bank)
        for words in (
            "id        first",
            f"{bank}:5".rpartition("/")[2],
            "deck      D › E",
            "tags      one, two",
            "card      front of a basic note",
            "source    A work",
            "author    Somebody",
            "url       https://example.org/work",
            "state     new: never graded",
        ):
            assert words in text
        assert "grade" not in text.replace("graded", "")


def test_the_page_of_a_late_card_with_history(tmp_path: Path, clock: Clock) -> None:
    with library(tmp_path, clock, BANK[: BANK.index("- id: second")]) as (opened, session, bank):
        session.grade(AGAIN, duration_ms=61_000)
        session.grade(GOOD, duration_ms=1_000)
        clock.set(DAY + 4)
        later = Session(opened.store, session.selection, Sm2(), clock, Limits())
        text = page(later, bank)
        for words in (
            f"due       3 days ago, on {as_date(DAY + 1)}",
            "interval  1 day",
            "ease      2.50",
            "answers   2, in 1:01 minutes",
            f"{as_date(DAY)}  again              1 d  2.50  60 s",
            f"{as_date(DAY)}  good (drill)            2.50   1 s",
        ):
            assert words in text


def test_what_was_done_with_a_card_is_told_in_words(start: Start, tmp_path: Path) -> None:
    session = start(Limits(new=1))
    first = session.current
    assert first is not None
    for action, number in (
        (Action.FLAG, 3),
        (Action.FLAG, 3),
        (Action.SET_DUE, 4),
        (Action.BURY_CARD, 0),
        (Action.SUSPEND_CARD, 0),
    ):
        session.store.act(
            row_for(action, first.stored, "front", first.standing, *session.now(), number)
        )
    session.store.act(
        replace(
            row_for(Action.BURY_CARD, first.stored, "front", first.standing, *session.now()),
            value=str(DAY),
        )
    )
    found = card_history(session.store, first.card, session.scheduler)
    lines = plain(card_page(first, tmp_path, found, 76)).splitlines()
    told = [line[12:].split("  ")[0] for line in lines if line.startswith(str(as_date(DAY)))]
    assert told == [
        "flag 3",
        "flag 3",
        f"set due {as_date(DAY + 4)}",
        f"buried until {as_date(DAY + 1)}",
        "suspended",
        "no longer buried",
    ]


@pytest.mark.parametrize(
    ("milliseconds", "words"), [(0, "0 seconds"), (1_200, "1 second"), (61_000, "1:01 minutes")]
)
def test_the_time_on_a_card_is_told_in_seconds_below_a_minute(
    start: Start, tmp_path: Path, milliseconds: int, words: str
) -> None:
    session = start(Limits(new=1))
    prompt = session.current
    assert prompt is not None
    session.grade(AGAIN, duration_ms=min(milliseconds, 60_000))
    session.grade(GOOD, duration_ms=max(0, milliseconds - 60_000))
    found = card_history(session.store, prompt.card, session.scheduler)
    assert f"answers   2, in {words}" in plain(card_page(prompt, tmp_path, found, 76))
    assert " ".join(figures(session.summary())[-1]) == f"{words} on the cards"


@pytest.mark.parametrize("width", [8, 38, 76])
def test_no_payload_acts_from_the_page(store: Store, clock: Clock, width: int) -> None:
    text = as_written(marked(*PAYLOADS))
    source = Source(*[text] * 6)
    note = Note(text, Kind.BASIC, text, "Q", "A", tags=(text,), source=source, was=(text,))
    put(store, [note], root="/p")
    session = Session(store, Selection("/p"), Sm2(), clock, Limits())
    shown = page(session, Path("/x") / text.replace("\0", ""), width)
    assert controls(shown.replace("\n", "\r\n").encode()) <= {"\r\n"}
