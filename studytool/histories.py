"""Takes the history of a note along when its id, or the order of its steps, changes."""

from __future__ import annotations

import json

from studytool.days import Moment, study_day
from studytool.moves import followed_ids, present_texts, step_moves
from studytool.notes import Kind, Note, id_key
from studytool.scheduling import Act, Review, Scheduler, note_text
from studytool.store import Store


class Histories:
    """Moves histories by rename rows, inside the transaction of a refresh.

    Attributes:
        notices: What the user should know, a line each.
    """

    def __init__(self, store: Store, now: Moment, scheduler: Scheduler) -> None:
        """Stamp the rows with a moment; replay what moved with a scheduler."""
        self.store = store
        self.sql = store.connection.execute
        self.now = now
        self.scheduler = scheduler
        self.notices: list[str] = []

    def follow(
        self, before: dict[str, Note], present: dict[str, Note], fresh: dict[str, Note]
    ) -> None:
        """Take history along from a derived id that vanished to the one that follows it.

        A note that went to another bank, and so is among the fresh ones, has not vanished.
        """
        vanished = [
            note
            for key, note in before.items()
            if note.derived
            and key not in present
            and (key not in fresh or fresh[key].question != note.question)
        ]
        appeared = [note for key, note in present.items() if key not in before]
        if not vanished or not appeared:
            return
        keys = {note.id: key for key, note in (*before.items(), *present.items())}
        for old, new in followed_ids(vanished, appeared).items():
            if self._studied(keys[old]) and not self._studied(keys[new]):
                self._rename(keys[old], keys[new], None, before[keys[old]])

    def take_over(self, key: str, note: Note, library: str) -> None:
        """Take history along from a former id under which it was kept, if the note has none."""
        for name in (note.id, *note.was) if note.was else ():
            former = id_key(library, name)
            if former != key and self._studied(former) and not self._studied(key):
                self._rename(former, key, None, note)

    def move_parts(self, key: str, old: Note | None, new: Note) -> None:
        """Take history along when the steps of a note changed; warn when a cloze lost a hole."""
        if old == new:
            return
        if new.kind is Kind.STEPS:
            steps = tuple(note_text(step) for step in new.steps)
            before = tuple(note_text(step) for step in old.steps) if old is not None else steps
            learned = present_texts(self.store.log.texts(key), before)
            moves = step_moves(learned, steps, len(before) == len(steps))
            if moves:
                self._rename(key, key, json.dumps(moves, separators=(",", ":")), new)
        elif new.kind is Kind.CLOZE and old is not None and old.parts() != new.parts():
            lost = [part for part in self._studied(key) if part and part not in new.parts()]
            if lost:
                self.notices.append(
                    f"`{new.id}` lost {', '.join(lost)}; what you learned of it waits there"
                )

    def _studied(self, key: str) -> list[str]:
        """Return the parts of a note that have history, or for which something is set."""
        rows = self.sql(
            "SELECT part FROM cards WHERE note = ?1 UNION"
            " SELECT part FROM standings WHERE note = ?1",
            (key,),
        )
        return [part for (part,) in rows]

    def _rename(self, old: str, new: str, parts: str | None, note: Note) -> None:
        """Write a rename row, of the day a grade would have now, and make its cards again."""
        last = self.store.log.last_row()
        day = study_day(self.now.day, last[1] if last else None, trust_clock=True)
        self.store.log.append(
            Review(
                *("", "", self.now.at_ms, day, self.now.tz_minutes, old, ""),
                act=Act.RENAME,
                value=parts,
                target=new,
                note_text=note_text(note.question),
            )
        )
        self.store.replay_note(new, self.scheduler)
