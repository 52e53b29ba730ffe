"""Where things are: the user's data and settings, and the banks to study."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from studytool.errors import UsageError

FILE = "config.toml"
"""Name of the file of settings."""


class Source(NamedTuple):
    """Where something that can be chosen comes from.

    Attributes:
        kind: `option`, `environment`, `file` or `default`.
        name: The option, the variable, `file:line`, or which default.
    """

    kind: str
    name: str


DEFAULT = Source("default", "default")


class CardsChoice(NamedTuple):
    """The library to use, and why it is this one.

    Attributes:
        root: Its folder, or a single bank; it need not be there.
        source: What names it.
    """

    root: Path
    source: Source


def home(option: str | None, environment: Mapping[str, str]) -> Path:
    """Return the folder of the user's data: `--home`, STUDYTOOL_HOME, or the system's place."""
    if chosen := _chosen("--home", option, environment.get("STUDYTOOL_HOME")):
        return _place(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("studytool", appauthor=False))


def settings_file(option: str | None, environment: Mapping[str, str]) -> Path:
    """Return the file of settings: in the folder that is chosen, or in the system's place."""
    if chosen := _chosen("--home", option, environment.get("STUDYTOOL_HOME")):
        return _place(chosen) / FILE
    import platformdirs

    return Path(platformdirs.user_config_dir("studytool", appauthor=False)) / FILE


def _chosen(name: str, option: str | None, variable: str | None) -> str | None:
    """Return what an option says, else what a variable says.

    Raises:
        UsageError: If the option is empty, as one made of an unset variable is.
    """
    if option is not None and not option:
        raise UsageError(f"{name} is empty", "name a folder, or leave the option out")
    return option or variable


def _place(chosen: str, folder: Path | None = None) -> Path:
    """Return the absolute path of what a user typed, here or in a folder.

    Raises:
        UsageError: If it names the home of nobody, or is not text.
    """
    try:
        chosen.encode()
        path = Path(chosen).expanduser()
        return (folder / path if folder else path).absolute()
    except (RuntimeError, ValueError) as error:
        raise UsageError(f"`{chosen}` is no path: {error}") from error


def shipped_cards() -> Path:
    """Return the banks that come with the package, installed or in a checkout."""
    package = Path(__file__).parent
    inside = package / "cards"
    return inside if inside.is_dir() else package.parent / "cards"


def cards(
    option: str | None,
    environment: Mapping[str, str],
    here: Path,
    setting: str = "",
    setting_place: str = "",
    folder: Path | None = None,
) -> CardsChoice:
    """Return the library to use.

    It is `--cards`, STUDYTOOL_CARDS, the setting, `./cards` if it holds banks, or the shipped one.

    Args:
        option: The option's value.
        environment: The variables.
        here: The folder the command runs in.
        setting: The setting's value; empty for none.
        setting_place: Where the setting stands, as `file:line`.
        folder: What the setting's path is relative to.
    """
    if option is not None:
        chosen = _chosen("--cards", option, None)
        return CardsChoice(_place(chosen or ""), Source("option", "--cards"))
    if variable := environment.get("STUDYTOOL_CARDS"):
        return CardsChoice(_place(variable), Source("environment", "STUDYTOOL_CARDS"))
    if setting:
        return CardsChoice(_place(setting, folder), Source("file", setting_place))
    local = here / "cards"
    if any(local.glob("*.y*ml")):
        return CardsChoice(local, Source("default", "./cards"))
    return CardsChoice(shipped_cards(), Source("default", "the shipped banks"))
