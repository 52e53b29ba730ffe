"""What a rule says about a note."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from studytool.craft.prompts import NoteView
from studytool.diagnostics import Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


class Finding(NamedTuple):
    """One complaint of a rule.

    Attributes:
        severity: How much it weighs.
        message: What is wrong, one sentence without a full stop.
        keys: Under which of these keys of the note it stands; none if it is about the whole note.
    """

    severity: Severity
    message: str
    keys: tuple[str, ...] = ()


NoteRule: TypeAlias = Callable[[NoteView], Iterator[Finding]]
"""A rule that looks at one note."""
