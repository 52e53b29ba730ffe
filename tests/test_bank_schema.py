"""What a bank and its notes may say: keys, kinds, fields, ids and pictures."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bank_texts import TOP, complaint, marked, named, notes, one, places, read
from hypothesis import given
from hypothesis import strategies as st

from studytool.bank import load
from studytool.library import image_finder
from studytool.notes import Kind, Source, valid_id

QA = "  q: x\n  a: y\n"
PIXEL = b"\x89PNG"


@pytest.mark.parametrize(
    ("text", "kind", "parts"),
    [
        ("- {q: x, a: y}", Kind.BASIC, ("front",)),
        ("- {front: x, back: y}", Kind.BASIC, ("front",)),
        ("- {q: x, back: y, reverse: true}", Kind.BASIC, ("front", "reverse")),
        ("- cloze: 'a {{c2::b}} {{c1::c {{c3::d}}}}'", Kind.CLOZE, ("c1", "c2", "c3")),
        ("- {q: x, choices: {right: a, wrong: [b, c]}}", Kind.CHOICE, ("front",)),
        ("- {front: x, choices: {right: [a, b], wrong: c}}", Kind.CHOICE, ("front",)),
        ("- {q: x, steps: [a, b, c]}", Kind.STEPS, ("s1", "s2", "s3")),
    ],
)
def test_the_kind_of_a_note_is_seen_by_its_keys(
    text: str, kind: Kind, parts: tuple[str, ...]
) -> None:
    note = one(text + "\n")
    assert (note.kind, note.parts()) == (kind, parts)


def test_every_key_of_a_note() -> None:
    text = (
        "- id: n1\n  q: x\n  a: y\n  reverse: which?\n  accept: [y, ys]\n  extra: e\n  hint: h\n"
        "  deck: ' E :: F '\n  tags: [t]\n  source: {author: A}\n  was: [n0, n]\n  guid: G#1\n"
        "  suspended: true\n"
    )
    note = one(text, "deck: D\nmacros: {R: '\\mathbb{R}', \\E: x}\nnotes:\n")
    assert (note.id, note.question, note.answer, note.reverse) == ("n1", "x", "y", "which?")
    assert (note.accept, note.extra, note.hint, note.deck) == (("y", "ys"), "e", "h", "E::F")
    assert (note.tags, note.source, note.was) == (("t",), Source(author="A"), ("n0", "n"))
    assert (note.guid, note.suspended, note.derived) == ("G#1", True, False)
    assert note.macros == (("\\R", r"\mathbb{R}"), ("\\E", "x"))


def test_what_a_note_inherits_and_what_it_adds() -> None:
    top = (
        "deck: A::B\ntags: [one, two]\nsource: {title: T, url: 'https://x.org/a', date: 2021}\n"
        "notes:\n"
    )
    text = (
        "- {q: a, a: b}\n"
        "- {q: c, a: d, deck: E, tags: [two, three], source: {date: 2022, section: S}}\n"
        "- {q: e, a: f, tags: [], source: U}\n"
    )
    plain, own, third = notes(text, top)
    assert (plain.deck, plain.tags) == ("A::B", ("one", "two"))
    assert plain.source == Source("T", date="2021", url="https://x.org/a")
    assert (own.deck, own.tags) == ("E", ("one", "two", "three"))
    assert own.source == Source("T", date="2022", url="https://x.org/a", section="S")
    assert third.tags == ("one", "two") and third.source.title == "U"


def test_one_text_stands_for_a_list_of_one() -> None:
    note = one("- {id: n, q: x, a: y, tags: t, accept: z, was: w}\n")
    assert (note.tags, note.accept, note.was) == (("t",), ("z",), ("w",))


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("- q: x\n  anser: y\n  a: y\n", "4:3 unknown-key", "did you mean `"),
        ("- q: x\n  answer: y\n  a: y\n", "4:3 unknown-key", "did you mean `a`?"),
        ("- q: x\n  Explanation: y\n  a: y\n", "4:3 unknown-key", "did you mean `extra`?"),
        ("- q: x\n  Q: y\n  a: y\n", "4:3 unknown-key", ""),
        ("- q: x\n  hnit: y\n  a: y\n", "4:3 unknown-key", "did you mean `hint`?"),
        ("- q: x\n  due: 2021-01-01\n  a: y\n", "4:3 unknown-key", ""),
        ("- {q: x, choices: {right: a, wrng: b, wrong: c}}\n", "3:30 unknown-key", "`wrong`"),
        ("- {q: x, a: y, source: {titel: z}}\n", "3:25 unknown-key", "did you mean `title`?"),
    ],
)
def test_an_unknown_key(text: str, place: str, said: str) -> None:
    found = complaint(text)
    assert named(found) == place
    assert f"`{marked(text)}`" in found.message
    assert said in found.help


def test_an_unknown_key_of_a_bank() -> None:
    found = complaint("- {q: x, a: y}\n", "deck: D\ntag: t\nnotes:\n")
    assert (found.line, found.column, found.help) == (2, 1, "did you mean `tags`?")
    assert complaint("", "deck: D\ncards: []\nnotes:\n").help == "did you mean `notes`?"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("- q: x\n", "3:3 keys"),
        ("- a: x\n", "3:3 keys"),
        ("- {id: x}\n", "3:3 keys"),
        ("- steps: [a, b]\n", "3:3 keys"),
        ("- {}\n", "3:3 keys"),
        ("- q: x\n  a: y\n  steps: [a, b]\n", "4:3 keys"),
        ("- q: x\n  cloze: '{{c1::y}}'\n", "4:3 keys"),
        ("- cloze: '{{c1::y}}'\n  a: z\n", "4:3 keys"),
        ("- q: x\n  front: y\n  a: z\n", "4:3 keys"),
        ("- q: x\n  a: y\n  back: z\n", "5:3 keys"),
        ("- q: x\n  steps: [a, b]\n  reverse: true\n", "5:3 keys"),
        ("- cloze: '{{c1::y}}'\n  reverse: true\n", "4:3 keys"),
        ("- q: x\n  choices: {right: a, wrong: b}\n  accept: a\n", "5:3 keys"),
        ("- x\n", "3:3 note"),
        ("- [x]\n", "3:3 note"),
        ("- q: ' '\n  a: y\n", "3:6 empty"),
        ("- q: x\n  a: |\n\n  extra: z\n", "4:6 empty"),
        ("- q: x\n  a: [y]\n", "4:6 text"),
        ("- q: {y: z}\n  a: y\n", "3:6 text"),
        ("- {q: x, a: y, extra: [z]}\n", "3:23 text"),
        ("- {q: x, a: y, accept: []}\n", "3:24 empty"),
        ("- {q: x, a: y, accept: [z, '']}\n", "3:28 empty"),
        ("- {q: x, a: y, accept: {b: c}}\n", "3:24 list"),
        ("- {q: x, a: y, guid: ''}\n", "3:22 empty"),
        ("- {q: x, a: y, deck: ''}\n", "3:22 deck"),
        ("- {q: x, a: y, deck: 'A::::B'}\n", "3:22 deck"),
        ("- {q: x, a: y, deck: 'A:: '}\n", "3:22 deck"),
        ("- {q: x, a: y, deck: 'A\tB'}\n", "3:22 deck"),
        ("- {q: x, a: y, deck: [A]}\n", "3:22 text"),
        ("- {q: x, a: y, tags: [a b]}\n", "3:22 tag"),
        ("- {q: x, a: y, tags: 'a,b'}\n", "3:22 tag"),
        ("- {q: x, a: y, tags: ['a::']}\n", "3:22 tag"),
        ("- {q: x, a: y, tags: {b: c}}\n", "3:22 list"),
        ("- {q: x, a: y, source: [z]}\n", "3:24 source"),
        ("- {q: x, a: y, source: {title: z, url: example.org}}\n", "3:40 url"),
        ("- {q: x, choices: [a, b]}\n", "3:19 choices"),
        ("- {q: x, choices: {right: a}}\n", "3:19 choices"),
        ("- {q: x, choices: {right: a, wrong: [a]}}\n", "3:19 choices"),
        ("- {q: x, choices: {right: a, wrong: [b, 'b ']}}\n", "3:19 choices"),
        ("- {q: x, choices: {right: [], wrong: b}}\n", "3:27 empty"),
        ("- {q: x, choices: {right: a, wrong: [b: c]}}\n", "3:38 text"),
        ("- {q: x, steps: [a]}\n", "3:17 steps"),
        ("- {q: x, steps: a}\n", "3:17 steps"),
        ("- {q: x, steps: {a: b}}\n", "3:17 list"),
        ("- {q: x, steps: [a, '']}\n", "3:21 empty"),
    ],
)
def test_what_a_note_cannot_be(text: str, place: str) -> None:
    assert places(text) == [place]
    assert not read(TOP + text).notes


def test_a_note_without_a_deck() -> None:
    assert places("- {q: x, a: y}\n", "notes:\n") == ["2:3 deck"]
    assert places("- {q: x, a: y}\n", "deck: ''\nnotes:\n") == ["1:7 deck"]


def test_macros_are_commands() -> None:
    assert places("", "deck: D\nmacros: {R1: x}\nnotes:\n") == ["2:10 macros"]
    assert places("", "deck: D\nmacros: x\nnotes:\n") == ["2:9 macros"]


@pytest.mark.parametrize("word", ["yes", "No", "on", "OFF", "y", "1", "True", "TRUE", "''", "[]"])
def test_flags_are_true_or_false(word: str) -> None:
    found = complaint(f"- {{q: x, a: y, suspended: {word}}}\n")
    assert (found.line, found.column, found.code) == (3, 27, "flag")
    assert "`true` or `false`" in found.help
    assert one("- {q: x, a: y, suspended: false}\n").suspended is False


def test_the_reverse_side() -> None:
    assert one("- {q: x, a: y, reverse: true}\n").reverse == "y"
    assert one("- {q: x, a: y, reverse: false}\n").parts() == ("front",)
    assert one("- {q: x, a: y, reverse: 'Yes'}\n").reverse == "Yes"
    for word in ("yes", "No", "on", "True", "~", "y"):
        assert places(f"- {{q: x, a: y, reverse: {word}}}\n") == ["3:25 flag"]
    assert places("- {q: x, a: y, reverse: ' '}\n") == ["3:25 empty"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no hole", ["1 hole"]),
        ("a {{c1::}} b", ["3 hole"]),
        ("a {{c1:: ::hint}} b", ["3 hole"]),
        ("a {{c1::b", ["3 hole"]),
        ("a {{c1::b}} {{c2::c}", ["13 hole"]),
        ("a {{c0::b}} {{c1::b}}", ["3 hole"]),
        ("a {{c1:b}} {{c1::b}}", ["3 hole"]),
        ("{{c1::b}} {{c2}}", ["11 hole"]),
        ("{{c1::b}} {{c500::c}}", ["11 hole"]),
        ("{{c1::b}} {{c1000::c}}", ["11 hole"]),
        ("{{c1::a {{c2::}} b}}", ["1 hole"]),
    ],
)
def test_a_cloze_text_whose_holes_are_not_whole(text: str, found: list[str]) -> None:
    plain = places(f"- cloze: |\n    {text}\n")
    shift = 4 if text not in ("no hole", "{{c1::a {{c2::}} b}}") else 0
    expected = [f"{4 if shift else 3}:{int(f.split()[0]) + shift} hole" for f in found]
    if shift:
        assert plain == expected
        quoted = places(f"- cloze: 'it''s {text}'\n")
        assert quoted == [f"3:{int(f.split()[0]) + 16} hole" for f in found]
    else:
        assert [place.split()[1] for place in plain] == ["hole"]


def test_a_cloze_text_whose_holes_are_whole() -> None:
    text = r"{{c1::a}} {{c1::b::hint}} {{c2::x {{c3::y}}}} \{{c4::z}} $\frac{{{c5::1}}}{2}$"
    assert one(f"- cloze: '{text}'\n").parts() == ("c1", "c2", "c3", "c5")


def test_a_text_too_long_is_one_complaint() -> None:
    assert places(f"- q: x\n  a: {'y' * 50_001}\n") == ["4:6 size"]
    assert places(f"- cloze: {'y' * 50_001}\n") == ["3:10 size"]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("media/a.png", ""),
        ("media/sub/a.png", ""),
        ("media/none.png", "is not there"),
        ("media/", "is no file"),
        ("media/sub", "is no file"),
        ("a.png", "is not in `media/`"),
        ("media", "is not in `media/`"),
        ("media/../a.png", "is not in `media/`"),
        ("../a.png", "is not in `media/`"),
        ("media/..%2fa.png", "is not there"),
        ("media\\a.png", "is not in `media/`"),
        ("/etc/passwd", "is not in `media/`"),
        ("~/a.png", "is not in `media/`"),
        ("//x.org/a.png", "is on the net"),
        ("http://x.org/a.png", "is on the net"),
        ("file:///etc/passwd", "is on the net"),
        ("data:image/png;base64,AA", "is not in `media/`"),
        ("media/link.png", "is a link"),
        ("media/loop.png", "is a link"),
        ("media/out/hosts", "is a link"),
        ("media/pipe", "is no file"),
        ("media/" + "a" * 300, "cannot be read"),
        ("media/a.png/b", "is not there"),
        ("", "is not in `media/`"),
    ],
)
def test_pictures_lie_in_the_media_folder(tmp_path: Path, path: str, why: str) -> None:
    (tmp_path / "a.png").write_bytes(PIXEL)
    (tmp_path / "media/sub").mkdir(parents=True)
    (tmp_path / "media/a.png").write_bytes(PIXEL)
    (tmp_path / "media/sub/a.png").write_bytes(PIXEL)
    (tmp_path / "media/link.png").symlink_to(tmp_path / "a.png")
    (tmp_path / "media/loop.png").symlink_to("loop.png")
    (tmp_path / "media/out").symlink_to("/etc")
    os.mkfifo(tmp_path / "media/pipe")
    text = f"{TOP}- q: see ![a picture]({path})\n  a: y\n"
    bank = load(text.encode(), "b.yaml", image_finder(tmp_path))
    if not why:
        assert bank.diagnostics == () and bank.notes
        return
    (found,) = bank.diagnostics
    assert (found.code, found.line, found.column) == ("image", 3, 10)
    assert why in found.message
    assert not bank.notes


def test_a_picture_without_a_description_is_a_warning() -> None:
    text = "- q: see ![](media/a.png)\n  a: y\n"
    assert places(text) == ["3:10 description?"]
    assert marked(text) == "![](media/a.png)"
    assert len(read(TOP + text).notes) == 1


def test_pictures_in_code_and_escaped_ones_are_none() -> None:
    text = "- q: |\n    `![](x)` and ``a ` ![](y)`` and \\![](z)\n  a: y\n"
    assert notes(text)
    assert places("- q: a `b` ![c](x) `d`\n  a: y\n", why="is bad") == ["3:12 image"]


@pytest.mark.parametrize(
    ("text", "place", "caret"),
    [
        ("- q: x\n  a: |\n    one\n\n      two ![p](x) three\n", (7, 11), "![p](x)"),
        ("- q: x\n  a: |2\n     one ![p](x)\n", (5, 10), "![p](x)"),
        ("- q: x\n  a: |-\n    日本 ![p](x)\n", (5, 8), "![p](x)"),
        ("- q: 'it''s ''x'' ![p](x)'\n  a: y\n", (3, 19), "![p](x)"),
        ("- q: it's ![p](x)\n  a: y\n", (3, 11), "![p](x)"),
        ('- q: "it\'s ![p](x)"\n  a: y\n', (3, 12), "![p](x)"),
        ("- q: x\n  choices: {right: a, wrong: [b, 'c ![p](x)']}\n", (4, 37), "![p](x)"),
    ],
)
def test_the_caret_stands_under_the_picture(text: str, place: tuple[int, int], caret: str) -> None:
    found = complaint(text, why="is bad")
    assert (found.line, found.column) == place
    assert marked(text, why="is bad") == caret


@pytest.mark.parametrize(
    "text",
    [
        '- q: "\\u00e9 ![p](x)"\n  a: y\n',
        "- q: >\n    a\n    ![p](x)\n  a: y\n",
        "- q: 'a\n    ![p](x)'\n  a: y\n",
        "- q: a\n    ![p](x)\n  a: y\n",
    ],
)
def test_where_the_place_is_not_known_the_text_is_named(text: str) -> None:
    found = complaint(text, why="is bad")
    assert (found.line, found.column) == (3, 6)


@pytest.mark.parametrize(
    ("value", "caret"),
    [
        ("a b", "a b"),
        ("'it''s'", "'it''s'"),
        (r'"\u00e9 b"', r'"\u00e9 b"'),
        ("'日 本'", "'日 本'"),
    ],
)
def test_the_caret_stands_under_the_whole_value(value: str, caret: str) -> None:
    assert marked(f"- id: {value}\n{QA}") == caret


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("a b", "write `a-b`"),
        ("a/b", "write `a-b`"),
        ("'#'", ""),
        ("e\u0301", "write `é`"),
        ("''", ""),
        ("a" * 81, "write `" + "a" * 80 + "`"),
        ("a:b", "write `a-b`"),
    ],
)
def test_what_is_not_an_id(name: str, advice: str) -> None:
    found = complaint(f"- id: {name}\n{QA}")
    assert (found.line, found.column, found.code) == (3, 7, "id")
    assert found.help == advice
    assert places(f"- id: x\n  was: [{name}]\n{QA}")[0].split()[0].startswith("4:")


@pytest.mark.parametrize("name", ["a", "A.b_c-1", "é", "日本", "हिन्दी", "x-", "1", "a" * 80])
def test_what_is_an_id(name: str) -> None:
    assert one(f"- id: {name}\n{QA}").id == name


@pytest.mark.parametrize(
    ("first", "second"), [("x", "x"), ("Abc", "aBC"), ("É", "é"), ("Straße", "STRASSE")]
)
def test_an_id_is_there_once(first: str, second: str) -> None:
    text = f"- id: {first}\n{QA}- id: {second}\n{QA}"
    found = complaint(text)
    assert (found.line, found.column, found.code) == (6, 7, "duplicate-id")
    assert "line 3" in found.message
    assert marked(text) == second
    assert [entry.note.id for entry in read(TOP + text).notes] == [first]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What is a GAN?", "what-is-a-gan"),
        ("A b c d e f g h i j", "a-b-c-d-e-f-g-h"),
        ("Was heißt *Ähre*?", "was-heisst-ähre"),
        ("機械 学習?", "機械-学習"),
        ("A_b c.d", "a-b-c-d"),
        ("x" * 100, "x" * 80),
    ],
)
def test_an_id_is_made_of_the_first_eight_words(question: str, name: str) -> None:
    note = one(f"- q: '{question}'\n  a: y\n")
    assert (note.id, note.derived) == (name, True)
    assert valid_id(note.id)


def test_the_id_of_a_cloze_is_made_of_its_text() -> None:
    assert (
        one("- cloze: 'The {{c1::sky}} is {{c2::blue::colour}}'\n").id == "the-sky-is-blue-colour"
    )


def test_an_id_for_a_question_without_words() -> None:
    note = one("- {q: '$$?', a: y}\n")
    assert note.id.startswith("basic-") and len(note.id) == 10


def test_a_derived_id_that_clashes_gets_digits_of_its_content() -> None:
    text = "- {q: X?, a: y}\n- {q: 'x!', a: z}\n- {id: w, q: v, a: u}\n"
    first, second, _ = (note.id for note in notes(text))
    assert first == "x"
    assert second.startswith("x-") and len(second) == 6 and second != "x-2"
    written, derived = notes("- {id: X, q: v, a: u}\n- {q: 'x!', a: z}\n")
    assert (written.id, derived.id) == ("X", second)
    early, late = notes("- {q: 'x!', a: z}\n- {id: X, q: v, a: u}\n")
    assert (early.id, late.id) == (second, "X")


def test_three_equal_notes_without_ids_are_one_too_many() -> None:
    text = "- {q: X?, a: y}\n" * 3
    assert places(text) == ["5:3 duplicate-id"]
    assert len(read(TOP + text).notes) == 2


@given(
    st.lists(st.integers(0, 30), max_size=4, unique=True),
    st.lists(st.integers(40, 70), max_size=4, unique=True),
)
def test_derived_ids_do_not_hang_on_the_other_notes(before: list[int], after: list[int]) -> None:
    def text(numbers: list[int]) -> str:
        return "".join(f"- {{q: What is {number}?, a: It.}}\n" for number in numbers)

    middle = "- {q: Same?, a: one}\n- {q: Same?, a: two}\n- {q: Other?, a: three}\n"
    alone = [note.id for note in notes(middle)]
    among = [note.id for note in notes(text(before) + middle + text(after))]
    assert among[len(before) : len(before) + 3] == alone


def test_all_complaints_of_a_bank_come_in_the_order_of_the_file() -> None:
    text = "- q: x\n  a: z ![](no)\n  tag: t\n- q: y\n- id: '?'\n  q: z\n  a: z\n"
    assert places(text, why="is bad") == [
        *("4:8 image", "4:8 description?", "5:3 unknown-key", "6:3 keys", "7:7 id"),
    ]
