"""Every number of the statistics against a slow count over the rows that shares no code with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from math import ceil
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mirror_rows import DAY, ROOT
from slow_statistics import Slow, compare, kept, local, told
from year_of_reviews import RENAMES, SM2, library, year, year_in

from studytool.days import as_date
from studytool.figures import study
from studytool.notes import Card, Note
from studytool.scheduling import Act, Review
from studytool.selection import Selection
from studytool.stats.periods import Period
from studytool.stats.statistics import Study, statistics
from studytool.store import Store


class Year(NamedTuple):
    """A year in a store."""

    store: Store
    rows: list[Review]
    notes: dict[str, Note]


@pytest.fixture(scope="module")
def a_year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """A year with renamed notes, notes that have gone, and notes of another library."""
    store, rows = year_in(tmp_path_factory.mktemp("home"))
    yield Year(store, rows, {note.id: note for note in library()})
    store.close()


def test_the_year_has_all_there_is_to_count(a_year: Year) -> None:
    acts = {row.act for row in a_year.rows}
    assert acts == {Act.REVIEW, Act.DRILL, Act.PRACTICE, Act.UNDO, Act.RENAME}
    assert {row.tz_minutes for row in a_year.rows} == {60, 120, -300}
    assert {row.note for row in a_year.rows} >= {*RENAMES, *RENAMES.values(), "gone"}
    assert any(day_before(row) for row in a_year.rows)
    assert len(a_year.rows) > 3000


def day_before(row: Review) -> bool:
    """Tell whether a row was written after midnight, on the study day before."""
    return local(row).date() > as_date(row.day)


def test_all_that_the_log_says(a_year: Year) -> None:
    found = statistics(study(a_year.store, Selection(ROOT)), SM2, DAY)
    compare(found, Slow(a_year.rows, DAY, None))
    assert found.today.drills
    assert found.retention[Period.TODAY].all.reviews


@pytest.mark.parametrize("ago", [1, 50, 130])
def test_all_that_the_log_says_on_another_day(a_year: Year, ago: int) -> None:
    found = statistics(study(a_year.store, Selection(ROOT)), SM2, DAY - ago)
    compare(found, Slow(a_year.rows, DAY - ago, None))


@pytest.mark.parametrize(
    ("decks", "tags"),
    [(("ML::GANs",), ()), (None, ("hard",)), (("日本", "ML::Kernels"), ("easy",)), ((), ())],
)
def test_a_selection_counts_answers_to_its_notes_only(
    a_year: Year, decks: tuple[str, ...] | None, tags: tuple[str, ...]
) -> None:
    chosen = {
        name: note
        for name, note in a_year.notes.items()
        if (decks is None or note.deck in decks) and set(tags) <= set(note.tags)
    }
    found = statistics(study(a_year.store, Selection(ROOT, decks, tags)), SM2, DAY)
    compare(found, Slow(a_year.rows, DAY, chosen))
    assert found.cards.total == sum(len(note.parts()) for note in chosen.values())


def test_all_that_the_cards_say(a_year: Year) -> None:
    found = statistics(study(a_year.store, Selection(ROOT)), SM2, DAY)
    slow = Slow(a_year.rows, DAY, None)
    last: dict[tuple[str, str], int] = {}
    drilled: dict[tuple[str, str], bool] = {}
    for answer in slow.answers:
        if answer.row.act is Act.REVIEW:
            last[answer[1:3]] = answer.row.day
        if answer.row.act is not Act.PRACTICE:
            drilled[answer[1:3]] = answer.row.rating in (1, 2)
    ages: dict[str, int] = defaultdict(int)
    groups: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    dues, intervals, eases = [], [], []
    for name, note in a_year.notes.items():
        for part in note.parts():
            card = (name, part)
            seen, interval = card in last, slow.schedules.get(card, (0, 0, Fraction(0)))[1]
            if note.suspended:
                age = "suspended"
            elif not seen:
                age = "new"
            elif last[card] == DAY and drilled[card]:
                age = "learning"
            else:
                age = "mature" if interval > 20 else "young"
            ages[age] += 1
            due = seen and not note.suspended
            if due:
                dues.append(last[card] + interval)
                intervals.append(interval)
                eases.append(slow.schedules[card][2])
            for group in ("deck " + note.deck, *("tag " + tag for tag in note.tags)):
                groups[group][0] += 1
                groups[group][1] += due and last[card] + interval <= DAY
                groups[group][2] += age == "new"
                groups[group][3] += age == "mature"
    for age in ("new", "learning", "young", "mature", "suspended"):
        assert getattr(found.cards, age) == ages[age], age
    assert all(ages.values())
    assert found.future.overdue == sum(due < DAY for due in dues) > 0
    assert list(found.future.days) == [dues.count(DAY + ahead) for ahead in range(30)]
    assert found.future.total == sum(due < DAY + 30 for due in dues)
    assert found.future.average == found.future.total / 30

    intervals.sort()
    assert found.intervals.counts == tuple(
        (days, intervals.count(days)) for days in sorted(set(intervals))
    )
    assert found.intervals.within(0.5) == intervals[ceil(len(intervals) / 2) - 1]
    assert found.intervals.within(0.9) == intervals[ceil(len(intervals) * 9 / 10) - 1]
    assert found.intervals.within(1) == max(intervals)
    assert found.ease.mean == pytest.approx(float(100 * sum(eases) / len(eases)))
    assert found.ease.cards == len(eases)

    for kind, of in (("deck ", found.decks), ("tag ", found.tags)):
        assert {kind + group.name for group in of} == {name for name in groups if kind in name}
        for group in of:
            assert [group.cards, group.due, group.new, group.mature] == groups[kind + group.name]
            members = {
                name
                for name, note in a_year.notes.items()
                if kind + group.name in ("deck " + note.deck, *("tag " + tag for tag in note.tags))
            }
            answers = [answer for answer in slow.within(365) if answer.note in members]
            assert told(group.retention) == kept(answers, 1)
    assert [group.name for group in found.decks] == sorted({n.deck for n in a_year.notes.values()})
    assert [group.cards for group in found.tags] == sorted(
        (group.cards for group in found.tags), reverse=True
    )


def test_the_calendar_says_how_much_and_how_often(a_year: Year) -> None:
    found = statistics(study(a_year.store, Selection(ROOT)), SM2, DAY).calendar
    days = sorted({answer.row.day for answer in Slow(a_year.rows, DAY, None).answers})
    runs = [1]
    for before, day in zip(days, days[1:], strict=False):
        runs.append(runs[-1] + 1 if day == before + 1 else 1)
    assert (found.streak, found.longest) == (runs[-1], max(runs))
    counts = [count for count in found.counts if count]
    assert found.best is not None
    assert found.counts[found.best[0] - found.first] == found.best[1] == max(counts)
    assert found.answers == sum(counts)
    levels = [found.level(count) for count in counts]
    for level in (1, 2, 3, 4):
        assert 0.15 < levels.count(level) / len(levels) < 0.35
    assert sorted(zip(counts, levels, strict=True)) == sorted(
        zip(sorted(counts), sorted(levels), strict=True)
    )
    assert found.level(0) == 0


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.integers(0, 40), st.sampled_from([{}, {"a0": "n0", "n4": "n2"}]))
def test_any_learners_log(seed: int, ago: int, renames: dict[str, str]) -> None:
    former = {new: old for old, new in renames.items()}
    cards = [Card(former.get(f"n{number}", f"n{number}"), "front") for number in range(9)]
    cards = [card for card in cards if card.key != "n4" or "n4" not in renames]
    rows = year(cards, DAY, seed, new=1, renames=renames, days=140)
    standing = {row.target for row in rows if row.act is Act.UNDO}
    live = [row for row in rows if row.id not in standing and row.act is not Act.UNDO]
    moved = [row for row in live if row.act is Act.RENAME]
    found = statistics(Study(live, moved, (), lambda key: True), SM2, DAY - ago)
    compare(found, Slow(rows, DAY - ago, None))
