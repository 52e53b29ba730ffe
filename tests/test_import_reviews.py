"""A deck of ours comes back from Anki: its answers are merged, each once, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from anki_profile import Anki
from import_steps import BANK, from_anki, log, now, states, study, take, to_anki

from studytool.anki import collection
from studytool.days import as_date
from studytool.scheduling import Act, Rating, Review
from studytool.sm2 import Sm2
from studytool.store import Store


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    profile = Anki(tmp_path)
    yield profile
    profile.col.close()


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    folder = tmp_path / "cards"
    folder.mkdir()
    (folder / "gans.yaml").write_text(BANK)
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("legacy", [True, False])
def test_the_reader_gives_ankis_own_rows(legacy, anki, cards, tmp_path):
    to_anki(anki, cards, tmp_path / "decks")
    study(anki, 3, 1, 4, 2, 3)
    file = from_anki(anki, tmp_path / "x.apkg", legacy)
    with collection.read(file) as found:
        assert found.container.version == (2 if legacy else 3)
        rows = anki.col.db.all("select id, guid, mid, mod, tags, flds from notes order by id")
        assert [
            [n.id, n.guid, n.notetype, n.changed, " ".join(n.tags), "\x1f".join(n.fields)]
            for n in found.notes()
        ] == [[*row[:4], row[4].strip(), row[5]] for row in rows]
        query = "select id, nid, ord, did, mod, queue, flags from cards order by id"
        assert sorted(map(list, found.cards())) == anki.col.db.all(query)
        query = "select id, cid, ease, type, time from revlog order by cid, id"
        assert [*map(list, found.answers())] == anki.col.db.all(query)
        assert len(list(found.answers())) == 5
        for card in found.cards():
            assert found.decks[card.deck] == anki.col.decks.name(card.deck)
        for notetype in found.notetypes.values():
            theirs = anki.col.models.get(notetype.id)
            assert notetype.name == theirs["name"]
            assert notetype.cloze == (theirs["type"] == 1)
            assert list(notetype.fields) == [field["name"] for field in theirs["flds"]]
            assert [[*sides] for sides in notetype.templates] == [
                [template["name"], template["qfmt"], template["afmt"]]
                for template in theirs["tmpls"]
            ]


@pytest.mark.parametrize("legacy", [True, False])
def test_what_was_learned_in_anki_comes_back_once(legacy, anki, cards, home, tmp_path):
    to_anki(anki, cards, tmp_path / "decks")
    study(anki, 3, 1, 4, 2)
    before = tree(cards)
    file = from_anki(anki, tmp_path / "x.apkg", legacy)
    assert "ML::GANs: 4 new answers" in take(file, cards, home)
    rows = log(home)
    assert [row.rating for row in rows] == [3, 1, 4, 2]
    assert {row.act for row in rows} == {Act.REVIEW}
    query = "select id, time from revlog order by id"
    assert [[row.at_ms, row.duration_ms] for row in rows] == anki.col.db.all(query)
    assert "ML::GANs: 0 new answers, 4 were here" in take(file, cards, home)
    study(anki, 3)
    again = from_anki(anki, tmp_path / "y.apkg", legacy)
    assert "ML::GANs: 1 new answer, 4 were here" in take(again, cards, home)
    assert len(log(home)) == 5
    assert tree(cards) == before


def test_another_device_makes_the_same_rows(anki, cards, tmp_path):
    to_anki(anki, cards, tmp_path / "decks")
    study(anki, 3, 1, 4, 2)
    file = from_anki(anki, tmp_path / "x.apkg", False)
    for name in ("one", "two"):
        take(file, cards, tmp_path / name)
    assert log(tmp_path / "one") == log(tmp_path / "two")


def test_the_schedule_is_as_if_studied_here(anki, cards, home, tmp_path):
    to_anki(anki, cards, tmp_path / "decks")
    study(anki, 3, 1, 4, 2, 3, 3)
    take(from_anki(anki, tmp_path / "x.apkg", False), cards, home)
    here = tmp_path / "here"
    today = now()
    store = Store.open(here, as_date(today.day))
    for row in log(home):
        state = store.state(_card(row))
        act = Act.REVIEW if state.schedule.due in (None, row.day) else Act.DRILL
        own = Review(
            *("", "", row.at_ms, row.day, 0, row.note, row.part, act, row.key, row.scale),
            rating=Rating(int(row.key)),
        )
        store.record(own, state.last, Sm2())
    store.close()
    assert states(home) == states(here)
    assert len(states(home)) > 2


def _card(row):
    from studytool.notes import Card

    return Card(row.note, row.part)


def test_each_of_ankis_cards_is_a_part(anki, cards, home, tmp_path):
    to_anki(anki, cards, tmp_path / "decks")
    for number in anki.ids():
        card = anki.col.get_card(number)
        card.start_timer()
        anki.col.sched.answerCard(card, 3)
    take(from_anki(anki, tmp_path / "x.apkg", True), cards, home)
    assert sorted(states(home)) == [
        ("both", "front"),
        ("both", "reverse"),
        ("holes", "c1"),
        ("holes", "c2"),
        ("how", "s1"),
        ("how", "s2"),
        ("options", "front"),
        ("plain", "front"),
    ]


def test_later_answers_of_a_day_are_drills_and_what_was_set_by_hand_is_left_out(
    anki, cards, home, tmp_path
):
    to_anki(anki, cards, tmp_path / "decks")
    (number,) = anki.col.db.list("select id from cards limit 1")
    for ease in (1, 3, 3):
        card = anki.col.get_card(number)
        card.start_timer()
        anki.col.sched.answerCard(card, ease)
    anki.col.sched.set_due_date([number], "5")
    lines = take(from_anki(anki, tmp_path / "x.apkg", False), cards, home)
    assert lines == ("ML::GANs: 3 new answers, 1 set by hand left out",)
    assert [str(row.act) for row in log(home)] == ["review", "drill", "drill"]


def test_our_own_answers_that_anki_has_too_are_no_new_ones(anki, cards, home, tmp_path):
    to_anki(anki, cards, tmp_path / "decks")
    study(anki, 3)
    file = from_anki(anki, tmp_path / "x.apkg", False)
    (at_ms,) = anki.col.db.list("select id from revlog")
    (name,) = anki.col.db.list("select n.guid from revlog r, cards c, notes n"
                               " where c.id = r.cid and n.id = c.nid")  # fmt: skip
    assert name
    take(file, cards, tmp_path / "elsewhere")
    (theirs,) = log(tmp_path / "elsewhere")
    store = Store.open(home, as_date(now().day))
    own = Review("", "", at_ms + 20, theirs.day, 0, theirs.note, theirs.part, Act.REVIEW,
                 "3", "1-4", 3)  # fmt: skip
    store.record(own, "", Sm2())
    store.close()
    assert take(file, cards, home) == ("ML::GANs: 0 new answers, 1 were here",)


def test_suspensions_and_flags_of_anki_are_taken_over_unless_ours_are_newer(
    anki, cards, home, tmp_path
):
    to_anki(anki, cards, tmp_path / "decks")
    first, second, *_ = anki.ids()
    anki.col.sched.suspend_cards([first, second])
    anki.col.set_user_flag_for_cards(3, [first])
    file = from_anki(anki, tmp_path / "x.apkg", False)
    assert take(file, cards, home, dry=True)[-1] == "nothing was written"
    assert take(file, cards, home) == ("ML::GANs: 0 new answers, 3 suspended or flagged",)
    assert take(file, cards, home) == ()
    rows = log(home)
    assert sorted((str(row.act), row.value) for row in rows) == [
        ("flag", "3"),
        ("suspend", "1"),
        ("suspend", "1"),
    ]
    newest = next(row for row in rows if row.act is Act.SUSPEND)
    store = Store.open(home, as_date(now().day))
    store.act(Review("", "", newest.at_ms + 60_000, newest.day, 0, newest.note, newest.part,
                     Act.SUSPEND, value="0"))  # fmt: skip
    store.close()
    assert take(file, cards, home) == ()


def test_text_that_was_changed_in_anki_is_listed_and_ours_stays(anki, cards, home, tmp_path):
    to_anki(anki, cards, tmp_path / "decks")
    before = tree(cards)
    study(anki, 3)
    assert len(take(from_anki(anki, tmp_path / "x.apkg", False), cards, home)) == 1
    first, second = (anki.col.get_note(n) for n in anki.col.db.list("select id from notes limit 2"))
    first.fields[1] = "my own words"
    second.tags = ["mine"]
    time.sleep(1.1)
    anki.col.update_notes([first, second])
    lines = take(from_anki(anki, tmp_path / "y.apkg", False), cards, home)
    assert lines[0] == "1 note with another text in Anki, yours stays: plain"
    assert tree(cards) == before


def test_a_dry_run_says_the_same_and_writes_nothing(anki, cards, home, tmp_path):
    to_anki(anki, cards, tmp_path / "decks")
    study(anki, 3, 2)
    file = from_anki(anki, tmp_path / "x.apkg", False)
    dry = take(file, cards, home, dry=True)
    assert not home.exists()
    assert (*take(file, cards, home), "nothing was written") == dry
    study(anki, 4)
    later = from_anki(anki, tmp_path / "y.apkg", False)
    before = tree(home), tree(cards)
    assert take(later, cards, home, dry=True)[0] == "ML::GANs: 1 new answer, 2 were here"
    assert (tree(home), tree(cards)) == before


def test_the_database_is_copied_before_it_grows(anki, cards, home, tmp_path):
    to_anki(anki, cards, tmp_path / "decks")
    study(anki, 3, 2)
    take(from_anki(anki, tmp_path / "x.apkg", False), cards, home)
    assert not (home / "backups").exists()
    study(anki, 4)
    lines = take(from_anki(anki, tmp_path / "y.apkg", False), cards, home)
    (copy,) = (home / "backups").iterdir()
    assert f"a copy of your progress is in {copy}" in lines
    copy.rename(tmp_path / "studytool.db")
    assert len(log(tmp_path)) == 2
