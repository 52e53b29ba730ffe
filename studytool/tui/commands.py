"""Textual's list of commands, without what makes it end the program."""

from __future__ import annotations

from contextlib import suppress

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette


class Commands(CommandPalette):
    """Bears keys that come before its list is laid out, or after a command was chosen."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close the list; a second key that closes it does nothing."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):
            super()._action_command_list(action)
