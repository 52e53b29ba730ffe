"""Parses the Markdown of a note, with math and cloze holes, into the tree of `markup`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from studytool import cloze
from studytool.markdown_rules import MAX_NESTING, parser
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

if TYPE_CHECKING:
    from markdown_it.token import Token

_PLAIN = re.compile(r"[^\W\d_][^\r\n\\`*_~$\[\]<>&!|{}#]*")
"""Text in which Markdown has nothing to find."""


def parse(text: str, holes: bool = False, macros: tuple[tuple[str, str], ...] = ()) -> Blocks:
    """Return the tree of a Markdown text; every input has one.

    CommonMark with tables, strike-through and footnotes, which come last; raw HTML is text;
    `$…$` and `$$…$$` are math.

    Args:
        text: What the author wrote.
        holes: Whether `{{c1::…}}` is a hole, as in a cloze note, or plain text.
        macros: LaTeX commands to expand in math, as (command, replacement) pairs.
    """
    text = text.strip("\n")
    if not text:
        return ()
    if _PLAIN.fullmatch(text) and not text[-1].isspace():
        return (Paragraph((Text(text),)),)
    tokens = parser(holes).parse(text, {"holes": holes})
    return _Builder(macros, holes).blocks(iter(tokens), "")


def unused_footnotes(text: str, holes: bool = False) -> tuple[str, ...]:
    """Return the labels of footnotes that a text defines and never refers to."""
    env: dict[str, Any] = {"holes": holes}
    parser(holes).parse(text.strip("\n"), env)
    numbers = env.get("footnotes", {}).get("refs", {})
    return tuple(label.removeprefix(":") for label, number in numbers.items() if number < 0)


class _Builder:
    """Turns markdown-it's flat tokens into the tree."""

    def __init__(self, macros: tuple[tuple[str, str], ...], holes: bool = False) -> None:
        self.level = 0
        self.macros = dict(macros)
        self.holes = holes

    def tex(self, text: str) -> str:
        """Return LaTeX with the bank's macros expanded; a hole is one argument of a macro."""
        text = text.strip()
        if not self.macros or "\\" not in text:
            return text
        from studytool.texmath.macros import Span, expand

        spans = [Span(*span) for span in cloze.spans(text)] if self.holes else []
        return expand(text, self.macros, spans).text

    def blocks(self, tokens: Iterator[Token], end: str) -> Blocks:
        """Collect blocks until the closing token of the given type."""
        found: list[Block] = []
        for token in tokens:
            if token.type == end:
                break
            block = self.block(token, tokens)
            if isinstance(block, Paragraph):
                found.extend(_parted(block.children))
            elif block is not None:
                found.append(block)
        return tuple(found)

    def block(self, token: Token, tokens: Iterator[Token]) -> Block | None:
        """Return the block that a token opens, reading on to its end."""
        match token.type:
            case "paragraph_open":
                return Paragraph(self.line(tokens))
            case "heading_open":
                return Heading(int(token.tag[1]), self.line(tokens))
            case "fence" | "code_block":
                language = token.info.split()
                return CodeBlock(token.content.rstrip("\n"), language[0] if language else "")
            case "math_block":
                return MathBlock(self.tex(token.content))
            case "bullet_list_open" | "ordered_list_open":
                closing = token.type.replace("open", "close")
                start = int(token.attrs.get("start", 1)) if token.type[0] == "o" else None
                return ListBlock(start, self.items(tokens, closing))
            case "blockquote_open":
                return Quote(self.blocks(tokens, "blockquote_close"))
            case "table_open":
                return self.table(tokens)
            case "hr":
                return Rule()
            case "footnote_block_open":
                return Footnotes(self.footnotes(tokens))
            case "inline":
                return Paragraph(self.inlines(token.children or []))
        return None

    def line(self, tokens: Iterator[Token]) -> Inlines:
        """Return the inline content behind an opening token, and skip its closing one."""
        children = self.inlines(next(tokens).children or [])
        next(tokens)
        return children

    def items(self, tokens: Iterator[Token], end: str) -> tuple[Blocks, ...]:
        """Return the items of a list."""
        found: list[Blocks] = []
        for token in tokens:
            if token.type == end:
                break
            found.append(self.blocks(tokens, "list_item_close"))
        return tuple(found)

    def footnotes(self, tokens: Iterator[Token]) -> tuple[Blocks, ...]:
        """Return the footnotes, in the order of their numbers."""
        found: list[Blocks] = []
        for token in tokens:
            if token.type == "footnote_block_close":
                break
            found.append(self.blocks(tokens, "footnote_close"))
        return tuple(found)

    def table(self, tokens: Iterator[Token]) -> Table:
        """Return a table, its head as the first row."""
        rows: list[tuple[Inlines, ...]] = []
        row: list[Inlines] = []
        alignments: list[str] = []
        for token in tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                row = []
            elif token.type == "tr_close":
                rows.append(tuple(row))
            elif token.type in ("th_open", "td_open"):
                if token.type == "th_open":
                    style = str(token.attrs.get("style", ""))
                    alignments.append(style.removeprefix("text-align:") or "left")
                row.append(self.line(tokens))
        return Table(tuple(rows), tuple(alignments))

    def inlines(self, tokens: list[Token]) -> Inlines:
        """Return the tree of a paragraph's tokens."""
        return self.spans(self.shallow(tokens), "")

    def shallow(self, tokens: list[Token]) -> Iterator[Token]:
        """Yield tokens without the spans, but with their words, that are nested too deep."""
        for token in tokens:
            self.level += max(0, token.nesting)
            if not token.nesting or self.level <= MAX_NESTING:
                yield token
            self.level += min(0, token.nesting)

    def spans(self, tokens: Iterator[Token], end: str) -> Inlines:
        """Collect inline nodes until the closing token of the given type."""
        found: list[Inline] = []
        for token in tokens:
            if token.type == end:
                break
            node = self.span(token, tokens)
            if isinstance(node, Text) and found and isinstance(found[-1], Text):
                found[-1] = Text(found[-1].text + node.text)
            elif node is not None:
                found.append(node)
        return tuple(found)

    def span(self, token: Token, tokens: Iterator[Token]) -> Inline | None:
        """Return the inline node that a token opens, reading on to its end."""
        match token.type:
            case "text":
                return Text(token.content) if token.content else None
            case "softbreak":
                return Text(" ")
            case "hardbreak":
                return Break()
            case "code_inline":
                return Code(token.content)
            case "math_inline" | "math_inline_double":
                return Math(self.tex(token.content), token.type.endswith("double"))
            case "em_open":
                return Span("em", self.spans(tokens, "em_close"))
            case "strong_open":
                return Span("strong", self.spans(tokens, "strong_close"))
            case "s_open":
                return Span("strike", self.spans(tokens, "s_close"))
            case "link_open":
                return Link(str(token.attrs["href"]), self.spans(tokens, "link_close"))
            case "image":
                return Image(str(token.attrs["src"]), token.content)
            case "footnote_ref":
                return FootnoteMark(int(token.meta["id"]) + 1)
            case "hole":
                children = self.inlines(token.children or [])
                return Hole(token.meta["number"], token.meta["hint"], children)
        return Text(token.content) if token.content else None


def _parted(children: Inlines) -> Iterator[Block]:
    """Yield a paragraph, with each display formula in it as a block of its own."""
    words: list[Inline] = []
    for child in (*children, None):
        if child is not None and not (isinstance(child, Math) and child.display):
            words.append(child)
            continue
        if any(not isinstance(word, Text) or word.text.strip() for word in words):
            yield Paragraph(_stripped(words))
        words = []
        if child is not None:
            yield MathBlock(child.tex)


def _stripped(words: list[Inline]) -> Inlines:
    """Return running text without blanks at its ends."""
    for index, strip in ((0, str.lstrip), (-1, str.rstrip)):
        word = words[index]
        if isinstance(word, Text):
            words[index] = Text(strip(word.text))
    return tuple(word for word in words if word != Text(""))
