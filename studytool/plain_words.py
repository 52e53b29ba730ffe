"""What a line that is typed in a plain review asks for, and how that is told."""

from __future__ import annotations

from collections.abc import Sequence

from studytool.keymap import DEFAULTS, Keymap, screen

SHOW, HINT, UNDO, HELP, QUIT = "show", "hint", "undo", "help", "quit"
NOTHING = "\udcff"
"""Stands for a line that means nothing, such as one that is too long."""
GRADES = ("again", "hard", "good", "easy")

_BINDINGS = {
    "review.reveal": SHOW,
    **{f"review.{grade}": grade for grade in GRADES},
    "review.hint": HINT,
    "review.undo": UNDO,
    "review.keys": HELP,
    "review.leave": QUIT,
}
_MEANING = {
    SHOW: "show the answer",
    "again": "you did not know it",
    "hard": "you knew it, with trouble",
    "good": "you knew it",
    "easy": "you knew it at once",
    HINT: "show the hint",
    UNDO: "take the last grade back, as often as you like",
    HELP: "tell what can be typed",
    QUIT: "leave; every grade is kept",
}
_SHOW_KEY = "s"


class Words:
    """The words of a plain review, which never change, and the user's keys for them.

    A key that the settings do not speak of keeps its usual meaning. `s` shows the answer; only
    where the answer is shown can it be the key of a grade.
    """

    def __init__(self, keys: Keymap) -> None:
        """Take the keys in force; those that are no single character cannot be typed."""
        chosen = {key: word for name, word in _BINDINGS.items() for key in keys[name]}
        taken = {key for name in DEFAULTS if screen(name) == "review" for key in keys[name]}
        usual = {
            key: word
            for name, word in _BINDINGS.items()
            for key in DEFAULTS[name]
            if key not in taken
        }
        typed = {key: word for key, word in (chosen | usual).items() if len(key) == 1}
        self._shown = {_SHOW_KEY: SHOW} | typed
        self._hidden = dict(self._shown)
        if self._hidden[_SHOW_KEY] in GRADES:
            self._hidden[_SHOW_KEY] = SHOW

    def word(self, line: str, shown: bool) -> str:
        """Return the word that a line stands for; empty if it means nothing.

        Args:
            line: What was typed, without blanks around it.
            shown: Whether the answer is shown.
        """
        typed = self._shown if shown else self._hidden
        return typed.get(line) or (line.lower() if line.lower() in _MEANING else "")

    def _keys(self, word: str, shown: bool) -> list[str]:
        """Return the keys that stand for a word."""
        typed = self._shown if shown else self._hidden
        return [key for key, meaning in typed.items() if meaning == word]

    def possible(self, words: Sequence[str], shown: bool) -> str:
        """Return words on one line, each with a key that stands for it."""
        told = []
        for word in words:
            keys = self._keys(word, shown)
            told.append(f"{word} ({keys[0]})" if keys else word)
        return ", ".join(told)

    def explained(self, words: Sequence[str], shown: bool, empty: str) -> list[str]:
        """Return a line for each word: all that stands for it, and what it does.

        Args:
            words: The words that can be typed.
            shown: Whether the answer is shown.
            empty: The word that an empty line stands for; empty if it means nothing.
        """
        lines = []
        for word in words:
            names = [word, *self._keys(word, shown)]
            names += ["an empty line"] if word == empty else []
            lines.append(f"{', '.join(names)}: {_MEANING[word]}")
        return lines
