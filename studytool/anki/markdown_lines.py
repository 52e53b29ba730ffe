"""Writes running text as Markdown: escapes what would be markup, sets emphasis where it can be."""

from __future__ import annotations

import re
from collections import Counter
from typing import TypeAlias

STASH, STASH_END = "\x02", "\x03"
"""Around the number of something that is written as it is: a formula, code, a picture."""
HOLE, HOLE_NUMBER, HINT, HOLE_END = "\x04", "\x05", "\x06", "\x07"
"""The beginning of a hole, the end of its number, the beginning of its hint, and its end."""
BREAK = "\x0e"
STYLES = {"strong": ("\x10", "\x11"), "em": ("\x12", "\x13"), "strike": ("\x14", "\x15")}
_MARKS = {"\x10": "**", "\x11": "**", "\x12": "*", "\x13": "*", "\x14": "~~", "\x15": "~~"}
_CLOSES = {"\x11": "\x10", "\x13": "\x12", "\x15": "\x14"}
LINK, LINK_END = "\x16", "\x17"
"""Around the words of a link; behind the first comes the number of its target as a stash."""

Stashed: TypeAlias = list[str]

_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_TOKEN = re.compile(r"\x02\d+\x03|\x04\d+\x05|[\x06\x07\x0e\x10-\x17]")
_SIGN = re.compile(r"[\\`*_\[\]<$~!&{}:|]")
_EVERY = re.compile(r"[!-/:-@\[-`{-~]")
_ENTITY = re.compile(r"&#?\w{1,32};")
_LINE_START = re.compile(
    r"([\x10-\x15 ]*)(?:(\d{1,9})([.)])(?=[\s\x10-\x15]|$)|(#{1,6}(?=[\s\x10-\x15]|$)|[-+=:|~>]))"
)
_MARK = re.compile(r"[\x10-\x15]")
_SHIFTS = (
    (re.compile(r"([\x10\x12\x14])([ \x0e]+)"), r"\2\1"),
    (re.compile(r"([ \x0e]+)([\x11\x13\x15])"), r"\2\1"),
    (re.compile(r"\x10\x11|\x12\x13|\x14\x15|\x11\x10|\x13\x12|\x15\x14"), ""),
)
_STYLE = re.compile(r"([\x04\x07\x10-\x17])")
_PUNCTUATION = re.compile(r"[^\w\s]|_")


def paragraphs(raw: str, stashed: Stashed, plain: bool = False) -> list[str]:
    """Return running text as paragraphs of Markdown.

    Args:
        raw: Text with the marks of this module in it.
        stashed: What the numbers stand for.
        plain: Escape everything that could be markup, and set no emphasis.
    """
    raw = _SPACES.sub(" ", raw)
    raw = re.sub(r"(?<=\x05)[ \x0e]+|[ \x0e]+(?=\x07)", "", raw) if HOLE in raw else raw
    found: list[list[str]] = [[]]
    depth = 0
    for line in raw.split(BREAK):
        line = line.strip()
        if line:
            found[-1].append(line)
        elif not depth and found[-1]:
            found.append([])
        depth = max(0, depth + line.count(HOLE) - line.count(HOLE_END))
    return [_paragraph(BREAK.join(lines), stashed, plain) for lines in found if lines]


def _paragraph(raw: str, stashed: Stashed, plain: bool) -> str:
    """Return one paragraph as Markdown, its lines parted by breaks that show."""
    raw = _without_links(_paired("" if plain else "\x10\x12\x14", raw))
    words = _TOKEN.sub("", raw)
    risky = {
        "[": LINK in raw or "](" in words or "[^" in words,
        "$": STASH in raw or words.count("$") > 1,
        "~": "~~" in words or "\x14" in raw,
    }
    pieces: list[str] = []
    at, holes, link = 0, 0, False
    for match in _TOKEN.finditer(raw):
        pieces.append(_escaped(raw[at : match.start()], risky, plain, holes > 0, link))
        mark = match[0]
        holes += (mark[0] == HOLE) - (mark == HOLE_END)
        link = (link or mark == LINK) and mark != LINK_END
        pieces.append(mark)
        at = match.end()
    pieces.append(_escaped(raw[at:], risky, plain, holes > 0, link))
    lines = [_guarded(line.strip()) for line in "".join(pieces).split(BREAK)]
    lines = _emphasis(BREAK.join(lines)).split(BREAK)
    return _restored("\\\n".join(text for line in lines if (text := line.strip())), stashed)


def _escaped(text: str, risky: dict[str, bool], plain: bool, hole: bool, link: bool) -> str:
    """Return words in which nothing is markup."""
    if plain:
        return _EVERY.sub(r"\\\g<0>", text)

    def sign(match: re.Match[str]) -> str:
        own, before, after = match[0], text[: match.start()][-1:], text[match.end() :][:1]
        needed = True
        if own == "\\":
            needed = not after or bool(_EVERY.match(after))
        elif own == "*":
            needed = not (before == after == " ")
        elif own == "_":
            needed = not (before.isalnum() and after.isalnum())
        elif own in "[]":
            needed = link or (own == "[" and risky["["])
        elif own in "$~":
            needed = risky[own]
        elif own == "<":
            needed = not after or after.isalpha() or after in "/!?"
        elif own == "!":
            needed = not after or after == "["
        elif own == "&":
            needed = not after or bool(_ENTITY.match(text, match.start()))
        elif own in "{}":
            needed = hole or own in (before, after)
        elif own in ":|":
            needed = own == ":" and hole and after == ":"
        return "\\" + own if needed else own

    return _SIGN.sub(sign, text)


def _guarded(line: str) -> str:
    """Return a line with a backslash where it would begin a list, a heading or the like."""
    match = _LINE_START.match(line)
    if match is None:
        return line
    marks, number, dot, sign = match.groups()
    return marks + (f"{number}\\{dot}" if number else f"\\{sign}") + line[match.end() :]


def _paired(kept: str, raw: str) -> str:
    """Return text without the styles that are not closed where they were opened.

    `kept` are the openings of the styles that stay.
    """
    if not _MARK.search(raw):
        return raw
    tokens = _STYLE.split(raw)
    stack: list[int] = []
    levels = [Counter[str]()]
    drop: set[int] = set()
    for index, token in enumerate(tokens):
        if token in (HOLE, LINK):
            stack.append(index)
            levels.append(Counter({token: 1}))
        elif token in (HOLE_END, LINK_END):
            begin = HOLE if token == HOLE_END else LINK
            if not levels[-1][begin]:
                continue  # the link began in another paragraph
            while tokens[top := stack.pop()] != begin:
                drop.add(top)
            levels.pop()
        elif token in _CLOSES.values():
            stack.append(index)
            levels[-1][token] += 1
        elif token in _CLOSES:
            begin = _CLOSES[token]
            if not levels[-1][begin]:
                drop.add(index)
                continue
            while tokens[top := stack.pop()] != begin:
                drop.add(top)
                levels[-1][tokens[top]] -= 1
            levels[-1][begin] -= 1
            if begin not in kept or levels[-1][begin]:
                drop |= {top, index}
    drop.update(index for index in stack if tokens[index] in _CLOSES.values())
    return "".join(token for index, token in enumerate(tokens) if index not in drop)


def _without_links(raw: str) -> str:
    """Return text without links that have no end, or no words, in the same paragraph."""
    if LINK not in raw and LINK_END not in raw:
        return raw
    raw = re.sub(r"\x16\x02\d+\x03(?=\s*(?:\x16|\x17|$))", "", raw)
    if raw.count(LINK) == raw.count(LINK_END) and not re.search(r"\x16[^\x17]*\x16", raw):
        return raw
    return re.sub(r"\x16\x02\d+\x03|\x17", "", raw)


def _emphasis(text: str) -> str:
    """Return text with stars for its styles, wherever Markdown would read them as such."""
    if not _MARK.search(text):
        return text
    before = ""
    while before != text:
        before = text
        for pattern, instead in _SHIFTS:
            text = pattern.sub(instead, text)
    stack: list[int] = []
    drop: set[int] = set()
    for match in _MARK.finditer(text):
        index = match.start()
        if match[0] not in _CLOSES:
            stack.append(index)
        elif stack:
            begin = stack.pop()
            if not _flanked(text, begin, index):
                drop |= {begin, index}
    return _MARK.sub(lambda m: "" if m.start() in drop else _MARKS[m[0]], text)


def _flanked(text: str, begin: int, end: int) -> bool:
    """Tell whether stars at two places would open and close."""
    if begin and text[begin - 1] in _CLOSES:
        return False

    def look(at: int, step: int) -> str:
        while 0 <= at < len(text) and text[at] in _MARKS:
            at += step
        return text[at] if 0 <= at < len(text) else " "

    for outer, inner in ((look(begin, -1), look(begin, 1)), (look(end, 1), look(end, -1))):
        if inner in " " + BREAK:
            return False
        loose = outer in " " + BREAK or _PUNCTUATION.match(outer)
        if _PUNCTUATION.match(inner) and not loose:
            return False
    return True


def _restored(text: str, stashed: Stashed) -> str:
    """Return text with what was stashed in its place, and holes as ours are written."""
    if STASH not in text:
        return holes(text)
    text = re.sub(
        r"\x16\x02(\d+)\x03([^\x17]*)\x17", lambda m: f"[{m[2]}]({stashed[int(m[1])]})", text
    )

    def piece(match: re.Match[str]) -> str:
        found = stashed[int(match[1])]
        if found.startswith("$"):
            before, after = text[: match.start()][-1:], text[match.end() :][:1]
            return " " * before.isdigit() + found + " " * after.isdigit()
        return found

    return holes(re.sub(r"\x02(\d+)\x03", piece, text))


def holes(text: str) -> str:
    """Return text with the marks of holes as ours are written."""
    if HOLE not in text:
        return text
    text = re.sub(r"\x04(\d+)\x05", r"{{c\1::", text)
    return text.replace(HINT, "::").replace(HOLE_END, "}}")
