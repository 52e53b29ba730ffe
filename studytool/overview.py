"""What the command line says about cards: the day at a glance, one note, the end of a review."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator

from studytool import studied_days
from studytool.ansi import paint
from studytool.backlog_lines import backlog_of, left
from studytool.days import as_date
from studytool.deck_limits import limited_queue
from studytool.diagnostics import did_you_mean
from studytool.errors import UsageError
from studytool.faces import face
from studytool.notes import Card, fold
from studytool.opening import Opened
from studytool.scheduling import CardState, State
from studytool.screen_text import clean_line
from studytool.selection import Selection, decks_below
from studytool.session import Session
from studytool.standings import Standing
from studytool.values import replace
from studytool.wording import counted, in_days
from studytool.wrapping import Row, Rows, Run, wrap

MORE_NEW = 20
"""How many new cards more are offered when those of the day are done."""
HELD_REVIEWS = "a limit of reviews in the settings holds due cards back: studytool config"
HELD_NEW = "limits in the settings hold new cards back: studytool config"


def _due(day: int | None, today: int) -> str:
    """Return in words when a study day is."""
    return "none so far" if day is None else in_days(day - today, as_date(day))


def overview(opened: Opened, session: Session, places: str = "") -> str:
    """Return six lines: what there is, what is due, and what to type next.

    Args:
        opened: The library.
        session: A session over all of it.
        places: The options that lead to this library, as the next command needs them.
    """
    store, today, counts = opened.store, session.day, session.counts()
    places, behind = clean_line(places), backlog_of(session)
    answered = studied_days.answers(store, today)
    notes, learned = store.figures(str(opened.root))
    lines = [
        f"{counted(notes, 'note')} in {counted(len(store.decks(str(opened.root))), 'deck')}"
        f" · {counted(learned, 'card')} learned",
        f"today     {counted(answered, 'answer')} so far",
        f"due       {counts.due}"
        + (f", {counts.learning} to drill" if counts.learning else "")
        + (f", of a backlog of {behind.size:,}" if behind else ""),
        f"new       {counts.new} today",
        f"next due  {_due(session.next_due(), today)}",
        "",
    ]
    if not notes:
        lines[-1] = "no notes here: name a folder of banks with --cards"
    elif session.current:
        lines[-1] = f"type  studytool review{places}"
    else:
        lines[-1] = _done(session, places)
    return "\n".join([*lines, *(clean_line(f"! {notice}") for notice in opened.notices)])


def nothing_due(opened: Opened, session: Session, deck: str | None = None, places: str = "") -> str:
    """Return why there is nothing to review, and when there will be.

    Args:
        opened: The library.
        session: A session with nothing to ask.
        deck: The deck that was asked for, as it was typed.
        places: The options that lead to this library, as the next command needs them.
    """
    lines = [clean_line(f"! {notice}") for notice in opened.notices]
    if session.plan.practice:
        return "\n".join([*lines, _nothing_to_practise(session)])
    due, held = session.next_due(), session.held_back()
    if held.due:
        lines.append("Today's reviews are done.")
        lines.append(f"{HELD_REVIEWS.capitalize()}.")
    elif held.new and _new_waits(session):
        lines.append("Nothing is due here.")
    elif held.new:
        lines.append("Nothing is due, and today's new cards are done.")
    elif due is None:
        lines.append(_none(session))
    else:
        lines.append("Nothing is due.")
    if held.new and _new_waits(session):
        lines.append(f"New cards wait: {left(session)}.")
    if held.new:
        command = _more_new(session, held.new[0], deck)
        lines.append(
            f"More new cards today: {command}{clean_line(places)}"
            if command
            else f"{HELD_NEW.capitalize()}."
        )
    if due is not None:
        lines.append(f"The next card is due {_due(due, session.day)}.")
    return "\n".join(lines)


def _new_waits(session: Session) -> bool:
    """Tell whether new cards wait for a backlog."""
    found = backlog_of(session)
    return found is not None and found.new_waits


def _nothing_to_practise(session: Session) -> str:
    """Return why practice has no card, and what may have been meant."""
    if next(session.store.due(session.selection, session.day), None) is not None:
        return "Nothing comes due in these days; what is due today is for the review itself."
    return "There is no card to practise here."


def _none(session: Session) -> str:
    """Return why a selection has no card to wait for."""
    from studytool.figures import decks

    selection = session.selection
    if decks(session.store, selection):
        return "All cards here are suspended or buried."
    words = ("flagged",) * selection.flagged + ("marked",) * selection.marked
    words += ("a leech",) * bool(selection.lapses)
    return f"No card here is {' and '.join(words)}." if words else "There are no cards here."


def _done(session: Session, places: str) -> str:
    """Return what to do when a session over a whole library has nothing to ask."""
    held = session.held_back()
    words = ["all done for today"]
    if held.due:
        words.append(HELD_REVIEWS)
    if held.new:
        command = _more_new(session, held.new[0])
        words.append(f"more new cards: {command}{places}" if command else HELD_NEW)
    return "; ".join(words)


def _limit_with(session: Session, cards: int) -> int:
    """Return a limit of new cards that leaves room for that many more today."""
    introduced = len(session.store.log.introduced(session.day))
    asked = 0 if _new_waits(session) else session.limits.new
    return max(asked, introduced) + cards


def _would_ask(session: Session, selection: Selection, new: int) -> bool:
    """Tell whether a session that begins now with that limit would ask a new card."""
    limits = session.usual_limits.with_new(new, selection.decks)
    return bool(limited_queue(session.store, selection, session.day, limits).new)


def _more_new(session: Session, card: Card, deck: str | None = None) -> str:
    """Return a command that asks new cards beyond the limits; empty if none can be typed.

    Args:
        session: A session with nothing to ask.
        card: A new card that it holds back.
        deck: The deck that was asked for, as it was typed.
    """
    number, selection = _limit_with(session, MORE_NEW), session.selection
    if not _would_ask(session, selection, number):
        # A deck's own limit gives way only to those who ask for the deck.
        names = session.store.decks(selection.root)
        for deck in _limited_decks(session, card):
            asked = replace(selection, decks=decks_below(names, deck))
            if _would_ask(session, asked, number):
                break
        else:
            return ""
    words = ["studytool review", *([shlex.quote(clean_line(deck))] if deck else ())]
    words += (f"--tag {shlex.quote(clean_line(tag))}" for tag in selection.tags)
    words += ["--flagged"] * selection.flagged + ["--marked"] * selection.marked
    words += ["--leech"] * bool(selection.lapses)
    return " ".join([*words, f"--new {number}"])


def _limited_decks(session: Session, card: Card) -> list[str]:
    """Return the decks with a limit that hold a card and can be typed, the widest first."""
    deck = session.store.deck(session.selection.root, card.key) or ""
    limited = [limit.deck for limit in session.limits.decks if limit.holds(deck)]
    return [
        name
        for name in sorted(limited, key=len)
        if not name.startswith("-") and clean_line(name) == name
    ]


def closing_line(session: Session) -> str:
    """Return one line about a session that has ended."""
    cards = len(session.queue)
    if session.plan.practice:
        rest = f"{counted(cards, 'card')} left" if cards else "nothing left"
        return f"{counted(session.done, 'answer')} in practice, {rest}; no schedule has changed"
    rest = f"{counted(cards, 'card')} left for today" if cards else "done for today"
    told = [f"{counted(session.done, 'answer')} recorded", rest, left(session)]
    return ", ".join(filter(None, told))


def shown_note(
    opened: Opened,
    wanted: str,
    width: int,
    color: bool,
    pictured: Callable[[Rows, str], Rows] | None = None,
    latex: bool = False,
) -> str:
    """Return all cards of a note as they look, with their schedules and the note's place.

    Args:
        opened: The library.
        wanted: The note's id.
        width: Columns of a row.
        color: Whether the text has ANSI codes.
        pictured: Puts the pictures into rows; it is told the path of the bank too.
        latex: Whether formulas are shown as LaTeX.

    Raises:
        UsageError: If the library has no such note.
    """
    store, root = opened.store, str(opened.root)
    stored = store.note(root, fold(wanted))
    if stored is None:
        near = did_you_mean(fold(wanted), store.ids(root))
        raise UsageError(f"there is no note `{wanted}`", near or "studytool browse finds notes")
    rule: Row = (Run("─" * width, "rule"),)
    rows: list[Row] = []
    parsed = store.parsed(stored)
    if latex:
        from studytool.latex_source import in_latex

        parsed = in_latex(stored.note, parsed)
    for part in stored.note.parts():
        shown = face(stored.note, parsed, part, width)
        rows += [*shown.question, ()]
        if shown.hint:
            rows += [(Run("hint", "muted"),), *shown.hint, ()]
        rows += [rule, (), *shown.answer, ()]
        if shown.extra:
            rows += [*shown.extra, ()]
        card = Card(stored.key, part)
        told = ", ".join([_due_words(store.state(card)), *_set_words(store.standings.of(card))])
        rows += [*wrap([Run(f"{part}: {told}", "muted")], width), ()]
    if source := face(stored.note, parsed, stored.note.parts()[0], width).source:
        rows += [*source]
    folder = opened.root if opened.root.is_dir() else opened.root.parent
    place = f"{folder / stored.bank}:{stored.line}"
    rows.append((Run(clean_line(f"{stored.note.deck}  ·  {place}"), "muted"),))
    return paint(pictured(tuple(rows), stored.bank) if pictured else rows, color)


def _set_words(standing: Standing) -> Iterator[str]:
    """Yield in words what was set for a card."""
    if standing.suspended:
        yield "suspended"
    if standing.flag:
        yield f"flag {standing.flag}"
    if standing.marked:
        yield "marked"


def _due_words(state: CardState) -> str:
    """Return a card's schedule in words."""
    schedule = state.schedule
    if state.state is State.NEW or schedule.due is None:
        return "new"
    return (
        f"due {as_date(schedule.due)}, interval {counted(schedule.interval, 'day')},"
        f" ease {schedule.ease / 100:.2f}, {counted(schedule.lapses, 'lapse')}"
    )
