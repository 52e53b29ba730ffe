"""Which key does what: the keys of every screen, and those a user chooses instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from studytool.values import Value

DEFAULTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "review.reveal": ("space", "enter"),
        "review.again": ("1",),
        "review.hard": ("2",),
        "review.good": ("3",),
        "review.easy": ("4",),
        **{f"review.option-{number}": (str(number),) for number in range(1, 10)},
        "review.typing": ("T",),
        "review.undo": ("u",),
        "review.bury-card": ("-",),
        "review.bury-note": ("=",),
        "review.suspend-card": ("@",),
        "review.suspend-note": ("!",),
        "review.flag": ("f",),
        "review.mark": ("*",),
        "review.set-due": ("d",),
        "review.reset": ("R",),
        "review.hint": ("h",),
        "review.latex": ("m",),
        "review.down": ("j",),
        "review.up": ("k",),
        "review.page-down": ("ctrl+d",),
        "review.page-up": ("ctrl+u",),
        "review.first": ("g",),
        "review.last": ("G",),
        "review.pause": ("p",),
        "review.auto-advance": ("A",),
        "review.edit": ("e",),
        "review.open": ("o",),
        "review.card": ("i",),
        "review.statistics": ("t",),
        "review.keys": ("?",),
        "review.leave": ("q",),
        "summary.undo": ("u",),
        "summary.statistics": ("t",),
        "summary.leave": ("q", "enter", "escape"),
        "statistics.next-deck": ("d", "tab"),
        "statistics.previous-deck": ("D", "shift+tab"),
        "statistics.down": ("j",),
        "statistics.up": ("k",),
        "statistics.leave": ("escape", "q", "t"),
        "flag.close": ("escape", "q", "f"),
        "keys.close": ("escape", "q", "?", "space", "enter"),
        "keys.down": ("j",),
        "keys.up": ("k",),
        "card.down": ("j",),
        "card.up": ("k",),
        "card.close": ("escape", "q", "i", "space", "enter"),
        "broken.edit": ("e",),
        "broken.down": ("j",),
        "broken.up": ("k",),
        "broken.leave": ("escape", "q"),
        "open.choose": ("enter", "space"),
        "open.down": ("j",),
        "open.up": ("k",),
        "open.close": ("escape", "q", "o"),
        "overview.study": ("enter", "space"),
        "overview.practise": ("c",),
        "overview.down": ("j",),
        "overview.up": ("k",),
        "overview.fold": ("h",),
        "overview.unfold": ("l",),
        "overview.first": ("g",),
        "overview.last": ("G",),
        "overview.page-down": ("ctrl+d",),
        "overview.page-up": ("ctrl+u",),
        "overview.filter": ("/",),
        "overview.clear": ("escape",),
        "overview.statistics": ("t",),
        "overview.browse": ("b",),
        "overview.keys": ("?",),
        "overview.leave": ("q",),
        "browse.preview": ("enter",),
        "browse.down": ("j",),
        "browse.up": ("k",),
        "browse.first": ("g",),
        "browse.last": ("G",),
        "browse.page-down": ("ctrl+d",),
        "browse.page-up": ("ctrl+u",),
        "browse.search": ("/",),
        "browse.pick": ("space",),
        "browse.pick-to-here": ("v",),
        "browse.pick-all": ("a",),
        "browse.bury-card": ("-",),
        "browse.bury-note": ("=",),
        "browse.suspend-card": ("@",),
        "browse.suspend-note": ("!",),
        "browse.flag": ("f",),
        "browse.mark": ("*",),
        "browse.set-due": ("d",),
        "browse.reset": ("R",),
        "browse.undo": ("u",),
        "browse.edit": ("e",),
        "browse.open": ("o",),
        "browse.card": ("i",),
        "browse.keys": ("?",),
        "browse.leave": ("escape", "q"),
    }
)
"""The keys of every binding by its id, the one to show first. The ids are for ever."""

SETS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "digits": {},
        "home-row": {
            "review.again": ("a", "1"),
            "review.hard": ("s", "2"),
            "review.good": ("d", "3"),
            "review.easy": ("f", "4"),
            "review.flag": ("F",),
            "review.set-due": ("D",),
        },
    }
)
"""Ready-made choices; what one does not name keeps its default."""

OPTIONS = tuple(name for name in DEFAULTS if name.startswith("review.option-"))
"""The bindings that mark an option of a choice while its answer is hidden."""
GRADES = ("review.again", "review.hard", "review.good", "review.easy")
"""The bindings that grade once the answer is shown, so they may have the keys of options."""

ALWAYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                *("review.leave", "summary.leave", "statistics.leave", "keys.close"),
                *("card.close", "broken.leave", "open.close", "flag.close", "overview.leave"),
                "browse.leave",
            ),
            ("ctrl+c",),
        ),
        **{"open.down": ("down",), "open.up": ("up",)},
        **{"review.first": ("home",), "review.last": ("end",)},
        "overview.fold": ("left",),
        "overview.unfold": ("right",),
        **{
            f"{name}.{binding}": (key,)
            for name in ("overview", "browse")
            for binding, key in (
                *(("down", "down"), ("up", "up"), ("first", "home"), ("last", "end")),
                *(("page-down", "pagedown"), ("page-up", "pageup")),
            )
        },
    }
)
"""Keys that a binding has whatever is chosen, and that no other one can have."""

_SCROLLING = ["up", "down", "left", "right", "home", "end", "pageup", "pagedown"]
_TAKEN = {
    **dict.fromkeys(_SCROLLING, "scrolls"),
    "ctrl+c": "leaves every screen",
    "ctrl+p": "opens the list of commands",
    "ctrl+q": "ends the program",
    "ctrl+z": "stops the program",
}
_SENT_FOR = {"ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+m": "enter"}

SHOWN = {
    "escape": "esc",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "pagedown": "pgdn",
    "pageup": "pgup",
}
"""Keys that are shown by another name than they are written by."""

NAMES = (
    *("space", "enter", "tab", "shift+tab", "escape", "backspace", "insert", "delete"),
    *(f"f{number}" for number in range(1, 13)),
    *(f"ctrl+{letter}" for letter in "abdefgjklnorstuvwxy"),
)
"""Every key with a name that can be chosen; a key with a character is named by it."""
_HELP = "a key is a character or one of: space, enter, tab, escape, f1 to f12, ctrl+a to ctrl+y"


def why_not(key: str) -> tuple[str, str] | None:
    """Return why a key cannot be chosen and what to do about it, or None if it can."""
    if key in _TAKEN:
        return f"the key `{key}` {_TAKEN[key]} and cannot be chosen", ""
    if key in _SENT_FOR:
        sent = _SENT_FOR[key]
        return f"a terminal cannot tell `{key}` from `{sent}`", f"write `{sent}`"
    if key in NAMES or (len(key) == 1 and key.isprintable() and not key.isspace()):
        return None
    from studytool.diagnostics import did_you_mean

    near = did_you_mean(key, NAMES) if len(key) > 1 else ""
    return f"there is no key `{key}`", near or _HELP


def screen(binding: str) -> str:
    """Return the screen that a binding belongs to."""
    return binding.partition(".")[0]


class Keymap(Value):
    """The keys in force.

    Attributes:
        chosen: The keys of those bindings that do not have their defaults.
    """

    chosen: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    def __getitem__(self, binding: str) -> tuple[str, ...]:
        """Return the keys of a binding, the one to show first."""
        return self.chosen.get(binding) or DEFAULTS[binding]

    def first(self, binding: str) -> str:
        """Return the key that stands for a binding, as it is shown."""
        return SHOWN.get(self[binding][0], self[binding][0])

    def grades(self) -> tuple[str, ...]:
        """Return the keys that stand for the four grades, from again to easy."""
        return tuple(map(self.first, GRADES))

    def clashes(self) -> Iterator[tuple[str, str, str]]:
        """Yield each key that two bindings of one screen have, and both bindings."""
        owners: dict[tuple[str, str], list[str]] = {}
        for binding in DEFAULTS:
            for key in self[binding]:
                others = owners.setdefault((screen(binding), key), [])
                for owner in others:
                    if owner != binding and not (owner in GRADES and binding in OPTIONS):
                        yield key, owner, binding
                        break
                others.append(binding)


USUAL = Keymap()
"""Every binding on its default keys."""
