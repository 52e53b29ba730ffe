"""A library of real files that the tests of editing in a review share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mirror_rows import Clock

from studytool.opening import Opened, open_library, review_session
from studytool.session import Session

BANK = """\
deck: D::E
tags: [one, two]
source: {title: A work, author: Somebody, url: 'https://example.org/work'}
notes:
- id: first
  q: First question?
  a: First answer.
- id: second
  q: Second question?
  a: Second answer.
- id: third
  q: Third question?
  steps: [alpha, beta, gamma]
"""


@contextmanager
def library(folder: Path, clock: Clock, text: str = BANK) -> Iterator[tuple[Opened, Session, Path]]:
    """Open a review of one bank; the last of what is yielded is its file."""
    (folder / "cards").mkdir(exist_ok=True)
    bank = folder / "cards" / "bank.yaml"
    bank.write_text(text)
    with open_library(folder / "home", folder / "cards", clock()) as opened:
        yield opened, review_session(opened, None, (), None, clock, False), bank


def change(bank: Path, old: str, new: str) -> None:
    """Change a bank as an editor would."""
    text = bank.read_text()
    assert old in text
    bank.write_text(text.replace(old, new))
