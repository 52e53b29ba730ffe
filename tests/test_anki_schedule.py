"""The schedule goes along to the real Anki: states, days, answers; a second file changes none."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki_profile import Anki
from import_steps import from_anki
from import_steps import take as bring

from studytool.days import Moment, moment
from studytool.export import export_library, export_with_schedule
from studytool.notes import Card, Kind, Note, guid
from studytool.opening import open_library
from studytool.scheduling import BUTTONS, Act, Rating, Review
from studytool.sm2 import Sm2
from studytool.store import Store

BANK = """
deck: ML::X
notes:
- {id: plain, q: one, a: two, reverse: back, tags: [t]}
- {id: holes, cloze: "{{c1::a}} {{c3::b}}"}
- {id: order, q: how, steps: [first, second]}
- {id: pick, q: which, choices: {right: r, wrong: [w]}}
- {id: out, q: one, a: two, suspended: true}
- {id: fresh, q: one, a: two}
- {id: newer, q: one, a: two}
"""
SM2 = Sm2()


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    profile = Anki(tmp_path)
    yield profile
    profile.col.close()


class Learner:
    """Somebody who studies a bank until today, where the clock shows a time zone's hour."""

    def __init__(self, folder: Path, zone: int = 0, rollover: int = 4) -> None:
        self.cards = folder / "cards"
        self.cards.mkdir()
        (self.cards / "a.yaml").write_text(BANK)
        self.zone, self.rollover, self.out = timezone(timedelta(minutes=zone)), rollover, folder
        self.now = self.at(0)
        self.store: Store = open_library(folder / "home", self.cards, self.now).store

    def at(self, days: int, seconds: float = 0) -> Moment:
        """Return a moment so many days from now, a bit earlier with each second."""
        local = datetime.fromtimestamp(int(time.time()), UTC).astimezone(self.zone)
        return moment(local + timedelta(days=days, seconds=-seconds), self.rollover)

    def answer(self, note: str, part: str, day: int, rating: Rating, act: Act = Act.REVIEW) -> None:
        when = self.at(day, 60 - len(self.store.log.rows()))
        row = Review(
            *("", "", when.at_ms, when.day, when.tz_minutes, note, part),
            *(act, str(int(rating)), BUTTONS, int(rating)),
            duration_ms=1500,
            scheduler="sm2",
        )
        assert self.store.record(row, self.store.state(Card(note, part)).last, SM2)

    def act(self, note: str, part: str, act: Act, value: str) -> None:
        now = self.now
        self.store.act(
            Review("", "", now.at_ms, now.day, now.tz_minutes, note, part, act, value=value)
        )

    def package(self) -> Path:
        export_with_schedule(
            self.cards, (), self.out / "decks", self.now, self.store, self.rollover
        )
        return self.out / "decks" / "ml.with-schedule.apkg"


def study(learner: Learner) -> None:
    """Leave cards of every state behind."""
    for day, rating in ((-40, Rating.GOOD), (-39, Rating.EASY), (-33, Rating.HARD)):
        learner.answer("plain", "front", day, rating)
    learner.answer("holes", "c3", -9, Rating.GOOD)
    learner.answer("holes", "c3", -8, Rating.GOOD)
    learner.answer("holes", "c3", -2, Rating.AGAIN)
    learner.answer("holes", "c3", -2, Rating.AGAIN, Act.DRILL)
    learner.answer("holes", "c3", -2, Rating.GOOD, Act.DRILL)
    learner.answer("order", "s2", 0, Rating.AGAIN)
    learner.answer("pick", "front", -3, Rating.EASY)
    learner.act("pick", "front", Act.SUSPEND, "1")
    learner.act("plain", "front", Act.FLAG, "3")
    learner.act("fresh", "front", Act.FLAG, "5")
    learner.act("holes", "c3", Act.BURY, str(learner.now.day + 1))
    learner.act("plain", "", Act.MARK, "1")


def take(anki: Anki, path: Path) -> tuple[int, ...]:
    """Import a package with learning progress: new, updated, duplicate notes."""
    request = ImportAnkiPackageRequest(
        package_path=str(path), options=ImportAnkiPackageOptions(with_scheduling=True)
    )
    log = anki.col.import_anki_package(request).log
    anki.col.models._clear_cache()
    return len(log.new), len(log.updated), len(log.duplicate)


def rows(anki: Anki) -> dict[tuple[str, int], tuple]:
    """Return type, queue, due in days from today, interval, factor, reps, lapses and flag."""
    today = anki.col.sched.today
    found = anki.col.db.all(
        "select n.flds, c.ord, c.type, c.queue, c.due, c.ivl, c.factor, c.reps, c.lapses, c.flags"
        " from cards c join notes n on n.id = c.nid"
    )
    cards = {}
    for fields, ordinal, kind, queue, due, *rest in found:
        (name,) = {"plain", "holes", "order", "pick", "out", "fresh", "newer"} & set(
            fields.split("\x1f")
        )
        cards[name, ordinal] = (kind, queue, due - today if kind == 2 else due, *rest)
    return cards


def test_every_state_arrives_as_it_is(anki, tmp_path):
    learner = Learner(tmp_path)
    study(learner)
    assert take(anki, learner.package()) == (7, 0, 0)
    found = rows(anki)
    state = learner.store.state(Card("plain", "front")).schedule
    assert found["plain", 0] == (2, 2, -33 + state.interval, state.interval, 2460, 3, 0, 3)
    assert found["holes", 2] == (2, -3, -1, 1, 2500, 5, 1, 0)
    kind, queue, due, interval, factor, reps, lapses, flag = found["order", 1]
    assert (kind, queue, interval, factor, reps, lapses, flag) == (3, 1, 1, 2500, 1, 0, 0)
    assert abs(due - time.time()) < 600
    assert found["pick", 0] == (2, -1, -2, 1, 2600, 1, 0, 0)
    unlearned = [("out", -1, 0), ("fresh", 0, 5), ("newer", 0, 0)]
    assert [found[name, 0] for name, _, _ in unlearned] == [
        (0, queue, place, 0, 0, 0, 0, flag) for place, (_, queue, flag) in enumerate(unlearned, 5)
    ]
    assert set(anki.note(guid("", Note("plain", Kind.BASIC, "D", "q"))).tags) == {"t", "marked"}
    anki.sound()
    assert rows(anki) == found


def test_every_answer_arrives_once_and_in_order(anki, tmp_path):
    learner = Learner(tmp_path)
    study(learner)
    undone = learner.store.log.rows()
    learner.answer("newer", "front", 0, Rating.GOOD)
    learner.store.undo(str(learner.cards), learner.now, learner.now.day, SM2)
    assert len(learner.store.log.rows()) == len(undone) + 2
    take(anki, learner.package())
    logged = anki.col.db.all(
        "select r.id, r.ease, r.ivl, r.lastIvl, r.factor, r.time, r.type from revlog r order by id"
    )
    answers = sorted((row for row in undone if row.rating), key=lambda row: row.at_ms)
    assert [row[1] for row in logged] == [row.rating for row in answers]
    assert [row[0] for row in logged] == [row.at_ms for row in answers]
    assert [row[2] for row in logged] == [1, 6, 16, 1, 6, 1, 1, -60, 1, 1]
    assert [row[3] for row in logged] == [0, 1, 6, 0, 1, 0, 6, 1, 1, 0]
    assert [row[6] for row in logged] == [0, 1, 1, 0, 1, 0, 1, 2, 2, 0]
    assert {row[5] for row in logged} == {1500}


@pytest.mark.parametrize(("zone", "rollover"), [(0, 0), (345, 20), (-600, 4), (840, 4)])
def test_a_due_day_is_the_same_day_there(zone, rollover, tmp_path):
    learner = Learner(tmp_path, zone, rollover)
    learner.answer("plain", "front", -1, Rating.GOOD)  # due today, wherever the learner is
    learner.answer("fresh", "front", -400, Rating.GOOD)
    script = (
        "import sys; from pathlib import Path; from test_anki_schedule import *\n"
        "anki = Anki(Path(sys.argv[2])); take(anki, Path(sys.argv[1]))\n"
        "print(rows(anki)['plain', 0][2], rows(anki)['fresh', 0][2])"
    )
    # In a process of its own, for Anki looks up the time zone once.
    minutes = abs(zone)
    zone_name = f"ABC{'-' if zone >= 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"
    done = subprocess.run(
        [sys.executable, "-c", script, str(learner.package()), str(tmp_path)],
        env=os.environ | {"TZ": zone_name, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["0", "-399"]


def test_a_second_file_leaves_the_schedule_there_alone(anki, tmp_path):
    learner = Learner(tmp_path)
    study(learner)
    take(anki, learner.package())
    before = rows(anki)
    learner.answer("newer", "front", 0, Rating.EASY)
    assert take(anki, learner.package()) == (0, 0, 7)
    assert rows(anki) == before


def test_the_shared_package_has_no_schedule_and_is_left_alone(tmp_path):
    learner = Learner(tmp_path)
    out = tmp_path / "decks"
    export_library(learner.cards, (), out, learner.now)
    before = (out / "ml.apkg").read_bytes()
    study(learner)
    learner.package()
    assert (out / "ml.apkg").read_bytes() == before
    assert sorted(path.name for path in out.iterdir()) == ["ml.apkg", "ml.with-schedule.apkg"]


def test_answers_of_the_same_millisecond_get_ids_of_their_own(anki, tmp_path):
    learner = Learner(tmp_path)
    when = learner.now.at_ms - 10_000
    for name in ("plain", "pick", "fresh"):
        learner.answer(name, "front", 0, Rating.GOOD)
    learner.store.connection.execute("UPDATE reviews SET at_ms = ?", (when,))
    take(anki, learner.package())
    assert anki.col.db.list("select id from revlog order by id") == [when, when + 1, when + 2]


def test_history_under_a_former_name_goes_along(anki, tmp_path):
    learner = Learner(tmp_path)
    learner.answer("plain", "front", -3, Rating.GOOD)
    (learner.cards / "a.yaml").write_text(BANK.replace("id: plain", "id: named, was: [plain]"))
    assert open_library(tmp_path / "home", learner.cards, learner.now)
    take(anki, learner.package())
    assert anki.col.db.scalar("select count() from revlog") == 1
    assert anki.col.db.scalar("select count() from cards where type = 2") == 1


def test_what_lies_in_the_future_is_left_out(anki, tmp_path):
    learner = Learner(tmp_path)
    learner.answer("plain", "front", 2, Rating.GOOD)
    take(anki, learner.package())
    assert anki.col.db.scalar("select count() from revlog") == 0
    anki.sound()


def test_what_was_taken_along_comes_back_as_what_it_was(anki, tmp_path):
    learner = Learner(tmp_path)
    study(learner)
    answers = [row for row in learner.store.log.rows() if row.rating]
    take(anki, learner.package())
    back = from_anki(anki, tmp_path / "back.apkg", False)
    bring(back, learner.cards, tmp_path / "home")
    assert [row for row in learner.store.log.rows() if row.rating] == answers
    other = open_library(tmp_path / "other", learner.cards, learner.now).store
    bring(back, learner.cards, tmp_path / "other")
    assert len([row for row in other.log.rows() if row.rating]) == len(answers)
    for card in {Card(row.note, row.part) for row in answers}:
        assert other.state(card).schedule == learner.store.state(card).schedule


def test_what_the_author_suspended_comes_back_as_nothing_of_the_users(anki, tmp_path):
    learner = Learner(tmp_path)
    take(anki, learner.package())
    back = from_anki(anki, tmp_path / "back.apkg", False)
    assert bring(back, learner.cards, tmp_path / "home") == ()
    assert learner.store.log.rows() == []
