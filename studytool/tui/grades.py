"""The rows under a card: what to press for the answer, then the four grades as tiles."""

from __future__ import annotations

from rich.cells import cell_len
from textual.events import Click, Leave, MouseMove
from textual.message import Message

from studytool.scheduling import Rating
from studytool.tui.chrome import Chrome, FixedRows, Parts
from studytool.tui.sizes import MEASURE

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


class Grades(Chrome):
    """All four tiles in one widget, so that showing them is a repaint and no layout."""

    class Chosen(Message):
        """A grade was clicked."""

        def __init__(self, rating: Rating) -> None:
            """Carry the rating."""
            super().__init__()
            self.rating = rating

    def __init__(self, prompt: str, keys: tuple[str, ...]) -> None:
        """Begin with the words that stand here until the answer is shown.

        Args:
            prompt: The words.
            keys: The keys of the grades, from again to easy.
        """
        super().__init__("grades")
        self.prompt = prompt
        self.keys = dict(zip(Rating, keys, strict=True))
        self.intervals: dict[Rating, str] = {}
        self.offered = False
        self._pointed: Rating | None = None

    def ask(self, intervals: dict[Rating, int]) -> None:
        """Show the words; the intervals are what each grade of this card would give, if any."""
        self.intervals = {rating: interval_text(days) for rating, days in intervals.items()}
        self.offered = False
        self.refresh()

    def call_to(self, key: str) -> None:
        """Name another key in the words that stand here until the answer is shown."""
        prompt = f"{key}  show the answer"
        if prompt != self.prompt:
            self.prompt = prompt
            self.refresh()

    def offer(self) -> None:
        """Show the grades."""
        self.offered = True
        self.refresh()

    def render(self) -> FixedRows:
        """Return all rows at the present size."""
        width, height = self.size
        if not self.offered:
            above: list[Parts] = [[]] * ((height - 1) // 2)
            characters = width - cell_len(self.prompt) + len(self.prompt)
            return FixedRows(*above, [(self.prompt.center(characters), "$card-muted")])
        tiles = self._tiles()
        rows: list[Parts] = []
        for row in range(height):
            parts: Parts = [(" " * tiles[0][1], "")]
            for index, (rating, start, end) in enumerate(tiles):
                parts += [(" ", "")] if index else []
                parts += self._cell(rating, row, end - start, height)
            rows.append(parts)
        return FixedRows(*rows)

    def _tiles(self) -> list[tuple[Rating, int, int]]:
        """Return each rating with the first column of its tile and the one behind its last."""
        width = min(MEASURE, self.size.width)
        first = (self.size.width - width) // 2
        edges = [first + round((width + 1) * number / len(Rating)) for number in range(5)]
        return [
            (rating, start, end - 1)
            for rating, start, end in zip(Rating, edges, edges[1:], strict=False)
        ]

    def _cell(self, rating: Rating, row: int, width: int, height: int) -> Parts:
        """Return one row of a tile: the word, and under or behind it the interval."""
        word = f"{self.keys[rating]} {rating.name.lower()}"
        interval = self.intervals.get(rating, "")
        above = (height - 2) // 2
        parts: Parts = []
        if height < 2 or row == above:
            parts.append((word, f"$grade-{rating.name.lower()} bold"))
        if height < 2 and cell_len(word) + 1 + len(interval) <= width:
            parts.append((f" {interval}", "$card-muted"))
        elif height > 1 and row == above + 1:
            parts.append((interval, "$card-muted"))
        blanks = max(0, width - sum(cell_len(text) for text, _ in parts))
        left = " " * (blanks // 2)
        # Blanks go with the words beside them: the fewer the pieces, the sooner they are painted.
        parts = parts or [("", "")]
        parts[0] = (left + parts[0][0], parts[0][1])
        parts[-1] = (parts[-1][0] + " " * (blanks - len(left)), parts[-1][1])
        if height < 2:
            return parts
        ground = "$panel" if rating is self._pointed else "$surface"
        return [(text, f"{style} on {ground}".strip()) for text, style in parts]

    def _at(self, column: int) -> Rating | None:
        """Return the rating whose tile is at a column of the widget, its padding included."""
        tiles = self._tiles() if self.offered else []
        column -= self.gutter.left
        return next((rating for rating, start, end in tiles if start <= column < end), None)

    def on_mouse_move(self, event: MouseMove) -> None:
        """Lift the tile under the mouse."""
        self._point(self._at(event.x))

    def on_leave(self, event: Leave) -> None:
        """Let the tile go that was under the mouse."""
        self._point(None)

    def _point(self, rating: Rating | None) -> None:
        """Repaint if the mouse is over another tile now."""
        if rating is not self._pointed:
            self._pointed = rating
            self.refresh()

    def on_click(self, event: Click) -> None:
        """Tell the screen which grade was clicked."""
        rating = self._at(event.x)
        if rating is not None:
            self.post_message(self.Chosen(rating))
