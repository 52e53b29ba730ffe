"""The options that say where banks and progress are, and the library they lead to."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from studytool import config
from studytool.cli import chosen
from studytool.cli.console import clock
from studytool.cli.waiting import waiting
from studytool.config import CardsChoice, Source
from studytool.errors import UsageError

if TYPE_CHECKING:
    from studytool.opening import Opened

Command = TypeVar("Command", bound=Callable[..., Any])

CARDS_HELP = "Folder of banks. [default: $STUDYTOOL_CARDS, the settings, ./cards, shipped ones]"
HOME_HELP = "Folder of your progress and settings. [default: $STUDYTOOL_HOME, the system's places]"


def place_options(command: Command) -> Command:
    """Give a command the options that say where banks and progress are."""
    command = click.option("--home", metavar="DIR", help=HOME_HELP)(command)
    return click.option("--cards", metavar="PATH", help=CARDS_HELP)(command)


def cards_choice(cards: str | None) -> CardsChoice:
    """Return the library that the options, the environment and the settings choose."""
    file, folder = chosen.settings_file(), chosen.settings_path().parent
    place = file.place("cards")
    return config.cards(cards, os.environ, Path.cwd(), file.settings.cards, place, folder)


def cards_root(cards: str | None) -> Path:
    """Return the folder of the library to use.

    Raises:
        UsageError: If it is not there, or the settings are needed and wrong.
    """
    if not (cards or os.environ.get("STUDYTOOL_CARDS")):
        chosen.settings()
    root, source = cards_choice(cards)
    if not root.exists():
        raise UsageError(f"{source.name}: there is no {root}", "name a folder of banks")
    return root


def theme_choice(light: bool = False) -> tuple[str, Source]:
    """Return the theme of a review and what names it.

    It is that of NO_COLOR, of `--light`, of TEXTUAL_THEME, or of the settings.
    """
    if os.environ.get("NO_COLOR"):
        return "ansi-light" if light else "ansi-dark", Source("environment", "NO_COLOR")
    if light:
        return "studytool-light", Source("option", "--light")
    if name := os.environ.get("TEXTUAL_THEME"):
        return name, Source("environment", "TEXTUAL_THEME")
    file = chosen.settings_file()
    return file.settings.theme, file.source("theme")


def typed(cards: str | None, home: str | None) -> str:
    """Return the options that lead here, as the next command needs them."""
    import shlex

    chosen = (("--cards", cards), ("--home", home))
    return "".join(f" {name} {shlex.quote(value)}" for name, value in chosen if value)


def open_store(cards: str | None, home: str | None) -> Opened:
    """Open the user's database and bring its mirror of the banks up to date."""
    from studytool.opening import open_library

    limits = chosen.settings().limits
    root = cards_root(cards)
    with waiting("reading banks") as step:
        opened = open_library(config.home(home, os.environ), root, clock(), limits, step)
    opened.leeches = chosen.settings().leeches
    check = f"studytool check{typed(cards, home)}"
    told = (notice.replace("studytool check", check) for notice in opened.notices)
    opened.notices = (*told, *_idle_limits(opened))
    return opened


def _idle_limits(opened: Opened) -> Iterator[str]:
    """Yield a line for each limit of a deck that the library does not have."""
    for deck, hint in opened.idle_limits():
        from studytool.settings.toml_values import dotted

        place = chosen.settings_file().place(dotted(("decks", deck)))
        yield f"{place}: there is no deck `{deck}`" + (f"; {hint}" if hint else "")
