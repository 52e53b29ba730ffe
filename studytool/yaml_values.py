"""Reads YAML as a tree of located texts, from the parser's events; nothing is ever guessed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from studytool.diagnostics import Diagnostic, Severity
from studytool.located import BankFile, Mapping, Sequence, Text, Value

MAX_RECOVERIES = 20
"""How many notes with errors of grammar are passed over to find the problems of the others."""
MAX_DEPTH = 32
"""Collections nested deeper than this are refused, long before the parser could crash."""

_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(\n)|(.?))")
_ITEM = re.compile(r"( *)-(?: |$)")
_NOTES = re.compile(r"['\"]?notes['\"]? *:")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_KEY = re.compile(r" +['\"]?[a-z]+['\"]?")
QUOTE_HELP = "quote the text in '…', or put it into a `|` block"


def parse(file: BankFile) -> Value | None:
    """Return the tree of a file, or None if there is none; all complaints go to it.

    Aliases, anchors, tags, duplicate keys, keys that are not text, and a second document are
    complaints. After an error of grammar the note it stands in is passed over and the rest is
    read, so that one run finds the problems of all notes.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = file.text
    kept: list[Diagnostic] = []
    for _ in range(MAX_RECOVERIES):
        file.diagnostics = list(kept)
        try:
            return _Reader(file).read(yaml.parse(text, Loader=loader))
        except yaml.MarkedYAMLError as error:
            first, end = _note_around(file.lines, _grammar(file, error))
            if first < 0:
                return None
            kept += [
                complaint
                for complaint in file.diagnostics[len(kept) :]
                if first < complaint.line <= end and complaint.code != "key"
            ]
            text = _without(text, first, end)
        except yaml.YAMLError as error:
            file.complain("yaml", f"this is not YAML: {error}".split("\n")[0], 0, 0)
            return None
    file.complain("more", "and perhaps more; mend these first", 0, 0)
    return None


def note_starts(lines: list[str]) -> list[int]:
    """Return the lines, from 0, on which a `-` begins a note."""
    top = next((index for index, row in enumerate(lines) if _NOTES.match(row)), len(lines))
    items = [index for index in range(top, len(lines)) if _ITEM.match(lines[index])]
    indent = len(_ITEM.match(lines[items[0]])[1]) if items else 0  # type: ignore[index]
    return [index for index in items if lines[index].startswith(" " * indent + "-")]


def _note_around(lines: list[str], line: int) -> tuple[int, int]:
    """Return the lines, from 0 and the end not included, of the note that a line is in.

    Returns (-1, -1) if the line is above the first note.
    """
    starts = note_starts(lines)
    place = bisect_right(starts, line)
    if not place:
        return -1, -1
    return starts[place - 1], (*starts, len(lines))[place]


def _without(text: str, first: int, end: int) -> str:
    """Return text of the same length with some lines blank."""
    rows = text.split("\n")
    rows[first:end] = [" " * len(row) for row in rows[first:end]]
    return "\n".join(rows)


class _Reader:
    """Builds the tree on a stack of its own, so no input can exhaust Python's."""

    def __init__(self, file: BankFile) -> None:
        self.file = file
        self.root: Value | None = None
        self.stack: list[Sequence | Mapping] = []
        self.keys: list[Text | None] = []
        self.seen: list[dict[str, int]] = []

    def read(self, events: Iterator[Any]) -> Value | None:
        """Consume events up to the end of the first document."""
        documents = 0
        for event in events:
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
                message = f"more than {MAX_DEPTH} levels of nesting"
                self.complain(event, "nesting", message)
                return None
        return self.root

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
        if style == '"':
            _escapes(self.file, event.start_mark.index, event.end_mark.index)
        elif not style and event.end_mark.line < len(self.file.lines):
            self.comment(event)
        self.add(self.text(event.value, event, style))

    def comment(self, event: Any) -> None:
        """Warn where a ` #` probably cut the text of a plain scalar."""
        mark = event.end_mark
        rest = self.file.lines[mark.line][mark.column :]
        comment = rest.lstrip(" ")
        if not comment.startswith("#") or not event.value:
            return
        if event.value.count("$") % 2 or not re.match(r"#+ +\w", comment):
            column = mark.column + len(rest) - len(comment)
            self.file.complain(
                "comment", "a blank and `#` begin a comment: this text is dropped",
                mark.line, column, len(comment), QUOTE_HELP, Severity.WARNING,
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


def _escapes(file: BankFile, start: int, end: int) -> None:
    """Complain about escapes in double quotes that an author did not mean as such."""
    raw = file.text[start:end]
    if "\\" not in raw:
        return
    for match in _ESCAPE.finditer(raw):
        two, four, eight, line_end, letter = match.groups()
        code = two or four or eight
        if code:
            number = int(code, 16)
            fine = number < 0x110000 and chr(number).isprintable()
        elif line_end:
            fine = True
        elif letter == "n":
            fine = not raw[match.end() : match.end() + 1].isalpha()
        else:
            fine = letter in ('"', "\\", "/")
        if not fine:
            _escape(file, start + match.start(), match.group(), raw[match.end() :])


def _escape(file: BankFile, index: int, found: str, after: str) -> None:
    """Complain about an escape at an index of the text."""
    line = file.text.count("\n", 0, index)
    column = index - file.text.rfind("\n", 0, index) - 1
    word = found + (re.match(r"[A-Za-z]*", after) or [""])[0]
    file.complain(
        "escape", f"in double quotes `{word}` does not mean what it says", line, column, len(word),
        f"write '{word}' in single quotes, or put the text into a `|` block",
    )  # fmt: skip


def _grammar(file: BankFile, error: Any) -> int:
    """Complain, in an author's words, about what YAML could not read; return the line."""
    mark = error.problem_mark or error.context_mark
    problem = str(error.problem)
    line: int = min(mark.line, len(file.lines) - 1)
    column = mark.column if line == mark.line else len(file.lines[line])
    shown = file.lines[line]
    at = shown[column : column + 1]
    advice = QUOTE_HELP
    if "escape" in problem or "hexdecimal" in problem:
        start = error.context_mark
        begin = sum(len(row) + 1 for row in file.lines[: start.line]) + start.column
        quoted = _QUOTED.match(file.text, begin)
        _escapes(file, begin, quoted.end() if quoted else len(file.text))
        return line
    if "mapping values" in problem and _KEY.fullmatch(shown[:column]):
        column = len(shown) - len(shown.lstrip(" "))
        message, advice = "this key does not line up with those above", "check the indentation"
    elif "mapping values" in problem:
        message = "a colon and a blank begin a new key here"
    elif at == "\t":
        message, advice = "a tab cannot indent", "indent with blanks"
    elif "cannot start any token" in problem or "not allowed in this context" in problem:
        message = f"text cannot begin with `{at}`"
    elif shown.startswith("%"):
        column, message = 0, "text cannot begin with `%`"
    elif "flow" in str(error.context) and error.context_mark:
        line, column = error.context_mark.line, error.context_mark.column
        message = "this bracket is never closed, or a comma is missing behind it"
        advice = "text that begins with `[` or `{` must be quoted"
    elif "end of stream" in problem and error.context_mark:
        line, column = error.context_mark.line, error.context_mark.column
        message, advice = "this quote is never closed", "close it, or use a `|` block"
    elif re.search(r":\s*\{\{c\d", shown):
        column = shown.index("{{c")
        message = "text that begins with `{` must be quoted"
    elif begun := re.search(r"(?:: +|- +)([!&*])", shown):
        column = begun.start(1)
        message = f"text that begins with `{begun.group(1)}` must be quoted"
    elif re.search(r"^[^'\"]*: *'[^']*'\w", shown):
        message, advice = "a quote inside single quotes ends the text", "write it twice: ''"
    elif "expected ':'" in problem:
        line = error.context_mark.line if error.context_mark else line
        column = error.context_mark.column if error.context_mark else column
        message, advice = "this line is no key and no list item", "a key ends with `: `"
    else:
        message = "this does not fit here"
        advice = "check the indentation and brackets; " + QUOTE_HELP
    file.complain("yaml", message, line, column, 1, advice)
    return line
