"""A newer package over an older one in the real Anki: each thing that can have changed between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki_profile import NOW, SVG, Anki, notes, paths, run

from studytool.notes import Kind, Note, guid
from studytool.values import replace

PLAIN = notes()[0]
LATER = NOW + 60


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    profile = Anki(tmp_path)
    yield profile
    profile.col.close()


class Shared:
    """Packages of one library, one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.manifest, self.count = folder, {}, 0
        (folder / "bank" / "media").mkdir(parents=True)
        (folder / "bank" / "media" / "x.svg").write_bytes(SVG)

    def __call__(self, *found: Note, now: int = NOW) -> list[Path]:
        self.count += 1
        out = self.folder / f"out{self.count}"
        done = run(list(found), self.folder / "bank", out, self.manifest, now)
        self.manifest = done.manifest
        return paths(done)


@pytest.fixture
def shared(tmp_path: Path) -> Shared:
    return Shared(tmp_path)


def studied(anki: Anki, note: Note) -> list[tuple]:
    """Answer the first card of a note, and return the rows of all its cards."""
    card = anki.note(guid("", note)).cards()[0]
    anki.col.decks.select(card.did)
    card.start_timer()
    anki.col.sched.answerCard(card, 4)
    return cards(anki, note)


def cards(anki: Anki, note: Note) -> list[tuple]:
    """Return all that Anki keeps of the cards of a note, but for the time of the last change."""
    rows = anki.col.db.all(
        "select c.id, c.did, c.ord, c.type, c.queue, c.due, c.ivl, c.factor, c.reps, c.lapses,"
        " c.flags from cards c join notes n on n.id = c.nid where n.guid = ? order by c.ord",
        guid("", note),
    )
    return [tuple(row) for row in rows]


def deck(anki: Anki, note: Note) -> str:
    return anki.col.decks.name(anki.note(guid("", note)).cards()[0].did)


def always(anki: Anki, path: Path) -> int:
    """Import a package that updates notes and notetypes always; return how many it updated."""
    options = ImportAnkiPackageOptions(update_notes=1, update_notetypes=1)
    request = ImportAnkiPackageRequest(package_path=str(path), options=options)
    return len(anki.col.import_anki_package(request).log.updated)


def test_an_edit_updates_in_place(anki, shared):
    anki.take(*shared(PLAIN))
    before = studied(anki, PLAIN)
    assert anki.take(*shared(replace(PLAIN, answer="new"), now=LATER)) == (0, 1, 0, 0)
    assert anki.note(guid("", PLAIN))["Back"] == "new"
    assert cards(anki, PLAIN) == before


def test_the_same_file_again_changes_nothing(anki, shared):
    first = shared(*notes())
    anki.take(*first)
    before = anki.col.db.all("select * from notes"), anki.col.db.all("select * from cards")
    assert anki.take(*first) == (0, 0, 9, 0)
    assert anki.take(*shared(*notes(), now=LATER)) == (0, 0, 9, 0)
    assert before == (
        anki.col.db.all("select * from notes"),
        anki.col.db.all("select * from cards"),
    )


def test_an_older_file_over_a_newer_one_changes_nothing(anki, shared):
    first = shared(PLAIN)
    anki.take(*shared(replace(PLAIN, answer="new"), now=LATER))
    assert anki.take(*first) == (0, 0, 1, 0)
    assert anki.note(guid("", PLAIN))["Back"] == "new"


def test_a_note_edited_there_after_the_file_was_built_keeps_the_users_words(anki, shared):
    anki.take(*shared(PLAIN))
    newer = shared(replace(PLAIN, answer="ours"), now=LATER)
    theirs = anki.note(guid("", PLAIN))
    theirs["Back"] = "theirs"
    anki.col.update_note(theirs)
    assert anki.take(*newer) == (0, 0, 1, 0)
    assert anki.note(guid("", PLAIN))["Back"] == "theirs"
    assert always(anki, newer[0]) == 1
    assert anki.note(guid("", PLAIN))["Back"] == "ours"


def test_tags_of_an_updated_note_become_ours_and_those_of_others_stay(anki, shared):
    other = notes()[1]
    anki.take(*shared(PLAIN, other))
    for note in (PLAIN, other):
        theirs = anki.note(guid("", note))
        theirs.mod = NOW
        anki.col.db.execute("update notes set tags = ' leech mine ' where guid = ?", guid("", note))
    before = studied(anki, PLAIN)
    assert anki.take(*shared(replace(PLAIN, tags=("u",)), other, now=LATER)) == (0, 1, 1, 0)
    assert anki.note(guid("", PLAIN)).tags == ["u"]
    assert anki.note(guid("", other)).tags == ["leech", "mine"]
    assert cards(anki, PLAIN) == before


def test_a_note_that_is_removed_here_stays_there(anki, shared):
    anki.take(*shared(PLAIN, notes()[2]))
    before = studied(anki, PLAIN)
    assert anki.take(*shared(notes()[2], now=LATER)) == (0, 0, 1, 0)
    assert cards(anki, PLAIN) == before


def test_a_note_deleted_there_comes_back_as_a_new_one(anki, shared):
    first = shared(PLAIN)
    anki.take(*first)
    studied(anki, PLAIN)
    anki.col.remove_notes([anki.note(guid("", PLAIN)).id])
    assert anki.take(*first) == (1, 0, 0, 0)
    assert cards(anki, PLAIN)[0][3] == 0


@pytest.mark.parametrize("change", ["renamed", "moved"])
def test_a_card_stays_in_the_deck_it_was_learned_in(change, anki, shared):
    anki.take(*shared(PLAIN))
    before = studied(anki, PLAIN)
    elsewhere = replace(PLAIN, deck="Renamed" if change == "renamed" else "ML::Below")
    fresh = Note("fresh", Kind.BASIC, elsewhere.deck, "q", "a")
    assert anki.take(*shared(elsewhere, fresh, now=LATER)) == (1, 0, 1, 0)
    assert cards(anki, PLAIN) == before
    assert deck(anki, PLAIN) == "ML"
    assert deck(anki, fresh) == elsewhere.deck


def test_a_deck_that_the_user_has_already_takes_the_notes_in(anki, shared):
    own = anki.col.decks.id("ML")
    anki.take(*shared(PLAIN))
    assert anki.note(guid("", PLAIN)).cards()[0].did == own
    assert len(anki.col.decks.all_names_and_ids(skip_empty_default=True)) == 1


def test_what_the_user_did_to_a_card_survives_an_update(anki, shared):
    anki.take(*shared(PLAIN))
    card = anki.note(guid("", PLAIN)).cards()[0]
    anki.col.set_deck([card.id], anki.col.decks.id("My own"))
    anki.col.sched.suspend_cards([card.id])
    anki.col.set_user_flag_for_cards(4, [card.id])
    before = cards(anki, PLAIN)
    anki.col.db.execute("update notes set mod = ?", NOW)
    assert anki.take(*shared(replace(PLAIN, answer="new"), now=LATER)) == (0, 1, 0, 0)
    assert cards(anki, PLAIN) == before
    assert (deck(anki, PLAIN), before[0][4], before[0][10]) == ("My own", -1, 4)


def test_a_style_sheet_and_a_template_changed_there_stay(anki, shared):
    anki.take(*shared(PLAIN))
    notetype = anki.note(guid("", PLAIN)).note_type()
    notetype["css"] += "/* mine */"
    notetype["tmpls"][0]["qfmt"] += "<!-- mine -->"
    anki.col.models.update_dict(notetype)
    assert anki.take(*shared(replace(PLAIN, answer="new"), now=LATER)) == (0, 1, 0, 0)
    notetype = anki.note(guid("", PLAIN)).note_type()
    assert notetype["css"].endswith("/* mine */")
    assert notetype["tmpls"][0]["qfmt"].endswith("<!-- mine -->")
    assert anki.note(guid("", PLAIN))["Back"] == "new"


def test_a_notetype_renamed_there_is_still_the_same(anki, shared):
    anki.take(*shared(PLAIN))
    notetype = anki.note(guid("", PLAIN)).note_type()
    notetype["name"] = "My basic"
    anki.col.models.update_dict(notetype)
    assert anki.take(*shared(replace(PLAIN, answer="new"), now=LATER)) == (0, 1, 0, 0)
    assert anki.note(guid("", PLAIN)).note_type()["name"] == "My basic"


def test_a_field_added_there_makes_anki_refuse_the_update_and_nothing_is_lost(anki, shared):
    anki.take(*shared(PLAIN))
    before = studied(anki, PLAIN)
    notetype = anki.note(guid("", PLAIN)).note_type()
    anki.col.models.add_field(notetype, anki.col.models.new_field("Mine"))
    anki.col.models.update_dict(notetype)
    assert anki.take(*shared(replace(PLAIN, answer="new"), now=LATER)) == (0, 0, 0, 1)
    assert anki.note(guid("", PLAIN))["Back"] == "a"
    assert cards(anki, PLAIN) == before


def test_a_hole_that_is_lost_leaves_an_empty_card(anki, shared):
    note = Note("h", Kind.CLOZE, "ML", "{{c1::a}} {{c2::b}}")
    anki.take(*shared(note))
    before = studied(anki, note)
    assert anki.take(*shared(replace(note, question="{{c1::a}} b"), now=LATER)) == (0, 1, 0, 0)
    assert cards(anki, note) == before
    assert [list(found.card_ids) for found in anki.col.get_empty_cards().notes] == [[before[1][0]]]


def test_a_hole_that_is_won_adds_a_new_card(anki, shared):
    note = Note("h", Kind.CLOZE, "ML", "{{c1::a}} b")
    anki.take(*shared(note))
    before = studied(anki, note)
    more = replace(note, question="{{c1::a}} {{c2::b}}")
    assert anki.take(*shared(more, now=LATER)) == (0, 1, 0, 0)
    assert cards(anki, note)[:1] == before
    assert [row[3] for row in cards(anki, note)[1:]] == [0]


def test_a_note_of_another_kind_is_another_note_and_the_old_one_stays(anki, shared):
    anki.take(*shared(PLAIN))
    before = studied(anki, PLAIN)
    holes = Note(PLAIN.id, Kind.CLOZE, "ML", "{{c1::a}}")
    assert anki.take(*shared(holes, now=LATER)) == (1, 0, 0, 0)
    assert cards(anki, PLAIN) == before
    assert len(anki.col.models.all_names_and_ids()) == len(
        {entry.name.rstrip("+") for entry in anki.col.models.all_names_and_ids()}
    )


def test_another_id_with_the_old_one_under_was_is_the_same_note(anki, shared):
    anki.take(*shared(PLAIN))
    before = studied(anki, PLAIN)
    renamed = replace(PLAIN, id="better-name", was=(PLAIN.id,))
    assert anki.take(*shared(renamed, now=LATER)) == (0, 1, 0, 0)
    assert cards(anki, PLAIN) == before
    assert anki.note(guid("", PLAIN))["Id"] == "better-name"


def test_a_picture_with_other_content_arrives_with_the_note(anki, shared):
    picture = notes()[3]
    anki.take(*shared(picture))
    (shared.folder / "bank" / "media" / "x.svg").write_bytes(SVG + b"<!-- new -->")
    assert anki.take(*shared(picture, now=LATER)) == (0, 1, 0, 0)
    assert len(anki.media()) == 2
    anki.sound()
