"""The four grades under an answer, each with its digit, its word and the next interval."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from studytool.scheduling import Rating

DAYS_A_MONTH, DAYS_A_YEAR = 30.44, 365.25


def interval_text(days: int) -> str:
    """Return an interval in days as people say it: `today`, `6 d`, `1.2 mo`, `3.4 y`."""
    if days <= 0:
        return "today"
    if days < 31:
        return f"{days} d"
    if days < DAYS_A_YEAR:
        return f"{days / DAYS_A_MONTH:.1f} mo"
    return f"{days / DAYS_A_YEAR:.1f} y"


class Grade(Static):
    """One grade; a click gives it."""

    class Chosen(Message):
        """A grade was clicked."""

        def __init__(self, rating: Rating) -> None:
            """Carry the rating."""
            super().__init__()
            self.rating = rating

    def __init__(self, rating: Rating) -> None:
        """Make the tile of a rating."""
        super().__init__(classes=f"grade {rating.name.lower()}", markup=False)
        self.rating = rating
        self.interval = ""

    def render(self) -> Content:
        """Return the word, and the interval under or behind it."""
        word = (f"{self.rating.value} {self.rating.name.capitalize()}", "bold")
        if self.size.height < 2:
            room = self.size.width - len(word[0]) - 1
            interval = self.interval if len(self.interval) <= room else ""
            return Content.assemble(word, (f" {interval}".rstrip(), "$card-muted"))
        return Content("\n").join([Content.assemble(word), self._interval()])

    def _interval(self) -> Content:
        """Return the interval, quiet."""
        return Content.assemble((self.interval, "$card-muted"))

    def on_click(self) -> None:
        """Tell the screen."""
        self.post_message(self.Chosen(self.rating))


class Grades(Horizontal):
    """The row of the four grades."""

    def compose(self) -> ComposeResult:
        """Lay the tiles out."""
        for rating in Rating:
            yield Grade(rating)

    def show(self, intervals: dict[Rating, int]) -> None:
        """Put the next intervals on the tiles."""
        for tile in self.query(Grade):
            tile.interval = interval_text(intervals[tile.rating])
            tile.refresh()
