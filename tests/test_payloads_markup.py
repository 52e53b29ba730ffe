"""Whatever stands in brackets is shown as it is, and a click on it does nothing.

A few hundred random texts; STUDYTOOL_MARKUP_TEXTS says how many it shall be instead.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import re
from collections.abc import Iterable, Iterator, Sequence

from mirror_rows import Clock, put
from rich.segment import Segment

from studytool.notes import Card, Kind, Note, Source
from studytool.parsed_notes import parse_note
from studytool.prompts import Counts, Prompt
from studytool.queue import Limits
from studytool.scheduling import NEW_CARD, Act, Rating, State
from studytool.selection import Selection, StoredNote
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store
from studytool.tui.app import ReviewApp
from studytool.tui.review_screen import ReviewScreen

COUNT = int(os.environ.get("STUDYTOOL_MARKUP_TEXTS", "300"))
WHOLE = (
    *("[/]", "[red]x[/red]", "[@click=app.quit]x[/]", "[link=https://x.example]x[/link]", "[b"),
    *("List[int]", "x = a[0] + b[i]", "[x for x in y]", "[a-z]+", "[type=x, v={'a[0]'}]", "[[/]]"),
    *(
        "matrix[r][s]",
        "[/usr/bin]",
        "[$primary]x",
        "[bold not italic on red]",
        "[@click='x']",
        "][",
    ),
    *(
        "[@click=screen.leave()]x[/]",
        "[@mouse.enter=app.bell]",
        "dict[str, list[int]]",
        "[#ff0000]",
    ),
    *("[not [a] tag", "[red on [blue]]", "[/red", "a[b(c[d=e@f#g/h)]]", "[ ]", "[]", "[ /]"),
)
PIECES = ("[", "]", "[", "]", "/", "@", "=", "#", "(", ")", ".", "'", "$", "red", "click", "link",
          "app.quit", "int", "x", "0", "on", "not", "bold", "{", "}", ",", ":", "%")  # fmt: skip
AT_ONCE = 10
"""Texts on one card."""
LOOKS = re.compile(r"\]\(|\]:|\$|\[\^|<|&|::|\\")
"""What Markdown, math and the deck's path read as more than text."""


def texts(count: int) -> Iterator[str]:
    """Yield the texts that are known to hurt, then random ones, nested and half open."""
    chance = random.Random(20_241_004)
    yield from WHOLE
    for _ in range(count - len(WHOLE)):
        pieces = chance.choices((*PIECES, *WHOLE), [*[4] * len(PIECES), *[1] * len(WHOLE)], k=12)
        yield "".join(piece + " " * (chance.random() < 0.2) for piece in pieces)


def batched(found: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    """Yield texts in groups of a size, the last one perhaps smaller."""
    rest = iter(found)
    while batch := tuple(itertools.islice(rest, size)):
        yield batch


def plain(text: str) -> str:
    """Return a text that Markdown takes as it is; one word stands before what begins a block."""
    return "say " + LOOKS.sub(" ", text)


def prompt(number: int, batch: Sequence[str]) -> Prompt:
    """Return a card that has some texts in each place of it."""
    words = [plain(text) for text in batch]
    codes = [f"```\n{text}\n```" for text in batch]
    note = Note(
        str(number),
        Kind.CHOICE,
        words[0],
        "\n\n".join(words + codes),
        right=tuple(words),
        wrong=tuple(codes),
        extra="".join(f"- `{text}`\n" for text in batch) + "\n|a|\n|-|\n" + "\n".join(words),
        hint=" ".join(words),
        source=Source(title=" ".join(batch)),
    )
    stored = StoredNote(note.id, note, "b.yaml", 1, str(number))
    return Prompt(
        *(Card(note.id, "front"), stored, parse_note(note), State.NEW, Act.REVIEW, NEW_CARD, 1),
        dict.fromkeys(Rating, 1),
    )


def squeezed(text: str) -> str:
    """Return a text without blanks, which wrapping moves."""
    return re.sub(r"\s", "", text)


def segments(app: ReviewApp) -> list[list[Segment]]:
    """Return what stands on the screen, row by row."""
    return [list(strip) for strip in app.screen._compositor.render_strips()]


def row_text(row: Sequence[Segment]) -> str:
    """Return a row as text."""
    return "".join(segment.text for segment in row)


def acting(rows: list[list[Segment]]) -> list[str]:
    """Return the texts on the screen that a click would do something with."""
    return [
        segment.text
        for row in rows
        for segment in row
        if segment.style
        and (segment.style.link or any(name.startswith("@") for name in segment.style.meta))
    ]


def test_brackets_are_shown_as_they_are_and_do_nothing(store: Store, clock: Clock) -> None:
    put(store, [Note("n", Kind.BASIC, "D", "Q?", "A.")], root="/cards")
    session = Session(store, Selection("/cards"), Sm2(), clock, Limits())

    async def play() -> int:
        app, shown = ReviewApp(session), 0
        async with app.run_test(size=(82, 500)) as pilot:
            await pilot.pause()
            screen = app.screen
            assert isinstance(screen, ReviewScreen)
            screen.card.welcome = ()
            for batch in batched(texts(COUNT), AT_ONCE):
                asked = prompt(shown, batch)
                screen.card.ask(asked, 76, False)
                screen.card.revealed = screen.card.hint_shown = True
                screen.card.paint(76, False)
                screen.header.show(asked.stored.note.deck, Counts(1, 0, 0), State.NEW, 0)
                await pilot.pause()
                rows = segments(app)
                found = squeezed("".join(map(row_text, rows)))
                assert found.startswith(squeezed(plain(batch[0]))[:20]), (batch, found)
                for text in batch:
                    assert found.count(squeezed(plain(text))) >= 5, (text, found)
                    times = 9 if text in plain(text) else 4
                    assert found.count(squeezed(text)) >= times, (text, found)
                assert acting(rows) == []
                if shown < len(WHOLE):
                    for text in filter(re.compile("@|link").search, batch):
                        lines = map(row_text, rows[3:])
                        line, row = next((y, r) for y, r in enumerate(lines, 3) if text in r)
                        inside = row.index(text) + max(1, text.find("x"))
                        await pilot.click(offset=(inside, line))
                    assert (app.is_running, app.screen) == (True, screen)
                shown += len(batch)
            assert store.log.rows() == []
        return shown

    assert asyncio.run(play()) == COUNT
