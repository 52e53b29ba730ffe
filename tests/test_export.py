"""From a library to packages: what is refused, and what is remembered when."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytool.days import Moment
from studytool.errors import StudytoolError, UsageError
from studytool.export import export_library

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
    from studytool.anki.export import ExportNote, export
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
