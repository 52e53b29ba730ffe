"""Packages that are broken, or made to do harm, are refused in one sentence."""

from __future__ import annotations

import json
import sqlite3
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from backports import zstd
from command import run
from hypothesis import given, settings
from hypothesis import strategies as st
from import_steps import take

from studytool.anki import collection, container, protobuf
from studytool.errors import StudytoolError

SCHEMA = """
CREATE TABLE col (id integer, models text, decks text);
CREATE TABLE notes (id integer, guid text, mid integer, mod integer, tags text, flds text);
CREATE TABLE cards (id integer, nid integer, did integer, ord integer, mod integer, type integer,
  queue integer, due integer, flags integer, odid integer);
CREATE TABLE revlog (id integer, cid integer, ease integer, type integer, time integer);
INSERT INTO col VALUES (1, '{}', '{"1": {"name": "Default"}}');
"""


def database(folder: Path, extra: str = "", schema: str = SCHEMA) -> bytes:
    path = folder / "made.db"
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.executescript(schema + extra)
    connection.close()
    return path.read_bytes()


def package(folder: Path, members: dict[str, bytes] | list[tuple[zipfile.ZipInfo, bytes]]) -> Path:
    path = folder / "x.apkg"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        items = members.items() if isinstance(members, dict) else members
        for name, content in items:
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return path


def reason(path: Path, tmp_path: Path) -> str:
    """Return why a file is refused, after nothing was written."""
    cards, home = tmp_path / "cards", tmp_path / "home"
    cards.mkdir(exist_ok=True)
    (cards / "a.yaml").write_text("deck: D\nnotes:\n- {id: a, q: q, a: a}\n")
    with pytest.raises(StudytoolError) as caught:
        take(path, cards, home)
    assert caught.value.exit_code == 1
    assert sorted(path.name for path in cards.iterdir()) == ["a.yaml"]
    assert not home.exists()
    return caught.value.message


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "a/../../b", "..\\evil", "C:\\x"])
def test_a_member_that_leads_outside(name, tmp_path):
    path = package(tmp_path, {"collection.anki2": database(tmp_path), "media": b"{}"})
    with zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = name
        archive.writestr(info, b"")
    assert "leads outside" in reason(path, tmp_path)


def test_a_link(tmp_path):
    members = [(zipfile.ZipInfo("collection.anki2"), database(tmp_path)), (link("0"), b"/etc")]
    assert "is a link" in reason(package(tmp_path, members), tmp_path)


def test_a_bomb_in_the_collection(tmp_path):
    path = package(tmp_path, {"collection.anki2": bytes(60_000_000)})
    assert path.stat().st_size < 100_000
    assert "unpacks to more than" in reason(path, tmp_path)


def test_a_bomb_in_zstd(tmp_path):
    bomb = zstd.compress(bytes(60_000_000))
    path = package(tmp_path, {"meta": b"\x08\x03", "collection.anki21b": bomb})
    assert path.stat().st_size < 20_000
    assert "unpacks to more than" in reason(path, tmp_path)


def test_a_window_that_would_fill_the_memory(tmp_path):
    options = {
        zstd.CompressionParameter.window_log: 30,
        zstd.CompressionParameter.compression_level: 1,
    }
    packer = zstd.ZstdCompressor(options=options)
    large = packer.compress(b"abc") + packer.flush()
    path = package(tmp_path, {"meta": b"\x08\x03", "collection.anki21b": large})
    assert "cut off or damaged" in reason(path, tmp_path)


def test_a_list_of_members_that_would_fill_the_memory(tmp_path):
    path = package(tmp_path, {"collection.anki2": database(tmp_path)})
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x05\x06")
    content[at + 12 : at + 16] = (10**9).to_bytes(4, "little")
    path.write_bytes(content)
    assert "list of files is too long" in reason(path, tmp_path)


@pytest.mark.parametrize("name", ["collection.anki2", "media"])
def test_a_member_twice(name, tmp_path):
    path = package(tmp_path, {"collection.anki2": database(tmp_path), "media": b"{}"})
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning):
        archive.writestr(name, b"")
    assert "twice" in reason(path, tmp_path)


@pytest.mark.parametrize(
    ("meta", "said"), [(b"\x08\x04", "newer Anki"), (b"\x08", "cut off"), (b"\xff" * 20, "cut off")]
)
def test_a_format_nobody_knows(meta, said, tmp_path):
    path = package(tmp_path, {"collection.anki2": database(tmp_path), "meta": meta})
    assert said in reason(path, tmp_path)


@pytest.mark.parametrize(
    ("media", "said"),
    [
        (b'{"0": "../x"}', "leads elsewhere"),
        (b'{"0": "/etc/passwd"}', "leads elsewhere"),
        (b'{"0": "a\\\\b"}', "leads elsewhere"),
        (b'{"0": ""}', "leads elsewhere"),
        (b'{"7": "x.png"}', "is not in it"),
        (b'{"0": "x.png", "collection.anki2": "x.png"}', "there twice"),
        (b'{"0": 3}', "damaged"),
        (b"[]", "damaged"),
        (b"{", "damaged"),
        (b"[" * 100_000, "damaged"),
    ],
)
def test_a_list_of_media_that_lies(media, said, tmp_path):
    members = {"collection.anki2": database(tmp_path), "media": media, "0": b"x"}
    assert said in reason(package(tmp_path, members), tmp_path)


def entry(name: bytes, size: int, sha1: bytes) -> bytes:
    body = b"\x0a" + bytes([len(name)]) + name + b"\x10" + bytes([size]) + b"\x1a\x14" + sha1
    return b"\x0a" + bytes([len(body)]) + body


@pytest.mark.parametrize(("size", "sha1"), [(9, b""), (1, bytes(20))])
def test_a_media_file_that_is_not_what_the_list_says(size, sha1, tmp_path):
    from hashlib import sha1 as sum_

    members = {
        "meta": b"\x08\x03",
        "collection.anki21b": zstd.compress(database(tmp_path)),
        "media": zstd.compress(entry(b"x.png", size, sha1 or sum_(b"x").digest())),
        "0": zstd.compress(b"x"),
    }
    with (
        container.opened(package(tmp_path, members)) as opened,
        pytest.raises(StudytoolError, match="not what the list says"),
        (tmp_path / "out").open("wb") as target,
    ):
        opened.unpack_media(opened.media["x.png"], target)


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ("DROP TABLE notes; CREATE VIEW notes AS SELECT 1 AS id", "no plain table"),
        ("DROP TABLE notes", "has no `notes`"),
        ("CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM cards; END", "trigger"),
        ("ALTER TABLE notes ADD COLUMN x GENERATED ALWAYS AS (zeroblob(1e9))", "no plain table"),
        ("DROP TABLE revlog; CREATE VIRTUAL TABLE revlog USING fts5(id)", "no plain table"),
        ("UPDATE col SET models = 'x'", "decks and notetypes are damaged"),
        ("UPDATE col SET models = '[]'", "decks and notetypes are damaged"),
        ("UPDATE col SET decks = '{\"1\": 2}'", "decks and notetypes are damaged"),
        ("DELETE FROM col", "decks and notetypes are damaged"),
        ("ALTER TABLE revlog DROP COLUMN ease", "cannot be read"),
    ],
)
def test_a_database_that_anki_did_not_write(extra, said, tmp_path):
    path = package(tmp_path, {"collection.anki2": database(tmp_path, extra)})
    assert said in reason(path, tmp_path)


def test_a_text_that_would_fill_the_memory(tmp_path):
    extra = "INSERT INTO notes VALUES (1, 'g', 1, 1, '', hex(randomblob(5000000)))"
    path = package(tmp_path, {"collection.anki2": database(tmp_path, extra)})
    assert "cannot be read" in reason(path, tmp_path)


def test_a_query_that_takes_too_long(tmp_path, monkeypatch):
    monkeypatch.setattr(collection, "MAX_STEPS", 1)
    rows = "INSERT INTO notes WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
    rows += " WHERE i < 60000) SELECT i, i, 1, 1, '', i FROM n"
    path = package(tmp_path, {"collection.anki2": database(tmp_path, rows)})
    assert "takes too long" in reason(path, tmp_path)


def test_values_of_another_type_are_read_as_what_they_should_be(tmp_path):
    extra = (
        "INSERT INTO notes VALUES (1, 5, 'x', 1.5, NULL, x'ff00');"
        "INSERT INTO notes VALUES (9e999, x'ff', 1, -9e999, 7, 3);"
    )
    path = package(tmp_path, {"collection.anki2": database(tmp_path, extra)})
    with collection.read(path) as found:
        first, second = found.notes()
    assert (first.guid, first.notetype, first.tags, first.fields) == ("5", 0, (), ("\ufffd\0",))
    assert (second.id, second.changed, second.tags) == (0, 0, ("7",))


@pytest.mark.parametrize("legacy", [True, False])
def test_a_file_that_is_cut_anywhere(legacy, tmp_path):
    content = database(tmp_path, "INSERT INTO notes VALUES (1, 'g', 1, 1, '', 'a');" * 200)
    members = {"collection.anki2": content, "media": b"{}"}
    if not legacy:
        members = {"meta": b"\x08\x03", "collection.anki21b": zstd.compress(content)}
    whole = package(tmp_path, members).read_bytes()
    for size in range(0, len(whole), max(1, len(whole) // 40)):
        path = tmp_path / "cut.apkg"
        path.write_bytes(whole[:size])
        assert reason(path, tmp_path)


def test_a_zstd_stream_and_a_database_that_are_cut(tmp_path):
    content = database(tmp_path, "INSERT INTO notes VALUES (1, 'g', 1, 1, '', 'a');" * 2000)
    packed = zstd.compress(content)
    half = package(tmp_path, {"meta": b"\x08\x03", "collection.anki21b": packed[:-20]})
    assert "cut off or damaged" in reason(half, tmp_path)
    half = package(tmp_path, {"collection.anki2": content[: len(content) // 2]})
    assert "database" in reason(half, tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no zip file"),
        (b"hello", "no zip file"),
        (b"PK\x05\x06" + bytes(18), "no Anki package"),
    ],
)
def test_a_file_that_is_no_package(content, said, tmp_path):
    path = tmp_path / "x.apkg"
    path.write_bytes(content)
    assert said in reason(path, tmp_path)


def test_no_file_at_all(tmp_path):
    assert "No such file" in reason(tmp_path / "missing.apkg", tmp_path)
    assert "is no file" in reason(tmp_path, tmp_path)


def test_the_command_says_it_in_one_sentence_without_a_traceback(tmp_path):
    (tmp_path / "x.apkg").write_bytes(b"nonsense")
    done = run("import", tmp_path / "x.apkg", "--home", tmp_path / "home")
    assert (done.returncode, done.stdout) == (1, "")
    why = "this file cannot be imported: it is no zip file, or cut off"
    assert done.stderr == f"error: {why}\n  nothing was written\n"


def flipped(content: bytes, places: list[tuple[int, int]]) -> bytes:
    changed = bytearray(content)
    for place, value in places:
        changed[place % len(changed)] = value
    return bytes(changed)


@settings(max_examples=60, deadline=None)
@given(places=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1))
def test_bytes_that_changed_on_the_way_never_end_in_a_traceback(places, tmp_path_factory):
    folder = tmp_path_factory.mktemp("flipped")
    make: Callable[[str], bytes] = lambda extra: database(folder, extra)  # noqa: E731
    content = make("INSERT INTO notes VALUES (1, 'g', 1, 1, ' a ', 'a'); INSERT INTO cards"
                   " VALUES (1, 1, 1, 0, 1, 0, 0, 0, 0, 0);")  # fmt: skip
    models = {"1": {"name": "Basic", "flds": [], "tmpls": []}}
    whole = package(folder, {"collection.anki2": content, "media": json.dumps(models).encode()})
    whole.write_bytes(flipped(whole.read_bytes(), places))
    for path in (whole, package(folder, {"collection.anki2": flipped(content, places)})):
        try:
            with collection.read(path) as found:
                found.prove()
        except StudytoolError as error:
            assert error.message


@given(st.binary(max_size=60))
def test_any_bytes_are_a_message_or_refused(message):
    try:
        fields = list(protobuf.read(message))
    except ValueError:
        return
    assert all(isinstance(value, int | bytes) for _, value in fields)
