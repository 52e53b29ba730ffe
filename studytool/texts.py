"""Checks what stands inside a text of a note: its pictures, footnotes and holes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from studytool import cloze, markup
from studytool.diagnostics import Severity
from studytool.located import BankFile, Text
from studytool.values import Value, fields

_IMAGE = re.compile(
    r"(?<!\\)!\[([^\]]{0,2000}+)\]\(\s{0,9}+(?:<([^>\n]{0,500}+)>|([^)\s]{0,500}+))[^)]{0,500}+\)"
)
_CODE = re.compile(r"(?<!`)(`{1,9})(?!`).{1,2000}?(?<!`)\1(?!`)", re.DOTALL)
_HALF_OPENED = re.compile(
    r"(?<!\\)\{\{c(?:0+::|\d+(?!::|\d)|\d{4,})|(?<![\\{])\{\{(?:C\d+|\d+)::|(?<![\\{])\{c\d+::"
)
_LABEL = re.compile(r"(?<!\\)\[\^([^\[\]\s]{1,100})\]")
_CUTTING = ("`", "$", "\n", "|", "<", "[")
"""Where none of these stands, Markdown cannot cut a hole."""
MAX_HOLE = 499
"""The highest hole number of which Anki makes a card."""


def check_pictures(file: BankFile, text: Text, images: Callable[[str], str]) -> None:
    """Complain about pictures that cannot be shown."""
    spans = _CODE.finditer(text.text)
    code = next(spans, None)
    for match in _IMAGE.finditer(text.text):
        while code and code.end() <= match.start():
            code = next(spans, None)
        if code and code.start() <= match.start():
            continue
        description, path = match[1], match[2] or match[3]
        why = images(path)
        if not why and (description.strip() or file.full()):
            continue
        line, column = file.place(text, match.start())
        length = len(match.group()) if "\n" not in match.group() else 1
        if why:
            file.complain(
                "image", f"the picture `{path}` {why}", line, column, length,
                "pictures lie in the folder `media` beside the bank",
            )  # fmt: skip
        if not description.strip():
            file.complain(
                "description", f"the picture `{path}` has no description", line, column,
                length, "write what it shows: ![what it shows](…)", Severity.WARNING,
            )  # fmt: skip


def check_footnotes(file: BankFile, value: Text) -> None:
    """Warn of references to footnotes that are not there, and of footnotes that nothing names."""
    from studytool.markdown import parse, unused_footnotes

    loose = set(_LABEL.findall(" ".join(_words(parse(value.text, holes=True)))))
    for match in _LABEL.finditer(value.text):
        if match[1] in loose:
            line, column = file.place(value, match.start())
            file.complain(
                "footnote", f"there is no footnote `{match[1]}`", line, column, len(match[0]),
                f"define it on a line of its own: [^{match[1]}]: …", Severity.WARNING,
            )  # fmt: skip
    for label in unused_footnotes(value.text, holes=True):
        line, column = file.place(value, value.text.index(f"[^{label}]:"))
        file.complain(
            "footnote", f"nothing refers to the footnote `{label}`, so it is not shown", line,
            column, len(label) + 4, f"refer to it: [^{label}]", Severity.WARNING,
        )  # fmt: skip


def _words(tree: Any) -> Iterator[str]:
    """Yield the plain words of a tree, outside code and formulas."""
    if isinstance(tree, tuple):
        for node in tree:
            yield from _words(node)
    elif isinstance(tree, markup.Text):
        yield tree.text
    elif isinstance(tree, Value) and not isinstance(tree, markup.Code | markup.CodeBlock):
        for name in fields(tree):
            yield from _words(getattr(tree, name))


def check_holes(file: BankFile, value: Text) -> None:
    """Complain about holes that are empty, unclosed, mistyped or torn apart."""
    text = value.text
    holes, unclosed = cloze.scan(text)
    for offset in unclosed:
        line, column = file.place(value, offset)
        file.complain(
            "hole", "this hole is never closed", line, column, 2,
            "close it with `}}`; write \\{{ for the characters themselves",
        )  # fmt: skip
    for match in _HALF_OPENED.finditer(text):
        line, column = file.place(value, match.start())
        file.complain(
            "hole", "this looks like a hole, but is none", line, column, len(match.group()),
            "a hole is {{c1::text}}, numbered from 1 to 499",
        )  # fmt: skip
    pending = list(holes)
    while pending:
        hole = pending.pop()
        if "{{c" in hole.text:
            pending.extend(cloze.scan(hole.text)[0])
        if not hole.text.strip() or hole.number > MAX_HOLE:
            place = file.place(value, hole.start) if hole in holes else (-1, -1)
            line, column = place if place[0] >= 0 else (value.line, value.column)
            message = "this hole is empty" if hole.number <= MAX_HOLE else "hole number too high"
            file.complain("hole", message, line, column, 2)
    if not holes and not unclosed:
        file.about(value, "hole", "this cloze text has no hole", "write {{c1::text}}")
    elif any(mark in text for mark in _CUTTING):
        _check_cuts(file, value, holes)


def _check_cuts(file: BankFile, text: Text, holes: tuple[cloze.Hole, ...]) -> None:
    """Complain about holes that code, math or a paragraph's end tears apart."""
    from studytool.markdown import parse

    shown = markup.hole_numbers(parse(text.text, holes=True))
    for hole in holes:
        lost = {hole.number, *cloze.numbers(hole.text)} - shown
        if lost:
            line, column = file.place(text, hole.start)
            names = ", ".join(f"c{number}" for number in sorted(lost))
            file.complain(
                "hole", f"{names} is cut by a formula, code or the end of a paragraph",
                line, column, 2, "a hole begins and ends inside one of them",
            )  # fmt: skip
