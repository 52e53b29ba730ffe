"""Completion: the protocol of the shells, and a real bash."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import terminal
from hypothesis import given
from hypothesis import strategies as st

from studytool.cli.main import COMMANDS
from studytool.cli.shells import joined

COMMAND = [sys.executable, "-m", "studytool"]
BANK = """deck: ML::Generative models
tags: [gan, gan::loss, vae]
notes:
- {id: collapse, q: 'Why, and when, does it collapse?', a: A}
- {id: target, q: Q?, a: A, deck: "ML::Loss, and $more [x]"}
- {id: other, q: Q?, a: A, deck: Art}
"""


@pytest.fixture
def banks(tmp_path: Path) -> Path:
    """A library whose mirror is there."""
    folder = tmp_path / "banks"
    folder.mkdir()
    (folder / "a.yaml").write_text(BANK)
    subprocess.run([*COMMAND, "--cards", str(folder)], check=True, capture_output=True)
    return folder


def ask(
    words: str, banks: Path | str = "", shell: str = "bash", current: int | None = None, **more: str
) -> list[str]:
    """Return what a shell is told at the end of a line, or at another of its words."""
    place = len(words.split(" ")) - 1 if current is None else current
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(place), **more}
    if shell == "fish":
        asked["COMP_CWORD"] = words.rpartition(" ")[2]
    done = subprocess.run(
        COMMAND,
        env={
            **os.environ,
            "STUDYTOOL_CARDS": str(banks),
            "_STUDYTOOL_COMPLETE": f"{shell}_complete",
            **asked,
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stderr == ""
    return [line for line in done.stdout.splitlines() if line]


def test_commands_and_options_complete() -> None:
    assert ask("studytool ") == [f"plain,{name}" for name in COMMANDS]
    assert ask("studytool re") == ["plain,review"]
    assert "plain,--trust-clock" in ask("studytool review --t")
    assert ask("studytool --he") == ["plain,--help"]
    assert ask("studytool completion z") == ["plain,zsh"]
    assert ask("studytool check --explain gi") == ["plain,gives-away"]


def test_a_command_that_is_none_is_no_error() -> None:
    assert "plain,review" in ask("studytool reviw ")


def test_decks_complete_and_those_above_them_in_any_case(banks: Path) -> None:
    assert ask("studytool review ml::g", banks) == [r"plain,ML::Generative\ models"]
    assert ask("studytool export A", banks) == ["plain,Art"]
    assert ask("studytool review --new 3 m", banks)[0] == "plain,ML"
    assert ask("studytool export Art ML::L", banks) == [r"plain,ML::Loss,\ and\ \$more\ \[x\]"]


def test_tags_notes_banks_and_settings_complete(banks: Path) -> None:
    assert ask("studytool review --tag gan", banks) == ["plain,gan", "plain,gan::loss"]
    assert ask("studytool show co", banks) == ["plain,collapse"]
    found = ask("studytool check ", banks)
    assert [line for line in found if line.endswith("a.yaml")]
    assert found[-1] == "file,"
    assert ask("studytool subjects ", banks)[-1] == "file,"
    assert ask("studytool config limits.", banks) == ["plain,limits.new", "plain,limits.reviews"]
    assert ask("studytool review --home ", banks) == ["dir,"]
    assert ask("studytool show --cards ", banks) == ["file,"]


def test_the_options_of_the_line_choose_the_library(banks: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    line = f"studytool show --home {home} --cards {banks} o"
    assert ask(line, "/no/such", STUDYTOOL_HOME="/no/such") == ["plain,other"]


def test_the_library_of_the_settings_is_used_even_if_they_are_wrong_elsewhere(
    banks: Path, tmp_path: Path
) -> None:
    (tmp_path / "home" / "config.toml").write_text(f'cards = "{banks}"\nthme = 3\n')
    assert ask("studytool show o") == ["plain,other"]
    (tmp_path / "home" / "config.toml").write_text("[[[")
    assert ask("studytool show o") == []


def test_whatever_fails_is_silent_and_nothing_is_written(banks: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    assert ask("studytool review M", banks, STUDYTOOL_HOME=str(nowhere)) == []
    assert not nowhere.exists()
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "studytool.db").write_bytes(b"SQLite format 3\0" + b"x" * 5_000)
    assert ask("studytool review M", banks, STUDYTOOL_HOME=str(broken)) == []
    assert ask("studytool review M", banks, COMP_CWORD="x") == []
    assert ask("studytool review M", banks, "tcsh") == []
    home = tmp_path / "home"
    before = {path.name: path.stat().st_mtime_ns for path in home.iterdir()}
    assert ask("studytool review M", banks)
    assert {path.name: path.stat().st_mtime_ns for path in home.iterdir()} == before


def test_zsh_and_fish_are_told_what_a_note_asks(banks: Path) -> None:
    question = "Why, and when, does it collapse?"
    assert ask("studytool show co", banks, "zsh") == ["plain", "collapse", question]
    assert ask("studytool show co", banks, "fish") == [f"plain,collapse\t{question}"]
    assert ask("studytool review ML::G", banks, "zsh") == ["plain", "ML::Generative models", "_"]
    assert ask("studytool review ML::L", banks, "fish") == ["plain,ML::Loss, and $more [x]"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts_are_printed(shell: str) -> None:
    done = subprocess.run([*COMMAND, "completion", shell], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    last = done.stdout.splitlines()[-1]
    assert last.startswith("# ")
    assert f"studytool completion {shell}" in last
    assert f"_STUDYTOOL_COMPLETE={shell}_complete" in done.stdout


def test_without_a_shell_the_line_to_add_is_printed() -> None:
    for own, lines in (("/bin/zsh", 1), ("/bin/bash", 1), ("/bin/csh", 3)):
        done = subprocess.run(
            [*COMMAND, "completion"],
            capture_output=True,
            text=True,
            env={**os.environ, "SHELL": own},
        )
        assert done.returncode == 0
        assert len(done.stdout.splitlines()) == lines


def test_a_shell_that_is_not_known_is_told() -> None:
    done = subprocess.run([*COMMAND, "completion", "bsh"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "did you mean `bash`?" in done.stderr


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["s", "review", "ML", "::", "GA"], (["s", "review"], "ML::GA", True)),
        (["s", "review", "ML", "::"], (["s", "review"], "ML::", True)),
        (["s", "review", "ML", "::", "GA", ""], (["s", "review", "ML::GA"], "", False)),
        (["s", "review", "ML", "::", ""], (["s", "review", "ML::"], "", False)),
        (["s", "x", "--cards", "=", "a"], (["s", "x"], "--cards=a", True)),
        (["s", "re"], (["s"], "re", False)),
        (["s", "review"], (["s"], "review", False)),
    ],
)
def test_bash_words_are_put_together(
    words: list[str], expected: tuple[list[str], str, bool]
) -> None:
    assert joined(words, len(words) - 1) == expected


@given(st.lists(st.text("ab:=", max_size=3), max_size=6), st.integers(0, 8))
def test_no_letter_of_a_line_is_lost(words: list[str], current: int) -> None:
    before, word, _ = joined(words, current)
    assert "".join([*before, word]) == "".join(words[: current + 1])


def test_a_line_is_completed_in_bash(banks: Path, tmp_path: Path) -> None:
    """Keys typed into an interactive bash; the shell's own echo shows what it made of them."""
    (tmp_path / "bin").mkdir()
    script = tmp_path / "bin" / "studytool"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m studytool "$@"\n')
    script.chmod(0o755)
    (tmp_path / "rc").write_text('PS1="READY "\neval "$(studytool completion bash)"\n')
    environment = {
        "PATH": f"{script.parent}:{os.environ['PATH']}",
        "STUDYTOOL_CARDS": str(banks),
        "INPUTRC": "/dev/null",
    }
    keys = [
        ("READY ", "studytool rev\t"),
        ("review ", "ML::Gen\t"),
        (r"erative\ models ", "\x15studytool review 'ML::Lo\t"),
        ("ss, and $more [x]' ", "\x15studytool review ml::lo\t"),
        (r"ss,\ and\ \$more\ \[x\] ", "\x15studytool show --cards=nowhere \x15exit\r"),
    ]
    code, painted = terminal.run(
        ["bash", "--rcfile", str(tmp_path / "rc"), "-i"], keys, environment
    )
    assert code == 0, painted
    assert rb"ML::Generative\ models" in painted
    assert b"Traceback" not in painted
