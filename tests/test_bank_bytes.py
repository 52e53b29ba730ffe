"""Banks as bytes: whatever a file holds, it is a bank or complaints with places, never a crash."""

from __future__ import annotations

import pytest
from bank_texts import TOP, read, sound
from hypothesis import given, settings
from hypothesis import strategies as st

GOOD = "deck: D\nnotes:\n- q: é\n  a: b\n"
FORBIDDEN = [
    *("\0", "\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x7f", "\x80", "\x85", "\x9b"),
    *("\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff"),
]


@pytest.mark.parametrize("character", FORBIDDEN, ids=lambda c: f"U+{ord(c):04X}")
def test_a_character_that_cannot_stand_in_a_bank(character: str) -> None:
    bank = read(GOOD.replace("é", f"é{character}x"))
    (found,) = bank.diagnostics
    assert (found.code, found.line, found.column) == ("control", 3, 7)
    assert f"U+{ord(character):04X}" in found.message
    assert not bank.notes
    sound(bank)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"deck: D\nnotes:\n- q: a\xff\n", (3, 7)),
        (b"deck: D\r\nnotes:\r\n- q: \xc3\xa9\x80\r\n", (3, 7)),
        (b"deck: D\rnotes:\r- q: \xe2\x82\r", (3, 6)),
        (b"\xef\xbb\xbfdeck: \xff\n", (1, 7)),
        (b"\xed\xa0\x80", (1, 1)),
        (b"\xc0\xaf", (1, 1)),
        (b"\xf4\x90\x80\x80", (1, 1)),
        (GOOD.encode("latin-1"), (3, 6)),
        (GOOD.encode("utf-16"), (1, 1)),
        (GOOD.encode("utf-32"), (1, 1)),
        (b"\xfe\xff" + GOOD.encode("utf-16-be"), (1, 1)),
        (b"\x00\x00\xfe\xff" + GOOD.encode("utf-32-be"), (1, 1)),
    ],
)
def test_what_is_not_utf_8(data: bytes, place: tuple[int, int]) -> None:
    bank = read(data)
    (found,) = bank.diagnostics
    assert (found.code, (found.line, found.column)) == ("encoding", place)
    assert "UTF-8" in found.message + found.help
    sound(bank)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_without_a_mark(encoding: str) -> None:
    bank = read(GOOD.replace("é", "e").encode(encoding))
    assert not bank.notes
    assert {complaint.code for complaint in bank.diagnostics} <= {"control", "encoding", "more"}
    sound(bank)


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        b"# a comment\n\n" + GOOD.encode() + b"# the end",
        b"---\n" + GOOD.encode() + b"...\n",
        GOOD.rstrip("\n").encode(),
    ],
)
def test_the_same_note_in_other_bytes(data: bytes) -> None:
    bank = read(data)
    assert not bank.diagnostics
    assert bank.notes[0].note == read(GOOD).notes[0].note


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"# only\n# comments\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"text", "bank"),
        (b"- a\n- b\n", "bank"),
        (b"---\n", "bank"),
        (b"null", "bank"),
        (b"deck: D\n", "notes"),
    ],
)
def test_a_file_that_is_no_bank(data: bytes, code: str) -> None:
    bank = read(data)
    assert [complaint.code for complaint in bank.diagnostics] == [code]
    sound(bank)


def test_a_bank_without_notes_is_a_bank() -> None:
    for end in ("", "[]", "  # none yet"):
        assert read(f"deck: D\nnotes: {end}\n").diagnostics == ()


def test_letters_of_every_script_stay_as_they_are() -> None:
    text = "שלום \u202bעברית\u202c 日本語 e\u0301 \U0001f468\u200d\U0001f469 \ufdd0 \U0001fffe"
    assert read(GOOD.replace("é", text)).notes[0].note.question == text


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    sound(read(data))


@settings(max_examples=300)
@given(st.text(alphabet="-:#'\"|>{}[],&*!%@`?\\ \n\tabcn1é~", max_size=80))
def test_any_notes(text: str) -> None:
    sound(read(TOP + "- q: " + text))


LINES = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff"),
    min_size=1,
    max_size=40,
).filter(lambda line: line.strip() == line and "\ufffe" not in line and "\uffff" not in line)


@given(st.lists(LINES | st.just(""), min_size=1, max_size=6))
def test_a_block_comes_back_as_it_was_written(rows: list[str]) -> None:
    rows = ["first", *rows, "last"]
    text = "".join(f"    {row}\n" if row else "\n" for row in rows)
    bank = read(f"{TOP}- q: x\n  a: |\n{text}")
    assert bank.notes[0].note.answer == "\n".join(rows) + "\n"


@given(LINES)
def test_a_text_in_single_quotes_comes_back_as_it_was_written(line: str) -> None:
    quoted = line.replace("'", "''")
    bank = read(f"{TOP}- q: '{quoted}'\n  a: 'y'\n")
    assert [entry.note.question for entry in bank.notes if "![" not in line] == (
        [line] if "![" not in line else []
    )


@given(LINES.map(lambda line: "x " + line))
def test_a_plain_text_comes_back_as_it_was_written_or_is_complained_about(line: str) -> None:
    bank = read(f"{TOP}- q: {line}\n  a: y\n")
    if ": " not in line and " #" not in line and not line.endswith(":") and "![" not in line:
        assert bank.diagnostics == ()
    if not bank.diagnostics:
        same = line.partition(" #")[0].rstrip()
        assert bank.notes[0].note.question == same
