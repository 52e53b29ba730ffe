"""The command line as a shell meets it: streams, exit codes, messages."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import terminal
from command import COMMAND, run

BANK = """deck: ML::GANs
tags: [gan]
notes:
- id: collapse
  q: Why does a *collapsed* generator fool a discriminator of single samples?
  a: Each sample looks real; only $p(x)$ over a batch shows the repeats.
- id: target
  cloze: The target for {{c1::real::which?}} samples is {{c2::0.9}}.
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "my banks"
    folder.mkdir()
    (folder / "gans.yaml").write_text(BANK)
    return folder


def test_help_teaches() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert done.stderr == ""
    for word in ("review", "check", "export", "show", "Exit codes", "studytool check"):
        assert word in " ".join(done.stdout.split())
    for command in ("review", "check", "export", "show"):
        detail = run(command, "--help")
        assert detail.returncode == 0
        assert "--cards" in detail.stdout


def test_version() -> None:
    assert re.fullmatch(r"studytool \d+\.\d+\.\d+\n", run("--version").stdout)


def test_without_a_command_six_lines_and_the_next_step(library: Path) -> None:
    done = run(STUDYTOOL_CARDS=str(library))
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 6
    assert "2 notes in 1 deck" in done.stdout
    assert "studytool review" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["reviw"], ["no command `reviw`", "did you mean `review`?"]),
        (["review", "--nwe", "3"], ["no option `--nwe`", "did you mean `--new`?"]),
        (["check", "--jsn"], ["no option `--jsn`", "did you mean `--json`?"]),
        (["export", "--zzzzz"], ["no option `--zzzzz`", "export --help"]),
        (["completion", "fsh"], ["'fsh' is not one of", "did you mean `fish`?"]),
        (["review", "Nix", "--cards", "LIBRARY"], ["no deck `Nix`", "ML::GANs"]),
        (["show", "colapse", "--cards", "LIBRARY"], ["no note", "did you mean `collapse`?"]),
        (["show", "x", "--cards", "/no/such"], ["--cards", "/no/such"]),
        (["export", "Nix", "--cards", "LIBRARY"], ["no deck `Nix`", "ML::GANs"]),
        (["check", "/no/such.yaml"], ["/no/such.yaml"]),
        (["--home", "x", "review"], ["behind the command", "studytool review --home …"]),
        (["--light", "review"], ["behind the command", "studytool review --light"]),
        (["review", "--ahead", "0"], ["--ahead is a whole number, from 1 to 36500, not `0`"]),
        (["review", "--new", "x"], ["--new is a whole number, from 0 on, not `x`"]),
    ],
)
def test_wrong_usage_is_one_message_and_exit_code_2(
    library: Path, arguments: list[str], words: list[str]
) -> None:
    done = run(*[str(library) if word == "LIBRARY" else word for word in arguments])
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def test_check_reports_all_and_exits_1(library: Path) -> None:
    (library / "bad.yaml").write_text("deck: D\nnotes:\n- q: 'x'\n  anwser: y\n- q: a: b\n  a: c\n")
    done = run("check", "--cards", library)
    assert done.returncode == 1
    assert "bad.yaml:4:3: error[unknown-key]: a note has no key `anwser`" in done.stdout
    assert "bad.yaml:5:7: error[yaml]" in done.stdout
    assert " 4 |   anwser: y\n   |   ^^^^^^\n   = help: did you mean `a`?" in done.stdout
    assert "2 banks" in done.stderr
    assert "\x1b" not in done.stdout


def test_check_of_good_banks_is_quiet(library: Path) -> None:
    done = run("check", library)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "1 bank, 2 notes: 0 errors, 0 warnings\n"


def test_check_as_json(library: Path) -> None:
    (library / "bad.yaml").write_text("deck: D\nnotes:\n- q: x\n")
    done = run("check", "--json", library)
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert found["schema_version"] == 1
    assert found["errors"] == 1
    assert found["diagnostics"][0]["line"] == 3


def test_the_shipped_banks_are_right() -> None:
    cards = Path(__file__).parent.parent / "cards"
    done = run("check", cards)
    assert (done.returncode, done.stdout) == (0, "")


def test_show_prints_every_card_and_where_the_note_lives(library: Path) -> None:
    done = run("show", "TARGET", "--cards", library)
    assert done.returncode == 0
    assert "The target for [which?] samples is 0.9." in done.stdout
    assert "The target for real samples is […]." in done.stdout
    assert "c1: new" in done.stdout
    assert f"{library / 'gans.yaml'}:7" in done.stdout
    assert "\x1b" not in done.stdout


def test_export_writes_a_package_and_a_manifest(library: Path, tmp_path: Path) -> None:
    out = tmp_path / "decks out"
    done = run("export", "--cards", library, "-o", out)
    assert (done.returncode, done.stdout) == (0, "")
    assert "2 new, 0 changed, 0 as they were" in done.stderr
    assert zipfile.is_zipfile(out / "ml.apkg")
    first = (out / "ml.apkg").read_bytes()
    assert (library / "manifest.json").exists()
    done = run("export", "--cards", library, "-o", out)
    assert "0 new, 0 changed, 2 as they were" in done.stderr
    assert (out / "ml.apkg").read_bytes() == first


def test_export_check_is_silent_or_says_what_differs(library: Path, tmp_path: Path) -> None:
    out = ("--cards", library, "-o", tmp_path / "out")
    done = run("export", "--check", *out)
    assert done.returncode == 1
    assert "is not there" in done.stderr
    assert run("export", *out).returncode == 0
    done = run("export", "--check", *out)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    for wrong in (["ML"], ["--with-schedule"], ["--format", "txt"]):
        assert run("export", "--check", *wrong, *out).returncode == 2


def test_export_takes_the_schedule_along_and_writes_text(library: Path, tmp_path: Path) -> None:
    out = ("--cards", library, "-o", tmp_path / "out")
    done = run("export", "--with-schedule", *out)
    assert done.returncode == 0
    assert "tick `Import any learning progress`" in done.stderr
    done = run("export", "--format", "txt", *out)
    assert done.returncode == 0
    found = {path.name.partition(".")[2] for path in (tmp_path / "out").iterdir()}
    assert found == {"with-schedule.apkg", "txt"}
    assert run("export", "--with-schedule", "--format", "txt", *out).returncode == 2


def test_export_refuses_broken_banks(library: Path, tmp_path: Path) -> None:
    (library / "bad.yaml").write_text("deck: D\nnotes:\n- q: x\n")
    done = run("export", "--cards", library, "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "the banks have 1 error" in done.stderr
    assert not (tmp_path / "out").exists()
    assert not (library / "manifest.json").exists()


def test_a_foreign_database_is_refused_and_left_alone(library: Path, tmp_path: Path) -> None:
    home = tmp_path / "theirs"
    home.mkdir()
    other = sqlite3.connect(home / "studytool.db")
    other.execute("CREATE TABLE theirs (x)")
    other.commit()
    other.close()
    before = (home / "studytool.db").read_bytes()
    done = run("show", "target", "--cards", library, "--home", home)
    assert done.returncode == 1
    assert "not a studytool database" in done.stderr
    assert (home / "studytool.db").read_bytes() == before


def test_the_overview_counts_no_drill_of_another_library(library: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.yaml").write_text("deck: D\nnotes:\n- id: other\n  q: Q?\n  a: A\n")
    places = ["--cards", str(other), "--home", str(tmp_path / "home")]
    keys = [("answer", " "), ("4 easy", "1"), ("learning", "q")]
    assert terminal.run([*COMMAND, "review", *places], keys)[0] == 0
    assert "1 to drill" in run(*places).stdout
    assert "to drill" not in run("--cards", library, "--home", tmp_path / "home").stdout


def test_what_was_typed_cannot_act_on_the_terminal(library: Path) -> None:
    for words in (
        ["review", "--\x1b]0;x\x07"],
        ["\x1b[2J"],
        ["show", "\x1b[2J", "--cards", library],
    ):
        done = run(*words)
        assert done.returncode == 2
        assert "\x1b" not in done.stderr
        assert "\x07" not in done.stderr


def test_a_damaged_database_is_told(library: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert run("show", "target", "--cards", library, "--home", home).returncode == 0
    file = home / "studytool.db"
    data = bytearray(file.read_bytes())
    data[4096:] = bytes(byte ^ 0xFF for byte in data[4096:])
    file.write_bytes(data)
    done = run("show", "target", "--cards", library, "--home", home)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "backups/" in done.stderr


def test_a_closed_pipe_is_no_error(library: Path) -> None:
    done = subprocess.run(
        f"'{sys.executable}' -m studytool show target --cards '{library}' | true; "
        "echo ${PIPESTATUS[0]}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
    )
    assert done.stdout == "0\n"
    assert done.stderr == ""


def test_a_review_on_a_terminal_is_remembered(library: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    review = [*COMMAND, "review", "ml::gans", "--cards", str(library), "--home", str(home)]
    keys = [("collapsed", " "), ("4 easy", "3"), ("which?", " "), ("4 easy", "1"), ("which?", "q")]
    code, painted = terminal.run(review, keys)
    assert code == 0, painted[-2000:]
    assert b"2 answers recorded, 1 card left for today" in painted
    database = sqlite3.connect(home / "studytool.db")
    rows = database.execute("SELECT note, part, rating FROM reviews ORDER BY id").fetchall()
    database.close()
    assert rows == [("collapse", "front", 3), ("target", "c1", 1)]
    assert list((home / "backups").glob("studytool-*.db"))
    code, painted = terminal.run(review, [("which?", " "), ("4 easy", "3"), ("Done", "q")])
    assert code == 0, painted[-2000:]
    assert b"tomorrow" in painted
    done = run("review", "--cards", library, "--home", home)
    assert done.returncode == 0
    assert "Nothing is due." in done.stdout
    code, painted = terminal.run(review, [])
    assert code == 0
    assert b"Nothing is due." in painted
    assert b"tomorrow" in painted


@pytest.mark.parametrize("option", ["--home", "--cards"])
@pytest.mark.parametrize("place", ["~nobody-here/x", "caf\udce9"])
def test_a_place_that_is_none_is_told(library: Path, option: str, place: str) -> None:
    done = run("show", "target", "--cards", library, option, place)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "is no path" in done.stderr


def test_a_note_id_that_is_not_text_is_told(library: Path) -> None:
    done = run("show", "\udcff", "--cards", library)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_folder_that_has_gone_is_told(library: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f"cd '{gone}' && rmdir '{gone}' && exec '{sys.executable}' -P -m studytool"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True)
    assert done.returncode in (0, 1)
    assert "Traceback" not in done.stderr


def test_a_full_disk_behind_stdout_is_told(library: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "show", "target", "--cards", str(library)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_colour_when_it_is_not_wanted(library: Path) -> None:
    (library / "bad.yaml").write_text("deck: D\nnotes:\n- q: x\n")
    check = [*COMMAND, "check", str(library)]
    assert b"\x1b[" in terminal.run(check, [])[1]
    assert b"\x1b[" not in terminal.run(check, [], {"NO_COLOR": "1"})[1]
    assert b"\x1b[" in terminal.run(check, [], {"NO_COLOR": ""})[1]


def test_broken_banks_are_told_and_stay_in_the_review(library: Path, tmp_path: Path) -> None:
    places = ["--cards", str(library), "--home", str(tmp_path / "home")]
    assert "2 notes" in run(*places).stdout
    (library / "gans.yaml").write_text(BANK + "- q: broken: yes\n")
    done = run(*places)
    assert done.returncode == 0
    assert "2 notes" in done.stdout
    assert "gans.yaml: 1 error" in done.stdout
