"""Turns the tree of a marked-up text into the HTML of an Anki field."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from studytool.anki.code import code
from studytool.anki.escaping import attribute, closing, math, opening, text
from studytool.bank_files import MEDIA
from studytool.markup import (
    Block,
    Blocks,
    Break,
    Code,
    CodeBlock,
    FootnoteMark,
    Footnotes,
    Heading,
    Hole,
    Image,
    Inline,
    Inlines,
    Link,
    ListBlock,
    Math,
    MathBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    Text,
)
from studytool.values import Value

_SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\x00-\x20]+", re.IGNORECASE)
_SOUND = re.compile(
    r"\.(?:mp3|ogg|oga|opus|wav|m4a|flac|aac|3gp|spx|mp4|webm|ogv|mov|mkv|mpe?g|avi|m4v)",
    re.IGNORECASE,
)
_TAGS = {"em": "em", "strong": "strong", "strike": "s"}
_FOOTNOTES = "font-size: 0.85em; color: var(--muted)"
_ALIGNMENTS = frozenset({"center", "right"})


class HtmlWriter(Value):
    """Writes trees as HTML.

    Attributes:
        image: Gives the packed media name of a picture's, or a sound's, path.
        holes: Whether raw holes in code and formulas are holes, as in a cloze note.
    """

    image: Callable[[str], str]
    holes: bool = False

    def blocks(self, blocks: Blocks) -> str:
        """Return blocks as HTML; a lone paragraph has no element around it."""
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            return self.inlines(blocks[0].children)
        return "".join(self.block(block) for block in blocks)

    def block(self, block: Block) -> str:
        """Return one block as an HTML element."""
        match block:
            case Paragraph(children):
                return f"<p>{self.inlines(children)}</p>"
            case Heading(level, children):
                return f"<h{level}>{self.inlines(children)}</h{level}>"
            case CodeBlock(raw, language):
                inside = code(raw, language, self.holes)
                start = "\n" if inside.startswith("\n") else ""  # HTML drops the first one
                return f"<pre><code>{start}{inside}</code></pre>"
            case MathBlock(tex):
                return f'<div class="formula">{math(tex, True, self.holes)}</div>'
            case ListBlock(None, items):
                return f"<ul>{self.items(items)}</ul>"
            case ListBlock(start, items):
                number = "" if start == 1 else f' start="{start}"'
                return f"<ol{number}>{self.items(items)}</ol>"
            case Quote(children):
                return f"<blockquote>{self.blocks(children)}</blockquote>"
            case Table():
                return self.table(block)
            case Rule():
                return "<hr>"
            case Footnotes(notes):
                return f'<ol class="footnotes" style="{_FOOTNOTES}">{self.items(notes)}</ol>'

    def items(self, items: tuple[Blocks, ...]) -> str:
        """Return the items of a list; their first paragraph has no element around it."""
        return "".join(f"<li>{self.item(blocks)}</li>" for blocks in items)

    def item(self, blocks: Blocks) -> str:
        """Return the inside of one item."""
        if blocks and isinstance(blocks[0], Paragraph):
            return self.inlines(blocks[0].children) + "".join(map(self.block, blocks[1:]))
        return "".join(map(self.block, blocks))

    def table(self, table: Table) -> str:
        """Return a table in a box of its own, so that a wide one scrolls."""

        def row(cells: tuple[Inlines, ...], tag: str) -> str:
            return "<tr>" + "".join(
                self.cell(cell, tag, table.alignments[index : index + 1])
                for index, cell in enumerate(cells)
            )

        head, *body = table.rows
        rows = "".join(row(cells, "td") + "</tr>" for cells in body)
        return (
            f'<div class="wide"><table><thead>{row(head, "th")}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
        )

    def cell(self, children: Inlines, tag: str, alignment: tuple[str, ...]) -> str:
        """Return one cell."""
        style = ""
        if alignment and alignment[0] in _ALIGNMENTS:
            style = f' style="text-align: {alignment[0]}"'
        return f"<{tag}{style}>{self.inlines(children)}</{tag}>"

    def sound(self, path: str, children: Inlines) -> str:
        """Return what plays a sound or a video; the words for it, unless they only name a file."""
        player = f"[sound:{self.image(path)}]"
        named = len(children) == 1 and isinstance(children[0], Text) and is_sound(children[0].text)
        return player if named or not children else f"{self.inlines(children)} {player}"

    def inlines(self, children: Inlines) -> str:
        """Return running text."""
        return "".join(self.inline(child) for child in children)

    def inline(self, node: Inline) -> str:
        """Return one piece of running text."""
        match node:
            case Text(words):
                return text(words)
            case Code(raw):
                return f"<code>{code(raw, '', self.holes)}</code>"
            case Math(tex, display):
                return math(tex, display, self.holes)
            case Span(style, children):
                return f"<{_TAGS[style]}>{self.inlines(children)}</{_TAGS[style]}>"
            case Link(href, children) if "/" in href and is_sound(href):
                return self.sound(href, children)
            case Link(href, children):
                return link(href, self.inlines(children))
            case Image(path, description):
                name = attribute(self.image(path))
                return f'<img src="{name}" alt="{attribute(description)}">'
            case Break():
                return "<br>"
            case FootnoteMark(number):
                return f"<sup>{number}</sup>"
            case Hole(number, hint, children):
                return opening(number) + self.inlines(children) + closing(text(hint))


def is_sound(path: str) -> bool:
    """Tell whether a path, or a file's name, is that of a sound or video of ours."""
    if "/" in path and not path.startswith(f"{MEDIA}/"):
        return False
    return bool(_SOUND.fullmatch(PurePosixPath(path).suffix))


def link(href: str, inside: str) -> str:
    """Return HTML as a link; where it would lead is left out unless it is the web or mail."""
    if not _SAFE_LINK.fullmatch(href):
        return inside
    return f'<a href="{attribute(href)}">{inside}</a>'
