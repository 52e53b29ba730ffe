"""What a learner types to set a card due: a number of days, or a range that one is drawn from."""

from __future__ import annotations

import re

from studytool.digests import digest
from studytool.scheduling import MOST_DAYS

HOW = f"write days from 0 to {MOST_DAYS}, such as 5, or a range such as 3-7"
"""What to do when a text says nothing."""
_DAYS = re.compile(r"([0-9]{1,9})\s*(?:[-–]\s*([0-9]{1,9}))?", re.ASCII)


def days_ahead(text: str, seed: str) -> int | None:
    """Return in how many days a card is due, or None if the text does not say so.

    Args:
        text: What was typed: `5`, or `3-7` for one of five days, as in Anki.
        seed: Chooses the day of a range; the same seed gives the same day.
    """
    found = _DAYS.fullmatch(text.strip())
    if found is None:
        return None
    first, last = sorted((int(found[1]), int(found[2] or found[1])))
    if last > MOST_DAYS:
        return None
    return first + int(digest(seed, 8), 16) % (last - first + 1)
