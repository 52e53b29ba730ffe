"""Display formulas: rows of text in two dimensions."""

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from test_texmath import _ANY

from studytool.texmath import Run, block, parse
from studytool.texmath.box import EMPTY, above_each_other, aligned, beside, sign
from studytool.texmath.cells import measured
from studytool.texmath.parts import NOTHING, spaced
from studytool.texmath.setting import Setter

_GOLDEN = Path(__file__).with_name("texmath_blocks_golden.txt").read_text(encoding="utf-8")
_UNFIT = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_ROLES = {
    "variable", "function", "operator", "number", "bracket", "text", "error", "rule",
}  # fmt: skip


def _entries() -> list[tuple[int, str, list[str]]]:
    """Return width, formula and rows of each entry: a row of the rendering begins with a bar."""
    found: list[tuple[int, str, list[str]]] = []
    for entry in _GOLDEN.strip().split("\n\n"):
        head, *rows = entry.split("\n")
        width, _, tex = head.partition(" ")
        found.append((int(width), tex, [row[1:] for row in rows]))
    return found


def _texts(tex: str, width: int = 76) -> list[str]:
    return ["".join(run.text for run in row) for row in block(tex, width)]


@pytest.mark.parametrize(("width", "tex", "rows"), _entries())
def test_golden(width: int, tex: str, rows: list[str]) -> None:
    assert _texts(tex, width) == rows


def test_golden_fits() -> None:
    for width, tex, rows in _entries():
        assert max(map(cell_len, rows)) <= width, tex


def test_parsed_formula() -> None:
    assert block(parse(r"\frac{a}{b}"), 10) == block(r"\frac{a}{b}", 10)


class TestRoles:
    def test_bars_are_rules(self) -> None:
        rows = block(r"\frac{ab}{c}", 20)
        assert rows[1] == (Run("──", "rule"),)

    def test_holes_keep_the_shape(self) -> None:
        plain = _texts(r"x=\frac{a^2}{\sqrt{b}}+c")
        rows = block(r"x=\frac{a^2}{\class{hole}{\sqrt{b}}}+c", 76)
        assert ["".join(run.text for run in row) for row in rows] == plain
        marked = "".join(run.text for row in rows for run in row if "hole" in run.role.split())
        assert marked == "√b"

    def test_bold_is_told_from_plain(self) -> None:
        assert _texts(r"\frac{\mathbf x}{x}") == ["𝐱", "─", "x"]
        assert _texts(r"\frac{\mathbf x}{y}") == ["x", "─", "y"]

    def test_unknown_is_an_error(self) -> None:
        assert block(r"\frac{\foo}{b}", 20)[0] == (Run(r"\foo", "error"),)


class TestBreaking:
    def test_relations_come_first(self) -> None:
        rows = _texts("aaaa = bbbb + cccc = dddd + eeee", 24)
        assert rows == ["aaaa = bbbb + cccc", "     = dddd + eeee"]

    def test_operators_go_behind_the_relation(self) -> None:
        assert _texts("aaaa = bbbb + cccc + dddd", 20) == ["aaaa = bbbb + cccc", "       + dddd"]

    def test_brackets_stay_whole(self) -> None:
        rows = _texts("x = (a + b + c) (d + e + f)", 20)
        assert rows == ["x = (a + b + c)", "    (d + e + f)"]

    def test_formulas_of_one_line_go_apart(self) -> None:
        assert _texts(r"a = b + c, \qquad d = e + f", 18) == ["a = b + c,", "d = e + f"]

    def test_a_blank_row_keeps_what_hangs_apart(self) -> None:
        rows = _texts(r"a = \sum_i b_i + \sum_i c_i + d_i", 16)
        assert rows == ["a = ∑ bᵢ + ∑ cᵢ", "    i      i", "", "    + dᵢ"]

    def test_one_piece_may_be_wider(self) -> None:
        assert max(map(len, _texts(r"\begin{matrix}aaaa&bbbb&cccc\end{matrix}", 8))) == 16


class TestBoxes:
    def test_beside(self) -> None:
        tall = above_each_other([sign("a"), sign("bbb"), sign("c")], 1)
        box = beside([tall, sign("=")], [0, 1])
        assert (box.width, box.base, len(box.rows)) == (5, 1, 3)
        assert ["".join(run.text for run in row) for row in box.rows] == [" a", "bbb =", " c"]

    def test_aligned(self) -> None:
        assert [aligned(sign("ab"), 6, side).widths for side in ("l", "c", "r")] == [
            (2,), (4,), (6,),
        ]  # fmt: skip

    def test_nothing(self) -> None:
        assert block("", 10) == ((),)
        assert spaced([NOTHING]).box() == EMPTY

    def test_wide_characters_take_two_cells(self) -> None:
        assert _texts(r"\frac{日本}{x}") == ["日本", "────", " x"]

    def test_every_character_is_measured_as_rich_does(self) -> None:
        for code in (*range(0x3000), *range(0xFE00, 0xFF00), *range(0x1F000, 0x1FB00)):
            text, width = measured("a" + chr(code))
            assert cell_len(text) == width, hex(code)


@pytest.mark.parametrize(
    "piece",
    ["{", "^", "'", "|", "&", "(", "a", "-", " ", "\\\\", "\\frac", "\\frac{", "\\frac{a}{b}",
     "\\sqrt[", "\\left(", "\\left(a\\right)", "\\big(", "\\big(a\\big)", "x^{", "x_d^Q", "|x|",
     "\\begin{matrix}", "\\begin{aligned}a&b\\\\", "a&b\\\\", "\\text{ab cd }", "\\sum_{i}^n ",
     "\\foo ", "\\overline{ab}", "\\underbrace{a}_{b}", "日", "e\u0301"],
)  # fmt: skip
def test_long(piece: str) -> None:
    """Fifty kilobytes of anything are set."""
    assert isinstance(block(piece * (50_000 // len(piece)), 76), tuple)


def test_deep() -> None:
    assert block(r"\big(" * 3000 + "a" + r"\big)" * 3000, 76)
    assert block(r"\frac{" * 100 + "a" + "}{b}" * 100, 76)
    assert block(r"\begin{cases}" * 70 + "a" + r"\end{cases}" * 70, 20)


@given(_ANY, st.integers(0, 90))
def test_any_input(tex: str, width: int) -> None:
    """Nothing raises, and every row is as wide as its box says."""
    row = Setter(max(1, width)).row(parse(tex).nodes, True)
    box = row.box()
    for runs, size in zip(box.rows, box.widths, strict=True):
        assert cell_len("".join(run.text for run in runs)) == size <= box.width
    rows = block(tex, width)
    assert rows
    for runs in rows:
        assert not runs or not runs[-1].text.endswith(" ")
        for run in runs:
            assert run.text
            assert not {unicodedata.category(char) for char in run.text} & _UNFIT
            assert run.role.split()[0] in _ROLES


@given(st.lists(st.sampled_from([*"abcxyz", "+", "=", "(", ")", r"\frac{a}{b}"]), max_size=40))
def test_what_can_be_broken_fits(parts: list[str]) -> None:
    """Where every second part is an operator, a width of twelve is enough for rows outside."""
    tex = " + ".join(part for part in parts if part not in "+=()") or "x"
    assert max(map(cell_len, _texts(tex, 12))) <= 12


def test_the_surface_is_small() -> None:
    code = "import sys, studytool.texmath; print('studytool.texmath.setting' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
