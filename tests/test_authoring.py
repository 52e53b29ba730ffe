"""Ids written into banks: a few characters change, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytool.authoring import with_ids, write_ids
from studytool.bank import load
from studytool.check import check
from studytool.errors import StudytoolError
from studytool.library import load_library

BANK = """\
# my eggs
deck: Eggs   # one deck
notes:
- q: What is *hard* boiled?   # keep me
  a: |
    Ten minutes.

- id: soft
  q: Soft?
  a: Six.
-   q: Poached?
    a: Three.
- {q: 'Fried, how?', a: in butter}
"""


def ids(text: str) -> list[tuple[str, bool]]:
    bank = load(text.encode(), "x.yaml", lambda path: "")
    assert bank.diagnostics == ()
    return [(entry.note.id, entry.note.derived) for entry in bank.notes]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_ids_are_written_and_everything_else_stays(end: str) -> None:
    text = BANK.replace("\n", end)
    bank = load(text.encode(), "x.yaml", lambda path: "")
    fixed = with_ids(text, bank.notes)
    assert [name for name, _ in ids(fixed)] == [name for name, _ in ids(text)]
    assert not any(derived for _, derived in ids(fixed))
    assert fixed == text.replace("- q: What", f"- id: what-is-hard-boiled{end}  q: What").replace(
        "-   q: Poached", f"-   id: poached{end}    q: Poached"
    ).replace("{q: 'Fried", "{id: fried-how, q: 'Fried")
    assert with_ids(fixed, load(fixed.encode(), "x.yaml", lambda path: "").notes) == fixed


def test_a_bank_with_errors_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(BANK)
    (tmp_path / "bad.yaml").write_text("deck: D\nnotes:\n- q: x\n- q: y\n  a: z\n")
    before = (tmp_path / "bad.yaml").read_text()
    ((path, count),) = write_ids(tmp_path, load_library(tmp_path))
    assert (Path(path).name, count) == ("good.yaml", 3)
    assert (tmp_path / "bad.yaml").read_text() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.yaml", "good.yaml"]
    derived = [
        found.path
        for found in check(load_library(tmp_path), tmp_path)
        if found.code == "derived-id"
    ]
    assert [Path(path).name for path in derived] == ["bad.yaml"]


def test_ids_that_clash_over_banks_are_written_as_they_are_used(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(f"deck: {name}\nnotes:\n- q: Same?\n  a: {name}\n")
    used = [e.note.id for bank in load_library(tmp_path).banks.values() for e in bank.notes]
    write_ids(tmp_path, load_library(tmp_path))
    again = load_library(tmp_path)
    assert [e.note.id for bank in again.banks.values() for e in bank.notes] == used
    assert again.diagnostics == ()


def test_a_byte_order_mark_moves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbf{deck: D, notes: [{q: x, a: y}]}")
    write_ids(tmp_path, load_library(tmp_path))
    assert path.read_bytes() == b"\xef\xbb\xbf{deck: D, notes: [{id: x, q: x, a: y}]}"


def test_a_note_that_ids_cannot_be_put_into_is_left_and_named(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("deck: D\nnotes: [cloze: '{{c1::x}} y']\n")
    before = path.read_bytes()
    with pytest.raises(StudytoolError, match="cannot be put into") as caught:
        write_ids(tmp_path, load_library(tmp_path))
    assert "`x-y`" in caught.value.help
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["a.yaml"]
