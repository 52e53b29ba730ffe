"""Rules on where a note comes from and what it is tagged with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.craft.findings import ERROR, WARNING, Finding
from studytool.craft.prompts import NoteView
from studytool.diagnostics import did_you_mean

_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


def no_source(view: NoteView) -> Iterator[Finding]:
    """Complain of a note that does not say where its knowledge is from, or from when."""
    source = view.note.source
    if not source.title:
        yield Finding(ERROR, "the note has no source with a title", ("source",))
    elif not source.date and not _YEAR.search(source.title):
        yield Finding(WARNING, "the source has no date, and no year in its title", ("source",))


def no_tag(view: NoteView) -> Iterator[Finding]:
    """Complain of tags that are not listed, and of notes about no subject."""
    if not view.craft.subjects:
        return
    for tag in view.note.tags:
        if tag not in view.craft.tags:
            near = did_you_mean(tag, view.craft.tags)
            what = f"the tag `{tag}` is no subject and no topic" + (f"; {near}" if near else "")
            yield Finding(ERROR, what, ("tags",))
    if not view.subjects:
        yield Finding(ERROR, "no tag of the note is a subject", ("tags",))
