"""What every command says goes through here: data to stdout, talk to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TextIO

import click

from studytool.cli.chosen import settings
from studytool.days import Moment, moment
from studytool.errors import ExitCode, StudytoolError, UsageError
from studytool.screen_text import clean


def clock() -> Moment:
    """Return the present moment where the user is, on the study day of the settings.

    Raises:
        UsageError: If TZ names a time zone that is none.
    """
    try:
        local = datetime.now().astimezone()
    except ValueError as error:
        raise UsageError(f"the time zone cannot be used: {error}", "look at TZ") from error
    return moment(local, settings().rollover)


def moments() -> Callable[[int], Moment]:
    """Return what gives the moment of a time in milliseconds since 1970, where the user is."""
    rollover = settings().rollover

    def moment_at(ms: int) -> Moment:
        return moment(datetime.fromtimestamp(ms / 1000, UTC).astimezone(), rollover)

    return moment_at


def emit(text: str, end: bool = True) -> None:
    """Print data to stdout, by default as lines; a reader that has gone away is no error."""
    try:
        click.echo(text, nl=end)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(ExitCode.OK) from None


def say(text: str) -> None:
    """Print talk, which goes to stderr; stdout is for data."""
    click.echo(clean(text), err=True)


def on_terminal(stream: TextIO | None) -> bool:
    """Tell whether a stream is a terminal."""
    return stream is not None and stream.isatty()


def capable() -> bool:
    """Tell whether TERM names a terminal that is more than a typewriter; Windows needs no TERM."""
    return os.environ.get("TERM", "xterm" if os.name == "nt" else "") not in ("", "dumb")


def full_screen() -> bool:
    """Tell whether a screen can be painted: a terminal at both ends, and one that is capable."""
    return on_terminal(sys.stdin) and on_terminal(sys.stdout) and capable()


def colored(stream: TextIO | None) -> bool:
    """Tell whether a stream takes colour: a capable terminal, and NO_COLOR is not set."""
    return on_terminal(stream) and capable() and not os.environ.get("NO_COLOR")


def complain(error: StudytoolError) -> ExitCode:
    """Print what went wrong, and what to do, and return the exit code."""
    from studytool.settings.settings import SettingsError

    if isinstance(error, SettingsError):
        from studytool.diagnostics import render

        for wrong in error.diagnostics:
            click.echo(render(wrong, colored(sys.stderr)) + "\n", err=True)
    prefix = click.style("error:", fg="red", bold=True) if colored(sys.stderr) else "error:"
    click.echo(f"{prefix} {clean(error.message)}", err=True)
    if error.help:
        click.echo(f"  {clean(error.help)}", err=True)
    return error.exit_code
