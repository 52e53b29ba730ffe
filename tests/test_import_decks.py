"""A deck of somebody else becomes banks: every notetype, with media, answers and stable ids."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from anki_profile import SVG, Anki
from command import run
from import_steps import from_anki, log, states, study, take, to_anki

from studytool.anki.new_banks import deck_name, note_id, tags_of
from studytool.errors import UsageError
from studytool.library import load_library
from studytool.notes import Kind, Note

NOTES = {
    "Basic": ["Capital of <b>France</b>?", "Paris<br>(since 508)"],
    "Basic (and reversed card)": ["dog", "chien"],
    "Basic (optional reversed card)": ["cat", "chat", "y"],
    "Basic (type in the answer)": ["1 + 1", "2"],
    "Cloze": [r"{{c1::Canberra::city}} has \(x^{ {{c2::2}} }\)", "extra [sound:say.mp3]"],
}
PICTURE = "<img src='flag.svg'>"


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    profile = Anki(tmp_path)
    yield profile
    profile.col.close()


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    (tmp_path / "cards").mkdir()
    return tmp_path / "cards"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def fill(anki: Anki) -> None:
    """Put a note of each stock notetype into a deck."""
    deck = anki.col.decks.id("Languages::French")
    for name, fields in NOTES.items():
        note = anki.col.new_note(anki.col.models.by_name(name))
        note.fields[:] = fields
        note.tags = ["geo::eu", "a,b"]
        anki.col.add_note(note, deck)
    anki.col.media.write_data("flag.svg", SVG)
    anki.col.media.write_data("say.mp3", b"sound")
    note = anki.col.new_note(anki.col.models.by_name("Basic"))
    note.fields[:] = [f"Which flag? {PICTURE}", "<ul><li>ours</li></ul><img src=gone.png>"]
    anki.col.add_note(note, anki.col.decks.id("Flags"))


def notes(cards: Path) -> dict[str, Note]:
    """Return the notes of a library without a complaint, by the beginning of the question."""
    library = load_library(cards)
    assert not library.diagnostics
    return {e.note.question[:4]: e.note for bank in library.banks.values() for e in bank.notes}


@pytest.mark.parametrize("legacy", [True, False])
def test_stock_notetypes_become_what_they_are_here(legacy, anki, cards, home, tmp_path):
    fill(anki)
    lines = take(from_anki(anki, tmp_path / "x.apkg", legacy), cards, home)
    assert sorted(path.name for path in cards.iterdir()) == [
        "flags.yaml",
        "languages-french.yaml",
        "media",
    ]
    found = notes(cards)
    assert len(found) == 6
    plain, both, optional = found["Capi"], found["dog"], found["cat"]
    assert (plain.question, plain.answer) == (
        "Capital of **France**?",
        "Paris\\\n(since 508)\n",
    )
    assert (plain.deck, plain.tags) == ("Languages::French", ("a-b", "geo::eu"))
    assert (both.answer, both.reverse, optional.reverse) == ("chien", "chien", "chat")
    assert found["1 + "].accept == ("2",)
    holes = found["{{c1"]
    assert holes.kind is Kind.CLOZE
    assert holes.question == r"{{c1::Canberra::city}} has $x^{ {{c2::2}} }$"
    sound = hashlib.sha256(b"sound").hexdigest()[:20]
    assert holes.extra == f"extra [say\\.mp3](<media/{sound}.mp3>)"
    assert (cards / "media" / f"{sound}.mp3").read_bytes() == b"sound"
    flag = hashlib.sha256(SVG).hexdigest()[:20]
    assert found["Whic"].question == f"Which flag? ![flag](media/{flag}.svg)"
    assert (cards / "media" / f"{flag}.svg").read_bytes() == SVG
    for note in found.values():
        assert note.id == note_id(note.guid)
        assert anki.note(note.guid)
    assert f"{cards / 'languages-french.yaml'}  5 notes, 8 cards" in lines
    assert "2 picture or sound files in media/" in lines
    assert "  gone.png: it is not in the package" in lines
    assert lines[-1].startswith("these notes live here now")


def test_the_banks_read_as_if_somebody_had_typed_them(anki, cards, home, tmp_path):
    fill(anki)
    take(from_anki(anki, tmp_path / "x.apkg", False), cards, home)
    text = (cards / "languages-french.yaml").read_text()
    guid = anki.col.db.scalar("select guid from notes order by id")
    quoted = "guid: '" + guid.replace("'", "''") + "'"
    start = f"""deck: Languages::French
notes:
- id: {note_id(guid)}
  q: Capital of **France**?
  a: |
    Paris\\
    (since 508)
  tags: [a-b, 'geo::eu']
"""
    assert text.startswith(start)
    assert quoted in text or f"guid: {guid}" in text


def test_answers_come_along_and_a_second_import_adds_nothing(anki, cards, home, tmp_path):
    fill(anki)
    study(anki, 3, 1, 4, deck="Languages::French")
    file = from_anki(anki, tmp_path / "x.apkg", False)
    assert "Languages::French: 3 new answers" in take(file, cards, home)
    assert len(log(home)) == len(states(home)) == 3
    before = {path: path.read_bytes() for path in cards.rglob("*") if path.is_file()}
    assert take(file, cards, home) == ("Languages::French: 0 new answers, 3 were here",)
    study(anki, 3, deck="Languages::French")
    note = anki.col.new_note(anki.col.models.by_name("Basic"))
    note.fields[:] = ["later", "on"]
    anki.col.add_note(note, anki.col.decks.id("Languages::French"))
    again = from_anki(anki, tmp_path / "y.apkg", True)
    lines = take(again, cards, home)
    assert f"{cards / 'languages-french-2.yaml'}  1 note, 1 card" in lines
    assert "Languages::French: 1 new answer, 3 were here" in lines
    assert {path: path.read_bytes() for path in before} == before


def test_a_dry_run_writes_nothing(anki, cards, home, tmp_path):
    fill(anki)
    study(anki, 3, deck="Languages::French")
    file = from_anki(anki, tmp_path / "x.apkg", False)
    dry = take(file, cards, home, dry=True)
    assert list(cards.iterdir()) == []
    assert not home.exists()
    assert (*take(file, cards, home), "nothing was written") == dry


def test_other_notetypes_keep_every_field(anki, cards, home, tmp_path):
    models = anki.col.models
    made = models.new("Vocabulary")
    for name in ("Number", "Word", "Image", "Meaning", "Example"):
        models.add_field(made, models.new_field(name))
    template = models.new_template("Card")
    template["qfmt"] = "{{#Word}}{{Word}} {{hint:Example}}{{/Word}}"
    template["afmt"] = "{{FrontSide}}<hr>{{Meaning}} {{Image}}"
    models.add_template(made, template)
    models.add(made)
    note = anki.col.new_note(models.by_name("Vocabulary"))
    note.fields[:] = ["7", "le chien", "", "dog", "Le <i>chien</i> dort."]
    anki.col.add_note(note, anki.col.decks.id("V"))
    take(from_anki(anki, tmp_path / "x.apkg", False), cards, home)
    (found,) = notes(cards).values()
    assert (found.question, found.answer) == ("le chien", "dog")
    assert (found.hint, found.extra) == ("Le *chien* dort.", "7")


def test_an_image_occlusion_is_kept_and_named(anki, cards, home, tmp_path):
    models = anki.col.models
    anki.col.media.write_data("map.svg", SVG)
    note = anki.col.new_note(models.by_name("Image Occlusion"))
    note.fields[:5] = [
        "{{c1::image-occlusion:rect:left=.1:top=.1:width=.2:height=.2}}",
        "<img src=map.svg>",
        "The map",
        "It is old.",
        "",
    ]
    anki.col.add_note(note, anki.col.decks.id("M"))
    lines = take(from_anki(anki, tmp_path / "x.apkg", False), cards, home)
    assert "not as in Anki: 1" in lines
    assert any("an image occlusion" in line for line in lines)
    (found,) = notes(cards).values()
    assert "![map](media/" in found.question + found.answer + found.extra
    assert "It is old." in found.question + found.answer + found.extra


def test_a_deck_of_another_studytool_arrives_with_every_kind(anki, cards, home, tmp_path):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "a.yaml").write_text("""deck: D
notes:
- {id: both, q: forth, a: there, reverse: back, accept: there, hint: h, extra: e}
- {id: holes, cloze: 'A {{c1::b}} and {{c2::c}}', extra: e}
- {id: options, q: Which?, choices: {right: r, wrong: [w, v]}, extra: e}
- {id: how, q: How?, steps: [one, two], extra: e, source: {title: T}}
""")
    to_anki(anki, theirs, tmp_path / "decks")
    take(from_anki(anki, tmp_path / "x.apkg", False), cards, home)
    found = notes(cards)
    assert {note.kind for note in found.values()} == set(Kind)
    assert (found["fort"].reverse, found["fort"].accept) == ("back", ("there",))
    assert found["Whic"].right == ("r",)
    assert sorted(found["Whic"].wrong) == ["v", "w"]
    assert found["How?"].steps == ("one", "two")
    assert {note.extra for note in found.values()} == {"e"}
    assert found["How?"].source.title == "T"


def test_a_deck_with_many_notes_is_parted(anki, cards, home, tmp_path, monkeypatch):
    monkeypatch.setattr("studytool.anki.new_banks.MAX_NOTES", 2)
    fill(anki)
    take(from_anki(anki, tmp_path / "x.apkg", False), cards, home)
    names = sorted(path.name for path in cards.glob("*.yaml"))
    assert names == [
        "flags.yaml",
        "languages-french-2.yaml",
        "languages-french-3.yaml",
        "languages-french.yaml",
    ]
    assert len(notes(cards)) == 6


def test_no_file_is_ever_written_over(anki, cards, home, tmp_path):
    fill(anki)
    (cards / "Flags.yaml").write_text("deck: Mine\nnotes:\n- {id: a, q: q, a: a}\n")
    take(from_anki(anki, tmp_path / "x.apkg", False), cards, home)
    assert "Mine" in (cards / "Flags.yaml").read_text()
    assert (cards / "flags-2.yaml").exists()


def test_new_banks_go_only_where_they_are_found(anki, cards, home, tmp_path):
    fill(anki)
    file = from_anki(anki, tmp_path / "x.apkg", False)
    with pytest.raises(UsageError, match="outside of the cards"):
        take(file, cards, home, out=tmp_path / "elsewhere")
    take(file, cards, home, out=cards / "french")
    assert (cards / "french" / "flags.yaml").exists()
    assert (cards / "french" / "media").is_dir()
    (cards / "one.yaml").write_text("deck: Mine\nnotes:\n- {id: a, q: q, a: a}\n")
    with pytest.raises(UsageError, match="new banks need a folder"):
        take(file, cards / "one.yaml", home)


def test_the_shipped_banks_are_left_alone(anki, home, tmp_path):
    fill(anki)
    file = from_anki(anki, tmp_path / "x.apkg", False)
    shipped = Path(__file__).parent.parent / "cards"
    done = run("import", file, "--cards", shipped, "--home", home)
    assert done.returncode == 2
    assert "shipped" in done.stderr


@pytest.mark.parametrize(
    ("name", "expected"),
    [("A::::B", "A::B"), (" a :: b ", "a::b"), ("\x1b[31mx", "[31mx"), (":::", "Anki")],
)
def test_names_of_decks(name, expected):
    assert deck_name(name) == expected


def test_tags():
    assert tags_of(["a", "a,b", "x::", "::", "A::b", "a"]) == ["a", "a-b", "x", "A::b"]


def test_the_sounds_of_a_deck_go_along_when_it_is_exported_again(anki, cards, home, tmp_path):
    fill(anki)
    take(from_anki(anki, tmp_path / "x.apkg", False), cards, home)
    (cards / "own.yaml").write_text(
        "deck: Own\nnotes:\n- {id: own, q: '[hear](media/a.mp3)', a: '[not ours](sound/a.mp3)'}\n"
        "- {id: typed, q: '\\[sound:a.mp3]', a: '[it](https://x.org/a.mp3)'}\n"
    )
    (cards / "media" / "a.mp3").write_bytes(b"other")
    again = Anki(tmp_path)
    try:
        to_anki(again, cards, tmp_path / "decks")
        say, own = (hashlib.sha256(b).hexdigest()[:20] + ".mp3" for b in (b"sound", b"other"))
        assert {say, own} <= set(again.media())
        found = {
            note.fields[0][:9]: note.fields for note in map(again.col.get_note, numbers(again))
        }
        assert found["{{c1::Can"][1] == f"extra [sound:{say}]"
        assert found["hear [sou"][:2] == [f"hear [sound:{own}]", "not ours"]
        assert not any("[sound:" in field for field in found["&#91;soun"])
        played = [
            tag.filename
            for card in map(again.col.get_card, again.ids())
            for tag in (*card.question_av_tags(), *card.answer_av_tags())
        ]
        assert sorted(set(played)) == sorted([say, own])
        again.sound()
    finally:
        again.col.close()


def numbers(anki: Anki) -> list[int]:
    return anki.col.db.list("select id from notes")
