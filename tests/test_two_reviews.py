"""Two reviews at once on one database: nothing is lost, nothing is doubled."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from mirror_rows import ROOT, Clock, basic, cloze, put

from studytool.connection import prove
from studytool.notes import Card
from studytool.prompts import Outcome
from studytool.queue import Limits
from studytool.scheduling import CardState, Rating, replay
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store

TESTS = Path(__file__).parent
ANSWERS = 500


def cache(store: Store) -> dict[Card, CardState]:
    """Return all card states that the store keeps."""
    cards = store.connection.execute("SELECT note, part FROM cards").fetchall()
    return {Card(*row): store.state(Card(*row)) for row in cards}


def start_together(children: list[subprocess.Popen[str]]) -> list[subprocess.Popen[str]]:
    """Wait until all children are ready, and let them go."""
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    return children


def test_two_processes_grade_the_same_cards(home: Path, store: Store) -> None:
    put(store, [basic(f"n{number}") for number in range(40)])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS.parent), str(TESTS)])}
    children = [
        subprocess.Popen(
            [sys.executable, TESTS / "grading_child.py", home, str(ANSWERS), str(seed)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for seed in (1, 2)
    ]
    said = [child.communicate(timeout=60) for child in start_together(children)]
    assert [errors for _, errors in said] == ["", ""]
    words = [word for output, _ in said for word in output.split()]
    assert len(words) == 2 * ANSWERS
    acknowledged = sorted(int(word) for word in words if word != "elsewhere")
    rows = store.log.rows()
    assert sorted(row.duration_ms for row in rows if row.rating) == acknowledged
    assert len({row.id for row in rows}) == len(rows)
    assert cache(store) == replay(rows, Sm2())
    prove(store.connection)
    scheduled = [(row.note, row.part, row.day) for row in store.log.rows("act = 'review'")]
    taken_back = {row.target for row in rows if row.target}
    standing = [
        (row.note, row.part, row.day)
        for row in store.log.rows("act = 'review'")
        if row.id not in taken_back
    ]
    assert len(scheduled) >= len(standing) == len(set(standing))


class Windows(RuleBasedStateMachine):
    """Two windows, grades, undos, restarts and days, against the replay of the log."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.clock = Clock()
        self.stores = [Store.open(Path(self.folder.name), date(2024, 10, 4)) for _ in range(2)]
        put(self.stores[0], [basic(f"n{n}") for n in range(3)])
        put(self.stores[0], [cloze("k", "{{c1::x}} {{c2::y}}")], bank="z.yaml")
        self.sessions = [self.begin(window) for window in range(2)]
        self.standing: list[tuple[str, str, int]] = []

    def begin(self, window: int) -> Session:
        return Session(self.stores[window], Selection(ROOT), Sm2(), self.clock, Limits())

    @rule(window=st.integers(0, 1), rating=st.sampled_from(Rating))
    def grade(self, window: int, rating: Rating) -> None:
        session = self.sessions[window]
        prompt = session.current
        if session.grade(rating) is Outcome.RECORDED:
            assert prompt is not None
            self.standing.append((prompt.card.key, prompt.card.part, int(rating)))

    @rule(window=st.integers(0, 1))
    def undo(self, window: int) -> None:
        if self.sessions[window].undo():
            key, part, _ = self.standing.pop()
            current = self.sessions[window].current
            assert current is not None
            assert (current.card.key, current.card.part) == (key, part)

    @rule(window=st.integers(0, 1))
    def restart(self, window: int) -> None:
        self.stores[window].close()
        self.stores[window] = Store.open(Path(self.folder.name), date(2024, 10, 4))
        self.sessions[window] = self.begin(window)

    @precondition(lambda self: self.clock.now.hour < 23)
    @rule(days=st.integers(1, 8))
    def sleep(self, days: int) -> None:
        self.clock.set(self.clock().day + days)

    @rule()
    def rebuild(self) -> None:
        before = cache(self.stores[0])
        self.stores[0].rebuild(Sm2())
        assert cache(self.stores[0]) == before

    @invariant()
    def the_cache_is_the_replay(self) -> None:
        rows = self.stores[0].log.rows()
        assert cache(self.stores[1]) == replay(rows, Sm2())
        gone = {row.target for row in rows}
        live = [(r.note, r.part, r.rating) for r in rows if r.rating and r.id not in gone]
        assert live == self.standing

    @invariant()
    def no_card_is_scheduled_twice_a_day(self) -> None:
        rows = self.stores[0].log.rows("act = 'review'")
        gone = {row.target for row in self.stores[0].log.rows("act = 'undo'")}
        days = [(row.note, row.part, row.day) for row in rows if row.id not in gone]
        assert len(days) == len(set(days))

    def teardown(self) -> None:
        for store in self.stores:
            with suppress(OSError):
                store.close()
        self.folder.cleanup()


Windows.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestWindows = Windows.TestCase
