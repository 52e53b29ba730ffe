"""The options that say where banks and progress are, and the library they lead to."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from studytool import config
from studytool.cli.console import clock

if TYPE_CHECKING:
    from studytool.opening import Opened

Command = TypeVar("Command", bound=Callable[..., Any])

CARDS_HELP = "Folder of banks. [default: $STUDYTOOL_CARDS, ./cards, the shipped banks]"
HOME_HELP = "Folder of your progress. [default: $STUDYTOOL_HOME, or the system's place for data]"


def cards_option(command: Command) -> Command:
    """Give a command the option that says where banks are."""
    return click.option("--cards", metavar="PATH", help=CARDS_HELP)(command)


def place_options(command: Command) -> Command:
    """Give a command the options that say where banks and progress are."""
    command = click.option("--home", metavar="DIR", help=HOME_HELP)(command)
    return cards_option(command)


def cards_root(cards: str | None) -> Path:
    """Return the library that the options and the environment choose."""
    return config.cards(cards, os.environ, Path.cwd())


def open_store(cards: str | None, home: str | None) -> Opened:
    """Open the user's database and bring its mirror of the banks up to date."""
    from studytool.opening import open_library

    return open_library(config.home(home, os.environ), cards_root(cards), clock())
