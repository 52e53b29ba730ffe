"""What the keys of the review do with the note of the current card."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytool.tui.acting import Acting


def act(screen: Acting, what: str) -> None:
    """Do one of `edit`, `open` and `card`; what it needs is loaded only now."""
    if what == "edit":
        from studytool.tui.note_editing import edit

        edit(screen)
    elif what == "open":
        from studytool.tui.note_opening import open_outside

        open_outside(screen)
    else:
        show_card(screen)


def show_card(screen: Acting) -> None:
    """Show all that is known of the card; time spent there is not time on the card."""
    from studytool.tui.card_screen import CardScreen

    spent = screen.spent

    def back(_: object) -> None:
        screen.spent = spent

    screen.app.push_screen(CardScreen(screen.session, screen.keys), back)
