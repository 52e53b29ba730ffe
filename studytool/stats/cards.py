"""What the cards themselves say: how many there are of each age, and when they come due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import ceil

from studytool.notes import Card
from studytool.scheduling import CardState, State
from studytool.stats.periods import MATURE, Ratio
from studytool.values import Value

AHEAD = 30
"""How many days the future due are counted for, today included."""


class KnownCard(Value):
    """A card of a library, and where it stands.

    Attributes:
        card: Which card.
        deck: Full name of its note's deck.
        tags: Tags of its note.
        suspended: Whether it is out of review.
        state: The replay of its rows.
        buried_until: Study day before which it is not asked, or None.
    """

    card: Card
    deck: str
    tags: tuple[str, ...]
    suspended: bool
    state: CardState
    buried_until: int | None = None

    @property
    def due(self) -> int | None:
        """Study day on which it is asked; None before the first grade."""
        due, until = self.state.schedule.due, self.buried_until
        return due if due is None or until is None else max(due, until)


class CardCounts(Value):
    """Cards by age; each is counted once, a suspended one as suspended only.

    Attributes:
        new: Never graded.
        learning: Graded below good today, and not passed in the drill yet.
        young: The rest with an interval below 21 days.
        mature: The rest.
        suspended: Out of review.
    """

    new: int = 0
    learning: int = 0
    young: int = 0
    mature: int = 0
    suspended: int = 0

    @property
    def total(self) -> int:
        """All cards."""
        return self.new + self.learning + self.young + self.mature + self.suspended


class Future(Value):
    """Cards by the day they come due; suspended ones never do.

    Attributes:
        overdue: Due before today: the backlog.
        days: Due on each of the next days, today first.
    """

    overdue: int
    days: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them, the backlog included."""
        return self.overdue + sum(self.days)

    @property
    def average(self) -> float:
        """Cards a day if the backlog is spread over the days."""
        return self.total / len(self.days)


class Spread(Value):
    """How a number is spread over cards.

    Attributes:
        counts: Each number that occurs and how many cards have it, in order.
    """

    counts: tuple[tuple[int, int], ...] = ()

    @property
    def cards(self) -> int:
        """How many cards there are."""
        return sum(cards for _, cards in self.counts)

    @property
    def mean(self) -> float | None:
        """The mean; None without cards."""
        total = sum(value * cards for value, cards in self.counts)
        return total / self.cards if self.counts else None

    def within(self, share: float) -> int | None:
        """Return the smallest number that a share of the cards does not exceed, or None."""
        missing = max(1, ceil(self.cards * share))
        for value, cards in self.counts:
            missing -= cards
            if missing <= 0:
                return value
        return None


class Group(Value):
    """What a deck's or a tag's cards come to.

    Attributes:
        name: The deck or the tag.
        cards: All its cards.
        due: Due today or before.
        new: Never graded.
        mature: With an interval of 21 days at least.
        retention: What was remembered in the last year.
    """

    name: str
    cards: int
    due: int
    new: int
    mature: int
    retention: Ratio


def age(known: KnownCard, today: int) -> str:
    """Return which of `CardCounts` a card belongs to."""
    state, schedule = known.state, known.state.schedule
    if known.suspended:
        return "suspended"
    if state.state is State.NEW or schedule.due is None:
        return "new"
    if state.state is State.LEARNING and schedule.due - schedule.interval >= today:
        return "learning"
    return "mature" if schedule.interval >= MATURE else "young"


def counts(cards: Iterable[KnownCard], today: int) -> CardCounts:
    """Return cards by age."""
    return CardCounts(**Counter(age(known, today) for known in cards))


def future(cards: Iterable[KnownCard], today: int) -> Future:
    """Return cards by the day they come due."""
    dues = Counter(known.due for known in cards if not known.suspended)
    return Future(
        sum(number for due, number in dues.items() if due is not None and due < today),
        tuple(dues[day] for day in range(today, today + AHEAD)),
    )


def spreads(cards: Iterable[KnownCard]) -> tuple[Spread, Spread]:
    """Return the intervals in days, and the ease factors in hundredths, of cards in review."""
    schedules = [
        known.state.schedule
        for known in cards
        if not known.suspended and known.state.schedule.due is not None
    ]
    intervals = Counter(schedule.interval for schedule in schedules)
    eases = Counter(schedule.ease for schedule in schedules)
    return Spread(tuple(sorted(intervals.items()))), Spread(tuple(sorted(eases.items())))


def groups(
    cards: Sequence[KnownCard], retained: Mapping[str, Ratio], today: int
) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """Return what each deck and each tag comes to; a card counts in all its tags.

    Decks are ordered by name, tags by the number of their cards.

    Args:
        cards: The cards.
        retained: What was remembered of each note, by its key.
        today: The present study day.
    """
    decks: dict[str, list[int]] = {}
    tags: dict[str, list[int]] = {}
    told: set[str] = set()
    nothing = Ratio()
    for known in cards:
        key, stage, due = known.card.key, age(known, today), known.due
        kept = nothing if key in told else retained.get(key, nothing)
        told.add(key)
        numbers = (
            1,
            due is not None and due <= today and not known.suspended,
            stage == "new",
            stage == "mature",
            kept.passed,
            kept.reviews,
        )
        for sums, names in ((decks, (known.deck,)), (tags, known.tags)):
            for name in names:
                row = sums.setdefault(name, [0] * len(numbers))
                for index, count in enumerate(numbers):
                    row[index] += count
    by_cards = sorted(_by_name(tags), key=lambda tag: -tag.cards)
    return _by_name(decks), tuple(by_cards)


def _by_name(sums: Mapping[str, Sequence[int]]) -> tuple[Group, ...]:
    """Return groups by name, in any case."""
    found: list[Group] = []
    for name in sorted(sums, key=lambda name: (name.casefold(), name)):
        cards, due, new, mature, passed, reviews = sums[name]
        found.append(Group(name, cards, due, new, mature, Ratio(passed, reviews)))
    return tuple(found)
