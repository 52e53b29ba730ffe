"""A made-up learner's year: rows of the log as real grading leaves them, the same for a seed.

`python tests/year_of_reviews.py HOME [CARDS] [NEW]` writes such a year, up to today, into the
database of a new HOME: of the library CARDS, or of a library it makes in HOME; NEW cards a day.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from random import Random

from mirror_rows import DAY, basic, cloze, put

from studytool.connection import writing
from studytool.days import as_date
from studytool.notes import Card, Note, note_key
from studytool.scheduling import (
    BUTTONS,
    DRILLED_BELOW,
    NEW_CARD,
    Act,
    CardState,
    Rating,
    Review,
    apply,
    quality,
)
from studytool.sm2 import Sm2
from studytool.store import Store
from studytool.values import astuple, replace

SM2 = Sm2()
DEVICE = "0a1b2c3d"
MINUTE = 60_000
HOLIDAY = range(150, 164)
"""Days before the last one on which nothing is learned."""
TRAVEL = range(40, 61)
"""Days before the last one that are spent in New York."""


RENAMES = {"former-3": "n3", "former-90": "n90", "former-40": "n40"}
"""Keys that notes of the library had in the first half of the year."""
GONE = (Card("gone", "front"), Card("gone", "reverse"), Card("old/foreign", "front"))
"""Cards that were learned and are not in the library; the last one is in another."""


def library() -> list[Note]:
    """Return notes of a few decks, with tags, a suspended one among them."""
    decks = {"ML::GANs": "gan", "ML::Kernels": "kernel", "Cooking::Eggs": "egg", "日本": "日"}
    notes: list[Note] = []
    for number in range(640):
        deck = list(decks)[number % 7 % 4]
        tags = (decks[deck], "hard" if number % 9 == 0 else "easy")
        values = {"deck": deck, "tags": tags, "suspended": number % 41 == 40}
        if number % 5 == 0:
            notes.append(cloze(f"n{number}", "{{c1::One}} and {{c2::two}}.", **values))
        else:
            notes.append(basic(f"n{number}", **values))
    return notes


def cards_of(notes: Iterable[Note], name: str = "") -> list[Card]:
    """Return the cards of the notes of a library, in order."""
    return [Card(note_key(name, note), part) for note in notes for part in note.parts()]


class _Learner:
    """Answers, and keeps the rows."""

    def __init__(self, cards: Sequence[Card], seed: int, last: int) -> None:
        self.chance = Random(seed)
        self.last = last
        self.rows: list[Review] = []
        self.fresh = list(reversed(cards))
        self.states: dict[Card, CardState] = defaultdict(lambda: NEW_CARD)
        self.waiting: dict[int, list[Card]] = defaultdict(list)
        self.late: list[Card] = []
        self.gift = {card: self.chance.uniform(0.76, 0.99) for card in cards}
        self.at_ms = 0

    def row(self, card: Card, act: Act, rating: Rating | None, **values: object) -> Review:
        """Add a row, some seconds after the one before."""
        duration = self.chance.randrange(3_000, 21_000) if rating else 0
        self.at_ms += duration or 1_000
        self.rows.append(
            Review(
                *(f"{self.at_ms:013x}-{DEVICE}-000", DEVICE, self.at_ms, self.day, self.zone),
                *(card.key, card.part, act),
                key=str(int(rating)) if rating else "",
                scale=BUTTONS if rating else "",
                rating=int(rating) if rating else None,
                duration_ms=duration,
                scheduler="sm2" if rating else "",
                **values,  # type: ignore[arg-type]
            )
        )
        return self.rows[-1]

    def rating(self, card: Card) -> Rating:
        """Return how well a card is known today."""
        state = self.states[card]
        late = self.day - (state.schedule.due or self.day)
        known = 0.7 if state is NEW_CARD else self.gift[card] - min(0.2, late / 200)
        if self.chance.random() > known:
            return Rating.AGAIN
        return self.chance.choices([Rating.HARD, Rating.GOOD, Rating.EASY], [10, 78, 12])[0]

    def ask(self, card: Card, act: Act) -> bool:
        """Answer a card, now and then twice; tell whether it is to be drilled."""
        rating = self.rating(card)
        row = self.row(card, act, rating)
        if self.chance.random() < 0.006:
            self.row(card, Act.UNDO, None, target=row.id)
            rating = self.rating(card)
            row = self.row(card, act, rating)
        after = self.states[card] = apply(self.states[card], row, SM2)
        if act is Act.REVIEW:
            assert after.schedule.due is not None
            self.waiting[after.schedule.due].append(card)
        return quality(rating) < DRILLED_BELOW

    def study(self, day: int, new: int, most: int) -> None:
        """Learn for a day, or not; the last days are broken off in the middle."""
        ago = self.last - day
        self.late += self.waiting.pop(day, [])
        if ago in HOLIDAY or (ago > 9 and self.chance.random() < 0.1):
            return
        self.day = day
        self.zone = -300 if ago in TRAVEL else 60 if ago % 365 < 180 else 120
        hour = self.chance.choices([7, 8, 12, 19, 21, 22, 24], [4, 9, 3, 4, 8, 5, 1])[0]
        clock = (day * 1440 + hour * 60 + self.chance.randrange(45) - self.zone) * MINUTE
        self.at_ms = max(self.at_ms, clock)
        asked = [self.fresh.pop() for _ in range(min(new, len(self.fresh)))]
        asked += self.late[:most]
        self.late = self.late[most:]
        if ago < 3:
            part = len(asked) // 3
            self.late += [card for card in asked[part:] if self.states[card] is not NEW_CARD]
            asked = asked[:part]
        pile = [card for card in asked if self.ask(card, Act.REVIEW)]
        while len(pile) > (2 if not ago else 0):
            pile = [card for card in pile if self.ask(card, Act.DRILL)]
        if asked and self.chance.random() < 0.1:
            self.row(asked[0], Act.PRACTICE, self.rating(asked[0]))

    def rename(self, names: Mapping[str, str]) -> None:
        """Give notes another key, and go on with it."""
        for old, new in names.items():
            self.row(Card(old, ""), Act.RENAME, None, target=new)

            def now(card: Card, old: str = old, new: str = new) -> Card:
                return Card(new, card.part) if card.key == old else card

            self.states = defaultdict(
                lambda: NEW_CARD, {now(card): state for card, state in self.states.items()}
            )
            self.gift = {now(card): gift for card, gift in self.gift.items()}
            self.fresh = [now(card) for card in self.fresh]
            self.late = [now(card) for card in self.late]
            for day, cards in self.waiting.items():
                self.waiting[day] = [now(card) for card in cards]


def year(
    cards: Sequence[Card],
    last: int = DAY,
    seed: int = 5,
    new: int = 2,
    most: int = 60,
    renames: Mapping[str, str] | None = None,
    days: int = 400,
) -> list[Review]:
    """Return the rows of a learner's year and a bit.

    Args:
        cards: What is learned, in this order.
        last: The last study day.
        seed: Another seed, another learner.
        new: New cards a day.
        most: Reviews a day; the rest waits.
        renames: Keys that notes of `cards` get half-way.
        days: How many days it lasts.
    """
    learner = _Learner(cards, seed, last)
    for day in range(last - days + 1, last + 1):
        learner.study(day, new, most)
        if last - day == days // 2:
            learner.rename(renames or {})
    return learner.rows


def write(store: Store, rows: Iterable[Review]) -> None:
    """Put rows into the log as they are, and make the cards of them."""
    marks = ",".join("?" * 17)
    with writing(store.connection):
        store.connection.executemany(
            f"INSERT INTO reviews VALUES ({marks})",
            ((*astuple(row), row.checksum()) for row in rows),
        )
    store.rebuild(SM2)


def year_in(home: Path) -> tuple[Store, list[Review]]:
    """Return a new store with the library and a year of it, and the rows of the year."""
    store = Store.open(home, as_date(DAY))
    notes = library()
    put(store, notes)
    put(store, [basic("old/foreign"), basic("n1")], root="/elsewhere")
    former = {new: old for old, new in RENAMES.items()}
    cards = [replace(card, key=former.get(card.key, card.key)) for card in cards_of(notes)]
    cards[5:5] = GONE
    rows = year(cards, renames=RENAMES)
    write(store, rows)
    return store, rows


def _banks(folder: Path) -> None:
    """Make a library of ten thousand notes."""
    folder.mkdir(parents=True)
    topics = ("GANs", "Optimisers", "Kernels", "Attention", "Graphs", "Speech", "Vision", "Text")
    for topic in topics:
        lines = [f"deck: ML::{topic}", "notes:"]
        for number in range(1250):
            lines.append(f"- {{id: {topic}-{number}, q: 'What is {topic} {number}?', a: Yes.,")
            lines[-1] += f" tags: [{topic.lower()}, part-{number % 4}]}}"
        (folder / f"{topic.lower()}.yaml").write_text("\n".join(lines) + "\n")


def main(home: str, cards: str = "", new: str = "3") -> None:
    """Write a year that ends today."""
    from studytool.cli.console import clock
    from studytool.opening import open_library

    now = clock()
    folder = Path(cards) if cards else Path(home) / "cards"
    if not folder.exists():
        _banks(folder)
    with open_library(Path(home).absolute(), folder.absolute(), now) as opened:
        known = opened.store.connection.execute("SELECT key, parts FROM notes")
        learned = [Card(key, part) for key, parts in known for part in parts.split()]
        rows = year(learned, now.day, new=int(new), most=int(new) * 14)
        write(opened.store, rows)
        print(f"{len(rows):,} rows")


if __name__ == "__main__":
    main(*sys.argv[1:])
