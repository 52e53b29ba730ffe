"""The .apkg file itself: the same bytes each time, pictures, and what is refused."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from anki_profile import NOW, SVG, Anki, notes, paths, run

from studytool.anki import in_memory
from studytool.anki.comparing import entries
from studytool.anki.export import export
from studytool.anki.package import DATABASE
from studytool.anki.plan import ExportNote
from studytool.bank_files import MEDIA_BYTES
from studytool.errors import StudytoolError
from studytool.notes import Kind, Note
from studytool.values import replace


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    profile = Anki(tmp_path)
    yield profile
    profile.col.close()


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    folder = tmp_path / "bank"
    (folder / "media").mkdir(parents=True)
    (folder / "media" / "x.svg").write_bytes(SVG)
    return folder


def test_the_same_notes_give_the_same_bytes_whenever_they_are_exported(bank, tmp_path):
    first = run(notes(), bank, tmp_path / "a")
    os.utime(bank / "media" / "x.svg", (10**9, 10**9))
    second = run(notes(), bank, tmp_path / "b", first.manifest, NOW + 10**6)
    assert second.manifest == first.manifest
    assert (second.new, second.changed, second.unchanged) == (0, 0, 9)
    for one, other in zip(paths(first), paths(second), strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_nothing_is_left_behind(bank, tmp_path, monkeypatch):
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    run(notes(), bank, tmp_path / "decks")
    assert list((tmp_path / "tmp").iterdir()) == []
    names = [path.name for path in (tmp_path / "decks").iterdir()]
    assert sorted(names) == ["ml.apkg", "other-deck.apkg"]


def test_pictures_are_packed_once_and_compressed(bank, tmp_path):
    (bank / "media" / "Y.SVG").write_bytes(SVG)
    note = Note("n", Kind.BASIC, "D", "![a](media/x.svg)", "![b](media/Y.SVG)")
    with zipfile.ZipFile(paths(run([note], bank, tmp_path))[0]) as package:
        assert sorted(package.namelist()) == ["0", "collection.anki2", "media"]
        assert re.fullmatch(r"[0-9a-f]{20}\.svg", json.loads(package.read("media"))["0"])
        assert {each.compress_type for each in package.infolist()} == {zipfile.ZIP_DEFLATED}


@pytest.mark.parametrize(
    "path",
    [
        "media/no.png",
        "../secret.png",
        "media/../../secret.png",
        "media",
        "media/link.png",
        "linked/secret.png",
        "https://x.org/a.png",
        "media/pipe.png",
        "beside.png",
    ],
)
def test_only_a_regular_file_below_the_bank_is_a_picture(path, bank, tmp_path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"x")
    (bank / "media" / "link.png").symlink_to(secret)
    (bank / "linked").symlink_to(tmp_path)
    (bank / "beside.png").write_bytes(b"x")
    os.mkfifo(bank / "media" / "pipe.png")
    for written in (path, str(secret)):
        with pytest.raises(StudytoolError, match="note `n`: there is no picture or sound"):
            run([Note("n", Kind.BASIC, "D", f"![x]({written})", "a")], bank, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.png", b"\0" * (MEDIA_BYTES + 1), "20,000,001 bytes; 20,000,000 are allowed"),
        ("x.svg", b"<svg><script>", "not a well-formed drawing"),
        ("x.svgz", b"\x1f\x8b\x08", "not a well-formed drawing"),
    ],
)
def test_a_picture_that_is_too_large_or_no_drawing_is_refused(
    name, content, message, bank, tmp_path
):
    (bank / "media" / name).write_bytes(content)
    with pytest.raises(StudytoolError, match=rf"note `n`: .*{name} cannot be packed: .*{message}"):
        run([Note("n", Kind.BASIC, "D", f"![x](media/{name})", "a")], bank, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_drawing_is_packed_without_its_scripts(bank, tmp_path):
    acting = b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script>x()</script></svg>'
    (bank / "media" / "x.svg").write_bytes(acting)
    note = Note("n", Kind.BASIC, "D", "![a](media/x.svg)", "a")
    with zipfile.ZipFile(paths(run([note], bank, tmp_path))[0]) as package:
        assert package.read("0") == b'<svg xmlns="http://www.w3.org/2000/svg" />'
        name = json.loads(package.read("media"))["0"]
        assert name == hashlib.sha256(package.read("0")).hexdigest()[:20] + ".svg"


def test_a_picture_with_spaces_and_letters_of_any_script_arrives(anki, bank, tmp_path):
    for name in ("a b.svg", "ü%20.svg"):
        (bank / "media" / name).write_bytes(SVG + f"<!--{name}-->".encode())
    found = [Note("n", Kind.BASIC, "D", "![x](<media/a b.svg>)", "![y](<media/ü%2520.svg>)")]
    anki.take(*paths(run(found, bank, tmp_path)))
    anki.sound()
    assert len(anki.media()) == 2


@pytest.mark.parametrize(
    ("note", "message"),
    [
        (Note("n", Kind.CLOZE, "D", "no hole"), "no hole that shows"),
        (Note("n", Kind.CLOZE, "D", "{{c501::x}}"), "a hole above c500"),
    ],
)
def test_a_note_of_which_anki_makes_no_card_is_refused(note, message, bank, tmp_path):
    with pytest.raises(StudytoolError, match=message):
        run([note], bank, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_two_notes_with_one_guid_are_refused(bank, tmp_path):
    found = [Note("a", Kind.BASIC, "D", "q", "a"), Note("b", Kind.BASIC, "D", "q", "a", was=("A",))]
    with pytest.raises(StudytoolError, match="`a` and `b` have the same GUID"):
        run(found, bank, tmp_path)


def test_a_guid_of_anki_is_kept(anki, bank, tmp_path):
    anki.take(*paths(run([replace(notes()[0], guid="a\"b'c~")], bank, tmp_path)))
    assert anki.note("a\"b'c~")["Front"] == "q"


def test_a_folder_that_cannot_be_written_is_one_clear_message(bank, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(StudytoolError, match="cannot write the decks to"):
        run(notes(), bank, tmp_path / "file")


def test_when_one_package_cannot_be_written_none_is_changed(bank, tmp_path):
    (tmp_path / "ml.apkg").write_text("old")
    (tmp_path / f".other-deck.{os.getpid()}.tmp").mkdir()
    with pytest.raises(StudytoolError, match="cannot write the decks to"):
        run(notes(), bank, tmp_path)
    assert (tmp_path / "ml.apkg").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["ml.apkg"]


def test_a_sqlite_without_serialize_gives_the_same_bytes(bank, tmp_path, monkeypatch):
    first = run(notes(), bank, tmp_path / "a")
    monkeypatch.setattr(in_memory, "DIRECT", False)
    second = run(notes(), bank, tmp_path / "b")
    assert len(paths(first)) == 2
    for one, other in zip(paths(first), paths(second), strict=True):
        assert one.read_bytes() == other.read_bytes()
    assert entries(paths(first)) == first.manifest


def test_thousands_of_decks_arrive_in_one_package(bank, tmp_path):
    found = [Note(f"n{i}", Kind.BASIC, f"ML::d{i}", f"q{i}", "a") for i in range(3000)]
    (package,) = paths(run(found, bank, tmp_path / "out"))
    with zipfile.ZipFile(package) as archive, in_memory.opened(archive.read(DATABASE)) as opened:
        assert opened.execute("SELECT count(DISTINCT did) FROM cards").fetchone() == (3000,)
        (decks,) = opened.execute("SELECT decks FROM col").fetchone()
    assert len(json.loads(decks)) == 3001


def test_nothing_is_left_behind_by_a_failure(bank, tmp_path, monkeypatch):
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setattr(in_memory, "DIRECT", False)

    def keep(manifest):
        raise StudytoolError("no room")

    exported = [ExportNote(note, bank) for note in notes()]
    with pytest.raises(StudytoolError, match="no room"):
        export("", exported, tmp_path / "decks", {}, NOW, keep=keep)
    assert list((tmp_path / "tmp").iterdir()) == list((tmp_path / "decks").iterdir()) == []
