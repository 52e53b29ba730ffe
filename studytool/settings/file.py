"""Reads `config.toml`: settings and complaints, all at once, each with its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from errno import EINVAL
from pathlib import Path
from typing import Any

from studytool import keymap, orders, pacing
from studytool.diagnostics import Diagnostic, Severity, did_you_mean
from studytool.keymap import Keymap
from studytool.leeches import Leeches
from studytool.notes import deck_key
from studytool.orders import Order
from studytool.pacing import Pace
from studytool.queue import DeckLimits, Limits
from studytool.settings.settings import THEME, Settings, SettingsFile
from studytool.settings.toml_values import TomlText, dotted
from studytool.terminal_graphics import INLINE

THEMES = (
    *("studytool-dark", "studytool-light", "ansi-dark", "ansi-light", "atom-one-dark"),
    *("atom-one-light", "catppuccin-frappe", "catppuccin-latte", "catppuccin-macchiato"),
    *("catppuccin-mocha", "dracula", "flexoki", "gruvbox", "monokai", "nord", "rose-pine"),
    *("rose-pine-dawn", "rose-pine-moon", "solarized-dark", "solarized-light", "textual-dark"),
    *("textual-light", "tokyo-night"),
)
"""Every theme there is: ours, and those of Textual, which is too slow to ask."""
MOST_CARDS = 99_999
"""The highest limit of cards a day."""
MOST_SECONDS = 3_600
"""The longest time after which a review goes on by itself."""
MOST_LAPSES = 999
"""The highest threshold of leeches."""
_SETTINGS = (
    *("cards", "theme", "limits", "decks", "order", "review"),
    *("auto-advance", "images", "leeches", "keys"),
)


def load(path: Path, shown: str) -> SettingsFile:
    """Read a file of settings; one that cannot be read has that complaint alone.

    Args:
        path: The file.
        shown: Its path as the user would type it.
    """
    try:
        if path.exists() and not path.is_file():  # reading a pipe would wait for ever
            raise OSError(EINVAL, "it is no file")
        return read(path.read_bytes().decode("utf-8-sig"), shown)
    except UnicodeDecodeError as error:
        what = f"this file is not in UTF-8: byte {error.start + 1} of it is wrong"
    except OSError as error:
        what = f"this file cannot be read: {error.strerror}"
    wrong = Diagnostic(Severity.ERROR, "unreadable", what, shown)
    return SettingsFile(shown, diagnostics=(wrong,))


def read(text: str, path: str) -> SettingsFile:
    """Return what the text of a file of settings says; `path` names it in complaints."""
    return _Reader(TomlText(text, path)).run()


class _Reader:
    """One reading of a text."""

    def __init__(self, toml: TomlText) -> None:
        self.toml = toml
        self.keys = {key: key for key in toml.places}

    def run(self) -> SettingsFile:
        """Return what is set, and what is wrong with it."""
        toml, values = self.toml, self.toml.values
        toml.check_names(values, (), _SETTINGS)
        limits = toml.table(values, ("limits",), ("new", "reviews"))
        days = toml.table(values, ("review",), ("rollover",))
        new = toml.number(limits, ("limits", "new"), MOST_CARDS)
        reviews = toml.number(limits, ("limits", "reviews"), MOST_CARDS)
        rollover = toml.number(days, ("review", "rollover"), 23)
        usual = Settings()
        settings = Settings(
            self._cards(values),
            Limits(
                usual.limits.new if new is None else new,
                usual.limits.reviews if reviews is None else reviews,
                tuple(self._decks(toml.table(values, ("decks",)))),
                self._order(values),
            ),
            usual.rollover if rollover is None else rollover,
            self._theme(values),
            Keymap(self._keys(toml.table(values, ("keys",)))),
            self._pace(values),
            self._images(toml.table(values, ("images",), ("inline",))),
            self._leeches(toml.table(values, ("leeches",), ("threshold", "suspend"))),
        )
        ordered = sorted(toml.diagnostics, key=lambda wrong: (wrong.line, wrong.column))
        lines = {
            dotted(name): toml.places[key].line
            for name, key in self.keys.items()
            if key not in toml.wrong
        }
        return SettingsFile(toml.path, settings, tuple(ordered), lines)

    def _cards(self, values: Mapping[str, Any]) -> str:
        """Return the library's path as it was typed."""
        path: str | None = self.toml.value(values, ("cards",), str)
        if path is not None and ("\0" in path or not path.strip()):
            self.toml.complain(("cards",), "path", "`cards` is the path of a folder of banks")
            return ""
        return path or ""

    def _theme(self, values: Mapping[str, Any]) -> str:
        """Return the theme's name."""
        name: str | None = self.toml.value(values, ("theme",), str)
        if name is None or name in THEMES:
            return name or THEME
        advice = did_you_mean(name, THEMES) or "themes: " + ", ".join(THEMES)
        self.toml.complain(("theme",), "unknown-theme", f"there is no theme `{name}`", advice)
        return THEME

    def _images(self, images: Mapping[str, Any]) -> str:
        """Return how pictures are shown."""
        way: str | None = self.toml.value(images, ("images", "inline"), str)
        if way is None or way in INLINE:
            return way or Settings().images
        advice = did_you_mean(way, INLINE) or "one of " + ", ".join(INLINE)
        self.toml.complain(("images", "inline"), "images", f"there is no way `{way}`", advice)
        return Settings().images

    def _leeches(self, values: Mapping[str, Any]) -> Leeches:
        """Return what makes a leech."""
        threshold = self.toml.number(values, ("leeches", "threshold"), MOST_LAPSES)
        suspend = self.toml.value(values, ("leeches", "suspend"), bool)
        usual = Leeches()
        return Leeches(usual.threshold if threshold is None else threshold, bool(suspend))

    def _decks(self, decks: dict[str, Any]) -> Iterator[DeckLimits]:
        """Yield the limits of single decks."""
        seen: dict[str, str] = {}
        for name in decks:
            key = ("decks", name)
            folded = deck_key(name)
            if not folded:
                self.toml.complain(key, "deck", "a deck has a name")
            elif (twin := seen.setdefault(folded, name)) != name:
                self.toml.complain(key, "deck", f"`{name}` is the deck `{twin}` once more")
            limits = self.toml.table(decks, key, ("new", "reviews"))
            new = self.toml.number(limits, (*key, "new"), MOST_CARDS)
            yield DeckLimits(name, new, self.toml.number(limits, (*key, "reviews"), MOST_CARDS))

    def _order(self, values: Mapping[str, Any]) -> Order:
        """Return the order in which cards are asked."""
        toml = self.toml
        table = toml.table(values, ("order",), ("new-and-due", "new", "due", "backlog"))
        backlog: bool | None = toml.value(table, ("order", "backlog"), bool)
        return Order(
            toml.choice(table, ("order", "new-and-due"), orders.NEW_AND_DUE),
            toml.choice(table, ("order", "new"), orders.NEW),
            toml.choice(table, ("order", "due"), orders.DUE),
            backlog is not False,
        )

    def _pace(self, values: Mapping[str, Any]) -> Pace:
        """Return how a review goes on by itself."""
        toml = self.toml
        table = toml.table(values, ("auto-advance",), ("question", "answer", "grade"))
        return Pace(
            toml.number(table, ("auto-advance", "question"), MOST_SECONDS) or 0,
            toml.number(table, ("auto-advance", "answer"), MOST_SECONDS) or 0,
            toml.choice(table, ("auto-advance", "grade"), pacing.GRADES),
        )

    def _keys(self, values: dict[str, Any]) -> dict[str, tuple[str, ...]]:
        """Return the keys that are chosen, by the id of their binding."""
        ready: dict[str, tuple[str, ...]] = {}
        chosen: dict[str, tuple[str, ...]] = {}
        at: dict[str, tuple[str, ...]] = {}
        for key, value in _bindings(values, ("keys",)):
            binding = ".".join(key[1:])
            if binding == "set":
                ready = self._set(key, value)
            elif binding not in keymap.DEFAULTS:
                near = did_you_mean(binding, keymap.DEFAULTS)
                advice = near or "bindings: " + ", ".join(keymap.DEFAULTS)
                what = f"there is no binding `{binding}`"
                self.toml.complain(key, "unknown-binding", what, advice)
            elif binding in at:
                self.toml.complain(key, "twice", f"`{binding}` has its keys already")
            else:
                at[binding] = key
                self.keys["keys", binding] = key
                if names := self._names(key, value):
                    chosen[binding] = names
        for name, one, other in Keymap(ready | chosen).clashes():
            last = max((b for b in (one, other) if b in at), key=lambda b: self.toml.places[at[b]])
            second = one if last == other else other
            self.toml.complain(
                *(at[last], "clash", f"`{name}` is a key of `{second}` too"),
                "give one of the two another key",
            )
        return ready | chosen

    def _set(self, key: tuple[str, ...], value: object) -> dict[str, tuple[str, ...]]:
        """Return a ready-made set of keys."""
        name: str | None = self.toml.value({"set": value}, key, str)
        if name is not None and name not in keymap.SETS:
            advice = did_you_mean(name, keymap.SETS) or "sets: " + ", ".join(keymap.SETS)
            self.toml.complain(key, "unknown-set", f"there is no set of keys `{name}`", advice)
        return dict(keymap.SETS.get(name or "", {}))

    def _names(self, key: tuple[str, ...], value: object) -> tuple[str, ...]:
        """Return the keys of one binding, and complain of those that are none."""
        listed = value if isinstance(value, list) else [value]
        texts = [name for name in listed if isinstance(name, str)]
        if not texts or texts != listed:
            what = f"`{'.'.join(key[1:])}` is a key or a list of keys"
            self.toml.complain(key, "type", what, 'such as "j" or ["space", "j"]')
            return ()
        names = [unicodedata.normalize("NFC", name) for name in texts]
        names = [name if len(name) == 1 else name.casefold() for name in names]
        wrong = [why for name in names if (why := keymap.why_not(name))]
        for why in wrong:
            self.toml.complain(key, "unknown-key", *why)
        return () if wrong else tuple(dict.fromkeys(names))


def _bindings(
    values: dict[str, Any], table: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], object]]:
    """Yield the keys of a table and its values; `review.undo` may stand without quotes."""
    for name, value in values.items():
        if isinstance(value, dict) and len(table) < 3:
            yield from _bindings(value, (*table, name))
        else:
            yield (*table, name), value
