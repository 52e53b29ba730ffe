"""The YAML of banks: every scalar is text, and what YAML cannot read is said plainly, in place."""

from __future__ import annotations

import re

import pytest
from bank_texts import TOP, complaint, marked, notes, one, places, read

from studytool.diagnostics import render

SCALARS = (
    *("no", "No", "yes", "on", "Off", "y", "n", "true", "False", "null", "Null", "~", "NaN"),
    *("1:30", "12:30:45", "012", "0o17", "1e3", "0x1F", "0b11", "1_000", "3.10", "+1", "-0.0"),
    *("2024-01-01", "2021-05-28T10:00:00Z", ".inf", "-.INF", ".nan", "=", "5" * 5_000, "1.2.3"),
)
LEGAL_IDS = [s for s in SCALARS if re.fullmatch(r"[\w.-]{1,80}", s)]
PYYAML = re.compile(r"unicode string|expected|could not|scann|token|context|<block|found ")


@pytest.mark.parametrize("scalar", SCALARS, ids=lambda s: s[:20])
def test_a_scalar_is_the_text_that_was_typed(scalar: str) -> None:
    note = one(f"- q: {scalar}\n  a: {scalar}\n  extra: {scalar}\n  tags: [{scalar}, t]\n")
    assert (note.question, note.answer, note.extra) == (scalar, scalar, scalar)
    assert note.tags == (scalar, "t")
    choice = one(f"- q: x\n  choices: {{right: {scalar}, wrong: [{scalar}s, z]}}\n")
    assert (choice.right, choice.wrong) == ((scalar,), (scalar + "s", "z"))
    top = f"deck: {scalar}\nsource: {{date: {scalar}}}\nnotes:\n"
    inherits = one("- {q: x, a: b}\n", top)
    assert (inherits.deck, inherits.source.date) == (scalar, scalar)


@pytest.mark.parametrize("scalar", LEGAL_IDS)
def test_an_id_is_the_text_that_was_typed(scalar: str) -> None:
    note = one(f"- id: {scalar}\n  q: x\n  a: y\n  was: {scalar}-old\n")
    assert (note.id, note.was, note.derived) == (scalar, (scalar + "-old",), False)


def test_an_empty_scalar_is_an_empty_text() -> None:
    assert places('- q: ""\n  a:\n') == ["3:6 empty", "4:5 empty"]
    assert places("- q: ~\n  a: ''\n") == ["4:6 empty"]


@pytest.mark.parametrize(
    "word",
    [
        *(r"\theta", r"\beta", r"\frac", r"\nabla", r"\rho", r"\alpha", r"\vec", r"\e", r"\0"),
        *(r"\x1f", r"\x9b", r"\u0007", r"\u202e", r"\U0000001b", r"\t", r"\N", r"\_", r"\L", r"\P"),
        *(r"\sum", r"\xi", r"\upsilon", r"\underline", r"\Uparrow", r"\'", r"\ ", r"\uD800"),
        *(r"\U00110000", r"\xg", r"\n", r"\r", r"\b", r"\$", r"\{"),
    ],
)
def test_an_escape_that_does_not_mean_what_it_says(word: str) -> None:
    follows = "abla" if word == r"\n" else ""
    found = complaint(f'- q: "é $ {word}{follows} b"\n  a: y\n')
    assert (found.code, found.line, found.column) == ("escape", 3, 11)
    assert word.split("\\")[1][:2].strip() in found.message
    assert not read(f'{TOP}- q: "é $ {word}{follows} b"\n  a: y\n').notes


def test_several_escapes_of_a_text_of_several_lines() -> None:
    text = '- q: "a \\theta\n    b\n    c \\beta and \\sum"\n  a: y\n- {q: "\\rho", a: b}\n'
    found = places(text)
    assert found == ["3:9 escape", "7:8 escape"]


def test_an_escape_that_yaml_does_not_know_hides_nothing_behind_it() -> None:
    top = 'deck: D\nmacros: {R: "\\mathbb{R}", 1a: x}\nnotes:\n'
    text = '- q: "$\\sum$ \\\\ \\mu"\n  a: "$\\nabla\\xi$"\n  hints: h\n- {q: "\\u12", a: "\\mu"}\n'
    found = places(text, top)
    assert found == [
        *("2:14 escape", "2:27 macros", "4:8 escape", "5:8 escape", "6:3 unknown-key"),
        *("7:8 escape", "7:19 escape"),
    ]
    many = read(TOP + '- q: "$\\mu$"\n  a: "\\mu"\n' * 40).diagnostics
    assert [d.line for d in many if d.code == "escape"] == list(range(3, 83))


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        ("- q: `a`\n  a: b\n", "text cannot begin with a backquote", "quote the text"),
        ("- q: |\n  text\n  a: b\n", "this line is no key and no list item", "below `|`"),
    ],
)
def test_common_slips_have_words_of_their_own(text: str, message: str, advice: str) -> None:
    found = complaint(text)
    assert found.message == message
    assert advice in found.help


def test_the_text_is_written_out_as_it_was_meant() -> None:
    found = complaint('- q: "What\'s \\"$\\theta + \\\\beta\\sum$\\"?"\n  a: y\n')
    assert found.message == "in double quotes `\\theta` is a tab and `heta`; `\\sum` too"
    fixed = "'What''s \"$\\theta + \\beta\\sum$\"?'"
    assert found.help == f"write {fixed}, in single quotes, or put the text into a `|` block"
    (note,) = notes(f"- q: {fixed}\n  a: y\n")
    assert note.question == 'What\'s "$\\theta + \\beta\\sum$"?'


@pytest.mark.parametrize(
    ("word", "what"),
    [
        *((r"\theta", "a tab"), (r"\beta", "a backspace"), (r"\nabla", "a line break")),
        *((r"\frac", "a form feed"), (r"\rho", "a carriage return"), (r"\vec", "a vertical tab")),
        *((r"\alpha", "a bell"), (r"\eta", "an escape character"), (r"\sum", "no escape")),
        *((r"\x1f", "an unseen character"), (r"\_", "a blank that does not break")),
    ],
)
def test_what_an_escape_is_to_yaml(word: str, what: str) -> None:
    found = complaint(f'- q: "$x + {word}_1$"\n  a: y\n')
    assert found.message.startswith(f"in double quotes `{word}` is {what}")
    assert found.help.startswith(f"write '$x + {word}_1$',")


@pytest.mark.parametrize("text", [r"a\n1 \theta", "a\n  b \\theta", "x" * 300 + r"\theta"])
def test_a_text_that_does_not_fit_into_single_quotes_goes_into_a_block(text: str) -> None:
    assert complaint(f'- q: "{text}"\n  a: y\n').help.startswith("put the text into a `|` block")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"\"", '"'),
        (r"\\", "\\"),
        (r"\\theta", r"\theta"),
        (r"\/", "/"),
        (r"a\n1", "a\n1"),
        (r"a\n", "a\n"),
        (r"a\n$x$", "a\n$x$"),
        (r"\u00e9", "é"),
        (r"\x41", "A"),
        (r"\U0001F600", "\U0001f600"),
        ("a \\\n    b", "a b"),
    ],
)
def test_an_escape_that_is_meant(written: str, text: str) -> None:
    assert one(f'- q: x\n  a: "{written}"\n').answer == text


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("- q: a\n  q: b\n  a: c\n", "4:3 duplicate-key"),
        ("- q: a\n  a: c\ndeck: E\n", "5:1 duplicate-key"),
        ("- {q: a, a: b, source: {title: x, title: y}}\n", "3:35 duplicate-key"),
        ("- q: *x\n  a: b\n", "3:6 alias"),
        ("- q: &x y\n  a: b\n", "3:6 anchor"),
        ("- &x {q: a, a: b}\n", "3:3 anchor"),
        ("- q: a\n  a: b\n  tags: &t [x]\n", "5:9 anchor"),
        ("- q: !!str y\n  a: b\n", "3:6 tag"),
        ("- q: ! y\n  a: b\n", "3:6 tag"),
        ("- q: !x y\n  a: b\n", "3:6 tag"),
        ("- !!map {q: a, a: b}\n", "3:3 tag"),
        ("- q: a\n  <<: {x: y}\n  a: b\n", "4:3 merge"),
        ("- q: a\n  a: b\n---\nx: y\n", "5:1 documents"),
        ("- q: a\n\ta: b\n", "4:1 yaml"),
        ("- q: a\n  a: |\n\tb\n", "5:1 yaml"),
        ("- q: what: this\n  a: b\n", "3:10 yaml"),
        ("- q: $f: X \\to Y$\n  a: b\n", "3:8 yaml"),
        ("- cloze: {{c1::x}} is y\n", "3:10 yaml"),
        ("- cloze: {{c1::x}}\n", "3:10 key"),
        ("- q: x\n  a: {{c1::x}}\n", "4:6 key"),
        ("- q: [a]\n  a: b\n", "3:6 text"),
        ("- q: {a: b}\n  a: b\n", "3:6 text"),
        ("- q: `x`\n  a: b\n", "3:6 yaml"),
        ("- q: @x\n  a: b\n", "3:6 yaml"),
        ("- q: 50\n  a: %x\n", "4:6 yaml"),
        ("- q: a\n  a: * b\n", "4:6 yaml"),
        ("- q: a\n  a: & b\n", "4:6 yaml"),
        ("- q: a\n  a: !<b c\n", "4:6 yaml"),
        ("- q: - x\n  a: b\n", "3:6 yaml"),
        ("- q: ? x\n  a: b\n", "3:6 yaml"),
        ("- q: ] x\n  a: b\n", "3:6 yaml"),
        ("- q: , x\n  a: b\n", "3:6 yaml"),
        ("- q: >x\n  a: b\n", "3:7 yaml"),
        ("- q: |x\n  a: b\n", "3:7 yaml"),
        ("- q: 'abc\n  a: b\n", "3:6 yaml"),
        ('- q: "abc\n  a: b\n', "3:6 yaml"),
        ("- q: it's\n  a: 'it's'\n", "4:10 yaml"),
        ('- q: a\n  a: "x" y\n', "4:10 yaml"),
        ("- q: a\n   a: b\n", "4:4 yaml"),
        ("- q: a\n a: b\n", "4:2 yaml"),
        ("- q: a\n  a: b\n  loose\n", "5:3 yaml"),
        ("- q: a\n  a: |\n  loose\n  c: d\n", "5:3 yaml"),
        ("- ? [a]\n  : b\n  q: x\n  a: y\n", "3:5 key"),
        ("- q: x\n  a: y\n  '': z\n", "5:3 key"),
        ("- {q: a, a: b}\n...\nfoo\n", "5:1 yaml"),
        ("%FOO\n- {q: a, a: b}\n", "3:1 yaml"),
    ],
)
def test_what_yaml_cannot_read_or_we_do_not_allow(text: str, place: str) -> None:
    found = complaint(text)
    assert f"{found.line}:{found.column} {found.code}" == place
    shown = render(found)
    assert not PYYAML.search(shown), shown
    assert shown.split("\n")[2].endswith("^")
    assert found.help or found.code in ("merge", "key")


def test_an_alias_with_words_behind_it() -> None:
    assert set(places("- q: *x y\n  a: b\n")) == {"3:6 alias", "3:6 yaml"}


def test_the_message_names_the_character() -> None:
    assert "`@`" in complaint("- q: @x\n  a: b\n").message
    assert marked("- q: @x\n  a: b\n") == "@"
    assert "never closed" in complaint("- q: 'abc\n  a: b\n").message
    assert "''" in complaint("- q: x\n  a: 'it's'\n").help
    assert "tab" in complaint("- q: a\n\ta: b\n").message
    assert "line 3" in complaint("- q: a\n  q: b\n  a: c\n").message
    assert "must be quoted" in complaint("- cloze: {{c1::x}}\n").message


def test_all_broken_notes_of_a_file_are_reported_at_once() -> None:
    text = (
        "- q: fine\n  a: yes\n"
        "- q: @one\n  a: b\n"
        '- q: "\\theta"\n  a: c\n'
        "- q: two: colons\n  a: b\n"
        "- q: x\n"
        "- cloze: {{c1::x}} y\n"
        "- q: fine too\n  a: no\n"
        "- q: 'open\n  a: b\n"
    )
    bank = read(TOP + text)
    found = [f"{d.line}:{d.column} {d.code}" for d in bank.diagnostics]
    assert found == [
        *("5:6 yaml", "7:7 escape", "9:9 yaml", "11:3 keys", "12:10 yaml", "15:6 yaml"),
    ]
    assert [entry.note.question for entry in bank.notes] == ["fine", "fine too"]


def test_lists_above_the_notes_do_not_hide_where_a_note_begins() -> None:
    top = "tags:\n  - a\nsource:\n  title: x\ndeck: D\nnotes:\n"
    assert places("- q: x: u\n  a: y\n- q: f\n", top) == ["7:7 yaml", "9:3 keys"]
    assert places("- q: x\n  a: y\n", "tags:\n- a\nsource: a: b\ndeck: D\nnotes:\n") == [
        "3:10 yaml"
    ]


def test_lists_inside_a_note_are_part_of_it() -> None:
    text = "  - q: x\n    steps:\n    - one\n    - two: b: c\n  - q: y\n"
    assert places(text) == ["6:13 yaml", "7:5 keys"]


def test_after_many_errors_the_rest_is_only_hinted_at() -> None:
    found = read(TOP + "- q: @\n  a: b\n" * 30).diagnostics
    assert sum(d.code == "yaml" for d in found) == 20
    assert [d.code for d in found if d.code != "yaml"] == ["more"]
    many = read(TOP + "- x: y\n" * 200).diagnostics
    assert (len(many), many[-1].code, many[-1].line) == (101, "more", 0)


@pytest.mark.parametrize(
    "value",
    [
        *("What is C # ?", "What is C #", "$x$ and $a #x$", "costs $5 # 3 and more"),
        *("list.index #-1", "日本 #語"),
    ],
)
def test_text_behind_a_blank_and_a_number_sign_is_dropped_with_a_warning(value: str) -> None:
    text = f"- q: {value}\n  a: b\n"
    found = complaint(text)
    assert (found.line, found.column) == (3, 7 + value.index(" #"))
    assert (str(found.severity), found.code) == ("warning", "comment")
    assert marked(text) == value[value.index(" #") + 1 :]
    assert read(TOP + text).notes[0].note.question == value[: value.index(" #")]


def test_ordinary_comments_are_none_of_our_business() -> None:
    text = (
        "# the whole line\n"
        "- id: x  # an id\n"
        "  q: what  # see page 3\n"
        "  a: $5$  # a price\n"
        "  tags: [a, b]  # (two)\n"
        "  extra: |  # a block\n    C # ?\n"
        "  hint: 'C # ?' # !\n"
        "  # between\n"
        "- {q: C#, a: 'a#b'}\n"
    )
    first, second = notes(text, "deck: D # ML\nnotes:  # all\n")
    assert (first.id, first.question, first.extra, first.hint) == ("x", "what", "C # ?\n", "C # ?")
    assert (second.question, second.answer) == ("C#", "a#b")


def test_a_footnote_and_what_refers_to_it_need_one_another() -> None:
    text = "- id: a\n  q: x\n  a: |\n    one[^1] two[^b] `[^c]` \\[^d]\n\n"
    text += "    [^1]: first\n    [^e]: lost\n"
    found = read(TOP + text).diagnostics
    assert [(d.code, d.line, d.column) for d in found] == [("footnote", 6, 16), ("footnote", 9, 5)]
    assert "there is no footnote `b`" in found[0].message
    assert "nothing refers to the footnote `e`" in found[1].message
    assert read(TOP + text).notes[0].note.answer.startswith("one[^1]")
