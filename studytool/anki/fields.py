"""Fills the fields of Anki's notetypes from a note."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from studytool.anki.escaping import closing, opening, text
from studytool.anki.html import HtmlWriter, link
from studytool.markup import Blocks
from studytool.notes import Kind, Note, Source
from studytool.parsed_notes import ParsedNote
from studytool.wording import letter

_TAG = re.compile(r"<(?!img)[^>]*>")
_OPENING = re.compile(r"\{\{c([0-9]+)::")


def fields(note: Note, parsed: ParsedNote, image: Callable[[str], str]) -> tuple[str, ...]:
    """Return the fields of a note's notetype as HTML, in the notetype's order.

    Args:
        note: The note.
        parsed: Its trees.
        image: Gives the packed media name of a picture's path, as written in the note.
    """
    writer = HtmlWriter(image)
    first = _shown(HtmlWriter(image, note.kind is Kind.CLOZE), parsed.question, note.question)
    tail = (
        writer.blocks(parsed.extra),
        writer.blocks(parsed.hint),
        source(note.source),
        text(note.id),
    )
    if note.kind is Kind.CLOZE:
        return (first or text(note.id), *tail, "", "")
    first = first or text(note.id)
    if note.kind is Kind.STEPS:
        return (first, _steps(writer, note, parsed), *tail, "", "", "")
    if note.kind is Kind.CHOICE:
        return (first, *_options(writer, note, parsed), *tail, "", "", "")
    back = writer.blocks(parsed.answer)
    if len(note.accept) > 1:
        others = ", ".join(text(answer) for answer in note.accept[1:])
        back += f'<p class="also">also accepted: {others}</p>'
    accept = text(note.accept[0]) if note.accept else ""
    reverse = _shown(writer, parsed.reverse, note.reverse)
    return (first, back, reverse, accept, *tail, "", "")


def ordinals(kind: Kind, values: tuple[str, ...]) -> tuple[int, ...]:
    """Return which cards Anki makes of a note's fields, as numbers from 0."""
    if kind is Kind.BASIC:
        return (0, 1) if values[2] else (0,)
    if kind is Kind.CHOICE:
        return (0,)
    holes = values[0] if kind is Kind.CLOZE else values[1]
    return tuple(sorted({int(number) - 1 for number in _OPENING.findall(holes)}))


def _shown(writer: HtmlWriter, blocks: Blocks, raw: str) -> str:
    """Return a text as HTML; as typed if its markup shows nothing, for Anki drops an empty card."""
    html = writer.blocks(blocks)
    return html if _TAG.sub("", html).strip() else text(raw.strip())


def _steps(writer: HtmlWriter, note: Note, parsed: ParsedNote) -> str:
    """Return the steps as holes side by side, for the style sheet to hide what comes after."""
    return "".join(
        opening(number) + _shown(writer, tree, raw) + closing("")
        for number, (tree, raw) in enumerate(zip(parsed.steps, note.steps, strict=True), 1)
    )


def _options(writer: HtmlWriter, note: Note, parsed: ParsedNote) -> tuple[str, str]:
    """Return the options as list items, and the letters of the right ones."""
    options = [
        *((raw, tree, True) for raw, tree in zip(note.right, parsed.right, strict=True)),
        *((raw, tree, False) for raw, tree in zip(note.wrong, parsed.wrong, strict=True)),
    ]
    seed = note.oldest_id()

    def rank(option: tuple[str, Blocks, bool]) -> bytes:
        # By the words alone: an option added later leaves the others in their order.
        return hashlib.sha256(f"{seed}\x1f{option[0]}".encode(errors="replace")).digest()

    options.sort(key=rank)
    marks = {True: ' class="right"', False: ""}
    items = "".join(
        f"<li{marks[right]}>{_shown(writer, tree, raw)}</li>" for raw, tree, right in options
    )
    letters = [letter(index) for index, (_, _, right) in enumerate(options) if right]
    return items, ", ".join(letters)


def source(origin: Source) -> str:
    """Return where a note's knowledge comes from: one line, and the quote below it."""
    name = origin.title or origin.url
    named = [
        link(origin.url, text(name)) if name else "",
        *(text(part) for part in (origin.section, origin.author, origin.date)),
    ]
    line = " · ".join(part for part in named if part)
    quote = f"<blockquote>{text(origin.quote)}</blockquote>" if origin.quote else ""
    return line + quote
