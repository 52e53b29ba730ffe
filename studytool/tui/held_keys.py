"""Tells a key that is held, or struck twice by accident, from one that is meant."""

from __future__ import annotations

from collections.abc import Callable

REPEAT_SECONDS = 0.25
"""The same key again within this time is the keyboard's doing, not the learner's."""


class HeldKeys:
    """Remembers the last presses; every question is about a press that happens now.

    A digit marks an option before the reveal and grades after it, and the key that grades one
    card may still be down when the next one wants words or marks. So a digit that did one thing
    does not do the other at once.
    """

    def __init__(self, ticker: Callable[[], float]) -> None:
        """Begin with nothing pressed; `ticker` gives seconds that never go back."""
        self.ticker = ticker
        self._action = ("", float("-inf"))
        self._digit: tuple[int, float, bool] = (0, float("-inf"), False)
        self._typed: tuple[tuple[str, ...], float] = ((), float("-inf"))

    def repeats(self, action: str) -> bool:
        """Tell whether an action comes from a key that was not let go since it came last."""
        (last, at), now = self._action, self.ticker()
        self._action = action, now
        return action == last and now - at < REPEAT_SECONDS

    def other_key(self) -> None:
        """Take note that another key was pressed, so that none of the actions is held."""
        self._action = ("", float("-inf"))

    def marks(self, number: int) -> bool:
        """Tell whether a digit that would mark an option is held."""
        last, at, _ = self._digit
        now = self.ticker()
        self._digit = number, now, True
        return last == number and now - at < REPEAT_SECONDS

    def grades(self, number: int) -> bool:
        """Tell whether a digit that would grade is still the one that marked an option."""
        last, at, marked = self._digit
        now = self.ticker()
        held = marked and last == number and now - at < REPEAT_SECONDS
        self._digit = number, now, held
        return held

    def graded(self, keys: tuple[str, ...]) -> None:
        """Take note that one of some keys has graded, and may still be down."""
        self._typed = keys, self.ticker()

    def types(self, key: str) -> bool:
        """Tell whether a key that would be typed is still the one that graded."""
        keys, at = self._typed
        now = self.ticker()
        held = key in keys and now - at < REPEAT_SECONDS
        self._typed = (keys, now) if held else ((), now)
        return held
