"""Formulas in the real Anki: what MathJax is given on the question and the answer of each card."""

from __future__ import annotations

import pytest
from anki_profile import Anki, paths, run, visible
from hypothesis import given
from hypothesis import strategies as st

from studytool import cloze
from studytool.anki.escaping import math
from studytool.notes import Kind, Note, guid

MACROS = ((r"\norm", r"\lVert #1 \rVert"), (r"\R", r"\mathbb{R}"))
CLOZES = {
    r"$x^{{c1::ab}}$": r"\(x^{ [...] }\) | \(x^{ ab }\)",
    r"$x_{{c1::i}}^2$": r"\(x_{ [...] }^2\) | \(x_{ i }^2\)",
    r"$\hat{{c1::x}}$": r"\(\hat{ [...] }\) | \(\hat{ x }\)",
    r"$\sqrt{{c1::x}}$": r"\(\sqrt{ [...] }\) | \(\sqrt{ x }\)",
    r"$\frac a{{c1::bc}}$": r"\(\frac a{ [...] }\) | \(\frac a{ bc }\)",
    r"$\theta{{c1::x}}$": r"\(\theta [...]\) | \(\theta x\)",
    r"${{c1::\alpha}}x$": r"\([...]x\) | \(\alpha x\)",
    r"$a{{c1::+}}b$": r"\(a[...]b\) | \(a+b\)",
    r"$\text{{c1::two words}}$": r"\(\text{[...]}\) | \(\text{two words}\)",
    r"$x^{{{c1::2}}}$": r"\(x^{ [...] }\) | \(x^{ 2 }\)",
    r"${{c1::\frac{a}{b_{c}}}}$": r"\([...]\) | \(\frac{a}{b_{c} } \)",
    r"$\norm{{c1::\R}}$": r"\(\lVert [...] \rVert\) | \(\lVert \mathbb{R} \rVert\)",
    r"$\frac{1}{b^{2}} + {{c1::x<y}}$": r"\(\frac{1}{b^{2} } + [...]\) | "
    r"\(\frac{1}{b^{2} } + x<y\)",
    r"$$\begin{aligned}{{c1::a}}&=b\\{{c1::c}}&=d\end{aligned}$$": (
        r"\[\begin{aligned}{}[...]&=b\\ [...]&=d\end{aligned}\] | "
        r"\[\begin{aligned}{}a&=b\\ c&=d\end{aligned}\]"
    ),
    r"$\begin{pmatrix}{{c1::a}}&b\end{pmatrix}$": r"\(\begin{pmatrix}[...]&b\end{pmatrix}\) | "
    r"\(\begin{pmatrix}a&b\end{pmatrix}\)",
}
PLAIN = {
    r"$a<b$ and $c>d\&e$": r"\(a<b\) and \(c>d\&e\)",
    r"$\begin{cases}1&x\\[2pt]0&y\end{cases}$": r"\(\begin{cases}1&x\\[2pt]0&y\end{cases}\)",
    r"$\R^n$ $\\R$ \R": r"\(\mathbb{R}^n\) \(\\R\) \R",
    r"$x^\R$": r"\(x^{\mathbb{R} }\)",
    r"$\text{[sound:x.mp3] {{Front}}}$": r"\(\text{[sound:x.mp3] { {Front} } }\)",
    "$p(a\n\\mid b)$": r"\(p(a \mid b)\)",
}


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Anki:
    folder = tmp_path_factory.mktemp("anki")
    (folder / "media").mkdir()
    notes = [
        *(Note(f"c{i}", Kind.CLOZE, "D", text, macros=MACROS) for i, text in enumerate(CLOZES)),
        *(Note(f"b{i}", Kind.BASIC, "D", "q", text, macros=MACROS) for i, text in enumerate(PLAIN)),
    ]
    anki = Anki(folder)
    assert anki.take(*paths(run(notes, folder, folder / "out"))) == (len(notes), 0, 0, 0)
    anki.sound()
    return anki


@pytest.mark.parametrize("text", CLOZES)
def test_a_hole_keeps_the_shape_of_its_formula(imported: Anki, text: str) -> None:
    name = f"c{list(CLOZES).index(text)}"
    card = imported.note(guid("", Note(name, Kind.CLOZE, "D", text))).cards()[0]
    sides = f"{visible(card.question())} | {visible(card.answer())}"
    assert sides == CLOZES[text]


@pytest.mark.parametrize("text", PLAIN)
def test_a_formula_goes_to_mathjax_as_it_was_written(imported: Anki, text: str) -> None:
    name = f"b{list(PLAIN).index(text)}"
    card = imported.note(guid("", Note(name, Kind.BASIC, "D", text))).cards()[0]
    assert visible(card.answer()).removeprefix("q ") == PLAIN[text]


_PIECES = st.sampled_from(
    [
        *("{{c1::", "{{c2::", "}}", "{", "}", "x", "12", "^", "_", "\\\\", "\\frac", "\\text", " "),
        *("\\alpha", "\\begin{aligned}", "\\end{aligned}", "[", "]", "&", "::", ":", "<", "\\"),
    ]
)


@given(st.lists(_PIECES, max_size=20).map("".join))
def test_the_export_has_the_holes_of_the_source(tex: str) -> None:
    field = math(tex, False, True)[2:-2]
    assert cloze.numbers(field) == cloze.numbers(tex)
    plain = math(tex, False, False)[2:-2]
    assert cloze.numbers(plain) == ()
