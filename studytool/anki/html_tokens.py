"""Cuts the HTML of an Anki field into text and tags, in linear time; any text is taken."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

TAGS = frozenset(
    "a abbr address article aside audio b big blockquote body br button canvas caption center cite"
    " code col colgroup dd del details dfn div dl dt em embed figcaption figure font footer form"
    " h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label li link main mark"
    " math meta nav nobr object ol option p picture pre q rb rp rt ruby s samp script section"
    " select small source span strike strong style sub summary sup svg table tbody td template"
    " textarea tfoot th thead time title tr track tt u ul var video wbr g path rect circle".split()
)
"""Elements that HTML has; anything else between angle brackets is what the author typed."""

_OPENING = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})(?=[\s/>])")
_STOP = re.compile(r"[>\"']")
_ATTRIBUTE = re.compile(r"([A-Za-z-]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]{1,5000}))")
_UNUSED = [*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xFEFF]
_SIGNS: dict[int, str | None] = dict.fromkeys(_UNUSED, None)
_SIGNS |= dict.fromkeys([0x85, 0x2028, 0x2029], " ")
_SIGNS |= dict.fromkeys([*range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0)], "\ufffd")
_SIGNS |= {plane + low: "\ufffd" for plane in range(0, 0x110000, 0x10000) for low in (65534, 65535)}
_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
    "\U0001fffe-\U0010ffff]"
)
"""Finds all signs above, and rare others: most texts have none and need no translation."""
_DECODED = {code: sign for code, sign in _SIGNS.items() if code >= 0x7F}
"""For what entities stood for: of the controls below, marks of ours among them, none is left."""


class Tag(NamedTuple):
    """A tag; names are in lower case, attributes without entities."""

    name: str
    closing: bool
    attributes: dict[str, str]


Token: TypeAlias = str | Tag


def without_controls(text: str) -> str:
    """Return text without characters that no field shows and no YAML holds."""
    return text.translate(_SIGNS) if _SUSPECT.search(text) else text


def tokens(field: str) -> Iterator[Token]:
    """Yield the text, entities decoded, and the tags of a field; comments are left out."""
    if "<" not in field:
        yield from _text(field)
        return
    at, text_from, end = 0, 0, len(field)
    closed = comments = True
    quotes = {'"': True, "'": True}
    while closed and (at := field.find("<", at)) >= 0:
        if comments and field.startswith("<!--", at):
            stop = field.find("-->", at + 4)
            comments = stop >= 0
            if comments:
                yield from _text(field[text_from:at])
                at = text_from = stop + 3
                continue
        match = _OPENING.match(field, at)
        if match is None or match[2].lower() not in TAGS:
            at += 1
            continue
        stop = _end(field, match.end(), quotes)
        if stop < 0:
            closed = False  # no tag ends from here on
            continue
        yield from _text(field[text_from:at])
        inside = field[match.end() : stop]
        yield Tag(match[2].lower(), bool(match[1]), _attributes(inside) if "=" in inside else {})
        at = text_from = stop + 1
    yield from _text(field[text_from:end])


def _end(field: str, at: int, quotes: dict[str, bool]) -> int:
    """Return where a tag ends; `quotes` remembers which kinds are not met any more."""
    while match := _STOP.search(field, at):
        at = match.end()
        if match[0] == ">":
            return match.start()
        if quotes[match[0]]:
            stop = field.find(match[0], at)
            if stop < 0:
                quotes[match[0]] = False
            else:
                at = stop + 1
    return -1


def _attributes(inside: str) -> dict[str, str]:
    """Return the attributes of a tag, the first of a name."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(inside):
        value = without_controls(html.unescape(double or single or bare)).strip()
        found.setdefault(name.lower(), value)
    return found


def _text(raw: str) -> Iterator[str]:
    """Yield a stretch of text, unless it is empty."""
    if raw:
        if "&" in raw:
            raw = html.unescape(raw)
            raw = raw.translate(_DECODED) if _SUSPECT.search(raw) else raw
        yield raw
