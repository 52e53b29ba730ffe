"""The scheduler SM-2 as published in 1990, exact in integers."""

from __future__ import annotations

from studytool.scheduling import PASSED, Schedule

MAX_INTERVAL = 36_500
"""Longest interval in days; beyond it dates run out, and no learner does not."""
MIN_EASE = 130
"""Smallest ease factor, in hundredths."""
FIRST_INTERVALS = (1, 6)
"""Days after the first and the second repetition."""


class Sm2:
    """SM-2 by the text of P. A. Wozniak, *Optimization of learning* (1990), section 3.2.

    Where the text is silent the published Delphi listing decides: the interval grows by the
    ease factor from before the grade, and a failure starts again at the first interval. A
    failure leaves the ease factor alone (step 6). Intervals are rounded up (step 3). Lateness
    earns nothing: the next interval counts from the day of the review.
    """

    name = "sm2"

    def next(self, schedule: Schedule, quality: int, day: int) -> Schedule:
        """Return the schedule after a grade.

        Args:
            schedule: The schedule before the grade.
            quality: 0 to 5; below 3 is a failure.
            day: The study day of the grade.

        Raises:
            ValueError: If the quality is not a whole number from 0 to 5.
        """
        if type(quality) is not int or not 0 <= quality <= 5:
            raise ValueError(f"quality must be a whole number from 0 to 5, not {quality!r}")
        if quality < PASSED:
            lapsed = schedule.repetitions > 0 or schedule.lapses > 0
            return Schedule(
                due=day + FIRST_INTERVALS[0],
                interval=FIRST_INTERVALS[0],
                repetitions=0,
                lapses=schedule.lapses + lapsed,
                ease=schedule.ease,
            )
        if schedule.repetitions < len(FIRST_INTERVALS):
            interval = FIRST_INTERVALS[schedule.repetitions]
        else:
            interval = min(MAX_INTERVAL, -(-schedule.interval * schedule.ease // 100))
        missing = 5 - quality
        return Schedule(
            due=day + interval,
            interval=interval,
            repetitions=schedule.repetitions + 1,
            lapses=schedule.lapses,
            ease=max(MIN_EASE, schedule.ease + 10 - missing * (8 + missing * 2)),
        )
