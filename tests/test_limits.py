"""The limits of a day over restarts and edits, and what is said when they hold cards back."""

from __future__ import annotations

import json
import shlex
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mirror_rows import DAY, ROOT, Clock, basic, cloze, put, review, undo
from session_steps import GOOD, Start, finish

from studytool.connection import writing
from studytool.figures import study
from studytool.opening import Opened, open_library, review_session
from studytool.overview import nothing_due, overview
from studytool.queue import DeckLimits, Limits, Queue
from studytool.scheduling import Act, Review
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.stats.statistics import statistics
from studytool.store import Store
from studytool.values import astuple, fields

NAMES = ", ".join(fields(Review))
HELD = "limits in the settings hold new cards back: studytool config"


def write_rows(store: Store, rows: Sequence[Review]) -> None:
    """Put rows into the log as they are."""
    marks = ", ".join("?" * (len(fields(Review)) + 1))
    with writing(store.connection):
        store.connection.executemany(
            f"INSERT INTO reviews ({NAMES}, checksum) VALUES ({marks})",
            ((*astuple(row), row.checksum()) for row in rows),
        )


def rename(number: int, day: int, old: str, new: str, parts: dict[str, str] | None) -> Review:
    """Return the row that moves history."""
    value = json.dumps(parts) if parts else None
    names = (f"{number:013x}-0a1b2c3d-000", "0a1b2c3d", number, day, 0, old, "")
    return Review(*names, act=Act.RENAME, value=value, target=new)


def counted_new(store: Store, day: int) -> tuple[int, int]:
    """Return how many new cards a day had by the limits, and by the statistics."""
    today = statistics(study(store, Selection(ROOT)), Sm2(), day).today
    return len(store.log.introduced(day)), today.new


# -- what counts as new --------------------------------------------------------------------------


def test_new_steps_count_as_new_after_an_edit(tmp_path: Path, clock: Clock) -> None:
    bank = tmp_path / "cards" / "a.yaml"
    bank.parent.mkdir()

    def write(steps: str) -> None:
        notes = (f"- {{id: r{n}, q: Recipe {n}?, steps: [{steps}]}}\n" for n in range(6))
        bank.write_text("deck: A\nnotes:\n" + "".join(notes))

    def learn(limit: int) -> int:
        limits = Limits(new=limit)
        with open_library(tmp_path / "home", bank.parent, clock(), limits) as opened:
            session = review_session(opened, None, (), None, clock, False)
            finish(session)
            return session.summary().introduced

    write("boil, peel, eat")
    assert learn(6) == 6
    write("wash, boil, peel, eat")
    clock.set(DAY + 1)  # Siblings of what is due wait.
    assert learn(2) == 0
    clock.set(DAY + 2)
    assert [learn(2) for _ in range(3)] == [2, 0, 0]
    with open_library(tmp_path / "home", bank.parent, clock()) as opened:
        found = study(opened.store, Selection(str(bank.parent)))
        assert statistics(found, Sm2(), clock().day).today.new == 2


def test_a_card_whose_history_came_from_another_note_is_not_new(store: Store) -> None:
    write_rows(
        store,
        [
            review(1, note="old"),
            rename(2, DAY + 1, "old", "n0", None),
            review(3, note="n0", day=DAY + 1),
            review(4, note="n0", part="reverse", day=DAY + 1),
        ],
    )
    assert [row.id for row in store.log.rows() if row.id in store.log.introduced(DAY + 1)] == [
        store.log.rows()[-1].id
    ]
    assert store.log.introduced(DAY) == {store.log.rows()[0].id}
    assert counted_new(store, DAY + 1) == (1, 1)


notes = st.sampled_from(["n0", "n1", "n2"])
parts = st.sampled_from(["s1", "s2", "s3"])
acts = st.one_of(
    st.tuples(st.sampled_from([Act.REVIEW, Act.PRACTICE]), notes, parts),
    st.tuples(st.just(Act.RENAME), notes, notes),
    st.tuples(st.just(Act.RENAME), notes, st.dictionaries(parts, parts, min_size=1)),
    st.tuples(st.just(Act.UNDO), st.integers(0, 20), st.none()),
)


@settings(max_examples=60)
@given(st.lists(st.tuples(acts, st.integers(0, 1)), max_size=20))
def test_limits_and_statistics_agree_on_what_is_new(drawn: list[tuple[tuple, int]]) -> None:  # type: ignore[type-arg]
    rows: list[Review] = []
    day = DAY
    for number, ((act, first, second), days) in enumerate(drawn):
        day += days
        if act is Act.RENAME:
            if first != second:
                target, moved = (second, None) if isinstance(second, str) else (first, second)
                rows.append(rename(number, day, first, target, moved))
        elif act is not Act.UNDO:
            rows.append(review(number, note=first, part=second, act=act, day=day))
        elif first < len(rows) and rows[first].act is not Act.UNDO:
            rows.append(undo(number, rows[first]))
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder), date(2024, 10, 4))
        write_rows(store, rows)
        for each in range(DAY, day + 1):
            limits, figures = counted_new(store, each)
            assert limits == figures
        store.close()


# -- what a limit of a deck counts ---------------------------------------------------------------


def test_a_note_that_left_its_bank_counts_on_the_day_it_was_answered(
    store: Store, start: Start, clock: Clock
) -> None:
    limits = Limits(decks=(DeckLimits("D", new=1, reviews=1),))
    start(limits).grade(GOOD)
    store.connection.execute("UPDATE notes SET removed_at = 1 WHERE id = 'n0'")
    assert start(limits).current is None
    clock.set(DAY + 1)
    assert finish(start(limits)) == ["n1"]


def test_decks_without_room_are_not_read(store: Store, start: Start) -> None:
    put(store, [basic("gan", deck="ML::GANs"), basic("gp", deck="ml::GPs")], bank="a.yaml")
    put(store, [basic("z", deck="Zoo")], bank="z.yaml")
    statements: list[str] = []
    store.connection.set_trace_callback(statements.append)
    for decks, asked, reads in (
        ((DeckLimits("D", 0), DeckLimits("ML", 0), DeckLimits("zoo", 0)), [], 0),
        ((DeckLimits("D", 0), DeckLimits("ml", 0)), ["z"], 1),
        (
            (DeckLimits("D", 2), DeckLimits("ml", 1), DeckLimits("Zoo", 1)),
            ["gan", "n0", "n1", "z"],
            3,
        ),
    ):
        statements.clear()
        session = start(Limits(decks=decks))
        assert sum("group_concat" in text for text in statements) == reads
        assert [card.key for card in session.queue.new] == asked


def test_the_reviews_of_a_deck_without_room_are_left_out(
    store: Store, start: Start, clock: Clock
) -> None:
    put(store, [basic("z", deck="Zoo"), basic("y", deck="Zoo")], bank="z.yaml")
    finish(start())
    clock.set(DAY + 1)
    assert finish(start(Limits(decks=(DeckLimits("D", reviews=2),)))) == ["n0", "n1", "z", "y"]
    clock.set(DAY + 2)
    everything = Limits(decks=(DeckLimits("D", reviews=0), DeckLimits("Zoo", reviews=0)))
    session = start(everything)
    assert session.current is None
    assert session.held_back().due


# -- what is said --------------------------------------------------------------------------------

Open = Callable[[Limits], Opened]


@pytest.fixture
def opened(store: Store) -> Open:
    """Return the store's library under some limits; it has a deck A of two notes besides D."""
    put(store, [basic("a0", deck="A"), basic("a1", deck="A::Deep")], bank="a.yaml")
    return lambda limits: Opened(store, Path(ROOT), (), limits)


def advice(opened: Opened, clock: Clock, deck: str | None = None) -> str:
    """Return what is said last by the overview, or to those who asked for a deck."""
    session = review_session(opened, deck, (), None, clock, False)
    finish(session)
    if deck is None:
        lines = overview(opened, session).splitlines()
        assert len(lines) == 6
        return lines[-1]
    return nothing_due(opened, session, deck)


def test_more_new_cards_than_the_limit_of_the_day(opened: Open, clock: Clock) -> None:
    said = advice(opened(Limits(new=3)), clock)
    assert said == "all done for today; more new cards: studytool review --new 23"
    said = advice(opened(Limits(new=0)), clock, "d")
    assert said == (
        "Nothing is due, and today's new cards are done.\n"
        "More new cards today: studytool review d --new 23\n"
        "The next card is due tomorrow."
    )


def test_more_new_cards_than_the_limit_of_a_deck(opened: Open, clock: Clock) -> None:
    limits = Limits(decks=(DeckLimits("a", new=0), DeckLimits("D", new=0)))
    assert advice(opened(limits), clock) == (
        "all done for today; more new cards: studytool review a --new 40"
    )
    assert "There are no cards here" not in advice(opened(limits), clock, "A")
    assert "studytool review A --new 40" in advice(opened(limits), clock, "A")
    both = Limits(decks=(*limits.decks, DeckLimits("A::Deep", new=0)))
    assert "studytool review a --new 40" in advice(opened(both), clock)
    deep = Limits(decks=(DeckLimits("A::Deep", new=0), DeckLimits("D", new=0)))
    assert "studytool review A::Deep --new 40" in advice(opened(deep), clock, "A")


def test_more_new_cards_after_many_more(opened: Open, clock: Clock) -> None:
    library = opened(Limits(new=0, decks=()))
    session = review_session(library, None, (), 6, clock, False)
    assert len(finish(session)) == 6
    limited = opened(Limits(new=0))
    assert advice(limited, clock).endswith("studytool review --new 26")


def test_a_deck_that_cannot_be_typed_is_a_word_on_the_settings(
    opened: Open, store: Store, clock: Clock
) -> None:
    put(store, [basic("odd", deck="-A")], bank="0.yaml")
    limits = Limits(decks=tuple(DeckLimits(deck, new=0) for deck in ("-A", "A", "D")))
    assert advice(opened(limits), clock) == f"all done for today; {HELD}"
    session = Session(store, Selection(ROOT), Sm2(), clock, limits)
    assert HELD.capitalize() in nothing_due(opened(limits), session)


def test_due_cards_that_limits_hold_back_are_told(opened: Open, clock: Clock) -> None:
    library = opened(Limits())
    finish(review_session(library, None, (), None, clock, False))
    clock.set(DAY + 1)
    for limits in (Limits(reviews=3), Limits(decks=(DeckLimits("D", reviews=3),))):
        said = advice(opened(limits), clock)
        assert said == (
            "all done for today; a limit of reviews in the settings holds due cards back:"
            " studytool config"
        )
    held = advice(opened(Limits(reviews=0)), clock, "D")
    assert "A limit of reviews in the settings holds due cards back: studytool config." in held
    assert "Nothing is due" not in held


def test_nothing_is_promised_when_nothing_is_held_back(opened: Open, clock: Clock) -> None:
    assert advice(opened(Limits()), clock) == "all done for today"
    assert "Nothing is due.\nThe next card" in advice(opened(Limits()), clock, "D")


def test_siblings_that_wait_for_tomorrow_are_not_held_back(
    store: Store, start: Start, clock: Clock
) -> None:
    store.connection.execute("UPDATE notes SET removed_at = 1")
    put(store, [cloze("k", "{{c1::x}} {{c2::y}}")], bank="a.yaml")
    session = start(Limits(new=1))
    finish(session)
    assert session.held_back() == Queue()


deck_names = ("A", "A::B", "A::B::C", "D", "E'e f")


@settings(max_examples=60)
@given(
    st.integers(0, 3),
    st.dictionaries(st.sampled_from(deck_names), st.integers(0, 2)),
    st.sampled_from([None, *deck_names]),
    st.sampled_from([(), ("x",)]),
)
def test_the_command_that_promises_new_cards_asks_one(
    new: int, decks: dict[str, int], deck: str | None, tags: tuple[str, ...]
) -> None:
    clock = Clock()
    limits = Limits(new, decks=tuple(DeckLimits(*pair) for pair in decks.items()))
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder), date(2024, 10, 4))
        names = ((f"{at}{n}", name, n) for at, name in enumerate(deck_names) for n in range(3))
        put(store, [basic(key, deck=name, tags=("x",) if n else ()) for key, name, n in names])
        with Opened(store, Path(ROOT), (), limits) as library:
            session = review_session(library, deck, tags, None, clock, False)
            finish(session)
            said = nothing_due(library, session, deck)
            left = list(store.new(session.selection, session.day))
            assert bool(left) == ("More new cards today: studytool review " in said)
            if left:
                words = shlex.split(said.partition("studytool review ")[2].splitlines()[0])
                number = int(words[words.index("--new") + 1])
                named = words[0] if not words[0].startswith("--") else None
                tagged = ("x",) if "--tag" in words else ()
                assert tagged == tags
                again = review_session(library, named, tagged, number, clock, False)
                assert again.current is not None


def test_a_card_that_a_limit_holds_back_is_due_tomorrow(store: Store, clock: Clock) -> None:
    put(store, [basic("a"), basic("b")])
    finish(Session(store, Selection(ROOT), Sm2(), clock, Limits()))
    clock.set(DAY + 1)
    session = Session(store, Selection(ROOT), Sm2(), clock, Limits(reviews=1))
    assert session.next_due() == DAY + 2
    finish(session)
    assert (session.current, session.next_due()) == (None, DAY + 2)


def test_the_advice_leads_to_the_same_library(opened: Open, clock: Clock) -> None:
    library = opened(Limits(new=0))
    session = review_session(library, None, (), None, clock, False)
    assert "--new 20 --home /h\n" in nothing_due(library, session, None, " --home /h") + "\n"
