"""The cards that a search found, as lines of text and as JSON.

A line is id, part, when it is due, deck and question, with tabs between them. The JSON is one
object: `schema_version` 1, `date`, `query`, and `cards`, a list of {id, part, deck, kind, tags,
bank, line, question, state, due, interval, ease, lapses, suspended, buried_until, flag, marked,
leech, orphan} with ISO dates, the ease factor as a number, and null where there is nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from studytool.browsing import Browsing
from studytool.days import as_date
from studytool.found_list import Seen
from studytool.screen_text import clean_line


def lines(browsing: Browsing) -> Iterator[str]:
    """Yield a line a card."""
    for card in browsing.found:
        seen = browsing.seen(card)
        name = seen.stored.note.id if seen.stored else seen.card.key
        deck = seen.stored.note.deck if seen.stored else ""
        cells = (name, seen.card.part, seen.due(browsing.day), deck, seen.question)
        yield "\t".join(map(clean_line, cells))


def document(browsing: Browsing) -> dict[str, object]:
    """Return what was found as plain values for `--json`."""
    return {
        "schema_version": 1,
        "date": str(as_date(browsing.day)),
        "query": browsing.query,
        "cards": [_card(browsing.seen(card)) for card in browsing.found],
    }


def _card(seen: Seen) -> dict[str, object]:
    """Return a card as plain values."""
    stored, schedule, standing = seen.stored, seen.state.schedule, seen.standing
    note = stored.note if stored else None
    graded = schedule.due is not None
    return {
        "id": note.id if note else seen.card.key,
        "part": seen.card.part,
        "deck": note.deck if note else None,
        "kind": str(note.kind) if note else None,
        "tags": list(note.tags) if note else [],
        "bank": stored.bank if stored else None,
        "line": stored.line if stored else None,
        "question": seen.question,
        "state": str(seen.state.state),
        "due": None if schedule.due is None else str(as_date(schedule.due)),
        "interval": schedule.interval if graded else None,
        "ease": schedule.ease / 100 if graded else None,
        "lapses": schedule.lapses if graded else None,
        "suspended": seen.suspended,
        "buried_until": standing.buried_until and str(as_date(standing.buried_until)),
        "flag": standing.flag,
        "marked": bool(standing.marked),
        "leech": seen.leech,
        "orphan": seen.orphan,
    }
