"""The states of the screen at three sizes, as text that a person has looked at.

UPDATE_SNAPSHOTS=1 in the environment writes them anew.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from editing_banks import library
from mirror_rows import DAY, Clock
from session_steps import GOOD, HARD
from test_note_screens import Lent, script
from test_review_screen import Ticker, run, shown
from textual.events import Paste

from studytool.deck_numbers import DeckNumbers
from studytool.notes import Card
from studytool.tui.app import ReviewApp

SNAPSHOTS = Path(__file__).parent / "snapshots" / "states"
SIZES = [(40, 12), (80, 24), (120, 36)]

BANK = r"""
deck: ML::Generative models
source: {title: A week of learning, author: M. Kaufmann, section: DatasetGAN}
notes:
- id: question
  q: What does DatasetGAN's *style interpreter* predict from StyleGAN's feature maps?
  a: A label for **every pixel**, $p(y \mid x) = \frac{1}{Z}\sum_k w_k f_k(x)$.
  extra: |
    So every image comes with its annotation; a handful labelled by hand is enough.

    | images | labels | mIoU |
    |--------|:------:|-----:|
    | 16     | hand   | 0.71 |
    | 10,000 | made   | 0.83 |
  hint: It works on images, not on text.
- id: choice
  q: '*A dog weighs about 30 kg.* Which numeracy task is this?'
  choices: {right: measurement estimation, wrong: [exact facts, numeration, magnitude comparison]}
  extra: Thawani et al. (2021) sort the tasks by *granularity* and by *units*.
- id: several
  q: Which of these are kernels?
  choices: {right: [RBF, Matérn], wrong: [ReLU, softmax]}
- id: steps
  q: One round of FedAvg?
  steps:
  - send the current model to the clients
  - train on each client for a few epochs
  - average the weights by the size of the clients' data
- id: cloze
  cloze: |
    Label smoothing sets {{c1::the target of {{c2::real::or fake?}} samples to $0.9$}} and
    leaves the fake target at {{c3::0::unchanged}}.
- id: code
  q: What does this return?
  a: |
    ```python
    def ema(values: list[float], beta: float = 0.9) -> float:
        mean = 0.0
        for value in values:  # newest last
            mean = beta * mean + (1 - beta) * value
        return mean / (1 - beta ** len(values))
    ```
    - `mean` starts at zero, hence the correction
      - which fades as $\beta^n \to 0$
- id: long
  q: Why do GANs fail to converge?
  a: |
    1. The gradient vanishes where the discriminator is too good.
    2. The game has cycles: neither player's loss tells how far they are.
    3. The generator covers only some modes of the data.
    4. The two learn at speeds that nobody tunes well.
    5. Batch statistics leak between samples.
    6. The loss that is reported is not the loss that is minimised.

    > An equilibrium is not a minimum.

    Each has its own remedy: other divergences, averaging of the weights, minibatch
    discrimination, two time scales, virtual batch normalisation, and patience.
- id: typed
  q: Who wrote *Optimization of learning*?
  a: Piotr Woźniak, in 1990.
  accept: [Piotr Woźniak, Wozniak]
"""

Steps = Callable[[Any, Any, Path], Awaitable[None]]


def asking(key: str, part: str = "front", keys: tuple[str, ...] = ()) -> Steps:
    """Ask a card, and press keys."""

    async def steps(app: Any, pilot: Any, tools: Path) -> None:
        if not app.session.ask_again(Card(key, part)):
            raise LookupError(key)
        app.session.first_run = False
        app.screen.card.welcome = ()
        app.screen.show_card()
        await shown(app, pilot)
        for press in keys:
            await pilot.press(press)
            await pilot.pause()

    return steps


async def right_and_wrong(app: Any, pilot: Any, tools: Path) -> None:
    """Mark two options, and show the answer."""
    await asking("several")(app, pilot, tools)
    await pilot.press("1", "2", "space")


def typing(words: str, *keys: str) -> Steps:
    """Type an answer, and press keys."""

    async def steps(app: Any, pilot: Any, tools: Path) -> None:
        await asking("typed", keys=("T",))(app, pilot, tools)
        app.post_message(Paste(words))
        await shown(app, pilot, words)
        await pilot.press(*keys)

    return steps


async def summary(app: Any, pilot: Any, tools: Path) -> None:
    while app.session.current is not None:
        app.session.grade(HARD if app.session.done % 4 else GOOD, duration_ms=9000)
    app.screen.show_card()


async def broken(app: Any, pilot: Any, tools: Path) -> None:
    words = (
        "s/  a: Piotr/  aa: Piotr/; s/choices: {right: measurement/choices: {rihgt: measurement/"
    )
    os.environ["EDITOR"] = script(tools / "editor", f"sed -i '{words}' \"$1\"")
    await pilot.press("e")


async def put_away(app: Any, pilot: Any, tools: Path) -> None:
    await pilot.press("f", "3")
    await shown(app, pilot)
    await pilot.press("*")


STATES: dict[str, Steps] = {
    "first_start": asking("question"),
    "question": asking("question"),
    "hint": asking("question", keys=("h",)),
    "answer": asking("question", keys=("space",)),
    "choice_marked": asking("choice", keys=("2",)),
    "choice_revealed": right_and_wrong,
    "steps": asking("steps", "s3"),
    "cloze_nested": asking("cloze", "c2"),
    "cloze_outer": asking("cloze", "c1", ("space",)),
    "code": asking("code", keys=("space",)),
    "long_scrolled": asking("long", keys=("space", "j", "j", "j")),
    "typing": typing("Piotr Wozniak"),
    "typed": typing("Poitr Wozniac", "enter"),
    "flagged_marked": put_away,
    "editing_broken": broken,
    "summary": summary,
    "overview": asking("question"),
}


@pytest.mark.parametrize("state", STATES)
def test_the_states_of_the_screen(
    state: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "true")

    async def at(size: tuple[int, int], folder: Path) -> str:
        folder.mkdir()
        monkeypatch.chdir(folder)
        with library(folder, Clock(DAY), BANK) as (opened, session, _):
            decks = DeckNumbers(opened, session) if state == "overview" else None
            kind = ReviewApp if state == "overview" else Lent
            app = kind(session, ticker=Ticker(), library=decks)
            async with run(app, size) as pilot:
                await shown(app, pilot)
                if state not in ("overview", "first_start"):
                    await STATES[state](app, pilot, folder)
                # What the chosen deck would ask is told after a rest.
                return await shown(app, pilot, "All decks:" if state == "overview" else "")

    pages = []
    for columns, rows in SIZES:
        page = asyncio.run(at((columns, rows), tmp_path / f"{columns}"))
        assert len(page.splitlines()) <= rows
        assert max(map(len, page.splitlines())) <= columns
        pages.append(f"═══ {columns} × {rows} {'═' * (columns - 12)}\n{page}\n")
    found = "".join(pages)
    path = SNAPSHOTS / f"{state}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(found)
    assert found == path.read_text()
