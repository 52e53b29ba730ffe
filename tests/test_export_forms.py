"""What an export is checked for, what it tells, and its other forms."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from anki.collection import ImportCsvRequest
from anki_profile import Anki

from studytool.check import check
from studytool.days import Moment
from studytool.deck_check import check_decks
from studytool.errors import ClockError, StudytoolError
from studytool.export import export_library, export_text
from studytool.library import load_library
from studytool.notes import Kind, Note, guid

BANK = """deck: ML
notes:
- {id: one_a, q: What?, a: That., tags: [t]}
- {id: one-a, q: Which?, a: 'a "c" #'}
- {id: holes, cloze: "{{c1::a}}"}
"""
NOW = Moment(1_700_000_000_000, 19_675, 0)
LATER = Moment(1_700_000_060_000, 19_675, 0)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "cards"
    folder.mkdir()
    (tmp_path / "decks").mkdir()
    (folder / "a.yaml").write_text(BANK)
    return folder


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    profile = Anki(tmp_path)
    yield profile
    profile.col.close()


def edit(library: Path, old: str, new: str) -> None:
    bank = library / "a.yaml"
    assert old in bank.read_text()
    bank.write_text(bank.read_text().replace(old, new))


def test_what_was_just_exported_is_up_to_date(library):
    export_library(library, (), None, NOW)
    files = [*library.iterdir(), *(library.parent / "decks").iterdir()]
    before = [path.read_bytes() for path in files]
    assert check_decks(library, None, NOW) == ()
    assert check_decks(library, None, Moment(0, 0, 0)) == ()  # a clock behind that of the export
    assert [path.read_bytes() for path in files] == before
    assert {*files} == {*library.iterdir(), *(library.parent / "decks").iterdir()}


def test_what_changed_is_named_and_nothing_is_written(library):
    export_library(library, (), None, NOW)
    edit(library, "That.", "This.")
    edit(library, "notes:", "notes:\n- {id: fresh, q: q, a: a}")
    package = library.parent / "decks" / "ml.apkg"
    before = package.read_bytes(), (library / "manifest.json").read_bytes()
    assert check_decks(library, None, LATER) == (
        "1 note new since the last export: fresh",
        "1 note changed since: one_a",
        "decks/ml.apkg is not what `studytool export` writes",
    )
    assert before == (package.read_bytes(), (library / "manifest.json").read_bytes())


@pytest.mark.parametrize("damage", [b"", b"PK\x05\x06" + b"\0" * 18, None, b"nonsense"])
def test_a_package_that_is_damaged_or_gone_is_told(damage, library):
    export_library(library, (), None, NOW)
    package = library.parent / "decks" / "ml.apkg"
    if damage is None:
        package.unlink()
    else:
        package.write_bytes(damage)
    (line,) = check_decks(library, None, NOW)
    assert line.startswith("decks/ml.apkg is not")


def test_every_byte_of_a_package_counts(library):
    export_library(library, (), None, NOW)
    package = library.parent / "decks" / "ml.apkg"
    with zipfile.ZipFile(package) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name, content in {"media": b'{"0": "x"}', "extra": b""}.items():
        with zipfile.ZipFile(package, "w") as archive:
            for each, data in (files | {name: content}).items():
                archive.writestr(each, data)
        assert check_decks(library, None, NOW)
    changed = files["collection.anki2"].replace(b"That.", b"Thut.")
    with zipfile.ZipFile(package, "w") as archive:
        for each, data in (files | {"collection.anki2": changed}).items():
            archive.writestr(each, data)
    assert check_decks(library, None, NOW)


def test_how_zlib_and_sqlite_lay_out_the_same_rows_does_not_count(library, tmp_path):
    import sqlite3

    export_library(library, (), None, NOW)
    package = library.parent / "decks" / "ml.apkg"
    with zipfile.ZipFile(package) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    database = tmp_path / "other"
    database.write_bytes(files["collection.anki2"])
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA page_size = 1024")
    connection.execute("VACUUM")
    connection.close()
    assert database.read_bytes() != files["collection.anki2"]
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as archive:
        for name, data in (files | {"collection.anki2": database.read_bytes()}).items():
            archive.writestr(name, data)
    assert check_decks(library, None, NOW) == ()


def test_a_package_of_no_deck_is_told_and_one_with_a_schedule_is_not(library):
    export_library(library, (), None, NOW)
    decks = library.parent / "decks"
    (decks / "old.apkg").write_bytes(b"")
    (decks / "ml.with-schedule.apkg").write_bytes(b"")
    assert check_decks(library, None, NOW) == ("decks/old.apkg belongs to no deck; delete it",)


def test_a_lost_manifest_is_read_from_the_packages(library):
    export_library(library, (), None, NOW)
    kept = (library / "manifest.json").read_bytes()
    package = (library.parent / "decks" / "ml.apkg").read_bytes()
    (library / "manifest.json").unlink()
    (line,) = check_decks(library, None, LATER)
    assert "manifest.json is gone" in line
    lines = export_library(library, (), None, LATER)
    assert "3 notes are known from the packages" in lines[0]
    assert lines[-1] == "0 new, 0 changed, 3 as they were"
    assert (library / "manifest.json").read_bytes() == kept
    assert (library.parent / "decks" / "ml.apkg").read_bytes() == package


def test_packages_that_cannot_be_read_say_nothing(library):
    (library.parent / "decks" / "a.apkg").write_bytes(b"nonsense")
    with zipfile.ZipFile(library.parent / "decks" / "b.apkg", "w") as archive:
        archive.writestr("collection.anki2", b"SQLite format 3\0nonsense")
    assert export_library(library, (), None, NOW)[-1] == "3 new, 0 changed, 0 as they were"


def test_a_merge_conflict_in_the_manifest_heals(library):
    export_library(library, (), None, NOW)
    manifest = library / "manifest.json"
    kept = manifest.read_text()
    lines = kept.splitlines(keepends=True)
    manifest.write_text(
        lines[0] + "<<<<<<< HEAD\n" + lines[1] + "=======\n" + lines[1].replace("1700", "1600")
        + ">>>>>>> other\n" + "".join(lines[2:])
    )  # fmt: skip
    assert export_library(library, (), None, LATER)[-1] == "0 new, 0 changed, 3 as they were"
    assert manifest.read_text() == kept


def test_two_changes_within_a_second_are_a_second_apart_and_none_is_in_the_future(library):
    export_library(library, (), None, NOW)
    edit(library, "That.", "This.")
    waited = []
    soon = Moment(NOW.at_ms + 250, NOW.day, 0)
    export_library(library, (), None, soon, wait=waited.append)
    assert waited == [0.75]
    manifest = json.loads((library / "manifest.json").read_text())
    times = {entry[3]: entry[1] for name, entry in manifest.items() if name}
    assert times == {"one_a": 1_700_000_001, "one-a": 1_700_000_000, "holes": 1_700_000_000}
    assert check_decks(library, None, LATER) == ()


def test_a_change_that_would_lie_in_the_future_is_refused(library):
    export_library(library, (), None, LATER)
    edit(library, "That.", "This.")
    before = (library / "manifest.json").read_bytes()
    with pytest.raises(ClockError, match="61 seconds from now"):
        export_library(library, (), None, NOW)
    assert (library / "manifest.json").read_bytes() == before


def test_retired_notes_are_found_by_the_search_and_no_others(library, anki):
    edit(library, "notes:", "notes:\n- {id: kept, q: q, a: a}\n- {id: onexa, q: q, a: a}")
    export_library(library, (), None, NOW)
    anki.take(library.parent / "decks" / "ml.apkg")
    edit(library, "- {id: one_a, q: What?, a: That., tags: [t]}\n", "")
    edit(library, 'cloze: "{{c1::a}}"', "q: a, a: b")  # another kind: the old one is retired
    lines = export_library(library, (), None, LATER)
    anki.take(library.parent / "decks" / "ml.apkg")
    assert lines[1] == "2 notes removed here may still be in Anki: holes, one_a"
    found = []
    for line in lines[2:4]:
        head, search = line.split(": ", 1)
        assert head == "  find in Anki's browser"
        found += anki.col.find_notes(search)
    guids = {anki.col.get_note(number).guid for number in found}
    assert guids == {
        guid("", Note("one_a", Kind.BASIC, "ML", "")),
        guid("", Note("holes", Kind.CLOZE, "ML", "")),
    }
    assert not any(
        "removed here" in line for line in export_library(library / "a.yaml", (), None, LATER)
    )


def test_hundreds_of_retired_notes_are_found(library, anki):
    many = "".join(f"- {{id: n{number}, q: q, a: a}}\n" for number in range(450))
    edit(library, "notes:\n", "notes:\n" + many)
    export_library(library, (), None, NOW)
    anki.take(library.parent / "decks" / "ml.apkg")
    edit(library, many, "")
    lines = export_library(library, (), None, LATER)
    assert lines[1].endswith("n0, n1, n10, n100, n101 and 445 more")
    found = {
        number
        for line in lines
        if line.startswith("  find")
        for number in anki.col.find_notes(line.split(": ", 1)[1])
    }
    assert len(found) == 450


def test_tags_stand_under_the_prefix_that_the_library_names(library, anki):
    (library / "library.toml").write_text('[anki]\ntag-prefix = "our::tags"\n')
    export_library(library, (), None, NOW)
    anki.take(library.parent / "decks" / "ml.apkg")
    assert anki.note(guid("", Note("one_a", Kind.BASIC, "ML", ""))).tags == ["our::tags::t"]
    assert check_decks(library, None, NOW) == ()


@pytest.mark.parametrize("prefix", ["a b", "::a", "a::", "a::::b", "a:::", "\\u200b", "e\\u0301"])
def test_a_prefix_that_is_no_tag_is_an_error(prefix, library):
    (library / "library.toml").write_text(f'[anki]\ntag-prefix = "{prefix}"\n')
    found = check(load_library(library), library)
    assert [complaint.code for complaint in found] == ["library"]
    with pytest.raises(StudytoolError, match="1 error"):
        export_library(library, (), None, NOW)


def test_an_update_tells_what_becomes_of_tags(library):
    told = "in Anki the tags of the changed notes become ours; flags and schedule stay"
    assert told not in export_library(library, (), None, NOW)
    edit(library, "That.", "This.")
    assert told in export_library(library, (), None, LATER)


def take_text(anki: Anki, path: Path) -> tuple[int, int, int]:
    """Import a text file as the dialog offers to: new, updated, duplicate."""
    metadata = anki.col.get_csv_metadata(path=str(path), delimiter=None)
    log = anki.col.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log
    anki.col.models._clear_cache()
    return len(log.new), len(log.updated), len(log.duplicate)


def test_a_text_file_updates_by_guid_and_leaves_schedules(library, anki):
    export_library(library, (), None, NOW)
    anki.take(library.parent / "decks" / "ml.apkg")
    card = anki.note(guid("", Note("one_a", Kind.BASIC, "ML", ""))).cards()[0]
    anki.col.decks.select(card.did)
    card.start_timer()
    anki.col.sched.answerCard(card, 4)
    before = anki.col.db.all("select * from cards")
    manifest = (library / "manifest.json").read_bytes()
    edit(library, "That.", "This\\there. `a\tb`")
    edit(library, "notes:", "notes:\n- {id: fresh, cloze: '{{c1::a}} {{c2::b}}', deck: New deck}")
    lines = export_text(library, (), None, LATER)
    assert lines[0].endswith("ml.txt  3 notes")
    assert (library / "manifest.json").read_bytes() == manifest
    assert take_text(anki, library.parent / "decks" / "ml.txt") == (0, 1, 2)
    assert take_text(anki, library.parent / "decks" / "new-deck.txt") == (1, 0, 0)
    assert [row for row in anki.col.db.all("select * from cards") if row in before] == before
    note = anki.note(guid("", Note("one-a", Kind.BASIC, "ML", "")))
    export_library(library, (), None, LATER)
    other = Anki(library.parent)
    other.take(*sorted((library.parent / "decks").glob("*.apkg")))
    for name in anki.col.db.list("select guid from notes"):
        assert anki.note(name).fields == other.note(name).fields
        assert anki.note(name).tags == other.note(name).tags
    assert note["Back"]
    other.col.close()
    anki.sound()
