"""Where things are: the user's data, and the banks to study."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from studytool.errors import UsageError


def home(option: str | None, environment: Mapping[str, str]) -> Path:
    """Return the folder of the user's data: `--home`, STUDYTOOL_HOME, or the system's place."""
    chosen = option or environment.get("STUDYTOOL_HOME")
    if chosen:
        return _place(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("studytool", appauthor=False))


def _place(chosen: str) -> Path:
    """Return the absolute path of what a user typed.

    Raises:
        UsageError: If it names the home of nobody, or is not text.
    """
    try:
        chosen.encode()
        return Path(chosen).expanduser().absolute()
    except (RuntimeError, ValueError) as error:
        raise UsageError(f"`{chosen}` is no path: {error}") from error


def shipped_cards() -> Path:
    """Return the banks that come with the package, installed or in a checkout."""
    package = Path(__file__).parent
    inside = package / "cards"
    return inside if inside.is_dir() else package.parent / "cards"


def cards(option: str | None, environment: Mapping[str, str], here: Path) -> Path:
    """Return the library to use.

    It is `--cards`, STUDYTOOL_CARDS, `./cards` if it holds banks, or the shipped one.

    Raises:
        UsageError: If the chosen path does not exist.
    """
    chosen = option or environment.get("STUDYTOOL_CARDS")
    if chosen:
        root = _place(chosen)
        if not root.exists():
            origin = "--cards" if option else "STUDYTOOL_CARDS"
            raise UsageError(f"{origin}: there is no {root}", "name a folder of banks")
        return root
    local = here / "cards"
    if any(local.glob("*.y*ml")):
        return local
    return shipped_cards()
