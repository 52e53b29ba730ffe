"""What shells ask for completions in, and how they take the answers."""

from __future__ import annotations

import os
from contextlib import suppress

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    add_completion_class,
    get_completion_class,
    shell_complete,
    split_arg_string,
)

_BREAKS = ":="
"""Where bash cuts words apart that are one to everybody else."""
_SPECIAL = set(" \t\"'`$&|;<>()*?[]{}!#\\~")


def script(shell: str, command: click.Command, variable: str) -> str:
    """Return the script that makes a shell ask.

    Args:
        shell: `bash`, `zsh` or `fish`.
        command: The command that all others hang on.
        variable: The one by which the shell will ask.
    """
    _register()
    way = get_completion_class(shell)
    assert way is not None
    return way(command, {}, "studytool", variable).source()


def answer(command: click.Command, variable: str) -> int:
    """Answer a shell that asks for completions; whatever fails, it says nothing.

    Args:
        command: The command that all others hang on.
        variable: The one by which the shell asks.

    Returns:
        The exit code.
    """
    _register()
    with suppress(Exception):
        return shell_complete(command, {}, "studytool", variable, os.environ[variable])
    return 1


def _register() -> None:
    """Put our way with bash and fish in place of click's."""
    add_completion_class(Bash)
    add_completion_class(Fish)


def joined(words: list[str], current: int) -> tuple[list[str], str, bool]:
    """Return the words that bash has cut at `:` and `=` as they were typed.

    Args:
        words: What bash takes for words.
        current: The place of the word that the cursor is in.

    Returns:
        The words before the one with the cursor; that word; whether it had been cut.
    """
    whole: list[str] = []
    cut = False
    for place, word in enumerate(words[: current + 1]):
        before = words[place - 1] if place else ""
        mark = bool(word) and not word.strip(_BREAKS)
        cut = bool(whole) and bool(word) and (mark or (before != "" and not before.strip(_BREAKS)))
        if cut:
            whole[-1] += word
        else:
            whole.append(word)
    if current >= len(words):
        return whole, "", False
    return whole[:-1], whole[-1], cut


class Bash(BashComplete):
    """Completes words with colons and blanks in them, which decks have."""

    source_template = """\
%(complete_func)s() {
    local IFS=$'\\n' type value
    COMPREPLY=()
    while IFS=, read -r type value; do
        case $type in
            plain) COMPREPLY+=("$value") ;;
            file) compopt -o default 2>/dev/null ;;
            dir) compopt -o dirnames 2>/dev/null ;;
        esac
    done < <(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD \\
        %(complete_var)s=bash_complete "$1" 2>/dev/null)
}

complete -o nosort -F %(complete_func)s %(prog_name)s 2>/dev/null ||
    complete -F %(complete_func)s %(prog_name)s
"""

    @staticmethod
    def _check_version() -> None:
        """Trust the script, which does without what an old bash lacks."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the cursor, and the one to complete."""
        asked = os.environ["COMP_WORDS"]
        words = asked.split("\n") if "\n" in asked else split_arg_string(asked)
        before, current, self.cut = joined(words, int(os.environ["COMP_CWORD"]))
        self.quoted = current[:1] in ("'", '"') and bool(current)
        self.incomplete = (split_arg_string(current) or [""])[0] if "\n" in asked else current
        if "\n" in asked:
            before = [(split_arg_string(word) or [""])[0] for word in before]
        return before[1:], self.incomplete

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Return a completion as bash puts it into the line: only what stands behind a cut."""
        value = item.value
        if item.type == "plain":
            if self.cut:
                end = max(self.incomplete.rfind(mark) for mark in _BREAKS) + 1
                value = value[end:]
            if not self.quoted:
                value = "".join(f"\\{char}" if char in _SPECIAL else char for char in value)
        return f"{item.type},{value}"


class Fish(FishComplete):
    """Completes values with commas in them."""

    source_template = FishComplete.source_template.replace(
        'string split ","', 'string split -m 1 ","'
    )
