"""`studytool config`: the settings in force, and where each comes from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.cli import chosen
from studytool.cli.console import emit, say
from studytool.cli.examples import Command
from studytool.cli.places import cards_choice, place_options, theme_choice
from studytool.errors import UsageError
from studytool.screen_text import clean, clean_line

if TYPE_CHECKING:
    from studytool.settings.text import Setting


@click.command(
    cls=Command,
    examples={
        "studytool config": "all settings",
        "studytool config limits keys": "two tables of them",
        "studytool config --edit": "change them in your editor",
    },
)
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option("--edit", is_flag=True, help="Open the file in your editor, then check it.")
@click.option("--json", "as_json", is_flag=True, help="Print the settings as JSON.")
@place_options
def config(
    keys: tuple[str, ...], edit: bool, as_json: bool, cards: str | None, home: str | None
) -> None:
    """Print the settings in force, and where each comes from.

    What is printed is itself a file of settings. KEY limits it to a setting, such as limits.new,
    or to a table, such as keys. Exit code 2 if the file of settings has mistakes.
    """
    from studytool.settings import text as settings_text

    path = chosen.settings_path()
    if edit:
        _edit(path)
    file = chosen.settings_file()
    if edit and not file.diagnostics:
        say(f"{path} is right")
        return
    if not edit:
        everything = list(settings_text.in_force(file, cards_choice(cards), theme_choice()))
        shown = _named(everything, keys)
        if as_json:
            emit(settings_text.as_json(file, path.exists(), shown))
        else:
            emit(clean(settings_text.as_toml(shown)))
    if file.diagnostics:
        from studytool.settings.settings import SettingsError

        raise SettingsError(file)


def _named(everything: list[Setting], keys: tuple[str, ...]) -> list[Setting]:
    """Return the settings that some names mean, or all.

    Raises:
        UsageError: If a name means none.
    """
    bare = {setting.name.replace('"', ""): setting for setting in everything}
    found = [] if keys else everything
    for key in keys:
        wanted = key.replace('"', "").casefold()
        below = [
            setting
            for name, setting in bare.items()
            if name.casefold() == wanted or name.casefold().startswith(wanted + ".")
        ]
        if not below:
            from studytool.diagnostics import did_you_mean

            near = did_you_mean(wanted, bare)
            raise UsageError(f"there is no setting `{clean_line(key)}`", near or "studytool config")
        found += below
    return found


def _edit(path: Path) -> None:
    """Open the file of settings in the user's editor; a new one shows all there is to set.

    Raises:
        UsageError: If what names the editor cannot be read as a command.
    """
    if not path.exists():
        from studytool.settings.text import template

        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(template(), encoding="utf-8")
    try:
        click.edit(filename=str(path))
    except ValueError as error:
        what = f"VISUAL or EDITOR is no command: {str(error).lower()}"
        raise UsageError(what, "name an editor, such as EDITOR=nano") from error
