"""Where history goes when a note changes: which old card is which new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from studytool.digests import digest
from studytool.notes import Note
from studytool.values import replace


def orphan_part(text: str) -> str:
    """Return the part under which the history of a step that has gone waits for its return."""
    return "s~" + digest(text, 4)


def present_texts(learned: Mapping[str, str], steps: tuple[str, ...]) -> dict[str, str]:
    """Return the texts of parts with history, those reworded in their places since as they are.

    Args:
        learned: The text of each part that has history, as it was when it was last asked.
        steps: The steps before a change. A text that is among them stands for itself, even if
            it stands elsewhere now: then another copy of the library has moved it.
    """
    places = {f"s{number}": text for number, text in enumerate(steps, 1)}
    return {
        part: text if text in steps else places.get(part, text) for part, text in learned.items()
    }


def step_moves(
    learned: Mapping[str, str], steps: tuple[str, ...], reworded: bool
) -> dict[str, str]:
    """Return which parts of a steps note get another name, all at once.

    The history of a step follows its text, wherever the step stands now. If its text has gone,
    the step was reworded in its place, or its history is kept under `orphan_part` until the
    text returns. History knows its own text, so a move that was made before, by another copy
    of the library, is not made again.

    Args:
        learned: The text of each part that has history, as it was when it was last asked.
        steps: The steps now, as the log would keep their texts.
        reworded: Whether a step whose text has gone may have been reworded in its place: the
            number of steps is what it was.
    """
    free = {f"s{number}": text for number, text in enumerate(steps, 1)}
    targets: dict[str, str] = {}
    for part, text in learned.items():
        if free.get(part) == text:
            targets[part] = part
            del free[part]
    homeless: list[tuple[str, str]] = []
    for part, text in learned.items():
        if part in targets:
            continue
        place = next((name for name in free if free[name] == text), "")
        if place:
            targets[part] = place
            del free[place]
        else:
            homeless.append((part, text))
    for part, text in homeless:
        stays = (reworded and part in free) or part.startswith("s~")
        targets[part] = part if stays else orphan_part(text)
        free.pop(part, None)
    return {part: target for part, target in targets.items() if part != target}


def followed_ids(vanished: Iterable[Note], appeared: Iterable[Note]) -> Mapping[str, str]:
    """Return which derived ids that vanished live on under a new id.

    One is followed if exactly one new note has the same answer, and no other vanished id
    claims it. A new note whose id was written must have the same question too.
    """
    newcomers = list(appeared)
    followed: dict[str, str] = {}
    for note in vanished:
        if not (note.answer or note.right or note.steps):
            continue  # a cloze text is its own answer: nothing is left to know it by
        same = [
            other
            for other in newcomers
            if _body(other) == _body(note) and (other.derived or other.question == note.question)
        ]
        if len(same) == 1:
            followed[note.id] = same[0].id
    claims = list(followed.values())
    return {old: new for old, new in followed.items() if claims.count(new) == 1}


def _body(note: Note) -> Note:
    """Return what stays of a note when its question, and so its derived id, is reworded."""
    return replace(note, id="", question="", was=(), derived=True)
