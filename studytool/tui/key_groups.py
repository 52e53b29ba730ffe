"""The headings under which the list of keys shows what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Answer": (
            *("review.reveal", "review.again", "review.hard", "review.good", "review.easy"),
            *(f"review.option-{number}" for number in range(1, 10)),
            *("review.typing", "review.hint", "review.undo"),
        ),
        "Card": (
            *("review.bury-card", "review.suspend-card", "review.flag"),
            *("review.set-due", "review.reset", "review.card"),
            *("browse.bury-card", "browse.suspend-card", "browse.flag", "browse.set-due"),
            *("browse.reset", "browse.card", "browse.undo"),
        ),
        "Note": (
            *("review.bury-note", "review.suspend-note", "review.mark"),
            *("review.edit", "review.open"),
            *("browse.bury-note", "browse.suspend-note", "browse.mark", "browse.edit"),
            "browse.open",
        ),
        "Decks": (
            *("overview.study", "overview.practise", "overview.down", "overview.up"),
            *("overview.fold", "overview.unfold", "overview.first", "overview.last"),
            *("overview.page-down", "overview.page-up"),
        ),
        "Find": ("overview.filter", "overview.clear", "overview.browse", "browse.search"),
        "Look": (
            *("review.latex", "review.down", "review.up", "review.page-down", "review.page-up"),
            *("review.first", "review.last", "review.statistics", "overview.statistics"),
            *("browse.preview", "browse.down", "browse.up", "browse.first", "browse.last"),
            *("browse.page-down", "browse.page-up"),
        ),
        "Pick": ("browse.pick", "browse.pick-to-here", "browse.pick-all"),
        "Session": (
            *("review.auto-advance", "review.pause", "review.keys", "review.leave"),
            *("overview.keys", "overview.leave", "browse.keys", "browse.leave"),
        ),
    }
)
"""Ids of bindings by group, in the order in which they are shown."""
REST = "More"
"""The group of bindings that are in none."""


def grouped(bindings: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the ids of a screen's bindings by group; groups without any are left out."""
    have = tuple(bindings)
    found = {
        group: tuple(name for name in names if name in have) for group, names in GROUPS.items()
    }
    known = {name for names in found.values() for name in names}
    found[REST] = tuple(name for name in have if name not in known)
    return {group: names for group, names in found.items() if names}
