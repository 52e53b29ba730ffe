"""Texts that would act on a terminal, each with parameters the program itself never writes."""

from __future__ import annotations

PAYLOADS = (
    "\x1b]0;owned\x07",
    "\x1b]2;owned\x1b\\",
    "\x1b]8;;http://evil.example\x07link\x1b]8;;\x07",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]52;c;ZXZpbA==\x07",
    "\x1b]52;c;ZXZpbA==\x1b\\",
    "\x1b[977;988H\x1b[955A\x1b7\x1b8",
    "\x1b[31;5;53mloud\x1b[39;55m",
    "\x1b[3J\x1b[1K\x1b[?47l",
    "\x9b31;53mloud",
    "\x9d0;owned\x9c",
    "\x90$qm\x9c \x98s\x9c \x9ep\x9c \x9fa\x9c",
    "\x1bc\x1b(0\x0elqk\x0f",
    "\x1b[6n\x1b[0c\x1b[>0q",
    "\x1bP+q544e\x1b\\",
    "\x1b_Gi=9\x1b\\",
    "\x1b^owned\x1b\\",
    "\x1bXowned\x1b\\",
    "\x1b[201~\x1b[200~",
    "abc\b\b\bover",
    "abc\rover",
    "down\x0bform\x0cfeed",
    "nul\x00",
    "del\x7f",
    "\u202eevil\u202c \u202aleft\u202b",
    "\u2066x\u2069\u2067y\u2068z \u200f\u200e\u061c",
    "line\u2028par\u2029next\x85",
    "half\ud83dand\udcff",
    "tab\tbom\ufefftag\U000e0041vs\u2603\ufe0fzwj👩\u200d🔬",
)
"""What comes: titles, links and the clipboard, each ended in both ways; the cursor, colours,
erasing, 8-bit sequences, reset and character sets, questions, DCS, APC, PM, SOS, paste, what
overwrites, what is nothing, directions, separators, half characters, what is not seen."""

BEGIN, END = "Qx", "xQ"
"""Stand round a payload, so that it can be found on the screen."""


def marked(*payloads: str) -> str:
    """Return payloads as one text that begins and ends with what is safe and seen."""
    return BEGIN + "x".join(payloads) + END


def as_name(text: str) -> str:
    """Return what a variable, an argument or a file's name can hold of a text."""
    return text.replace("\0", "").replace("/", "_").replace("\ud83d", "\udced")


def as_written(text: str) -> str:
    """Return what can be encoded as UTF-8 of a text."""
    return text.encode(errors="replace").decode()


def in_double_quotes(text: str) -> str:
    """Return a text with all but plain characters escaped, as YAML and JSON read it alike."""
    return "".join(
        character
        if character.isascii() and character.isprintable() and character not in '"\\'
        else f"\\u{ord(character):04x}"
        if ord(character) < 0x10000
        else f"\\U{ord(character):08x}"
        for character in text
    )
