"""Settings as a shell meets them: in force, told, edited, and wrong."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
import terminal
from command import COMMAND, run

from studytool.queue import DeckLimits, Limits
from studytool.settings.file import read

BANK = """deck: ML::GANs
notes:
- {id: one, q: One?, a: It is one.}
- {id: two, q: Two?, a: It is two.}
- {id: three, q: Three?, a: It is three.}
- {id: four, q: Four?, a: It is four., deck: ML::Rest}
"""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """The file of settings, which is not there, beside a library."""
    (tmp_path / "banks").mkdir()
    (tmp_path / "banks" / "a.yaml").write_text(BANK)
    (tmp_path / "home").mkdir()
    return tmp_path / "home" / "config.toml"


def test_settings_hold(settings: Path) -> None:
    assert "limits.new = 20 " in run("config").stdout
    settings.write_text('cards = "../banks"\n[limits]\nnew = 3\n[decks."ml::gans"]\nnew = 1\n')
    done = run()
    assert "4 notes in 2 decks" in done.stdout
    assert "new       2 today" in done.stdout
    assert "!" not in done.stdout
    assert "1 bank, 4 notes" in run("check").stderr
    other = run(STUDYTOOL_HOME=str(settings.parent.parent / "elsewhere"))
    assert "4 notes" not in other.stdout
    assert "4 notes in 2 decks" in run("--home", settings.parent, STUDYTOOL_HOME="/nowhere").stdout


def test_the_environment_and_the_option_come_before_the_setting(settings: Path) -> None:
    settings.write_text('cards = "/not/there"\n')
    banks = settings.parent.parent / "banks"
    assert "4 notes" in run(STUDYTOOL_CARDS=str(banks)).stdout
    assert "4 notes" in run("--cards", banks).stdout
    done = run("check")
    assert done.returncode == 2
    assert "config.toml:1: there is no /not/there" in done.stderr


def test_limits_of_decks_hold_over_a_restart(settings: Path) -> None:
    settings.write_text('cards = "../banks"\n[decks."ML::GANs"]\nnew = 2\n')
    review = [*COMMAND, "review", "ml::gans", "--home", str(settings.parent)]
    keys = [("answer", " "), ("4 easy", "3"), ("Two?", "q")]
    code, painted = terminal.run(review, keys)
    assert code == 0, painted[-2000:]
    assert b"1 card left for today" in painted
    assert "new       2 today" in run().stdout
    code, painted = terminal.run(review, [("Two?", " "), ("4 easy", "3"), ("Done", "q")])
    assert code == 0, painted[-2000:]
    assert "new       1 today" in run().stdout
    code, painted = terminal.run(review, [])
    assert b"today's new cards are done" in painted
    code, painted = terminal.run([*review, "--new", "3"], [("Three?", "q")])
    assert code == 0, painted[-2000:]


def test_a_limit_of_no_deck_is_a_notice(settings: Path) -> None:
    settings.write_text('cards = "../banks"\n[decks."ML::GNAs"]\nnew = 2\n[decks.ml]\nnew = 3\n')
    done = run()
    assert done.returncode == 0
    (notice,) = [line for line in done.stdout.splitlines() if line.startswith("!")]
    assert notice.endswith("config.toml:2: there is no deck `ML::GNAs`; did you mean `ML::GANs`?")


def test_the_day_begins_at_the_hour_that_is_set(settings: Path) -> None:
    days = []
    for rollover in (0, 23):
        home = settings.parent / f"home{rollover}"
        home.mkdir()
        library = f'cards = "{settings.parent.parent / "banks"}"'
        (home / "config.toml").write_text(f"{library}\n[review]\nrollover = {rollover}\n")
        keys = [("answer", " "), ("4 easy", "3"), ("Two?", "q")]
        noon_here = {"TZ": f"X{time.gmtime().tm_hour - 12:+d}"}
        code, painted = terminal.run([*COMMAND, "review", "--home", str(home)], keys, noon_here)
        assert code == 0, painted[-2000:]
        with closing(sqlite3.connect(home / "studytool.db")) as database:
            days += [day for (day,) in database.execute("SELECT day FROM reviews")]
    assert days == [days[0], days[0] - 1]


def test_keys_and_theme_reach_the_screen(settings: Path) -> None:
    settings.write_text(
        'cards = "../banks"\ntheme = "no"\n[keys]\nset = "home-row"\nreview.leave = "w"\n'
    )
    review = [*COMMAND, "review", "--home", str(settings.parent)]
    code, painted = terminal.run(review, [])
    assert code == 2
    assert b"there is no theme `no`" in painted
    settings.write_text(settings.read_text().replace('"no"', '"ansi-light"'))
    code, painted = terminal.run(review, [("leave", " "), ("f easy", "s"), ("Two?", "w")])
    assert code == 0, painted[-2000:]
    assert b"1 answer recorded" in painted


WRONG = 'thme = "nord"\n[limits]\nnew = "3"\n[keys]\nreview.undo = "j"\n'


@pytest.mark.parametrize("words", [[], ["check"], ["show", "one"], ["config"]])
def test_wrong_settings_are_all_told_and_nothing_is_done(settings: Path, words: list[str]) -> None:
    settings.write_text(WRONG)
    done = run(*words)
    assert done.returncode == 2
    assert "config.toml:1:1: error[unknown-setting]: there is no setting `thme`" in done.stderr
    assert ' 3 | new = "3"\n   | ^^^\n' in done.stderr
    assert "error[clash]: `j` is a key of `review.down` too" in done.stderr
    assert "error: 3 mistakes in " in done.stderr
    assert "Traceback" not in done.stderr
    assert not (settings.parent / "studytool.db").exists()


def test_what_needs_no_settings_does_not_mind_wrong_ones(settings: Path) -> None:
    settings.write_text(WRONG)
    assert run("check", settings.parent.parent / "banks").returncode == 0
    assert run("paths").returncode == 0
    assert run("--help").returncode == 0


def test_the_settings_in_force_are_a_file_of_settings(settings: Path) -> None:
    settings.write_text('[decks."ML::GANs"]\nnew = 1\n[keys]\nset = "home-row"\n')
    banks = settings.parent.parent / "banks"
    done = run("config", "--cards", banks, TEXTUAL_THEME="nord")
    assert (done.returncode, done.stderr) == (0, "")
    again = read(done.stdout, "again.toml")
    assert again.diagnostics == ()
    assert again.settings.cards == str(banks)
    assert again.settings.theme == "nord"
    assert again.settings.limits == Limits(decks=(DeckLimits("ML::GANs", 1),))
    assert again.settings.keys["review.hard"] == ("s", "2")
    sources = {line.split(" = ")[0]: line.split("# ")[-1] for line in done.stdout.splitlines()}
    assert sources["cards"] == "--cards"
    assert sources["theme"] == "TEXTUAL_THEME"
    assert sources["limits.new"] == "default"
    assert sources['decks."ML::GANs".new'].endswith("config.toml:2")
    assert sources['keys."review.hard"'].endswith("config.toml:4")
    assert sources['keys."review.undo"'] == "default"


def test_without_a_file_nothing_is_loaded_to_read_one(settings: Path) -> None:
    script = (
        "import sys\nfrom studytool.cli.main import studytool\n"
        "studytool.main(['config', '--help'], standalone_mode=False)\n"
        "studytool.main(['show', 'one'], standalone_mode=False)\n"
        "print(*sys.modules)"
    )
    environment = {**os.environ, "STUDYTOOL_CARDS": str(settings.parent.parent / "banks")}
    command = [sys.executable, "-c", script]
    for there in (False, True):
        if there:
            settings.write_text("[limits]\nnew = 3\n")
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        assert "It is one." in done.stdout
        modules = set(done.stdout.split())
        assert ("tomllib" in modules) is there
        assert ("studytool.settings.file" in modules) is there


def test_settings_as_json_and_by_name(settings: Path) -> None:
    settings.write_text("[limits]\nnew = 1\n")
    done = run("config", "--json", "LIMITS", 'keys."review.undo"')
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert (found["schema_version"], found["exists"], found["diagnostics"]) == (1, True, [])
    assert [(s["key"], s["value"], s["source"]) for s in found["settings"]] == [
        ("limits.new", 1, "file"),
        ("limits.reviews", 200, "default"),
        ('keys."review.undo"', ["u"], "default"),
    ]
    done = run("config", "limits.nwe")
    assert done.returncode == 2
    assert "there is no setting `limits.nwe`\n  did you mean `limits.new`?" in done.stderr


def test_the_file_is_edited_and_then_checked(settings: Path) -> None:
    done = run("config", "--edit", EDITOR="true")
    assert (done.returncode, done.stdout) == (0, "")
    assert "config.toml is right" in done.stderr
    assert "# theme = " in settings.read_text()
    done = run("config", "--edit", EDITOR="""sed -i 's/^# theme.*/theme = "nrod"/'""")
    assert done.returncode == 2
    assert "did you mean `nord`?" in done.stderr
    done = run("config", "--edit", EDITOR="/no/such/editor")
    assert done.returncode == 2
    assert "/no/such/editor" in done.stderr
    assert "Traceback" not in done.stderr


def test_places_are_told_and_none_is_made(settings: Path) -> None:
    home = settings.parent / "new home"
    done = run("paths", "--home", home)
    assert done.returncode == 0
    rows = {line.split()[0]: line for line in done.stdout.splitlines()}
    assert rows["config"].endswith("new home/config.toml  (not there)")
    assert rows["database"].endswith("new home/studytool.db  (not there)")
    assert "by " in rows["cards"]
    found = json.loads(run("paths", "--json", "--cards", "/x").stdout)
    assert found["schema_version"] == 1
    assert found["cards"] == "/x"
    assert found["cards_from"] == {"source": "option", "name": "--cards"}
    assert found["backups"] == str(settings.parent / "backups")
    assert not home.exists()
    assert list(settings.parent.iterdir()) == []
