"""How the days ahead are written."""

from __future__ import annotations

import pytest

from studytool.due_days import days_ahead


@pytest.mark.parametrize(
    ("text", "days"),
    [("0", 0), (" 5 ", 5), ("4-4", 4), ("36500", 36_500), ("36501", None), ("", None)]
    + [(text, None) for text in ("3-", "-3", "x", "5 days", "1e3", "²", "1-2-3", "9" * 30)],
)
def test_a_number_of_days(text: str, days: int | None) -> None:
    assert days_ahead(text, "seed") == days


def test_a_range_gives_each_of_its_days_and_the_same_one_for_the_same_card() -> None:
    drawn = [days_ahead("7 – 3", f"card {number}") for number in range(200)]
    assert set(drawn) == {3, 4, 5, 6, 7}
    assert drawn == [days_ahead("3-7", f"card {number}") for number in range(200)]
