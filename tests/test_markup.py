"""The Markdown of a note as a tree: every kind of block and span, holes, math, hostile text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mirror_rows import basic, cloze

from studytool import markdown
from studytool.markdown import parse, unused_footnotes
from studytool.markdown_rules import MAX_NESTING, parser
from studytool.markup import (
    Break,
    Code,
    CodeBlock,
    FootnoteMark,
    Footnotes,
    Heading,
    Hole,
    Image,
    Link,
    ListBlock,
    Math,
    MathBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    Text,
    as_json,
    from_json,
    hole_numbers,
)
from studytool.notes import Kind, Note
from studytool.parsed_notes import ParsedNote, parse_note


def para(*children: Any) -> Paragraph:
    return Paragraph(tuple(Text(c) if isinstance(c, str) else c for c in children))


def em(*children: Any) -> Span:
    return Span("em", para(*children).children)


def hole(number: int, *children: Any, hint: str = "") -> Hole:
    return Hole(number, hint, para(*children).children)


BLOCKS = {
    "": (),
    "\n\n": (),
    "Plain words.": (para("Plain words."),),
    "a\nb": (para("a b"),),
    "a\n\nb": (para("a"), para("b")),
    "a\\\nb": (para("a", Break(), "b"),),
    "a  \nb": (para("a", Break(), "b"),),
    "*a* __b__ ~~c~~": (
        para(em("a"), " ", Span("strong", (Text("b"),)), " ", Span("strike", (Text("c"),))),
    ),
    "***a***": (para(em(Span("strong", (Text("a"),)))),),
    "`a*b*`": (para(Code("a*b*")),),
    "[a *b*](http://x)": (para(Link("http://x", (Text("a "), em("b")))),),
    "<http://x>": (para(Link("http://x", (Text("http://x"),))),),
    "![a dog](media/d.png)": (para(Image("media/d.png", "a dog")),),
    "# T\n## *U*": (Heading(1, (Text("T"),)), Heading(2, (em("U"),))),
    "T\n===": (Heading(1, (Text("T"),)),),
    "---": (Rule(),),
    "```python x\na = b[0]\n\nc\n```": (CodeBlock("a = b[0]\n\nc", "python"),),
    "~~~\nx\n~~~": (CodeBlock("x", ""),),
    "a\n\n    x\n      y": (para("a"), CodeBlock("x\n  y", "")),
    "- a\n- b": (ListBlock(None, ((para("a"),), (para("b"),))),),
    "3. a\n4. b\n\n   c": (ListBlock(3, ((para("a"),), (para("b"), para("c")))),),
    "- a\n  1. b": (ListBlock(None, ((para("a"), ListBlock(1, ((para("b"),),))),)),),
    "-\n- b": (ListBlock(None, ((), (para("b"),))),),
    "> a\n>> b": (Quote((para("a"), Quote((para("b"),)))),),
    "|a|b|c|\n|:-|:-:|-:|\n|1|*2*||": (
        Table(
            (
                ((Text("a"),), (Text("b"),), (Text("c"),)),
                ((Text("1"),), (em("2"),), ()),
            ),
            ("left", "center", "right"),
        ),
    ),
    "$x_1$ and $y$": (para(Math("x_1"), " and ", Math("y")),),
    "$$\nx\n$$": (MathBlock("x"),),
    "$$x$$": (MathBlock("x"),),
    "a $$x$$ b": (para("a"), MathBlock("x"), para("b")),
    "*a* $$x$$ $$y$$": (para(em("a")), MathBlock("x"), MathBlock("y")),
    "**a $$x$$**": (para(Span("strong", (Text("a "), Math("x", True)))),),
    r"\alpha \{ \*": (para(r"\alpha { *"),),
    "&amp; &eacute; &#27;": (para("& é \ufffd"),),
}


@pytest.mark.parametrize("text, tree", BLOCKS.items(), ids=lambda value: repr(value)[:30])
def test_tree(text: str, tree: tuple[Any, ...]) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    "text",
    [
        "List[int]",
        "x = a[0] + b[i]",
        "matrix[r][s] [x for x in y] [a-z]+",
        "answer [/] end",
        "[@click=app.quit]x[/]",
        "[link=https://x] [type=x, v={'a[0]'}] [bold",
        "<b>bold</b> <script>alert(1)</script>",
        "<!-- no comment -->",
        "<div>",
        "$5 and $10",
        "costs 5$ or 10$",
        "C:\\dir and 100% a_b_c",
        "{{c1::not a hole here}}",
        "[a]: http://x",
        "a | b",
        "2 * 3 * 4",
    ],
)
def test_what_looks_like_markup_elsewhere_is_text(text: str) -> None:
    assert parse(text) == (para(text),)


def test_a_link_to_a_script_is_text() -> None:
    assert parse("[x](javascript:alert(1))") == (para("[x](javascript:alert(1))"),)


HOLES = {
    "a {{c1::b}} c": (para("a ", hole(1, "b"), " c"),),
    "{{c2::*b*::the hint}}": (para(hole(2, em("b"), hint="the hint")),),
    "*a {{c1::b}}*": (para(em("a ", hole(1, "b"))),),
    "{{c1::a {{c2::b}} c}}": (para(hole(1, "a ", hole(2, "b"), " c")),),
    "{{c1::$x$}}": (para(hole(1, Math("x"))),),
    r"${{c1::\frac{a}{b}}}$": (para(Math(r"{{c1::\frac{a}{b}}}")),),
    "`{{c1::x}}`": (para(Code("{{c1::x}}")),),
    "```\n{{c1::x}}\n```": (CodeBlock("{{c1::x}}", ""),),
    "- {{c1::a}}\n- b": (ListBlock(None, ((para(hole(1, "a")),), (para("b"),))),),
    "# {{c1::a}}": (Heading(1, (hole(1, "a"),)),),
    "[{{c1::a}}](http://x)": (para(Link("http://x", (hole(1, "a"),))),),
    "|{{c1::a}}|\n|-|\n|b|": (Table((((hole(1, "a"),),), ((Text("b"),),)), ("left",)),),
    r"\{{c1::a}}": (para("{{c1::a}}"),),
    "{{c1::a": (para("{{c1::a"),),
    r"{{c1::a\::b}}": (para(hole(1, "a::b")),),
}


@pytest.mark.parametrize("text, tree", HOLES.items(), ids=lambda value: repr(value)[:30])
def test_holes(text: str, tree: tuple[Any, ...]) -> None:
    assert parse(text, holes=True) == tree


def test_the_holes_that_are_shown_are_found() -> None:
    text = "{{c1::a {{c2::b}}}} `{{c3::c}}` $${{c4::d}}$$\n\n```\n{{c5::e}}\n```\n\n- {{c6::f}}"
    assert hole_numbers(parse(text, holes=True)) == {1, 2, 3, 4, 5, 6}
    assert hole_numbers(parse("{{c1::a\n\nb}}", holes=True)) == set()


def test_macros_are_expanded_in_math_alone() -> None:
    macros = (("\\R", "\\mathbb{R}"), ("\\E", "\\operatorname{E}"), ("\\,", "x"))
    assert parse(r"$\R^n \Re \E$ \R", macros=macros) == (
        para(Math(r"\mathbb{R}^n \Re \operatorname{E}"), r" \R"),
    )


def test_a_hole_has_the_text_of_its_macros() -> None:
    assert parse(r"${{c1::\R}}$", True, (("\\R", "\\mathbb{R}"),)) == (
        para(Math(r"{{c1::\mathbb{R}}}")),
    )


@pytest.mark.parametrize(
    "text",
    [
        ">" * 10_000 + "a",
        "- " * 3_000 + "a",
        "[" * 5_000 + "a" + "](x)" * 5_000,
        "![" * 2_000 + "a" + "](x)" * 2_000,
        "*a **b " * 800 + "c** d*" * 800,
        "**a " * 1_500 + "b**" * 1_500,
        "~~a *b " * 700 + "c* d~~" * 700,
        "_a *b " * 1_000 + "c* d_" * 1_000,
        "{{c1::" * 3_000 + "a" + "}}" * 3_000,
        "{{c1::*a " * 1_000 + "b*}}" * 1_000,
        "> - " * 8 + "*a **b " * 30 + "".join(f"{{{{c{n}::*x **y " for n in range(1, 9)),
        "> - " * 8 + "{{c1::*a **b ~~c " * 8 + "x" + "~~** d*}}" * 8,
        "$" * 5_000,
        "`" * 5_000 + "a",
        "|" * 3_000 + "\n" + "|-" * 3_000 + "\n",
        "<" * 5_000,
        "\\" * 5_001,
    ],
    ids=lambda text: ascii(text[:8]),
)
@pytest.mark.parametrize("holes", [False, True])
def test_deep_nesting_is_read(text: str, holes: bool) -> None:
    tree = parse(text, holes)
    assert depth(tree) <= 4 * MAX_NESTING + 20
    assert from_json(json.loads(json.dumps(as_json(tree)))) == tree


def test_what_is_nested_too_deep_is_kept_as_words() -> None:
    for opening in ("> ", "- ", "1. "):
        tree = parse(opening * 30 + "*the* end")
        assert "the end" in words(tree)
        assert opening.strip() in words(tree)
    assert words(parse("*a **b " * 30 + "c" + "** d*" * 30)).count("b") == 30


def words(tree: Any) -> str:
    """Return the text of a tree."""
    if isinstance(tree, tuple):
        return "".join(map(words, tree))
    if isinstance(tree, Text):
        return tree.text
    return "".join(words(getattr(tree, name)) for name in getattr(tree, "__slots__", ()))


def depth(tree: Any) -> int:
    """Return how deep nodes stand in one another, without recursion."""
    deepest, pending = 0, [(tree, 0)]
    while pending:
        node, level = pending.pop()
        deepest = max(deepest, level)
        if isinstance(node, tuple):
            pending += [(child, level) for child in node]
        elif hasattr(node, "__slots__"):
            pending += [(getattr(node, name), level + 1) for name in node.__slots__]
    return deepest


pieces = st.sampled_from(
    ["*", "**", "_", "~~", "`", "```\n", "$", "$$", "[", "](", ")", "![", "<", ">", "&", "|", "-"]
    + ["\n", "\n\n", "    ", "- ", "1. ", "> ", "# ", "---\n", "|-|-|\n", "\\", "{{c1::", "{{c2::"]
    + ["::", "}}", "a", "b c", "é", "機", "\t", "\r", "\x00", "\x1b", "\ud800", "\u2028", "\\\n"]
)
texts = st.lists(pieces, max_size=30).map("".join) | st.text(max_size=40)


@given(texts, st.booleans())
def test_every_text_has_a_tree_that_survives_json(text: str, holes: bool) -> None:
    tree = parse(text, holes, (("\\a", "b"),))
    assert from_json(json.loads(json.dumps(as_json(tree)))) == tree
    assert isinstance(hole_numbers(tree), set)
    hash(tree)


@given(st.text("abc .,:;()'\"é機-+=/%^\t\r\u2009", max_size=30))
def test_the_short_cut_for_plain_text_changes_nothing(text: str) -> None:
    plain = parse(text)
    tokens = parser(False).parse(text.strip("\n"), {"holes": False})
    assert plain == markdown._Builder(()).blocks(iter(tokens), "")


@given(st.lists(texts, min_size=8, max_size=8))
def test_every_note_has_trees_that_survive_json(parts: list[str]) -> None:
    for note in (
        basic("a", reverse=parts[0], extra=parts[1], hint=parts[2]),
        Note("a", Kind.CHOICE, "D", parts[3], right=tuple(parts[:2]), wrong=tuple(parts[4:])),
        Note("a", Kind.STEPS, "D", parts[5], steps=tuple(parts)),
        cloze("a", parts[6], extra=parts[7]),
    ):
        parsed = parse_note(note)
        assert ParsedNote.from_json(parsed.to_json()) == parsed
        assert len(parsed.steps) == len(note.steps)


def test_only_a_cloze_text_has_holes() -> None:
    parsed = parse_note(cloze("a", "{{c1::x}}", extra="{{c1::y}}"))
    assert parsed.question == (para(hole(1, "x")),)
    assert parsed.extra == (para("{{c1::y}}"),)


def test_footnotes_are_numbered_in_the_order_of_their_marks() -> None:
    tree = parse("a[^z] b[^a] c[^z]\n\n[^a]: one\n[^z]: *two*")
    mark, other = FootnoteMark(1), FootnoteMark(2)
    assert tree == (
        para("a", mark, " b", other, " c", mark),
        Footnotes(((para(Span("em", (Text("two"),))),), (para("one"),))),
    )
    assert parse("a[^1] \\[^2]") == (para("a[^1] [^2]"),)
    assert unused_footnotes("a[^1]\n\n[^1]: b\n[^2]: c") == ("2",)
    assert unused_footnotes("plain") == ()


def test_a_footnote_may_be_named_in_a_hole() -> None:
    tree = parse("x {{c1::a[^1]}}\n\n[^1]: b", holes=True)
    assert tree == (
        para("x ", Hole(1, "", (Text("a"), FootnoteMark(1)))),
        Footnotes(((para("b"),),)),
    )


@given(st.text("[]^:1a \n*-`{}", max_size=60), st.booleans())
def test_no_footnote_breaks_the_parser(text: str, holes: bool) -> None:
    tree = parse(text, holes)
    assert from_json(json.loads(json.dumps(as_json(tree)))) == tree
    assert all(label in text for label in unused_footnotes(text, holes))
