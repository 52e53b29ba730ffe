"""The command that all others hang on, and what happens to errors nobody caught."""

from __future__ import annotations

import io
import os
import re
import sys
from importlib import import_module
from keyword import iskeyword

import click

from studytool import __version__, garbage
from studytool.cli.console import clock, complain, emit, full_screen
from studytool.cli.places import open_store, place_options, typed
from studytool.errors import ExitCode, StudytoolError, UsageError
from studytool.screen_text import clean_line

COMMANDS = {
    "review": "Ask the cards that are due, then new ones.",
    "browse": "Search notes, look at them and act on them.",
    "due": "Print what is left to do today, deck by deck.",
    "stats": "Print what was learned and what comes.",
    "check": "Report every problem of the banks.",
    "subjects": "Print how many notes each subject has.",
    "show": "Print a note as the review shows it.",
    "export": "Build Anki packages.",
    "import": "Read reviews and decks from Anki.",
    "config": "Print the settings in force, or edit them.",
    "paths": "Print where settings, progress and banks are.",
    "completion": "Print what makes a shell complete names.",
}
"""All commands in the order of a day's work.

Each is a module here with a function of its name, with `_` behind it if Python has that word.
"""
COMPLETE = "_STUDYTOOL_COMPLETE"
"""The variable by which a shell asks for completions."""


class Commands(click.Group):
    """Loads a command when it is asked for, and suggests one for a typing mistake."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name + "_" * iskeyword(cmd_name)
        command: click.Command = getattr(import_module(f"studytool.cli.{name}"), name)
        if ctx.resilient_parsing:
            from studytool.cli.completed_values import complete_values

            complete_values(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, or say which one was probably meant."""
        if ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from studytool.diagnostics import did_you_mean

            near = did_you_mean(args[0], COMMANDS)
            raise UsageError(
                f"there is no command `{clean_line(args[0])}`", near or "see studytool --help"
            )
        return super().resolve_command(ctx, args)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
    epilog="""\b
Examples:
  studytool                            your decks; enter studies one
  studytool review                     learn, from the shipped banks if you have none
  studytool check cards/mine.yaml      is my bank right?
  studytool show my-note               how will it look?
  studytool export                     build .apkg files, import them in Anki
  studytool config --edit              limits of the day, keys, colours, your banks
  studytool review --help              more of a command, with examples

A bank is a YAML file of notes; README.md tells how to write one. Exit codes: 0 fine,
1 problems found, 2 wrong usage, 130 interrupted.""",
)
@click.option("--light", is_flag=True, help="Colours for a light terminal.")
@click.version_option(__version__, "-V", "--version", message="studytool %(version)s")
@place_options
@click.pass_context
def studytool(ctx: click.Context, light: bool, cards: str | None, home: str | None) -> None:
    """Learn from plain-text question banks with spaced repetition.

    Without a command: your decks and what is due today, to study from; in a pipe, a summary.
    """
    if ctx.invoked_subcommand is None:
        from studytool.opening import review_session

        with open_store(cards, home) as opened:
            session = review_session(opened, None, (), None, clock, trust_clock=True)
            if full_screen():
                from studytool.cli.decks import show_decks

                show_decks(opened, session, light)
            else:
                from studytool.overview import overview

                emit(overview(opened, session, typed(cards, home)))
    elif cards or home or light:
        given = "--light" if light else "--cards" if cards else "--home"
        raise UsageError(
            f"{given} goes behind the command",
            f"studytool {ctx.invoked_subcommand} {given}{'' if light else ' …'}",
        )


def _told(error: click.ClickException) -> UsageError:
    """Return what click complains of in our words, with what was probably meant."""
    from studytool.diagnostics import did_you_mean

    context = getattr(error, "ctx", None)
    advice = f"see {context.command_path} --help" if context else ""
    message = error.format_message().rstrip(".")
    if isinstance(error, click.NoSuchOption):
        message = f"there is no option `{error.option_name}`"
        options = (
            [name for option in context.command.params for name in option.opts] if context else []
        )
        advice = did_you_mean(error.option_name, [*options, "--help"]) or advice
    elif isinstance(error, click.BadParameter) and isinstance(error.param, click.Parameter):
        kind = error.param.type
        if isinstance(kind, click.Choice) and (typed := re.match(r"'([^']*)' is", error.message)):
            advice = did_you_mean(typed[1], map(str, kind.choices)) or advice
        elif isinstance(kind, click.IntRange):
            most = f" to {kind.max}" if kind.max is not None else " on"
            given = clean_line(error.message.partition(" is not")[0].strip("'"))
            name = error.param.opts[0]
            message = f"{name} is a whole number, from {kind.min}{most}, not `{given}`"
    return UsageError(message, advice)


def main() -> None:
    """Run the command line and end the process with the exit code it stands for."""
    garbage.rest()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # Latin-1 has no ₙ
    if COMPLETE in os.environ:
        from studytool.cli.shells import answer

        sys.exit(answer(studytool, COMPLETE))
    try:
        code = studytool.main(standalone_mode=False)
    except StudytoolError as error:
        sys.exit(complain(error))
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        sys.exit(complain(_told(error)))
    except UnicodeError as error:
        sys.exit(complain(UsageError(f"a name or an argument is not text: {error}")))
    except OSError as error:
        what = f"{error.filename}: " if error.filename else ""
        sys.exit(complain(StudytoolError(f"{what}{error.strerror or error}")))
    except (click.Abort, KeyboardInterrupt):
        sys.exit(ExitCode.INTERRUPTED)
    except Exception as error:
        if type(error).__module__ != "sqlite3":  # importing it would cost every start
            raise
        message = f"the database could not be read: {error}"
        sys.exit(complain(StudytoolError(message, "copies are in backups/ beside it")))
    sys.exit(code if isinstance(code, int) else ExitCode.OK)
