"""Steps through a session that its tests share."""

from __future__ import annotations

from collections.abc import Callable

from studytool.scheduling import Act, Rating
from studytool.session import Session

AGAIN, HARD, GOOD, EASY = Rating
Start = Callable[..., Session]


def name(session: Session) -> str:
    """Return the current card as `note` or `note/part`; empty when all is done."""
    if session.current is None:
        return ""
    card = session.current.card
    return card.key if card.part == "front" else f"{card.key}/{card.part}"


def finish(session: Session, rating: Rating = GOOD) -> list[str]:
    """Grade everything alike, and return what was asked."""
    asked = []
    while session.current is not None:
        asked.append(name(session))
        session.grade(rating)
    return asked


def act(session: Session) -> Act | None:
    return session.current.act if session.current else None
