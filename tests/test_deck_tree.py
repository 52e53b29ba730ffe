"""The tree of decks: its numbers against `studytool due`, folding and finding, and its rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mirror_rows import DAY, ROOT, Clock, basic, put, review, undo
from session_steps import AGAIN
from year_of_reviews import write, year_in

from studytool import deck_lines, studied_days
from studytool.deck_choice import DeckChoice
from studytool.deck_numbers import DeckNumbers
from studytool.deck_tree import EVERYTHING, DeckRow, named, shown, tree
from studytool.due_list import DeckDue, DueToday, document
from studytool.figures import study
from studytool.notes import holds
from studytool.opening import Opened, review_session
from studytool.prompts import Counts
from studytool.queue import Limits
from studytool.selection import Selection
from studytool.sm2 import Sm2
from studytool.stats.statistics import statistics
from studytool.store import Store
from studytool.values import replace
from studytool.wrapping import plain, row_width

PARTS = ["A", "a", "b", "b c", "é", "É"]
NAMES = st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map("::".join)
DECKS = st.lists(
    st.builds(DeckDue, NAMES, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)),
    unique_by=lambda deck: deck.deck,
    max_size=12,
)


def today(*decks: DeckDue, waiting: int = 0, next_due: int | None = DAY + 1) -> DueToday:
    return DueToday(DAY, decks, waiting, next_due)


SOME = today(
    DeckDue("Cooking", 1, 0, 0),
    DeckDue("ML::GANs", 1200, 20, 0),
    DeckDue("ML::GANs::Style", 0, 0, 2),
    DeckDue("ML::Kernels", 0, 0, 0),
)
ROWS = tree(SOME)


def names(rows: tuple[DeckRow, ...]) -> list[str]:
    return [row.deck for row in rows]


@given(DECKS)
def test_a_row_has_the_sum_of_what_due_tells_of_a_deck_and_those_below(
    decks: list[DeckDue],
) -> None:
    found = today(*decks)
    first, *rows = tree(found)
    assert first.numbers == (found.all.new, found.all.drill, found.all.due)
    assert {deck.deck for deck in decks} <= {
        deck.deck for row in rows for deck in decks if holds(row.deck, deck.deck)
    }
    for row in rows:
        held = [deck for deck in decks if holds(row.deck, deck.deck)]
        assert row.new == sum(deck.new for deck in held)
        assert row.learning == sum(deck.drill for deck in held)
        assert row.due == sum(deck.due for deck in held)
        assert row.parent == any(other is not row and holds(row.deck, other.deck) for other in rows)


@given(DECKS)
def test_every_deck_stands_once_below_the_ones_above_it(decks: list[DeckDue]) -> None:
    rows = tree(today(*decks))[1:]
    path: list[str] = []
    for row in rows:
        path = path[: row.depth]
        assert len(path) == row.depth
        assert all(holds(above, row.deck) for above in path)
        path.append(row.deck)
    assert len({row.deck.casefold() for row in rows}) == len(rows)


def test_folded_decks_hide_what_is_below_them() -> None:
    assert names(shown(ROWS)) == [
        EVERYTHING, "Cooking", "ML", "ML::GANs", "ML::GANs::Style", "ML::Kernels",
    ]  # fmt: skip
    assert names(shown(ROWS, {"ML::GANs"}))[-2:] == ["ML::GANs", "ML::Kernels"]
    assert names(shown(ROWS, {"ML", "ML::GANs"})) == [EVERYTHING, "Cooking", "ML"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("style", ["ML", "ML::GANs", "ML::GANs::Style"]),
        ("ml KER", ["ML", "ML::Kernels"]),
        ("c", ["Cooking"]),
        ("nothing", []),
        (" ", names(ROWS)),
    ],
)
def test_finding_shows_decks_of_a_name_and_those_above(wanted: str, found: list[str]) -> None:
    assert names(shown(ROWS, {"ML", "ML::GANs"} if wanted.strip() else (), wanted)) == found


@given(DECKS, st.text("Aab éÉ", max_size=3))
def test_what_is_found_is_what_has_the_name(decks: list[DeckDue], wanted: str) -> None:
    rows = tree(today(*decks))
    seen = shown(rows, (), wanted)
    if wanted.strip():
        hits = [row for row in rows if named(row, wanted)]
        assert [row for row in seen if named(row, wanted)] == hits
        for row in seen:
            assert any(row is hit or holds(row.deck, hit.deck) for hit in hits)


def test_going_through_the_tree() -> None:
    choice = DeckChoice(ROWS)
    choice.move(9)
    assert choice.chosen == ROWS[-1]
    choice.fold()  # a leaf: to the deck above
    assert choice.chosen and choice.chosen.deck == "ML"
    choice.fold()
    assert names(choice.seen) == [EVERYTHING, "Cooking", "ML"]
    choice.fold()  # folded, and nothing above
    choice.unfold()
    assert len(choice.seen) == 6
    choice.unfold()  # open: to the first below
    assert choice.seen[choice.index].deck == "ML::GANs"
    choice.fold()
    choice.look_for("style")
    assert choice.seen[choice.index].deck == "ML::GANs::Style"
    assert choice.found == 1
    choice.clear()
    assert choice.seen[choice.index].deck == "ML::GANs::Style"
    choice.look_for("no such")
    assert choice.chosen is None
    choice.move(1)
    choice.fold()
    choice.unfold()
    choice.clear()
    assert choice.chosen == ROWS[0]


def test_new_numbers_keep_the_chosen_deck() -> None:
    choice = DeckChoice(ROWS)
    choice.move(3)
    choice.take(tree(today(DeckDue("B", 1, 1, 1), *SOME.decks)))
    assert choice.chosen and choice.chosen.deck == "ML::GANs"
    choice.take(tree(today()))
    assert choice.chosen and choice.chosen.deck == EVERYTHING


@pytest.mark.parametrize("width", [24, 36, 55, 56, 76])
def test_rows_fill_their_width_and_columns_stand_below_their_heads(width: int) -> None:
    widths = deck_lines.columns(ROWS, width)
    head = plain([deck_lines.head(widths, width)])
    assert len(head) == width
    for index, row in enumerate(ROWS):
        cells = deck_lines.line(row, widths, width, False, index == 1)
        assert row_width(cells) == width
        text = plain([cells])
        assert text.endswith(f"{row.due:,}" if row.due else row.name[:4]) or not row.due
        assert text.startswith("› ") == (index == 1)
    learning = plain([deck_lines.line(ROWS[4], widths, width, False, False)])
    assert len(learning) == head.index("learn") + widths[1]


def test_names_of_every_kind_fit() -> None:
    (_, row) = tree(today(DeckDue("日本語" * 20 + "\x1b[31m\u202e", 1, 0, 0)))
    cells = deck_lines.line(row, deck_lines.columns([row], 40), 40, False, False)
    assert row_width(cells) == 40
    assert "\x1b" not in plain([cells])
    deep = tree(today(DeckDue("::".join("abcdefghijklmnopqrst"), 1, 0, 0)))[-1]
    assert " t " in plain([deck_lines.line(deep, (3, 5, 3), 36, False, False)])


def test_the_rows_above_and_below_the_list() -> None:
    def text(row: object) -> str:
        return plain([row])  # type: ignore[list-item]

    first, second = deck_lines.header(SOME, 8, 5, 60)
    assert text(first) == "Today  8 answers · streak 5 days"
    assert text(second).endswith(" 8/1,231")
    assert row_width(second) == 60
    assert "nothing answered yet" in text(deck_lines.header(today(), 0, 0, 60)[0])
    assert "streak" not in text(deck_lines.header(today(), 0, 0, 60)[0])
    row = DeckRow("ML::Kernels", 1, False, 0, 0, 0)
    assert text(deck_lines.asks(row, Counts(20, 0, 3), "x", 70)) == "x asks 20 new, 3 due"
    assert text(deck_lines.asks(row, Counts(0, 0, 0), "x", 70)) == "nothing to ask here today"
    same = DeckRow("A", 0, False, 20, 0, 3)
    assert text(deck_lines.asks(same, Counts(20, 0, 3), "x", 70)) == ""
    assert text(deck_lines.asks(row, Counts(1, 1, 0), "x", 40)) == "Kernels: 1 new, 1 learning"
    for width in (12, 24, 38, 60, 76):
        for day in (None, DAY + 1, DAY + 12):
            row = deck_lines.done(today(waiting=3, next_due=day), width)
            assert row_width(row) <= width
    decks = SOME.decks[:1]
    done = deck_lines.done(today(*decks, waiting=3), 76)
    assert text(done) == "Done for today. The next card is due tomorrow. 3 more cards held back."
    assert text(deck_lines.done(today(*decks, next_due=DAY + 12), 38)) == (
        "Done for today; next due 2024-10-16"
    )
    assert text(deck_lines.finding("ga", True, 2, 9, 40)) == "/ ga▏  2 of 9"
    assert row_width(deck_lines.finding("long " * 40, True, 2, 9, 40)) <= 40


def test_the_bar_shows_where_one_is() -> None:
    def bar(total: int, top: int, height: int) -> str:
        return "".join(run.text for run in deck_lines.scrollbar(total, top, height))

    assert bar(5, 0, 5) == "     "
    assert bar(10, 0, 5) == "┃┃│││"
    assert bar(10, 5, 5) == "│││┃┃"
    assert bar(1000, 500, 10).count("┃") == 1


# -- against the store ---------------------------------------------------------------------------


@pytest.fixture
def numbers(store: Store) -> Callable[[], DeckNumbers]:
    """Count the decks D, ML::GANs and ML::Kernels, some of their cards due, one in the drill."""
    put(store, [basic(f"g{n}", deck="ML::GANs") for n in range(9)], bank="g.yaml")
    put(store, [basic(f"k{n}", deck="ML::Kernels") for n in range(30)], bank="k.yaml")
    write(
        store,
        [
            review(1, note="n0", day=DAY - 3),
            review(2, note="g0", day=DAY - 2),
            review(3, AGAIN, "g1", day=DAY),
        ],
    )

    def count() -> DeckNumbers:
        opened = Opened(store, Path(ROOT), (), Limits())
        return DeckNumbers(opened, review_session(opened, None, (), None, Clock(), True))

    return count


def test_the_numbers_are_those_of_due(numbers: Callable[[], DeckNumbers]) -> None:
    counted = numbers()
    told = document(counted.today)
    rows = {row.deck: row for row in counted.rows}
    decks = {str(deck["deck"]): deck for deck in told["decks"]}  # type: ignore[attr-defined]
    for name, deck in decks.items():
        assert rows[name].numbers == (deck["new"], deck["drill"], deck["due"])
    assert rows[EVERYTHING].numbers == (told["new"], told["drill"], told["due"])
    assert rows["ML"].numbers == (15, 1, 1)
    assert sum(rows[EVERYTHING].numbers) == len(counted.session.queue)
    assert (counted.answered, counted.streak) == (1, 1)


def test_a_deck_by_itself_asks_what_its_review_asks(
    numbers: Callable[[], DeckNumbers],
) -> None:
    counted = numbers()
    assert counted.alone("ML::Kernels") == Counts(19, 0, 0)
    assert counted.alone(EVERYTHING) == counted.session.counts()
    assert counted.begin("ML").counts() == counted.alone("ML")


def test_a_streak_is_that_of_the_statistics(tmp_path: Path) -> None:
    store, _ = year_in(tmp_path)
    selection = Selection(ROOT)
    for day in (DAY - 160, DAY, DAY + 1, DAY + 2):
        found = statistics(study(store, selection), Sm2(), day)
        assert studied_days.streak(store, ROOT, day) == found.calendar.streak
    store.close()


def test_a_streak_ends_today_or_yesterday_and_knows_undo_and_libraries(store: Store) -> None:
    put(store, [basic("other")], root="/other")
    taken = review(9, note="n1", day=DAY - 3)
    write(
        store,
        [
            review(1, note="n0", day=DAY - 1),
            review(2, note="gone", day=DAY - 2),
            taken,
            undo(10, taken),
            review(11, note="other", day=DAY),
            review(12, note="n0", day=DAY - 4),
        ],
    )
    assert studied_days.streak(store, ROOT, DAY) == 2
    assert studied_days.streak(store, "/other", DAY) == 1
    assert studied_days.streak(store, ROOT, DAY + 1) == 0
    assert studied_days.answers(store, DAY) == 1
    found = statistics(study(store, Selection(ROOT)), Sm2(), DAY)
    assert found.calendar.streak == 2


@pytest.mark.parametrize(
    ("width", "words"),
    [
        (76, "Today  8 answers · streak 5 days · backlog 1,234: new cards wait"),
        (60, "Today  8 answers · backlog 1,234: new cards wait"),
        (38, "Today  backlog 1,234: new cards wait"),
    ],
)
def test_the_header_tells_of_a_backlog_at_any_width(width: int, words: str) -> None:
    late = replace(SOME, backlog=1234)
    assert plain([deck_lines.header(late, 8, 5, width)[0]]) == words
