"""A card that a search found, as a line of a list: what it asks, its deck, when it is due."""

from __future__ import annotations

from rich.cells import cell_len

from studytool.columns import fit
from studytool.leeches import Leeches
from studytool.notes import Card, Kind, Note
from studytool.scheduling import CardState, State
from studytool.screen_text import clean_line
from studytool.selection import StoredNote
from studytool.standings import Standing
from studytool.store import Store
from studytool.values import Value, replace
from studytool.wrapping import Row, Run, plain, row_width

NARROW = 60
"""Below this width the deck is left out."""
SIGNS, DUE = 4, 9
"""Columns of the signs, and of the words that tell when a card is due."""
QUESTION_WIDTH = 300
"""Columns to which questions are set before they are cut."""


class Seen(Value):
    """A card with what a list shows of it.

    Attributes:
        card: Which card.
        stored: Its note, or what is known of one that has gone; None if only the log knows it.
        state: Where it stands.
        standing: What was set for it.
        question: What it asks, on one line, safe for a terminal.
        orphan: Whether it is in no bank.
        leech: Whether it was forgotten too often.
    """

    card: Card
    stored: StoredNote | None
    state: CardState
    standing: Standing
    question: str
    orphan: bool = False
    leech: bool = False

    @property
    def by_bank(self) -> bool:
        """Whether its bank says that it is not asked."""
        return self.stored is not None and self.stored.note.suspended

    @property
    def suspended(self) -> bool:
        """Whether it is not asked, by what the learner or its bank says."""
        return bool(self.standing.suspended) or self.by_bank

    def due(self, day: int) -> str:
        """Return in a word or two when it is due."""
        due = self.state.schedule.due
        if self.orphan:
            return "orphan"
        if due is None or self.state.state is State.NEW:
            return "new"
        if due == day:
            return "today"
        return f"{day - due:,} d late" if due < day else f"in {due - day:,} d"

    def signs(self, day: int) -> str:
        """Return signs of what is special about it: suspended, buried, flag, mark, leech."""
        return "".join(
            sign
            for sign, holds in (
                ("@", self.suspended),
                ("-", self.standing.buried(day)),
                (str(self.standing.flag), self.standing.flag > 0),
                ("*", bool(self.standing.marked)),
                ("!", self.leech),
            )
            if holds
        )


def known(store: Store, root: str, card: Card) -> Seen:
    """Return a card of a library with what is known of it, but for its question."""
    stored = store.note(root, card.key)
    alive = (
        stored is not None
        and card.part in stored.note.parts()
        and store.connection.execute(
            "SELECT 1 FROM notes WHERE root = ? AND key = ? AND removed_at IS NULL",
            (root, card.key),
        ).fetchone()
        is not None
    )
    state, standing = store.state(card), store.standings.of(card)
    return Seen(card, stored, state, standing, "", not alive)


def read(store: Store, root: str, card: Card, leeches: Leeches) -> Seen:
    """Return a card of a library with what a list shows of it."""
    seen = known(store, root, card)
    if seen.stored is None or card.part not in seen.stored.note.parts():
        text = clean_line(store.log.texts(card.key).get(card.part) or card.key)
    else:
        text = question(seen.stored.note, card.part)
    return replace(seen, question=text, leech=leeches.has(seen.state.schedule.lapses))


def question(note: Note, part: str) -> str:
    """Return the first line of what a card asks, as it will look; steps with their number."""
    from studytool.markdown import parse
    from studytool.typeset import Holes, set_blocks

    if note.kind is Kind.CLOZE:
        tree = parse(note.question, True, note.macros)
        holes = Holes(int(part[1:]))
        rows = set_blocks(tree, QUESTION_WIDTH, "question", holes, linear=True)
    else:
        text = note.reverse if part == "reverse" else note.question
        tree = parse(text, macros=note.macros)
        rows = set_blocks(tree, QUESTION_WIDTH, "question", linear=True)
    line = next((text for row in rows if (text := plain([row]).strip())), "")
    return f"{line} · {part[1:]}." if note.kind is Kind.STEPS else line


def line(seen: Seen, day: int, width: int, chosen: bool, picked: bool) -> Row:
    """Return a card as a row that fills a width.

    Args:
        seen: The card.
        day: The study day it is.
        width: Of the row.
        chosen: Whether it is the card that a key would act on.
        picked: Whether it is one of several that a key would act on.
    """
    ground = " chosen" if chosen else ""
    role = "muted" if seen.suspended or seen.orphan else ""
    due = fit(seen.due(day), DUE).rjust(DUE)
    right = [Run(" " + seen.signs(day)[:SIGNS].ljust(SIGNS), "pointer" + ground)]
    if width >= NARROW:
        room = min(24, width // 4)
        deck = "" if seen.stored is None else seen.stored.note.deck
        deck = clean_line(deck)
        deck = fit(deck if cell_len(deck) <= room else deck.rpartition("::")[2], room)
        right.append(Run(" " + deck + " " * (room - cell_len(deck)), "muted" + ground))
    right.append(Run(" " + due, _DUE_ROLES.get(seen.state.state, "muted") + ground))
    left = (
        Run("›" if chosen else " ", "pointer" + ground),
        Run("+ " if picked else "  ", "pointer" + ground),
    )
    room = max(1, width - row_width(tuple(right)) - row_width(left))
    text = fit(seen.question, room)
    blank = Run(" " * max(0, room - cell_len(text)), ground)
    return *left, Run(text, role + ground), blank, *right


_DUE_ROLES = {State.NEW: "new", State.LEARNING: "learning", State.REVIEW: "muted"}


def answer_rows(seen: Seen) -> str:
    """Return what is said in place of a preview of a card that cannot be set."""
    return (
        f"{seen.question}\n\nThis card is in no bank any more. Its history is kept, and returns"
        " with it."
    )
