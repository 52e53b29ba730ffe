"""What is said of a backlog when a review begins and when it ends."""

from __future__ import annotations

from studytool.backlog import Backlog, backlog, is_behind
from studytool.session import Session


def backlog_of(session: Session) -> Backlog | None:
    """Return the backlog of the library of a session; None if there is none, and in practice."""
    if session.plan.practice:
        return None
    return backlog(session.store, session.selection.root, session.day, session.limits)


def announced(session: Session) -> str:
    """Return one line for the beginning of a review; empty without a backlog."""
    found = backlog_of(session)
    return _announced(session, f"{found.size:,}") if found else ""


def foretold(session: Session) -> str:
    """Return the same line before the cards are counted, which takes a while if many are due."""
    if session.plan.practice:
        return ""
    place = session.store, session.selection.root, session.day
    return _announced(session, "…") if is_behind(*place, session.limits) else ""


def _announced(session: Session, size: str) -> str:
    """Return the line with a size."""
    limits = session.limits
    line = f"Backlog: {size} due; the most overdue first, {limits.reviews:,} a day"
    return f"{line}; new cards wait until {limits.reviews:,} are left" if limits.new_waits else line


def left(session: Session) -> str:
    """Return what is said at the end of a review; empty without a backlog."""
    found = backlog_of(session)
    return f"{found.size:,} of the backlog left" if found else ""
