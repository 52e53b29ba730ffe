"""What a card shows: nothing too wide, nothing given away."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mirror_rows import basic, cloze
from test_screen_text import harmless
from test_typeset import texts

from studytool.faces import Face, face, source_line
from studytool.notes import Kind, Note, Source
from studytool.options import shuffled
from studytool.parsed_notes import parse_note
from studytool.wrapping import Row, Rows, plain, row_width


def with_role(rows: Rows, role: str) -> str:
    """Return the characters that have a role."""
    return "".join(run.text for row in rows for run in row if role in run.roles.split())


def all_rows(shown: Face) -> Iterator[Row]:
    for rows in (shown.question, shown.hint, shown.answer, shown.extra, shown.source):
        yield from rows


def shown(note: Note, part: str = "front", width: int = 40, seed: str = "") -> Face:
    return face(note, parse_note(note), part, width, seed)


def test_a_basic_card_and_its_reverse() -> None:
    note = basic("a", reverse="Which one?", extra="*more*", hint="think")
    front = shown(note)
    assert (plain(front.question), plain(front.answer)) == ("What is a?", "It is a.")
    assert (plain(front.extra), plain(front.hint), front.source) == ("more", "think", ())
    back = shown(note, "reverse")
    assert (plain(back.question), plain(back.answer)) == ("Which one?", "What is a?")


SECRETS = [
    "the {{c1::SECRET}} word",
    "{{c1::SECRET::a hint}}",
    "*{{c1::**SECRET**}}*",
    "# {{c1::SECRET}}",
    "- {{c1::SECRET}}\n- other",
    "> {{c1::SECRET}}",
    "|a|{{c1::SECRET}}|\n|-|-|\n|{{c1::SECRET}}|b|",
    "`x = {{c1::SECRET}}`",
    "```python\nx = {{c1::SECRET}}\n```",
    "```\n{{c1::SECRET\nSECRET}}\n```",
    r"$x = {{c1::SECRET}}$",
    r"$$\frac{ {{c1::SECRET}} }{2} + {{c1::\text{SECRET} }}$$",
    "$$\nx^{ {{c1::SECRET}} }\n$$",
    "{{c1::$SECRET$}} {{c1::`SECRET`}}",
    "{{c2::outer {{c1::SECRET}} end}}",
    "{{c1::a {{c2::SECRET}} b}}",
    "`{{c2::outer {{c1::SECRET}} end}}`",
    "${{c2::outer {{c1::SECRET}} end}}$",
    "[{{c1::SECRET}}](http://x)",
    "{{c1::[SECRET](http://SECRET)}}",
    "{{c1::![SECRET](SECRET.png)}}",
    "![{{c1::SECRET}}](a.png)",
]


@pytest.mark.parametrize("text", SECRETS)
@pytest.mark.parametrize("width", [8, 30, 80])
def test_a_hidden_hole_gives_nothing_away(text: str, width: int) -> None:
    card = shown(cloze("a", text + "\n\nand {{c3::more}}"), "c1", width)
    question = re.sub(r"\s", "", plain(card.question))
    assert "SECRET" not in question
    assert "{{" not in question
    assert "[" in with_role(card.question, "hole")
    assert "more" in question
    if width == 80:
        answer = plain(card.answer)
        assert "SECRET" in answer.replace(" ", "")
        assert "{{" not in answer
        assert "SECRET" in with_role(card.answer, "hole").replace(" ", "")


def test_a_hidden_hole_shows_its_hint() -> None:
    for text in ("{{c1::x::the hint}}", "`{{c1::x::the hint}}`", "${{c1::x::the hint}}$"):
        assert "[the hint]" in plain(shown(cloze("a", text), "c1").question)
        assert "the hint" not in plain(shown(cloze("a", text), "c1").answer)
    assert plain(shown(cloze("a", "a {{c1::x}}"), "c1").question) == "a […]"


def test_other_holes_are_open() -> None:
    card = shown(cloze("a", "{{c1::one}} {{c2::two}} {{c1::three}}"), "c1")
    assert plain(card.question) == "[…] two […]"
    assert plain(card.answer) == "one two three"
    assert with_role(card.answer, "hole") == "onethree"


def test_steps_show_what_went_before() -> None:
    note = Note("a", Kind.STEPS, "D", "One round?", steps=("first", "second", "third"))
    card = shown(note, "s2")
    assert plain(card.question) == "One round?\n\n1. first\n2. […]"
    assert plain(card.answer) == "2. second"


def test_a_choice_is_shuffled_by_its_seed() -> None:
    note = Note("a", Kind.CHOICE, "D", "Which?", right=("yes",), wrong=("no", "never", "not"))
    card = shown(note, seed="one")
    assert card == shown(note, seed="one")
    orders = {plain(shown(note, seed=str(seed)).question) for seed in range(40)}
    assert len(orders) > 10
    question, answer = plain(card.question).split("\n"), plain(card.answer).split("\n")
    assert question[0] == "Which?"
    assert sorted(row.split()[1] for row in question[2:]) == ["never", "no", "not", "yes"]
    assert [row.split()[0] for row in question[2:]] == ["1", "2", "3", "4"]
    (number,) = [row.split()[0] for row in question[2:] if row.endswith("yes")]
    assert answer == [f"✓ {number}  yes"]
    assert "✓" not in plain(card.question)


def test_the_order_of_a_seed_is_fixed() -> None:
    assert shuffled(5, "gp-mean front ") == ORDER
    assert shuffled(0, "x") == []


ORDER = [2, 0, 3, 4, 1]


@given(st.integers(0, 30), st.text(max_size=10))
def test_shuffling_keeps_every_option(count: int, seed: str) -> None:
    assert sorted(shuffled(count, seed)) == list(range(count))


def test_the_source_is_one_line() -> None:
    source = Source("T", "A", "2021-05-28", "http://x", "S", "quote")
    assert source_line(source) == "T · S · A · 2021-05-28"
    assert source_line(Source(url="http://x")) == "http://x"
    assert source_line(Source()) == ""
    assert harmless(source_line(Source(title="\x1b[31m\n")))


@given(texts, st.integers(8, 24))
def test_no_card_is_too_wide(text: str, width: int) -> None:
    for note, part in (
        (basic("a", reverse=text, extra=text, hint=text, source=Source(title=text)), "reverse"),
        (Note("a", Kind.CHOICE, "D", text, right=(text,), wrong=("b", text)), "front"),
        (Note("a", Kind.STEPS, "D", text, steps=(text, "b", text)), "s3"),
        (Note("a", Kind.STEPS, "D", "q", steps=("x",) * 120), "s120"),
        (cloze("a", text + "{{c1::x}}"), "c1"),
    ):
        for row in all_rows(shown(note, part, width)):
            assert row_width(row) <= width, plain([row])
