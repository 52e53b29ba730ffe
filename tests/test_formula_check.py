"""Formulas in `studytool check`: each complaint at its place in the file, however it is written."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from studytool.check import check
from studytool.craft.explain import explained, listed
from studytool.craft.rules import explanations
from studytool.diagnostics import Diagnostic, Severity, render
from studytool.formula_check import RULES, check_formulas
from studytool.library import load_library

TOP = "deck: D\nnotes:\n- id: n\n"


def complaints(folder: Path, text: str, top: str = TOP) -> list[Diagnostic]:
    """Return what `check` says of a bank."""
    (folder / "b.yaml").write_text(top + text, encoding="utf-8")
    return check(load_library(folder), folder)


def marked(complaint: Diagnostic) -> str:
    """Return what the caret underlines."""
    return complaint.source_line[complaint.column - 1 :][: complaint.length]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (r"  q: What is $x + \thetta$?" + "\n  a: A\n", 4),
        (r"  q: 'It''s ''so'': $x + \thetta$?'" + "\n  a: A\n", 4),
        (r'  q: "A \"quoted\" $x + \\thetta$?"' + "\n  a: A\n", 4),
        ("  q: A long\n    question on $x$ and\n    $x + \\thetta$?\n  a: A\n", 6),
        ("  q: |\n    First $x$.\n\n    $$\n    x + \\thetta\n    $$\n  a: A\n", 8),
        ("  q: >\n    First $x$\n    then `$\\thetta$`\n    $x + \\thetta$\n  a: A\n", 7),
        ("  q: Q\n  a: $\\thetta$\n", 5),
        ("  q: Q\n  a: A\n  extra: |\n    > quoted $a +\n    > \\thetta$\n", 8),
        ("  q: Q\n  a: A\n  extra: |\n    - listed $a +\n      \\thetta$\n", 8),
        ("  q: Q\n  a: A\n  hint: $\\thetta$\n", 6),
        ("  front: Q\n  back: A\n  reverse: $\\thetta$\n", 6),
        ("  q: Q\n  choices:\n    right: $x$\n    wrong:\n    - y\n    - $\\thetta$\n", 9),
        ("  q: Q\n  steps:\n  - one\n  - $\\thetta$\n", 7),
        ("  cloze: A {{c1::hole $\\thetta$}} of it\n", 4),
        ("  cloze: A $x_{{c1::\\thetta}} + \\frac{{c2::a}}{{c3::b}}$ of it\n", 4),
        ("  cloze: A $x + {{c1::a {{c2::\\thetta}}::hint}}$ of it\n", 4),
        ("  q: Q\n  a: |\n    | a | b |\n    |---|---|\n    | 1 | $\\|x\\| \\thetta$ |\n", 8),
        ("  q: Q[^1]\n  a: A\n  extra: |\n    A[^1] $y$\n\n    [^1]: $\\thetta$\n\n    $z$\n", 9),
    ],
)
def test_the_caret_is_on_the_spot(tmp_path: Path, text: str, line: int) -> None:
    found = [c for c in complaints(tmp_path, text) if c.code == "command"]
    assert [(c.line, c.severity) for c in found] == [(line, Severity.WARNING)]
    assert marked(found[0]).strip("\\") == "thetta"
    assert r"`\theta`" in found[0].help
    assert "^" * 7 in render(found[0])


@pytest.mark.parametrize(
    ("tex", "caret"),
    [
        (r"\frac{a}", "$"),
        (r"a + {b", "{"),
        (r"\left( a", r"\left"),
        (r"\begin{cases}a\end{matrix}", "{"),
        (r"\begin{foo}a\end{foo}", r"\begin"),
        (r"x_a_b", "_"),
    ],
)
def test_what_cannot_be_read_is_an_error(tmp_path: Path, tex: str, caret: str) -> None:
    (found,) = complaints(tmp_path, f"  q: What is ${tex}$?\n  a: A\n")
    assert (found.code, found.severity, marked(found)) == ("formula", Severity.ERROR, caret)
    assert found.help


def test_what_anki_does_not_show_is_a_warning(tmp_path: Path) -> None:
    (found,) = complaints(tmp_path, "  q: What is $\\bm{x}$?\n  a: A\n")
    assert (found.code, found.severity, found.column) == ("mathjax", Severity.WARNING, 15)
    assert found.help == r"write `\boldsymbol`"


def test_formulas_that_are_fine_and_what_is_none(tmp_path: Path) -> None:
    text = (
        "  q: 'It costs $ 5, `$\\frac$` and \\$x_a_b or {{c1::x}} $\\theta_{1}$?'\n"
        "  a: $\\{\\,x\\,\\}$\n  source: {title: $\\frac$}\n  tags: []\n"
    )
    assert complaints(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "caret", "hint"),
    [
        (r"What is \(x_1\)?", r"\(x_1\)", "$…$"),
        (r"Then \[ a = b \] holds", r"\[ a = b \]", "$$…$$"),
        (r"Is $x$ or \alpha better?", r"\alpha", "$…$"),
        (r"Is $ \alpha $ better?", r"$ \alpha $", "no blank"),
        (r"Is $x^2 $ better than $y$?", r"$x^2 $", "no blank"),
        (r"So $x$ and $$y = 1", "$$", r"\$"),
        (r"So \begin{align*} x \end{align*}", r"\begin{align*}", "$$"),
        (r"Is `\alpha` or \alpha better?", r"\alpha", "$…$"),
    ],
)
def test_latex_outside_of_a_formula_is_told(
    tmp_path: Path, text: str, caret: str, hint: str
) -> None:
    for before, after in (
        ("", ""),
        ("> quoted $a\n    > + b$\n\n    ", "\n\n    $$\n    y\n    $$"),
    ):
        (found,) = complaints(tmp_path, f"  q: |\n    {before}{text}{after}\n  a: A\n")
        assert (found.code, found.severity) == ("stray", Severity.WARNING)
        assert marked(found) == caret
        assert hint in found.help


@pytest.mark.parametrize(
    "text",
    [
        r"`\alpha`, `$ x^2 $` and `\(x\)` are code",
        r"\\alpha, C:\files and \_so\_ on",
        r"it costs $5 in \[old\] money, and $6, or \$\$, or \$ x\_2 \$",
        r"of \$5 and {{c1::$\alpha$}}, and $x_{{c2::\beta}}$",
        "> a $x^2$\n    >\n    > $$\\alpha\n    > + b$$",
        "```\n    $ \\alpha $\n    ```",
        "a[^1] $x$\n\n    [^1]: so $\\alpha$\n\n    $$\n    y\n    $$",
    ],
)
def test_signs_that_are_no_stray_latex(tmp_path: Path, text: str) -> None:
    key = "cloze" if "{{" in text else "q"
    rest = "" if "{{" in text else "  a: A\n"
    assert complaints(tmp_path, f"  {key}: |\n    {text}\n{rest}") == []


def test_macros_are_expanded_before_a_formula_is_judged(tmp_path: Path) -> None:
    top = (
        "deck: D\nmacros:\n  \\R: \\mathbb{R}\n  norm: '\\lVert #1 \\rVert'\n"
        "  bad: \\mathbf{x} \\thetta\n  frac2: x\nnotes:\n- id: n\n"
    )
    wrong = complaints(tmp_path, "  q: $x^\\R$\n  a: A\n", top)
    assert [(c.code, c.line) for c in wrong] == [("command", 5), ("macros", 6)]
    top = top.replace("  frac2: x\n", "")
    found = complaints(tmp_path, "  q: $x^\\R \\norm{\\R}$ and $\\bad$ \n  a: $\\norm$\n", top)
    assert [(c.code, c.line, marked(c)) for c in found] == [
        ("command", 5, "\\thetta"),
        ("formula", 9, "\\norm"),
    ]
    assert found[1].help == r"write \norm{…}"


def test_a_problem_of_an_expansion_is_where_the_macro_is_used(tmp_path: Path) -> None:
    top = "deck: D\nmacros: {half: '\\frac{1}#1', hid: '\\hat #1'}\nnotes:\n- id: n\n"
    (found,) = complaints(tmp_path, "  q: $a + \\half{x_a_b} + \\hid{x}$\n  a: A\n", top)
    assert (found.line, found.column, marked(found)) == (5, 20, "_")
    top = "deck: D\nmacros: {low: '_2'}\nnotes:\n- id: n\n"
    (found,) = complaints(tmp_path, "  q: $a + x_1\\low$\n  a: A\n", top)
    assert (found.message, marked(found)) == (
        "double subscript, in what `\\low` stands for",
        "\\low",
    )


def test_macros_that_lead_to_themselves(tmp_path: Path) -> None:
    top = "deck: D\nmacros:\n  a: \\b\n  b: x \\a\n  two: '#2'\nnotes:\n- id: n\n"
    found = complaints(tmp_path, "  q: $x$\n  a: A\n", top)
    assert [(c.code, c.line, c.severity) for c in found] == [
        ("macros", 3, Severity.ERROR),
        ("macros", 5, Severity.WARNING),
    ]
    assert r"\a → \b → \a" in found[0].message


def test_a_bank_with_other_errors_is_checked_too(tmp_path: Path) -> None:
    text = "  q: $\\thetta$\n  a: A\n- q: @\n  a: x\n- q: Q\n  a: $\\frac$\n  foo: x\n"
    codes = {(c.code, c.line) for c in complaints(tmp_path, text)}
    assert {("command", 4), ("yaml", 6), ("formula", 9), ("unknown-key", 10)} <= codes


def test_a_formula_spoiled_by_escapes_is_told_once(tmp_path: Path) -> None:
    found = complaints(tmp_path, '  q: "What is $\\theta_$?"\n  a: $\\thetta$\n')
    assert [(c.code, c.line) for c in found] == [("escape", 4), ("command", 5)]


def test_very_many_complaints_end(tmp_path: Path) -> None:
    note = "- id: n{}\n  q: $\\foo \\frac$\n  a: A\n"
    many = "deck: D\nnotes:\n" + "".join(note.format(n) for n in range(150))
    found = complaints(tmp_path, "", many)
    assert 100 <= len(found) <= 102 and "more" in {c.code for c in found}


def test_a_single_bank_is_checked_by_its_path(tmp_path: Path) -> None:
    complaints(tmp_path, "  q: $\\frac$\n  a: A\n")
    path = tmp_path / "b.yaml"
    assert [c.code for c in check(load_library(path), path)] == ["formula"]
    (tmp_path / "b.yaml").write_bytes(b"\xff\xfe")
    assert [c.code for c in check(load_library(path), path)] == ["encoding"]


def test_a_bank_that_is_known_to_be_clean_is_not_read_again(tmp_path: Path) -> None:
    assert complaints(tmp_path, "  q: What is $x$?\n  a: A\n") == []
    clean = {"of another time"}
    assert list(check_formulas(load_library(tmp_path), tmp_path, clean)) == []
    assert clean == {sha256((tmp_path / "b.yaml").read_bytes()).hexdigest()}
    (found,) = complaints(tmp_path, "  q: What is $\\frac{a}$?\n  a: A\n")
    assert list(check_formulas(load_library(tmp_path), tmp_path, clean)) == [found]
    assert clean == set()
    clean = {sha256((tmp_path / "b.yaml").read_bytes()).hexdigest()}
    assert list(check_formulas(load_library(tmp_path), tmp_path, clean)) == []


def examples(name: str, which: str) -> list[str]:
    """Return the bad or good examples of a rule, as banks."""
    text = getattr(explanations("formula_rules.toml")[name], which).strip()
    if text.startswith("macros"):
        return [f"deck: D\n{text}\nnotes:\n- {{id: n, q: Q, a: A}}\n"]
    parts = f"\n{text}".split("\n- ")[1:]
    return [f"deck: D\nnotes:\n- id: n\n  {part}\n" for part in parts]


@pytest.mark.parametrize("which", ["bad", "good"])
@pytest.mark.parametrize("name", RULES)
def test_every_rule_is_explained_by_examples(tmp_path: Path, name: str, which: str) -> None:
    assert set(explanations("formula_rules.toml")) == set(RULES)
    assert examples(name, which)
    for example in examples(name, which):
        found = complaints(tmp_path, "", example)
        assert {c.code for c in found} == ({name} if which == "bad" else set())
        for each in found:
            assert str(each.severity) in explanations("formula_rules.toml")[name].level
    assert name in listed(60) and f"{name} (" in explained(name, 60)
