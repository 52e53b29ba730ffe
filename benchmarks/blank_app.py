"""What Textual alone costs: an app with a Static and a Footer, which a key repaints."""

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets import Footer, Static


class Blank(App[None]):
    """Says which of its repaints it shows."""

    BINDINGS = [Binding("space", "again", "Again"), Binding("q", "quit", "Quit")]
    count = 0

    def compose(self) -> ComposeResult:
        """Lay out."""
        yield Static("blank app is ready", markup=False)
        yield Footer(show_command_palette=False)

    def action_again(self) -> None:
        """Repaint."""
        self.count += 1
        self.query_one(Static).update(f"repaint number {self.count} " + "word " * 60)


if __name__ == "__main__":
    Blank().run()
