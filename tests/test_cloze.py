"""The holes of a cloze text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.cloze import MAX_DEPTH, Hole, numbers, scan, segments, unescape


def found(text: str) -> list[tuple[int, str, str]]:
    """Return number, content and hint of the outermost holes."""
    return [(hole.number, hole.text, hole.hint) for hole in scan(text)[0]]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("no hole", []),
        ("{{c1::a}}", [(1, "a", "")]),
        ("x {{c2::a b}} y {{c2::c}}", [(2, "a b", ""), (2, "c", "")]),
        ("{{c1::0.9}} and {{c2::0::unchanged}}", [(1, "0.9", ""), (2, "0", "unchanged")]),
        ("{{c1::a {{c2::b}} c}}", [(1, "a {{c2::b}} c", "")]),
        ("{{c1::a {{c2::b::h}} c::hint}}", [(1, "a {{c2::b::h}} c", "hint")]),
        ("{{c1::{{c2::b}}::hint}}", [(1, "{{c2::b}}", "hint")]),
        ("{{c1::a::h1::h2}}", [(1, "a", "h1::h2")]),
        ("{{c1::::hint}}", [(1, "", "hint")]),
        ("{{c1::}}", [(1, "", "")]),
        ("{{c999::a}} {{c1000::b}} {{c0::c}} {{c01::d}}", [(999, "a", "")]),
        ("{{c1:a}} {c1::a} {{C1::a}} {{ c1::a}}", []),
        (r"${{c1::\frac{a}{b}}}$", [(1, r"\frac{a}{b}", "")]),
        (r"{{c1::$x^{2^{n}}$}} b", [(1, "$x^{2^{n}}$", "")]),
        (r"$\{{{c1::a}}\}$", [(1, "a", "")]),
        ("{{c1::a}}}}", [(1, "a", "")]),
        ("{{c1::{}}}", [(1, "{}", "")]),
        ("{{c1::`std::vector`}}", [(1, "`std::vector`", "")]),
        ("{{c1::`std::vector`::a type}}", [(1, "`std::vector`", "a type")]),
        ("{{c1::``a ` b::c``::h}}", [(1, "``a ` b::c``", "h")]),
        ("{{c1::$a::b$::h}}", [(1, "$a::b$", "h")]),
        ("{{c1::$$a::b$$::h}}", [(1, "$$a::b$$", "h")]),
        (r"{{c1::a\::b}}", [(1, r"a\::b", "")]),
        (r"{{c1::a\::b::h\::i}}", [(1, r"a\::b", "h::i")]),
        (r"\{{c1::a}}", []),
        (r"\\{{c1::a}}", [(1, "a", "")]),
        ("a\n{{c1::b\nc}}\nd", [(1, "b\nc", "")]),
    ],
)
def test_holes(text: str, expected: list[tuple[int, str, str]]) -> None:
    assert found(text) == expected


def test_a_hole_knows_where_it_stands() -> None:
    assert scan("ab{{c1::c}}d")[0] == (Hole(1, "c", "", 2, 11),)


def test_an_unclosed_opening_is_named_and_swallows_nothing() -> None:
    assert scan("{{c1::a {{c2::b}} c") == ((Hole(2, "b", "", 8, 17),), (0,))
    assert scan("{{c1::a} {{c2::b}") == ((), (0, 9))


def test_numbers_are_sorted_and_nested_ones_count() -> None:
    assert numbers("{{c3::a {{c1::b {{c2::c}}}}}} {{c3::d}}") == (1, 2, 3)
    assert numbers("{{c1::a::{{c2::not a hole}}}}") == (1,)
    assert numbers("") == ()


def test_escapes_become_literal_in_code_and_math() -> None:
    assert unescape(r"\{{c1::a}} \:: \alpha \{ x") == r"{{c1::a}} :: \alpha \{ x"


def nested(levels: int) -> str:
    return "".join(f"{{{{c{level}::" for level in range(1, levels + 1)) + "x" + "}}" * levels


def test_holes_nest_to_a_depth() -> None:
    assert numbers(nested(MAX_DEPTH)) == tuple(range(1, MAX_DEPTH + 1))
    assert len(numbers(nested(MAX_DEPTH + 5))) == MAX_DEPTH
    assert depth(nested(500)) == MAX_DEPTH


def depth(text: str) -> int:
    return max((1 + depth(hole.text) for hole in scan(text)[0]), default=0)


pieces = st.sampled_from(
    ["{{c1::", "{{c2::", "{{c12::", "}}", "}", "{", "::", ":", "`", "``", "$", "$$", "\\", "\n"]
    + ["a", " ", "ü", "\\{{c1::", "\\::", "\x00", "\ud800"]
)
texts = st.lists(pieces, max_size=40).map("".join) | st.text(max_size=30)


@given(texts)
def test_every_text_has_its_holes(text: str) -> None:
    holes, unclosed = scan(text)
    end = 0
    for hole in holes:
        assert end <= hole.start < hole.end <= len(text)
        end = hole.end
        whole = text[hole.start : hole.end]
        opening = f"{{{{c{hole.number}::"
        assert whole.startswith(opening + hole.text)
        assert whole.endswith("}}")
        assert len(whole) >= len(opening) + len(hole.text) + 2
    for offset in unclosed:
        assert re.match(r"\{\{c\d+::", text[offset:])
    assert (
        "".join(p if isinstance(p, str) else text[p.start : p.end] for p in segments(text)) == text
    )
    assert [p for p in segments(text) if isinstance(p, Hole)] == list(holes)
    assert depth(text) <= MAX_DEPTH
    assert set(numbers(text)) >= {hole.number for hole in holes}
    unescape(text)


@given(texts)
def test_the_holes_inside_a_hole_do_not_depend_on_what_is_outside(text: str) -> None:
    for hole in scan(text)[0]:
        assert scan(text[hole.start : hole.end])[0] == (
            Hole(hole.number, hole.text, hole.hint, 0, hole.end - hole.start),
        )


@pytest.mark.parametrize(
    "unit, closing",
    [("{{c1::", ""), ("{{c1::", "}}"), ("{{c1::a::b}}", ""), ("{{", "}}"), ("{{c1::`", "`}}")],
    ids=["unclosed", "nested", "flat", "braces", "code"],
)
def test_long_texts_are_read_in_one_pass(unit: str, closing: str) -> None:
    """200 KB: work that grows with the square of the length would not come to an end here."""
    count = 200_000 // len(unit + closing)
    text = unit * count + closing * count
    assert numbers(text) == ((1,) if unit + closing != "{{}}" and "}}" in unit + closing else ())
    assert sum(len(p) if isinstance(p, str) else p.end - p.start for p in segments(text)) == len(
        text
    )
