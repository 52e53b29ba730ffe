"""What an action on many cards writes: a row for each that it changes, or it is taken off all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from studytool.actions import Action, row_for
from studytool.days import Moment
from studytool.due_days import days_ahead
from studytool.errors import StudytoolError
from studytool.found_list import Seen
from studytool.scheduling import Act, Review, State
from studytool.values import replace
from studytool.wording import counted


def rows_for(
    action: Action, every: Sequence[Seen], moment: Moment, day: int, number: int, days: str
) -> list[Review]:
    """Return the rows of the log for an action on some cards.

    What holds for all of them already is taken off; else it is set for those for which it does
    not hold.

    Args:
        action: What is done.
        every: The cards; orphans are left alone.
        moment: The time of it.
        day: The study day of it.
        number: See `actions.row_for`.
        days: For `Action.SET_DUE` in how many days, as `due_days.days_ahead` reads them; a range
            gives each card a day of its own.

    Raises:
        StudytoolError: If there is nothing to act on, or nothing would change.
    """
    cards = [seen for seen in every if seen.stored and not seen.orphan]
    if not cards:
        raise StudytoolError("an orphan has no note to act on" if every else "no card is found")
    if action.whole:
        cards = list({seen.card.key: seen for seen in cards}.values())
    holds = _test(action, number, day)
    off = holds is not None and all(map(holds, cards)) and action is not Action.RESET
    rows: list[Review] = []
    for seen in cards:
        if seen.stored is None or (holds is not None and not off and holds(seen)):
            continue
        if off and action.act is Act.SUSPEND and not seen.standing.suspended:
            continue  # its bank suspends it
        if action is Action.SET_DUE:
            number = (
                days_ahead(days, f"{seen.card.key} {seen.card.part} {seen.state.last} {day}") or 0
            )
        row = row_for(action, seen.stored, seen.card.part, seen.standing, moment, day, number)
        rows.append(_taken_off(row) if off else row)
    if not rows:
        if action is Action.RESET:
            new = "this card is" if len(cards) == 1 else "these cards are"
            raise StudytoolError(f"{new} new already")
        raise StudytoolError(*_by_bank(cards))
    return rows


def kept_by_bank(every: Sequence[Seen], rows: Sequence[Review]) -> str:
    """Return what is to be said of notes that an action should have brought back; may be empty.

    Args:
        every: The cards that were acted on.
        rows: What was written.
    """
    if rows[0].act is not Act.SUSPEND or rows[0].value != "0":
        return ""
    kept = [seen for seen in every if seen.by_bank and not seen.orphan]
    return ": ".join(_by_bank(kept)) if kept else ""


def _by_bank(cards: Sequence[Seen]) -> tuple[str, str]:
    """Return that banks suspend the notes of some cards, and where."""
    notes = {seen.card.key: seen.stored for seen in cards}
    stored = next(iter(notes.values()))
    if len(notes) > 1 or stored is None:
        how = "take `suspended: true` out of them"
        return f"{counted(len(notes), 'note')} stay suspended by their banks", how
    where = f"{stored.bank}, line {stored.line}"
    return "the bank suspends this note", f"`suspended: true` in {where}"


def _test(action: Action, number: int, day: int) -> Callable[[Seen], bool] | None:
    """Return what tells whether an action would change nothing of a card, if anything can."""
    if action is Action.RESET:
        return lambda seen: seen.state.state is State.NEW
    tests: dict[Act, Callable[[Seen], bool]] = {
        Act.SUSPEND: lambda seen: seen.suspended,
        Act.BURY: lambda seen: seen.standing.buried(day),
        Act.FLAG: lambda seen: seen.standing.flag == number,
        Act.MARK: lambda seen: bool(seen.standing.marked),
    }
    return tests.get(action.act)


def _taken_off(row: Review) -> Review:
    """Return a row of an action as the one that takes off what it sets."""
    return replace(row, value=str(row.day) if row.act is Act.BURY else "0")
