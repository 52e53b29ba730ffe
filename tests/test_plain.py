"""The plain review without a process: what each line does, and what is shown then."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mirror_rows import ROOT, Clock, basic, cloze, put
from session_steps import name

from studytool.connection import prove
from studytool.errors import ExitCode
from studytool.keymap import SETS, USUAL, Keymap
from studytool.notes import Card, Kind, Note, Source
from studytool.plain import PlainReview
from studytool.plain_page import Look, Page
from studytool.plain_words import Words
from studytool.queue import Limits
from studytool.scheduling import Rating, replay
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store

Start = Callable[..., Session]
HOME_ROW = Keymap(SETS["home-row"])


def keymap(**keys: tuple[str, ...]) -> Keymap:
    return Keymap(MappingProxyType({f"review.{name}": found for name, found in keys.items()}))


class Played:
    """A plain review whose output is kept; it can be asked what it says to more lines."""

    def __init__(self, session: Session, keys: Keymap = USUAL, width: int = 76, **look: bool):
        self.session = session
        self.said: list[str] = []
        self.now = 0.0
        page = Page(Look(lambda: width, **look), self.said.append)
        self.review = PlainReview(session, page, Words(keys), lambda: self.now)

    def run(self, *lines: str, notices: Iterable[str] = ()) -> str:
        """Return what is said from the start to the end."""
        self.code = self.review.run(iter(lines), notices)
        return "".join(self.said)


def shown(note: Note, store: Store, clock: Clock, *lines: str, **look: bool) -> str:
    """Return what a review of one note says to some lines."""
    store.connection.execute("DELETE FROM notes")
    put(store, [note])
    return Played(Session(store, Selection(ROOT), Sm2(), clock, Limits()), **look).run(*lines)


# -- what is typed ---------------------------------------------------------------------------------


def test_a_whole_review_reads_like_this(start: Start) -> None:
    said = Played(start(Limits(2, 200))).run("", "1", "show", "good", "", "3", "")
    assert (
        said
        == """\
Review line by line; ? tells what can be typed.
Answer in your head; an empty line shows the answer.
Your grade decides when the card returns.

Card 1: new; left 2 new, 0 learning, 0 due; D
Question:
  What is n0?
answer>
Answer:
  It is n0.
Grades: again (1) 1 day, hard (2) 1 day, good (3) 1 day, easy (4) 1 day
grade>
Recorded: again, asked again today

Card 2: new; left 1 new, 1 learning, 0 due; D
Question:
  What is n1?
answer>
Answer:
  It is n1.
Grades: again (1) 1 day, hard (2) 1 day, good (3) 1 day, easy (4) 1 day
grade>
Recorded: good, due in 1 day

Card 3: learning; left 0 new, 1 learning, 0 due; D
Question:
  What is n0?
answer>
Answer:
  It is n0.
Grades: again (1) 1 day, hard (2) 1 day, good (3) 1 day, easy (4) 1 day
grade>
Recorded: good, due in 1 day

Done: no card is left for today
Summary: 2 cards scheduled, 2 of them new, 50 % remembered, 1 answered again
  in the drill, 0 seconds on the cards
Next: the next card is due tomorrow
end>
"""
    )


@pytest.mark.parametrize("line", ["1", "good", "Easy", "2"])
def test_nothing_is_graded_before_the_answer_is_shown(line: str, start: Start) -> None:
    session = start()
    said = Played(session).run(line, line)
    assert session.done == 0
    assert said.count("! The answer is not shown yet; nothing was graded.") == 2
    assert (
        "Possible: show (s), help (?), quit (q), bury, bury note, suspend, suspend\n"
        "  note, flag 3, mark, due 5, due 3-7, reset\n"
    ) in said


@pytest.mark.parametrize("line", ["", "0", "5", "33", "3 3", "goood", "\udcff", "\0", "３", "no!"])
def test_what_means_nothing_grades_nothing(line: str, start: Start) -> None:
    session = start()
    said = Played(session).run("s", line)
    assert session.done == 0
    assert "! That means nothing here; nothing was graded.\nPossible: again (1), hard" in said
    assert said.count("Card ") == 1


def test_words_and_digits_grade(start: Start, store: Store) -> None:
    Played(start()).run("s", "again", "", "2", "SHOW", "Good", "show", "4")
    assert [row.rating for row in store.log.rows()] == [1, 2, 3, 4]


def test_undo_goes_back_as_far_as_the_day(start: Start) -> None:
    Played(start()).run("", "3", "", "3")
    session = start()
    said = Played(session).run("u", "", "undo", "u", "q")
    assert name(session) == "n0"
    assert said.count("Undone: the card is asked again") == 2
    assert "! There is no grade of today to undo." in said


def test_undo_at_the_end_asks_the_last_card_again(start: Start) -> None:
    session = start(Limits(1, 200))
    said = Played(session).run("", "3", "3", "u", "", "4", "")
    assert "end>\n! Nothing is left to grade.\nPossible: undo (u), help (?), quit (q)" in said
    assert session.done == 1
    assert session.summary().ratings[Rating.EASY] == 1
    assert said.count("Done: ") == 2


def test_help_tells_what_can_be_typed_now(start: Start) -> None:
    said = Played(start()).run("?", "", "help", "q")
    first, second = said.split("Help:\n")[1:]
    assert first.startswith("  show, s, an empty line: show the answer\n  help, ?: tell")
    assert second.startswith("  again, 1: you did not know it\n  hard, 2:")
    assert "  show, s: show" in second


def test_the_answer_can_be_shown_again(start: Start) -> None:
    assert Played(start()).run("s", "s", "show").count("  It is n0.") == 3


def test_time_on_the_card_is_measured_and_capped(start: Start, store: Store) -> None:
    played = Played(start())

    def lines() -> Iterator[str]:
        for seconds in (2.5, 500):
            yield "?"
            played.now += seconds
            yield "s"
            yield "3"

    played.review.run(lines())
    assert [row.duration_ms for row in store.log.rows()] == [2500, 60_000]


def test_lines_are_asked_for_only_when_all_before_are_on_disk(
    start: Start, store: Store, home: object
) -> None:
    other = sqlite3.connect(f"{home}/studytool.db")

    def lines() -> Iterator[str]:
        for number in range(3):
            yield ""
            yield "3"
            assert other.execute("SELECT count(*) FROM reviews").fetchone() == (number + 1,)

    Played(start()).review.run(lines())
    other.close()


def test_an_answer_that_cannot_be_saved_is_told_and_asked_for_again(
    start: Start, store: Store, home: object
) -> None:
    store.connection.execute("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(f"{home}/studytool.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    session = start()
    played = Played(session)
    said = played.run("", "3")
    assert "! Not saved: " in said
    assert said.split("! Not saved")[1].count("grade>\n") == 1
    assert played.code is ExitCode.PROBLEMS
    other.execute("ROLLBACK")
    other.close()
    again = Played(session)
    again.run("", "3")
    assert again.code is ExitCode.OK
    assert session.done == 1


def test_a_card_graded_in_another_window_is_passed_over(start: Start) -> None:
    session, other = start(), start()
    other.grade(Rating.GOOD)
    said = Played(session).run("", "3")
    assert "! This card was graded in another window; here is the next one." in said
    assert "Recorded" not in said
    assert name(session) == "n1"


def test_a_new_day_asks_the_drill_as_what_it_is_then(start: Start, clock: Clock) -> None:
    session = start(Limits(1, 200))
    session.grade(Rating.AGAIN)
    clock.set(session.day + 1)
    said = Played(session).run("", "3")
    assert "! A new day has begun; this card is due again." in said
    assert "Card 2: review" in said


# -- keys of the settings --------------------------------------------------------------------------


def test_the_home_row_grades_and_s_still_shows(start: Start, store: Store) -> None:
    said = Played(start(), HOME_ROW).run("s", "s", "s", "a", "", "3", "d", "f")
    assert [row.rating for row in store.log.rows()] == [2, 1, 3]
    assert "Grades: again (a) 1 day, hard (s) 1 day, good (d)" in said
    assert said.count("not shown yet") == 2


def test_chosen_keys_go_before_the_usual_ones() -> None:
    words = Words(keymap(again=("4",), easy=("1",), undo=("z",), keys=("f1",)))
    assert [words.word(key, True) for key in "1234"] == ["easy", "hard", "good", "again"]
    assert [words.word(key, False) for key in "zu?"] == ["undo", "undo", "help"]
    assert words.word("f1", True) == ""
    other = Words(keymap(undo=("z",), statistics=("u",)))
    assert other.word("u", True) == ""


@given(st.sampled_from(["hint", "undo", "keys", "leave", "good", "down"]), st.characters())
def test_words_stand_whatever_the_settings(binding: str, key: str) -> None:
    words = Words(keymap(**{binding: (key,)}))
    told = {word: words.word(word, True) for word in ("show", "again", "hard", "good", "easy")}
    told |= {word: words.word(word, False) for word in ("hint", "undo", "help", "quit", "show")}
    assert all(word == meaning for word, meaning in told.items())
    assert words.word("s", False) in ("show", "hint", "undo", "help", "quit")


# -- what is shown ---------------------------------------------------------------------------------


def test_hint_extra_and_source(store: Store, clock: Clock) -> None:
    source = Source(title="A Book", date="2021")
    note = basic("x", hint="Think.", extra="More.", source=source)
    said = shown(note, store, clock, "h", "s")
    assert "answer>\nHint:\n  Think.\nanswer>\nAnswer:\n  It is x.\nExtra:\n  More.\n" in said
    assert "Source:\n  A Book · 2021\nGrades:" in said
    assert "! This card has no hint." in shown(basic("x"), store, clock, "h")


def test_holes_show_their_hints_behind_the_sign_of_a_gap(store: Store, clock: Clock) -> None:
    note = cloze("x", "A {{c1::b::which?}} of `{{c1::c::code?}}`, ${{c1::x^2::what}}$, {{c1::d}}.")
    said = shown(note, store, clock, "")
    assert "  A […which?] of […code?], […what], […].\n" in said
    assert "  A b of c, x², d.\n" in said


def test_options_and_steps_have_numbers(store: Store, clock: Clock) -> None:
    choice = Note("x", Kind.CHOICE, "D", "Which?", right=("this",), wrong=("that", "those"))
    said = shown(choice, store, clock, "")
    question, answer = said.split("answer>\n")
    options = [line[4:] for line in question.splitlines() if line[4:5] in ("1", "2", "3")]
    assert sorted(option[3:] for option in options) == ["that", "this", "those"]
    assert [option[0] for option in options] == ["1", "2", "3"]
    right = next(option for option in options if option.endswith("this"))
    assert f"  ✓ {right}\n" in answer
    steps = Note("y", Kind.STEPS, "D", "How?", steps=("one", "two"))
    assert "Question:\n  How?\n\n  1. […]\nanswer>\nAnswer:\n  1. one\n" in shown(
        steps, store, clock, ""
    )


def test_pictures_by_their_words_and_math_on_a_line(store: Store, clock: Clock) -> None:
    text = "![a cat](media/a.png) has $\\frac{1}{2}$"
    note = Note("x", Kind.BASIC, "D", text, "yes")
    assert "  [picture: a cat] has 1/2\n" in shown(note, store, clock)


def test_colours_only_where_they_are_wanted(store: Store, clock: Clock) -> None:
    note = basic("x", source=Source(title="S"))
    assert "\x1b" not in shown(note, store, clock, "")
    assert "  \x1b[1mWhat \x1b[0m" in shown(note, store, clock, "", color=True)


def test_a_prompt_stays_open_where_its_answer_is_seen(start: Start) -> None:
    said = Played(start(), inline=True).run("", "3")
    assert "answer> Answer:" in said
    assert "\nanswer> \n\nLeft: 4 cards for today\n" in said


def test_notices_come_first(start: Start) -> None:
    said = Played(start()).run(notices=["a.yaml: 1 error\x1b[2J"])
    assert said.startswith("! a.yaml: 1 error␛[2J\nReview line by line")


@given(st.integers(-3, 200), st.text(max_size=300), st.booleans())
def test_whatever_a_card_holds_its_lines_are_told_from_ours(
    store: Store, clock: Clock, width: int, text: str, color: bool
) -> None:
    text = text.encode(errors="replace").decode() or "x"
    store.connection.execute("DELETE FROM notes")
    put(store, [Note("x", Kind.BASIC, text, text, text, extra=text, hint=text)])
    session = Session(store, Selection(ROOT), Sm2(), clock, Limits())
    said = Played(session, width=width, color=color).run("h", "")
    starts = (
        "Review",
        "Answer",
        "Your",
        "Card",
        "Question",
        "Hint",
        "Extra",
        "Grades",
        "Left",
        "! ",
    )
    for line in said.split("\n"):
        assert not line or line.startswith(("  ", "answer>", "grade>", *starts)), ascii(line)


LINES = st.sampled_from(
    ["", "s", "show", "1", "2", "3", "4", "good", "u", "u", "h", "?", "x", "\udcff", "12", "again"]
)


@given(st.lists(LINES, max_size=60))
def test_any_lines_leave_log_and_cards_sound(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    store = Store.open(tmp_path_factory.mktemp("home"), date(2024, 10, 4))
    try:
        put(store, [basic(f"n{number}", hint="h") for number in range(4)])
        session = Session(store, Selection(ROOT), Sm2(), Clock(), Limits())
        said = Played(session).run(*lines)
        recorded, undone = said.count("Recorded: "), said.count("Undone: ")
        rows = store.log.rows()
        assert len(rows) == recorded + undone
        assert session.done == recorded - undone
        cards = [Card(*row) for row in store.connection.execute("SELECT note, part FROM cards")]
        assert {card: store.state(card) for card in cards} == replay(rows, Sm2())
        prove(store.connection)
    finally:
        store.close()
