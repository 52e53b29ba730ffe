"""Notes as Anki fields: everything that is not ours is text."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.anki.code import code
from studytool.anki.escaping import attribute, math, text
from studytool.anki.fields import fields, ordinals
from studytool.notes import Kind, Note, Source
from studytool.parsed_notes import parse_note
from studytool.wording import letter


def picture(path: str) -> str:
    return "0123.png" if path else ""


def made(kind: Kind = Kind.BASIC, question: str = "q", **values) -> tuple[str, ...]:
    note = Note("some-id", kind, "Deck", question, **values)
    return fields(note, parse_note(note), picture)


def front(question: str) -> str:
    return made(question=question)[0]


def cloze(question: str) -> str:
    return made(Kind.CLOZE, question)[0]


def words(markup: str) -> str:
    """Return what a browser would show."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


# ------------------------------------------------------------------ words


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")))
def test_words_show_as_they_are(raw):
    assert words(text(raw)) == raw


@given(st.text(alphabet="\\()[]{}:<>&\"'c1/$ latexsoundanki\x1f\x00\ud800"))
def test_nothing_that_anki_acts_on_survives_in_words(raw):
    for safe in (text(raw), attribute(raw)):
        assert not re.search(r"\{\{|\}\}|::|\[|\\[()\]]|[\x00-\x08\x0b-\x1f\ud800-\udfff]", safe)
        assert not re.search(r"<(?!/?span>)|&(?!amp;|lt;|gt;|#\d+;)", safe)
    assert not re.search(r"""[<>"'\\]""", attribute(raw))


def test_a_colon_at_an_edge_does_not_meet_the_one_of_a_hint():
    assert cloze("{{c1::a:::b}}") == "{{c1::a::&#58;b}}"
    assert cloze(r"{{c1::`a:`::b}}") == "{{c1::<code>a&#58;</code>::b}}"


def test_anki_does_not_take_a_hole_for_a_shape_in_a_picture():
    assert "image-occlusion:" not in cloze("{{c1::image-occlusion:rect:left=.1}}")
    assert "::image-occlusion:" not in cloze("${{c1::image-occlusion:rect}}$")
    assert "image-occlusion:" not in cloze("`{{c1::image-occlusion:rect}}`")


# ------------------------------------------------------------------ markup


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a *b* **c** ~~d~~", "a <em>b</em> <strong>c</strong> <s>d</s>"),
        ("a\\\nb", "a<br>b"),
        ("a\nb", "a b"),
        ("a\n\nb", "<p>a</p><p>b</p>"),
        ("# a", "<h1>a</h1>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("3. a\n\n   b", '<ol start="3"><li>a<p>b</p></li></ol>'),
        ("> a", "<blockquote>a</blockquote>"),
        ("a\n\n---", "<p>a</p><hr>"),
        ("`a<b`", "<code>a&lt;b</code>"),
        ("$a<b$", r"\(a&lt;b\)"),
        ("$$a$$", r'<div class="formula">\[a\]</div>'),
        ("[a](https://x.org/?a=1&b=2)", '<a href="https://x.org/?a=1&amp;b=2">a</a>'),
        ("[a](mailto:me@x.org)", '<a href="mailto:me@x.org">a</a>'),
        ('![a "b"](media/x.png)', '<img src="0123.png" alt="a &#34;b&#34;">'),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("{{Front}}", "&#123;&#123;Front&#125;&#125;"),
        ("[sound:x.mp3]", "&#91;sound:x.mp3]"),
        (r"\\(a\\)", r"\<span></span>(a\<span></span>)"),
    ],
)
def test_markup_becomes_html(source, expected):
    assert front(source) == expected


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "x.html",
        "//x.org",
        "vbscript:x",
    ],
)
def test_a_link_leads_to_the_web_or_to_mail_only(href):
    assert "href" not in front(f"[a]({href})")
    assert "href" not in made(source=Source(title="a", url=href))[6]


def test_a_table_scrolls_and_keeps_its_alignment():
    table = front("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert table == (
        '<div class="wide"><table><thead><tr><th>a</th><th style="text-align: right">b</th></tr>'
        '</thead><tbody><tr><td>1</td><td style="text-align: right">2</td></tr></tbody></table>'
        "</div>"
    )


# ------------------------------------------------------------------ code


def test_code_is_highlighted_with_classes():
    assert front("```python\nx = '<b>'  # c\n```") == (
        '<pre><code>x = <span class="s">&#39;&lt;b&gt;&#39;</span>  '
        '<span class="c"># c</span></code></pre>'
    )


def test_holes_cut_through_highlighting():
    assert cloze("```python\nfor {{c1::i in {{c2::range::h}}}}(3)\n```") == (
        '<pre><code><span class="k">for</span> {{c1::i <span class="ow">in</span> '
        '{{c2::<span class="nb">range</span>::h}}}}(<span class="m">3</span>)</code></pre>'
    )


@pytest.mark.parametrize("language", ["", "python", "no-such-language", "c++", "html", "diff"])
@given(raw=st.text(alphabet="ab{}c1:\n '\"<\\#"))
def test_code_shows_as_it_is(language, raw):
    assert words(code(raw, language, holes=False)) == raw


def test_an_empty_hole_at_the_end_of_code_is_kept():
    assert code("a{{c1::}}", "python", holes=True) == "a{{c1::}}"


def test_code_without_a_cloze_note_has_no_holes():
    assert "{{" not in front("`{{c1::x}}`") + front("```\n{{c1::x}}\n```") + front("${{c1::x}}$")


# ------------------------------------------------------------------ formulas


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"{{c1::$\frac{a}{b_{c}}$}}", r"{{c1::\(\frac{a}{b_{c} }\)}}"),
        (r"$a^{{{c1::2}}}$", r"\(a^{ {{c1::2}} }\)"),
        (r"$x={{c1::\frac{1}{2}}}$", r"\(x={{c1::\frac{1}{2} }}\)"),
        (r"${{c1::a::b}}$", r"\({{c1::a::\text{b} }}\)"),
        (r"${{c1::a {{c2::b}}}}$", r"\({{c1::a {{c2::b}} }}\)"),
        (r"${{c1::a\::b}}$", r"\({{c1::a: :b}}\)"),
        (r"${{c1::a}} \}}$", r"\({{c1::a}} \}\)"),
        (r"{{c1::x}} ${{a}}$", r"{{c1::x}} \({ {a} }\)"),
    ],
)
def test_holes_and_formulas(source, expected):
    assert cloze(source) == expected


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"a\)b", r"\(a)b\)"),
        (r"\text{\(x\)}", r"\(\text{(x)}\)"),
        (r"a\\[2pt] b", r"\(a\\&#91;2pt] b\)"),
        (r"a\\) b", r"\(a\\&#41; b\)"),
        ("{a", r"\({a}\)"),
        ("a}", r"\(a\)"),
        ("a\\", r"\(a\)"),
        (r"\href{javascript:x}{y}", r"\(\text{\href}{javascript:x}{y}\)"),
        (r"\htmlData{a=b}{y} \hrefx", r"\(\text{\htmlData}{a=b}{y} \hrefx\)"),
        ("a\x1fb", "\\(a\ufffdb\\)"),
        ("[sound:x]", r"\(&#91;sound:x]\)"),
    ],
)
def test_a_formula_cannot_end_early_or_act(tex, expected):
    assert math(tex, False, False) == expected


@given(st.text(alphabet="\\()[]{}:<&$ac1%\x00"), st.booleans())
def test_only_our_own_holes_and_delimiters_stand_in_a_formula(tex, holes):
    inner = math(tex, False, holes)[2:-2]
    assert not re.search(r"\\[()\[\]]|<|\[|\x00", inner)
    numbers = re.findall(r"\{\{c(\d+)::", inner)
    depth = 0
    for brace in re.findall(r"\{\{c\d+::|\}\}", inner):
        depth += 1 if brace.startswith("{") else -1
        assert depth >= 0
    assert depth == 0
    assert holes or not numbers


# ------------------------------------------------------------------ the fields of each kind


def test_the_fields_of_a_basic_note():
    source = Source("T", "A", "2021", "https://x.org", "S", "<q>")
    assert made(
        question="*q*",
        answer="a",
        reverse="r",
        accept=("x<", "y"),
        extra="e",
        hint="h",
        source=source,
    ) == (
        "<em>q</em>",
        'a<p class="also">also accepted: y</p>',
        "r",
        "x&lt;",
        "e",
        "h",
        '<a href="https://x.org">T</a> · S · A · 2021<blockquote>&lt;q&gt;</blockquote>',
        "some-id",
        "",
        "",
    )


def test_the_fields_of_a_steps_note():
    assert made(Kind.STEPS, steps=("a:", "b }}", "- c"))[:2] == (
        "q",
        "{{c1::a&#58;}}{{c2::b &#125;&#125;}}{{c3::<ul><li>c</li></ul>}}",
    )


def test_options_stand_in_an_order_of_their_own_that_survives_another_option():
    first = made(Kind.CHOICE, right=("r",), wrong=("a", "b", "c"))
    more = made(Kind.CHOICE, right=("r",), wrong=("c", "new", "a", "b"))
    items = re.findall("<li.*?</li>", first[1])
    assert [each for each in re.findall("<li.*?</li>", more[1]) if "new" not in each] == items
    assert sorted(items) == sorted(
        ['<li class="right">r</li>', "<li>a</li>", "<li>b</li>", "<li>c</li>"]
    )
    assert first[2] == letter(items.index('<li class="right">r</li>'))


def test_the_right_option_is_not_always_the_first():
    places = set()
    for number in range(40):
        note = Note(f"n{number}", Kind.CHOICE, "D", "q", right=("r",), wrong=("a", "b", "c"))
        places.add(fields(note, parse_note(note), picture)[2])
    assert places == {"A", "B", "C", "D"}


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")]
)
def test_letters_go_on_behind_z(index, name):
    assert letter(index) == name


@pytest.mark.parametrize("question", ["[](https://x.org)", "---", "&nbsp;", "#", "> "])
def test_a_question_whose_markup_shows_nothing_is_shown_as_typed(question):
    assert words(front(question)) == question.strip()


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        (Kind.BASIC, ("q", "a", ""), (0,)),
        (Kind.BASIC, ("q", "a", "r"), (0, 1)),
        (Kind.CHOICE, ("q",), (0,)),
        (Kind.CLOZE, ("{{c3::a {{c1::b}}}} {{c3::d}}",), (0, 2)),
        (Kind.STEPS, ("{{c9::q}}", "{{c1::a}}{{c2::b}}"), (0, 1)),
    ],
)
def test_which_cards_a_note_has(kind, values, expected):
    assert ordinals(kind, values) == expected


def test_footnotes_are_a_list_behind_the_text() -> None:
    field = front("a[^1]\n\n[^1]: *b* <c>")
    assert field.startswith('<p>a<sup>1</sup></p><ol class="footnotes" ')
    assert field.endswith("<li><em>b</em> &lt;c&gt;</li></ol>")
