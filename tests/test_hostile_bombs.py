"""Banks made to crash or stop a parser: each is refused soon, in little memory, with a place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from bank_texts import TOP, read

from studytool.located import MAX_BYTES
from studytool.yaml_values import MAX_EVENTS

CHILD = Path(__file__).parent / "bank_bomb_child.py"
TOP_BYTES = TOP.encode()
ONLY = b"- q: only a question\n"
"""A note that is wrong, so that a bank of many good ones has a complaint as well."""


def filled(unit: bytes, size: int = 2_000_000) -> bytes:
    """Return a piece of a file repeated up to a size in bytes."""
    return unit * (size // len(unit))


def many(form: str, count: int) -> bytes:
    """Return a piece of a file repeated with running numbers in place of `#`."""
    return "".join(form.replace("#", str(number)) for number in range(count)).encode()


def long_notes(text: str, key: str = "q", rest: str = "  a: y\n", count: int = 99) -> bytes:
    """Return notes with a text of 48,000 characters; no more than 99 fit into a file."""
    whole = text * (48_000 // len(text))
    return TOP_BYTES + many(f"- id: n#\n  {key}: '{whole}'\n{rest}", count) + ONLY


DEEP = {
    **{
        f"{unit!r}": unit
        for unit in (b"[", b"{a: ", b"{? ", b"- ", b"? ", b"- ? ", b"[{a: [", b"{{")
    },
    **{
        f"{unit!r}": unit
        for unit in (b'"', b"'", b"> ", b"! ", b"&a ", b"*a ", b": ", b"{\n", b"|\n")
    },
}
BOMBS = {
    "closed lists": b"[" * 1_000_000 + b"]" * 1_000_000,
    "indents": "".join(" " * n + "a:\n" for n in range(1_000)).encode(),
    "anchors": many("- &a# [*a#]\n", 100_000),
    "laughs": b"a: &a [x]\n" + many("b#: &b# [*a, *a, *b#]\n", 99),
    "self": TOP_BYTES + b"- &n [*n, *n]\n",
    "root": b"&r deck: D\nnotes: *r\n",
    "merges": b"a: &a {x: y}\n" + b"<<: *a\n" * 100_000,
    "tag lines": many("%TAG !a#! x\n", 200_000) + b"---\nnotes: []\n",
    "10 MB": TOP_BYTES + b"- q: " + b"a" * 10_000_000,
    "scalar": TOP_BYTES + b"- q: " + filled(b"a"),
    "key": b"deck: D\n? " + b"k" * 2_000_000 + b"\n: x\n",
    "key of lines": TOP_BYTES + b"- ? |\n" + b"   k\n" * 400_000 + b"  : x\n",
    "anchor": TOP_BYTES + b"- q: &" + b"a" * 4_000_000 + b" x\n",
    "quote": TOP_BYTES + b"- q: '" + b"a\n" * 1_000_000,
    "escapes": TOP_BYTES + b'- q: "' + filled(b"\\n") + b'"\n',
    "wrong escapes": TOP_BYTES + b'- q: "' + filled(b"\\t") + b'"\n',
    "lines": filled(b"\n"),
    "documents": filled(b"---\n"),
    "one line": b"deck: D\ntags: [" + filled(b"a,") + b"]\nnotes: []\n",
    "values": b"deck: D\ntags:\n" + filled(b"- a\n") + b"notes: []\n",
    "notes": TOP_BYTES + filled(b"- {q: a, a: b}\n"),
    "late errors": TOP_BYTES + many("- {q: a#, a: b}\n", 15_000) + b"- q: @\n  a: b\n" * 25,
    "early errors": TOP_BYTES + filled(b"- q: a: b\n"),
    "open quotes": TOP_BYTES + filled(b"- q: 'a\n  a: b\n"),
    "long notes": TOP_BYTES + b"- q: @\n" * 25 + filled(b"- {q: x, a: '" + b"a" * 9_000 + b"'}\n"),
    "inherited": b"deck: D\ntags: ["
    + many("a#,", 30_000)
    + b"]\nnotes:\n"
    + many("- {q: a#, a: b}\n", 9_000),
    "marks": TOP_BYTES + many("- id: " + "\u0301\u0316" * 12_000 + "\n  q: x\n  a: y\n", 90),
    "deck of marks": TOP_BYTES
    + many("- {q: x, a: y, deck: " + "\u0301\u0316" * 12_000 + "}\n", 90),
    "comments": TOP_BYTES + filled(b"- {q: x #!\n, a: y}\n"),
    "pictures in code": long_notes("![d](media/a.png)`a`"),
    "pictures without words": TOP_BYTES
    + many("- id: n#\n  q: |\n" + "    ![](media/a.png)\n" * 2_300 + "  a: y\n", 99),
    "ticks": long_notes("`a``b"),
    "open holes": long_notes("{{c1::", "cloze", ""),
}  # fmt: skip
CRAFT_BOMBS = {
    **{name: BOMBS[name] for name in ("inherited", "ticks", "pictures in code")},
    **{
        repr(text): long_notes(text, count=20)
        for text in (
            *("what and what ", "Go. A ok. ", "“a ", "x, y and z, ", "or b ", "*e* "),
            r"$\begin{a$ ",
        )
    },
}


def checked(folder: Path, data: bytes, *more: str) -> tuple[int, int]:
    """Return the number of notes and of complaints that a process of its own finds in a bank."""
    (folder / "media").mkdir()
    (folder / "media" / "a.png").write_bytes(b"x")
    (folder / "b.yaml").write_bytes(data)
    command = [sys.executable, str(CHILD), str(folder), *more]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout) < 100_000
    notes, complaints = (int(word) for word in done.stdout.split("\n")[0].split())
    return notes, complaints


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_complaints(tmp_path: Path, name: str) -> None:
    assert checked(tmp_path, BOMBS[name])[1] > 0


@pytest.mark.parametrize("name", CRAFT_BOMBS)
def test_a_bomb_ends_in_complaints_of_craft(tmp_path: Path, name: str) -> None:
    assert checked(tmp_path, CRAFT_BOMBS[name], "craft")[1] > 0


@pytest.mark.parametrize("unit", DEEP.values(), ids=DEEP)
@pytest.mark.parametrize("top", [b"", TOP_BYTES + b"- q: "], ids=["root", "note"])
def test_depth_is_refused(tmp_path: Path, unit: bytes, top: bytes) -> None:
    for size in (1_000, 10_000, 100_000):
        data = top + unit * size
        found = read(data).diagnostics
        assert found and all(complaint.line >= 1 for complaint in found)
    if not top:
        assert checked(tmp_path, filled(unit))[1] > 0


def test_the_largest_bank_is_said() -> None:
    (found,) = read(b"x" * (MAX_BYTES + 1)).diagnostics
    assert (found.code, found.line) == ("size", 1)
    assert "5 MB" in found.message


def test_a_bank_of_too_many_values_says_where_it_is_cut() -> None:
    (found,) = read(TOP + "- {q: a, a: b}\n" * (MAX_EVENTS // 6)).diagnostics
    assert (found.code, found.line) == ("size", MAX_EVENTS // 6 + 2)
    assert found.help == "cut it into several banks"


def test_many_equal_notes_are_read_in_time() -> None:
    text = "".join(f"- {{q: What is {n}?, a: It is {n}.}}\n" for n in range(2_000))
    bank = read(TOP + text)
    assert (len(bank.notes), bank.diagnostics) == (2_000, ())
