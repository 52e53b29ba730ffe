"""Gives code on the terminal the roles that colour it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from studytool.wrapping import Run, join_roles

ROLES = {
    **dict.fromkeys(("k", "ow"), "code-keyword"),
    **dict.fromkeys(("nf", "nc", "nd", "ne"), "code-name"),
    "nb": "code-builtin",
    "s": "code-string",
    "m": "code-number",
    "c": "code-comment",
    "gd": "code-deleted",
    "gi": "code-inserted",
    "gh": "strong",
}
"""The role of each class of code."""


def highlighted(runs: Iterable[Run], language: str) -> Iterator[Run]:
    """Yield the runs of a code block, parted where the look changes.

    Args:
        runs: The code; a run with another role than `code`, such as a hole, keeps its own look.
        language: Its Pygments name; an unknown one changes nothing.
    """
    from studytool.highlighting import stretches

    whole = list(runs)
    pending = stretches("".join(run.text for run in whole), language)
    name, left = next(pending, ("", ""))
    for run in whole:
        rest = run.text
        while rest:
            while not left:
                name, left = next(pending, ("", rest))
            text = rest[: len(left)]
            left, rest = left[len(text) :], rest[len(text) :]
            role = ROLES.get(name, "") if run.roles == "code" else ""
            yield Run(text, join_roles(run.roles, role))
