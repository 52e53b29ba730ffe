"""What of a card is in sight where rows are few, and how calm it is where columns are many."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import pytest
from mirror_rows import Clock, basic, cloze, put

from studytool.notes import Kind, Note
from studytool.queue import Limits
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store
from studytool.tui.app import ReviewApp

WORDS = "on and on about kitchens and pans and water and salt and vinegar " * 3
STEPS = ("bring water below a simmer", "crack the egg", "slide it in", "lift it out")


@pytest.fixture
def rows(store: Store, clock: Clock) -> Callable[..., list[list[str]]]:
    """Return the rows of the screen before and after each of some keys."""

    def play(
        note: Note, keys: Sequence[str] = "", size: tuple[int, int] = (40, 12)
    ) -> list[list[str]]:
        put(store, [note], root="/cards")
        app = ReviewApp(Session(store, Selection("/cards"), Sm2(), clock, Limits()))

        async def run() -> list[list[str]]:
            seen: list[list[str]] = []
            async with app.run_test(size=size) as pilot:
                for key in ["", *keys]:
                    await pilot.press(*([key] if key else []))
                    for _ in range(4):
                        await pilot.pause(0.02)
                    strips = app.screen._compositor.render_strips()
                    seen.append(["".join(part.text for part in strip) for strip in strips])
            return seen

        return asyncio.run(run())

    return play


@pytest.mark.parametrize("size", [(40, 12), (24, 10)])
def test_the_step_that_is_asked_is_in_sight(
    rows: Callable[..., list[list[str]]], size: tuple[int, int]
) -> None:
    note = Note("egg", Kind.STEPS, "D", "Poach an egg " * 25, steps=STEPS)
    assert any("1. […]" in row for row in rows(note, size=size)[0])


def test_a_hole_at_the_end_is_in_sight_before_and_after(
    rows: Callable[..., list[list[str]]],
) -> None:
    question, answer = rows(cloze("late", f"{WORDS} it is {{{{c1::time::what}}}}."), " ")
    assert any("[what]" in row for row in question)
    assert any("time." in row for row in answer)


def test_a_hole_at_the_start_keeps_the_start_in_sight(
    rows: Callable[..., list[list[str]]],
) -> None:
    question, answer = rows(cloze("soon", f"It is {{{{c1::time}}}} {WORDS}"), " ")
    assert any("It is […]" in row for row in question)
    assert any("It is time" in row for row in answer)


def test_a_hint_below_a_long_question_comes_into_sight(
    rows: Callable[..., list[list[str]]],
) -> None:
    note = Note("hint", Kind.BASIC, "D", WORDS, "Salt.", hint="It is white.")
    before, after = rows(note, "h")
    assert not any("It is white." in row for row in before)
    assert any("It is white." in row for row in after)


def test_four_options_fit_the_smallest_screen(rows: Callable[..., list[list[str]]]) -> None:
    note = Note("one", Kind.CHOICE, "D", "Which " * 9, right=("fat",), wrong=("a", "b", "c"))
    assert sum(row.strip()[:1] in set("1234") for row in rows(note)[0]) == 4


def test_the_keys_that_scroll_are_named_only_where_they_do(
    rows: Callable[..., list[list[str]]],
) -> None:
    long = Note("long", Kind.BASIC, "D", "What?", WORDS * 3)
    question, answer = rows(long, " ")
    assert "j k scroll" not in question[-1]
    assert "j k scroll" in answer[-1]
    assert "j k scroll" not in rows(basic("short"), " ", (80, 24))[1][-1]


def test_half_pages_go_down_and_up_again(rows: Callable[..., list[list[str]]]) -> None:
    note = Note("long", Kind.BASIC, "D", "What?", "\n\n".join(f"Line {n}." for n in range(40)))
    answer, down, further, up = rows(note, [" ", "ctrl+d", "ctrl+d", "ctrl+u"], (80, 24))[1:]
    first = [next(row for row in screen[3:] if "Line" in row) for screen in (answer, down, further)]
    assert len(set(first)) == 3
    assert up == down


def test_a_card_that_just_fits_stays_where_it_is(rows: Callable[..., list[list[str]]]) -> None:
    note = Note("fits", Kind.BASIC, "D", "What?", "\n".join(f"- {n}" for n in range(10)))
    question, answer = rows(note, " ", (80, 24))
    assert "• 9" in [row.strip(" ▁▂▃▄▅▆▇█") for row in answer]
    assert question.index(next(row for row in question if "What?" in row)) == answer.index(
        next(row for row in answer if "What?" in row)
    )


def test_the_line_to_type_in_stays_in_sight(rows: Callable[..., list[list[str]]]) -> None:
    note = Note("typed", Kind.BASIC, "D", WORDS, "Salt.", accept=("salt",))
    typing = rows(note, "T")[1]
    assert any("type the answer" in row for row in typing)


def test_on_a_very_wide_screen_all_rows_end_with_the_card(
    rows: Callable[..., list[list[str]]],
) -> None:
    question, answer, flag, _, due, _, said = rows(basic("b"), " f0d\r*", (200, 60))
    for screen in (question, answer, flag, due, said):
        filled = [row for row in screen if row.strip()]
        assert {len(row) - len(row.lstrip()) for row in filled if row is not filled[-1]} >= {61}
        assert all(len(row.rstrip()) <= 61 + 76 for row in filled)
        assert filled[-1].startswith(" " * 61)
        assert filled[-1][61] != " "


@pytest.mark.parametrize(("bottom", "top"), [("G", "g"), ("end", "home")])
def test_keys_go_to_the_ends_of_a_long_card(
    rows: Callable[..., list[list[str]]], bottom: str, top: str
) -> None:
    note = Note("long", Kind.BASIC, "D", f"First of all {WORDS * 3}, at last?", "Yes.")
    begin, end, again = (" ".join(seen) for seen in rows(note, [bottom, top]))
    assert "First of all" in begin
    assert "at last?" not in begin
    assert "at last?" in end
    assert "First of all" not in end
    assert "First of all" in again
