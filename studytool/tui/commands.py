"""Textual's list of commands, without what makes it end the program."""

from __future__ import annotations

from contextlib import suppress

from textual import work
from textual.app import ScreenStackError
from textual.await_complete import AwaitComplete
from textual.command import CommandPalette
from textual.css.query import NoMatches


class Commands(CommandPalette):
    """Bears keys that come before its list is laid out, or after it was closed."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close the list; a second key that closes it does nothing."""
        try:
            return super().dismiss(result)
        except ScreenStackError:
            return AwaitComplete()

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):
            super()._action_command_list(action)

    @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)
    async def _gather_commands(self, search_value: str) -> None:
        with suppress(NoMatches):  # the list may be gone by now
            await CommandPalette._gather_commands.__wrapped__(self, search_value)  # type: ignore[attr-defined]
