"""The mirror of the banks: what a refresh reads, keeps, moves and says."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mirror_rows import DAY, Clock

from studytool.errors import StoreError, StudytoolError
from studytool.mirror import refresh
from studytool.moves import orphan_part
from studytool.notes import Card
from studytool.opening import open_library
from studytool.queue import Limits
from studytool.scheduling import Act, Rating, State
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store

SM2 = Sm2()
TOP = "deck: D\nnotes:\n"
STEPS = "- {id: tea, q: How is tea made?, steps: [%s]}\n"


class Bench:
    """A folder of banks, a database, and a learner."""

    def __init__(self, root: Path, home: Path) -> None:
        self.root = root
        self.root.mkdir(exist_ok=True)
        self.store = Store.open(home, date(2024, 10, 4))
        self.clock = Clock()
        self.ticks = 0

    def write(self, name: str, notes: str, top: str = TOP) -> None:
        """Write a bank; its time is never the one it had."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(top + notes, "utf-8")
        self.ticks += 1
        os.utime(path, (1_000_000 + self.ticks, 1_000_000 + self.ticks))

    def refresh(self, root: Path | None = None) -> tuple[str, ...]:
        return refresh(self.store, root or self.root, self.clock(), SM2)

    def live(self, root: Path | None = None) -> dict[str, str]:
        """Return the bank of each note that is not removed."""
        rows = self.store.connection.execute(
            "SELECT id, bank FROM notes WHERE root = ? AND removed_at IS NULL ORDER BY id",
            (str(root or self.root),),
        )
        return dict(rows.fetchall())

    def session(self, day: int = DAY, new: int = 20) -> Session:
        self.clock.set(day)
        return Session(self.store, Selection(str(self.root)), SM2, self.clock, Limits(new=new))

    def learn(self, *wanted: str, day: int = DAY, rating: Rating = Rating.GOOD) -> None:
        """Grade the named cards, `key/part`, once each."""
        for name in wanted:
            key, _, part = name.rpartition("/")
            session = self.session(day)
            prompt = session._prompt(Card(key, part))
            assert prompt is not None, name
            session.current = prompt
            session.grade(rating)

    def studied(self) -> dict[str, int]:
        """Return how often each card was passed, as the cache says; the replay agrees."""
        cached = self.cards()
        self.store.rebuild(SM2)
        assert self.cards() == cached
        return {f"{row[0]}/{row[1]}": row[5] for row in cached}

    def cards(self) -> list[tuple[Any, ...]]:
        return self.store.connection.execute("SELECT * FROM cards ORDER BY note, part").fetchall()

    def renames(self) -> list[tuple[str, str | None, str | None]]:
        rows = self.store.log.rows("act = 'rename'")
        return [(row.note, row.target, row.value) for row in rows]


def test_another_window_writes_while_banks_are_read(bench: Bench) -> None:
    bench.write("a.yaml", "- {id: x, q: What is x?, a: It is x.}\n")
    other = Store.open(bench.store.folder, date(2024, 10, 4))
    written: list[int] = []

    def step(done: int, total: int) -> None:
        other.connection.execute("PRAGMA busy_timeout = 0")
        other.connection.execute("INSERT INTO properties VALUES (?, '')", (f"{done} of {total}",))
        written.append(done)

    refresh(bench.store, bench.root, bench.clock(), SM2, step)
    other.close()
    assert written == [0, 1]
    assert bench.live() == {"x": "a.yaml"}


def test_what_another_window_read_meanwhile_is_not_written_again(bench: Bench) -> None:
    bench.write("a.yaml", "- {id: x, q: What is x?, a: It is x.}\n")
    other = Store.open(bench.store.folder, date(2024, 10, 4))

    def step(done: int, total: int) -> None:
        if done:
            refresh(other, bench.root, bench.clock(), SM2)
            other.connection.execute("UPDATE notes SET content = replace(content, 'It', 'That')")

    refresh(bench.store, bench.root, bench.clock(), SM2, step)
    other.close()
    assert "That is x" in bench.store.connection.execute("SELECT content FROM notes").fetchone()[0]


def test_banks_are_read_again_by_another_loader(bench: Bench) -> None:
    bench.write("a.yaml", "- {id: x, q: What is x?, a: It is x.}\n")
    bench.refresh()
    bench.store.connection.execute("UPDATE notes SET content = replace(content, 'It is', 'Was')")
    bench.refresh()
    assert "Was x" in bench.store.connection.execute("SELECT content FROM notes").fetchone()[0]
    bench.store.connection.execute("UPDATE properties SET value = '0' WHERE name LIKE 'loader %'")
    bench.store.connection.execute("INSERT INTO rendered VALUES ('x', 'trees 0', '')")
    bench.refresh()
    assert bench.store.connection.execute("SELECT * FROM rendered").fetchall() == []
    assert "It is x" in bench.store.connection.execute("SELECT content FROM notes").fetchone()[0]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path / "cards", tmp_path / "home")
    yield made
    made.store.close()


def basics(*names: str) -> str:
    return "".join(f"- {{id: {name}, q: What is {name}?, a: It is {name}.}}\n" for name in names)


def test_the_first_refresh_reads_every_bank(bench: Bench) -> None:
    bench.write("a.yaml", basics("x", "y"))
    bench.write("sub/b.yml", basics("z"), "deck: E::F\nnotes:\n")
    assert bench.refresh() == ()
    assert bench.live() == {"x": "a.yaml", "y": "a.yaml", "z": "sub/b.yml"}
    assert bench.store.decks(str(bench.root)) == ["D", "E::F"]
    stored = bench.store.note(str(bench.root), "y")
    assert stored is not None
    assert (stored.bank, stored.line, stored.note.answer) == ("a.yaml", 4, "It is y.")


def test_a_bank_that_did_not_change_is_not_read_again(bench: Bench) -> None:
    bench.write("a.yaml", basics("x"))
    bench.write("b.yaml", basics("y"))
    bench.refresh()
    path = bench.root / "a.yaml"
    stat = path.stat()
    path.write_bytes(b"\xff" * stat.st_size)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    bench.write("b.yaml", basics("y", "z"))
    assert bench.refresh() == ()
    assert bench.live() == {"x": "a.yaml", "y": "b.yaml", "z": "b.yaml"}


def test_a_refresh_with_nothing_to_do_writes_nothing(bench: Bench) -> None:
    bench.write("a.yaml", basics("x"))
    bench.refresh()
    before = bench.store.connection.total_changes
    bench.refresh()
    assert bench.store.connection.total_changes == before


def test_reworded_notes_and_a_new_order_keep_their_history(bench: Bench) -> None:
    bench.write("a.yaml", basics("x", "y"))
    bench.refresh()
    bench.learn("x/front")
    bench.write("a.yaml", "- {id: y, q: new, a: words}\n- {id: X, q: other, a: words}\n")
    assert bench.refresh() == ()
    assert bench.studied() == {"x/front": 1}
    assert list(bench.store.new(Selection(str(bench.root)), DAY)) == [Card("y", "front")]
    assert [card.key for card in bench.store.due(Selection(str(bench.root)), DAY + 9)] == ["x"]


def test_a_note_that_moves_to_another_bank_keeps_its_history(bench: Bench) -> None:
    for source, target in (("a.yaml", "b.yaml"), ("b.yaml", "a.yaml")):
        bench.write(source, basics("x", "y"))
        bench.write(target, basics("z"))
        bench.refresh()
        bench.write(source, basics("y"))
        bench.write(target, basics("z", "x"))
        assert bench.refresh() == ()
        assert bench.live() == {"x": target, "y": source, "z": target}
        bench.write(source, "", "notes:\n")
        bench.write(target, "", "notes:\n")
        bench.refresh()


def test_a_bank_with_another_name_keeps_its_history(bench: Bench) -> None:
    bench.write("old.yaml", basics("x") + "- {q: And one without an id?, a: yes}\n")
    bench.refresh()
    bench.learn("x/front")
    (bench.root / "old.yaml").rename(bench.root / "new.yaml")
    (notice,) = bench.refresh()
    assert notice.startswith("1 note has no id")
    assert bench.live() == {"and-one-without-an-id": "new.yaml", "x": "new.yaml"}
    assert bench.studied() == {"x/front": 1}
    assert bench.refresh() == (notice,)


def test_a_removed_note_is_not_asked_and_comes_back_with_its_history(bench: Bench) -> None:
    bench.write("a.yaml", basics("x", "y"))
    bench.refresh()
    bench.learn("x/front")
    bench.write("a.yaml", basics("y"))
    assert bench.refresh() == ()
    removed = bench.store.connection.execute("SELECT removed_at FROM notes WHERE id = 'x'")
    assert removed.fetchone()[0] > 0
    selection = Selection(str(bench.root))
    assert not list(bench.store.due(selection, DAY + 99))
    bench.write("a.yaml", basics("y", "x"))
    bench.refresh()
    assert [card.key for card in bench.store.due(selection, DAY + 99)] == ["x"]
    assert bench.live() == {"x": "a.yaml", "y": "a.yaml"}


def test_a_note_renamed_with_was_keeps_its_history(bench: Bench) -> None:
    bench.write("a.yaml", basics("x"))
    bench.refresh()
    bench.learn("x/front")
    bench.write("a.yaml", "- {id: new, was: x, q: What?, a: That.}\n")
    assert bench.refresh() == ()
    bench.write("a.yaml", "- {id: newest, was: [new, x], q: What?, a: That.}\n")
    assert bench.refresh() == ()
    assert bench.live() == {"newest": "a.yaml"}
    assert bench.studied() == {"x/front": 1}
    session = bench.session(DAY + 1)
    assert session.current is not None and session.current.stored.note.id == "newest"


def test_a_derived_id_is_followed_when_the_question_is_reworded(bench: Bench) -> None:
    bench.write("a.yaml", "- {q: What is an ozel?, a: A bird.}\n")
    (notice,) = bench.refresh()
    assert notice == "1 note has no id; give them one before you reword them: studytool check"
    bench.learn("what-is-an-ozel/front")
    bench.write("a.yaml", "- {q: What is an ouzel?, a: A bird.}\n")
    bench.refresh()
    assert bench.renames() == [("what-is-an-ozel", "what-is-an-ouzel", None)]
    assert bench.studied() == {"what-is-an-ouzel/front": 1}
    bench.refresh()
    bench.write("a.yaml", "- {q: What is an ozel?, a: A bird.}\n")
    bench.refresh()
    assert len(bench.renames()) == 2
    assert bench.studied() == {"what-is-an-ozel/front": 1}


@pytest.mark.parametrize(
    "after",
    [
        "- {q: Two?, a: Another bird.}\n",
        "- {q: Two?, a: A bird.}\n- {q: Three?, a: A bird.}\n",
        "- {q: One?, a: A bird.}\n- {q: Two?, a: A bird.}\n",
    ],
)
def test_a_derived_id_is_not_followed_when_it_is_unclear_whereto(bench: Bench, after: str) -> None:
    bench.write("a.yaml", "- {q: One?, a: A bird.}\n")
    bench.refresh()
    bench.learn("one/front")
    bench.write("a.yaml", after)
    bench.refresh()
    assert bench.renames() == []
    assert bench.studied() == {"one/front": 1}


def test_a_note_that_moved_has_not_vanished(bench: Bench) -> None:
    bench.write("a.yaml", "- {q: One?, a: A bird.}\n")
    bench.write("b.yaml", basics("z"))
    bench.refresh()
    bench.learn("one/front")
    bench.write("a.yaml", "- {q: Two?, a: A bird.}\n")
    bench.write("b.yaml", basics("z") + "- {q: One?, a: A bird.}\n")
    bench.refresh()
    assert bench.renames() == []
    assert bench.live() == {"one": "b.yaml", "two": "a.yaml", "z": "b.yaml"}


def test_a_written_id_takes_a_derived_one_of_another_bank(bench: Bench) -> None:
    bench.write("a.yaml", "- {q: One?, a: A bird.}\n")
    bench.refresh()
    bench.learn("one/front")
    bench.write("b.yaml", "- {id: one, q: Which?, a: The written one.}\n")
    bench.refresh()
    derived = next(name for name, bank in bench.live().items() if bank == "a.yaml")
    assert derived.startswith("one-") and bench.live()["one"] == "b.yaml"
    assert bench.studied() == {f"{derived}/front": 1}


@pytest.mark.parametrize(
    ("after", "studied"),
    [
        ("warm, boil, brew", {"tea/s2": 1, "tea/s3": 2}),
        ("brew, boil", {"tea/s1": 2, "tea/s2": 1}),
        ("boil it, brew", {"tea/s1": 1, "tea/s2": 2}),
        ("boil, x, brew, y", {"tea/s1": 1, "tea/s3": 2}),
    ],
)
def test_the_steps_of_a_note_keep_their_histories(
    bench: Bench, after: str, studied: dict[str, int]
) -> None:
    bench.write("a.yaml", STEPS % "boil, brew")
    bench.refresh()
    bench.learn("tea/s1", "tea/s2")
    bench.learn("tea/s2", day=DAY + 1)
    bench.write("a.yaml", STEPS % after)
    assert bench.refresh() == ()
    assert bench.studied() == studied
    bench.write("a.yaml", STEPS % "boil, brew")
    bench.refresh()
    assert bench.studied() == {"tea/s1": 1, "tea/s2": 2}


def test_the_history_of_a_step_returns_with_it(bench: Bench) -> None:
    bench.write("a.yaml", STEPS % "boil, brew, pour")
    bench.refresh()
    bench.learn("tea/s1", "tea/s2")
    bench.write("a.yaml", STEPS % "brew, pour")
    bench.refresh()
    assert bench.studied() == {"tea/s1": 1, "tea/" + orphan_part("boil"): 1}
    assert bench.session(DAY + 1, new=0).counts().due == 1
    bench.write("a.yaml", STEPS % "warm, brew, boil, pour")
    bench.refresh()
    assert bench.studied() == {"tea/s2": 1, "tea/s3": 1}


def test_steps_that_changed_while_the_note_was_away_keep_their_histories(bench: Bench) -> None:
    bench.write("a.yaml", STEPS % "boil, brew" + basics("x"))
    bench.refresh()
    bench.learn("tea/s1")
    bench.write("a.yaml", basics("x"))
    bench.refresh()
    bench.write("a.yaml", STEPS % "warm, boil, brew" + basics("x"))
    bench.refresh()
    assert bench.studied() == {"tea/s2": 1}


def test_a_cloze_that_lost_a_studied_hole_is_a_notice(bench: Bench) -> None:
    bench.write("a.yaml", "- {id: c, cloze: 'a {{c1::b}} {{c2::c}} {{c3::d}}'}\n")
    bench.refresh()
    bench.learn("c/c1", "c/c2")
    bench.write("a.yaml", "- {id: c, cloze: 'a {{c1::b}} {{c4::c}}'}\n")
    assert bench.refresh() == ("`c` lost c2; what you learned of it waits there",)
    assert bench.refresh() == ()
    assert bench.studied() == {"c/c1": 1, "c/c2": 1}


def test_a_broken_bank_keeps_its_last_good_notes(bench: Bench) -> None:
    bench.write("a.yaml", basics("x", "y"))
    bench.refresh()
    bench.write("a.yaml", basics("x", "z") + "- {id: w, q: @, a: b}\n- {q: only}\n")
    notice = "a.yaml: 2 errors, studytool check; its last good notes are used"
    assert bench.refresh() == (notice,)
    assert bench.refresh() == (notice,)
    assert bench.live() == {"x": "a.yaml", "y": "a.yaml"}
    bench.write("a.yaml", basics("x", "z"))
    assert bench.refresh() == ()
    assert bench.live() == {"x": "a.yaml", "z": "a.yaml"}


def test_a_new_bank_that_is_broken_gives_its_good_notes(bench: Bench) -> None:
    bench.write("a.yaml", basics("x") + '- {id: t, q: "\\theta", a: b}\n')
    (notice,) = bench.refresh()
    assert notice.startswith("a.yaml: 1 error,")
    assert bench.live() == {"x": "a.yaml"}


def test_a_bank_that_cannot_be_read_at_all_keeps_its_last_good_notes(bench: Bench) -> None:
    bench.write("a.yaml", basics("x"))
    bench.refresh()
    (bench.root / "a.yaml").unlink()
    (bench.root / "a.yaml").symlink_to("/proc/self/mem")
    (notice,) = bench.refresh()
    assert notice.startswith("a.yaml: 1 error,")
    assert bench.live() == {"x": "a.yaml"}


def test_a_missing_bank_keeps_its_notes(bench: Bench) -> None:
    bench.write("a.yaml", basics("x"))
    bench.write("b.yaml", basics("y"))
    bench.refresh()
    (bench.root / "a.yaml").unlink()
    assert bench.refresh() == ("a.yaml is gone; its notes stay in the review",)
    assert bench.refresh() == ("a.yaml is gone; its notes stay in the review",)
    assert bench.live() == {"x": "a.yaml", "y": "b.yaml"}
    bench.write("a.yaml", basics("x", "z"))
    assert bench.refresh() == ()


@pytest.mark.parametrize("broken", [None, "- {q: only}\n"])
def test_a_note_that_left_a_missing_or_broken_bank_under_a_new_id_is_asked_once(
    bench: Bench, broken: str | None
) -> None:
    bench.write("a.yaml", basics("x"))
    bench.refresh()
    bench.learn("x/front")
    if broken is None:
        (bench.root / "a.yaml").unlink()
    else:
        bench.write("a.yaml", broken)
    bench.refresh()
    bench.write("b.yaml", "- {id: z, was: [x], q: What?, a: Z}\n")
    bench.refresh()
    assert bench.live() == {"z": "b.yaml"}
    due = bench.store.due(Selection(str(bench.root)), DAY + 9)
    assert [card.key for card in due] == ["x"]


def test_a_missing_library_is_an_error(bench: Bench) -> None:
    with pytest.raises(StudytoolError, match="there is no"):
        bench.refresh(bench.root / "nowhere")


def test_the_librarys_name_is_part_of_every_key(bench: Bench) -> None:
    bench.write("a.yaml", basics("x"))
    bench.refresh()
    bench.learn("x/front")
    bench.write("library.toml", 'library = "mine"\n', "")
    assert bench.refresh() == ()
    assert list(bench.store.new(Selection(str(bench.root)), DAY)) == [Card("mine/x", "front")]
    bench.learn("mine/x/front", day=DAY + 1)
    (bench.root / "library.toml").unlink()
    assert bench.refresh() == ()
    assert bench.studied() == {"mine/x/front": 1, "x/front": 1}
    assert [card.key for card in bench.store.due(Selection(str(bench.root)), DAY + 9)] == ["x"]


def test_a_broken_library_file_changes_no_key(bench: Bench) -> None:
    bench.write("library.toml", 'library = "mine"\n', "")
    bench.write("a.yaml", basics("x"))
    bench.refresh()
    bench.write("library.toml", "library = mine\n", "")
    bench.write("a.yaml", basics("x", "y"))
    (notice,) = bench.refresh()
    assert notice.startswith("library.toml: 1 error,")
    assert [card.key for card in bench.store.new(Selection(str(bench.root)), DAY)] == [
        *("mine/x", "mine/y"),
    ]
    bench.write("library.toml", 'library = "mine"\n', "")
    assert bench.refresh() == ()


def test_a_broken_library_file_stops_the_first_refresh(bench: Bench) -> None:
    bench.write("library.toml", "library = mine\n", "")
    bench.write("a.yaml", basics("x"))
    with pytest.raises(StudytoolError, match="library.toml:1:11: invalid value"):
        bench.refresh()
    assert bench.live() == {}


def test_two_libraries_do_not_touch_each_other(bench: Bench, tmp_path: Path) -> None:
    bench.write("a.yaml", basics("x"))
    other = Bench(tmp_path / "other", tmp_path / "second home")
    other.write("a.yaml", basics("x", "y"))
    other.write("library.toml", "library = 'other'\n", "")
    other.store.close()
    bench.refresh()
    bench.refresh(other.root)
    bench.learn("x/front")
    assert bench.live() == {"x": "a.yaml"}
    assert bench.live(other.root) == {"x": "a.yaml", "y": "a.yaml"}
    assert [c.key for c in bench.store.new(Selection(str(other.root)), DAY)] == [
        "other/x",
        "other/y",
    ]
    bench.write("a.yaml", basics("z"))
    bench.refresh()
    assert bench.live(other.root) == {"x": "a.yaml", "y": "a.yaml"}


def test_a_single_bank_can_be_a_library(bench: Bench) -> None:
    bench.write("a.yaml", basics("x"))
    bench.write("b.yaml", basics("y"))
    assert bench.refresh(bench.root / "a.yaml") == ()
    assert bench.live(bench.root / "a.yaml") == {"x": "a.yaml"}


def test_an_id_that_two_banks_use_is_asked_once_and_noticed(bench: Bench) -> None:
    bench.write("a.yaml", basics("x"))
    bench.write("b.yaml", basics("X", "y"))
    notice = "b.yaml: 1 error, studytool check; its last good notes are used"
    assert bench.refresh() == (notice,)
    assert bench.live() == {"x": "a.yaml", "y": "b.yaml"}
    bench.write("a.yaml", basics("w"))
    assert bench.refresh() == ()
    assert bench.live() == {"w": "a.yaml", "x": "b.yaml", "y": "b.yaml"}


def test_a_suspended_note_is_not_asked(bench: Bench) -> None:
    bench.write("a.yaml", "- {id: x, q: What?, a: That., suspended: true}\n" + basics("y"))
    bench.refresh()
    selection = Selection(str(bench.root))
    assert list(bench.store.new(selection, DAY)) == [Card("y", "front")]
    assert not bench.store.selects(selection, Card("x", "front"), DAY)


def test_a_refresh_that_fails_leaves_everything_as_it_was(bench: Bench) -> None:
    bench.write("a.yaml", STEPS % "boil, brew")
    bench.refresh()
    bench.learn("tea/s1")
    bench.write("a.yaml", STEPS % "warm, boil, brew" + basics("x"))
    before = "\n".join(bench.store.connection.iterdump())
    bench.store.connection.execute(
        "CREATE TEMP TRIGGER full BEFORE INSERT ON reviews BEGIN SELECT raise(ABORT, 'no'); END"
    )
    with pytest.raises(StoreError, match="nothing was saved: no"):
        bench.refresh()
    bench.store.connection.execute("DROP TRIGGER full")
    assert "\n".join(bench.store.connection.iterdump()) == before
    bench.store.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="nothing was saved"):
        bench.refresh()
    bench.store.connection.execute("PRAGMA query_only = OFF")
    assert "\n".join(bench.store.connection.iterdump()) == before
    assert bench.refresh() == ()
    assert bench.studied() == {"tea/s2": 1}


def test_todays_drill_and_siblings_hold_across_a_rename(bench: Bench) -> None:
    bench.write("a.yaml", STEPS % "boil, brew" + "- {q: One?, a: A bird., reverse: Which?}\n")
    bench.refresh()
    bench.learn("tea/s1", "one/front", rating=Rating.AGAIN)
    bench.write("a.yaml", STEPS % "warm, boil, brew" + "- {q: Two?, a: A bird., reverse: Which?}\n")
    bench.refresh()
    session = bench.session()
    assert session.queue.drill == (Card("tea", "s2"), Card("two", "front"))
    assert session.queue.new == ()
    assert session.current is not None and session.current.act is Act.DRILL
    session.grade(Rating.GOOD)
    session.grade(Rating.GOOD)
    assert session.current is None
    assert bench.store.state(Card("two", "front")).state is State.REVIEW
    assert bench.studied() == {"tea/s2": 0, "two/front": 0}


def test_a_library_is_opened_on_an_up_to_date_mirror(bench: Bench, tmp_path: Path) -> None:
    bench.write("a.yaml", basics("x") + "- {q: only}\n")
    with open_library(tmp_path / "elsewhere", bench.root, bench.clock()) as opened:
        assert opened.notices[0].startswith("a.yaml: 1 error")
        assert opened.store.ids(str(bench.root)) == ["x"]
        connection = opened.store.connection
    with pytest.raises(sqlite3.ProgrammingError):
        connection.execute("SELECT 1")


NOTES = st.lists(
    st.sampled_from(
        [
            *(basics("x"), basics("y"), basics("One")),
            *("- {q: One?, a: A bird.}\n", "- {q: Two?, a: A bird.}\n", "- {q: One?, a: B}\n"),
            *("- {id: z, was: [x], q: What?, a: Z}\n", "- {q: only}\n", "- {q: @, a: b}\n"),
            *(STEPS % "a, b", STEPS % "b, c, a", "- {id: c, cloze: 'a {{c1::b}}'}\n"),
        ]
    ),
    max_size=4,
)
Edit = tuple[str, list[str] | None]
EDITS = st.lists(
    st.tuples(st.sampled_from(["a.yaml", "b.yaml", "c.yaml"]), st.none() | NOTES), max_size=6
)


@settings(max_examples=40)
@given(EDITS, st.integers(0, 3))
def test_any_edits_leave_a_mirror_that_can_be_asked(
    tmp_path_factory: pytest.TempPathFactory, edits: list[Edit], studied: int
) -> None:
    folder = tmp_path_factory.mktemp("edits")
    bench = Bench(folder / "cards", folder / "home")
    try:
        for name, notes in edits:
            if notes is None:
                (bench.root / name).unlink(missing_ok=True)
            else:
                bench.write(name, "".join(notes))
            broken = any("error" in notice for notice in bench.refresh())
            before = bench.live()
            bench.refresh()
            assert broken or bench.live() == before
            keys = bench.store.connection.execute(
                "SELECT key FROM notes WHERE removed_at IS NULL"
            ).fetchall()
            assert len(keys) == len(set(keys))
            session = bench.session()
            for _ in range(studied):
                if session.current is not None:
                    session.grade(Rating.GOOD)
            bench.studied()
        if not bench.refresh():
            first = bench.live()
            fresh = Bench(bench.root, folder / "second home")
            try:
                assert fresh.refresh() == ()
                assert fresh.live() == first
            finally:
                fresh.store.close()
    finally:
        bench.store.close()
