"""What a card offers to open outside of the terminal: pictures, sounds and its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from studytool.markup import Hole, Image, Link, Text
from studytool.notes import Kind, Source
from studytool.options import shuffled
from studytool.prompts import Prompt
from studytool.screen_text import clean_line
from studytool.values import Value, fields

_ADDRESS = re.compile(r"https?://[^\s/\x00-\x1f\x7f-\x9f][^\s\x00-\x1f\x7f-\x9f]*", re.IGNORECASE)


class Openable(Value):
    """Something that a viewer or a browser can show.

    Attributes:
        target: The address, or the picture's path.
        name: The same as the author wrote it.
        words: What it is, on one line, safe for a terminal.
    """

    target: str
    name: str
    words: str


class Offer(Value):
    """What a card offers to open.

    Attributes:
        things: What can be opened, pictures and sounds first.
        refused: What cannot, each with the reason, in a sentence safe for a terminal.
    """

    things: tuple[Openable, ...] = ()
    refused: tuple[str, ...] = ()


def offer(prompt: Prompt, folder: Path, revealed: bool, hint: bool) -> Offer:
    """Return what a card offers to open: nothing that the learner does not see yet.

    Until the answer is shown a card with pictures offers these alone, and not its source, which
    may tell the answer.

    Args:
        prompt: The card.
        folder: Where its bank lies.
        revealed: Whether the answer is shown.
        hint: Whether the hint is shown.
    """
    from studytool.library import image_finder

    why = image_finder(folder)
    things: list[Openable] = []
    refused: list[str] = []
    files: set[str] = set()
    seen = _images(_seen(prompt, revealed, hint), _hidden(prompt, revealed), files)
    for image in dict.fromkeys(seen):
        if reason := why(image.path):
            refused.append(clean_line(f"The picture {image.path} {reason}."))
        else:
            what = "file" if image.path in files else "picture"
            words = clean_line(f"{what}  {image.description or image.path}")
            things.append(Openable(str(folder / image.path), image.path, words))
    if revealed or not things:
        link, complaint = _link(prompt.stored.note.source)
        things += [Openable(link, link, clean_line(f"source  {link}"))] if link else []
        refused += [complaint] if complaint else []
    return Offer(tuple(things), tuple(refused))


def _link(source: Source) -> tuple[str, str]:
    """Return the address of a source, and why there is none although one is written."""
    for text in (source.url, source.title):
        if _ADDRESS.fullmatch(text) and clean_line(text) == text:
            return text, ""
    if source.url:
        return "", clean_line(f"The source {source.url} is no http or https address.")
    return "", ""


def _hidden(prompt: Prompt, revealed: bool) -> int | None:
    """Return the number of the holes that are not shown."""
    cloze = prompt.stored.note.kind is Kind.CLOZE
    return int(prompt.card.part[1:]) if cloze and not revealed else None


def _seen(prompt: Prompt, revealed: bool, hint: bool) -> Iterator[Any]:
    """Yield the trees of a card that are on the screen."""
    parsed, part = prompt.parsed, prompt.card.part
    if prompt.stored.note.kind is Kind.STEPS:
        yield parsed.question
        yield parsed.steps[: int(part[1:]) - (not revealed)]
    elif part == "reverse":
        yield parsed.reverse
        if revealed:
            yield parsed.question
    else:
        options = (*parsed.right, *parsed.wrong)
        yield parsed.question
        yield tuple(options[number] for number in shuffled(len(options), prompt.seed))
        if revealed:
            yield parsed.answer
    if hint:
        yield parsed.hint
    if revealed:
        yield parsed.extra


def _images(trees: Iterator[Any], hidden: int | None, files: set[str]) -> Iterator[Image]:
    """Yield the pictures of trees in reading order, but for those in holes that are not shown.

    So are links to what lies in `media/`, such as a sound; their paths are added to `files`.
    """
    pending = list(trees)[::-1]
    while pending:
        node = pending.pop()
        if isinstance(node, Image):
            yield node
        elif isinstance(node, Link) and node.href.startswith("media/"):
            files.add(node.href)
            words = "".join(part.text for part in node.children if isinstance(part, Text))
            yield Image(node.href, words)
        elif isinstance(node, tuple):
            pending.extend(reversed(node))
        elif isinstance(node, Value) and not (isinstance(node, Hole) and node.number == hidden):
            pending.extend(getattr(node, name) for name in reversed(fields(node)))
