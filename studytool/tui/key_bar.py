"""The last row: the keys that work now, and only as many as fit."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len
from textual.events import Click

from studytool.tui.chrome import Chrome, FixedRows, Parts
from studytool.tui.sizes import MEASURE, inset


class Key(NamedTuple):
    """A key as the bar shows it.

    Attributes:
        key: How the key is written.
        label: What it does now.
        action: The screen's action that a click runs; empty for none.
        works: Whether it would do something; if not it is greyed.
    """

    key: str
    label: str
    action: str = ""
    works: bool = True

    @property
    def width(self) -> int:
        """The columns it takes in the bar."""
        return cell_len(f"{self.key} {self.label}")


class KeyBar(Chrome):
    """Shows keys from the left until the row is full, so the first ones matter most."""

    def __init__(self, under_card: bool = False, measure: int = MEASURE) -> None:
        """Start empty; `show` fills it.

        Args:
            under_card: Whether it stands in with the card on a very wide screen.
            measure: Most columns of what stands above it, if that is no card.
        """
        super().__init__("keys")
        self.under_card = under_card
        self.measure = measure
        self.keys: tuple[Key, ...] = ()

    def show(self, *keys: Key) -> None:
        """Take the keys that work now, the most useful first, and paint."""
        self.keys = keys
        self.refresh()

    def _fitting(self) -> list[tuple[int, Key]]:
        """Return the keys that fit the width, each with the column it starts at."""
        places: list[tuple[int, Key]] = []
        column = inset(self.size.width, self.measure) if self.under_card else 0
        for key in self.keys:
            if column + key.width > self.size.width:
                continue
            places.append((column, key))
            column += key.width + 2
        return places

    def render(self) -> FixedRows:
        """Return the row."""
        parts: Parts = []
        for column, key in self._fitting():
            before = "  " if parts else " " * column
            parts.append((before + key.key, "$accent bold" if key.works else "$card-rule"))
            parts.append((f" {key.label}", "$card-muted" if key.works else "$card-rule"))
        return FixedRows(parts)

    async def on_click(self, event: Click) -> None:
        """Run the action of the key under the mouse, unless a click before has left the screen."""
        pointed = event.x - self.gutter.left
        for column, key in self._fitting():
            hit = column <= pointed < column + key.width and key.action
            if hit and self.app.screen is self.screen:
                await self.screen.run_action(key.action)
