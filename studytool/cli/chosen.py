"""The settings in force for the command that runs; read once, and only if there is a file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool import config

if TYPE_CHECKING:
    from studytool.settings.settings import Settings, SettingsFile


def settings_path() -> Path:
    """Return where the file of settings is, or would be; `--home` of the command counts."""
    return config.settings_file(click.get_current_context().params.get("home"), os.environ)


def settings_file() -> SettingsFile:
    """Return what the file of settings says, wrong or not; nothing outside of a command."""
    from studytool.settings.settings import SettingsFile

    context = click.get_current_context(silent=True)
    if context is None:
        return SettingsFile("")
    if not isinstance(context.obj, SettingsFile):
        context.obj = _read(settings_path())
    return context.obj


def _read(path: Path) -> SettingsFile:
    """Return what a file says; one that is not there says nothing."""
    from studytool.settings.settings import SettingsFile

    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return SettingsFile(str(path))
    from studytool.library import shown_path
    from studytool.settings.file import load

    return load(path, shown_path(path))


def settings() -> Settings:
    """Return the settings in force.

    Raises:
        SettingsError: If the file has errors.
    """
    file = settings_file()
    if file.diagnostics:
        from studytool.settings.settings import SettingsError

        raise SettingsError(file)
    return file.settings
