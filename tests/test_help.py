"""`--help` teaches: every command has examples, and they are right."""

from __future__ import annotations

import os
import re
import shlex
import subprocess

import click
import pytest
from command import COMMAND, run

from studytool.cli.examples import Command
from studytool.cli.main import COMMANDS, studytool


def command(name: str) -> Command:
    found = studytool.get_command(click.Context(studytool), name)  # type: ignore[attr-defined]
    assert isinstance(found, Command)
    return found


def parsed(line: str) -> str:
    """Return the command of a line that can be parsed."""
    program, *words = shlex.split(line)
    assert program == "studytool"
    if not words:
        return ""
    assert words[0] in COMMANDS
    command(words[0]).make_context(words[0], words[1:], resilient_parsing="--help" in words)
    return words[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_examples_of_a_command_are_its_own_and_can_be_parsed(name: str) -> None:
    examples = command(name).examples
    assert len(examples) >= 2
    for line, words in examples.items():
        assert parsed(line) == name
        assert words[0].islower()
        assert not words.endswith(".")


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_a_command_does_and_ends_with_examples(name: str) -> None:
    done = run(name, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert COMMANDS[name].split()[0] in done.stdout
    head, examples = done.stdout.split("\nExamples:\n")
    assert "\nOptions:\n" in head
    assert [line.split("  ")[1] for line in examples.splitlines() if "studytool" in line] == list(
        command(name).examples
    )
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_every_option_is_told_in_words() -> None:
    for name in COMMANDS:
        for param in command(name).params:
            if isinstance(param, click.Option):
                assert param.help, (name, param.name)


def test_the_examples_of_the_program_can_be_parsed() -> None:
    text = run("--help").stdout
    lines = re.findall(r"^ +(studytool.*?)  ", text.split("Examples:")[1], re.MULTILINE)
    assert len(lines) >= 6
    for line in lines:
        parsed(line.strip())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show",), "Missing argument 'ID'"),
        (("review", "--nwe", "3"), "--new"),
        (("review", "--new", "-1"), "-1"),
        (("show", "x", "--width", "9"), "9"),
        (("completion", "zhs"), "zsh"),
        (("shwo",), "show"),
    ],
)
def test_a_mistake_is_told_with_a_way_out(words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.parametrize("words", [("due",), ("show", "n"), (), ("stats",)])
def test_letters_that_an_encoding_lacks_are_written_out(tmp_path, words: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    bank = "deck: D☃\nnotes:\n- {id: n, q: 'Why ☃ and $x_1$?', a: '→'}\n"
    (tmp_path / "a.yaml").write_text(bank, encoding="utf-8")
    where = {"STUDYTOOL_CARDS": str(tmp_path), "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run([*COMMAND, *words], capture_output=True, env={**os.environ, **where})
    assert done.returncode == 0, done.stderr
    assert b"\\u26" in done.stdout or not words or words == ("stats",)


def test_a_notice_names_the_banks_that_the_command_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "my banks"
    folder.mkdir()
    (folder / "a.yaml").write_text("deck: D\nnotes:\n- {q: Why?, a: Because.}\n")
    done = run("due", "--cards", folder)
    assert f"studytool check --cards '{folder}'" in done.stderr
