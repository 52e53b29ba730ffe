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
SIZES = {"keys": (100, 28), "formulas": (84, 84)}
"""Columns and rows of the screens that are not of the usual size."""
PICTURES = {
    "question": "The question of a card",
    "answer": "The same card with its answer and the four grades",
    "formulas": "Twelve famous formulas",
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
FAMOUS = {
    "attention": r"\mathrm{Attention}(Q,K,V)=\operatorname{softmax}\left("
    r"\frac{QK^\top}{\sqrt{d_k}}\right)V",
    "softmax": r"\operatorname{softmax}(z)_i=\frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}",
    "evidence lower bound": r"\log p_\theta(x)\ge\mathbb{E}_{q_\phi(z|x)}[\log p_\theta(x|z)]"
    r"-\mathrm{KL}(q_\phi(z|x)\,\|\,p(z))",
    "GAN": r"\min_G\max_D\;\mathbb{E}_{x\sim p_{\text{data}}}[\log D(x)]"
    r"+\mathbb{E}_{z\sim p_z}[\log(1-D(G(z)))]",
    "posterior of a Gaussian process": r"m_D(x)=m(x)+\Sigma(X,x)^\top\,\Sigma(X,X)^{-1}(f-m(X))",
    "multivariate normal": r"\mathcal{N}(x\mid\mu,\Sigma)=\frac{1}{\sqrt{(2\pi)^d|\Sigma|}}"
    r"\exp\left(-\frac12(x-\mu)^\top\Sigma^{-1}(x-\mu)\right)",
    "Bayes": r"P(A\mid B)=\frac{P(B\mid A)\,P(A)}{P(B)}",
    "Adam": r"\theta_t=\theta_{t-1}-\alpha\,\frac{\hat m_t}{\sqrt{\hat v_t}+\epsilon},\quad"
    r"\hat m_t=\frac{m_t}{1-\beta_1^t},\quad\hat v_t=\frac{v_t}{1-\beta_2^t}",
    "backpropagation": r"\delta^{(l)}=\left((W^{(l+1)})^\top\delta^{(l+1)}\right)\odot"
    r"\sigma'(z^{(l)}),\qquad\frac{\partial L}{\partial W^{(l)}}"
    r"=\delta^{(l)}(a^{(l-1)})^\top",
    "confusion matrix": r"C=\begin{pmatrix}\mathrm{TP}&\mathrm{FN}\\\mathrm{FP}&\mathrm{TN}"
    r"\end{pmatrix},\qquad\mathrm{precision}=\frac{\mathrm{TP}}{\mathrm{TP}+\mathrm{FP}}",
    "reparametrisation": r"z=\mu_\phi(x)+\sigma_\phi(x)\odot\varepsilon,"
    r"\qquad\varepsilon\sim\mathcal{N}(0,I)",
    "federated averaging": r"w_{t+1}=\sum_{k=1}^K\frac{n_k}{n}\,w_{t+1}^k",
}
"""Formulas that many know, by their names."""
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


def formulas(home: Path, theme: str) -> ReviewApp:
    """Return a review of a card with formulas."""
    store = Store.open(home, as_date(DAY))
    answer = "\n\n".join(f"*{name}*\n\n$${tex}$$" for name, tex in FAMOUS.items())
    put(store, (Note("famous", Kind.BASIC, "ML::Formulas", "Twelve formulas?", answer),))
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
    "formulas": (formulas, "studytool-dark", ("space",), "averaging"),
    "answer-light": (review, "studytool-light", ("space", "3", "1", "space"), "historical"),
    "decks": (overview, "studytool-dark", ("j",) * 5, "enter asks"),
    "statistics": (overview, "studytool-dark", ("t",), "Calendar"),
    "keys": (review, "studytool-dark", ("question_mark",), "Answer"),
}
"""How each picture comes about: what is opened, the theme, the keys, the words to wait for."""


def wider_rects(svg: str) -> str:
    """Return a picture whose neighbouring cells of one colour are painted at once."""
    cell = r'<rect fill="([^"]*)" x="([\d.]+)" y="([^"]*)" width="([\d.]+)" (height="[\d.]+") '
    cell += 'shape-rendering="crispEdges"/>'
    rects: list[list[str]] = []
    for found in re.finditer(cell, svg):
        fill, x, y, width, rest = found.groups()
        last = rects[-1] if rects else None
        same = last and [last[0], *last[3:]] == [fill, y, rest]
        if last and same and abs(float(last[1]) + float(last[2]) - float(x)) < 0.2:
            last[2] = f"{float(last[2]) + float(width):.1f}"
            continue
        rects.append([fill, x, width, y, rest])
    shown = (f'<rect fill="{f}" x="{x}" y="{y}" width="{w}" {r}/>' for f, x, w, y, r in rects)
    together = f'<g shape-rendering="crispEdges">{"".join(shown)}</g>'
    return re.sub(f"(?:{cell})+", lambda _: together, svg, count=1)


def self_contained(svg: str, name: str) -> str:
    """Return an export of Textual with names that hold and without fonts from elsewhere."""
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"terminal-\d+", name, svg)
    svg = re.sub(r'\s*<clipPath id="[^"]*-line-\d+">.*?</clipPath>', "", svg, flags=re.DOTALL)
    svg = re.sub(r' clip-path="url\(#[^)]*-line-\d+\)"', "", svg)
    svg = svg.replace("&#160;", "\u00a0")
    svg = wider_rects(re.sub(r"(\d+\.\d)\d{4,}", r"\1", svg))
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
        async with app.run_test(size=SIZES.get(name, SIZE)) as pilot:
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
