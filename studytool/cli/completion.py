"""`studytool completion`: the scripts that make shells complete."""

from __future__ import annotations

import os
from pathlib import Path

import click

from studytool.cli.console import emit
from studytool.cli.examples import Command

_LINES = {
    "bash": 'eval "$(studytool completion bash)"   # in ~/.bashrc',
    "zsh": 'eval "$(studytool completion zsh)"   # in ~/.zshrc, below compinit',
    "fish": "studytool completion fish | source   # in ~/.config/fish/config.fish",
}


@click.command(
    cls=Command,
    examples={
        "studytool completion": "the line for the shell you use",
        "studytool completion zsh": "what that line runs",
    },
)
@click.argument("shell", type=click.Choice(list(_LINES)), required=False)
def completion(shell: str | None) -> None:
    """Print what makes a shell complete commands, decks, tags and notes.

    Without SHELL: the line to add to your shell's file.
    """
    if shell is None:
        own = Path(os.environ.get("SHELL", "")).name
        emit(_LINES.get(own) or "\n".join(_LINES.values()))
        return
    from studytool.cli.main import COMPLETE, studytool
    from studytool.cli.shells import script

    emit(f"{script(shell, studytool, COMPLETE)}# {_LINES[shell]}")
