"""Charts as rows of runs: bars of eighth blocks, a line, a heat map; numbers in, characters out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studytool.wrapping import Row, Run

_RISING = " ▁▂▃▄▅▆▇█"
HEAT = "·░▒▓█"
"""The levels of a heat map, which read without colour too."""


def bars(
    values: Sequence[float], height: int, peak: float, bar: int, gap: int, roles: str = "bar"
) -> list[Row]:
    """Return upright bars, top row first.

    Args:
        values: One bar each; what is not 0 shows at least an eighth of a row.
        height: Rows.
        peak: What fills the height; a higher value is cut, and its top says so with `▲`.
        bar: Columns of a bar.
        gap: Columns between bars.
        roles: Roles of the bars.
    """
    eighths = [
        max(1, min(8 * height, round(8 * height * value / peak))) if value > 0 else 0
        for value in values
    ]
    rows: list[Row] = []
    for level in range(height - 1, -1, -1):
        cells = [_RISING[max(0, min(8, count - 8 * level))] * bar for count in eighths]
        if level == height - 1:
            cells = [
                "▲" * bar if value > peak else cell
                for cell, value in zip(cells, values, strict=True)
            ]
        rows.append((Run((" " * gap).join(cells), roles),))
    return rows


def meter(value: float, peak: float, width: int) -> str:
    """Return a lying bar, exact to half a column; what is not 0 shows at least that."""
    halves = max(1, min(2 * width, round(2 * width * value / peak))) if value > 0 else 0
    return "━" * (halves // 2) + "╸" * (halves % 2)


def shares(parts: Sequence[tuple[int, Run]], width: int) -> Row:
    """Return a lying bar parted by numbers, each with the look of its run.

    The parts fill the width; one that is not 0 has at least a column, if there are enough.
    """
    total = sum(number for number, _ in parts)
    if not total:
        return (Run("─" * width, "rule"),)
    least = [int(number > 0) for number, _ in parts]
    if sum(least) > width:
        least = [0] * len(parts)
    exact = [number * width / total for number, _ in parts]
    cells = [max(int(share), low) for share, low in zip(exact, least, strict=True)]
    while (missing := width - sum(cells)) != 0:
        step = 1 if missing > 0 else -1
        wrong = [
            (step * (exact[index] - cells[index]), index)
            for index in range(len(cells))
            if step > 0 or cells[index] > least[index]
        ]
        cells[max(wrong)[1]] += step
    return tuple(
        Run(look.text * count, look.roles)
        for count, (_, look) in zip(cells, parts, strict=True)
        if count
    )


def line(
    values: Sequence[float | None], width: int, height: int, low: float, high: float, mark: float
) -> list[Row]:
    """Return a line of box-drawing characters, top row first.

    Args:
        values: What is drawn, from left to right; None leaves a gap.
        width: Columns; each shows the mean of the values that fall on it.
        height: Rows.
        low: What the lowest row stands for.
        high: What the highest row stands for.
        mark: Where a dashed rule is drawn behind the line; nowhere if it is beyond both ends.
    """

    def place(value: float) -> int:
        return max(0, min(height - 1, round((high - value) / (high - low) * (height - 1))))

    heights: list[int | None] = []
    for column in range(width):
        first = column * len(values) // width
        last = max(first + 1, (column + 1) * len(values) // width)
        found = [value for value in values[first:last] if value is not None]
        heights.append(place(sum(found) / len(found)) if found else None)
    cells = [[" "] * width for _ in range(height)]
    before: int | None = None
    for column, here in enumerate(heights):
        if here is not None and before is not None and here != before:
            cells[before][column], cells[here][column] = "╯╭" if here < before else "╮╰"
            for between in range(min(before, here) + 1, max(before, here)):
                cells[between][column] = "│"
        elif here is not None:
            cells[here][column] = "─"
        before = here
    return [
        _over("".join(row), "╌" if number == place(mark) and low <= mark <= high else " ")
        for number, row in enumerate(cells)
    ]


def _over(text: str, ground: str) -> Row:
    """Return a row of a line in front of a ground."""
    runs: list[Run] = []
    for character in text:
        run = Run(character, "curve") if character != " " else Run(ground, "rule")
        if runs and runs[-1].roles == run.roles:
            runs[-1] = Run(runs[-1].text + run.text, run.roles)
        else:
            runs.append(run)
    return tuple(runs)


def heat(levels: Sequence[int | None], pitch: int) -> list[Row]:
    """Return seven rows, a column a week.

    Args:
        levels: The level of each day, 0 to 4, from a Monday on; None leaves a blank.
        pitch: Columns a week.
    """
    rows: list[Row] = []
    for weekday in range(7):
        runs: list[Run] = []
        for level in levels[weekday::7]:
            text = (HEAT[level] if level is not None else " ").ljust(pitch)
            roles = f"level-{level}" if level is not None else ""
            if runs and runs[-1].roles == roles:
                runs[-1] = Run(runs[-1].text + text, roles)
            else:
                runs.append(Run(text, roles))
        rows.append(tuple(runs))
    return rows


def axis(rows: Sequence[Row], labels: Mapping[int, str]) -> list[Row]:
    """Return a chart with labels on the left of some of its rows, by their numbers."""
    width = max(map(len, labels.values()), default=0)
    return [
        (Run(labels.get(number, "").rjust(width) + " ", "muted"), *row)
        for number, row in enumerate(rows)
    ]


def ticks(marks: Sequence[tuple[int, str]], width: int) -> Row:
    """Return words under a chart, each at its column; one that would not fit is left out."""
    text = ""
    for column, word in marks:
        if column >= len(text) + bool(text) and column + len(word) <= width:
            text = text.ljust(column) + word
    return (Run(text, "muted"),)
