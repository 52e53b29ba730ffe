"""Turns the HTML of an Anki field into our Markdown; no text of it is lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from studytool import markup
from studytool.anki import special_marks
from studytool.anki.html_tokens import Tag, tokens, without_controls
from studytool.anki.markdown_blocks import Blocks
from studytool.anki.markdown_lines import (
    BREAK,
    HOLE,
    HOLE_END,
    LINK,
    LINK_END,
    STASH,
    STYLES,
    paragraphs,
)
from studytool.values import Value, fields

_STYLED = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em", "dfn": "em"}
_STYLED |= {"s": "strike", "strike": "strike", "del": "strike"}
_CODE = frozenset("code kbd samp tt".split())
_INLINE = frozenset("a abbr big bdi font ins label mark nobr q small span time u var wbr".split())
_HIDDEN = frozenset("script style head title template".split())
_LOST = frozenset("u sub sup mark ruby iframe video svg canvas input script object embed".split())
_MARKS = re.compile(r"\x02\d+\x03|\x04\d+\x05|[\x06\x07]")
_WEB = re.compile(r"(?:https?://|mailto:)[^\s<>]+", re.IGNORECASE)
_LETTER = r"[^\W\d_]"
_SOME = r"(?:[^\W_]|[ ,'-]+(?=[^\W_]))*+"
_STARS = rf"(?:\*\*{_LETTER}{_SOME}\*\*|\*{_LETTER}{_SOME}\*)"  # a group fails in Python 3.11
_BOLD = rf"(?<!\S){_STARS}(?![^\s,.;?])"
_HOLES = rf"\{{\{{c\d{{1,3}}::(?:{_STARS}|{_LETTER}{_SOME})(?:::{_LETTER}{_SOME})?\}}\}}"
_MATH = r"(?<![\d$\\])\$[^\s$`*~\[\]!<|_](?:[^\n$`*~\[\]!<|]*[^\s$`*~\[\]!<|\\])?\$(?![\d$])"
_BEGIN = rf"(?={_LETTER}|\d++(?![.)])|[\"'(]|<b>)"
_WORDS = r"[^\s\\`*_~$\[\]<>&!|{}#:]++|:(?!:)| (?! )"
_STRONG = rf"(?:(?<!\S)|(?<=br>)|(?<=[ r]/>))<b>{_LETTER}{_SOME}</b>(?![^\s,.;?<])"
_LINES = rf" ?<br ?/?> ?(?!$){_BEGIN}"
_HOLE = rf"\{{\{{c[1-9]\d?::{_LETTER}{_SOME}(?:::{_LETTER}{_SOME})?\}}\}}"
_SIMPLE = re.compile(rf"{_BEGIN}(?:{_WORDS}|{_LINES}|{_STRONG})*+")
_SIMPLE_HOLES = re.compile(rf"(?:{_BEGIN}|(?=\{{))(?:{_WORDS}|{_LINES}|{_STRONG}|{_HOLE})*+")
"""HTML so simple that it is Markdown but for the tags."""
_LINE_END = re.compile(r" ?<br ?/?> ?")
_CERTAIN = re.compile(
    rf"(?:(?=[^\W\d_]|\*\*?{_LETTER}|\d++[^.)\d]|\{{|\$)"
    rf"(?:[^\W_]|[ ,.;?()'\"/%=+-]|&(?= )|:(?!:)|{_BOLD}|{_HOLES}|{_MATH})++(?:\\\n|\n\n|$))*+"
)
"""Markdown so simple that it can only be read in one way."""
_SIGNS = re.compile(r"\{\{c\d+::|::|\}\}(?=[^}]|$)|\\(?=\n)|[\s*$]")


class Converted(Value):
    """A field as Markdown.

    Attributes:
        text: The Markdown.
        lost: Elements of which only the text is left.
        sure: Whether the text was proved to be all there.
    """

    text: str
    lost: tuple[str, ...] = ()
    sure: bool = True


def convert(field: str, media: Callable[[str], str], cloze_text: bool = False) -> Converted:
    """Return a field as Markdown.

    Args:
        field: HTML.
        media: Gives the path of a picture or sound by the name that Anki has; empty if there is
            none.
        cloze_text: Whether `{{c1::…}}` is a hole.
    """
    field = without_controls(field).strip()
    if (_SIMPLE_HOLES if cloze_text else _SIMPLE).fullmatch(field) and "  " not in field:
        field = field.replace("<b>", "**").replace("</b>", "**")
        return Converted(_LINE_END.sub(r"\\\n", field) if "<" in field else field)
    for plain in (False, True):
        builder = _Builder(media, cloze_text, plain)
        text = builder.markdown(field)
        lost = tuple(sorted(builder.lost))
        expected = builder.expected()
        simple = _CERTAIN.fullmatch(text) and _same(Counter(_SIGNS.sub("", text)), expected)
        if simple or _same(_words(text, cloze_text), expected):
            return Converted(text, lost)
    return Converted(text, lost, sure=False)


def _same(one: Counter[str], other: Counter[str]) -> bool:
    """Tell whether the same signs were counted; as plain dictionaries, for that is done in C."""
    return dict(one) == dict(other)


def _words(text: str, cloze_text: bool) -> Counter[str]:
    """Return the signs that a Markdown text shows, blanks left out."""
    from studytool.markdown import parse

    found: Counter[str] = Counter()
    pending: list[Any] = [parse(text, cloze_text)]
    while pending:
        node = pending.pop()
        if isinstance(node, tuple):
            pending.extend(node)
        elif isinstance(node, markup.Text | markup.Code | markup.CodeBlock):
            found.update("".join(node.text.split()))
        elif isinstance(node, markup.Math | markup.MathBlock):
            found.update("".join(node.tex.split()))
        elif isinstance(node, markup.Hole):
            found.update("".join(node.hint.split()))
            pending.append(node.children)
        elif isinstance(node, Value) and not isinstance(node, markup.Image):
            pending.extend(
                value for name in fields(node) if isinstance(value := getattr(node, name), tuple)
            )
    return found


class _Builder:
    """Reads one field."""

    def __init__(self, media: Callable[[str], str], cloze_text: bool, plain: bool) -> None:
        self.cloze = cloze_text
        self.plain = plain
        self.lost: set[str] = set()
        self.stashed: list[str] = []
        self.special = special_marks.Reader(self.stashed, media)
        self.blocks = Blocks()
        self.line: list[str] = []
        self.holes = 0
        self.hidden = self.pre = self.code = self.linked = 0
        self.raw: list[str] = []
        self.texts: list[str] = []

    def markdown(self, field: str) -> str:
        """Return the field as Markdown."""
        field = self.special.marked(field, self.cloze)
        for token in tokens(field):
            if isinstance(token, Tag):
                self.tag(token)
            else:
                self.text(token)
        self.code_end()
        self.flush()
        return self.blocks.markdown()

    def expected(self) -> Counter[str]:
        """Return the signs that the Markdown should show, blanks left out."""
        text = "".join(self.texts)
        found = Counter("".join(_MARKS.sub("", text).split()))
        for words in self.special.words:
            found.update("".join(words.split()))
        return found

    def text(self, text: str) -> None:
        """Take a stretch of text."""
        if self.hidden:
            return
        if self.pre or self.code:
            self.raw.append(text)
            return
        self.texts.append(text)
        if self.cloze:
            self.holes = max(0, self.holes + text.count(HOLE) - text.count(HOLE_END))
        self.line.append(text)

    def tag(self, tag: Tag) -> None:
        """Take a tag."""
        name = tag.name
        if not tag.closing and name in _LOST:
            self.lost.add(name)
        if name in _HIDDEN:
            self.hidden = max(0, self.hidden + (-1 if tag.closing else 1))
        elif self.hidden:
            return
        elif name == "pre" or name in _CODE:
            self.code_tag(name, tag.closing)
        elif self.pre or self.code:
            if name in ("br", "div", "p") and not (tag.closing and name == "br"):
                self.raw.append("\n" if not tag.closing else "")
        elif name in _STYLED:
            self.line.append(STYLES[_STYLED[name]][tag.closing])
        elif name == "br":
            self.line.append(BREAK)
        elif name == "img":
            if not tag.closing:
                self.line.append(self.special.image(tag.attributes))
        elif name in ("sub", "sup"):
            self.text(")" if tag.closing else {"sub": "_(", "sup": "^("}[name])
        elif name in ("audio", "video", "iframe", "embed", "source"):
            if not tag.closing and (source := tag.attributes.get("src")):
                self.line.append(self.special.sound(source))
        elif name == "a":
            self.link(tag)
        elif name == "rt":
            self.text(")" if tag.closing else "(")
        elif name not in _INLINE:
            self.block(tag)

    def link(self, tag: Tag) -> None:
        """Take the beginning or the end of a link."""
        href = tag.attributes.get("href", "")
        if tag.closing:
            self.line.extend([LINK_END] * self.linked)
            self.linked = 0
        elif _WEB.fullmatch(href) and not self.plain and not self.linked:
            self.linked = 1
            self.line.append(f"{LINK}{self.special.kept(f'<{href}>')}")

    def code_tag(self, name: str, closing: bool) -> None:
        """Take the beginning or the end of code; code in code is one."""
        if name == "pre":
            if not closing and not self.pre:
                self.code_end()
                self.boundary()
                self.pre = 1
            elif closing and self.pre:
                self.code_end()
        elif not self.pre:
            if closing:
                self.code_end()
            else:
                self.code = 1

    def code_end(self) -> None:
        """Write the code that was read."""
        was_block, was_code = self.pre, self.code
        self.pre = self.code = 0
        text, self.raw = "".join(self.raw), []
        if not (was_block or was_code) or not text.strip():
            return
        if self.plain or self.holes or STASH in text or (self.cloze and HOLE in text):
            for number, line in enumerate(text.split("\n")):
                self.line.extend([BREAK] if number else [])
                self.text(line)
            return
        ticks = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
        if was_block:
            fence = ticks.rjust(3, "`")
            body = "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))
            self.texts.append(body)
            self.flush()
            self.blocks.add(f"{fence}\n{body}\n{fence}")
            return
        body = " ".join(text.split())
        pad = " " if body.startswith("`") or body.endswith("`") else ""
        self.texts.append(body)
        self.line.append(self.special.kept(f"{ticks}{pad}{body}{pad}{ticks}"))

    def boundary(self) -> None:
        """End a paragraph; in a hole, which is in one paragraph, only the line."""
        if self.holes:
            self.line.append(BREAK)
        else:
            self.flush()

    def flush(self) -> None:
        """Write the paragraphs that were read."""
        raw, self.line = "".join(self.line), []
        self.blocks.add(*paragraphs(raw, self.stashed, self.plain))

    def block(self, tag: Tag) -> None:
        """Take the beginning or the end of an element that stands by itself."""
        self.boundary()
        if not self.holes and not self.plain:
            self.blocks.tag(tag)
        elif tag.name in ("td", "th", "li"):
            self.line.append(BREAK)
