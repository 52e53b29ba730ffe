"""The bindings of the screen that browses, and its keys that work now."""

from __future__ import annotations

from textual.binding import Binding

from studytool.keymap import Keymap
from studytool.tui.key_bar import Key
from studytool.tui.keys import bound

ACTIONS = (
    ("bury-card", "Bury the cards until tomorrow, or unbury them"),
    ("bury-note", "Bury all cards of the notes until tomorrow"),
    ("suspend-card", "Suspend the cards, or let them be asked again"),
    ("suspend-note", "Suspend all cards of the notes, or let them be asked again"),
    ("mark", "Mark the notes, or take the mark off"),
)
"""What a key does to the picked cards, by the names of `actions.Action`."""


def bindings() -> list[Binding]:
    """Return the bindings, in the order in which they are listed."""
    return [
        bound("browse.search", "search", "Type a search; enter goes to the list"),
        bound("browse.preview", "preview", "Show the card on the whole screen"),
        bound("browse.down", "go(1)", "Next card"),
        bound("browse.up", "go(-1)", "Previous card"),
        bound("browse.first", "go(-1, 'end')", "First card"),
        bound("browse.last", "go(1, 'end')", "Last card"),
        bound("browse.page-down", "go(1, 'page')", "A page down, of the list or a whole card"),
        bound("browse.page-up", "go(-1, 'page')", "A page up"),
        bound("browse.pick", "pick", "Pick the card, and go to the next one"),
        bound("browse.pick-to-here", "pick_to_here", "Pick all cards from the last picked to here"),
        bound("browse.pick-all", "pick_all", "Pick all cards, or none"),
        *(bound(f"browse.{name}", f"act('{name}')", words) for name, words in ACTIONS),
        bound("browse.flag", "flag", "Flag the cards, 1 to 7; the same again takes it off"),
        bound("browse.set-due", "set_due", "Set the cards due: in how many days, or 3-7"),
        bound("browse.reset", "act('reset')", "Reset the cards: they are new again"),
        bound("browse.undo", "undo", "Take back the last action, all of it"),
        bound("browse.edit", "edit", "Edit the note in your editor"),
        bound("browse.open", "open", "Open the source's link, or the picture"),
        bound("browse.card", "card", "Show where the note lives, and the card's history"),
        bound("browse.keys", "keys", "Show all keys"),
        bound("browse.leave", "leave", "Back"),
    ]


def browse_keys(keys: Keymap, typing: bool, whole: bool) -> tuple[Key, ...]:
    """Return the keys that work, the most useful first.

    Args:
        keys: The keys in force.
        typing: Whether a search is being typed.
        whole: Whether a card has the whole screen.
    """
    if typing:
        return (Key("enter", "go to the list", "stop_typing"),)
    first = keys.first
    return (
        Key(first("browse.search"), "search", "search"),
        Key(first("browse.preview"), "list" if whole else "whole card", "preview"),
        Key(first("browse.pick"), "pick", "pick"),
        Key(first("browse.keys"), "keys", "keys"),
        Key(first("browse.leave"), "back", "leave"),
        Key(first("browse.suspend-card"), "suspend", "act('suspend-card')"),
        Key(first("browse.edit"), "edit", "edit"),
        Key(first("browse.undo"), "undo", "undo"),
        Key(first("browse.card"), "info", "card"),
    )
