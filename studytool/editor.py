"""How the user's editor is started at a line of a file."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from pathlib import Path

from studytool.errors import UsageError

_PLUS = frozenset(
    "emacs emacsclient ex gedit gvim jmacs joe jpico jstar kak mcedit mg micro nano ne nvi nvim"
    " pico rnano vi view vim vimx vis zile".split()
)
"""Editors that take `+12 file`."""
_COLON = frozenset({"helix", "hx", "subl", "zed"})
"""Editors that take `file:12`."""
_GOTO = frozenset({"code", "codium", "cursor", "vscodium"})
"""Editors that take `--goto file:12`."""
_WAITING = {
    **dict.fromkeys((*_GOTO, "gedit", "subl", "zed"), "--wait"),
    "gvim": "--nofork",
}
"""What makes an editor with a window of its own end only when the file is closed."""


def command(environment: Mapping[str, str], file: Path, line: int) -> list[str]:
    """Return the command that opens a file at a line in the editor of VISUAL, else of EDITOR.

    An editor of which nobody here knows how it takes a line is given the file alone.

    Raises:
        UsageError: If neither names an editor, or what names it cannot be read as a command.
    """
    for variable in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(environment.get(variable, ""))
        except ValueError as error:
            what = f"{variable} is no command: {str(error).lower()}"
            raise UsageError(what, "name an editor, such as EDITOR=nano") from error
        if words:
            return _at_line(words, str(file), line)
    raise UsageError(
        "no editor is set", "leave, type `export EDITOR=nano` or name another, and come back"
    )


def _at_line(words: list[str], file: str, line: int) -> list[str]:
    """Return a command with a file behind it, and the line as this editor takes it."""
    name = re.split(r"[-.]", Path(words[0]).name, maxsplit=1)[0]
    if (wait := _WAITING.get(name)) and wait not in words:
        words = [*words, wait]
    if name in _PLUS:
        return [*words, f"+{line}", file]
    if name in _GOTO:
        return [*words, "--goto", f"{file}:{line}"]
    return [*words, f"{file}:{line}" if name in _COLON else file]
