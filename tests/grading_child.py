"""Grades with a real session, as a process of its own; acknowledges each answer on stdout.

Arguments: home, number of answers, seed. Says `ready` and waits for a line on stdin. Each answer
carries its number as its time on the card; a line of output is that number, or `elsewhere`.
"""

import random
import sys
from datetime import date
from pathlib import Path

from mirror_rows import DAY, ROOT, Clock

from studytool.prompts import Outcome
from studytool.queue import Limits
from studytool.scheduling import Rating
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store

STRIDE = 5_000
"""Numbers a seed has for itself; all of them are below the cap on the time on a card."""


def grade(home: Path, answers: int, seed: int) -> None:
    """Grade some answers, day after day; one in ten is taken back."""
    chance = random.Random(seed)
    store = Store.open(home, date(2024, 10, 4))
    last = store.log.last_row()
    clock = Clock(last[1] if last else DAY)
    number = seed * STRIDE
    while number < seed * STRIDE + answers:
        session = Session(store, Selection(ROOT), Sm2(), clock, Limits(10**6, 10**6))
        while session.current and number < seed * STRIDE + answers:
            number += 1
            outcome = session.grade(Rating(chance.randint(1, 4)), duration_ms=number)
            recorded = outcome is Outcome.RECORDED
            sys.stdout.write(f"{number}\n" if recorded else "elsewhere\n")
            sys.stdout.flush()
            if recorded and chance.random() < 0.1:
                session.undo()
        last = store.log.last_row()
        clock.set(max(clock().day, last[1] if last else 0) + 1)
    store.close()


if __name__ == "__main__":
    print("ready", flush=True)
    sys.stdin.readline()
    grade(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
