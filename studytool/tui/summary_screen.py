"""The end of a session: what was done, and when the next card is due."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from studytool.backlog_lines import left
from studytool.days import as_date
from studytool.errors import StudytoolError
from studytool.keymap import Keymap
from studytool.prompts import figures
from studytool.session import Session
from studytool.tui.key_bar import KeyBar
from studytool.tui.keys import bound, summary_keys
from studytool.tui.sheet import Sheet
from studytool.tui.sizes import HORIZONTAL, VERTICAL
from studytool.tui.telling import sentences, tell
from studytool.wording import in_days


class SummaryScreen(Sheet[None]):
    """Shown when no card is left today."""

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    VERTICAL_BREAKPOINTS = VERTICAL
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("summary.undo", "undo", "Undo the last grade or action"),
        bound("summary.statistics", "statistics", "Show the statistics"),
        bound("summary.leave", "leave", "Leave"),
    ]

    def __init__(self, session: Session, keys: Keymap) -> None:
        """Tell of a session; `keys` are those in force."""
        super().__init__()
        self.session = session
        self.keys = keys
        self.figures = Static(id="figures", markup=False)
        self.bar = KeyBar()

    def compose(self) -> ComposeResult:
        """Lay the figures out in the middle."""
        with Container(id="summary"):
            yield self.figures
        with Container(id="dock"):
            yield self.bar

    def on_screen_resume(self) -> None:
        """Show what the session has come to by now."""
        done = "Practice is done" if self.session.plan.practice else "Done for today"
        rows: list[tuple[str, str]] = [(done, "bold"), ("\n\n", "")]
        if self.session.done:
            lines = figures(self.session.summary())
            width = max(len(figure) for figure, _ in lines)
            for figure, words in lines:
                rows.append((figure.rjust(width), "bold $primary"))
                rows.append((f"  {words}\n", "$card-muted"))
            rows.append(("\n", ""))
        if waiting := left(self.session):
            rows.append((f"{waiting[:1].upper()}{waiting[1:]}.\n", ""))
        rows.append((self._next(), ""))
        self.figures.update(Content.assemble(*rows))
        self.bar.show(*summary_keys(self.keys, self.session.can_undo()))

    def _next(self) -> str:
        """Return when the next card is due."""
        if self.session.plan.practice:
            return "No schedule has changed."
        due = self.session.next_due()
        if due is None:
            return "No card is waiting."
        return f"The next card is due {in_days(due - self.session.day, as_date(due))}."

    def action_undo(self) -> None:
        """Take the last grade or action back and go on with its card."""
        try:
            undone = self.session.undo()
        except StudytoolError as error:
            tell(self, sentences(error), failure=True)
            return
        if undone:
            self.dismiss()

    def action_statistics(self) -> None:
        """Show what was learned."""
        from studytool.tui.statistics_screen import StatisticsScreen

        self.app.push_screen(StatisticsScreen(self.session, self.keys))

    async def action_leave(self) -> None:
        """Leave the review."""
        await self.run_action("app.leave_review")
