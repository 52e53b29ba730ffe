"""Puts paragraphs into the lists, quotes and tables of Markdown that HTML opens around them."""

from __future__ import annotations

import re

from studytool.anki.html_tokens import Tag

MAX_NESTED = 6
"""Lists and quotes nested deeper than this are paragraphs."""
_HEADINGS = frozenset(f"h{number}" for number in range(1, 7))
_LISTS = frozenset(("ul", "ol"))
_CELLS = frozenset(("td", "th"))
_NESTING = _HEADINGS | _LISTS | _CELLS | {"li", "blockquote", "table", "tr"}


class _Frame:
    """An element that is open, with the blocks in it so far."""

    def __init__(self, name: str, start: int = 1) -> None:
        self.name = name
        self.start = start
        self.blocks: list[str] = []
        self.rows: list[list[str]] = []


class Blocks:
    """The blocks of a text, and the elements that are open."""

    def __init__(self) -> None:
        """Start without any."""
        self.frames = [_Frame("")]

    def add(self, *blocks: str) -> None:
        """Add blocks where we are."""
        self.frames[-1].blocks.extend(blocks)

    def markdown(self) -> str:
        """Close what is open, and return the text."""
        while len(self.frames) > 1:
            self._close()
        return "\n\n".join(self.frames[0].blocks)

    def tag(self, tag: Tag) -> None:
        """Take the beginning or the end of an element, after the paragraph before it."""
        name = tag.name
        if name == "hr":
            self.frames[-1].blocks.append("---")
        elif name in _NESTING:
            names = [frame.name for frame in self.frames]
            if tag.closing:
                if name in names and not (name in _CELLS | {"tr", "li"} and self._barred(name)):
                    while self.frames[-1].name != name:
                        self._close()
                    self._close()
            elif self._allowed(name, names):
                if name in ("li", "tr") and not self._barred(name) and name in names:
                    while self.frames[-1].name != name:
                        self._close()
                    self._close()
                elif name in _CELLS and self.frames[-1].name in _CELLS:
                    self._close()
                start = tag.attributes.get("start", "1")
                number = int(start) if re.fullmatch("[0-9]{1,6}", start) else 1
                self.frames.append(_Frame(name, number))

    def _barred(self, name: str) -> bool:
        """Tell whether an open list or table stands between here and such an element."""
        above = _LISTS if name == "li" else {"table"}
        for frame in reversed(self.frames):
            if frame.name == name:
                return False
            if frame.name in above:
                return True
        return True

    def _allowed(self, name: str, names: list[str]) -> bool:
        """Tell whether an element can be in those that are open."""
        if name in ("tr", *_CELLS):
            return "table" in names and not set(names) & _CELLS - {names[-1]}
        if name == "table":
            return not {"table", "li", *_HEADINGS} & set(names)
        if "table" in names or set(names) & _HEADINGS:
            return False
        if name == "li":
            return bool(_LISTS & set(names))
        return sum(each in _LISTS or each == "blockquote" for each in names) < MAX_NESTED

    def _close(self) -> None:
        """End the innermost element, and write it into the one around it."""
        frame = self.frames.pop()
        around = self.frames[-1]
        blocks = frame.blocks
        if frame.name in _CELLS:
            rows = next((f.rows for f in reversed(self.frames) if f.name == "table"), None)
            if rows is not None:
                if not rows or around.name != "tr":
                    rows.append([])
                rows[-1].append(_cell(blocks))
        elif frame.name == "table":
            around.blocks.extend([*blocks, _table(frame.rows)] if frame.rows else blocks)
        elif frame.name == "tr":
            around.blocks.extend(blocks)
        elif frame.name == "li":
            around.rows.append(blocks)
        elif frame.name in _LISTS:
            around.blocks.extend(blocks)
            if any(frame.rows):
                around.blocks.append(_list(frame))
        elif frame.name == "blockquote":
            text = "\n\n".join(blocks)
            if text:
                around.blocks.append("\n".join(f"> {line}".rstrip() for line in text.split("\n")))
        elif blocks:
            level = "#" * int(frame.name[1:])
            around.blocks.append(
                f"{level} {' '.join(' '.join(blocks).replace(_HARD, ' ').split())}"
            )
        if frame.name == "tr":
            next(f.rows for f in reversed(self.frames) if f.name == "table").append([])


_HARD = "\\\n"


def _cell(blocks: list[str]) -> str:
    """Return a table's cell in one line."""
    text = " ".join(" ".join(blocks).replace(_HARD, " ").split())
    return re.sub(r"(?<!\\)\|", r"\\|", text)


def _table(rows: list[list[str]]) -> str:
    """Return a table, its first row as the head."""
    rows = [row for row in rows if row]
    width = max(map(len, rows), default=0)
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
    lines.insert(1, "|" + " --- |" * width)
    return "\n".join(lines)


def _list(frame: _Frame) -> str:
    """Return a list; what belongs to an item is set in below it."""
    lines = []
    items = [blocks for blocks in frame.rows if blocks]
    for number, blocks in enumerate(items, frame.start):
        mark = "- " if frame.name == "ul" else f"{number}. "
        text = "\n\n".join(blocks)
        inner = [" " * len(mark) + line if line else "" for line in text.split("\n")]
        lines.append(mark + "\n".join(inner)[len(mark) :])
    return "\n".join(lines)
