"""How editors are started at a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytool.editor import command
from studytool.errors import UsageError

FILE = Path("/banks/a b.yaml")


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("vim", ["vim", "+7", str(FILE)]),
        ("/usr/bin/vim.tiny -u NONE", ["/usr/bin/vim.tiny", "-u", "NONE", "+7", str(FILE)]),
        ("emacs-nox -nw", ["emacs-nox", "-nw", "+7", str(FILE)]),
        ("nano -l", ["nano", "-l", "+7", str(FILE)]),
        ("gvim", ["gvim", "--nofork", "+7", str(FILE)]),
        ("hx", ["hx", f"{FILE}:7"]),
        ("subl --wait", ["subl", "--wait", f"{FILE}:7"]),
        ("code -n", ["code", "-n", "--wait", "--goto", f"{FILE}:7"]),
        ("'my editor' --x 'y z'", ["my editor", "--x", "y z", str(FILE)]),
        ("ed", ["ed", str(FILE)]),
    ],
)
def test_an_editor_opens_at_the_line_in_its_own_way(editor: str, words: list[str]) -> None:
    assert command({"EDITOR": editor}, FILE, 7) == words


def test_visual_goes_first_and_an_empty_one_is_none() -> None:
    assert command({"VISUAL": "vi", "EDITOR": "nano"}, FILE, 1)[0] == "vi"
    assert command({"VISUAL": " ", "EDITOR": "nano"}, FILE, 1)[0] == "nano"


@pytest.mark.parametrize(
    ("environment", "said"),
    [({}, "no editor is set"), ({"EDITOR": ""}, "no editor"), ({"VISUAL": "'vi"}, "VISUAL is no")],
)
def test_what_is_no_editor_is_said(environment: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        command(environment, FILE, 1)
    assert "EDITOR=nano" in caught.value.help
