"""What is said of a backlog when a review begins and when it ends."""

from __future__ import annotations

from studytool.backlog import Backlog, backlog
from studytool.session import Session


def backlog_of(session: Session) -> Backlog | None:
    """Return the backlog of the library of a session; None if there is none, and in practice."""
    if session.plan.practice:
        return None
    return backlog(session.store, session.selection.root, session.day, session.limits)


def announced(session: Session) -> str:
    """Return one line for the beginning of a review; empty without a backlog."""
    found = backlog_of(session)
    if found is None:
        return ""
    line = f"Backlog: {found.size:,} due; the most overdue first, {found.a_day:,} a day"
    return f"{line}; new cards wait until {found.a_day:,} are left" if found.new_waits else line


def left(session: Session) -> str:
    """Return what is said at the end of a review; empty without a backlog."""
    found = backlog_of(session)
    return f"{found.size:,} of the backlog left" if found else ""
