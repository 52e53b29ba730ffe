"""README is the manual: every command it shows runs, and its bank is right."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import terminal

from studytool.craft.subjects import Craft
from studytool.library import library_name
from studytool.settings.file import read

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"(<!-- \w+ command -->\n)?```(\w+)\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    line
    for marker, language, text in BLOCKS
    if language == "sh" and not marker
    for line in text.splitlines()
]
TOML = [text for _, language, text in BLOCKS if language == "toml"]
"""What stands in `library.toml`, and in `config.toml`."""
SETUP = [text.strip() for marker, _, text in BLOCKS if marker]


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "STUDYTOOL_HOME": str(home)}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with README's bank, and the shipped ones."""
    (bank,) = [text for _, language, text in BLOCKS if language == "yaml"]
    (tmp_path / "eggs").mkdir()
    (tmp_path / "eggs" / "eggs.yaml").write_text(bank)
    return tmp_path


def test_there_is_something_to_test() -> None:
    assert len(COMMANDS) >= 9
    assert len(SETUP) == 2


@pytest.mark.parametrize("line", sorted(set(COMMANDS)))
def test_a_command_that_readme_shows_runs(line: str, here: Path) -> None:
    words = shlex.split(line)
    if words[0] == "python":
        command, place = [sys.executable, *words[1:], "--help"], ROOT
    else:
        assert words[0] == "studytool"
        command, place = [sys.executable, "-m", "studytool", *words[1:]], here
    if "review" in words:
        lead = f"cd {shlex.quote(str(here))} && exec "
        shell = ["bash", "-c", lead + shlex.join(command)]
        code, painted = terminal.run(shell, [("answer", "q\n")], environment(here / "home"))
        assert code == 0, painted[-2000:]
        return
    if "import" in words:
        shutil.copy(ROOT / "decks" / "ml.apkg", here)
    if "export" in words:  # writes beside the banks, so it gets a copy of them
        shutil.copytree(ROOT / "cards", here / "shipped")
        command += ["-o", str(here / "out"), "--cards", str(here / "shipped")]
    done = subprocess.run(
        command, cwd=place, env=environment(here / "home"), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    if "check" in words and "--explain" not in words:
        assert "0 errors, 0 warnings" in done.stderr


def test_the_set_up_commands_stand_alone() -> None:
    start, tests = SETUP
    for command in (start, tests):
        assert command.startswith("python3 -m venv .venv && ")
    assert start.endswith("studytool review")
    assert tests.endswith("-m pytest -n 4 --dist worksteal")


def test_the_keys_are_those_of_the_review() -> None:
    from studytool.tui.review_screen import ReviewScreen

    table = README[README.index("| key |") : README.index("Hard means")]
    for binding in ReviewScreen.BINDINGS:
        for key in binding.key.split(","):  # type: ignore[union-attr]
            shown = {"question_mark": "?", "ctrl+c": "q"}.get(key, key)
            assert shown in table


def test_the_keys_of_the_decks_are_told() -> None:
    from studytool.keymap import ALWAYS, DEFAULTS

    table = README[README.index("## Your decks") : README.index("The numbers are those")]
    shown = {"escape": "esc", "up": "arrows", "down": "arrows", "pagedown": "page keys"}
    shown |= {"pageup": "page keys", "ctrl+c": "q"}
    for binding in DEFAULTS:
        if binding.startswith("overview."):
            for key in (*DEFAULTS[binding], *ALWAYS.get(binding, ())):
                assert shown.get(key, key) in table


def test_the_settings_are_right(tmp_path: Path) -> None:
    text = TOML[1]
    file = read(text, "config.toml")
    assert file.diagnostics == ()
    assert file.settings.limits.new == 10
    assert file.settings.keys.grades() == ("a", "s", "d", "f")


def test_the_library_file_of_readme_is_right(tmp_path: Path) -> None:
    (tmp_path / "library.toml").write_text(TOML[0])
    assert library_name(tmp_path) == ("kitchen", ())
    craft = Craft(tmp_path)
    assert craft.asked and craft.diagnostics == []
    assert (craft.topics, craft.surnames) == (("breakfast",), ("Smith",))
