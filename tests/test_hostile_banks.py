"""Good banks damaged at random: each gives notes that can be shown, or complaints in place."""

from __future__ import annotations

import random
import re
from itertools import pairwise
from pathlib import Path

import pytest
from bank_texts import TOP, complaint, named, places, prove, read

from studytool.bank import load
from studytool.bank_fields import MAX_INHERITED, MAX_LINE, MAX_NAME
from studytool.diagnostics import render
from studytool.library import library_name, load_library, shown_path
from studytool.located import MAX_BYTES, MAX_MESSAGE, decode
from studytool.notes import Note
from studytool.texts import MAX_HOLE

SEED = 1
MUTANTS = 400
SHIPPED = sorted((Path(__file__).parent.parent / "cards").glob("*.yaml"))
COMPACT = r"""deck: A::B
tags: [one]
source: {title: 'T: U', date: 2021-05-21}
macros: {R: '\mathbb{R}'}
notes:
- {id: x1, tags: [two], q: 'It''s $\lVert x \rVert_2^2$ of $\R$?', a: One., extra: "`c` and *m*"}
- {id: x2, q: "a \"b\" c", choices: {right: [d, e], wrong: ['f, g', h]}, hint: 'not h'}
- {id: x3, cloze: 'A {{c1::b $\frac{1}{2} $::hint}} and {{c2::c {{c3::d}}}}.', was: [old]}
- {id: x4, q: How?, steps: ['one: two', three, "four"], source: {section: S}}

- id: x5
  q: |
    Which?

    - a list
    - of `two`
  a: >
    folded
    text
  reverse: What then?
  accept: [y, 'n']
"""
GOOD = [path.read_bytes() for path in SHIPPED] + [COMPACT.encode()]
MARKS = [
    *(b":", b"-", b"'", b'"', b"[", b"]", b"{", b"}", b",", b"#", b"&", b"*", b"!", b"|", b">"),
    *(b"%", b"@", b"`", b"?", b"\\", b"\n", b" ", b"\t", b"$", b"~", b"<<", b"---\n", b"...\n"),
    *(b": ", b" #", b"{{c1::", b"}}", b"\r", b"\r\n", b"- ", b"\xff"),
]
LETTERS = [
    *(
        "\u2028",
        "\x85",
        "\0",
        "\x1b[31m",
        "\x9b31m",
        "\x7f",
        "\ufeff",
        "\ufffe",
        "\u202e",
        "\u200d",
    ),
    *(
        "e\u0301",
        "\U0001f468\u200d\U0001f469",
        "\u0644\u0627",
        "\uff1a",
        "\u3000",
        "\xa0",
        "\u1680",
    ),
]


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return a bank with up to thirty changes of nine sorts."""
    for _ in range(chance.choice([1, 1, 1, 2, 3, 5, 30])):
        place = chance.randrange(len(data) + 1)
        end = place + chance.choice([1, 1, 2, 4, 10, 50, 300])
        before, piece, after = data[:place], data[place:end], data[end:]
        rows = data.split(b"\n")
        row = chance.randrange(len(rows))
        match chance.randrange(9):
            case 0 if piece:
                data = before + bytes([piece[0] ^ 1 << chance.randrange(8)]) + piece[1:] + after
            case 1:
                data = before + after
            case 2:
                data = before + piece * chance.choice([2, 3, 11]) + after
            case 3:
                other = chance.choice(GOOD)
                start = chance.randrange(len(other))
                data = before + other[start : start + end - place] + chance.choice([piece, b""])
                data += after
            case 4:
                part = rows[row : row + 8]
                chance.shuffle(part)
                data = b"\n".join([*rows[:row], *part, *rows[row + 8 :]])
            case 5:
                marks = [
                    found.start() for found in re.finditer(rb"[-:'\"\[\]{},#&*|>%@`\\$]", data)
                ]
                if marks:
                    mark = chance.choice(marks)
                    data = data[:mark] + chance.choice(MARKS) + data[mark + 1 :]
            case 6:
                data = before + chance.choice(MARKS) + piece + after
            case 7:
                data = before + chance.choice(LETTERS).encode() + piece + after
            case _:
                shift = chance.choice([b" ", b"  ", b"\t"])
                rows[row] = chance.choice([shift + rows[row], rows[row][1:], rows[row][2:]])
                data = b"\n".join(rows)
    return data


def blocks(data: bytes) -> tuple[str, dict[int, str]]:
    """Return what stands above the notes, and the lines of each by its first one, from 1."""
    file = decode(data, "b.yaml")
    starts = file.note_starts
    notes = {
        start + 1: "\n".join(file.lines[start:end]).rstrip()
        for start, end in pairwise([*starts, len(file.lines)])
    }
    return "\n".join(file.lines[: min(starts, default=0)]), notes


def test_damaged_banks_give_sound_notes_and_complaints_in_place(tmp_path: Path) -> None:
    assert len(SHIPPED) >= 5
    originals: list[tuple[str, dict[str, Note]]] = []
    for data in GOOD:
        top, lines = blocks(data)
        bank = load(data, "b.yaml", lambda path: "")
        assert bank.notes and not bank.diagnostics
        originals.append((top, {lines[entry.line]: entry.note for entry in bank.notes}))
    seen = complained = untouched = 0
    for seed in range(MUTANTS):
        chance = random.Random(f"{SEED} {seed}")
        which = chance.randrange(len(GOOD))
        data = damaged(GOOD[which], chance)
        (tmp_path / "b.yaml").write_bytes(data)
        library, found = prove(tmp_path)
        complained += bool(found)
        top, lines = blocks(data)
        for entry in library.banks["b.yaml"].notes:
            seen += 1
            written = lines.get(entry.line)
            if top == originals[which][0] and written in originals[which][1]:
                untouched += 1
                assert entry.note == originals[which][1][written], seed
    assert complained > MUTANTS / 2 and seen > MUTANTS and untouched > MUTANTS


def test_a_bracket_that_the_note_behind_seems_to_close_is_named_itself() -> None:
    text = "- {q: x, tags: #a], a: b}\n- {q: y, a: z}\n- {q: only}\n"
    assert places(text) == ["3:3 yaml", "5:3 keys"]
    assert [entry.note.question for entry in read(TOP + text).notes] == ["y"]


def test_what_is_never_closed_is_said_once() -> None:
    assert places("- {q: y, a: z}\n- {q: x, a:\n") == ["4:3 yaml"]
    assert places("- ? []: x\n  q: x\n  a: y\n") == ["3:5 key"]


def test_a_note_that_is_passed_over_leaves_nothing_in_the_one_above() -> None:
    text = "- q: x\n  a: |\n    b\n- q: @\n  a: some words\n    and more\n\n- {q: c, a: d}\n"
    bank = read(TOP + text)
    assert [named(complaint) for complaint in bank.diagnostics] == ["6:6 yaml"]
    assert [entry.note.answer for entry in bank.notes] == ["b\n", "d"]


@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_quote_that_would_swallow_the_next_note(quote: str) -> None:
    text = f"- q: x\n  a: {quote}open\n- q: {quote}\n  a: y\n"
    assert places(text)[0] == "4:6 yaml"
    (found,) = read(
        f"{TOP}- {{q: x, a: {quote}b\n- {{q: c, a: d{quote}}}\n- q: e\n  a: f\n"
    ).diagnostics
    assert (found.line, found.column, found.code) == (3, 13, "yaml")
    assert "not closed" in found.message


def test_a_text_in_quotes_may_look_like_a_list() -> None:
    for top in (TOP, "deck: D\nnotes: [\n  "):
        end = "" if top == TOP else ", q: x}]"
        start = "- q: x\n  " if top == TOP else "{"
        bank = read(f"{top}{start}a: 'two:\n\n    - one\n\n    - two'{end}\n")
        assert not bank.diagnostics
        assert bank.notes[0].note.answer == "two:\n- one\n- two"


def test_a_cloze_without_text_is_no_note() -> None:
    assert places("- cloze: ''\n- cloze:\n- cloze: |\n") == ["3:10 hole", "4:9 hole", "5:10 hole"]


def test_a_message_is_one_line_however_long_what_it_names() -> None:
    forged = '- q: x\n  "b\\n\\n/etc/passwd:1:1: error": y\n  a: z\n'
    assert len(render(complaint(forged)).split("\n")) == 4
    for key in ("k" * 900, "? |\n    k\n    k\n  "):
        (found,) = read(f"{TOP}- {{q: x, a: y}}\n- q: x\n  {key}: y\n  a: z\n").diagnostics[:1]
        assert found.code == "unknown-key" and "\n" not in found.message
        assert len(found.message) <= MAX_MESSAGE
    for text in ("&" + "a" * 900 + " x", "*" + "a" * 900, "!" + "a" * 900 + " x"):
        for found in read(f"{TOP}- q: {text}\n  a: y\n").diagnostics:
            assert len(found.message) <= MAX_MESSAGE
    (found,) = read(f'{TOP}- q: "\\{"t" * 900}"\n  a: y\n').diagnostics
    assert found.code == "escape" and len(found.message) + len(found.help) <= 2 * MAX_MESSAGE


def test_a_complaint_that_there_are_more_has_no_place() -> None:
    (last,) = read(TOP + "- q: @\n  a: b\n" * 30).diagnostics[-1:]
    assert (last.code, last.line, last.column, last.source_line) == ("more", 0, 0, "")


def test_no_complaint_stands_behind_the_last_line() -> None:
    for text in ("%YAML 1.2\n", "deck: D\nnotes: [\n", "deck: D\nnotes:\n- q: 'x\n", "a: {\n\n"):
        for found in read(text).diagnostics:
            assert found.line <= text.count("\n")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"deck: {'d' * (MAX_LINE + 1)}\nnotes: []\n", "size"),
        (f"deck: {'é' * (MAX_NAME + 1)}\nnotes: []\n", "size"),
        (f"deck: D\ntags: [{'é' * (MAX_NAME + 1)}]\nnotes: []\n", "size"),
        (f"deck: D\ntags: [{'t' * (MAX_LINE + 1)}]\nnotes: []\n", "size"),
        (
            f"deck: D\ntags: [{','.join(f't{n}' for n in range(MAX_INHERITED + 1))}]\nnotes:\n",
            "size",
        ),
        (f"deck: D\nsource: {'s' * (MAX_LINE + 1)}\nnotes: []\n", "size"),
        (f"deck: D\nsource: {{quote: {'s' * (MAX_LINE + 1)}}}\nnotes: []\n", "size"),
        (f"deck: D\nmacros: {{R: {'s' * (MAX_LINE + 1)}}}\nnotes: []\n", "size"),
        (
            "deck: D\nmacros:\n"
            + "".join(f"  {'R' * n}: x\n" for n in range(1, MAX_INHERITED + 2))
            + "notes:\n",
            "size",
        ),
        (f"{TOP}- {{q: x, steps: [{', '.join('s' * (MAX_HOLE + 1))}]}}\n", "steps"),
        (f"{TOP}- id: {'i' * 60_000}\n  q: x\n  a: y\n", "size"),
    ],
    ids=lambda value: value if len(value) < 9 else "",
)
def test_what_every_note_would_carry_is_limited(text: str, code: str) -> None:
    (found,) = read(text).diagnostics[:1]
    assert found.code == code and found.line >= 1


def test_the_longest_names_are_fine() -> None:
    tags = ", ".join(f"t{number}" for number in range(MAX_INHERITED))
    text = f"deck: {'d' * MAX_LINE}\ntags: [{tags}]\nsource: {'é' * MAX_LINE}\nnotes: []\n"
    assert read(text).diagnostics == ()
    assert read(f"{TOP}- {{q: x, steps: [{', '.join('s' * MAX_HOLE)}]}}\n").notes


def test_banks_that_hold_the_same_notes_are_damaged_together(tmp_path: Path) -> None:
    bare = re.sub(rb"- \{id: \w+, ", b"- {", COMPACT.encode())
    former = re.sub(rb"- \{id: (\w+), ", rb"- {id: \1, was: [\1, old], guid: g, ", COMPACT.encode())
    for seed in range(MUTANTS // 8):
        chance = random.Random(f"{SEED} {seed}")
        for name in "abc":
            data = chance.choice([COMPACT.encode(), bare, former])
            data = re.sub(rb", was: \[old\]", b"", data)
            (tmp_path / f"{name}.yaml").write_bytes(chance.choice([data, damaged(data, chance)]))
        assert prove(tmp_path)[1]


def test_a_note_that_names_its_own_id_as_a_former_one_clashes_once(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text(f"{TOP}- {{id: x, was: [x, x], q: y, a: z}}\n")
    (found,) = load_library(tmp_path).diagnostics
    assert found.message == "the id `x` is taken by a.yaml:3"


def test_files_that_are_no_files_are_said_and_not_read(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "zero.yaml").symlink_to("/dev/zero")
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    with (tmp_path / "sparse.yaml").open("wb") as file:
        file.truncate(1_000 * MAX_BYTES)
    (tmp_path / "good.yaml").write_text(TOP + "- {id: x, q: y, a: z}\n")
    library = load_library(tmp_path)
    found = {Path(complaint.path).stem: complaint.code for complaint in library.diagnostics}
    unreadable = dict.fromkeys(("pipe", "zero", "loop"), "unreadable")
    assert found == {**unreadable, "sparse": "size"}
    assert [len(bank.notes) for bank in library.banks.values()] == [1, 0, 0, 0, 0]


@pytest.mark.parametrize("folder", [b"", b"\xfe/"])
def test_a_bank_whose_name_is_not_utf_8_is_said_and_left_out(tmp_path: Path, folder: bytes) -> None:
    import os

    place = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + folder))
    place.mkdir(exist_ok=True)
    (place / os.fsdecode(b"\xff.yaml")).write_text(TOP + "- {id: x, q: y, a: z}\n")
    (tmp_path / "good.yaml").write_text(TOP + "- {id: x, q: y, a: z}\n")
    library = load_library(tmp_path)
    (found,) = library.diagnostics
    assert found.code == "unreadable" and "not UTF-8" in found.message
    assert list(library.banks) == ["good.yaml"]
    render(found).encode()


@pytest.mark.parametrize(
    "text",
    [
        *("library = " + "[" * 5_000, "library = " + "{a=" * 5_000, "library = " + "9" * 5_000),
        *('"a\\nb\\u001b" = 1', f"{'k' * 5_000} = 1", "library = 2024-99-99", "library = 1:30"),
        *('library = "e\u0301"', "library = .inf", "library = 'a'\nlibrary = 'b'"),
    ],
    ids=lambda text: text[:20],
)
def test_a_library_file_nobody_wrote(tmp_path: Path, text: str) -> None:
    (tmp_path / "library.toml").write_text(text)
    name, (found,) = library_name(tmp_path)
    assert name == ""
    assert len(found.message) <= MAX_MESSAGE and "\n" not in found.message


def test_a_path_is_shown_though_the_folder_we_are_in_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert shown_path(tmp_path / "a.yaml") == str(tmp_path / "a.yaml")
