"""The pictures of README, taken from the program: `python tests/take_pictures.py`."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path

from mirror_rows import DAY, ROOT, Clock, put
from mirror_rows import review as log_row
from textual.pilot import Pilot
from year_of_reviews import cards_of, write, year

from studytool.days import as_date
from studytool.deck_numbers import DeckNumbers
from studytool.notes import Kind, Note, Source
from studytool.opening import Opened, review_session
from studytool.queue import Limits
from studytool.scheduling import Rating
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store
from studytool.tui.app import ReviewApp

FOLDER = Path(__file__).parent / "pictures"
FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono"
SIZE = (84, 24)
WIDE = (100, 28)
PICTURES = {
    "question": "The question of a card",
    "answer": "The same card with its answer and the four grades",
    "answer-light": "A choice with its answer, in the light theme",
    "decks": "The decks as a tree, with what is due",
    "statistics": "The statistics",
    "keys": "The list of keys",
}
"""What each picture shows."""

GAUSS = "ML::Probabilistic models::Gaussian processes"
ASKED = (
    Note(
        "gp-posterior-mean",
        Kind.BASIC,
        GAUSS,
        "Posterior mean of a Gaussian process without noise, given data $X$, $f$?",
        "$$m_n(x) = m(x) + \\Sigma(X,x)^\\top \\, \\Sigma(X,X)^{-1} (f - m(X))$$",
        extra="Far from all data the second term vanishes: the prior mean is left.",
        source=Source(title="Gaussian Processes for Machine Learning", date="2006"),
    ),
    Note(
        "gan-orbits",
        Kind.CHOICE,
        "ML::GANs",
        "Generator and discriminator circle round the equilibrium. Which technique damps that?",
        extra="It pulls the parameters towards their mean over time.",
        right=("historical averaging",),
        wrong=("feature matching", "minibatch discrimination", "virtual batch normalisation"),
        source=Source(title="Improved Techniques for Training GANs", date="2016"),
    ),
)
"""The notes that the pictures of a review show."""
DECKS = {
    GAUSS: 60,
    "ML::Probabilistic models::Diffusion": 70,
    "ML::GANs": 90,
    "ML::Language models": 120,
    "ML::Kernels": 40,
    "Cooking::Eggs": 30,
    "Cooking::Bread": 45,
}
"""Decks with their numbers of notes, for the pictures of many."""


def review(home: Path, theme: str) -> ReviewApp:
    """Return a review of the notes above."""
    store = Store.open(home, as_date(DAY))
    put(store, ASKED)
    known = ASKED[0].id
    write(store, [log_row(n, note=known, day=day) for n, day in enumerate((DAY - 7, DAY - 6), 1)])
    return ReviewApp(
        Session(store, Selection(ROOT), Sm2(), Clock(), Limits()), theme=theme, ticker=lambda: 0.0
    )


def overview(home: Path, theme: str) -> ReviewApp:
    """Return the overview of a library that was learned for a year."""
    store = Store.open(home, as_date(DAY))
    notes = [
        Note(f"{deck}-{number}", Kind.BASIC, deck, f"Question {number}?", "Answer.")
        for number in range(max(DECKS.values()))
        for deck, count in DECKS.items()
        if number < count
    ]
    put(store, notes)
    write(store, year(cards_of(notes[:360]), DAY - 1))
    session = review_session(
        Opened(store, Path(ROOT), ()), None, (), None, Clock(), trust_clock=True
    )
    for rating in (*[Rating.GOOD] * 5, Rating.AGAIN):
        session.grade(rating)
    library = DeckNumbers(Opened(store, Path(ROOT), ()), session)
    return ReviewApp(session, theme=theme, ticker=lambda: 0.0, library=library)


PLAYED = {
    "question": (review, "studytool-dark", (), "Posterior mean"),
    "answer": (review, "studytool-dark", ("space",), "1 again"),
    "answer-light": (review, "studytool-light", ("space", "3", "1", "space"), "historical"),
    "decks": (overview, "studytool-dark", ("j",) * 5, "enter asks"),
    "statistics": (overview, "studytool-dark", ("t",), "Calendar"),
    "keys": (review, "studytool-dark", ("question_mark",), "Answer"),
}
"""How each picture comes about: what is opened, the theme, the keys, the words to wait for."""


def self_contained(svg: str, name: str) -> str:
    """Return an export of Textual with names that hold and without fonts from elsewhere."""
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"terminal-\d+", name, svg)
    svg = re.sub(r'\s*<clipPath id="[^"]*-line-\d+">.*?</clipPath>', "", svg, flags=re.DOTALL)
    svg = re.sub(r' clip-path="url\(#[^)]*-line-\d+\)"', "", svg)
    svg = re.sub(r"(\d+\.\d)\d{4,}", r"\1", svg)
    svg = svg.replace(
        "Fira Code", "ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono"
    )
    return "\n".join(line.rstrip() for line in svg.splitlines() if line.strip()) + "\n"


async def _shown(app: ReviewApp, pilot: Pilot[None], words: str) -> None:
    """Wait until the screen shows some words and has come to rest."""
    for turn in range(200):
        await pilot.pause(0.02)
        strips = app.screen._compositor.render_strips()
        text = "\n".join("".join(segment.text for segment in strip) for strip in strips)
        if words in text and turn > 10:
            return
    raise AssertionError(f"no {words!r} on the screen")


def picture(name: str) -> str:
    """Return a picture as SVG."""
    make, theme, keys, words = PLAYED[name]

    async def play(home: Path) -> str:
        app = make(home, theme)
        async with app.run_test(size=WIDE if name == "keys" else SIZE) as pilot:
            for key in keys:
                await pilot.pause(0.05)
                await pilot.press(key)
            await _shown(app, pilot, words)
            await pilot.pause(0.3)
            svg = app.export_screenshot(title="studytool")
        app.session.store.close()
        return svg

    with tempfile.TemporaryDirectory() as home:
        return self_contained(asyncio.run(play(Path(home))), name)


def words_of(svg: str) -> str:
    """Return the text of a picture; its look may differ by the version of Textual."""
    from html import unescape

    rows = re.findall(r"<text [^>]*>(.*?)</text>", svg, re.DOTALL)
    return " ".join(unescape(" ".join(rows)).replace("\u00a0", " ").split())


def main() -> None:
    """Write all pictures."""
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    for name in PICTURES:
        (FOLDER / f"{name}.svg").write_text(picture(name), encoding="utf-8")
        print(name)


if __name__ == "__main__":
    sys.exit(main())
