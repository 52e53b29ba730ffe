"""Steps of a deck's way to Anki and back."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

from anki.collection import ExportAnkiPackageOptions
from anki_profile import Anki

from studytool.days import Moment, moment
from studytool.export import export_library
from studytool.importing import Importing
from studytool.scheduling import Review
from studytool.sm2 import Sm2
from studytool.store import Store

BANK = """deck: ML::GANs
notes:
- {id: plain, q: plain question, a: b}
- {id: both, q: forth, a: there, reverse: back}
- {id: holes, cloze: 'A {{c1::b}} and {{c2::c}}'}
- {id: options, q: Which?, choices: {right: r, wrong: [w, v]}}
- {id: how, q: How?, steps: [one, two]}
"""


def moment_at(ms: int) -> Moment:
    return moment(datetime.fromtimestamp(ms / 1000, UTC))


def now() -> Moment:
    return moment_at(int(time.time() * 1000) + 1)


def to_anki(anki: Anki, cards: Path, out: Path) -> None:
    """Export a library, and import its packages in Anki."""
    export_library(cards, (), out, now())
    anki.take(*sorted(out.iterdir()))


def study(anki: Anki, *eases: int, deck: str = "ML") -> None:
    """Give answers to what Anki asks; their times differ as those of a person do."""
    anki.col.decks.select(anki.col.decks.id_for_name(deck))
    for ease in eases:
        card = anki.col.sched.getCard()
        card.start_timer()
        anki.col.sched.answerCard(card, ease)
        time.sleep(0.003)


def from_anki(anki: Anki, file: Path, legacy: bool) -> Path:
    """Export all of Anki's collection as a deck package with its schedule."""
    options = ExportAnkiPackageOptions(
        with_scheduling=True, with_deck_configs=True, with_media=True, legacy=legacy
    )
    anki.col.export_anki_package(out_path=str(file), options=options, limit=None)
    return file


def take(file: Path, cards: Path, home: Path, dry: bool = False, out=None) -> tuple[str, ...]:
    return Importing(file, cards, home, out, moment_at, now(), dry).run()


def log(home: Path) -> list[Review]:
    store = Store.open(home, datetime.now(UTC).date())
    try:
        return store.log.rows()
    finally:
        store.close()


def states(home: Path) -> dict[tuple[str, str], tuple]:
    """Return the cards of a database, which a replay of its log gives too."""
    store = Store.open(home, datetime.now(UTC).date())
    try:
        query = "SELECT note, part, state, due, interval, repetitions, lapses, ease FROM cards"
        found = sorted(store.connection.execute(query))
        store.rebuild(Sm2())
        assert sorted(store.connection.execute(query)) == found
    finally:
        store.close()
    return {(note, part): tuple(rest) for note, part, *rest in found}
