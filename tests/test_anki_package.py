"""Packages, as the real Anki takes them: what arrives, what an update changes, what it leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from anki_profile import NOW, SVG, Anki, notes, paths, run, visible

from studytool.anki.plan import slug
from studytool.notes import Kind, Note, guid
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


def test_every_kind_arrives_whole(anki, bank, tmp_path):
    done = run(notes(), bank, tmp_path / "decks")
    assert [(f.path.name, f.notes, f.cards) for f in done.files] == [
        ("ml.apkg", 8, 14),
        ("other-deck.apkg", 1, 1),
    ]
    assert (done.new, done.changed, done.unchanged) == (9, 0, 0)
    assert anki.take(*paths(done)) == (9, 0, 0, 0)
    anki.sound()
    assert len(anki.ids()) == sum(len(note.parts()) for note in notes()) == 15
    for note in notes():
        assert len(anki.note(guid("", note)).cards()) == len(note.parts())
    assert anki.note(guid("", notes()[0])).tags == ["a::b", "t"]
    decks = {deck.name for deck in anki.col.decks.all_names_and_ids(skip_empty_default=True)}
    assert decks == {"ML", "ML::GANs", "Other deck"}
    stored = anki.media()
    assert len(stored) == 1
    assert re.fullmatch(r"[0-9a-f]{20}\.svg", stored[0])


def test_the_sides_ask_and_answer(anki, bank, tmp_path):
    anki.take(*paths(run(notes(), bank, tmp_path)))

    def sides(index: int) -> list[tuple[str, str]]:
        cards = anki.note(guid("", notes()[index])).cards()
        return [(visible(card.question()), visible(card.answer())) for card in cards]

    assert sides(0) == [("q", "q a T")]
    assert sides(1) == [("forth", "forth there"), ("back", "back forth")]
    ((asked, answered),) = sides(2)
    assert asked == "capital? Hint h [[type:Accept]]"
    assert answered == "capital? [[type:Accept]] Paris also accepted: paris"
    assert sides(5) == [("[...]", "a b c"), ("a [...] c", "a b c")]
    ((asked, answered),) = sides(6)
    assert sorted(asked.split()) == ["q?", "r", "v", "w"]
    assert re.search(r"Right: [ABC]$", answered)
    assert sides(7)[1] == ("how? one[...]three", "how? onetwothree e")


def test_step_n_comes_with_the_earlier_steps_and_without_the_later_ones(anki, bank, tmp_path):
    anki.take(*paths(run([notes()[7]], bank, tmp_path)))
    second = anki.col.get_card(anki.ids()[1])
    spans = re.findall(r'<span class="(cloze(?:-inactive)?)"', second.question())
    assert spans == ["cloze-inactive", "cloze", "cloze-inactive"]
    assert ".steps.asked > .cloze ~ .cloze-inactive { display: none; }" in second.question()
    assert "steps asked" not in second.answer()


def test_new_cards_come_in_the_order_of_the_notes(anki, bank, tmp_path):
    found = [Note(f"n{number}", Kind.BASIC, "D", f"{number}", "a") for number in range(5)]
    anki.take(*paths(run(found, bank, tmp_path)))
    rows = anki.col.db.list("select n.sfld from cards c join notes n on n.id = nid order by c.due")
    assert [int(row) for row in rows] == list(range(5))


def test_ids_are_neither_zero_nor_in_the_future_even_when_the_clock_was_wrong(bank, tmp_path, anki):
    found = [Note(f"n{number}", Kind.BASIC, "D", f"{number}", "a") for number in range(50)]
    first = run(found, bank, tmp_path, now=NOW + 10**6)
    anki.take(*paths(run(found, bank, tmp_path, first.manifest, NOW)))
    ids = anki.col.db.list("select id from notes union all select id from cards")
    assert max(ids) <= NOW * 1000
    assert min(ids) > (NOW - 10) * 1000


def test_decks_that_differ_in_case_alone_are_one(anki, bank, tmp_path):
    names = ["ML::Nets", "ml::nets::Deep", "ML::NETS", "Default", "C++", "C"]
    found = [Note(f"n{i}", Kind.BASIC, name, "q", "a") for i, name in enumerate(names)]
    done = run(found, bank, tmp_path)
    assert [file.path.name for file in done.files] == [
        "c.apkg",
        "c-2.apkg",
        "default.apkg",
        "ml.apkg",
    ]
    assert anki.take(*paths(done)) == (6, 0, 0, 0)
    anki.sound()
    decks = {deck.name for deck in anki.col.decks.all_names_and_ids()}
    assert decks == {"ML", "ML::Nets", "ML::Nets::Deep", "Default", "C++", "C"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ML::x", "ml-x"),
        ("../../etc", "etc"),
        ("Ünï 1", "ünï-1"),
        ("***", "deck"),
        ("x" * 300, "x" * 100),
    ],
)
def test_a_file_is_named_after_its_deck(name, expected):
    assert slug(name) == expected


def study(anki: Anki, name: str) -> list[tuple]:
    """Answer the first card of a note, and return its schedule."""
    card = anki.note(name).cards()[0]
    anki.col.decks.select(card.did)
    card.start_timer()
    anki.col.sched.answerCard(card, 4)
    return schedule(anki, name)[:1]


def schedule(anki: Anki, name: str) -> list[tuple]:
    return [
        tuple(row)
        for row in anki.col.db.all(
            "select c.ord, c.type, c.queue, c.due, c.ivl, c.factor, c.reps from cards c"
            " join notes n on n.id = c.nid where n.guid = ? order by c.ord",
            name,
        )
    ]


def test_an_edit_updates_that_note_alone_and_leaves_what_the_learner_changed(anki, bank, tmp_path):
    first = run(notes(), bank, tmp_path)
    anki.take(*paths(first))
    edited = [replace(note, answer="new") if note.id == "plain" else note for note in notes()]
    theirs = anki.note(guid("", notes()[1]))
    theirs["Back"] = "my own words"
    anki.col.update_note(theirs)
    second = run(edited, bank, tmp_path, first.manifest, NOW + 60)
    assert (second.new, second.changed, second.unchanged) == (0, 1, 8)
    studied = study(anki, guid("", notes()[0]))
    assert anki.take(*paths(second)) == (0, 1, 8, 0)
    assert anki.note(guid("", notes()[0]))["Back"] == "new"
    assert anki.note(guid("", notes()[1]))["Back"] == "my own words"
    assert schedule(anki, guid("", notes()[0])) == studied
    anki.sound()


def test_an_edit_within_the_same_second_arrives(anki, bank, tmp_path):
    first = run(notes()[:1], bank, tmp_path)
    anki.take(*paths(first))
    second = run([replace(notes()[0], answer="new")], bank, tmp_path, first.manifest, NOW)
    assert anki.take(*paths(second)) == (0, 1, 0, 0)


@pytest.mark.parametrize(
    ("index", "change", "cards"),
    [
        (0, {"reverse": "back"}, 2),
        (0, {"accept": ("a",)}, 1),
        (0, {"hint": "h", "extra": "e"}, 1),
        (7, {"steps": ("one", "two", "three", "four")}, 4),
        (5, {"question": "{{c1::a}} {{c2::b}} {{c3::c}}"}, 3),
        (6, {"wrong": ("w", "v", "u")}, 1),
    ],
)
def test_a_note_that_grows_keeps_its_schedule(index, change, cards, anki, bank, tmp_path):
    note = notes()[index]
    name = guid("", note)
    first = run([note], bank, tmp_path)
    anki.take(*paths(first))
    studied = study(anki, name)
    assert studied[0][6] == 1
    second = run([replace(note, **change)], bank, tmp_path, first.manifest, NOW + 1)
    assert anki.take(*paths(second)) == (0, 1, 0, 0)
    assert schedule(anki, name)[:1] == studied
    assert len(schedule(anki, name)) == cards
    anki.sound()


def test_a_picture_with_other_content_arrives_under_another_name(anki, bank, tmp_path):
    first = run([notes()[3]], bank, tmp_path)
    anki.take(*paths(first))
    (bank / "media" / "x.svg").write_bytes(SVG + b" ")
    second = run([notes()[3]], bank, tmp_path, first.manifest, NOW + 1)
    assert anki.take(*paths(second)) == (0, 1, 0, 0)
    anki.sound()
