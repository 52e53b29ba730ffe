"""The values of a TOML text, taken one by one; what is wrong with them is noted with its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from studytool.diagnostics import Diagnostic, Severity, did_you_mean
from studytool.settings.toml_places import Path, places

MAX_NAME = 60
"""Of a longer name only the start is told, in characters."""
_AT = re.compile(r"\(at line (\d+), column (\d+)\)$")
_ADVICE = {
    "Invalid value": "text stands in quotes",
    "Cannot overwrite a value": "a key is there twice",
}
_TYPES = {
    bool: "true or false",
    int: "a whole number",
    str: "text",
    list: "a list",
    dict: "a table",
}


def dotted(key: Iterable[str]) -> str:
    """Return a key as TOML writes it, with quotes where they must be."""
    return ".".join(
        name if re.fullmatch("[A-Za-z0-9_-]+", name) else text_value(name) for name in key
    )


def text_value(text: str) -> str:
    """Return text as TOML writes it."""
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", r"\u007f")


class TomlText:
    """A text, its values and what is wrong with them.

    Attributes:
        values: The tables and values; none of them if the text is not TOML.
        places: Where each key stands.
        diagnostics: What is wrong, in the order it was found.
        wrong: The keys that something is wrong with.
    """

    def __init__(self, text: str, path: str) -> None:
        """Parse a text; `path` names it in complaints."""
        self.path = path
        self.diagnostics: list[Diagnostic] = []
        self.wrong: set[Path] = set()
        self.values: dict[str, Any] = {}
        self._lines = text.split("\n")
        try:
            self.values = tomllib.loads(text)
        except RecursionError:
            self._add("toml", "lists and tables are too deep in each other")
        except tomllib.TOMLDecodeError as error:
            self._syntax_error(str(error))
        except ValueError:
            self._add("toml", "a number has too many digits")
        self.places = places(text) if self.values else {}

    def _add(
        self,
        code: str,
        message: str,
        place: tuple[int, int, int] = (0, 0, 1),
        advice: str = "",
    ) -> None:
        """Note a complaint about a place."""
        line = self._lines[place[0] - 1].rstrip("\r") if 0 < place[0] <= len(self._lines) else ""
        complaint = Diagnostic(Severity.ERROR, code, message, self.path, *place, advice, line)
        self.diagnostics.append(complaint)

    def _syntax_error(self, message: str) -> None:
        """Note what the parser complains of, in the line it names, or the last one."""
        if at := _AT.search(message):
            line, column = int(at[1]), int(at[2])
        else:
            line = max((n for n, text in enumerate(self._lines, 1) if text.strip()), default=1)
            column = len(self._lines[line - 1].rstrip()) + 1
        source = self._lines[line - 1] if line <= len(self._lines) else ""
        what = message.partition(" (at ")[0]
        advice = _ADVICE.get(what, "")
        if source.lstrip().startswith("["):
            advice = 'a name with other than letters and digits stands in quotes: [decks."A::B"]'
        self._add("toml", what[:1].lower() + what[1:], (line, column, 1), advice)

    def complain(self, key: Path, code: str, message: str, advice: str = "") -> None:
        """Note a complaint about a key."""
        self._add(code, message, self.places[key], advice)
        self.wrong.add(key)

    def check_names(self, values: Iterable[str], table: Path, known: Iterable[str]) -> None:
        """Complain of every name in a table that is not known."""
        known = tuple(known)
        for name in values:
            if name not in known:
                near = did_you_mean(name, known) or "there are: " + ", ".join(known)
                key = (*table, name)
                shown = dotted((*table, name if len(name) <= MAX_NAME else name[:MAX_NAME] + "…"))
                self.complain(key, "unknown-setting", f"there is no setting `{shown}`", near)

    def value(self, values: Mapping[str, Any], key: Path, kind: type) -> Any:
        """Return the value of a key if it is there and of a type, else None."""
        value = values.get(key[-1])
        if value is None or type(value) is kind:
            return value
        got = _TYPES.get(type(value), "something else")
        self.complain(key, "type", f"`{dotted(key)}` is {_TYPES[kind]}, not {got}")
        return None

    def table(
        self, values: Mapping[str, Any], key: Path, known: Iterable[str] | None = None
    ) -> dict[str, Any]:
        """Return a table, empty if there is none, and complain of names in it that are unknown."""
        found: dict[str, Any] = self.value(values, key, dict) or {}
        if known is not None:
            self.check_names(found, key, known)
        return found

    def number(self, values: Mapping[str, Any], key: Path, most: int) -> int | None:
        """Return a number from 0 to the highest allowed, or None if there is none."""
        number: int | None = self.value(values, key, int)
        if number is not None and not 0 <= number <= most:
            self.complain(key, "range", f"`{dotted(key)}` is a number from 0 to {most}")
            return None
        return number

    def choice(self, values: Mapping[str, Any], key: Path, choices: Sequence[str]) -> str:
        """Return the one of some words that a key has, or the first if there is none."""
        word: str | None = self.value(values, key, str)
        if word is None or word in choices:
            return word or choices[0]
        near = did_you_mean(word, choices) or "there are: " + ", ".join(choices)
        shown = word if len(word) <= MAX_NAME else word[:MAX_NAME] + "…"
        self.complain(key, "choice", f"`{dotted(key)}` cannot be `{shown}`", near)
        return choices[0]
