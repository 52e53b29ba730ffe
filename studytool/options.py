"""The options of a choice: their order in one asking, and how they are marked before and after."""

from __future__ import annotations

from studytool.digests import digest
from studytool.markup import Blocks
from studytool.parsed_notes import ParsedNote
from studytool.typeset import set_blocks
from studytool.wrapping import Row, Rows, Run, join_roles, row_width

CHOSEN, RIGHT, WRONG, MISSED = "●", "✓", "✗", "○"
"""Signs before an option: marked by the learner; and after the reveal, how it stands."""


def shuffled(count: int, seed: str) -> list[int]:
    """Return the numbers below a count in an order that hangs on a seed alone."""
    return sorted(range(count), key=lambda number: digest(f"{seed} {number}", 8))


def options(parsed: ParsedNote, seed: str) -> list[tuple[Blocks, bool]]:
    """Return the options of a choice in their order for a seed, each with whether it is right."""
    found = [(tree, True) for tree in parsed.right] + [(tree, False) for tree in parsed.wrong]
    return [found[number] for number in shuffled(len(found), seed)]


def marked(chosen: frozenset[int], index: int, several: bool) -> frozenset[int]:
    """Return which options are marked when one more is pressed; pressed again it is let go.

    Args:
        chosen: Those that are marked, counted from 0.
        index: The one that is pressed.
        several: Whether more than one is right, so that others stay marked.
    """
    if index in chosen:
        return chosen - {index}
    return (chosen if several else frozenset()) | {index}


def set_options(
    parsed: ParsedNote,
    seed: str,
    width: int,
    chosen: frozenset[int] = frozenset(),
    linear: bool = False,
) -> tuple[Rows, Rows]:
    """Return the options under their numbers, and how those that matter stand.

    The runs of each option have the role `option-` and its number, so that a click finds it.

    Args:
        parsed: The note's trees.
        seed: Shuffles the options.
        width: Columns of a row.
        chosen: The options that the learner has marked, counted from 0 as they are shown.
        linear: Whether formulas are set on one line.
    """
    asked: list[Row] = []
    answer: list[Row] = []
    found = options(parsed, seed)
    digits = len(str(len(found)))
    for index, (tree, right) in enumerate(found):
        number = f"{index + 1:>{digits}}  "
        own = index in chosen
        sign = CHOSEN if own else " "
        roles = f"answer option-{index + 1}" + (" strong" if own else "")
        asked += item(f"{sign} {number}", tree, width, roles, linear)
        if right:
            sign = RIGHT if own or not chosen else MISSED
            rows = item(f"{sign} {number}", tree, width, "answer right", linear)
            answer += _told(rows, " · missed" if sign == MISSED else "", width)
        elif own:
            rows = item(f"{WRONG} {number}", tree, width, "answer wrong", linear)
            answer += _told(rows, " · not this one", width)
    return tuple(asked), tuple(answer)


def item(label: str, blocks: Blocks, width: int, roles: str, linear: bool = False) -> list[Row]:
    """Return blocks behind a label, such as the number of a step."""
    rows = set_blocks(blocks, width - len(label), roles, linear=linear) or ((),)
    first = Run(label, join_roles(roles, "marker"))
    return [
        (first if index == 0 else Run(" " * len(label)), *row) for index, row in enumerate(rows)
    ]


def _told(rows: list[Row], words: str, width: int) -> list[Row]:
    """Return rows with words behind the last one, if there is room for them."""
    if words and row_width(rows[-1]) + len(words) <= width:
        rows[-1] = (*rows[-1], Run(words, "muted"))
    return rows
