"""Files as other programs and systems write them: the same notes, or complaints in place."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest
from bank_texts import TOP, named, prove

from studytool.notes import Note

SHIPPED = sorted((Path(__file__).parent.parent / "cards").glob("*.yaml"))
NOTE = "- {id: n, q: x, a: y}\n"


def bank(folder: Path, data: bytes) -> tuple[list[Note], list[str]]:
    """Return the notes of a file, and its complaints as `line:column code`."""
    (folder / "b.yaml").write_bytes(data)
    library, found = prove(folder)
    return [entry.note for entry in library.banks["b.yaml"].notes], [named(each) for each in found]


def mixed(data: bytes) -> bytes:
    """Return a file with line ends of all three sorts."""
    chance = random.Random(1)
    return re.sub(rb"\n(?!\n)", lambda end: chance.choice([b"\n", b"\r\n", b"\r"]), data)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_line_ends_and_marks_change_no_note(tmp_path: Path, path: Path) -> None:
    shutil.copytree(path.parent / "media", tmp_path / "media")
    data = path.read_bytes()
    notes, complaints = bank(tmp_path, data)
    assert notes and not complaints
    for same in (
        data.replace(b"\n", b"\r\n"),
        data.replace(b"\n", b"\r"),
        mixed(data),
        b"\xef\xbb\xbf" + data,
        b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"),
        data.rstrip(b"\n"),
        b"%YAML 1.2\n---\n" + data + b"...\n",
        b"# first\n\n---\n" + data + b"# last",
    ):
        assert bank(tmp_path, same) == (notes, [])


@pytest.mark.parametrize(
    "text",
    [
        "\u202bשלום\u202c \u2067עולם\u2069",
        "\u202e desrever",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f3f3\ufe0f\u200d\U0001f308",
        "नी ক্ষ ไทย 한글 e\u0301 \u1100\u1161",
        "\ue000 \ufdd0 \U0001fffe \U0010ffff",
        "zero\u200bwidth\u2060joined\u00adsoft",
        "wide\u3000blank no\xa0break thin\u2009",
        "½ ٣ Ⅷ ² ﬀ ﷺ",
        "Z" + "\u0335\u0489\u0316" * 60,
    ],
    ids=ascii,
)
def test_text_of_every_sort_stays_as_it_is(tmp_path: Path, text: str) -> None:
    rows = f"{TOP}- id: n\n  q: '{text}'\n  a: |\n    {text}\n"
    (note,), complaints = bank(tmp_path, rows.encode())
    assert (note.question, note.answer, complaints) == (text, text + "\n", [])


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\xef\xbb\xbf\xef\xbb\xbf" + TOP.encode() + NOTE.encode(), "1:1 control"),
        (TOP.encode() + b"\xef\xbb\xbf" + NOTE.encode(), "3:1 control"),
        (TOP.encode() + b"- q: a\xe2\x80\xa8b\n  a: c\n", "3:7 control"),
        (TOP.encode() + b"- q: a\xe2\x80\xa9b\n  a: c\n", "3:7 control"),
        (TOP.encode() + b"- q: a\xc2\x85b\n  a: c\n", "3:7 control"),
        (TOP.encode() + b"- q: a\x1b]0;x\x07b\n  a: c\n", "3:7 control"),
        (TOP.encode() + b"- q: a\x00b\n  a: c\n", "3:7 control"),
        (TOP.encode() + b"- q: a\x7fb\n  a: c\n", "3:7 control"),
        (TOP.encode() + b"- q: caf\xe9\n  a: c\n", "3:9 encoding"),
        (TOP.encode() + b"- q: \x93x\x94\n  a: c\n", "3:6 encoding"),
        (TOP.encode() + b"- q: \xc0\x80\n  a: c\n", "3:6 encoding"),
        (TOP.encode() + b"- q: \xe0\x80\xaf\n  a: c\n", "3:6 encoding"),
        (TOP.encode() + b"- q: \xf0\x80\x80\xaf\n  a: c\n", "3:6 encoding"),
        (TOP.encode() + b"- q: \xed\xa0\xbd\xed\xb8\x80\n  a: c\n", "3:6 encoding"),
        (TOP.encode() + b"- q: \xf4\x90\x80\x80\n  a: c\n", "3:6 encoding"),
        (TOP.encode() + b"- q: \xf8\x88\x80\x80\x80\n  a: c\n", "3:6 encoding"),
        (TOP.encode() + b"- q: \xe6\x97", "3:6 encoding"),
        (TOP.encode() + b"- q: x\r\n  a: \xe6\x97\r\n", "4:6 encoding"),
        ((TOP + NOTE).encode("utf-16"), "1:1 encoding"),
        ((TOP + NOTE).encode("utf-32"), "1:1 encoding"),
        (b"\xfe\xff" + (TOP + NOTE).encode("utf-16-be"), "1:1 encoding"),
        ((TOP + NOTE).encode("utf-16-le"), "1:2 control"),
        ((TOP + NOTE).encode("utf-16-be"), "1:1 control"),
        ((TOP + NOTE).encode("utf-32-le"), "1:2 control"),
        ((TOP + NOTE).encode("utf-32-be"), "1:1 control"),
        ((TOP + NOTE).encode("cp500"), "1:1 encoding"),
        (b"\x1f\x8b\x08\x00" + bytes(20), "1:2 encoding"),
        (b"PK\x03\x04" + bytes(20), "1:3 control"),
        (b"SQLite format 3\x00" + bytes(20), "1:16 control"),
        (b"", "1:1 empty"),
        (b"\xef\xbb\xbf", "1:1 empty"),
        (b"# only\r# comments\r", "1:1 empty"),
        (b"---\n...\n", "1:1 bank"),
        (b"---\n---\n", "2:1 documents"),
        (TOP.encode() + NOTE.encode() + b"---\n" + NOTE.encode(), "4:1 documents"),
        (TOP.encode() + NOTE.encode() + b"...\n---\n", "5:1 documents"),
        (b"%YAML 1.2\n" + TOP.encode(), "2:1 yaml"),
        (b"%YAML 9.9\n---\n" + TOP.encode(), "1:1 yaml"),
        (b"%TAG ! x\n%TAG ! y\n---\n" + TOP.encode(), "2:1 yaml"),
        (b"%FOO\n---\n" + TOP.encode(), "1:1 yaml"),
        (TOP.encode() + b"-\tq: x\n\ta: y\n", "3:2 yaml"),
        (TOP.encode() + b"- q: x\n\ta: y\n", "4:1 yaml"),
        (TOP.encode() + b"\t- q: x\n", "3:1 yaml"),
        (b"x" * 1_000_000, "1:1 bank"),
        (b"{" + b"a: b, " * 100_000, "1:8 duplicate-key"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_said_of_other_bytes(tmp_path: Path, data: bytes, place: str) -> None:
    notes, complaints = bank(tmp_path, data)
    assert not notes
    assert next(each for each in complaints if each != "0:0 more") == place


def test_ids_are_compared_in_one_normal_form(tmp_path: Path) -> None:
    composed, apart = "- {id: é, q: x, a: y}\n", "- {id: e\u0301, q: x, a: z}\n"
    notes, complaints = bank(tmp_path, (TOP + composed + apart).encode())
    assert ([note.id for note in notes], complaints) == (["é"], ["4:8 id"])
    for other in ("É", "STRASSE", "ΣΊΣΥΦΟΣ", "İ"):
        text = f"{TOP}- {{id: {other}, q: x, a: y}}\n- {{id: {other.casefold()}, q: x, a: z}}\n"
        notes, complaints = bank(tmp_path, text.encode())
        assert len(notes) == 1 and complaints[0].split()[1] in ("duplicate-id", "id")
    (tmp_path / "a.yaml").write_text(TOP + "- {id: straße, q: x, a: y}\n", "utf-8")
    _, complaints = bank(tmp_path, (TOP + "- {id: Strasse, q: x, a: y}\n").encode())
    assert complaints == ["3:3 duplicate-id"]


def test_derived_ids_are_in_normal_form_too(tmp_path: Path) -> None:
    text = "- {q: Cafe\u0301 \u1100\u1161?, a: y}\n- {q: CAFÉ 가, a: z}\n"
    first, second = bank(tmp_path, (TOP + text).encode())[0]
    assert first.id == "café-가"
    assert second.id.startswith("café-가-")
