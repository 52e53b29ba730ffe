"""`studytool stats` as a shell meets it, and what it may not cost the review."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import terminal
from command import run
from year_of_reviews import SM2, write, year

from studytool.cli.console import clock
from studytool.days import day_number, moment
from studytool.figures import study
from studytool.notes import Card
from studytool.opening import open_library
from studytool.stats.document import document
from studytool.stats.page import SECTIONS
from studytool.stats.statistics import statistics
from studytool.wrapping import Run, row_width

BANK = """deck: ML::GANs
tags: [gan]
notes:
- {id: collapse, q: 'What is mode collapse?', a: All samples alike., tags: [modes]}
- {id: target, cloze: 'The target for {{c1::real}} samples is {{c2::0.9}}.'}
"""
OTHER = "deck: Eggs\nnotes:\n- {id: sets, q: 'When does egg white set?', a: At 62 °C.}\n"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "banks"
    folder.mkdir()
    (folder / "gans.yaml").write_text(BANK)
    (folder / "eggs.yaml").write_text(OTHER)
    return folder


@pytest.fixture
def studied(library: Path, home: Path) -> Path:
    """The library, with a year of answers up to today."""
    now = clock()
    cards = [Card("collapse", "front"), Card("target", "c1"), Card("target", "c2")]
    with open_library(home, library, now) as opened:
        write(opened.store, year([*cards, Card("sets", "front")], now.day, days=30))
    return library


def test_a_pipe_gets_80_columns_without_colour(studied: Path) -> None:
    done = run("stats", "--cards", studied)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert max(row_width((Run(line),)) for line in lines) == 80
    assert "\x1b" not in done.stdout
    for title in ("Today", "Due, next", "Calendar", "True retention", "Hours", "Ease", "Tags"):
        assert title in done.stdout


@pytest.mark.parametrize(("columns", "width"), [("44", 44), ("500", 120)])
def test_columns_are_honoured(studied: Path, columns: str, width: int) -> None:
    lines = run("stats", "--cards", studied, COLUMNS=columns).stdout.splitlines()
    assert max(row_width((Run(line),)) for line in lines) == width


def test_a_terminal_gets_colour_and_its_own_width(studied: Path) -> None:
    script = f"stty cols 64; exec {sys.executable} -m studytool stats --cards {studied}"
    code, painted = terminal.run(["sh", "-c", f"unset COLUMNS; {script}"], [])
    assert code == 0
    text = painted.decode()
    assert "\x1b[36m" in text
    head = text.splitlines()[0].replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "")
    assert len(head) == 64
    code, painted = terminal.run(["sh", "-c", f"NO_COLOR=1; export NO_COLOR; {script}"], [])
    assert code == 0
    assert b"\x1b" not in painted


def test_only_some_graphs(studied: Path) -> None:
    done = run("stats", "--cards", studied, "--graph", "hours", "--graph", "cards")
    assert done.returncode == 0
    assert done.stdout.index("Cards") < done.stdout.index("Hours of the day")
    assert "Calendar" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--graph", "calender"], ["no graph `calender`", "did you mean `calendar`?"]),
        (["ML::GAN"], ["no deck `ML::GAN`", "did you mean `ML::GANs`?"]),
        (["--tag", "gann"], ["no note has the tag `gann`", "did you mean `gan`?"]),
    ],
)
def test_wrong_names_are_one_message_and_exit_code_2(
    library: Path, arguments: list[str], words: list[str]
) -> None:
    done = run("stats", "--cards", library, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    for word in words:
        assert word in done.stderr


def test_json_is_one_object_with_everything(studied: Path, home: Path) -> None:
    done = run("stats", "--cards", studied, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    made = json.loads(done.stdout)
    with open_library(home, studied, clock()) as opened:
        from datetime import datetime

        day = day_number(datetime.fromisoformat(made["date"] + "T12:00"))
        found = statistics(study(opened.store, opened.select()), SM2, day)
    assert made == json.loads(json.dumps(document(found, None, (), tuple(SECTIONS))))
    assert made["answers"] > 10
    assert moment(datetime.now().astimezone()).day - day in (0, 1)


def test_a_deck_and_a_tag_limit_all_of_it(studied: Path) -> None:
    whole = json.loads(run("stats", "--cards", studied, "--json").stdout)
    gans = json.loads(run("stats", "ml", "--cards", studied, "--json").stdout)
    modes = json.loads(run("stats", "--tag", "modes", "--cards", studied, "--json").stdout)
    assert gans["selection"] == {"deck": "ml", "tags": []}
    assert [deck["name"] for deck in gans["decks"]] == ["ML::GANs"]
    assert 0 < modes["answers"] < gans["answers"] < whole["answers"]
    assert (modes["cards"]["total"], gans["cards"]["total"], whole["cards"]["total"]) == (1, 3, 4)
    assert "tag modes" in run("stats", "--tag", "modes", "--cards", studied).stdout
    some = json.loads(run("stats", "--cards", studied, "--json", "--graph", "ease").stdout)
    assert list(some) == ["schema_version", "date", "selection", "answers", "ease"]


def test_before_the_first_answer(library: Path) -> None:
    done = run("stats", "--cards", library)
    assert done.returncode == 0
    assert "No card was answered yet" in done.stdout
    assert "4 in all" in done.stdout


def test_notices_about_banks_go_to_stderr(studied: Path) -> None:
    (studied / "eggs.yaml").write_text("deck: Eggs\nnotes:\n- q: no answer\n")
    done = run("stats", "--cards", studied, "--json")
    assert "eggs.yaml" in done.stderr
    assert json.loads(done.stdout)["cards"]["total"] == 4


def test_the_review_does_not_pay_for_statistics() -> None:
    script = (
        "import sys, studytool.cli.main, studytool.cli.review, studytool.opening,"
        " studytool.overview, studytool.tui.app, studytool.tui.review_screen; print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    ours = {name for name in done.stdout.split() if name.startswith("studytool.")}
    assert "studytool.tui.review_screen" in ours
    costly = ("studytool.stats", "studytool.charts", "studytool.figures", "studytool.due_list")
    assert not [name for name in ours if name.startswith(costly)]


def test_statistics_do_not_pay_for_screens(studied: Path, home: Path) -> None:
    script = (
        "import sys, studytool.cli.main as m\n"
        f"sys.argv = ['studytool', 'stats', '--cards', {str(studied)!r}, '--home', {str(home)!r}]\n"
        "try: m.main()\nexcept SystemExit: print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.rsplit("\n", 2)[-2].split())
    assert "studytool.stats.page" in loaded
    assert not loaded & {"textual", "rich.console", "markdown_it", "yaml", "sqlite_utils"}
