"""A library of one real bank that a state machine edits as an author would."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

KINDS = ("basic", "reverse", "cloze", "choice", "steps")
NAMES = tuple(f"n{number}" for number in range(8))
EDITS = ("remove", "add", "rename", "kind", "reword", "move", "suspend", "break")


@dataclass(frozen=True)
class Written:
    """A note as it stands in the bank."""

    name: str
    kind: str
    version: int = 0
    was: tuple[str, ...] = ()
    suspended: bool = False

    def text(self) -> str:
        """Return the note in YAML."""
        mark = f"{self.name} {self.version}"
        steps = [f"step {letter}" for letter in "abc"]
        for _ in range(self.version % 3):
            steps.append(steps.pop(0))
        body = {
            "basic": f"q: What is {mark}?\n  a: It is {mark}.",
            "reverse": f"q: What is {mark}?\n  a: It is {mark}.\n  reverse: true",
            "cloze": f"cloze: '{mark} is {{{{c1::x}}}} or {{{{c2::y}}}}.'",
            "choice": f"q: Which is {mark}?\n  choices: {{right: r, wrong: [w, v]}}",
            "steps": f"q: How does {mark} go?\n  steps: [{', '.join(steps)}]",
        }[self.kind]
        more = f"\n  was: [{', '.join(self.was)}]" if self.was else ""
        more += "\n  suspended: true" if self.suspended else ""
        return f"- id: {self.name}\n  {body}{more}\n"


class LoopLibrary:
    """The bank, and the notes that it holds."""

    def __init__(self, folder: Path) -> None:
        """Write the first notes."""
        folder.mkdir()
        self.root = folder
        self.notes = [Written(NAMES[at], kind) for at, kind in enumerate(KINDS)]
        self.broken = False
        self._stamp = 1_700_000_000
        self.write()

    def write(self) -> None:
        """Write the bank; its time always differs from the time it had."""
        bank = self.root / "bank.yaml"
        text = "deck: D\nnotes:\n" + "".join(note.text() for note in self.notes)
        if not self.notes:
            text = "deck: D\nnotes: []\n"
        bank.write_text(text + ("nope: 1\n" if self.broken else ""))
        self._stamp += 1
        os.utime(bank, (self._stamp, self._stamp))

    def edit(self, what: str, at: int, name: str, kind: str) -> bool:
        """Change a note as `what` says, and tell whether that could be done.

        Args:
            what: One of `EDITS`.
            at: Which note, in any range.
            name: The id for a note that is added or renamed.
            kind: The kind for a note that is added or changed.
        """
        taken = {each for note in self.notes for each in (note.name, *note.was)}
        if what == "break":
            self.broken = not self.broken
        elif what == "add":
            if name in taken:
                return False
            self.notes.insert(at % (len(self.notes) + 1), Written(name, kind))
        elif not self.notes or (what == "rename" and name in taken):
            return False
        else:
            at %= len(self.notes)
            note = self.notes.pop(at)
            changed = {
                "rename": replace(note, name=name, was=(note.name, *note.was)),
                "kind": replace(note, kind=kind),
                "reword": replace(note, version=note.version + 1),
                "suspend": replace(note, suspended=not note.suspended),
                "move": note,
            }
            if what == "move":
                at = 0
            if what != "remove":
                self.notes.insert(at, changed[what])
        self.write()
        return True
