"""Folders of banks: their files, their name, ids across banks, and the rules of `check`."""

from __future__ import annotations

from pathlib import Path

import pytest
from bank_texts import TOP, named, read

from studytool.bank import Bank
from studytool.bank_files import bank_files
from studytool.check import check
from studytool.diagnostics import errors, render
from studytool.errors import UsageError
from studytool.library import (
    Claim,
    library_name,
    load_bank,
    load_library,
    settle,
    shown_path,
)

ONE = "- {id: x, q: What?, a: That.}\n"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def banks(**texts: str) -> dict[str, Bank]:
    return {f"{name}.yaml": read(TOP + text) for name, text in texts.items()}


def ids(settled: dict[str, Bank]) -> dict[str, list[str]]:
    return {path: [entry.note.id for entry in bank.notes] for path, bank in settled.items()}


def test_the_banks_of_a_folder(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", "sub/c.yaml", "sub/media/d.yaml", "media/e.yaml"):
        write(tmp_path / name, "")
    for name in (".hidden.yaml", ".git/f.yaml", "review/g.yaml", "notes.txt", "h.yaml.bak"):
        write(tmp_path / name, "")
    (tmp_path / "folder.yaml").mkdir()
    found = [path.relative_to(tmp_path).as_posix() for path in bank_files(tmp_path)]
    assert found == ["a.yml", "b.yaml", "sub/c.yaml"]
    assert bank_files(tmp_path / "notes.txt") == [tmp_path / "notes.txt"]
    with pytest.raises(UsageError, match="there is no"):
        bank_files(tmp_path / "nowhere")


def test_a_path_is_shown_as_the_user_would_type_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown_path(tmp_path / "cards" / "a.yaml") == "cards/a.yaml"
    assert shown_path(Path("/a.yaml")) == "/a.yaml"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", ""),
        ("# nothing\n", ""),
        ('library = "studytool-ml"\n', "studytool-ml"),
        ('\ufefflibrary = "é.1"\n', "é.1"),
        ('library = ""\n', ""),
    ],
)
def test_the_name_of_a_library(tmp_path: Path, text: str, name: str) -> None:
    write(tmp_path / "library.toml", text)
    assert library_name(tmp_path) == (name, ())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"library = mine", "invalid value"),
        (b"\xff\xfe", "cannot be read"),
        (b"library = 1", "`library` is text, not a whole number"),
        (b"library = 'a/b'", "is a name of letters"),
        (b"# comment\nlibary = 'x'", "there is no setting `libary`"),
        (b"name = 'x'\nlibrary = 'y'", "there is no setting `name`"),
    ],
)
def test_a_broken_library_file(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "library.toml").write_bytes(data)
    name, (found,) = library_name(tmp_path)
    assert name == ""
    assert said in found.message
    assert (found.line > 0) == (data[:1] != b"\xff")
    assert "library.toml:" in render(found)
    if b"libary" in data:
        assert found.help == "did you mean `library`?"


def test_a_library_without_a_file_has_no_name(tmp_path: Path) -> None:
    assert library_name(tmp_path) == ("", ())


def test_an_id_is_unique_over_banks() -> None:
    settled, (found,) = settle(banks(a=ONE, b="- {id: y, q: A, a: B}\n- {id: X, q: A, a: B}\n"))
    assert ids(settled) == {"a.yaml": ["x"], "b.yaml": ["y"]}
    assert named(found) == "4:3 duplicate-id"
    assert found.message == "the id `X` is taken by a.yaml:3"
    assert found.source_line == "- {id: X, q: A, a: B}"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (ONE, "- {id: y, was: x, q: A, a: B}\n"),
        ("- {id: z, was: [w, x], q: A, a: B}\n", ONE),
        ("- {id: z, was: [x], q: A, a: B}\n", "- {id: y, was: [X], q: A, a: B}\n"),
    ],
)
def test_a_former_id_is_not_free(first: str, second: str) -> None:
    settled, found = settle(banks(a=first, b=second))
    assert [complaint.code for complaint in found] == ["duplicate-id"]
    assert ids(settled)["b.yaml"] == []
    same, again = settle(banks(a=first + second))
    assert len(again) == 1
    assert len(ids(same)["a.yaml"]) == 1


def test_a_note_may_name_its_own_id_as_a_former_one() -> None:
    settled, found = settle(banks(a="- {id: x, was: [x], q: A, a: B}\n"))
    assert (ids(settled), found) == ({"a.yaml": ["x"]}, ())


def test_a_derived_id_gives_way() -> None:
    settled, found = settle(banks(a="- {q: X?, a: B}\n", b="- {q: X?, a: C}\n", c=ONE))
    assert found == ()
    (first,), (second,), (third,) = ids(settled).values()
    assert first.startswith("x-") and second.startswith("x-") and len({first, second}) == 2
    assert third == "x"


def test_equal_notes_without_ids() -> None:
    derived = "- {q: X?, a: B}\n"
    settled, found = settle(banks(a=derived, b=derived))
    assert found == ()
    assert ids(settled)["a.yaml"] == ["x"]
    assert ids(settled)["b.yaml"][0].startswith("x-")
    settled, (clash,) = settle(banks(a=derived, b=derived, c=derived))
    assert clash.message.startswith("this note is there twice, first in b.yaml:3")
    assert ids(settled)["c.yaml"] == []


def test_a_derived_id_gives_way_to_a_former_id_in_its_own_bank() -> None:
    settled, found = settle(banks(a="- {id: new, was: x, q: A, a: B}\n- {q: X?, a: B}\n"))
    assert found == ()
    new, derived = ids(settled)["a.yaml"]
    assert new == "new" and derived.startswith("x-")


def test_ids_that_banks_hold_that_were_not_read() -> None:
    held = [Claim("x", "z.yaml", 7, False)]
    settled, (found,) = settle(banks(a=ONE), held)
    assert (ids(settled), found.message) == ({"a.yaml": []}, "the id `x` is taken by z.yaml:7")
    settled, complaints = settle(banks(a="- {q: X?, a: B}\n"), held)
    assert complaints == () and ids(settled)["a.yaml"][0].startswith("x-")


def test_a_library_is_read_whole(tmp_path: Path) -> None:
    write(tmp_path / "library.toml", "library = 'mine'")
    write(tmp_path / "a.yaml", TOP + ONE)
    write(tmp_path / "sub/b.yaml", TOP + ONE + "- {q: only}\n")
    library = load_library(tmp_path)
    assert library.name == "mine"
    assert list(library.banks) == ["a.yaml", "sub/b.yaml"]
    assert sorted(named(complaint) for complaint in library.diagnostics) == [
        *("3:3 duplicate-id", "4:3 keys"),
    ]
    alone = load_library(tmp_path / "sub" / "b.yaml")
    assert (alone.name, list(alone.banks)) == ("", ["b.yaml"])
    with pytest.raises(UsageError, match="there is no"):
        load_library(tmp_path / "c.yaml")


def test_a_file_that_cannot_be_read_is_a_complaint(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.symlink_to("/proc/self/mem")
    bank = load_bank(path)
    assert bank.notes == ()
    assert [complaint.code for complaint in bank.diagnostics] == ["unreadable"]
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    assert errors(load_library(tmp_path).diagnostics) == 2


def test_check_finds_everything_in_the_order_of_the_files(tmp_path: Path) -> None:
    write(tmp_path / "b.yaml", TOP + "- {q: What is x?, a: B}\n- {q: @, a: b}\n")
    write(tmp_path / "a.yaml", TOP + "- {id: a, q: What is x?, a: B}\n- {q: only}\n")
    found = check(load_library(tmp_path), tmp_path)
    assert [(Path(d.path).name, named(d)) for d in found] == [
        ("a.yaml", "4:3 keys"),
        ("b.yaml", "3:3 derived-id?"),
        ("b.yaml", "4:7 yaml"),
    ]


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("a {{c1::b}} {{c2::c}}", []),
        ("`a {{c1::b}}` and ${{c2::x}}$", []),
        ("{{c1::one\n\n    two}} {{c2::b}}", ["5:5 hole"]),
        ("a `{{c1::b` c}}", ["5:8 hole"]),
        ("{{c1::a}}\n    - x {{c2::\n    - y}} {{c3::z}}", ["6:9 hole"]),
        ("{{c3::one\n\n    two}} `{{c10::a` b}}", ["5:5 hole", "7:12 hole"]),
    ],
)
def test_a_hole_that_markdown_tears_apart(tmp_path: Path, text: str, lost: list[str]) -> None:
    write(tmp_path / "a.yaml", f"{TOP}- id: h\n  cloze: |\n    {text}\n")
    found = check(load_library(tmp_path), tmp_path)
    assert [named(complaint) for complaint in found] == lost
    assert all("is cut by" in complaint.message for complaint in found)


def test_notes_without_ids_are_one_warning_a_bank(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml", TOP + ONE + "- {q: One?, a: B}\n")
    write(tmp_path / "b.yaml", TOP + "".join(f"- {{q: {n} or?, a: B}}\n" for n in "cdefg"))
    first, second = check(load_library(tmp_path), tmp_path)
    assert (first.message, named(first)) == ("1 note has no id: `one`", "4:3 derived-id?")
    assert second.message == "5 notes have no id: `c-or`, `d-or`, `e-or` and 2 more"
