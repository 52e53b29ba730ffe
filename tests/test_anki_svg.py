"""Drawings: what acts or asks the net is taken out, everything else is the same bytes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from studytool.anki.svg import clean
from studytool.errors import StudytoolError

NAMES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
PICTURE = '<image href="data:image/png;base64,AAAA"/>'
MEDIA = Path(__file__).parents[1] / "cards" / "media"


def drawing(inside: str, attributes: str = "") -> bytes:
    return f"<svg {NAMES} {attributes}>{inside}<circle r='1'/></svg>".encode()


@pytest.mark.parametrize(
    "inside",
    [
        "<g onclick='x()'/>",
        "<script>x()</script>",
        "<script href='data:,x()'/>",
        "<SCRIPT>x()</SCRIPT>",
        "<s:script xmlns:s='http://www.w3.org/2000/svg'>x()</s:script>",
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload='x()'/></foreignObject>",
        "<a href='javascript:x()'>t</a>",
        "<a xlink:href=' JavaScript:x()'>t</a>",
        "<a href='data:text/html,x'>t</a>",
        "<use href='http://x.org/a.svg#b'/>",
        "<image xlink:href='//x.org/a.png'/>",
        "<image href='data:image/svg+xml,x'/>",
        "<set attributeName='href' to='javascript:x()'/>",
        "<animate attributeName='xlink:href' values='javascript:x()'/>",
        "<set attributeName='onload' to='x()'/>",
        "<style>@import 'http://x.org/a.css';</style>",
        "<style>a { fill: url( 'http://x.org/a' ) }</style>",
        "<style>a { fill: u\\72l(http://x.org/a) }</style>",
        "<g style='background: URL(http://x.org/a)'/>",
        "<g fill='url(//x.org/a#b)'/>",
        "<g><g><g><script>x()</script></g></g></g>",
    ],
)
def test_what_acts_or_asks_is_taken_out(inside):
    cleaned = clean(drawing(inside))
    assert not re.search(rb"x\(\)|x\.org|script|data:text", cleaned.replace(NAMES.encode(), b""))
    assert b"circle" in cleaned
    assert clean(cleaned) == cleaned


def test_handlers_and_style_sheets_of_the_whole_are_taken_out():
    assert b"onload" not in clean(drawing("", "onload='x()'"))
    sheet = b'<?xml-stylesheet href="http://x.org/a.css"?>' + drawing("")
    assert b"stylesheet" not in clean(sheet)


@pytest.mark.parametrize(
    "inside",
    [
        PICTURE,
        "<!-- words --><style>a { fill: url(#g); stroke: red }</style>",
        "<use href='#a'/><use xlink:href='#b'/>",
        "<a href='https://x.org'><text>on a script</text></a>",
        "<animate attributeName='r' from='0' to='9'/>",
        "<g fill='url(\"#g\")' style='fill: url(#g)'/>",
    ],
)
def test_everything_else_stays_byte_for_byte(inside):
    data = b"<?xml version='1.0'?>\n<!DOCTYPE svg>\n" + drawing(inside)
    assert clean(data) == data
    wide = data.decode().encode("utf-16")
    assert clean(wide) == wide


@pytest.mark.parametrize("file", sorted(MEDIA.glob("*.svg")), ids=lambda file: file.name)
def test_the_drawings_that_are_shipped_need_no_cleaning(file):
    assert clean(file.read_bytes()) == file.read_bytes()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no drawing",
        b"<svg>",
        b"<svg/><svg/>",
        b"\xff\xfe",
        b"<!DOCTYPE svg [<!ENTITY a 'x'>]><svg>&a;</svg>",
        "<!DOCTYPE svg [<!ENTITY a 'x'>]><svg>&a;</svg>".encode("utf-16"),
        b"<?xml version='1.0' encoding='nonsense'?><svg/>",
        b"<g onload='x'>" * 200_000 + b"</g>" * 200_000,
    ],
)
def test_what_is_no_drawing_is_refused(data):
    with pytest.raises(StudytoolError):
        clean(data)
