"""No text from outside can act on the terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.screen_text import TAB_WIDTH, clean, clean_line

PAYLOADS = [
    "\x1b]0;title\x07",
    "\x1b]2;title\x1b\\",
    "\x1b]8;;http://evil\x1b\\click\x1b]8;;\x1b\\",
    "\x1b]52;c;ZXZpbA==\x07",
    "\x1b]52;c;ZXZpbA==\x1b\\",
    "\x1b[31mred\x1b[0m",
    "\x1b[2J\x1b[H",
    "\x1b[13;37H",
    "\x1b[?1049l",
    "\x1b[?25l",
    "\x1b[6n",
    "\x1b[c",
    "\x1bc",
    "\x1bP1$r0m\x1b\\",
    "\x1b_apc\x1b\\",
    "\x1b^pm\x1b\\",
    "\x1b(0lqqk\x1b(B",
    "\x9b31mred",
    "\x9d0;title\x9c",
    "\x90q\x9c",
    "\x85next line",
    "bell\x07",
    "over\rwritten",
    "back\b\b\b\bspace",
    "form\x0cfeed\x0b",
    "nul\x00 del\x7f",
    "\u202eevil\u202c \u2066x\u2069 \u200f \u061c",
    "line\u2028separator\u2029",
    "half \ud83d a \udcff surrogate",
]


def harmless(text: str) -> bool:
    """Tell whether nothing in a text is a control, a bidi override or half a character."""
    return all(
        character == "\n"
        or (
            unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
            and unicodedata.bidirectional(character)
            not in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
        )
        for character in text
    )


def test_there_are_twenty_nine_payloads() -> None:
    assert len(set(PAYLOADS)) == 29


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_no_payload_gets_through(payload: str) -> None:
    assert not harmless(payload)
    for shown in (clean(payload), clean_line(f"a{payload}\nb")):
        assert harmless(shown)
        shown.encode("utf-8")


@given(st.text(st.characters(), max_size=60))
def test_every_text_becomes_harmless_and_stays_so(text: str) -> None:
    shown = clean(text)
    assert harmless(shown)
    assert clean(shown) == shown
    assert shown.count("\n") == text.count("\n")
    assert len(shown) == len(text) + (TAB_WIDTH - 1) * text.count("\t")
    assert "\n" not in clean_line(text)
    assert clean_line(clean_line(text)) == clean_line(text)


def test_every_single_character_is_harmless_or_replaced() -> None:
    assert all(harmless(clean(chr(code))) for code in range(0x110000))


@pytest.mark.parametrize(
    "text",
    [
        "List[int] [/] [@click=app.quit]",
        "Größe, naïve, λόγος, 機械学習",
        "نمی\u200cخواهم",
        "👩\u200d🔬 🏳\ufe0f\u200d🌈",
        "e\u0301 x\u0302",
        "a\n\nb",
    ],
)
def test_good_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


def test_what_is_replaced_is_seen() -> None:
    assert clean("\x1b[31m\x07\x7f\x9b\t|") == "\u241b[31m\u2407\u2421\ufffd    |"
    assert clean_line("a\nb") == "a\u240ab"
    assert clean("\U000e0041") == "\ufffd"
