"""The command line: parse, call, print, exit; the only place that reads the real clock."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from studytool import __version__, config
from studytool.days import Moment, as_date, moment
from studytool.errors import ExitCode, StudytoolError, UsageError
from studytool.screen_text import clean, clean_line
from studytool.wording import counted

if TYPE_CHECKING:
    from studytool.opening import Opened

Command = TypeVar("Command", bound=Callable[..., Any])

CARDS_HELP = "Folder of banks. [default: $STUDYTOOL_CARDS, ./cards, the shipped banks]"
HOME_HELP = "Folder of your progress. [default: $STUDYTOOL_HOME, or the system's place for data]"


def clock() -> Moment:
    """Return the present moment where the user is."""
    return moment(datetime.now().astimezone())


def place_options(command: Command) -> Command:
    """Give a command the options that say where banks and progress are."""
    command = click.option("--home", metavar="DIR", help=HOME_HELP)(command)
    return click.option("--cards", metavar="PATH", help=CARDS_HELP)(command)


def cards_root(cards: str | None) -> Path:
    """Return the library that the options and the environment choose."""
    return config.cards(cards, os.environ, Path.cwd())


def open_store(cards: str | None, home: str | None) -> Opened:
    """Open the user's database and bring its mirror of the banks up to date."""
    from studytool.opening import open_library

    return open_library(config.home(home, os.environ), cards_root(cards), clock())


def emit(text: str) -> None:
    """Print data to stdout; a reader that has gone away is no error."""
    try:
        click.echo(text)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(ExitCode.OK) from None


def say(text: str) -> None:
    """Print talk, which goes to stderr; stdout is for data."""
    click.echo(clean(text), err=True)


def colored(stream: Any) -> bool:
    """Tell whether a stream takes colour: a terminal, and NO_COLOR is not set."""
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR")


class Commands(click.Group):
    """Lists commands in the order of a day's work, and suggests one for a typing mistake."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order they were written."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, or say which one was probably meant."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            from studytool.diagnostics import did_you_mean

            near = did_you_mean(args[0], self.commands)
            raise UsageError(
                f"there is no command `{clean_line(args[0])}`", near or "see studytool --help"
            )
        return super().resolve_command(ctx, args)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
    epilog="""\b
Start:   studytool review                     learn from the shipped banks
Write:   studytool check cards/mine.yaml      is my bank right?
         studytool show my-note               how will it look?
Anki:    studytool export                     build .apkg files, import them in Anki

A bank is a YAML file of notes; README.md tells how to write one. Exit codes: 0 fine,
1 problems found, 2 wrong usage, 130 interrupted.""",
)
@click.version_option(__version__, "-V", "--version", message="studytool %(version)s")
@place_options
@click.pass_context
def studytool(ctx: click.Context, cards: str | None, home: str | None) -> None:
    """Learn from plain-text question banks with spaced repetition.

    Without a command: what is due today, and what to type next.
    """
    if ctx.invoked_subcommand is None:
        from studytool.opening import review_session
        from studytool.overview import overview

        with open_store(cards, home) as opened:
            session = review_session(opened, None, (), None, clock, trust_clock=True)
            chosen = (("--cards", cards), ("--home", home))
            places = "".join(f" {name} {shlex.quote(value)}" for name, value in chosen if value)
            emit(overview(opened, session, places))
    elif cards or home:
        raise UsageError(
            "--cards and --home go behind the command",
            f"studytool {ctx.invoked_subcommand} --cards …",
        )


@studytool.command()
@click.argument("deck", required=False)
@click.option(
    "--tag", "tags", multiple=True, metavar="TAG", help="Only notes with this tag; again for and."
)
@click.option(
    "--new", type=click.IntRange(0), metavar="N", help="Today's limit of new cards. [default: 20]"
)
@click.option("--light", is_flag=True, help="Colours for a light terminal.")
@click.option("--trust-clock", is_flag=True, help="Grade although the log is ahead of the clock.")
@place_options
def review(
    deck: str | None,
    tags: tuple[str, ...],
    new: int | None,
    light: bool,
    trust_clock: bool,
    cards: str | None,
    home: str | None,
) -> None:
    """Ask the cards that are due, then new ones.

    DECK limits the review to a deck and the decks below it, such as ML::GANs; case does not
    matter. Space shows the answer and then grades it good, 1 to 4 grade it, u takes a grade
    back, q leaves. Hard counts as remembered: press 1 when you did not know.
    """
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if not terminal or os.environ.get("TERM") == "dumb":
        raise UsageError("review needs a terminal", "run it in a terminal window, without a pipe")
    from studytool.opening import review_session

    with open_store(cards, home) as opened:
        session = review_session(opened, deck, tags, new, clock, trust_clock)
        if session.current is None:
            from studytool.overview import nothing_due

            emit(nothing_due(opened, session))
            return
        if os.environ.get("NO_COLOR"):
            os.environ["TEXTUAL_THEME"] = "ansi-light" if light else "ansi-dark"
        from studytool.tui.app import ReviewApp
        from studytool.tui.themes import DARK, LIGHT

        theme = os.environ.get("TEXTUAL_THEME") or (LIGHT.name if light else DARK.name)
        ReviewApp(session, opened.notices, theme).run()
        done = session.done
        opened.store.back_up(as_date(session.day))
    if done:
        from studytool.overview import closing_line

        say(closing_line(session))


@studytool.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--fix", is_flag=True, help="Write the ids of notes that have none into the banks.")
@click.option("--json", "as_json", is_flag=True, help="Print the complaints as JSON.")
@click.option("--cards", metavar="PATH", help=CARDS_HELP)
def check(paths: tuple[str, ...], fix: bool, as_json: bool, cards: str | None) -> None:
    """Report every problem of the banks, with its place and a hint.

    PATH is a bank or a folder of banks; without one the library in use is checked. Exit code 1
    if there is an error; warnings alone leave it at 0.
    """
    from studytool.check import check as check_library
    from studytool.diagnostics import errors, render
    from studytool.library import load_library

    roots = [Path(path) for path in paths] or [cards_root(cards)]
    if fix:
        from studytool.authoring import write_ids

        for root in roots:
            for path, count in write_ids(root, load_library(root)):
                say(f"{path}: {counted(count, 'id')} written")
    libraries = [load_library(root) for root in roots]
    found = [complaint for library in libraries for complaint in check_library(library)]
    notes = sum(len(bank.notes) for library in libraries for bank in library.banks.values())
    banks = sum(len(library.banks) for library in libraries)
    wrong = errors(found)
    if as_json:
        import json

        document = {
            "schema_version": 1,
            "banks": banks,
            "notes": notes,
            "errors": wrong,
            "diagnostics": [complaint.as_json() for complaint in found],
        }
        emit(json.dumps(document, ensure_ascii=True, indent=2))
    else:
        for complaint in found:
            emit(render(complaint, colored(sys.stdout)) + "\n")
        what = f"{counted(banks, 'bank')}, {counted(notes, 'note')}"
        warnings = counted(len(found) - wrong, "warning")
        say(f"{what}: {counted(wrong, 'error')}, {warnings}")
    if wrong:
        raise SystemExit(ExitCode.PROBLEMS)


@studytool.command()
@click.argument("note_id", metavar="ID")
@click.option("--width", type=click.IntRange(20), default=76, show_default=True, help="Columns.")
@place_options
def show(note_id: str, width: int, cards: str | None, home: str | None) -> None:
    """Print a note's cards as the review shows them, and where the note lives."""
    from studytool.overview import shown_note

    with open_store(cards, home) as opened:
        emit(shown_note(opened, note_id, width, colored(sys.stdout)))


@studytool.command()
@click.argument("decks", nargs=-1, metavar="[DECK]...")
@click.option(
    "-o", "--out", metavar="DIR", help="Where to write. [default: decks/ beside the cards]"
)
@click.option("--cards", metavar="PATH", help=CARDS_HELP)
def export(decks: tuple[str, ...], out: str | None, cards: str | None) -> None:
    """Build Anki packages, one .apkg for each top-level deck.

    Importing a newer package over an older one updates the notes whose text changed, adds new
    ones and leaves the rest, and everything you learned in Anki, as it is. DECK limits the
    export to decks and those below them.
    """
    from studytool.export import export_library

    for line in export_library(cards_root(cards), decks, Path(out) if out else None, clock()):
        say(line)


def main() -> None:
    """Run the command line and end the process with the exit code it stands for."""
    try:
        code = studytool.main(standalone_mode=False)
    except StudytoolError as error:
        sys.exit(_complain(error))
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        advice = f"see {context.command_path} --help" if context else ""
        sys.exit(_complain(UsageError(error.format_message().rstrip("."), advice)))
    except UnicodeError as error:
        sys.exit(_complain(UsageError(f"a name or an argument is not text: {error}")))
    except OSError as error:
        what = f"{error.filename}: " if error.filename else ""
        sys.exit(_complain(StudytoolError(f"{what}{error.strerror or error}")))
    except (click.Abort, KeyboardInterrupt):
        sys.exit(ExitCode.INTERRUPTED)
    except Exception as error:
        if type(error).__module__ != "sqlite3":  # importing it would cost every start
            raise
        message = f"the database could not be read: {error}"
        sys.exit(_complain(StudytoolError(message, "copies are in backups/ beside it")))
    sys.exit(code if isinstance(code, int) else ExitCode.OK)


def _complain(error: StudytoolError) -> ExitCode:
    """Print what went wrong, and what to do, and return the exit code."""
    prefix = click.style("error:", fg="red", bold=True) if colored(sys.stderr) else "error:"
    click.echo(f"{prefix} {clean(error.message)}", err=True)
    if error.help:
        click.echo(f"  {clean(error.help)}", err=True)
    return error.exit_code
