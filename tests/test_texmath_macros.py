"""Macros of LaTeX: arguments, macros in macros, loops, and the places of what they expand to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool import cloze
from studytool.markdown import parse
from studytool.markup import Math
from studytool.notes import Kind, Note
from studytool.parsed_notes import parse_note
from studytool.texmath.macros import MAX_LENGTH, Expansion, Span, arity, expand, loops

MACROS = {
    "R": r"\mathbb{R}", "Re": r"\operatorname{Re}", "norm": r"\lVert #1 \rVert",
    "inner": r"\langle #1, #2 \rangle", "space": r"\R^{#1}", "a": r"\alpha", "twice": "#1 #1",
    "argmax": r"\operatorname*{arg\,max}", "hash": r"\# #1", "loss": r"\norm{#1}^2",
}  # fmt: skip


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\R", r"\mathbb{R}"),
        (r"\Re z", r"\operatorname{Re} z"),
        (r"\Real", r"\Real"),
        (r"\\R", r"\\R"),
        (r"x \in \R^n", r"x \in \mathbb{R}^n"),
        (r"x^\R", r"x^{\mathbb{R}}"),
        (r"\frac\R\a", r"\frac{\mathbb{R}}{\alpha}"),
        (r"\sqrt[3]\a", r"\sqrt[3]{\alpha}"),
        (r"\frac{\R}{\a}", r"\frac{\mathbb{R}}{\alpha}"),
        (r"\argmax_x f", r"\operatorname*{arg\,max}_x f"),
        (r"\norm{x}", r"\lVert x \rVert"),
        (r"\norm x y", r"\lVert x \rVert y"),
        (r"\norm\a", r"\lVert \alpha \rVert"),
        (r"\inner{a}{\norm{b}}", r"\langle a, \lVert b \rVert \rangle"),
        (r"\space{12}", r"\mathbb{R}^{12}"),
        (r"\loss{y - \hat y}", r"\lVert y - \hat y \rVert^2"),
        (r"\hash{1}", r"\# 1"),
        (r"{\norm}", r"{\norm}"),
        (r"\norm", r"\norm"),
        (r"\inner{a}", r"\inner{a}"),
        (r"\twice\R", r"\mathbb{R} \mathbb{R}"),
        ("é\\R\n", "é\\mathbb{R}\n"),
    ],
)
def test_expansion(tex: str, expected: str) -> None:
    found = expand(tex, MACROS)
    assert found.text == expected
    assert expand(tex, {"\\" + name: text for name, text in MACROS.items()}) == found


def test_a_name_stays_apart_from_the_letter_behind_it() -> None:
    assert expand(r"\m{x}", {"m": r"\alpha#1"}).text == r"\alpha x"
    assert expand(r"\m x", {"m": r"\alpha"}).text == r"\alpha x"
    assert expand("\\m{}x", {"m": r"\alpha"}).text == r"\alpha{}x"


def test_the_number_of_arguments_is_the_highest_that_the_text_names() -> None:
    assert [arity(text) for text in ("x", "#1", "#2", r"\#1", r"\\#1", "#0", "##1")] == [
        *(0, 1, 2, 0, 1, 0, 1)
    ]


def test_macros_that_lead_to_themselves_stay_as_written() -> None:
    macros = {"a": r"\b", "b": r"\c x", "c": r"\a", "d": r"\a + \R", "R": "R", "e": r"\e"}
    assert loops(macros) == {
        **{"a": ("a", "b", "c", "a"), "b": ("b", "c", "a", "b"), "c": ("c", "a", "b", "c")},
        "e": ("e", "e"),
    }
    assert expand(r"\d\e\R", macros).text == r"\a + R\e R"


def test_what_grows_without_measure_stays_as_written() -> None:
    macros = {chr(97 + n): rf"\{chr(98 + n)} \{chr(98 + n)}" for n in range(25)} | {"z": "zz"}
    found = expand(r"x \a", macros)
    assert found.text == r"x \a"
    assert [(p.offset, str(MAX_LENGTH) in p.message) for p in found.problems] == [(2, True)]
    deep = r"\n{" * 2_000 + "x" + "}" * 2_000
    assert expand(deep, {"n": "#1"}).text == deep


def test_a_missing_argument_is_told_where_the_macro_stands() -> None:
    (problem,) = expand(r"x + {\norm}", MACROS).problems
    assert (problem.offset, problem.message) == (5, r"missing argument of \norm")


def test_places_are_those_of_the_use_and_of_the_arguments() -> None:
    found = expand(r"a\norm{xy}b", MACROS)
    assert found.text == r"a\lVert xy \rVert" + " b"
    by_text = {found.text[i]: place for i, place in enumerate(found.places)}
    assert (by_text["a"], by_text["x"], by_text["y"], by_text["b"]) == (0, 7, 8, 10)
    assert set(found.places[1 : found.text.index("x")]) == {1}


def test_a_hole_is_one_argument() -> None:
    def tex(text: str) -> str:
        return expand(text, MACROS, [Span(*span) for span in cloze.spans(text)]).text

    assert tex(r"\norm{{c1::x}}") == r"\lVert {{c1::x}} \rVert"
    assert tex(r"\inner{{c1::\R}}{{{c2::y}}}") == r"\langle {{c1::\mathbb{R}}}, {{c2::y}} \rangle"
    assert tex(r"{{c1::\norm{{c2::\a x}}}}") == r"{{c1::\lVert {{c2::\alpha x}} \rVert}}"


def test_no_macro_makes_a_hole() -> None:
    for macros in ({"m": "{{c2::x}}"}, {"m": "{#1}"}, {"m": "{"}):
        for tex in (r"\m{c2::x}}", r"\m\m c2::x}}", r"{\m{c2::x}}", r"\m"):
            assert cloze.numbers(expand(tex, macros).text) == cloze.numbers(tex)


def test_the_trees_of_a_note_have_no_macros() -> None:
    note = Note(
        "n", Kind.CLOZE, "D", r"$\norm{{c1::\R}}$", extra=r"$$\norm{\R}$$",
        macros=tuple(("\\" + name, text) for name, text in MACROS.items()),
    )  # fmt: skip
    parsed = parse_note(note)
    assert "Math(tex='\\\\lVert {{c1::\\\\mathbb{R}}} \\\\rVert'" in repr(parsed.question)
    assert "\\\\lVert \\\\mathbb{R} \\\\rVert" in repr(parsed.extra)
    (paragraph,) = parse(r"$\\R$", macros=note.macros)
    assert paragraph.children == (Math(r"\\R"),)


_PIECES = [
    *(r"\a", r"\b", r"\ab", r"\c", "\\\\", r"\{", "{", "}", "#1", "#2", "#", " ", "x", "^", "_"),
    *("{{c1::", "}}", "[", "]", r"\frac", r"\sqrt", "\\", "&", "é", "\n"),
]
_TEX = st.lists(st.sampled_from(_PIECES), max_size=14).map("".join)
_NAMES = st.sampled_from(["a", "b", "ab", "c", "frac"])


@given(_TEX, st.dictionaries(_NAMES, _TEX, max_size=4))
def test_any_expansion_is_placed(tex: str, macros: dict[str, str]) -> None:
    spans = [Span(*span) for span in cloze.spans(tex)]
    found = expand(tex, macros, spans)
    assert len(found.text) == len(found.places)
    assert all(0 <= place < len(tex) for place in found.places)
    assert all(0 <= problem.offset < len(tex) for problem in found.problems)
    for char, place in zip(found.text, found.places, strict=True):
        assert tex[place] in (char, "\\") or char in " {}"


@given(_TEX)
def test_without_macros_nothing_changes(tex: str) -> None:
    unused = {"unused": "x #1"}
    assert expand(tex, unused) == Expansion(tex, tuple(range(len(tex))), ())


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=8))
def test_macros_without_arguments_are_replaced_one_by_one(names: list[str]) -> None:
    macros = {"a": "1", "b": r"\a\a", "c": "[2]", "d": r"\b\c"}
    flat = {"a": "1", "b": "11", "c": "[2]", "d": "11[2]"}
    tex = "".join(f"\\{name}" for name in names)
    assert expand(tex, macros).text == "".join(flat[name] for name in names)
