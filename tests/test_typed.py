"""Typed answers beside the right ones: forgiving of writing, strict about meaning."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mirror_rows import basic, cloze
from test_screen_text import harmless
from test_typeset import texts

from studytool.expected import can_be_typed, expected
from studytool.notes import Kind, Note
from studytool.parsed_notes import parse_note
from studytool.screen_text import clean_line
from studytool.typed import CHARACTERWISE, Mark, compare
from studytool.typed_rows import SIGNS, typed_rows
from studytool.wrapping import plain, row_width

words = st.text("abc éÉß漢が9,.'-–’ \u0301\u00a0", max_size=30)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("Gradient  Descent", "gradient descent."),
        ("cafe", "Café"),
        ("Ångström", "angstrom"),
        ("strasse", "Straße"),
        ("encyclopaedia", "encyclopædia"),
        ("w=4", "w = 4"),
        ("modecollapse", "mode collapse"),
        ("it's", "it’s"),
        ("-1.39", "−1.39"),
        ("1000", "1,000"),
        ("1 000", "1000"),
        ("1\u202f000 000", "1,000,000"),
        ("1.000.000", "1000000"),
        ("1,234.50", "1234.5"),
        ("1.234,5", "1,234.5"),
        ("0.5", ",5"),
        (".5", "0,50"),
        ("3,142", "3.142"),
        ("007", "7"),
        ("٣", "3"),
    ],
)
def test_the_same_in_another_writing_is_right(typed: str, answer: str) -> None:
    assert compare(typed, [answer]).right
    assert compare(answer, [typed]).right


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", "a"),
        ("descent", "descant"),
        ("1", "1,000"),
        ("1000", "1.000"),
        ("12", "1 2"),
        ("0.5", "5"),
        ("0,125", "125"),
        ("1.5", "15"),
        ("-1", "1"),
        ("か", "が"),
        ("कि", "की"),
        ("x²", "x2"),
        ("n", "n!"),
    ],
)
def test_another_answer_is_not_right(typed: str, answer: str) -> None:
    assert not compare(typed, [answer]).right
    assert not compare(answer, [typed]).right


def test_differences_are_named() -> None:
    assert [p.mark for p in compare("ac", ["abc"]).pieces] == [Mark.SAME, Mark.MISSING, Mark.SAME]
    assert [p.mark for p in compare("abc", ["ac"]).pieces] == [Mark.SAME, Mark.EXTRA, Mark.SAME]
    assert [p.mark for p in compare("adc", ["abc"]).pieces] == [Mark.SAME, Mark.WRONG, Mark.SAME]
    (number,) = compare("12", ["13"]).pieces
    assert (number.mark, number.typed, number.expected) == (Mark.WRONG, "12", "13")


def test_what_was_typed_stays_in_one_piece() -> None:
    shown = plain(typed_rows(compare("gradient", ["gradient descent"]), 60)).split("\n")
    assert shown[0] == "✗ you     gradient ·······"
    shown = plain(typed_rows(compare("ngradient", ["gradient descent"]), 60)).split("\n")
    assert shown[0] == "✗ you     ngradient ·······"


def test_the_nearest_answer_is_shown_and_the_first_of_equals() -> None:
    answers = ["GD", "gradient descent", "steepest descent"]
    assert compare("gradent descent", answers).expected == "gradient descent"
    assert compare("gd", answers).expected == "GD"
    assert compare("zz", ["ab", "cd"]).expected == "ab"


def test_long_texts_are_compared_word_by_word() -> None:
    text = " ".join(f"word{number}" for number in range(200))
    assert len(text) ** 2 > CHARACTERWISE
    found = compare(text.replace("word7 ", "Word8 "), [text])
    assert [p.mark for p in found.pieces if p.mark is not Mark.SAME] == [Mark.WRONG]
    assert len(found.pieces) == 200


@given(words, words)
@settings(max_examples=150, deadline=None)
def test_no_character_is_lost_and_right_means_no_difference(typed: str, answer: str) -> None:
    found = compare(typed, [answer])
    for text, part in ((typed, "typed"), (answer, "expected")):
        whole = "".join(getattr(piece, part) for piece in found.pieces)
        tidy = " ".join(text.split())
        assert whole == tidy or whole == tidy[:-1].rstrip()
    assert found.right == all(piece.mark is Mark.SAME for piece in found.pieces)
    assert found.right == compare(answer, [typed]).right
    assert found.distance == compare(answer, [typed]).distance


@given(words, st.text(" \t\u00a0\u2009", max_size=3))
@settings(deadline=None)
def test_case_accents_and_blanks_make_no_difference(text: str, blank: str) -> None:
    assert compare(text, [text]).right
    assert compare(f"{blank}{text}{blank}", [text]).right
    letters = "".join(character for character in text if character.isalpha())
    for other in (letters.upper(), letters.swapcase(), "".join(f"{c} " for c in letters)):
        assert compare(other, [letters]).right
    latin = "".join(character for character in letters if character in "abc")
    assert compare("\u0301".join(["", *latin, ""])[1:], [latin]).right


@given(st.integers(0, 10**12), st.integers(0, 999))
def test_numbers_may_be_written_in_many_ways(whole: int, fraction: int) -> None:
    for mark in (",", " ", "'", "\u202f"):
        assert compare(f"{whole:,}".replace(",", mark), [str(whole)]).right
    assert compare(f"{whole}.{fraction:03}", [f"{whole},{fraction:03}"]).right
    assert compare(f"{whole:,}.{fraction:03}0", [f"{whole}.{fraction:03}"]).right == (
        whole > 999 or compare(f"{whole}.{fraction:03}0", [f"{whole}.{fraction:03}"]).right
    )
    assert compare(f".{fraction:03}", [f"0,{fraction:03}"]).right
    assert not compare(str(whole), [str(whole + 1)]).right


@given(st.text(max_size=60), st.text(max_size=60), st.integers(4, 60))
@settings(max_examples=150, deadline=None)
def test_any_texts_have_rows_that_fit(typed: str, answer: str, width: int) -> None:
    found = compare(clean_line(typed), [clean_line(answer)])
    for row in typed_rows(found, width):
        assert row_width(row) <= width
        assert harmless("".join(run.text for run in row))


def test_differences_show_without_colour() -> None:
    shown = plain(typed_rows(compare("gradeint descnt x", ["gradient descent"]), 60)).split("\n")
    assert shown[0] == "✗ you     gradeint desc·nt x"
    assert shown[1].count(SIGNS[Mark.WRONG]) == 2
    assert shown[1].index(SIGNS[Mark.MISSING]) == shown[0].index("·")
    assert shown[1].index(SIGNS[Mark.EXTRA]) == shown[0].index("x")
    assert shown[2] == "  answer  gradient descent"
    assert plain(typed_rows(compare("GD", ["gd"]), 60)) == "✓ you     GD"
    assert plain(typed_rows(compare("b", ["a"]), 12)) == "✗ b\n  ×\n→ a"


def test_what_a_card_accepts() -> None:
    note = basic("a", accept=("one", "an *a*"), reverse="?")
    parsed = parse_note(note)
    assert expected(note, parsed, "front") == ("one", "an *a*", "It is a.")
    assert not can_be_typed(note, "reverse")
    assert not can_be_typed(basic("a"), "front")
    assert expected(basic("a"), parsed, "front") == ()
    one = cloze("a", "It is {{c1::*one*}}, {{c1::$x^2$::hint}}.", accept=("two",))
    assert expected(one, parse_note(one), "c1") == ("two", "one, x²")
    both = cloze("a", "{{c1::one}} {{c2::two {{c3::three}}}}", accept=("1",))
    shown = [expected(both, parse_note(both), part) for part in ("c1", "c2", "c3")]
    assert shown == [("one",), ("two three",), ("three",)]


@given(texts)
@settings(max_examples=50, deadline=None)
def test_what_a_card_accepts_is_safe(text: str) -> None:
    note = Note("a", Kind.BASIC, "D", "q", text, accept=(text,))
    for answer in expected(note, parse_note(note), "front"):
        assert harmless(answer)
        assert "\n" not in answer


@pytest.mark.parametrize(
    ("typed", "answer", "pairs"),
    [
        ("63 C", "62 °C", [("63", "62"), ("", " °"), (" C", "C")]),
        ("62 C", "about 6 C", [("62", " 6"), (" C", " C")]),
    ],
)
def test_numbers_stand_by_numbers_and_words_by_words(
    typed: str, answer: str, pairs: list[tuple[str, str]]
) -> None:
    found = compare(typed, [answer]).pieces
    assert [(piece.typed, piece.expected) for piece in found][-len(pairs) :] == pairs


def test_a_word_for_a_number_is_one_difference() -> None:
    assert [piece.mark for piece in compare("x", ["5"]).pieces] == [Mark.WRONG]
