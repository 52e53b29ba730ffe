"""Turns code into highlighted HTML, cloze holes included."""

from __future__ import annotations

from studytool import cloze
from studytool.anki.escaping import MAX_DEPTH, closing, opening, text
from studytool.highlighting import stretches


def code(raw: str, language: str, holes: bool) -> str:
    """Return code as the inside of a `code` element.

    Args:
        raw: The code.
        language: Its Pygments name; an unknown or empty one gives plain code.
        holes: Whether `{{c1::…}}` in it is a hole.
    """
    words: list[str] = []
    marks: list[tuple[int, str]] = []
    if holes:
        _collect(raw, words, marks, 0, 0)
    else:
        words.append(raw)
    plain = "".join(words)
    pieces: list[str] = []
    position = 0
    pending = iter([*marks, (len(plain) + 1, "")])
    at, mark = next(pending)
    for name, value in stretches(plain, language):
        end = position + len(value)
        while at < end:
            pieces.append(_span(name, plain[position:at], bool(marks)))
            pieces.append(mark)
            position = at
            at, mark = next(pending)
        pieces.append(_span(name, plain[position:end], bool(marks)))
        position = end
    while mark:
        pieces.append(mark)
        _, mark = next(pending)
    return "".join(pieces)


def _collect(
    raw: str, words: list[str], marks: list[tuple[int, str]], offset: int, depth: int
) -> int:
    """Part code from its holes: the words, and where each hole opens and closes in them."""
    for piece in cloze.segments(raw) if depth < MAX_DEPTH else (raw,):
        if isinstance(piece, str):
            words.append(cloze.unescape(piece) if depth < MAX_DEPTH else piece)
            offset += len(words[-1])
        else:
            marks.append((offset, opening(piece.number)))
            offset = _collect(piece.text, words, marks, offset, depth + 1)
            marks.append((offset, closing(text(piece.hint))))
    return offset


def _span(name: str, value: str, in_holes: bool) -> str:
    """Return a stretch of code of one class."""
    if not value:
        return ""
    escaped = text(value)
    if in_holes:
        escaped = escaped.replace(":", "&#58;")
    return f'<span class="{name}">{escaped}</span>' if name else escaped
