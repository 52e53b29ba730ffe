"""All keys of the screen below, made from its own bindings."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from studytool.keymap import Keymap
from studytool.tui.keys import bound, written
from studytool.tui.sheet import ModalSheet

_ON_A_CARD = (
    ("↑ ↓ pgup pgdn", "Scroll a long card, or this list"),
    ("enter, esc", "While you type: show the answer; back to the keys"),
)
"""Keys that have no binding of ours."""


class KeysScreen(ModalSheet[None]):
    """Lists what every key does; any of a few keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bound("keys.close", "dismiss", "Close this list"),
    ]

    def __init__(self, bindings: list[BindingType], keys: Keymap, scrolls: bool = True) -> None:
        """Describe the bindings of a screen on the keys in force.

        Args:
            bindings: Those of the screen.
            keys: The keys in force.
            scrolls: Whether the screen scrolls a card.
        """
        super().__init__()
        self.described = [binding for binding in bindings if isinstance(binding, Binding)]
        self.keys = keys
        self.scrolls = scrolls

    def compose(self) -> ComposeResult:
        """Lay the list out."""
        with VerticalScroll(id="key-list"):
            yield Static(self._list(), markup=False)

    def _list(self) -> Content:
        """Return one line a binding."""
        told: dict[str, str] = {}  # bindings that do the same, such as the options, in one line
        for binding in self.described:
            before = told.get(binding.description, "")
            told[binding.description] = f"{before} {written(self.keys, binding.id or '')}".strip()
        rows = [
            # First, so that it is seen where the list is longer than the screen.
            (self.keys.first("keys.close"), "Close this list"),
            *((keys, description) for description, keys in told.items()),
            *(_ON_A_CARD if self.scrolls else ()),
            ("ctrl+p", "Themes and other commands"),
        ]
        width = max(cell_len(keys) for keys, _ in rows) + 2
        parts: list[tuple[str, str]] = []
        for index, (keys, description) in enumerate(rows):
            blank = " " * (width - cell_len(keys))
            parts.append((("\n" if index else "") + keys + blank, "$accent bold"))
            parts.append((description, ""))
        return Content.assemble(*parts)
