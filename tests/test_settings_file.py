"""The file of settings: what it sets, and every complaint with its place."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.theme import BUILTIN_THEMES

from studytool.diagnostics import render
from studytool.keymap import DEFAULTS, Keymap
from studytool.leeches import Leeches
from studytool.orders import Order
from studytool.pacing import Pace
from studytool.queue import DeckLimits, Limits
from studytool.settings.file import THEMES, load, read
from studytool.settings.settings import THEME, Settings
from studytool.settings.text import template
from studytool.settings.toml_places import places
from studytool.settings.toml_values import text_value
from studytool.tui.themes import DARK, LIGHT

FULL = """\
cards = "~/notes"
theme = "nord"

[limits]
new = 10
reviews = 0

[decks."ML::GANs"]
new = 5
reviews = 50
[decks.Art]
new = 0

[review]
rollover = 0

[leeches]
threshold = 5
suspend = true

[keys]
set = "home-row"
review.reveal = ["space", "x", "x"]
"review.undo" = "Ctrl+Y"
summary.leave = "q"
"""


def complaints(text: str) -> list[str]:
    """Return `line:column code: message | help` of all complaints."""
    return [
        f"{wrong.line}:{wrong.column} {wrong.code}: {wrong.message}"
        + (f" | {wrong.help}" if wrong.help else "")
        for wrong in read(text, "config.toml").diagnostics
    ]


def test_everything_can_be_set() -> None:
    file = read(FULL, "config.toml")
    assert file.diagnostics == ()
    assert file.settings == Settings(
        "~/notes",
        Limits(10, 0, (DeckLimits("ML::GANs", 5, 50), DeckLimits("Art", 0))),
        0,
        "nord",
        Keymap(
            {
                "review.again": ("a", "1"),
                "review.hard": ("s", "2"),
                "review.good": ("d", "3"),
                "review.easy": ("f", "4"),
                "review.flag": ("F",),
                "review.set-due": ("D",),
                "review.reveal": ("space", "x"),
                "review.undo": ("ctrl+y",),
                "summary.leave": ("q",),
            }
        ),
        leeches=Leeches(5, suspend=True),
    )
    assert file.place("limits.new") == "config.toml:5"
    assert file.place('decks."ML::GANs".reviews') == "config.toml:10"
    assert file.place('keys."review.reveal"') == "config.toml:23"
    assert file.place("keys.set") == "config.toml:22"
    assert file.place("decks.Art.reviews") == ""


def test_order_and_pace_can_be_set() -> None:
    text = """\
[order]
new-and-due = "mix"
new = "random"
due = "deck"
backlog = false
[auto-advance]
question = 20
answer = 8
grade = "again"
"""
    file = read(text, "config.toml")
    assert file.diagnostics == ()
    assert file.settings.limits.order == Order("mix", "random", "deck", backlog=False)
    assert file.settings.pace == Pace(20, 8, "again")
    assert file.place("order.new-and-due") == "config.toml:2"
    assert file.place("auto-advance.grade") == "config.toml:9"


def test_nothing_need_be_set() -> None:
    assert read("", "config.toml").settings == Settings()
    assert Settings() == Settings("", Limits(20, 200), 4, "studytool-dark", Keymap())


def test_the_file_to_begin_with_sets_nothing_and_shows_the_defaults() -> None:
    assert read(template(), "config.toml").settings == Settings()
    lines = [line[2:] for line in template().splitlines() if line.startswith("# ")]
    shown = [line for line in lines if " = " in line or line.startswith("[")]
    text = "\n".join(line for line in shown if "`" not in line)
    file = read(text, "config.toml")
    assert file.diagnostics == ()
    assert file.settings == Settings(
        "~/notes",
        Limits(decks=(DeckLimits("Science::Physics", 5, 50),)),
        keys=Keymap(DEFAULTS),
    )


def test_all_mistakes_are_told_at_once_in_order() -> None:
    text = 'thme = "nord"\n[limits]\nnew = -1\nreview = 3\n[review]\nrollover = "4"\n'
    assert complaints(text) == [
        "1:1 unknown-setting: there is no setting `thme` | did you mean `theme`?",
        "3:1 range: `limits.new` is a number from 0 to 99999",
        "4:1 unknown-setting: there is no setting `limits.review` | did you mean `reviews`?",
        "6:1 type: `review.rollover` is a whole number, not text",
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("x = 1", "1:1 unknown-setting: there is no setting `x` | there are: cards, theme, limits"),
        ("limits = 3", "1:1 type: `limits` is a table, not a whole number"),
        ("limits = []", "1:1 type: `limits` is a table, not a list"),
        ("[limits]\nnew = true", "2:1 type: `limits.new` is a whole number, not true or false"),
        ("[limits]\nnew = 2.5", "2:1 type: `limits.new` is a whole number, not something else"),
        ("[limits]\nnew = 0xffffffffff", "2:1 range: `limits.new` is a number from 0 to 99999"),
        ("[review]\nrollover = 24", "2:1 range: `review.rollover` is a number from 0 to 23"),
        ('order.due = "dek"', "1:7 choice: `order.due` cannot be `dek` | did you mean `deck`?"),
        ('order.new = ""', "1:7 choice: `order.new` cannot be `` | there are: teaching, random"),
        ("order.backlog = 1", "1:7 type: `order.backlog` is true or false, not a whole number"),
        ("order.x = 1", "unknown-setting: there is no setting `order.x` | there are: new-and-due"),
        ("auto-advance.answer = 3601", "range: `auto-advance.answer` is a number from 0 to 3600"),
        ('auto-advance.grade = "easy"', "choice: `auto-advance.grade` cannot be `easy` | there"),
        ("theme = 3", "1:1 type: `theme` is text, not a whole number"),
        ('theme = "nrod"', "1:1 unknown-theme: there is no theme `nrod` | did you mean `nord`?"),
        ('theme = "zzz"', "1:1 unknown-theme: there is no theme `zzz` | themes: studytool-dark"),
        ('cards = ""', "1:1 path: `cards` is the path of a folder of banks"),
        ('cards = "a\\u0000b"', "1:1 path: `cards` is the path of a folder of banks"),
        ("decks.A = 5", "1:7 type: `decks.A` is a table, not a whole number"),
        ('[decks."A::B"]\nnwe = 5', '2:1 unknown-setting: there is no setting `decks."A::B".nwe`'),
        ('[decks."A::B"]\nnew = -5', '2:1 range: `decks."A::B".new` is a number from 0 to'),
        ('[decks."::"]\nnew = 5', "1:8 deck: a deck has a name"),
        ("[decks.A]\n[decks.a]\n", "2:8 deck: `a` is the deck `A` once more"),
        ("keys = 3", "1:1 type: `keys` is a table, not a whole number"),
        ("[keys]\nset = 3", "2:1 type: `keys.set` is text, not a whole number"),
        ("[keys]\nset = 'homerow'", "there is no set of keys `homerow` | did you mean `home-row`?"),
        ("[keys]\nset = 'vim'", "there is no set of keys `vim` | sets: digits, home-row"),
        ("keys.review.udno = 'x'", "1:13 unknown-binding: there is no binding `review.udno` | did"),
        ("keys.zzz = 'x'", "unknown-binding: there is no binding `zzz` | bindings: review.reveal"),
        ("keys.review.undo.x = 'x'", "unknown-binding: there is no binding `review.undo.x`"),
        (
            "keys.review.undo = 3",
            '1:13 type: `review.undo` is a key or a list of keys | such as "j"',
        ),
        ("keys.review.undo = []", "1:13 type: `review.undo` is a key or a list of keys"),
        ("keys.review.undo = ['x', 3]", "1:13 type: `review.undo` is a key or a list of keys"),
        (
            "keys.review.undo = 'spcae'",
            "unknown-key: there is no key `spcae` | did you mean `space`",
        ),
        ("keys.review.undo = 'esc'", "unknown-key: there is no key `esc` | did you mean `escape`"),
        ("keys.review.undo = ''", "unknown-key: there is no key `` | a key is a character or"),
        ("keys.review.undo = ' '", "unknown-key: there is no key ` ` | a key is a character or"),
        ("keys.review.undo = 'up'", "unknown-key: the key `up` scrolls and cannot be chosen"),
        (
            "keys.review.undo = 'ctrl+c'",
            "the key `ctrl+c` leaves every screen and cannot be chosen",
        ),
        (
            "keys.review.undo = 'ctrl+m'",
            "a terminal cannot tell `ctrl+m` from `enter` | write `ent",
        ),
        ("keys.review.undo = 'j'", "1:13 clash: `j` is a key of `review.down` too | give one of"),
        ("[decks.A::B]", "1:9 toml: expected ']' at the end of a table declaration | a name with"),
        ("theme = nord", "1:9 toml: invalid value | text stands in quotes"),
        ('theme = "nord\n', "1:14 toml: "),
        ("a = 1\na = 2\n", "2:6 toml: cannot overwrite a value | a key is there twice"),
        ("a = " + "[" * 100_000, "0:0 toml: lists and tables are too deep in each other"),
        ("a = " + "9" * 5_000, "0:0 toml: a number has too many digits"),
        ("\0", "1:1 toml: invalid statement"),
    ],
)
def test_a_mistake_is_one_complaint(text: str, complaint: str) -> None:
    (told,) = complaints(text)
    assert complaint in told


def test_a_clash_stands_at_the_later_of_two_choices_and_names_the_other() -> None:
    text = '[keys]\n"review.up" = "u"\n"review.undo" = ["u", "z"]\n'
    assert complaints(text) == [
        "3:1 clash: `u` is a key of `review.up` too | give one of the two another key"
    ]
    text = '[keys]\n"review.hint" = "s"\nset = "home-row"\n'
    assert complaints(text) == [
        "2:1 clash: `s` is a key of `review.hard` too | give one of the two another key"
    ]


def test_keys_that_change_places_do_not_clash() -> None:
    assert complaints('[keys]\n"review.up" = "j"\n"review.down" = "k"\n') == []


def test_a_binding_that_is_set_twice_is_told() -> None:
    text = '[keys]\n"review.undo" = "x"\nreview.undo = "y"\n'
    assert complaints(text) == ["3:8 twice: `review.undo` has its keys already"]


def test_what_is_wrong_keeps_its_default_and_the_rest_holds() -> None:
    file = read('theme = "nrod"\n[limits]\nnew = -1\nreviews = 7\n', "config.toml")
    assert file.settings == Settings(limits=Limits(20, 7))
    assert file.place("theme") == ""
    assert file.place("limits.reviews") == "config.toml:4"


def test_a_complaint_looks_like_one_about_a_bank() -> None:
    (wrong,) = read("[limits]\r\n  nwe = 3 # \x9b2J\r\n", "my config.toml").diagnostics
    assert render(wrong) == (
        "my config.toml:2:3: error[unknown-setting]: there is no setting `limits.nwe`\n"
        " 2 |   nwe = 3 # \ufffd2J\n"
        "   |   ^^^\n"
        "   = help: did you mean `new`?"
    )


def test_a_file_that_cannot_be_read_is_one_complaint(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbftheme = 'nord'\n")
    assert load(path, "c").settings.theme == "nord"
    path.write_bytes(b"theme = 'nord'\n\xff")
    (wrong,) = load(path, "c").diagnostics
    assert wrong.message == "this file is not in UTF-8: byte 16 of it is wrong"
    (wrong,) = load(tmp_path, "c").diagnostics
    assert wrong.message == "this file cannot be read: it is no file"


def test_the_themes_are_those_of_textual_and_ours() -> None:
    assert set(THEMES) == {*BUILTIN_THEMES, DARK.name, LIGHT.name}
    assert DARK.name == THEME


@given(st.data())
def test_no_text_is_a_crash(data: st.DataObject) -> None:
    text = FULL
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)))
        pieces = st.sampled_from(
            [
                *"[]{}=\"'.,#\n\r\\\0",
                '"""',
                "'''",
                "[[",
                "= 1",
                "keys",
                "limits",
                "-9",
                "inf",
                "\x1b",
            ]
        )
        text = text[:start] + data.draw(pieces | st.text(max_size=3)) + text[end:]
    file = read(text, "config.toml")
    lines = text.split("\n")
    for wrong in file.diagnostics:
        assert wrong.line <= len(lines)
        assert wrong.source_line == (lines[wrong.line - 1].rstrip("\r") if wrong.line else "")
        assert "\x1b" not in render(wrong)
    if not file.diagnostics:
        tomllib.loads(text)


names = st.text(max_size=4) | st.sampled_from(["a", "b-c", "x::y", "3", '"', "'", "\\", "=", "]"])
scalars: st.SearchStrategy[Any] = st.sampled_from(
    [
        "0",
        "-1.5",
        "true",
        "inf",
        "2021-05-28",
        "2021-05-28 07:32:00",
        '""',
        "''",
        '"""a\n"b""\\""""',
    ]
    + ["'''x\n= y''''", "[]", "{}", '"]"', "'}'", '"# no"', "[ # yes\n1, [2,], ]", '"\\u00e9"']
)


def written(table: dict[str, Any]) -> st.SearchStrategy[str]:
    """Return ways to write a table of tables and values, inside of braces."""
    pairs = [
        st.tuples(st.just(f"{text_value(name)} = "), written(value)).map("".join)
        if isinstance(value, dict)
        else st.just(f"{text_value(name)} = {value}")
        for name, value in table.items()
    ]
    return st.tuples(*pairs).map(lambda parts: "{" + ", ".join(parts) + "}")


tables = st.recursive(
    scalars, lambda inner: st.dictionaries(names, inner, max_size=3), max_leaves=8
)


@given(st.dictionaries(names, tables, max_size=4), st.booleans(), st.data())
def test_every_key_has_its_place(values: dict[str, Any], crlf: bool, data: st.DataObject) -> None:
    lines = ["# a comment"]
    for name, value in sorted(values.items(), key=lambda pair: isinstance(pair[1], dict)):
        if isinstance(value, dict) and data.draw(st.booleans()):
            lines.append(f"[ {text_value(name)} ] # [x]")
            for inner, below in value.items():
                text = data.draw(written(below)) if isinstance(below, dict) else below
                lines.append(f"  {text_value(inner)}={text} # {{")
        elif isinstance(value, dict) and len(lines) == 1:
            lines.append(f"{text_value(name)} = {data.draw(written(value))}")
        elif not isinstance(value, dict):
            lines.append(f"\t{text_value(name)} = {value}")
    text = ("\r\n" if crlf else "\n").join(lines)
    found = places(text)
    assert set(found) == set(paths(tomllib.loads(text)))
    rows = text.split("\n")
    for key, place in found.items():
        shown = rows[place.line - 1][place.column - 1 :][: place.length]
        assert shown == text_value(key[-1])


def paths(table: dict[str, Any], above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Return the paths of all keys of a parsed text."""
    found = []
    for name, value in table.items():
        found.append((*above, name))
        if isinstance(value, dict):
            found += paths(value, (*above, name))
    return found
