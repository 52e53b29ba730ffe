"""The manifest: which note changed when, and what a merge in git does to it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.anki.manifest import EARLIEST, Entry, content_hash, dump, load, parse, save, update
from studytool.errors import StudytoolError
from studytool.notes import Kind

NOW = 1_800_000_000
A, B, C = "a" * 20, "b" * 20, "c" * 20


def test_a_new_note_gets_the_time_of_the_export():
    assert update({}, {"g": A}, NOW) == {"g": Entry(A, NOW)}


def test_an_equal_hash_keeps_its_time():
    assert update({"g": Entry(A, 1000)}, {"g": A}, NOW) == {"g": Entry(A, 1000)}


@pytest.mark.parametrize(("before", "after"), [(NOW - 5, NOW), (NOW, NOW + 1), (NOW + 9, NOW + 10)])
def test_a_changed_hash_gets_a_later_time_than_before(before, after):
    assert update({"g": Entry(A, before)}, {"g": B}, NOW) == {"g": Entry(B, after)}


def test_a_note_that_is_gone_keeps_its_entry_and_the_argument_is_left_alone():
    before = {"gone": Entry(A, 1000)}
    assert update(before, {"g": B}, NOW) == {"gone": Entry(A, 1000), "g": Entry(B, NOW)}
    assert before == {"gone": Entry(A, 1000)}


def test_the_kind_and_the_id_of_a_note_are_kept_and_are_no_change():
    before = {"g": Entry(A, 1000), "gone": Entry(A, 1000, "cloze", "x")}
    after = update(before, {"g": A}, NOW, {"g": ("basic", "a-b")})
    assert after == {"g": Entry(A, 1000, "basic", "a-b"), "gone": before["gone"]}


def test_every_part_of_the_content_counts():
    hashes = {
        content_hash("Basic", ("a", "b"), ("t",)),
        content_hash("Cloze", ("a", "b"), ("t",)),
        content_hash("Basic", ("a", "c"), ("t",)),
        content_hash("Basic", ("ab", ""), ("t",)),
        content_hash("Basic", ("a", "b"), ()),
        content_hash("Basic", ("a", "b", "t"), ()),
    }
    assert len(hashes) == 6
    assert all(len(digest) == 20 for digest in hashes)


def test_one_note_a_line_in_order_and_each_line_ends_with_a_comma():
    text = dump({"b": Entry(B, NOW), "a": Entry(A, NOW)})
    assert text == f'{{\n"a": ["{A}", {NOW}],\n"b": ["{B}", {NOW}],\n"": 1\n}}\n'
    assert list(json.loads(text)) == ["a", "b", ""]


contents = st.tuples(st.text("0123456789abcdef", max_size=20), st.integers(EARLIEST, 10**11 - 1))
names = st.just(()) | st.tuples(
    st.sampled_from(list(map(str, Kind))), st.text("aé漢._-1", min_size=1)
)
entries = st.dictionaries(
    st.text(min_size=1),
    st.tuples(contents, names).map(lambda parts: Entry(*parts[0], *parts[1])),
)


@given(entries)
def test_a_manifest_survives_its_file(manifest):
    assert parse(dump(manifest), "m") == manifest


@given(entries)
def test_the_lines_alone_say_the_same_as_the_json(manifest):
    conflicted = dump(manifest).replace("{\n", "{\n<<<<<<< HEAD\n=======\n>>>>>>> other\n", 1)
    if manifest:
        assert parse(conflicted, "m") == manifest


def test_of_two_sides_of_a_conflict_the_newer_line_counts():
    text = (
        f'{{\n"a": ["{A}", {NOW}],\n<<<<<<< HEAD\n"b": ["{A}", {NOW}],\n"c": ["{C}", {NOW}],\n'
        f'||||||| base\n"b": ["{C}", {NOW - 9}],\n=======\n"b": ["{B}", {NOW + 1}],\n'
        f'>>>>>>> theirs\n"": 1\n}}\n'
    )
    found = parse(text, "m")
    assert found == {"a": Entry(A, NOW), "b": Entry(B, NOW + 1), "c": Entry(C, NOW)}


def test_two_sides_that_disagree_at_one_time_make_the_note_changed():
    line = '"a": ["{}", {}],\n'
    text = "{\n" + line.format(A, NOW) + line.format(B, NOW) + '"": 1\n}\n'
    found = parse(text, "m")
    assert found == {"a": Entry("", NOW)}
    assert update(found, {"a": A}, NOW)["a"].changed == NOW + 1


def test_reformatted_json_is_read():
    assert parse(json.dumps({"a": [A, NOW], "": 1}, indent=4), "m") == {"a": Entry(A, NOW)}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "m.json"),
        ("{\n", "m.json"),
        (f'{{\n"a": ["{A}", {NOW}],\n"b": ["{B}", \n', "m.json:3"),
        (f'{{\n"a": ["{A}", 0],\n"": 1\n}}\n', "m.json:2"),
        (f'{{\n"a": ["{A}", {NOW}9999],\n"": 1\n}}\n', "m.json:2"),
        ("nonsense", "m.json:1"),
        ("[" * 100_000, "m.json:1"),
        ("\x00\x01", "m.json:1"),
    ],
)
def test_a_damaged_manifest_is_refused_with_its_place(text, place):
    with pytest.raises(StudytoolError) as caught:
        parse(text, "m.json")
    assert caught.value.message.startswith(f"{place}: ")
    assert "version control" in caught.value.help


def test_a_newer_format_is_refused():
    with pytest.raises(StudytoolError, match="newer studytool"):
        parse('{\n"": 2\n}\n', "m.json")


def test_a_missing_file_is_an_empty_manifest(tmp_path: Path):
    assert load(tmp_path / "manifest.json") == {}


def test_bytes_that_are_no_text_are_damage(tmp_path: Path):
    path = tmp_path / "manifest.json"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(StudytoolError, match="damaged"):
        load(path)


def test_a_saved_manifest_is_loaded_and_an_equal_one_not_written_again(tmp_path: Path):
    path = tmp_path / "manifest.json"
    save(path, {"a": Entry(A, NOW)})
    os.utime(path, (1, 1))
    save(path, {"a": Entry(A, NOW)})
    assert path.stat().st_mtime == 1
    assert load(path) == {"a": Entry(A, NOW)}
    assert [each.name for each in tmp_path.iterdir()] == ["manifest.json"]


def test_a_folder_that_is_not_there_is_one_clear_message(tmp_path: Path):
    with pytest.raises(StudytoolError, match="cannot write"):
        save(tmp_path / "no" / "manifest.json", {})


def test_a_folder_in_the_manifests_place_is_one_clear_message(tmp_path: Path):
    with pytest.raises(StudytoolError, match="cannot read"):
        load(tmp_path)
    with pytest.raises(StudytoolError, match="cannot write"):
        save(tmp_path, {"a": Entry(A, NOW)})
