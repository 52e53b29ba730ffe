"""Reads protobuf messages field by field; all of it that Anki's packages need."""

from __future__ import annotations

from collections.abc import Iterator

_MAX_SHIFT = 63


def read(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield number and value of each field: whole numbers as such, the rest as bytes.

    Raises:
        ValueError: If the bytes are no message.
    """
    at, end = 0, len(message)
    while at < end:
        tag, at = _varint(message, at)
        wire = tag & 7
        if wire == 0:
            value, at = _varint(message, at)
            yield tag >> 3, value
            continue
        if wire == 2:
            size, at = _varint(message, at)
        elif wire in (1, 5):
            size = 8 if wire == 1 else 4
        else:
            raise ValueError(f"wire type {wire}")
        if size > end - at:
            raise ValueError("cut off")
        yield tag >> 3, message[at : at + size]
        at += size


def number(message: bytes, field: int) -> int:
    """Return a field's whole number, the last one if there are several; 0 without any."""
    found = 0
    for name, value in read(message):
        if name == field and isinstance(value, int):
            found = value
    return found


def text(message: bytes, field: int) -> str:
    """Return a field's text, the last one if there are several; empty without any."""
    found = b""
    for name, value in read(message):
        if name == field and isinstance(value, bytes):
            found = value
    return found.decode("utf-8", "replace")


def _varint(message: bytes, at: int) -> tuple[int, int]:
    """Return the whole number at an offset, and where it ends."""
    value = shift = 0
    while True:
        if at >= len(message) or shift > _MAX_SHIFT:
            raise ValueError("cut off")
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
