"""The sections that look at cards: ages, answer buttons, intervals, ease, decks and tags."""

from __future__ import annotations

from collections.abc import Sequence

from studytool import charts
from studytool.columns import facts, table
from studytool.scheduling import Rating
from studytool.screen_text import clean_line
from studytool.sm2 import MAX_INTERVAL, MIN_EASE
from studytool.stats.answers import Stage
from studytool.stats.cards import Group
from studytool.stats.section import WIDE, Section, number, percent
from studytool.stats.statistics import Statistics
from studytool.wording import counted
from studytool.wrapping import Row, Rows, Run

AGES = (
    ("new", Run("·", "rule")),
    ("learning", Run("░", "level-1")),
    ("young", Run("▒", "level-2")),
    ("mature", Run("█", "bar")),
    ("suspended", Run("╌", "rule")),
)
"""The ages of cards and how the bar shows them."""
INTERVALS = (
    (1, "1 day"), (6, "2–6 days"), (13, "1 week"), (20, "2 weeks"), (30, "3 weeks"),
    (60, "1 month"), (90, "2 months"), (180, "3–6 months"), (365, "6–12 months"),
    (730, "1–2 years"), (MAX_INTERVAL, "2 years +"),
)  # fmt: skip
"""The last interval of each bar, in days, and its name."""
EASE_STEP = 20
"""Ease factors on one bar, in hundredths."""
FEW_TAGS = 20
"""A page of all sections has no more tags."""
_ROOMY_BARS = 39
"""From this width on the bars of the buttons are two columns wide."""
_SCHEDULED = (Stage.NEW, Stage.YOUNG, Stage.MATURE)


def cards(found: Statistics, width: int) -> Section:
    """How many cards there are of each age."""
    total = found.cards.total
    ages = [(getattr(found.cards, name), name, look) for name, look in AGES]
    body = [
        (look, name, number(count), percent(count / total if total else None))
        for count, name, look in ages
    ]
    bar = charts.shares([(count, look) for count, _, look in ages], width)
    rows = table(("", "", "", ""), body, width, names=2)[1:]
    return Section("Cards", f"{number(total)} in all", (bar, *rows))


def buttons(found: Statistics, width: int) -> Section:
    """How often each button was pressed at each stage of a card, in bars and in per cent."""
    pressed = {
        stage: [count / max(1, sum(counts)) for count in counts]
        for stage, counts in found.buttons.items()
    }
    peak = max(max(pressed[stage]) for stage in _SCHEDULED) or 1
    bar, gap = (2, 3) if width >= _ROOMY_BARS else (1, 1)
    group = 4 * (bar + 1) - 1
    groups = [charts.bars(pressed[stage], 5, peak, bar, 1) for stage in _SCHEDULED]
    rows: list[Row] = [
        tuple(run for part in parts for run in (*part, Run(" " * gap)))
        for parts in zip(*groups, strict=True)
    ]
    digits = "".join(digit.ljust(bar + 1) for digit in "1234").ljust(group + gap)
    names_below = "".join(stage.value.ljust(group + gap) for stage in _SCHEDULED)
    rows += [
        (Run(digits[: group + gap] * len(_SCHEDULED), "muted"),),
        (Run(names_below, "muted"),),
        (),
    ]
    body: list[Sequence[str | Run]] = []
    for stage, counts in found.buttons.items():
        if any(counts) or stage in _SCHEDULED:
            shares = [percent(share if any(counts) else None, 0) for share in pressed[stage]]
            body.append([Run(stage.value, "muted"), *shares, Run(number(sum(counts)), "muted")])
    names = [rating.name.lower() for rating in Rating]
    if width >= WIDE:
        names = [f"{digit} {name}" for digit, name in enumerate(names, start=1)]
    rows += table(("", *names, "answers"), body, width)
    total = sum(map(sum, found.buttons.values()))
    return Section("Answer buttons", f"{number(total)} last year", tuple(rows))


def intervals(found: Statistics, width: int) -> Section:
    """How long the intervals of cards are."""
    spread = found.intervals
    bins = dict.fromkeys((name for _, name in INTERVALS), 0)
    for days, count in spread.counts:
        bins[next(name for last, name in INTERVALS if days <= last)] += count
    pairs = [
        (word, counted(reached, "day"))
        for word, share in (("median", 0.5), ("90 % within", 0.9), ("longest", 1))
        if (reached := spread.within(share)) is not None
    ]
    rows = (*_histogram(list(bins.items()), width), *facts(pairs, width))
    return Section("Intervals", _in_review(spread.cards), rows)


def ease(found: Statistics, width: int) -> Section:
    """How easy cards are; the factor of a new card is 2.50."""
    bins: dict[int, int] = {}
    for value, count in found.ease.counts:
        start = MIN_EASE + (value - MIN_EASE) // EASE_STEP * EASE_STEP
        bins[start] = bins.get(start, 0) + count
    starts = range(min(bins, default=0), max(bins, default=-1) + 1, EASE_STEP)
    named = [
        (f"{start / 100:.2f}–{(start + EASE_STEP - 1) / 100:.2f}", bins.get(start, 0))
        for start in starts
    ]
    mean = found.ease.mean
    pairs = [] if mean is None else [("mean", f"{mean / 100:.2f}")]
    rows = (*_histogram(named, width), *facts(pairs, width))
    return Section("Ease factors", _in_review(found.ease.cards), rows)


def _in_review(count: int) -> str:
    """Return how many cards a histogram is of."""
    return f"{counted(count, 'card')} in review"


def _histogram(bins: Sequence[tuple[str, int]], width: int) -> list[Row]:
    """Return lying bars with their names and numbers, without the empty ones at both ends."""
    full = [index for index, (_, count) in enumerate(bins) if count]
    if not full:
        return [(Run("no card is in review yet", "muted"),)]
    shown = bins[full[0] : full[-1] + 1]
    peak = max(count for _, count in shown)
    names = max(len(name) for name, _ in shown)
    digits = len(number(peak))
    room = max(1, width - names - digits - 4)
    return [
        (
            Run(name.ljust(names + 2), "muted"),
            Run(number(count).rjust(digits) + "  "),
            Run(charts.meter(count, peak, room), "bar"),
        )
        for name, count in shown
    ]


def decks(found: Statistics, width: int) -> Section:
    """What each deck comes to."""
    return Section("Decks", _RETENTION, _groups("deck", found.decks, width))


def tags(found: Statistics, width: int) -> Section:
    """What each tag comes to."""
    return Section("Tags", _RETENTION, _groups("tag", found.tags, width))


def few_tags(found: Statistics, width: int) -> Section:
    """What the tags with the most cards come to."""
    shown = _groups("tag", found.tags[:FEW_TAGS], width)
    more = len(found.tags) - FEW_TAGS
    if more > 0:
        shown += tuple(facts([(f"and {more:,} more:", "studytool stats --graph tags")], width))
    return Section("Tags", _RETENTION, shown)


_RETENTION = "retention: last year"


def _groups(what: str, groups: Sequence[Group], width: int) -> Rows:
    """Return a table of decks or tags; in a narrow one it is said shorter, and without mature."""
    if not groups:
        return ((Run(f"no {what}s", "muted"),),)
    wide = width >= WIDE
    head = (what, "cards", "due", "new", *["mature"] * wide, "retention" if wide else "kept")
    body = [
        (
            clean_line(group.name),
            *map(number, (group.cards, group.due, group.new)),
            *[number(group.mature)] * wide,
            percent(group.retention, 1 if wide else 0),
        )
        for group in groups
    ]
    return tuple(table(head, body, width))
