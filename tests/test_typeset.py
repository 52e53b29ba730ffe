"""Blocks set to a width: nothing too wide, nothing lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from test_screen_text import PAYLOADS, harmless

from studytool.faces import Face, face
from studytool.markdown import parse
from studytool.notes import Note
from studytool.parsed_notes import parse_note
from studytool.tables import share
from studytool.typeset import Holes, set_blocks
from studytool.wrapping import plain, row_width


def rows_of(text: str, width: int = 40, holes: Holes | None = None) -> list[str]:
    """Return a marked-up text as it stands on the screen."""
    tree = parse(text, holes is not None)
    return plain(set_blocks(tree, width, holes=holes or Holes())).split("\n")


def shown(note: Note, part: str = "front", width: int = 40, seed: str = "") -> Face:
    return face(note, parse_note(note), part, width, seed)


def test_every_kind_of_block_is_set() -> None:
    assert rows_of("a *b* **c** `d` ~~e~~ [f](http://g) <http://h>", 60) == [
        "a b c d e f (http://g) http://h"
    ]
    assert rows_of("# T\n\nx\\\ny\n\n---", 8) == ["T", "", "x", "y", "", "─" * 8]
    assert rows_of("- a\n- b b b b\n  - c", 8) == ["• a", "• b b b", "  b", "  • c"]
    assert rows_of("9. a\n10. b") == [" 9. a", "10. b"]
    assert rows_of("- a\n\n  b\n- c") == ["• a", "", "  b", "", "• c"]
    assert rows_of("> a\n> > b") == ["│ a", "│", "│ │ b"]
    assert rows_of("```\nx = [1]\n\ny\n```", 12) == ["  x = [1]", "", "  y"]
    assert rows_of("![a dog](media/d.png) ![](media/e.png)", 60) == [
        "[picture: a dog] [picture: media/e.png]"
    ]


def test_a_table_shares_its_room() -> None:
    text = "|name|what|\n|:-|-:|\n|a|x|\n|bb|long cell here|"
    assert rows_of(text, 20) == [
        "name            what",
        "────────────────────",
        "a                  x",
        "bb    long cell here",
    ]
    assert rows_of(text, 12) == [
        "name    what",
        "────────────",
        "a          x",
        "bb      long",
        "        cell",
        "        here",
    ]
    assert share([3, 30, 5], 20, [3, 3, 3]) == [3, 12, 5]
    assert share([1, 1], 20, [3, 3]) == [3, 3]
    assert share([20, 20], 24, [15, 3]) == [15, 9]


def test_a_table_without_room_for_its_words_names_the_column_of_each_cell() -> None:
    text = "|model|what it does|\n|-|-|\n|encoder|compresses *everything*|\n|decoder|restores|"
    assert rows_of(text, 16) == [
        "model: encoder",
        "what it does:",
        "  compresses",
        "  everything",
        "",
        "model: decoder",
        "what it does:",
        "  restores",
    ]
    assert rows_of("|only|head|\n|-|-|", 6) == ["only", "head"]


def test_lists_nest_three_deep_with_hanging_indents() -> None:
    text = "1. one two three four\n   - five six seven eight\n     1. nine ten eleven twelve\n2. b"
    assert rows_of(text, 20) == [
        "1. one two three",
        "   four",
        "   • five six seven",
        "     eight",
        "     1. nine ten",
        "        eleven",
        "        twelve",
        "2. b",
    ]


def test_the_rest_of_a_long_line_of_code_stands_in_behind_its_start() -> None:
    assert rows_of("```\nif a:\n    call(one, two, three)\n```", 21) == [
        "  if a:",
        "      call(one,",
        "        two, three)",
    ]
    rows = set_blocks(parse("```\nif a:\n    call(one, two, three)\n```"), 21)
    assert {run.roles for row in rows for run in row} == {"code"}


def test_footnotes_stand_at_the_end_behind_their_numbers() -> None:
    text = "A[^x] and b[^y].\n\n[^y]: Second.\n[^x]: First, and longer than a row.\n\nAfter."
    assert rows_of(text, 22) == [
        "A¹ and b².",
        "",
        "After.",
        "",
        "¹ First, and longer",
        "  than a row.",
        "² Second.",
    ]
    notes = set_blocks(parse("a[^1]\n\n[^1]: *b*"), 20)[-1]
    assert {"muted"} <= {role for run in notes for role in run.roles.split()}
    assert rows_of("a[^1]\n\n[^1]: b c", 5) == ["a¹", "", "¹", "b c"]


def test_nested_and_grouped_holes_are_hidden_and_pointed_out() -> None:
    text = "{{c1::a {{c2::b::hint two}} c::hint one}} and {{c1::d}}"
    assert rows_of(text, 60, Holes(1)) == ["[hint one] and […]"]
    assert rows_of(text, 60, Holes(2)) == ["a [hint two] c and d"]
    shown_first = set_blocks(parse(text, True), 60, "answer", Holes(1, shown=True))[0]
    marked = "".join(run.text for run in shown_first if "hole" in run.roles)
    assert marked == "a b cd"


def test_a_table_too_wide_for_its_columns_loses_nothing() -> None:
    text = "|alpha|beta|gamma|delta|\n|-|-|-|-|\n|one|two|three|four|"
    rows = rows_of(text, 8)
    assert all(cell_len(row) <= 8 for row in rows)
    joined = "".join(rows)
    for word in ("alpha", "beta", "gamma", "delta", "one", "two", "three", "four"):
        assert word in joined


def test_code_keeps_its_blanks_and_roles_colour_it() -> None:
    rows = set_blocks(parse("```\nif x:\n    y = a[0]\n```"), 20)
    assert plain(rows) == "  if x:\n      y = a[0]"
    assert {row_width(row) for row in rows} == {20}
    assert all("code" in run.roles.split() for row in rows for run in row)


def test_brackets_and_tags_are_shown_as_they_are() -> None:
    for text in ("List[int]", "answer [/] end", "[@click=app.quit]x[/]", "<b>x</b>", "$5 and $10"):
        assert rows_of(text, 60) == [text]


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_no_payload_reaches_a_row(payload: str) -> None:
    for text in (
        *(payload, f"`{payload}`", f"```\n{payload}\n```", f"- {payload}", f"> {payload}"),
        *(f"|{payload}|\n|-|", f"![{payload}](x)", f"[x](<{payload}>)", f"# {payload}"),
        *(f"${payload}$", f"$$\n\\text{{{payload}}}\n$$", f"{{{{c1::x::{payload}}}}}"),
    ):
        for holes in (Holes(), Holes(1), Holes(1, shown=True)):
            rows = set_blocks(parse(text, holes.asked > 0), 40, holes=holes)
            assert all(harmless(run.text) and "\n" not in run.text for row in rows for run in row)


pieces = st.sampled_from(
    [
        "*",
        "**",
        "`",
        "```\n",
        "$",
        "$$",
        "[a](b)",
        "![a](b)",
        "> ",
        "- ",
        "1. ",
        "999999999. ",
        "# ",
    ]
    + [
        "\n",
        "\n\n",
        "  ",
        "    ",
        "|a|b|c|\n|-|-|-|\n|",
        "|",
        "---\n",
        "{{c1::",
        "{{c2::",
        "}}",
        "::h",
    ]
    + [
        "\\frac{a}{b}",
        "x^2",
        "word ",
        "a" * 30,
        "機械学習",
        "\u200b",
        "e\u0301",
        "👩\u200d🔬",
        "\t",
        "\\\n",
    ]
)
texts = st.lists(pieces, max_size=25).map("".join)


@given(texts, st.integers(8, 80), st.sampled_from([Holes(), Holes(1), Holes(2, shown=True)]))
def test_no_row_is_too_wide(text: str, width: int, holes: Holes) -> None:
    rows = set_blocks(parse(text, holes.asked > 0), width, holes=holes)
    for row in rows:
        assert row_width(row) <= width, plain([row])
        assert cell_len("".join(run.text for run in row)) <= width
        assert all(run.text and "\n" not in run.text for run in row)


@given(st.lists(st.sampled_from(["- ", "> ", "1. "]), max_size=18), st.integers(8, 80))
def test_deep_blocks_fit_and_lose_no_letter(opening: list[str], width: int) -> None:
    text = "".join(opening) + "abc défgh 機械 xyz"
    rows = set_blocks(parse(text), width)
    assert all(row_width(row) <= width for row in rows)
    assert "abcdéfgh機械xyz" in re.sub(r"[ │•>\d.\n-]", "", plain(rows))


plain_words = st.lists(st.text("abcdefgé機", min_size=1, max_size=7), min_size=1, max_size=30)


@given(plain_words, st.integers(14, 80), st.sampled_from(["{}", "- {}", "> {}", "# {}", "1. {}"]))
def test_words_stay_whole_and_in_order(sequence: list[str], width: int, form: str) -> None:
    rows = set_blocks(parse(form.format(" ".join(sequence))), width)
    kept = [word for word in plain(rows).split() if word not in ("│", "•", "1.")]
    if all(cell_len(word) <= width - 3 for word in sequence):
        assert kept == sequence


@pytest.mark.parametrize(
    ("tex", "asked", "expected"),
    [
        (r"\frac{{c1::a}}{{c2::b}}", 1, "[…]/b"),
        (r"\frac{{c1::a}}{{c2::b}}", 2, "a/[…]"),
        (r"\hat{{c1::x}} + {{c2::y}}", 2, "x̂ + […]"),
        (r"\theta{{c1::x}} {{c2::y}}", 2, "θx[…]"),
        (r"{{c1::\alpha}}x {{c2::y}}", 2, "αx[…]"),
        (r"a {{c1::+}} b {{c2::=}} c", 2, "a + b[…]c"),
        (r"\text{a{{c1::b}}c} {{c2::y}}", 2, "abc[…]"),
    ],
)
def test_the_other_holes_of_a_formula_keep_its_shape(tex: str, asked: int, expected: str) -> None:
    assert rows_of(f"${tex}$", 60, Holes(asked)) == [expected]
