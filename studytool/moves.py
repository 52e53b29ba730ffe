"""Where history goes when a note changes: which old card is which new one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from studytool.notes import Note


def orphan_part(text: str) -> str:
    """Return the part under which the history of a step that has gone waits for its return."""
    return "s~" + hashlib.blake2b(text.encode(), digest_size=4).hexdigest()


def step_moves(
    old: tuple[str, ...], new: tuple[str, ...], studied: Iterable[str]
) -> dict[str, str]:
    """Return which studied parts of a steps note get another name, all at once.

    A step with equal text keeps its history wherever it stands now. If no step was added or
    taken away, one that was reworded in its place keeps it too. The history of a step that has
    gone is kept under `orphan_part`, and comes back with the step.

    Args:
        old: The steps before.
        new: The steps now.
        studied: The parts that have history, orphaned ones included.
    """
    free = {f"s{number}": text for number, text in enumerate(new, 1)}
    targets: dict[str, str] = {}
    homeless: list[tuple[str, str]] = []
    for number, text in enumerate(old, 1):
        part = f"s{number}"
        place = part if free.get(part) == text else next((p for p in free if free[p] == text), "")
        if place:
            del free[place]
            targets[part] = place
        else:
            homeless.append((part, text))
    for part, text in homeless:
        if len(old) == len(new) and part in free:
            targets[part] = part
            del free[part]
        else:
            targets[part] = orphan_part(text)
    for part, text in free.items():
        targets[orphan_part(text)] = part
    return {part: targets[part] for part in studied if targets.get(part, part) != part}


def followed_ids(vanished: Iterable[Note], appeared: Iterable[Note]) -> Mapping[str, str]:
    """Return which derived ids that vanished live on under a new derived id.

    One is followed if exactly one new derived id stands beside the same answer, and no other
    vanished id claims it.
    """
    newcomers = list(appeared)
    followed: dict[str, str] = {}
    for note in vanished:
        if not (note.answer or note.right or note.steps):
            continue  # a cloze text is its own answer: nothing is left to know it by
        same = [other for other in newcomers if _body(other) == _body(note)]
        if len(same) == 1:
            followed[note.id] = same[0].id
    claims = list(followed.values())
    return {old: new for old, new in followed.items() if claims.count(new) == 1}


def _body(note: Note) -> Note:
    """Return what stays of a note when its question, and so its derived id, is reworded."""
    return replace(note, id="", question="", derived=True)
