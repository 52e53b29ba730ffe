"""HTML of Anki's fields as Markdown: what it looks like, and that no text of it is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studytool import cloze
from studytool.anki.html_to_markdown import convert


def media(name: str) -> str:
    return f"media/{name}" if re.fullmatch(r"\w+\.\w+", name) else ""


def text(html: str, holes: bool = False) -> str:
    found = convert(html, media, holes)
    assert found.sure
    return found.text


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("plain words.", "plain words."),
        ("a &lt; b &amp; c", "a < b & c"),
        ("one<br>two", "one\\\ntwo"),
        ("one<br><br>two", "one\n\ntwo"),
        ("<div>one</div><div>two</div>", "one\n\ntwo"),
        ("a <b>bold </b>word", "a **bold** word"),
        ("<i>a</i> <em>b</em> <s>c</s>", "*a* *b* ~~c~~"),
        ("<b>a</b><b>b</b>", "**ab**"),
        ("<b><i>x</i></b>", "***x***"),
        ("foo<b>(bar)</b>baz", "foo(bar)baz"),
        ("snake_case 2 * 3 costs $5", "snake_case 2 * 3 costs $5"),
        ("*no* _no_ `no` [no](no)", "\\*no\\* \\_no\\_ \\`no\\` \\[no](no)"),
        ("# no", "\\# no"),
        ("1. no<br>- no", "1\\. no\\\n\\- no"),
        (r"\(a &lt; b\) and \[ \frac{1}{2} \]", r"$a < b$ and $$\frac{1}{2}$$"),
        ("[$]x[/$] [$$]y[/$$] [latex]$z$[/latex]", "$x$ $$y$$ $z$"),
        (r"2\(x\)3", "2 $x$ 3"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n\n  - c"),
        ("<ol start=3><li>a<li>b</ol>", "3. a\n4. b"),
        ("<blockquote>a<br>b</blockquote>", "> a\\\n> b"),
        ("<h2>Title</h2>text", "## Title\n\ntext"),
        ("<code>a*b</code>", "`a*b`"),
        ("<pre><code>if x:\n  y</code></pre>", "```\nif x:\n  y\n```"),
        ('<a href="https://x.org/a">see</a>', "[see](<https://x.org/a>)"),
        ('<a href="javascript:x">see</a>', "see"),
        ('<img src="x.png">', "![x](media/x.png)"),
        ('<img src="x.png" alt="a cat">', "![a cat](media/x.png)"),
        ("[sound:x.mp3]", "[x\\.mp3](<media/x.mp3>)"),
        ("[sound:not there]", "\\[sound\\:not there\\]"),
        ("x<sup>2</sup> H<sub>2</sub>O", "x^2 H_2O"),
        ("vector<int> a", "vector\\<int> a"),
        ("<!-- hidden -->shown<script>alert(1)</script>", "shown"),
        (
            "<table><tr><th>a</th><th>b|c</th></tr><tr><td>1<td>2</table>",
            "| a | b\\|c |\n| --- | --- |\n| 1 | 2 |",
        ),
        ("a&nbsp;&nbsp; b", "a b"),
    ],
)
def test_it_reads_as_somebody_would_have_written_it(html, markdown):
    assert text(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("A {{c1::b}} c", "A {{c1::b}} c"),
        ("A {{c1::b::why <b>not</b>*}} c", "A {{c1::b::why not*}} c"),
        ("{{c1::a {{c2::b}} c}}", "{{c1::a {{c2::b}} c}}"),
        ("{{c1,2::x}}", "{{c1::{{c2::x}}}}"),
        ("{{c1::<b>x</b>}}", "{{c1::**x**}}"),
        ("<b>{{c1::x</b> y}}", "{{c1::x y}}"),
        (r"{{c1::\(\frac{1}{2} \)}}", r"{{c1::$\frac{1}{2}$}}"),
        (r"\(a^{ {{c1::2}} }\)", r"$a^{ {{c1::2}} }$"),
        ("{{c1::one<div>two</div>}}", "{{c1::one\\\ntwo}}"),
        ("{{c1::std&#58;:vector}}", "{{c1::std\\::vector}}"),
        ("{{c1::a { b}}", "{{c1::a \\{ b}}"),
        ("{{c0::a}} {{c1::b}}", "\\{\\{c0::a\\}\\} {{c1::b}}"),
        ("{{c1::a}} {{c2::", "{{c1::a}} \\{\\{c2::"),
        ("{{c1::<img src=x.png>}}", "{{c1::![x](media/x.png)}}"),
    ],
)
def test_holes_are_those_of_anki(html, markdown):
    assert text(html, holes=True) == markdown


def test_what_markdown_has_not_is_named():
    found = convert("<u>a</u> <iframe src='https://x.org/v'></iframe>", media)
    assert found.lost == ("iframe", "u")
    assert found.text == "a [https\\:\\/\\/x\\.org\\/v](<https://x.org/v>)"


PIECES = st.sampled_from(
    "<b> </b> <i> </i> <div> </div> <p> <br> <ul> <ol> <li> </li> </ul> <table> <tr> <td> </td>"
    " </table> <code> </code> <pre> </pre> <a_href='http://x'> </a> <blockquote> </blockquote>"
    " <h1> </h1> <sup> </sup> <img_src=x.png> <!-- --> \\( \\) \\[ \\] [$] [/$] [latex] [/latex]"
    " [sound:x.mp3] {{c1:: {{c2:: :: }} * ** _ ` ``` ~ ~~ $ $$ # - + 1. > | [ ]( ) ! & &amp; &lt;"
    " &#42; \\ \\\\ a B 7 é . , ( : { } ' \" = --- === ![ [^1] <x> < https://x.org".split()
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(PIECES, st.just(" "), st.text(max_size=3)), max_size=25), st.booleans())
@example(["<b>", "a", "</b>", "<i>", "b", "</i>"], False)
def test_no_text_is_lost(pieces, holes):
    html = "".join(piece.replace("_", " ") if "_h" in piece else piece for piece in pieces)
    found = convert(html, media, holes)
    assert found.sure, (html, found.text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_taken(html):
    assert convert(html, media).sure
    assert isinstance(convert(html, media, True).text, str)


@pytest.mark.parametrize(
    "piece", ["<", "<a '", '<a "', "<!--", "{{c1::", "}}", "\\(", "[latex]", "<ul><li>", "<b>", "&"]
)
def test_it_takes_time_in_proportion(piece):
    html = piece * (20_000 // len(piece))
    assert "end" in convert(html + "end", media, True).text


def test_numbers_of_holes_stay():
    html = "<div>{{c3::a}} and {{c1::b &amp; {{c7::<i>c</i>}}}}</div>"
    assert cloze.numbers(text(html, holes=True)) == (1, 3, 7)


PIECES = st.sampled_from(
    ["word", "a", "é", "12", "3.", "4)", " ", " ", "  ", "<b>", "</b>", "<b>x</b>", "<b>of y</b> "]
    + [
        "<br>",
        "<br />",
        "<br/> ",
        ": ",
        "::",
        ".",
        ",",
        "(",
        ")",
        "-",
        "+",
        "'",
        '"',
        "=",
        "?",
        "}",
    ]
    + ["{{c1::a}}", "{{c2::b::c d}}", "{{c01::a}}", "{{c1::", "}}", "1", "_", ">", "\u2003", "/"]
)


@given(st.lists(PIECES, max_size=12).map("".join), st.booleans())
@settings(max_examples=2000)
@example("<b>a</b><br><b>b</b>", False)
@example("a <br> 1. b", False)
@example("a<br>", False)
@example("<b>a</b> <b>b</b>", True)
@example("<b>of y</b> {{c1::a}}", True)
def test_the_short_way_is_the_long_one(field, holes):
    long = convert(field + "<!-- a comment -->", lambda name: "", holes)
    assert convert(field, lambda name: "", holes) == long
