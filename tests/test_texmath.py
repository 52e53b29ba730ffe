"""Formulas: what the parser reads and what one line of text says."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from studytool.texmath.line import line
from studytool.texmath.nodes import Environment, Fraction, Node, Raw, Scripted, walk
from studytool.texmath.parse import parse
from studytool.texmath.symbols import ACCENTS, DELIMITERS, ENVIRONMENTS, SYMBOLS
from studytool.texmath.texts import SIGNS

_GOLDEN = Path(__file__).with_name("texmath_golden.tsv").read_text(encoding="utf-8").splitlines()
_KNOWN = Path(__file__).with_name("texmath_known.txt").read_text(encoding="utf-8").splitlines()
_ROLES = {"variable", "function", "operator", "number", "bracket", "text", "error"}

_COMMANDS = r"""
\frac \dfrac \binom \sqrt \sqrt[3] \left( \right) \left. \right| \left\{ \middle| \big| \Bigl(
\over \choose \not \text{ \text{if} \mathrm \mathbf{ \mathbb \mathsf \operatorname
\operatorname* \underset \overset \substack{ \xrightarrow[ \class{hole}{ \color{red} \tag{1}
\limits \mathop \\ \, \quad \! \| \{ \} \lVert \rVert \mid \foo \bar{ \bf \begin{foo} \end
\begin || \phantom{ \pmod \textbf{ \begin{array}{cc} }{ }^ _{ ^{ 12.5 1{,}0 \verb| \kern1em
\hspace{1em} \textcolor{red}{ \colorbox{a}{ \genfrac{(}{)}{0pt}{}{ \sideset{_a}{^b} \prescript
\braket{ \set{ \cancelto \unicode{ \textcircled{ \eqref{ \raise \bbox[ \matrix{ \cases{ \atop
\brace \above1pt \text{\'e} \overunderset \ketbra \mathchoice \smash[b] \begin{pmatrix*}[r]
"""
_PIECES = [
    *"abcxyzQDN0123456789+-=<>(){}[]|,;:!/'^_&~$#%*. \n\t",
    *(f"\\{name} " for name in SYMBOLS),
    *(f"\\{name}" for name in ACCENTS),
    *(f"\\begin{{{name}}}" for name in ENVIRONMENTS),
    *(f"\\end{{{name}}}" for name in ENVIRONMENTS),
    *_COMMANDS.split(),
    "\\", "é", "e\u0301", "日", "\u0338", "\x00", "\x1b[31m", "\u202e", "\ud800", "\u2028", "🙂",
]  # fmt: skip
_TEX = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)
_UNSEEN = (
    "color",
    "phantom",
    "array",
    "alignat",
    "verb",
    "hspace",
    "genfrac",
    "unicode",
    "textcircled",
    "eqref",
    "bbox",
    "mathchoice",
    "smash",
    "matrix*",
    "raise",
    "kern",
    "cancelto",
    "xalignat",
)
_KEEPING = st.lists(
    st.sampled_from([piece for piece in _PIECES if not any(name in piece for name in _UNSEEN)]),
    max_size=20,
).map("".join)
_ANY = st.one_of(_TEX, st.text(st.characters(), max_size=60))


def _text(tex: str) -> str:
    return "".join(run.text for run in line(tex))


def _examples(row: str) -> list[str]:
    """Split a row at the blanks outside braces."""
    parts = [""]
    for char in row:
        depth = parts[-1].count("{") - parts[-1].count("}")
        if char == " " and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _roles(tex: str) -> dict[str, str]:
    return {run.text: run.role for run in line(tex)}


def _messages(tex: str) -> list[str]:
    return [problem.message for problem in parse(tex).problems]


@pytest.mark.parametrize("row", _GOLDEN, ids=lambda row: str(row).split("\t")[0])
def test_golden(row: str) -> None:
    """Every formula of the table has its text."""
    tex, expected = row.split("\t")
    assert _text(tex) == expected


@pytest.mark.parametrize("row", _KNOWN, ids=lambda row: str(row).split("\t")[0])
def test_known(row: str) -> None:
    """What MathJax users write is read without a problem, and nothing of it is left."""
    group, examples = row.split("\t")
    for tex in _examples(examples):
        assert _messages(tex) == [], tex
        for run in line(tex):
            assert run.role != "error", tex
            assert "\\" not in run.text or "backslash" in tex, tex
    assert group


def test_every_sign_is_one_cell_wide() -> None:
    """A sign takes as many cells as it has characters, whatever the terminal."""
    for name, symbol in {**SYMBOLS, **DELIMITERS}.items():
        assert cell_len(symbol.text) == len(symbol.text), name
    for name, text in SIGNS.items():
        assert cell_len(text) == len(text), name


def test_golden_meanings_differ() -> None:
    """Formulas that mean different things never share a text."""
    groups = [
        [r"\frac{a}{b}c", r"\frac{a}{bc}", r"a\frac{b}{c}", r"\frac{ab}{c}"],
        [r"\frac{\frac{a}{b}}{c}", r"\frac{a}{\frac{b}{c}}", r"\frac{a}{b}\frac{1}{c}"],
        [r"-x^2", r"(-x)^2", r"{-x}^2 y"],
        ["x^{y^z}", "{x^y}^z", "x^{yz}", "x^yz"],
        ["x_{i_j}", "{x_i}_j", "x_{ij}", "x_i j"],
        ["x_{QD}", "x_Q D", "x_{Q_D}", "x_Q^D", "x_{Q^D}"],
        [r"\sqrt{ab}", r"\sqrt{a}b", r"\sqrt{a^2}", r"\sqrt{a}^2", r"a^3\sqrt{x}", r"a\sqrt[3]{x}"],
        [r"a\sqrt[n]{x}", r"a^n\sqrt{x}"],
        [r"f^{(Q)}", "f^Q", "f^{(Q')}", "f^{Q'}", r"f^{(i,j)}", r"f^{i,j}"],
        [r"\hat{x_i}", r"\hat{x}_i"],
        [r"\overline{xy}", r"\overline{x}\overline{y}"],
        [r"\log\frac{a}{b}c", r"\log\frac{a}{bc}", r"\log(\frac{a}{b})c"],
        [r"\lim_{x\to 0}\frac{a}{b}", r"\lim_{x\to 0 (\frac{a}{b})}"],
        [r"\mathbf x + x", "x + x", r"x + \mathbf x"],
        [r"\mathsf x x", r"\mathbf x x", r"\mathbb x x"],
        [r"\phi", r"\varphi"],
        [r"p_{\text{data}}", "p_d ata", "p_{data}"],
        [r"\theta_d^2", r"\theta_{d^2}"],
        ["x^*y", "x*y"],
        [r"\begin{bmatrix}a&-b\end{bmatrix}", r"\begin{bmatrix}a-b\end{bmatrix}"],
        [r"\begin{bmatrix}a\\b\end{bmatrix}", r"\begin{bmatrix}a&b\end{bmatrix}"],
        [r"\begin{vmatrix}a&b\end{vmatrix}", r"\begin{bmatrix}a&b\end{bmatrix}"],
        [r"x^{\frac{a}{b}c}", r"x^{\frac{a}{b}}c", r"x^{\frac{a}{bc}}"],
    ]
    for group in groups:
        texts = [_text(tex) for tex in group]
        assert len(set(texts)) == len(texts), texts


class TestRoles:
    """Roles say what a piece is."""

    def test_kinds(self) -> None:
        """Letters, names, signs, numbers, brackets and words are told apart."""
        roles = _roles(r"\log(x) = 2 \text{ if}")
        assert roles["log"] == "function"
        assert roles["("] == roles[")"] == "bracket"
        assert roles["x"] == "variable"
        assert roles["="] == "operator"
        assert roles["2"] == "number"
        assert roles[" if"] == "text"

    def test_bold(self) -> None:
        """A bold letter is plain text with a role, until the plain letter is used as well."""
        assert _roles(r"\mathbf f") == {"f": "variable bold"}
        assert _roles(r"\hat{\boldsymbol\theta}")["θ̂"] == "variable bold"
        assert _roles(r"\mathbf x+x")["𝐱"] == "variable bold"

    def test_holes(self) -> None:
        """Everything inside a hole says so and nothing else does."""
        runs = line(r"a + \class{hole}{\frac{b}{2}} + x_{\class{hole}{i}}")
        marked = [run for run in runs if "hole" in run.role.split()]
        assert "".join(run.text for run in marked) == "b/2ᵢ"
        assert [run.role for run in marked][0] == "variable hole"

    def test_holes_keep_the_text(self) -> None:
        """A hole changes roles, never the text."""
        for tex in ("x^2", r"\frac{a}{b}", "a+b", r"\log", r"x_i", r"\sum_i"):
            assert _text(rf"c \class{{hole}}{{{tex}}} d") == _text(f"c {{{tex}}} d")

    def test_unknown(self) -> None:
        """An unknown command is an error and stays as it was written."""
        assert line(r"\foo")[0] == (r"\foo", "error")


class TestProblems:
    """What is wrong in a formula is noted with its place."""

    @pytest.mark.parametrize(
        ("tex", "offset", "message"),
        [
            (r"a \foo", 2, r"unknown command \foo"),
            ("a{b", 1, "unclosed {"),
            (r"\frac{a}", 8, "missing argument"),
            ("x^", 2, "missing argument"),
            ("x^a^b", 3, "double superscript"),
            ("x_a_b", 3, "double subscript"),
            (r"\left( a", 0, r"\left without \right"),
            (r"a \right)", 2, r"unexpected \right"),
            (r"\left a", 0, r"\left without a bracket"),
            ("a}", 1, "unexpected }"),
            ("a & b", 2, "unexpected &"),
            (r"\begin{foo}a\end{foo}", 0, "unknown environment foo"),
            (r"\begin{matrix}a", 0, r"\begin{matrix} without \end"),
            (
                r"\begin{matrix}a\end{cases}",
                19,
                r"\begin{matrix} ended by \end{cases}",
            ),
            (r"\text{a", 5, "unclosed {"),
            (r"\sqrt[3{x}", 5, "unclosed ["),
        ],
    )
    def test_found(self, tex: str, offset: int, message: str) -> None:
        """The first problem names the place."""
        assert (offset, message) in [problem[:2] for problem in parse(tex).problems]

    def test_none(self) -> None:
        """Sound formulas have none."""
        broken = {
            "\\foo", "\\foo x", "\\foo{a}{b+c}", "\\foo^2", "a & b", "a \\\\ b", "x^", "\\frac{a}",
            "x^a^b", "\\left( x", "{x", "x}",
        }  # fmt: skip
        for row in _GOLDEN:
            tex = row.split("\t")[0]
            if tex not in broken and not tex.startswith("\\begin{foo}"):
                assert _messages(tex) == [], tex


def test_a_marked_letter_in_an_alphabet() -> None:
    """Combining marks stay with their letter."""
    assert _text("\\mathbb e\u0301") == "𝕖\u0301"


class TestTree:
    """The tree keeps the places of its parts."""

    def test_slices(self) -> None:
        """A node's offsets cut out its source."""
        source = r"y = \frac{a}{b} + x_i^2 + \begin{matrix}a\end{matrix}"
        found = {
            type(node): source[node.start : node.end]
            for node in walk(parse(source).nodes)
            if isinstance(node, (Fraction, Scripted, Environment))
        }
        assert found == {
            Fraction: r"\frac{a}{b}",
            Scripted: "x_i^2",
            Environment: r"\begin{matrix}a\end{matrix}",
        }

    def test_one_token(self) -> None:
        """A script and an argument take one token, as in TeX."""
        assert _text("x^12") == "x¹2"
        assert _text(r"\frac123") == "(1/2) 3"

    def test_deep(self) -> None:
        """Beyond the limit the source is shown as it was written."""
        tex = r"\frac{" * 100 + "a" + "}{b}" * 100
        assert any(isinstance(node, Raw) for node in walk(parse(tex).nodes))
        assert _text(tex).count(r"\frac{") >= 40
        assert _messages(tex) == ["nested more than 60 levels deep"]


@pytest.mark.parametrize(
    "piece",
    ["{", "}", "^", "_", "'", "|", "||", "&", "$", "(", "[", "a", "1", "-", " ", "\\", "\\\\",
     "\\frac", "\\frac{", "\\sqrt", "\\sqrt[", "\\left(", "\\right)", "\\not", "\\hat", "x^", "x^{",
     "\\begin{matrix}", "\\end{matrix}", "\\begin{foo}", "\\text{", "\\text{$", "\\over", "a\\over",
     "\\mathrm", "\\mathrm{", "\\class{hole}{", "\\foo{", "\\foo", "\\substack{", "\\operatorname",
     "\\xrightarrow[", "\\binom", "\\color{", "\\tag{", "\\begin", "\\phantom", "\\mathop{", "|x|",
     "(|", "\\bf{", "\\frac ab", "e\u0301", "x_1", "\\begin{cases}a&b\\\\"],
)  # fmt: skip
def test_long(piece: str) -> None:
    """Fifty kilobytes of anything are read."""
    tex = piece * (50_000 // len(piece))
    assert isinstance(line(tex), tuple)


@given(_ANY)
def test_any_input(tex: str) -> None:
    """Nothing raises, and no text disturbs a terminal."""
    for run in line(tex):
        assert run.text
        assert run.role.split()[0] in _ROLES
        for char in run.text:
            assert unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp")
            assert char not in "\u202e\u2066"


@given(_ANY)
def test_offsets(tex: str) -> None:
    """Every place is inside the source, and problems come in order."""
    parsed = parse(tex)
    for node in walk(parsed.nodes):
        assert isinstance(node, Node)
        assert 0 <= node.start <= node.end <= len(tex)
    offsets = [problem.offset for problem in parsed.problems]
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= len(tex) for offset in offsets)


@given(st.text("abcXYZ0189+-=()[]{}|,^_'&/ <>*!.~", max_size=40))
def test_nothing_dropped(tex: str) -> None:
    """Every letter and digit of the source is in the text, in some size."""
    shown = unicodedata.normalize("NFKD", _text(tex))
    for char in set(tex):
        if char.isalnum():
            assert shown.count(char) == tex.count(char)


@given(_KEEPING, _KEEPING)
def test_unknown_commands_are_verbatim(before: str, after: str) -> None:
    """An unknown command is somewhere in the text, as it was written."""
    assert "\\zzunknown" in _text(f"{before} \\zzunknown {after}")


@given(st.lists(st.sampled_from(["\\zza", "\\zzb", *"x{}+^_2"]), max_size=30))
def test_unknown_commands_among_scripts(parts: list[str]) -> None:
    """Unknown commands keep their backslash wherever they stand."""
    text = _text(" ".join(parts))
    for name in ("\\zza", "\\zzb"):
        assert text.count(name) == parts.count(name)
