"""Screens over another one, which are closed once however fast the keys come."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen, ScreenResultType


class Sheet(Screen[ScreenResultType]):
    """Closes itself only while it is on top; Textual alone would close what lies under it."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close the screen with a result; a key that comes too late does nothing."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


class ModalSheet(ModalScreen[ScreenResultType]):
    """The same, with what lies under it still seen."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close the screen with a result; a key that comes too late does nothing."""
        return super().dismiss(result) if self.is_active else AwaitComplete()
