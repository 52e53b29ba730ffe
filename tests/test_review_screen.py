"""The review screen, driven by keys and mouse as a person would."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from mirror_rows import Clock, basic, cloze, put

from studytool.keymap import Keymap
from studytool.notes import Kind, Note, Source
from studytool.queue import Limits
from studytool.scheduling import Act
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store
from studytool.tui.app import ReviewApp
from studytool.tui.keys import welcome
from studytool.tui.review_screen import ReviewScreen

WELCOME = welcome(Keymap()).splitlines()
SNAPSHOTS = Path(__file__).parent / "snapshots"


class Ticker:
    """Seconds that pass only when a test says so, a second a reading unless it is held."""

    def __init__(self) -> None:
        self.now = 0.0
        self.step = 1.0

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def screen_text(app: ReviewApp) -> str:
    """Return what the screen shows, as text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


LIBRARY = [
    Note(
        "gp-mean",
        Kind.BASIC,
        "ML::Probabilistic models::Gaussian processes",
        "What does a Gaussian process predict far from *all* its data?",
        "Its prior mean, $m(x)$.",
        extra="Because the covariances vanish:\n\n- `List[int]`\n- [/] and [@click=app.quit]x[/]",
        hint="A function.",
        source=Source(title="Rasmussen (2004)"),
    ),
    cloze(
        "smoothing", "The target for {{c1::real::which?}} samples is {{c2::0.9}}.", deck="ML::GANs"
    ),
    Note(
        "orbit",
        Kind.CHOICE,
        "ML::GANs",
        "Which technique damps orbits?",
        right=("historical averaging",),
        wrong=("feature matching", "minibatch discrimination"),
    ),
    Note("round", Kind.STEPS, "ML::FedAvg", "One round?", steps=("send", "train", "average")),
]

Make = Callable[..., ReviewApp]


@pytest.fixture
def make(store: Store, clock: Clock) -> Make:
    """Make the program on a small library; its ticker and clock are the test's."""

    def program(notes: list[Note] | None = None) -> ReviewApp:
        put(store, notes or LIBRARY, root="/cards")
        session = Session(store, Selection("/cards"), Sm2(), clock, Limits())
        return ReviewApp(session, ticker=Ticker())

    return program


def run(app: ReviewApp, size: tuple[int, int] = (80, 24)):  # type: ignore[no-untyped-def]
    return app.run_test(size=size, notifications=True)


async def shown(app: ReviewApp, pilot, until: str = "") -> str:  # type: ignore[no-untyped-def]
    """Return the screen when it has come to rest, or when it shows a text."""
    for _ in range(50):
        await pilot.pause()
        await pilot.pause(0.02)
        if until in screen_text(app):
            break
    return screen_text(app)


def drive(coroutine) -> None:  # type: ignore[no-untyped-def]
    import asyncio

    asyncio.run(coroutine)


def test_a_session_from_the_first_card_to_the_summary(make: Make, store: Store) -> None:
    async def play() -> None:
        app = make()
        async with run(app) as pilot:
            text = await shown(app, pilot)
            assert WELCOME[0] in text
            assert "far from all its data?" in text
            assert "prior mean" not in text
            assert "4 new" in text
            await pilot.press("space")
            text = await shown(app, pilot)
            assert "Its prior mean, m(x)." in text
            assert "3 good" in text
            assert "1 d" in text
            await pilot.press("3")
            text = await shown(app, pilot)
            assert WELCOME[0] not in text
            assert "The target for [which?] samples is 0.9." in text
            assert "1/4" in text
            await pilot.press("space", "4")
            assert "1  " in await shown(app, pilot)
            await pilot.press("space")
            assert "✓ " in await shown(app, pilot)
            await pilot.press("3")
            assert "1. […]" in await shown(app, pilot)
            await pilot.press("enter", "enter")
            text = await shown(app, pilot)
            assert "Done for today" in text
            assert "4  cards scheduled" in text
            assert "The next card is due tomorrow." in text
            await pilot.press("u")
            assert "1. […]" in await shown(app, pilot)
            await pilot.press("q")
        assert [row.act for row in store.log.rows()] == [Act.REVIEW] * 4 + [Act.UNDO]

    drive(play())


def test_digits_do_nothing_before_the_answer_is_shown(make: Make, store: Store) -> None:
    async def play() -> None:
        app = make()
        async with run(app) as pilot:
            await shown(app, pilot)
            await pilot.press("1", "2", "3", "4")
            assert "far from all its data?" in await shown(app, pilot)
        assert store.log.rows() == []

    drive(play())


@pytest.mark.parametrize("key", ["space", "enter"])
def test_a_held_key_reveals_and_does_not_grade(make: Make, store: Store, key: str) -> None:
    async def play() -> None:
        app = make()
        async with run(app) as pilot:
            await shown(app, pilot)
            assert isinstance(app.ticker, Ticker)
            app.ticker.step = 0.03
            await pilot.press(*[key] * 12)
            assert "Its prior mean" in await shown(app, pilot)
            assert store.log.rows() == []
            app.ticker.now += 1
            await pilot.press(key)
            await shown(app, pilot)
            assert len(store.log.rows()) == 1
            await pilot.press(*[key] * 5)
            assert "[which?]" in await shown(app, pilot)
            assert len(store.log.rows()) == 1

    drive(play())


def test_a_quick_hand_is_not_a_held_key(make: Make, store: Store) -> None:
    async def play() -> None:
        app = make()
        async with run(app) as pilot:
            await shown(app, pilot)
            assert isinstance(app.ticker, Ticker)
            app.ticker.step = 0.03
            await pilot.press("space", "3", "space", "4", "space", "3")
            await shown(app, pilot)
        assert [row.rating for row in store.log.rows()] == [3, 4, 3]

    drive(play())


def test_a_failure_is_drilled_until_it_is_known(make: Make, store: Store) -> None:
    async def play() -> None:
        app = make([basic("only", deck="ML")])
        async with run(app) as pilot:
            await shown(app, pilot)
            await pilot.press("space", "1")
            text = await shown(app, pilot)
            assert "1 learning" in text
            await pilot.press("space", "1")
            await shown(app, pilot)
            await pilot.press("space", "3")
            text = await shown(app, pilot)
            assert "Done for today" in text
            assert "0 %  remembered" in text
        assert [row.act for row in store.log.rows()] == [Act.REVIEW, Act.DRILL, Act.DRILL]

    drive(play())


def test_undo_goes_back_over_many_cards_to_the_question_side(make: Make) -> None:
    async def play() -> None:
        app = make()
        async with run(app) as pilot:
            await shown(app, pilot)
            for _ in range(3):
                await pilot.press("space", "4")
            assert "1. […]" in await shown(app, pilot)
            for _ in range(3):
                await pilot.press("u")
            text = await shown(app, pilot)
            assert "far from all its data?" in text
            assert "prior mean" not in text
            assert "0/4" in text
            await pilot.press("u")
            message = "nothing of today to undo"
            assert message in await shown(app, pilot, message)

    drive(play())


def test_the_hint_comes_on_request(make: Make) -> None:
    async def play() -> None:
        app = make()
        async with run(app) as pilot:
            assert "A function." not in await shown(app, pilot)
            await pilot.press("h")
            assert "A function." in await shown(app, pilot)

    drive(play())


def test_grades_and_keys_take_clicks(make: Make, store: Store) -> None:
    async def play() -> None:
        app = make()
        async with run(app) as pilot:
            await shown(app, pilot)
            await pilot.click("#keys", offset=(2, 1))
            assert "Its prior mean" in await shown(app, pilot)
            await pilot.click("#grades", offset=(70, 1))
            await shown(app, pilot)
        assert [row.rating for row in store.log.rows()] == [4]

    drive(play())


def test_card_text_is_shown_verbatim_and_does_nothing(make: Make, store: Store) -> None:
    hostile = "List[int] [/] [red]x [@click=app.quit]quit[/] [link=https://x.org] a[0] [b"

    async def play() -> None:
        app = make(
            [Note("h", Kind.BASIC, "ML::[/]", hostile, hostile, extra="\x1b]52;c;x\x07\x9b31m")]
        )
        async with run(app, (100, 30)) as pilot:
            text = await shown(app, pilot)
            assert hostile in text
            assert "[/]" in text.splitlines()[1]
            row = next(i for i, line in enumerate(text.splitlines()) if "quit[/]" in line)
            await pilot.click(offset=(text.splitlines()[row].index("quit[/]") + 1, row))
            await pilot.press("space")
            text = await shown(app, pilot)
            assert text.count(hostile) == 2
            assert "␛]52" in text
            assert "\x1b" not in text
            assert "\x9b" not in text
            assert app.is_running

    drive(play())


@pytest.mark.parametrize("theme", ["studytool-light", "ansi-dark", "nord", "no-such-theme"])
def test_any_theme_will_do(make: Make, theme: str) -> None:
    async def play() -> None:
        app = ReviewApp(make().session, theme=theme)
        async with run(app) as pilot:
            await pilot.press("space")
            assert "Its prior mean" in await shown(app, pilot)
            assert app.theme == (theme if theme != "no-such-theme" else "studytool-dark")

    drive(play())


def test_keys_are_listed(make: Make) -> None:
    async def play() -> None:
        app = make()
        async with run(app) as pilot:
            await shown(app, pilot)
            await pilot.press("question_mark")
            text = await shown(app, pilot)
            assert "Undo the last grade" in text
            assert "Grade again" in text
            await pilot.press("escape")
            assert isinstance(app.screen, ReviewScreen)

    drive(play())


def test_a_grade_that_could_not_be_saved_keeps_the_card(make: Make, store: Store) -> None:
    async def play() -> None:
        app = make()
        async with run(app) as pilot:
            await shown(app, pilot)
            await pilot.press("space")
            store.connection.execute("PRAGMA query_only = ON")
            await pilot.press("3")
            text = await shown(app, pilot, "Nothing was saved")
            assert "Nothing was saved" in text
            assert "Its prior mean" in text
            store.connection.execute("PRAGMA query_only = OFF")
            await pilot.press("3")
            assert "[which?]" in await shown(app, pilot)
        assert len(store.log.rows()) == 1

    drive(play())


SIZES = [(40, 12), (60, 20), (80, 24), (100, 30), (200, 60)]


@pytest.mark.parametrize("size", SIZES)
def test_the_screen_at_many_sizes(make: Make, size: tuple[int, int]) -> None:
    """Compared with a snapshot that a person has looked at; UPDATE_SNAPSHOTS=1 writes it anew."""

    async def play() -> str:
        app = make()
        async with run(app, size) as pilot:
            question = await shown(app, pilot)
            await pilot.press("space")
            answer = await shown(app, pilot)
            assert "Its prior mean, m(x)." in answer
            assert "4 easy" in answer
            for line in (question + "\n" + answer).splitlines():
                assert len(line) <= size[0]
            return f"{question}\n{'=' * size[0]}\n{answer}\n"

    import asyncio

    text = asyncio.run(play())
    path = SNAPSHOTS / f"review_{size[0]}x{size[1]}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(text)
    assert text == path.read_text()


def test_nothing_moves_on_reveal(make: Make) -> None:
    async def play() -> None:
        app = make()
        async with run(app, (100, 30)) as pilot:
            before = (await shown(app, pilot)).splitlines()
            await pilot.press("space")
            after = (await shown(app, pilot)).splitlines()
            question = next(line for line in before if "far from all" in line)
            assert before.index(question) == after.index(question)

    drive(play())


def test_resizing_sets_the_card_anew(make: Make) -> None:
    async def play() -> None:
        app = make()
        async with run(app, (100, 30)) as pilot:
            await shown(app, pilot)
            for size in [(30, 10), (8, 4), (200, 60), (50, 20)]:
                await pilot.resize_terminal(*size)
                await shown(app, pilot)
            text = await shown(app, pilot)
            assert "all its data?" in text
            assert max(map(len, text.splitlines())) <= 50

    drive(play())
