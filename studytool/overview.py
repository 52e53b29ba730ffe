"""What the command line says about cards: the day at a glance, one note, the end of a review."""

from __future__ import annotations

import shlex

from studytool.ansi import paint
from studytool.days import as_date
from studytool.diagnostics import did_you_mean
from studytool.errors import UsageError
from studytool.faces import face
from studytool.notes import Card, fold
from studytool.opening import Opened
from studytool.scheduling import CardState, State
from studytool.screen_text import clean_line
from studytool.session import Session
from studytool.wording import counted, in_days
from studytool.wrapping import Row, Run, wrap

MORE_NEW = 20
"""How many new cards more are offered when those of the day are done."""


def _due(day: int | None, today: int) -> str:
    """Return in words when a study day is."""
    return "never" if day is None else in_days(day - today, as_date(day))


def overview(opened: Opened, session: Session, places: str = "") -> str:
    """Return six lines: what there is, what is due, and what to type next.

    Args:
        opened: The library.
        session: A session over all of it.
        places: The options that lead to this library, as the next command needs them.
    """
    store, today, counts = opened.store, session.day, session.counts()
    places = clean_line(places)
    answered = sum(row.rating is not None for row in store.log.today(today))
    notes, learned = store.figures(str(opened.root))
    lines = [
        f"{counted(notes, 'note')} in {counted(len(store.decks(str(opened.root))), 'deck')}"
        f" · {counted(learned, 'card')} learned",
        f"today     {counted(answered, 'answer')} so far",
        f"due       {counts.due}" + (f", {counts.learning} to drill" if counts.learning else ""),
        f"new       {counts.new} today",
        f"next due  {_due(session.next_due(), today)}",
        "",
    ]
    if not notes:
        lines[-1] = "no notes here: name a folder of banks with --cards"
    elif session.current:
        lines[-1] = f"type  studytool review{places}"
    else:
        more = session.limits.new + MORE_NEW
        lines[-1] = f"all done for today; more new cards: studytool review --new {more}{places}"
    return "\n".join([*lines, *(clean_line(f"! {notice}") for notice in opened.notices)])


def nothing_due(opened: Opened, session: Session, deck: str | None = None) -> str:
    """Return why there is nothing to review, and when there will be.

    Args:
        opened: The library.
        session: A session with nothing to ask.
        deck: The deck that was asked for, as it was typed.
    """
    asked = f"{shlex.quote(clean_line(deck))} " if deck else ""
    lines = [clean_line(f"! {notice}") for notice in opened.notices]
    due = session.next_due()
    if session.held_back():
        lines.append("Nothing is due, and today's new cards are done.")
        more = session.limits.new + MORE_NEW
        lines.append(f"More new cards today: studytool review {asked}--new {more}")
    elif due is None:
        lines.append("There are no cards here.")
    else:
        lines.append("Nothing is due.")
    if due is not None:
        lines.append(f"The next card is due {_due(due, session.day)}.")
    return "\n".join(lines)


def closing_line(session: Session) -> str:
    """Return one line about a session that has ended."""
    left = len(session.queue)
    rest = f"{counted(left, 'card')} left for today" if left else "done for today"
    return f"{counted(session.done, 'answer')} recorded, {rest}"


def shown_note(opened: Opened, wanted: str, width: int, color: bool) -> str:
    """Return all cards of a note as they look, with their schedules and the note's place.

    Raises:
        UsageError: If the library has no such note.
    """
    store, root = opened.store, str(opened.root)
    stored = store.note(root, fold(wanted))
    if stored is None:
        near = did_you_mean(fold(wanted), store.ids(root))
        raise UsageError(f"there is no note `{wanted}`", near or "studytool check lists the banks")
    rule: Row = (Run("─" * width, "rule"),)
    rows: list[Row] = []
    parsed = store.parsed(stored)
    for part in stored.note.parts():
        shown = face(stored.note, parsed, part, width)
        rows += [*shown.question, ()]
        if shown.hint:
            rows += [(Run("hint", "muted"),), *shown.hint, ()]
        rows += [rule, (), *shown.answer, ()]
        if shown.extra:
            rows += [*shown.extra, ()]
        state = store.state(Card(stored.key, part))
        rows += [*wrap([Run(f"{part}: {_standing(state)}", "muted")], width), ()]
    if source := face(stored.note, parsed, stored.note.parts()[0], width).source:
        rows += [*source]
    folder = opened.root if opened.root.is_dir() else opened.root.parent
    place = f"{folder / stored.bank}:{stored.line}"
    rows.append((Run(clean_line(f"{stored.note.deck}  ·  {place}"), "muted"),))
    return paint(rows, color)


def _standing(state: CardState) -> str:
    """Return a card's schedule in words."""
    schedule = state.schedule
    if state.state is State.NEW or schedule.due is None:
        return "new"
    return (
        f"due {as_date(schedule.due)}, interval {counted(schedule.interval, 'day')},"
        f" ease {schedule.ease / 100:.2f}, {counted(schedule.lapses, 'lapse')}"
    )
