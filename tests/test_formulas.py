"""Formulas on the screen: in two dimensions, and on one line where shapes are not seen."""

from __future__ import annotations

from mirror_rows import basic, cloze
from test_typeset import rows_of, shown

from studytool.faces import face
from studytool.formulas import rows
from studytool.markdown import parse
from studytool.parsed_notes import parse_note
from studytool.typeset import Holes, set_blocks
from studytool.values import replace
from studytool.wrapping import plain, row_width

SOFTMAX = r"p_i = \frac{\exp(z_i)}{\sum_j \exp(z_j)}"


def test_a_formula_of_its_own_is_set_in_two_dimensions() -> None:
    assert rows_of(f"a\n\n$${SOFTMAX}$$\n\nb", 40) == [
        "a",
        "",
        "          exp(zᵢ)",
        "    pᵢ = ──────────",
        "         ∑ⱼ exp(zⱼ)",
        "",
        "b",
    ]


def test_a_formula_is_broken_at_the_width_of_the_column() -> None:
    text = "$$aaaa = bbbb + cccc = dddd + eeee$$"
    assert rows_of(text, 60) == ["    aaaa = bbbb + cccc = dddd + eeee"]
    assert rows_of(text, 24) == ["   aaaa = bbbb + cccc", "        = dddd + eeee"]


def test_a_hole_keeps_the_shape_of_its_formula() -> None:
    text = r"$$x = \frac{a}{ {{c1::b + c}} }$$"
    assert rows_of(text, 40, Holes(1)) == ["         a", "    x = ───", "        […]"]
    assert rows_of(text, 40, Holes(1, shown=True)) == [
        "          a",
        "    x = ─────",
        "        b + c",
    ]
    found = set_blocks(parse(text, True), 40, holes=Holes(1, shown=True))
    marked = [run.text for row in found for run in row if "hole" in run.roles.split()]
    assert "".join(marked).replace(" ", "") == "b+c"


def test_bars_and_brackets_have_roles() -> None:
    found = set_blocks(parse(r"$$\left(\frac{a}{b}\right)$$"), 40)
    roles = {run.text: run.roles for row in found for run in row}
    assert roles["─"] == "math-rule"
    assert roles["⎛"] == "math-bracket"


def test_a_piece_that_is_too_wide_goes_on_one_line_that_wraps() -> None:
    wide = r"\begin{matrix}aaaaaa&bbbbbb\\cccccc&dddddd\end{matrix}"
    assert all(row_width(row) <= 12 for row in rows(wide, 12, False))
    assert "matrix(" in plain(rows(wide, 12, False))


def test_who_hears_a_card_gets_formulas_on_one_line() -> None:
    note = replace(basic("a"), question=f"$${SOFTMAX}$$", answer=f"$${SOFTMAX}$$\n\nx")
    told = face(note, parse_note(note), "front", 60, signed=True)
    assert plain(told.question) == "    pᵢ = exp(zᵢ)/(∑ⱼ exp(zⱼ))"
    assert plain(told.answer).startswith("    pᵢ = exp(zᵢ)/(∑ⱼ exp(zⱼ))\n")
    assert len(shown(note, width=60).question) == 3


def test_a_hidden_hole_is_as_wide_whatever_it_hides() -> None:
    faces = [
        shown(cloze("a", rf"$$\frac{{ {{{{c1::{secret}}}}} }}{{2}}$$"), "c1")
        for secret in ("a", r"\frac{a}{bbbbbb}", r"\begin{matrix}1&2\\3&4\end{matrix}")
    ]
    assert len({plain(card.question) for card in faces}) == 1
