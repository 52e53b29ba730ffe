"""From a library to packages: what is refused, and what is remembered when."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from studytool.days import Moment
from studytool.deck_check import check_decks
from studytool.errors import StudytoolError, UsageError
from studytool.export import export_library
from studytool.library import load_library
from studytool.rendered import ANKI_FIELDS
from studytool.store import DATABASE, Store

BANK = "deck: {}\nnotes:\n- id: {}\n  q: What?\n  a: That.\n"
NOW = Moment(1_700_000_000_000, 19_675, 0)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "cards"
    folder.mkdir()
    (folder / "a.yaml").write_text(BANK.format("A::One", "one"))
    (folder / "b.yaml").write_text(BANK.format("B", "two"))
    return folder


def test_one_package_a_top_deck(library: Path, tmp_path: Path) -> None:
    lines = export_library(library, (), tmp_path / "out", NOW)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.apkg", "b.apkg"]
    assert lines[-1] == "2 new, 0 changed, 0 as they were"


def test_chosen_decks_and_those_below(library: Path, tmp_path: Path) -> None:
    export_library(library, ("a",), tmp_path / "out", NOW)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.apkg"]
    with pytest.raises(UsageError, match="no deck"):
        export_library(library, ("C",), tmp_path / "out", NOW)


def test_decks_stand_beside_the_cards(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    export_library(library, (), None, NOW)
    assert (tmp_path / "elsewhere" / "decks" / "a.apkg").exists()
    (tmp_path / "decks").mkdir()
    export_library(library, (), None, NOW)
    assert (tmp_path / "decks" / "a.apkg").exists()


def test_no_package_is_put_in_place_before_the_manifest_is_kept(
    library: Path, tmp_path: Path
) -> None:
    export_library(library, (), tmp_path / "out", NOW)
    before = (tmp_path / "out" / "a.apkg").read_bytes()
    (library / "a.yaml").write_text(BANK.format("A::One", "one").replace("That", "This"))
    manifest = library / "manifest.json"
    kept = manifest.read_text()
    draft = library / ".manifest.json.blocked"
    draft.mkdir()
    manifest.unlink()
    manifest.symlink_to(draft)  # can be neither read as a file nor written
    with pytest.raises(StudytoolError):
        export_library(library, (), tmp_path / "out", NOW)
    assert (tmp_path / "out" / "a.apkg").read_bytes() == before
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.apkg", "b.apkg"]
    manifest.unlink()
    manifest.write_text(kept)
    lines = export_library(library, (), tmp_path / "out", NOW)
    assert lines[-1] == "0 new, 1 changed, 1 as they were"


def test_a_manifest_that_cannot_be_kept_stops_the_packages(tmp_path: Path) -> None:
    from studytool.anki.export import export
    from studytool.anki.plan import ExportNote
    from studytool.notes import Kind, Note

    def keep(manifest: object) -> None:
        raise StudytoolError("no room")

    note = ExportNote(Note("x", Kind.BASIC, "D", "q", "a"), tmp_path)
    with pytest.raises(StudytoolError, match="no room"):
        export("", [note], tmp_path / "out", {}, NOW.at_ms // 1000, keep=keep)
    assert list((tmp_path / "out").iterdir()) == []


def test_an_empty_library_exports_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("deck: D\nnotes: []\n")
    with pytest.raises(StudytoolError, match="no notes"):
        export_library(tmp_path, (), tmp_path / "out", NOW)
    assert not (tmp_path / "out").exists()


def test_a_database_keeps_what_was_rendered_and_the_packages_are_the_same(
    library: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    export_library(library, (), tmp_path / "without", NOW, home)
    assert not home.exists()
    Store.open(home, date(2026, 1, 1)).close()
    for out in ("first", "second"):
        (library / "manifest.json").unlink()
        export_library(library, (), tmp_path / out, NOW, home)
    store = Store.open(home, date(2026, 1, 1))
    try:
        kept = store.rendered.all(ANKI_FIELDS)
        notes = sum(len(bank.notes) for bank in load_library(library).banks.values())
        assert len(kept) == notes
        for name, fields in kept.items():
            marked = ["from the cache", *json.loads(fields)[1:]]
            store.rendered.keep(ANKI_FIELDS, {name: json.dumps(marked)})
    finally:
        store.close()
    (library / "manifest.json").unlink()
    export_library(library, (), tmp_path / "third", NOW, home)
    packages = [
        {file.name: file.read_bytes() for file in (tmp_path / out).iterdir()}
        for out in ("without", "first", "second", "third")
    ]
    assert packages[0] == packages[1] == packages[2] != packages[3]


def test_an_export_goes_on_without_a_database_it_cannot_use(library: Path, tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"something else entirely" * 10)
    assert export_library(library, (), tmp_path / "out", NOW, tmp_path)


@pytest.mark.parametrize("damage", ['["x"', '["x"]', "7", '{"a": 1}', "[1, 2]", ""])
def test_a_damaged_cache_is_rendered_again(library: Path, tmp_path: Path, damage: str) -> None:
    home = tmp_path / "home"
    Store.open(home, date(2026, 1, 1)).close()
    export_library(library, (), tmp_path / "first", NOW, home)
    store = Store.open(home, date(2026, 1, 1))
    store.rendered.keep(ANKI_FIELDS, dict.fromkeys(store.rendered.all(ANKI_FIELDS), damage))
    store.close()
    (library / "manifest.json").unlink()
    export_library(library, (), tmp_path / "second", NOW, home)
    for file in (tmp_path / "first").iterdir():
        assert file.read_bytes() == (tmp_path / "second" / file.name).read_bytes()


def test_a_part_of_a_top_deck_leaves_the_package_of_the_whole_alone(
    library: Path, tmp_path: Path
) -> None:
    (library / "c.yaml").write_text(BANK.format("A::Two", "three"))
    out = tmp_path / "out"
    export_library(library, (), out, NOW)
    whole = (out / "a.apkg").read_bytes()
    lines = export_library(library, ("a::two", "B"), out, NOW)
    assert lines[0] == f"{out / 'a-two.part.apkg'}  1 note, 1 card"
    assert (out / "a.apkg").read_bytes() == whole
    assert {path.name for path in out.iterdir()} == {"a.apkg", "a-two.part.apkg", "b.apkg"}
    assert check_decks(library, out, NOW) == ()
    export_library(library, ("A::One", "A::Two"), out, NOW)
    assert (out / "a.apkg").read_bytes() == whole
