"""What is wrong with formulas: messages, hints, and what Anki's MathJax would not typeset."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.texmath.anki_faults import anki_faults
from studytool.texmath.letters import FONTS, TEXTS
from studytool.texmath.mathjax import INSTEAD, knows_command, knows_environment
from studytool.texmath.nodes import Problem
from studytool.texmath.parse import parse
from studytool.texmath.problems import MAX_FAULTS, commands, expecting, faults, hinted, meant
from studytool.texmath.symbols import ACCENTS, SYMBOLS

CASES = [
    (r"\thetta", "command", 0, 7, r"did you mean `\theta`"),
    (r"x + \alphax", "command", 4, 7, r"`\alpha x`"),
    (r"\Thetta", "command", 0, 7, r"`\Theta`"),
    (r"\mathbbb{R}", "command", 0, 8, r"`\mathbb`"),
    (r"\frac{a}", "formula", 8, 1, r"\frac{…}{…}"),
    (r"\sqrt", "formula", 5, 1, r"\sqrt{…}"),
    (r"{x^} + y", "formula", 3, 1, "`^{n}`"),
    (r"a + {b", "formula", 4, 1, "`}`"),
    (r"\left( a", "formula", 0, 5, r"`\right.`"),
    (r"a \right)", "formula", 2, 6, r"no `\left`"),
    (r"\begin{aligned}a\end{align}", "formula", 20, 1, "same name"),
    (r"\begin{pmatrix}a", "formula", 0, 6, "same name"),
    (r"\begin{pmatrx}a\end{pmatrx}", "formula", 0, 6, "`pmatrix`"),
    (r"a_b_c", "formula", 3, 1, "{x_a}_b"),
    (r"a^b^c", "formula", 3, 1, "{x^a}^b"),
    (r"\begin a", "formula", 0, 6, r"`\begin{cases}`"),
    (r"a & b", "formula", 2, 1, r"`\&`"),
    (r"a } b", "formula", 2, 1, r"`\}`"),
    (r"a # b", "formula", 2, 1, r"`\#`"),
    (r"\ce{H2O}", "command", 0, 3, ""),
    (r"\begin{CD}A\end{CD}", "command", 0, 6, ""),
    (r"a \\ b", "mathjax", 2, 2, "aligned"),
    (r"\bm{x}", "mathjax", 0, 3, r"`\boldsymbol`"),
    (r"\argmax_x", "mathjax", 0, 7, r"\operatorname*"),
    (r"\hat\mathbf{x}", "mathjax", 4, 7, r"\hat{\mathbf…}"),
    (r"\frac a\hat b", "mathjax", 7, 4, "braces"),
    (r"\text{50\%}", "mathjax", 8, 2, "`%`"),
    (r"\text{a \alpha}", "mathjax", 8, 6, "words"),
    (r"50% of", "mathjax", 2, 1, r"`\%`"),
    (r"x^{2}'", "mathjax", 5, 1, "prime"),
    (r"x\limits_i", "mathjax", 1, 7, ""),
    (r"\href{a}{b}", "mathjax", 0, 5, ""),
    (r"\newcommand{\a}{b}", "mathjax", 0, 11, "`macros:`"),
    (r"\label{a}", "mathjax", 0, 6, ""),
    (r"x \ref{a}", "mathjax", 2, 4, ""),
    (r"\begin{align}a\end{align}", "mathjax", 0, 6, "$$"),
    (r"\begin{math}a\end{math}", "mathjax", 0, 6, ""),
    (r"\tag{1} x", "mathjax", 0, 4, "$$"),
]


def test_an_environment_without_a_name_is_told_once() -> None:
    assert [fault.message for fault in faults(r"\begin a")] == [r"\begin without a name"]


@pytest.mark.parametrize(("tex", "rule", "offset", "length", "hint"), CASES)
def test_faults(tex: str, rule: str, offset: int, length: int, hint: str) -> None:
    first = faults(tex)[0]
    assert (first.rule, first.offset, first.length) == (rule, offset, length)
    assert hint in first.hint and first.message and not first.message.endswith(".")
    assert first.level == "error" or rule != "formula"


@pytest.mark.parametrize(
    "tex",
    [
        *(r"\sqrt\frac12", r"x^\frac12", r"x_\mathrm{a}", r"\frac\alpha\beta", r"\hat\theta"),
        *(r"\mathbb R^n", r"x'^2", r"x''_i", r"\text{if $x \le \alpha$}", r"\text{costs \$5}"),
        *(r"\operatorname*{arg\,max}_\theta", r"\sum\limits_{i=1}^n", r"\left.x\right|_0"),
        *(r"\not\mathrel{R}", r"\begin{cases}1 & x\\ 0 & y\end{cases}", r"50\,\%", r"\{a\}"),
        *(r"\textbf{a b}", r"\underset{x}{\min}", r"\pmod\frac12", r"a^{b'}", r"\sqrt[3]{\hat x}"),
    ],
)
def test_what_mathjax_and_the_terminal_show_is_fine(tex: str) -> None:
    assert faults(tex) == []


def test_a_display_formula_may_be_an_environment_or_have_a_number() -> None:
    assert faults(r"\begin{align}a &= b\end{align} \tag{1}", display=True) == []


def test_hints_are_added_to_the_problems_of_the_parser() -> None:
    (problem,) = parse(r"x \thetta").problems
    assert problem == Problem(2, r"unknown command \thetta")
    assert "theta" in hinted(r"x \thetta")(problem).hint
    kept = Problem(0, "x", "y")
    assert hinted("x")(kept) is kept
    assert meant("qqqqqqqqqqqqqqqqqqqqqqqqqq") == ""
    assert expecting(r"\frac{a}", 8) == r"\frac" and expecting("a", 1) == ""


def test_names_are_those_of_mathjax() -> None:
    for name in ("alpha", "boldsymbol", "ce", "operatorname", "xrightarrow", "langle", "middle"):
        assert knows_command(name)
    for name in ("bm", "SI", "dv", "argmax", "softmax"):
        assert not knows_command(name)
    assert knows_environment("aligned") and not knows_environment("math")
    assert not any(knows_command(name) for name in INSTEAD)
    assert {"theta", "frac", "text", "hat", "left", "langle"} <= set(commands())


@pytest.mark.parametrize("name", sorted({*SYMBOLS, *ACCENTS, *FONTS, *TEXTS}))
def test_a_known_command_is_never_called_unknown(name: str) -> None:
    argument = "" if name in SYMBOLS else "{x}"
    found = faults(f"a \\{name}{argument}")
    assert all(fault.rule == "mathjax" for fault in found)
    assert bool(found) == (name.isalpha() and not knows_command(name))


_PIECES = [
    *(r"\hat", r"\frac", r"\text", r"\left(", r"\right)", r"\begin{cases}", r"\end{cases}", "\\"),
    *(r"\foo", "{", "}", "$", "^", "_", "'", "&", r"\\", "%", "#", " ", "x", "[", "]", r"\limits"),
]


@given(st.lists(st.sampled_from(_PIECES), max_size=20).map("".join))
def test_anything_has_faults_inside_it(tex: str) -> None:
    for fault in [*faults(tex), *anki_faults(tex, False, ())]:
        assert 0 <= fault.offset <= len(tex) and fault.length > 0
        assert fault.rule in ("formula", "command", "mathjax")


@pytest.mark.parametrize("piece", ["^", "\\foo", "{", "\\frac", "\\left(", "'^", "\\hat\\hat"])
def test_of_very_many_faults_some_are_told(piece: str) -> None:
    found = faults(piece * 5_000)
    assert 0 < len(found) <= 2 * MAX_FAULTS
