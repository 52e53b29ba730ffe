"""Options of a choice, the steps at their end, and code in colours."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mirror_rows import basic, cloze
from test_faces import shown, with_role

from studytool import ansi
from studytool.faces import face
from studytool.notes import Kind, Note
from studytool.options import marked, options, set_options
from studytool.parsed_notes import parse_note
from studytool.tui import paint
from studytool.wrapping import plain, row_width

CHOICE = Note("a", Kind.CHOICE, "D", "Which?", right=("yes", "sure"), wrong=("no", "never"))


def answered(chosen: set[int], width: int = 40, seed: str = "x") -> tuple[str, str]:
    found = face(CHOICE, parse_note(CHOICE), "front", width, seed, frozenset(chosen))
    return plain(found.question), plain(found.answer)


def test_marks_stand_before_the_options_and_move_nothing() -> None:
    bare, _ = answered(set())
    question, _ = answered({0, 2})
    rows = question.split("\n")[2:]
    assert [row[0] for row in rows] == ["●", " ", "●", " "]
    assert question.replace("●", " ") == bare


def test_the_answer_tells_what_was_right_wrong_and_missed_by_signs() -> None:
    right = [one for _, one in options(parse_note(CHOICE), "x")]
    first, second = (index for index, one in enumerate(right) if one)
    wrong = right.index(False)
    _, answer = answered({first, wrong})
    signs = {row.split()[1]: row.split()[0] for row in answer.split("\n")}
    assert signs == {str(first + 1): "✓", str(second + 1): "○", str(wrong + 1): "✗"}
    assert "missed" in answer
    assert "not this one" in answer
    _, unmarked = answered(set())
    assert [row[0] for row in unmarked.split("\n")] == ["✓", "✓"]


def test_one_right_option_means_one_mark() -> None:
    assert marked(frozenset(), 1, False) == {1}
    assert marked(frozenset({1}), 2, False) == {2}
    assert marked(frozenset({1}), 2, True) == {1, 2}
    assert marked(frozenset({1, 2}), 2, True) == {1}
    assert marked(frozenset({2}), 2, False) == set()


@given(st.sets(st.integers(0, 12)), st.text(max_size=5), st.integers(8, 40))
@settings(deadline=None)
def test_every_mark_fits_and_the_order_is_that_of_the_seed(
    chosen: set[int], seed: str, width: int
) -> None:
    note = Note(
        "a",
        *(Kind.CHOICE, "D", "Which?"),
        right=tuple(f"right option {number}" for number in range(3)),
        wrong=tuple(f"wrong option {number}" for number in range(8)),
    )
    parsed = parse_note(note)
    asked, answer = set_options(parsed, seed, width, frozenset(chosen))
    assert all(row_width(row) <= width for row in (*asked, *answer))
    bare, _ = set_options(parsed, seed, width)
    assert plain(asked).replace("●", " ") == plain(bare).replace("●", " ")


def test_all_steps_stand_under_the_last_one() -> None:
    note = Note("a", Kind.STEPS, "D", "One round?", steps=("first", "second", "third"))
    assert plain(shown(note, "s2").answer) == "2. second"
    assert plain(shown(note, "s3").answer) == "1. first\n2. second\n3. third"
    assert plain(shown(note, "s3").question) == "One round?\n\n1. first\n2. second\n3. […]"


CODE = '```python\ndef f(x):\n    return "a" + 1  # why\n```'


def test_code_has_roles_and_the_same_text() -> None:
    note = basic("a", extra=CODE)
    coloured, bare = shown(note).extra, shown(basic("a", extra=CODE.replace("python", ""))).extra
    assert plain(coloured) == plain(bare)
    assert with_role(coloured, "code-keyword") == "defreturn"
    assert with_role(coloured, "code-name") == "f"
    assert with_role(coloured, "code-string") == '"a"'
    assert with_role(coloured, "code-number") == "1"
    assert with_role(coloured, "code-comment") == "# why"
    assert "code-" not in str(bare)
    assert "code-" not in str(shown(basic("a", extra=CODE.replace("python", "nonsense"))).extra)


def test_a_hole_in_code_keeps_its_look() -> None:
    card = shown(cloze("a", "```python\nfor i in {{c1::range(3)::which?}}:\n    pass\n```"), "c1")
    assert with_role(card.question, "hole") == "[which?]"
    assert "range" not in plain(card.question)
    assert with_role(card.answer, "hole") == "range(3)"
    assert with_role(card.question, "code-keyword") == "forinpass"


@given(st.text("def 'x\"#\n([{1;<é", max_size=60), st.sampled_from(["python", "html", "c", "sql"]))
@settings(max_examples=60, deadline=None)
def test_colours_change_no_character_of_any_code(code: str, language: str) -> None:
    texts = [plain(shown(_code(code, name)).extra) for name in (language, "")]
    assert texts[0] == texts[1]


def _code(code: str, language: str) -> Note:
    return basic("a", extra=f"~~~~{language}\n{code}\n~~~~")


@pytest.mark.parametrize("role", ["keyword", "name", "builtin", "string", "number", "comment"])
def test_every_kind_of_code_has_a_colour_on_the_ground_of_code(role: str) -> None:
    look = paint.style(f"code code-{role}")
    assert look.endswith("on $surface")
    assert look.startswith("$foreground ")
    assert ansi._CODES[f"code-{role}"]


def test_later_roles_win_and_the_ground_comes_last() -> None:
    assert paint.style("code hole") == "$foreground $accent bold on $surface"
    assert paint.style("question") == "bold"
    assert paint.style("nothing of ours") == ""
