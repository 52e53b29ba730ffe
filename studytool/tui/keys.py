"""The user's keys on the screens: bindings, the key bar, and how keys are written."""

from __future__ import annotations

from textual.binding import Binding

from studytool.keymap import ALWAYS, DEFAULTS, GRADES, OPTIONS, Keymap
from studytool.tui.key_bar import Key


def _joined(keys: tuple[str, ...]) -> str:
    """Return keys as Textual takes them."""
    return ",".join("comma" if key == "," else key for key in keys)


def bound(binding: str, action: str, description: str) -> Binding:
    """Return a binding on its default keys; `keymap` puts it on those of the user."""
    return Binding(
        _joined(DEFAULTS[binding] + ALWAYS.get(binding, ())), action, description, id=binding
    )


def action_bindings() -> list[Binding]:
    """Return the bindings of what is done with a card besides grading it."""
    return [
        bound("review.bury-card", "act('bury-card')", "Bury the card until tomorrow"),
        bound("review.bury-note", "act('bury-note')", "Bury all cards of the note until tomorrow"),
        bound("review.suspend-card", "act('suspend-card')", "Suspend the card: it is not asked"),
        bound("review.suspend-note", "act('suspend-note')", "Suspend all cards of the note"),
        bound("review.flag", "flag", "Flag the card, 1 to 7; the same again takes it off"),
        bound("review.mark", "act('mark')", "Mark the note, or take the mark off"),
        bound("review.set-due", "set_due", "Set the card due: in how many days"),
        bound("review.reset", "act('reset')", "Reset the card: it is new again"),
    ]


def keymap(keys: Keymap) -> dict[str, str]:
    """Return the bindings that have other keys than by default, for `App.set_keymap`.

    Grades and options share keys, and one that is named takes its keys from those that are not.
    """
    named = dict.fromkeys((*keys.chosen, *(GRADES + OPTIONS if keys.chosen else ())))
    return {name: _joined(keys[name] + ALWAYS.get(name, ())) for name in named}


def _in_short(keys: Keymap) -> str:
    """Return the keys of the four grades in as few letters as can be."""
    grades = keys.grades()
    return "1–4" if grades == ("1", "2", "3", "4") else " ".join(grades)


def welcome(keys: Keymap) -> str:
    """Return what a learner with an empty log reads above the first question."""
    first = keys.first
    return (
        f"Answer in your head; {first('review.reveal')} shows it.\n"
        f"{_in_short(keys)} grade it; {first('review.undo')} undo, "
        f"{first('review.keys')} keys, {first('review.leave')} leave"
    )


def option_bindings() -> tuple[Binding, ...]:
    """Return the bindings of the options, in one line of the list of keys."""
    return tuple(
        bound(name, f"option({number})", "Mark an option of a choice")
        for number, name in enumerate(OPTIONS, 1)
    )


def option_keys(keys: Keymap, options: int, several: bool) -> tuple[Key, ...]:
    """Return the keys that mark the options of a choice, if it has any."""
    if not options:
        return ()
    shown = [keys.first(name) for name in OPTIONS[:options]]
    plain = shown == [str(number) for number in range(1, len(shown) + 1)]
    return (
        Key(
            f"{shown[0]}–{shown[-1]}" if plain and len(shown) > 1 else " ".join(shown),
            "mark several" if several else "mark",
        ),
    )


def typing_keys() -> tuple[Key, ...]:
    """Return the keys that work while an answer is typed; no choice of keys changes them."""
    return (
        Key("enter", "answer", "reveal"),
        Key("esc", "keys", "stop_typing"),
        Key("ctrl+c", "leave", "leave"),
    )


def begin_typing_keys(keys: Keymap, waits: bool) -> tuple[Key, ...]:
    """Return the keys that begin to type, or go on; `waits` if the line is there already."""
    key = keys.first("review.typing")
    if not waits:
        return (Key(key, "type", "typing"),)
    return (Key("tab", "type", "go_on_typing"), Key(key, "stop typing", "typing"))


def question_keys(
    keys: Keymap,
    hint: bool,
    can_undo: bool,
    own: tuple[Key, ...] = (),
    long: bool = False,
    look: tuple[Key, ...] = (),
) -> tuple[Key, ...]:
    """Return the keys that work while the answer is hidden, the most useful first.

    Args:
        keys: The keys in force.
        hint: Whether there is a hint to show.
        can_undo: Whether there is an answer to take back.
        own: The keys that only this card has.
        long: Whether the card is longer than the screen.
        look: The keys that show the card in another way.
    """
    hints = (Key(keys.first("review.hint"), "hint", "hint"),) if hint else ()
    return (
        Key(keys.first("review.reveal"), "answer", "reveal"),
        *own,
        *hints,
        *((_scroll_keys(keys),) if long else ()),
        *_standing_keys(keys, can_undo),
        *look,
    )


def answer_keys(
    keys: Keymap, can_undo: bool, long: bool = False, look: tuple[Key, ...] = ()
) -> tuple[Key, ...]:
    """Return the keys that work while the answer is shown, the most useful first.

    Those of the grades stand on the tiles too, and make room if the card is a `long` one.
    """
    return (
        Key(keys.first("review.reveal"), "good", "grade(3)"),
        _scroll_keys(keys) if long else Key(_in_short(keys), "grade"),
        *_standing_keys(keys, can_undo),
        *look,
    )


def _scroll_keys(keys: Keymap) -> Key:
    """Return the keys that scroll a card."""
    return Key(f"{keys.first('review.down')} {keys.first('review.up')}", "scroll")


def _standing_keys(keys: Keymap, can_undo: bool) -> tuple[Key, ...]:
    """Return the keys of the review that always work."""
    return (
        Key(keys.first("review.undo"), "undo", "undo", can_undo),
        Key(keys.first("review.keys"), "keys", "keys"),
        Key(keys.first("review.statistics"), "stats", "statistics"),
        Key(keys.first("review.leave"), "leave", "leave"),
    )


def flag_keys(keys: Keymap) -> tuple[Key, ...]:
    """Return the keys that work while a flag is asked for."""
    return (
        Key("1–7", "flag"),
        Key("0", "no flag", "set(0)"),
        Key(keys.first("flag.close"), "back", "dismiss"),
    )


def summary_keys(keys: Keymap, can_undo: bool) -> tuple[Key, ...]:
    """Return the keys that work on the summary."""
    return (
        Key(keys.first("summary.leave"), "leave", "leave"),
        Key(keys.first("summary.undo"), "undo", "undo", can_undo),
        Key(keys.first("summary.statistics"), "stats", "statistics"),
    )


def statistics_keys(keys: Keymap, decks: bool) -> tuple[Key, ...]:
    """Return the keys that work on the statistics; `decks` if there is more than one deck."""
    next_deck = (Key(keys.first("statistics.next-deck"), "next deck", "deck(1)"),) if decks else ()
    scroll = f"{keys.first('statistics.down')} {keys.first('statistics.up')}"
    return (Key(keys.first("statistics.leave"), "back", "leave"), *next_deck, Key(scroll, "scroll"))


def card_keys(keys: Keymap) -> tuple[Key, ...]:
    """Return the keys that work on what is known of a card."""
    scroll = f"{keys.first('card.down')} {keys.first('card.up')}"
    return (Key(keys.first("card.close"), "back", "leave"), Key(scroll, "scroll"))


def broken_keys(keys: Keymap) -> tuple[Key, ...]:
    """Return the keys that work on the errors of a bank."""
    return (
        Key(keys.first("broken.edit"), "edit again", "edit"),
        Key(keys.first("broken.leave"), "back", "leave"),
        Key(f"{keys.first('broken.down')} {keys.first('broken.up')}", "scroll"),
    )


def overview_keys(keys: Keymap, finding: bool, typing: bool) -> tuple[Key, ...]:
    """Return the keys that work on the overview, the most useful first.

    Args:
        keys: The keys in force.
        finding: Whether decks are looked for.
        typing: Whether their name is being typed, so that most keys are letters.
    """
    if typing:
        return Key("enter", "study", "study"), Key("esc", "all decks", "clear")
    return (
        Key(keys.first("overview.study"), "study", "study"),
        *([Key(keys.first("overview.clear"), "all decks", "clear")] if finding else []),
        Key(keys.first("overview.filter"), "find", "filter"),
        Key(keys.first("overview.keys"), "keys", "keys"),
        Key(keys.first("overview.leave"), "leave", "leave"),
        Key(keys.first("overview.browse"), "browse", "browse"),
        Key(keys.first("overview.statistics"), "stats", "statistics"),
        Key(f"{keys.first('overview.fold')} {keys.first('overview.unfold')}", "fold"),
    )
