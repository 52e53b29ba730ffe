"""Formulas as the LaTeX that makes them: in trees, in the review and in `studytool show`."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from command import run as run_command
from hypothesis import given, settings
from hypothesis import strategies as st
from mirror_rows import Clock, cloze, put
from test_review_screen import Ticker, run, shown
from test_typeset import texts

from studytool.faces import face
from studytool.latex_source import in_latex
from studytool.notes import Kind, Note
from studytool.parsed_notes import ParsedNote, parse_note
from studytool.queue import Limits
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store
from studytool.tui.app import ReviewApp
from studytool.values import replace
from studytool.wrapping import plain, row_width


def asked(id: str, question: str, answer: str = "Because.") -> Note:  # noqa: A002
    return Note(id, Kind.BASIC, "D", question, answer)


RATIO = asked("ratio", r"What is $\frac{a}{b}$?", "$$\n\\sqrt{x}\n$$")
HOLED = cloze("holed", r"So $\frac{1}{ {{c1::x^2::a power}} }$ holds.")


def read(note: Note, part: str, width: int = 40) -> tuple[str, str]:
    """Return the question and the answer of a card with its formulas as LaTeX."""
    set_card = face(note, in_latex(note, parse_note(note)), part, width)
    return plain(set_card.question), plain(set_card.answer)


def test_formulas_are_shown_as_they_are_written() -> None:
    question, answer = read(RATIO, "forward")
    assert question == r"What is $\frac{a}{b}$?"
    assert [line.strip() for line in answer.splitlines()] == ["$$", r"\sqrt{x}", "$$"]


def test_source_is_code() -> None:
    question = face(RATIO, in_latex(RATIO, parse_note(RATIO)), "forward", 40).question
    assert [run.roles for row in question for run in row if "frac" in run.text] == ["question code"]


def test_a_hole_stays_where_it_is_in_the_source() -> None:
    question, answer = read(HOLED, "c1")
    assert question == r"So $\frac{1}{ [a power] }$ holds."
    assert answer == r"So $\frac{1}{ x^2 }$ holds."


def test_macros_stand_as_they_are_written() -> None:
    note = replace(RATIO, question=r"Why $x \in \R$?", macros=((r"\R", r"\mathbb{R}"),))
    assert read(note, "forward")[0] == r"Why $x \in \R$?"


def test_formulas_in_lists_tables_options_and_steps_are_shown_too() -> None:
    note = Note(
        *("all", Kind.CHOICE, "D", "- $a^2$\n\n> $b^2$\n\n| $c^2$ |\n|---|\n| **$d^2$** |"),
        right=("$e^2$",),
        wrong=("$f^2$",),
    )
    question, answer = read(note, "pick")
    for letter in "abcdef":
        assert f"${letter}^2$" in question
    assert "$e^2$" in answer


def test_a_text_without_formulas_stays_the_same() -> None:
    parsed = parse_note(
        cloze("c", "A {{c1::hole}}, `code`, **bold**\n\n1. item\n\n[^1]\n\n[^1]: f")
    )
    assert in_latex(cloze("c", ""), parsed) == parsed


@settings(max_examples=150, deadline=None)
@given(texts, st.integers(8, 80), st.booleans())
def test_any_text_fits_its_width(text: str, width: int, holed: bool) -> None:
    note = replace(cloze("c", text) if holed else asked("b", text), extra=text)
    parsed = in_latex(note, parse_note(note))
    assert isinstance(parsed, ParsedNote)
    part = "c1" if holed else "forward"
    shown_card = face(note, parsed, part, width)
    for rows in (shown_card.question, shown_card.answer, shown_card.extra):
        assert all(row_width(row) <= width for row in rows)


@pytest.fixture
def app(store: Store, clock: Clock) -> ReviewApp:
    put(store, [RATIO, asked("second", "Why $y$?"), HOLED], root="/cards")
    session = Session(store, Selection("/cards"), Sm2(), clock, Limits())
    return ReviewApp(session, ticker=Ticker())


def test_a_key_shows_the_source_and_the_formula_again(app: ReviewApp) -> None:
    async def play() -> None:
        async with run(app) as pilot:
            before = await shown(app, pilot)
            assert "m LaTeX" in before
            await pilot.press("m")
            text = await shown(app, pilot, "frac")
            assert r"What is $\frac{a}{b}$?" in text
            assert "m formulas" in text
            await pilot.press("space")
            text = await shown(app, pilot, "sqrt")
            assert r"\sqrt{x}" in text
            await pilot.press("m")
            text = await shown(app, pilot)
            assert "$" not in text
            assert "√" in text

    asyncio.run(play())


def test_the_next_card_and_an_undo_begin_with_formulas(app: ReviewApp) -> None:
    async def play() -> None:
        async with run(app) as pilot:
            await shown(app, pilot)
            await pilot.press("m", "space", "3")
            text = await shown(app, pilot, "Why y?")
            assert "Why y?" in text
            await pilot.press("m")
            assert "Why $y$?" in await shown(app, pilot, "$")
            await pilot.press("u")
            assert "$" not in await shown(app, pilot, "What is")

    asyncio.run(play())


def test_a_key_without_a_formula_says_so(store: Store, clock: Clock) -> None:
    put(store, [asked("none", "Words?", "$x$")], root="/cards")
    session = Session(store, Selection("/cards"), Sm2(), clock, Limits())
    app = ReviewApp(session, ticker=Ticker())

    async def play() -> None:
        async with run(app) as pilot:
            assert "LaTeX" not in await shown(app, pilot)
            await pilot.press("m")
            assert "No formula is shown here." in await shown(app, pilot, "No formula")
            await pilot.press("space", "m")
            assert "$x$" in await shown(app, pilot, "$")

    asyncio.run(play())


def test_show_prints_the_source(tmp_path: Path) -> None:
    (tmp_path / "cards").mkdir()
    bank = "deck: D\nnotes:\n- {id: a, q: 'Why $x_1$?', a: Because.}\n"
    (tmp_path / "cards" / "a.yaml").write_text(bank)
    places = ["--cards", str(tmp_path / "cards"), "--home", str(tmp_path / "home")]
    assert "Why x₁?" in run_command("show", "a", *places).stdout
    assert "Why $x_1$?" in run_command("show", "a", "--latex", *places).stdout
