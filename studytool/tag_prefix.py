"""The tag under which all tags of a library stand in Anki, as `library.toml` names it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from studytool.diagnostics import Diagnostic
from studytool.library import SETTINGS, shown_path

TABLE, NAME = "anki", "tag-prefix"


def tag_prefix(folder: Path) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the prefix of a library's tags, empty for none, and complaints about it.

    Its file was checked for everything else when the library was loaded.
    """
    from studytool.settings.toml_values import TomlText

    path = folder / SETTINGS
    try:
        toml = TomlText(path.read_bytes().decode("utf-8-sig"), shown_path(path))
    except (OSError, UnicodeDecodeError):
        return "", ()
    if toml.diagnostics:
        return "", ()
    table = toml.table(toml.values, (TABLE,), (NAME,))
    prefix: str = toml.value(table, (TABLE, NAME), str) or ""
    if prefix and not _valid(prefix):
        message = f"`{TABLE}.{NAME}` is a tag: no spaces, parts joined by `::`"
        toml.complain((TABLE, NAME), "library", message)
    return ("" if toml.diagnostics else prefix), tuple(toml.diagnostics)


def _valid(prefix: str) -> bool:
    """Tell whether Anki takes a prefix as it is."""
    return (
        all(prefix.split("::"))
        and not any(sign.isspace() or unicodedata.category(sign)[0] == "C" for sign in prefix)
        and unicodedata.is_normalized("NFC", prefix)
        and not prefix.startswith(":")
        and not prefix.endswith(":")
    )
