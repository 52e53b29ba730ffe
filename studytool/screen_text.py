"""Makes text from outside safe for a terminal: no control characters reach the screen."""

TAB_WIDTH = 4
"""Spaces that stand for one tab."""


def _replacements() -> dict[int, str]:
    """Map every code point that a terminal could act on, or hide text with, to a visible one."""
    table = {code: chr(0x2400 + code) for code in range(0x20)}
    del table[0x0A]
    table[0x09] = " " * TAB_WIDTH
    table[0x7F] = "\u2421"
    invisible = [
        *range(0x80, 0xA0),  # C1 controls: 8-bit escape sequences
        0x061C,
        *range(0x200E, 0x2010),
        *range(0x2028, 0x202F),  # line and paragraph separators, bidi embeddings and overrides
        *range(0x2066, 0x206A),
        *range(0xFFF9, 0xFFFC),
        0xFEFF,
        *range(0xE0000, 0xE0080),  # tag characters: text that nobody sees
    ]
    table.update(dict.fromkeys(invisible, "\ufffd"))
    table.update(dict.fromkeys(range(0xD800, 0xE000), "?"))
    return table


_REPLACEMENTS = _replacements()


def clean(text: str) -> str:
    """Return text with everything a terminal could act on made visible instead.

    Line feeds stay, tabs become spaces, control characters become their pictures (U+2400…),
    C1 controls, bidirectional overrides and line separators become U+FFFD, and lone
    surrogates become `?`. Zero-width joiners stay: emoji and Persian need them.
    """
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_REPLACEMENTS)


def clean_line(text: str) -> str:
    """Return text cleaned and on one line: line feeds become their picture too."""
    return clean(text).replace("\n", "\u240a")
