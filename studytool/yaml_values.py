"""Reads YAML as a tree of located texts, from the parser's events; nothing is ever guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from studytool.diagnostics import Diagnostic, Severity
from studytool.located import BankFile, Mapping, Sequence, Text, Value
from studytool.yaml_faults import QUOTE_HELP, grammar, masked

MAX_RECOVERIES = 20
"""How many notes with errors of grammar are passed over to find the problems of the others."""
MAX_DEPTH = 32
"""Collections nested deeper than this are refused, long before the parser could crash."""
MAX_EVENTS = 250_000
"""A file with more values, beginnings and ends is refused; a note has about eight of them."""
MAX_WORK = 10_000_000
"""How many characters are read again to recover; an event costs as much as `EVENT_WORK`."""
EVENT_WORK = 40
MAX_TAG_LINES = 100
"""The parser's time grows with the square of their number."""

_COMMENT = re.compile(r" +(#+( +\w)?.*)")


def parse(file: BankFile) -> Value | None:
    """Return the tree of a file, or None if there is none; all complaints go to it.

    Aliases, anchors, tags, duplicate keys, keys that are not text, and a second document are
    complaints. After an error of grammar the note it stands in is passed over and the rest is
    read, so that one run finds the problems of all notes.
    """
    import yaml

    if file.text.count("\n%TAG") > MAX_TAG_LINES:
        line = file.text.count("\n", 0, file.text.index("\n%TAG") + 1)
        file.complain("tag", "a bank has no use for %TAG lines", line, 0, 4, "take them out")
        return None
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text, rows = file.text, file.lines
    kept: list[Diagnostic] = []
    passed_over: set[int] = set()
    work = 0
    while len(passed_over) < MAX_RECOVERIES and work <= MAX_WORK:
        file.diagnostics = list(kept)
        reader = _Reader(file)
        try:
            return reader.read(iter(loader(text).get_event, None))
        except yaml.MarkedYAMLError as error:
            work += len(file.text) + EVENT_WORK * reader.count
            again = masked(file, error, text)
            if again != text:
                # The next reading complains about the escapes where they stand, and goes on.
                text, rows = again, again.split("\n")
                continue
            first, end = file.note_around(grammar(file, error, reader.bracket()))
            if first < 0 or first in passed_over:
                break
            kept += [
                complaint
                for complaint in file.diagnostics[len(kept) :]
                if first < complaint.line <= end and complaint.code != "key"
            ]
            # Comments, because blanks would become part of a block of text above them.
            rows = [*rows[:first], *("#" * len(row) for row in rows[first:end]), *rows[end:]]
            text = "\n".join(rows)
            passed_over.add(first)
        except yaml.YAMLError as error:
            file.complain("yaml", f"this is not YAML: {error}".split("\n")[0], 0, 0)
            return None
    if passed_over or work > MAX_WORK:
        file.more("and perhaps more; mend these first")
    return None


class _Reader:
    """Builds the tree on a stack of its own, so no input can exhaust Python's."""

    def __init__(self, file: BankFile) -> None:
        self.file = file
        self.root: Value | None = None
        self.stack: list[Sequence | Mapping] = []
        self.keys: list[Text | None] = []
        self.seen: list[dict[str, int]] = []
        self.count = 0

    def read(self, events: Iterable[Any]) -> Value | None:
        """Consume events up to the end of the first document."""
        documents = 0
        for self.count, event in enumerate(events):
            match type(event).__name__:
                case "ScalarEvent":
                    self.scalar(event)
                case "MappingStartEvent":
                    self.open(Mapping([], event.start_mark.line, event.start_mark.column), event)
                case "SequenceStartEvent":
                    self.open(Sequence([], event.start_mark.line, event.start_mark.column), event)
                case "MappingEndEvent" | "SequenceEndEvent":
                    self.stack.pop()
                    self.keys.pop()
                    self.seen.pop()
                case "AliasEvent":
                    self.complain(event, "alias", f"the alias *{event.anchor} is not allowed")
                    self.add(self.text(f"*{event.anchor}", event, ""))
                case "DocumentStartEvent":
                    documents += 1
                    if documents > 1:
                        message = "a second document begins here; a bank is one document"
                        self.complain(event, "documents", message, "take the `---` out")
                        break
            if len(self.stack) > MAX_DEPTH:
                self.complain(event, "nesting", f"more than {MAX_DEPTH} levels of nesting")
                return None
            if self.count > MAX_EVENTS:
                message = "this bank is too large; it is not read from here on"
                self.complain(event, "size", message, "cut it into several banks")
                return None
        return self.root

    def bracket(self) -> tuple[int, int]:
        """Return line and column of the innermost bracket that is open; (-1, -1) if none is."""
        for value in reversed(self.stack):
            if self.file.lines[value.line][value.column : value.column + 1] in ("[", "{"):
                return value.line, value.column
        return -1, -1

    def complain(self, event: Any, code: str, message: str, advice: str = QUOTE_HELP) -> None:
        """Complain at an event's start."""
        mark = event.start_mark
        self.file.complain(code, message, mark.line, mark.column, 1, advice)

    def text(self, value: str, event: Any, style: str) -> Text:
        """Return a text at an event's place."""
        start, end = event.start_mark, event.end_mark
        return Text(value, start.line, start.column, style, end.line, end.column)

    def properties(self, event: Any) -> None:
        """Complain about an anchor or a tag."""
        if event.anchor is not None:
            self.complain(event, "anchor", f"the anchor &{event.anchor} is not allowed")
        if event.tag is not None:
            self.complain(event, "tag", f"the tag {event.tag} is not allowed; every value is text")

    def scalar(self, event: Any) -> None:
        """Add a scalar."""
        style = event.style or ""
        if event.anchor is not None or (event.tag is not None):
            self.properties(event)
        if not style:
            if self.file.text.startswith(" ", event.end_mark.index):
                self.comment(event)
        elif style in "'\"":
            self.quoted(event)
        self.add(self.text(event.value, event, style))

    def quoted(self, event: Any) -> None:
        """Complain about escapes, and about a quote that would swallow the next note."""
        start, end = event.start_mark, event.end_mark
        if event.style == '"':
            self.file.check_escapes(start.index, end.index)
        if start.line < end.line and len(self.stack) > 1:
            behind = self.file.note_around(start.line)[1]
            indent = self.stack[1].column
            if behind <= end.line and self.file.lines[behind].startswith("-", indent):
                message = "this quote is not closed before the next note begins"
                self.complain(event, "yaml", message, "close it, or use a `|` block")

    def comment(self, event: Any) -> None:
        """Warn where a ` #` probably cut the text of a plain scalar."""
        mark = event.end_mark
        found = _COMMENT.match(self.file.text, mark.index)
        if found and event.value and (event.value.count("$") % 2 or not found[2]):
            column = mark.column + found.start(1) - found.start()
            self.file.complain(
                "comment", "a blank and `#` begin a comment: this text is dropped",
                mark.line, column, len(found[1]), QUOTE_HELP, Severity.WARNING,
            )  # fmt: skip

    def open(self, value: Sequence | Mapping, event: Any) -> None:
        """Add a collection and go into it."""
        self.properties(event)
        self.add(value)
        self.stack.append(value)
        self.keys.append(None)
        self.seen.append({})

    def add(self, value: Value) -> None:
        """Put a value where it belongs: a key, the value of a key, an item, the root."""
        if not self.stack:
            self.root = value
            return
        parent = self.stack[-1]
        if isinstance(parent, Sequence):
            parent.items.append(value)
        elif (key := self.keys[-1]) is None:
            self.keys[-1] = self.key(value)
        else:
            self.keys[-1] = None
            parent.entries.append((key, value))

    def key(self, value: Value) -> Text:
        """Return a key, complaining if it is none or is there already."""
        if not isinstance(value, Text):
            column = value.column
            hole = self.file.lines[value.line][max(0, column - 1) :].startswith("{{")
            message = "text that begins with `{` must be quoted" if hole else "a key must be text"
            self.file.complain("key", message, value.line, column - hole, 1, QUOTE_HELP)
            return Text("", value.line, column, "", value.line, column)
        if not value.text:
            self.file.about(value, "key", "a key must be text")
        if value.text == "<<":
            self.file.about(value, "merge", "merge keys are not allowed")
            value.text = ""
        seen = self.seen[-1]
        if value.text in seen:
            first = seen[value.text]
            message = f"`{value.text}` is there twice, first in line {first + 1}"
            self.file.about(value, "duplicate-key", message, "take one of them out")
        seen[value.text] = value.line
        return value
