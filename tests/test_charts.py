"""Charts and columns of figures: what they draw, and that they keep to their width."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from studytool import charts
from studytool.columns import clip, facts, fit, fit_end, flow, stacks, table, tiles, titled
from studytool.wrapping import Row, Run, plain, row_width

numbers = st.integers(0, 10**6)
words = st.text("ab: 日é", min_size=1, max_size=30)


def text(rows: Sequence[Row]) -> list[str]:
    return plain(rows).split("\n")


def test_bars_rise_in_eighths() -> None:
    assert text(charts.bars([0, 1, 8, 12, 16], 2, 16, 1, 0)) == ["   ▄█", " ▁███"]
    assert text(charts.bars([16, 8], 2, 16, 2, 1)) == ["██", "██ ██"]


def test_the_smallest_bar_is_seen_and_one_too_high_says_so() -> None:
    assert text(charts.bars([1, 10**6], 2, 10**6, 1, 1)) == ["  █", "▁ █"]
    assert text(charts.bars([5, 11], 2, 10, 2, 0)) == ["  ▲▲", "████"]


@given(st.lists(numbers, min_size=1, max_size=40), st.integers(1, 9))
def test_a_bar_is_as_high_as_its_number(values: list[int], height: int) -> None:
    peak = max(*values, 1)
    rows = [row[0].text for row in charts.bars(values, height, peak, 1, 0)]
    for index, value in enumerate(values):
        eighths = sum(" ▁▂▃▄▅▆▇█".index(row[index]) for row in rows)
        assert abs(eighths - 8 * height * value / peak) <= (0.5 if eighths != 1 else 1)
        assert bool(eighths) == bool(value)


@given(numbers, numbers, st.integers(1, 100))
def test_a_lying_bar_is_as_long_as_its_number(value: int, more: int, width: int) -> None:
    peak = max(1, value + more)
    halves = sum({"━": 2, "╸": 1}[character] for character in charts.meter(value, peak, width))
    assert abs(halves - 2 * width * value / peak) <= (0.5 if halves != 1 else 1)
    assert halves <= 2 * width
    assert bool(halves) == bool(value)


@given(st.lists(numbers, min_size=1, max_size=6), st.integers(6, 100))
def test_shares_fill_the_width_and_leave_nothing_out(values: list[int], width: int) -> None:
    glyphs = "abcdef"
    parts = [(value, Run(glyph)) for value, glyph in zip(values, glyphs, strict=False)]
    row = charts.shares(parts, width)
    assert row_width(row) == width
    drawn = "".join(run.text for run in row)
    assert "".join(sorted(drawn)) == drawn
    if total := sum(values):
        for value, glyph in zip(values, glyphs, strict=False):
            assert (drawn.count(glyph) > 0) == (value > 0)
            small = sum(0 < other * width < total for other in values)
            assert abs(drawn.count(glyph) - value * width / total) <= 1 + small


def test_a_line_goes_in_steps_over_a_dashed_rule() -> None:
    assert text(charts.line([0.8, 0.8, 1.0, 1.0, 0.9], 5, 3, 0.8, 1.0, 0.9)) == [
        "  ╭─╮",
        "╌╌│╌╰",
        "──╯",
    ]


def test_a_line_leaves_a_gap_where_nothing_is_known() -> None:
    assert text(charts.line([None, 1.0, None, 0.0, 0.0], 5, 2, 0, 1, 5)) == [" ─", "   ──"]


@given(
    st.lists(st.none() | st.floats(0, 1), min_size=1, max_size=120),
    st.integers(1, 100),
    st.integers(2, 9),
)
def test_a_line_has_every_column_that_is_known(
    values: list[float | None], width: int, height: int
) -> None:
    rows = charts.line(values, width, height, 0, 1, 0.5)
    assert len(rows) == height
    assert all(row_width(row) == width for row in rows)
    cells = ["".join(run.text for run in row) for row in rows]
    for column in range(width):
        first = column * len(values) // width
        last = max(first + 1, (column + 1) * len(values) // width)
        known = any(value is not None for value in values[first:last])
        drawn = [row[column] for row in cells if row[column] not in " ╌"]
        assert bool(drawn) == known
        assert sum(glyph in "╭╮╰╯" for glyph in drawn) in (0, 2)


def test_a_heat_map_has_a_column_a_week() -> None:
    levels = [0, 1, 2, 3, 4, None, None, 4, *[None] * 6]
    assert text(charts.heat(levels, 1)) == ["·█", "░", "▒", "▓", "█", "", ""]
    assert text(charts.heat(levels, 2))[0] == "· █"
    assert charts.heat(levels, 1)[0] == (Run("·", "level-0"), Run("█", "level-4"))


def test_words_under_a_chart_never_meet() -> None:
    assert text([charts.ticks([(0, "now"), (2, "gone"), (4, "next"), (9, "far")], 12)]) == [
        "now next far"
    ]
    assert text([charts.ticks([(0, "now"), (9, "far")], 11)]) == ["now"]


def test_an_axis_names_rows_on_the_left() -> None:
    rows = [(Run("█"),)] * 3
    assert text(charts.axis(rows, {0: "100", 2: "0"})) == ["100 █", "    █", "  0 █"]


def test_text_is_cut_at_either_end() -> None:
    assert (fit("abcdef", 4), fit_end("abcdef", 4)) == ("abc…", "…def")
    assert (fit("abc", 3), fit_end("abc", 3)) == ("abc", "abc")
    assert (fit("日本語", 4), fit_end("日本語", 4)) == ("日…", "…語")
    assert fit_end("ML::GANs::Training", 11) == "…Training"
    assert clip((Run("ab", "x"), Run("cd", "y"), Run("  ")), 3) == (Run("ab", "x"), Run("…", "y"))


@given(words, st.integers(0, 40))
def test_cut_text_fits(word: str, room: int) -> None:
    for cut in (fit(word, room), fit_end(word, room)):
        assert row_width((Run(cut),)) <= room


HEAD = ("deck", "cards", "due")
BODY = [("ML::GANs", "1,250", "8"), ("日本", "7", "0")]


def test_a_table_has_names_left_and_numbers_right() -> None:
    assert text(table(HEAD, BODY, 40)) == [
        "deck      cards  due",
        "ML::GANs  1,250    8",
        "日本          7    0",
    ]


def test_a_narrow_table_moves_together_then_cuts_names_then_leaves_columns_out() -> None:
    assert text(table(HEAD, BODY, 19))[1] == "ML::GANs 1,250   8"
    longer = [("Machine learning::GANs", "1,250", "8")]
    assert text(table(HEAD, longer, 20))[1] == "…ing::GANs 1,250   8"
    assert text(table(HEAD, longer, 15))[1] == "…ng::GANs 1,250"
    assert text(table(HEAD, longer, 6))[1] == "…GANs"


@given(st.lists(st.tuples(words, numbers, numbers), max_size=5), st.integers(1, 60))
def test_a_table_keeps_to_its_width(body: list[tuple[str, int, int]], width: int) -> None:
    cells = [(name, f"{one:,}", f"{two:,}") for name, one, two in body]
    assert all(row_width(row) <= width for row in table(HEAD, cells, width))


def test_tiles_stand_in_even_rows() -> None:
    figures = [("1", "cards"), ("2 min", "time"), ("9 %", "again"), ("4", "streak")]
    assert text(tiles(figures, 40)) == [
        "1         2 min     9 %       4",
        "cards     time      again     streak",
    ]
    assert text(tiles(figures, 24)) == [
        *("1            2 min", "cards        time", "", "9 %          4"),
        "again        streak",
    ]


def test_facts_flow() -> None:
    pairs = [("late", "3"), ("today", "12"), ("tomorrow", "9")]
    assert text(facts(pairs, 30)) == ["late 3   today 12   tomorrow 9"]
    assert text(facts(pairs, 29)) == ["late 3   today 12", "tomorrow 9"]
    assert facts([], 20) == []
    assert text(flow([(Run("a"),), (Run("b"),), (Run("c"),)], 7, 2, 1)) == ["  a b c"]


def test_a_heading_gives_up_its_fact_for_want_of_room() -> None:
    assert text([titled("Cards", "9 in all", 20)]) == ["Cards       9 in all"]
    assert text([titled("Cards", "9 in all", 14)]) == ["Cards"]


@given(st.lists(st.integers(1, 9), max_size=12), st.integers(2, 40))
def test_stacks_hold_all_blocks_in_two_columns(heights: list[int], width: int) -> None:
    blocks = [
        tuple((Run(f"{number}:{row}"[:width]),) for row in range(height))
        for number, height in enumerate(heights)
    ]
    rows = stacks(blocks, width, 3)
    assert all(row_width(row) <= 2 * width + 3 for row in rows)
    drawn = " ".join(text(rows)).split()
    assert sorted(drawn) == sorted(run.text for block in blocks for (run,) in block)
    gaps = max(0, len(blocks) - 2)
    assert len(rows) <= (sum(heights) + gaps) / 2 + max(heights, default=0) + 1
