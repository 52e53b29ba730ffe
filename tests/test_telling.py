"""Messages: one line that covers nothing, until the next key."""

from __future__ import annotations

import asyncio

import pytest
from mirror_rows import Clock, basic, put

from studytool.notes import Kind, Note
from studytool.queue import Limits
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store
from studytool.tui.app import ReviewApp
from studytool.tui.summary_screen import SummaryScreen

SIZES = [(40, 12), (60, 20), (80, 24), (100, 30), (200, 60)]
LONG = "Nothing was saved: the disk is full and the database could not be written to it"


def rows_of(app: ReviewApp) -> list[str]:
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


async def shown(app: ReviewApp, pilot, until: str = "") -> list[str]:  # type: ignore[no-untyped-def]
    for turn in range(100):
        await pilot.pause()
        await pilot.pause(0.02)
        if until in "\n".join(rows_of(app)) and (until or turn > 2):
            break
    return rows_of(app)


def play(store: Store, clock: Clock, steps, size=(80, 24), notices=(), notes=None) -> None:  # type: ignore[no-untyped-def]
    put(store, notes or [basic("one"), basic("two")], root="/cards")
    session = Session(store, Selection("/cards"), Sm2(), clock, Limits())
    ticks = iter(range(10_000))
    app = ReviewApp(session, notices, ticker=lambda: next(ticks))

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await steps(app, pilot)

    asyncio.run(run())


@pytest.mark.parametrize("size", SIZES)
def test_a_message_lies_in_a_blank_row_and_moves_nothing(
    store: Store, clock: Clock, size: tuple[int, int]
) -> None:
    async def steps(app: ReviewApp, pilot) -> None:  # type: ignore[no-untyped-def]
        before = await shown(app, pilot, "What is one?")
        app.notify("Card buried; u takes it back.")
        after = await shown(app, pilot, "Card buried")
        changed = [row for row, text in enumerate(after) if text != before[row]]
        assert [before[row] for row in changed] == [""]
        assert [after[row].strip() for row in changed] == ["Card buried; u takes it back."]
        await pilot.press("x")
        assert await shown(app, pilot) == before

    play(store, clock, steps, size)


@pytest.mark.parametrize("size", SIZES)
def test_a_long_error_is_whole_and_leaves_grades_and_keys(
    store: Store, clock: Clock, size: tuple[int, int]
) -> None:
    async def steps(app: ReviewApp, pilot) -> None:  # type: ignore[no-untyped-def]
        before = await shown(app, pilot, "What is one?")
        app.notify(LONG, severity="error")
        after = await shown(app, pilot, "Nothing was saved")
        changed = [row for row, text in enumerate(after) if text != before[row]]
        assert " ".join(after[row].strip() for row in changed) == LONG
        assert max(changed) < size[1] - 3
        assert after[0] == before[0]

    play(store, clock, steps, size)


def test_the_next_message_takes_the_place_of_the_last(store: Store, clock: Clock) -> None:
    async def steps(app: ReviewApp, pilot) -> None:  # type: ignore[no-untyped-def]
        await shown(app, pilot, "What is one?")
        app.notify("First.", severity="error")
        app.notify("Second [/b] [@click=app.quit]line[/]\nand \x1b[31mmore.")
        text = "\n".join(await shown(app, pilot, "Second"))
        assert "First." not in text
        assert "Second [/b] [@click=app.quit]line[/] and ␛[31mmore." in text

    play(store, clock, steps)


def test_notices_of_the_start_come_one_after_the_other(store: Store, clock: Clock) -> None:
    async def steps(app: ReviewApp, pilot) -> None:  # type: ignore[no-untyped-def]
        assert "b.yaml" not in "\n".join(await shown(app, pilot, "a.yaml: 2 errors"))
        await pilot.press("x")
        assert "a.yaml" not in "\n".join(await shown(app, pilot, "b.yaml has gone"))
        await pilot.press("x")
        assert ".yaml" not in "\n".join(await shown(app, pilot))

    play(store, clock, steps, notices=("a.yaml: 2 errors", "b.yaml has gone"))


def test_a_message_goes_to_the_screen_that_its_key_opens(store: Store, clock: Clock) -> None:
    async def steps(app: ReviewApp, pilot) -> None:  # type: ignore[no-untyped-def]
        await shown(app, pilot, "What is one?")
        await pilot.press("-")
        await shown(app, pilot, "What is two?")
        await pilot.press("-")
        await shown(app, pilot, "Card buried")
        assert isinstance(app.screen, SummaryScreen)

    play(store, clock, steps)


@pytest.mark.parametrize("size", SIZES)
def test_the_welcome_hides_no_question_and_goes_with_the_first_grade(
    store: Store, clock: Clock, size: tuple[int, int]
) -> None:
    question = (
        "Why is this a question that needs more than one or two rows of a small screen to ask?"
    )

    async def steps(app: ReviewApp, pilot) -> None:  # type: ignore[no-untyped-def]
        first = " ".join(" ".join(await shown(app, pilot, "shows it.")).split())
        assert question in first
        assert "Answer in your head; space shows it." in first
        assert "1–4 grade it; u undo, ? keys, q leave" in first or size == (40, 12)
        await pilot.press("space", "3")
        assert "Answer in your head" not in "\n".join(await shown(app, pilot, "What is two?"))
        await pilot.press("u")
        assert "Answer in your head" not in "\n".join(await shown(app, pilot, "question that"))

    notes = [Note("long", Kind.BASIC, "D", question, "Because."), basic("two")]
    play(store, clock, steps, size, notes=notes)


def test_the_welcome_never_returns(store: Store, clock: Clock) -> None:
    async def steps(app: ReviewApp, pilot) -> None:  # type: ignore[no-untyped-def]
        await shown(app, pilot, "What is")
        if app.session.first_run:
            await pilot.press("space", "3", "u")
            await shown(app, pilot, "What is one?")
        else:
            assert "in your head" not in "\n".join(await shown(app, pilot, "What is one?"))

    play(store, clock, steps)
    assert len(store.log.rows()) == 2
    play(store, clock, steps)
    assert len(store.log.rows()) == 2


def test_what_is_said_as_the_program_ends_is_no_error(store: Store, clock: Clock) -> None:
    async def steps(app: ReviewApp, pilot) -> None:  # type: ignore[no-untyped-def]
        await pilot.pause()
        app.notify("Opening media/p.png")
        app.exit()
        await pilot.pause(0.1)

    play(store, clock, steps)
