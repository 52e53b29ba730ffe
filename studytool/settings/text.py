"""Settings as text: those in force with their sources, and a file to begin with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from studytool.config import Source
from studytool.keymap import DEFAULTS
from studytool.orders import DUE, NEW, NEW_AND_DUE
from studytool.pacing import GRADES
from studytool.settings.settings import Settings, SettingsFile
from studytool.settings.toml_values import dotted, text_value

Value = str | int | tuple[str, ...]


class Setting(NamedTuple):
    """A setting in force.

    Attributes:
        name: Its name as TOML writes it.
        value: Its value.
        source: Where the value comes from.
    """

    name: str
    value: Value
    source: Source

    def assignment(self) -> str:
        """Return the line of TOML that sets it."""
        return f"{self.name} = {_written(self.value)}"


def in_force(
    file: SettingsFile, cards: tuple[Path, Source], theme: tuple[str, Source]
) -> Iterator[Setting]:
    """Yield every setting in force.

    Args:
        file: What the file says.
        cards: The library in use, and why.
        theme: The theme in use, and why.
    """
    settings = file.settings
    yield Setting("cards", str(cards[0]), cards[1])
    yield Setting("theme", *theme)
    yield from _settings(file, settings)


def _settings(file: SettingsFile, settings: Settings) -> Iterator[Setting]:
    """Yield the settings that only the file can change."""
    yield Setting("limits.new", settings.limits.new, file.source("limits.new"))
    yield Setting("limits.reviews", settings.limits.reviews, file.source("limits.reviews"))
    for limit in settings.limits.decks:
        for kind, number in (("new", limit.new), ("reviews", limit.reviews)):
            if number is not None:
                name = dotted(("decks", limit.deck, kind))
                yield Setting(name, number, file.source(name))
    order, pace = settings.limits.order, settings.pace
    for name, value in (
        ("order.new-and-due", order.new_and_due),
        ("order.new", order.new),
        ("order.due", order.due),
        ("order.backlog", order.backlog),
        ("review.rollover", settings.rollover),
        ("auto-advance.question", pace.question),
        ("auto-advance.answer", pace.answer),
        ("auto-advance.grade", pace.grade),
        ("images.inline", settings.images),
        ("leeches.threshold", settings.leeches.threshold),
        ("leeches.suspend", settings.leeches.suspend),
    ):
        yield Setting(name, value, file.source(name))
    for binding in DEFAULTS:
        name = dotted(("keys", binding))
        names = (name, "keys.set") if binding in settings.keys.chosen else (name,)
        yield Setting(name, settings.keys[binding], file.source(*names))


def _written(value: Value) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(text_value, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return text_value(value) if isinstance(value, str) else str(value)


def as_toml(settings: list[Setting]) -> str:
    """Return settings as a file that sets them, with their sources in comments."""
    lines = [setting.assignment() for setting in settings]
    width = max((len(line) for line in lines if len(line) < 60), default=0)
    return "\n".join(
        f"{line.ljust(width)}  # {setting.source.name}"
        for line, setting in zip(lines, settings, strict=True)
    )


def as_json(file: SettingsFile, exists: bool, settings: list[Setting]) -> str:
    """Return settings, and what is wrong with their file, as JSON."""
    document = {
        "schema_version": 1,
        "file": file.path,
        "exists": exists,
        "settings": [
            {"key": name, "value": value, "source": source.kind, "from": source.name}
            for name, value, source in settings
        ],
        "diagnostics": [complaint.as_json() for complaint in file.diagnostics],
    }
    return json.dumps(document, ensure_ascii=True, indent=2)


def _or(choices: tuple[str, ...]) -> str:
    """Return what a setting can be."""
    return f"{', '.join(choices[:-1])} or {choices[-1]}"


def template() -> str:
    """Return a file that sets nothing and shows everything that can be set, with its default."""
    usual = Settings()
    keys = "\n".join(f"# {text_value(name)} = {_written(keys)}" for name, keys in DEFAULTS.items())
    return f"""\
# Settings of studytool. Take away the # in front of what you want to change, and in front of
# the line in brackets above it. `studytool config` says what is in force and finds mistakes.

# The banks to use when neither --cards nor STUDYTOOL_CARDS names them.
# cards = "~/notes"

# Any theme that ctrl+p offers during a review.
# theme = "{usual.theme}"

# How many cards a day may bring.
# [limits]
# new = {usual.limits.new}
# reviews = {usual.limits.reviews}

# The same for a deck and all decks below it; a card counts against all limits that hold it.
# [decks."Science::Physics"]
# new = 5
# reviews = 50

# Whether new cards come after due ones, before them, or among them; how each are ordered; and
# whether new cards wait, and the most overdue come first, while more are due than a day may bring.
# [order]
# new-and-due = "{NEW_AND_DUE[0]}"  # {_or(NEW_AND_DUE)}
# new = "{NEW[0]}"  # {_or(NEW)}
# due = "{DUE[0]}"  # {_or(DUE)}
# backlog = true

# The hour at which a day begins.
# [review]
# rollover = {usual.rollover}

# Seconds after which a review goes on by itself, and the grade it gives then; 0 for never.
# [auto-advance]
# question = {usual.pace.question}
# answer = {usual.pace.answer}
# grade = "{GRADES[0]}"  # {_or(GRADES)}

# Pictures in the card: "auto", "blocks" (half blocks), "kitty" (its graphics) or "off".
# [images]
# inline = "{usual.images}"

# A card forgotten this often is a leech (0: never); is it suspended then?
# [leeches]
# threshold = {usual.leeches.threshold}
# suspend = {_written(usual.leeches.suspend)}

# A key or a list of keys for each thing to do. `set = "home-row"` grades with a s d f.
# [keys]
# set = "digits"
{keys}
"""
