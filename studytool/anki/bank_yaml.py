"""Writes drafts as the YAML of a bank, as somebody would have typed it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studytool.anki.drafts import Value

_PLAIN = re.compile(r"[^\W_](?:[^\n:#]++|:(?!\s|$)|(?<=\S)#)*")
_IN_LIST = re.compile(r"[^\W_][\w-]*")
_WORDS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}


def head(deck: str) -> str:
    """Return the beginning of a bank."""
    return f"deck: {_line(deck)}\nnotes:\n"


def entry(name: str, keys: dict[str, Value], tags: Sequence[str], guid: str) -> str:
    """Return a note of a bank, which ends with a line feed."""
    lines = [f"- id: {_line(name)}\n"]
    for key, value in keys.items():
        if isinstance(value, dict):
            lines.append(f"  {key}:\n")
            for part, items in value.items():
                lines.append(f"    {part}:\n" + "".join(_item(item, 4) for item in items))
        elif isinstance(value, list):
            lines.append(f"  {key}:\n" + "".join(_item(item, 2) for item in value))
        elif key == "reverse" and value == "true":
            lines.append("  reverse: true\n")
        else:
            lines.append(f"  {key}: {_scalar(value, 4)}")
    if tags:
        listed = ", ".join(tag if _IN_LIST.fullmatch(tag) else _quoted(tag) for tag in tags)
        lines.append(f"  tags: [{listed}]\n")
    if guid:
        lines.append(f"  guid: {_line(guid)}\n")
    return "".join(lines)


def _item(text: str, indent: int) -> str:
    """Return an entry of a list."""
    return f"{' ' * indent}- {_scalar(text, indent + 2)}"


def _scalar(text: str, indent: int) -> str:
    """Return a text and a line feed; a block if it has several lines."""
    if "\n" not in text:
        return _line(text) + "\n"
    pad = " " * indent
    return "|\n" + "".join(f"{pad}{line}\n" if line else "\n" for line in text.split("\n"))


def _line(text: str) -> str:
    """Return a text of one line, quoted if YAML would take it for something else."""
    plain = _PLAIN.fullmatch(text) and text == text.strip() and text.casefold() not in _WORDS
    return text if plain else _quoted(text)


def _quoted(text: str) -> str:
    """Return a text in quotes."""
    return "'" + text.replace("'", "''") + "'"
