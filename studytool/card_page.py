"""Sets what is known of a card: where its note lives, what it belongs to, and its history."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from studytool.card_history import CardHistory, Event
from studytool.columns import table
from studytool.days import as_date
from studytool.notes import Note, Source
from studytool.prompts import Prompt
from studytool.scheduling import Act, State
from studytool.screen_text import clean_line
from studytool.values import fields
from studytool.wording import counted, in_days, time_spent
from studytool.wrapping import Row, Rows, Run, wrap

_NAME = 10
"""Columns of the words in front of facts."""
_STATES = {
    State.NEW: "new: never graded",
    State.LEARNING: "learning: its drill is not passed yet",
    State.REVIEW: "review",
}
_WIDE = 30
"""In fewer columns the facts do not stand under one another."""


def card_page(prompt: Prompt, file: Path, history: CardHistory, width: int) -> Rows:
    """Return all that is known of a card, set to a width in columns.

    Args:
        prompt: The card.
        file: The bank of its note.
        history: What it went through.
        width: Columns of a row.
    """
    rows: list[Row] = []
    for name, text in _facts(prompt.stored.note, prompt.card.part, f"{file}:{prompt.stored.line}"):
        rows += _fact(name, text, width)
    rows.append(())
    for name, text in _standing(history, prompt):
        rows += _fact(name, text, width)
    if history.events:
        body = [_cells(event) for event in history.events]
        rows += [(), *table(("day", "grade", "interval", "ease", "time"), body, width, names=2)]
    return tuple(rows)


def _facts(note: Note, part: str, place: str) -> Iterator[tuple[str, str]]:
    """Yield what a note belongs to, each with its name; what is empty is left out."""
    yield "id", note.id + (" (made from the question)" if note.derived else "")
    yield "place", place
    yield "deck", note.deck.replace("::", " › ")
    if note.tags:
        yield "tags", ", ".join(note.tags)
    yield "card", f"{part} of a {note.kind} note"
    if note.was:
        yield "was", ", ".join(note.was)
    yield from _source(note.source)


def _source(source: Source) -> Iterator[tuple[str, str]]:
    """Yield every field of a source; the title stands for the source itself."""
    for name in fields(source):
        if text := getattr(source, name):
            yield ("source" if name == "title" else name), text


def _standing(history: CardHistory, prompt: Prompt) -> Iterator[tuple[str, str]]:
    """Yield where a card stands."""
    today = prompt.day
    state, schedule = history.state.state, history.state.schedule
    yield "state", _STATES[state]
    if schedule.due is not None:
        when = in_days(schedule.due - today, as_date(schedule.due))
        late = today - schedule.due
        yield "due", f"{counted(late, 'day')} ago, on {as_date(schedule.due)}" if late > 0 else when
        yield "interval", counted(schedule.interval, "day")
        yield "ease", f"{schedule.ease / 100:.2f}"
        yield "lapses", f"{schedule.lapses}: a leech" if prompt.leech else str(schedule.lapses)
    answers = [event for event in history.events if event.rating]
    if answers:
        spent = " ".join(time_spent(sum(event.duration_ms for event in answers)))
        yield "answers", f"{len(answers)}, in {spent}"


def _fact(name: str, text: str, width: int) -> list[Row]:
    """Return a name and what it stands for, in as many rows as that needs."""
    words = Run(clean_line(text))
    if width < _WIDE:
        return wrap([Run(f"{name}  ", "muted"), words], width, hanging=2)
    return wrap([Run(name.ljust(_NAME), "muted"), words], width, hanging=_NAME)


def _act_words(event: Event) -> str:
    """Return what an act did that is no answer."""
    act, value = event.act, event.value
    if act is Act.SET_DUE:
        return "reset" if value == State.NEW else f"set due {as_date(int(value))}"
    if act is Act.BURY:
        ended = not value.isdigit() or int(value) <= event.day
        return "no longer buried" if ended else f"buried until {as_date(int(value))}"
    if act is Act.SUSPEND:
        return "no longer suspended" if value == "0" else "suspended"
    if act is Act.FLAG:
        return "flag taken off" if value == "0" else f"flag {value}"
    return f"{act} {value}".rstrip()


def _cells(event: Event) -> tuple[str, ...]:
    """Return one row of the history."""
    if event.rating:
        grade = event.rating.name.lower()
        grade += "" if event.act is Act.REVIEW else f" ({event.act})"
    else:
        grade = clean_line(_act_words(event))
    interval = "" if event.interval is None else f"{event.interval} d"
    seconds = f"{round(event.duration_ms / 1000)} s" if event.duration_ms else ""
    return str(as_date(event.day)), grade, interval, f"{event.ease / 100:.2f}", seconds
