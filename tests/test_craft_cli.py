"""`check` with the rules of the craft, and `subjects`, as a shell meets them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from command import run
from craft_notes import SOURCE, write

NOTE = """- id: quick
  tags: [fedavg]
  q: Is FedAvg quick?
  a: Often.
"""
FINE = """- id: rounds
  tags: [fedavg]
  q: Why does FedAvg need few rounds?
  a: Its clients make many steps.
- id: start
  tags: [fedavg, training]
  q: When does averaging in FedAvg fail?
  a: After different beginnings.
"""


def checked(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return run("check", folder, *more)


def test_a_library_without_the_table_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, NOTE)
    (tmp_path / "library.toml").write_text('library = "mine"\n')
    assert checked(tmp_path).returncode == 0
    done = checked(tmp_path, "--craft")
    assert done.returncode == 1
    assert "error[yes-no]: quick: the question is answered by yes or no" in done.stdout
    assert "--explain yes-no" in done.stdout


def test_an_error_of_craft_stops_the_export(tmp_path: Path) -> None:
    write(tmp_path, NOTE, SOURCE)
    done = run("export", "--cards", tmp_path, "--home", tmp_path / "home", "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "the banks have 1 error" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_reviewed_exception_lets_a_complaint_stand(tmp_path: Path) -> None:
    write(tmp_path, NOTE + FINE, SOURCE)
    assert checked(tmp_path).returncode == 1
    exceptions = tmp_path / "exceptions.txt"
    exceptions.write_text("# reviewed\n\nyes-no Quick the coin is the point\n")
    done = checked(tmp_path)
    assert done.returncode == 0
    assert "0 errors, 0 warnings" in done.stderr


@pytest.mark.parametrize(
    ("line", "said", "code"),
    [
        ("yes-no rounds needed", "`yes-no` does not complain of `rounds`", 0),
        ("yes-no round needed", "there is no note `round`", 0),
        ("yesno rounds needed", "there is no rule of the craft `yesno`", 0),
        ("yes-no rounds", "an exception is a line of rule, note id and reason", 1),
    ],
)
def test_exceptions_that_excuse_nothing_are_told(
    tmp_path: Path, line: str, said: str, code: int
) -> None:
    write(tmp_path, FINE, SOURCE)
    (tmp_path / "exceptions.txt").write_text(f"# reviewed\n{line}\n")
    done = checked(tmp_path)
    assert done.returncode == code
    assert said in done.stdout
    assert "exceptions.txt:2:1" in done.stdout
    assert line in done.stdout


def test_an_exception_for_another_bank_is_no_matter_of_one(tmp_path: Path) -> None:
    bank = write(tmp_path, FINE, SOURCE)
    (tmp_path / "exceptions.txt").write_text("yes-no other it is fine\n")
    assert "exceptions" in checked(tmp_path).stdout
    assert checked(bank).stdout == ""


def test_a_bank_has_a_limit_of_complaints_but_hides_no_error(tmp_path: Path) -> None:
    vague = "".join(
        f"- {{id: n{n}, tags: [fedavg], q: FedAvg?, a: Good {n}.}}\n" for n in range(120)
    )
    write(tmp_path, vague + NOTE, SOURCE)
    done = checked(tmp_path)
    assert done.returncode == 1
    assert "bank.yaml: error[more]: more than 100 complaints of craft" in done.stdout
    assert "1 error, 100 warnings" in done.stderr


def test_what_is_only_worth_a_look_is_listed_on_request(tmp_path: Path) -> None:
    write(tmp_path, FINE.partition("- id: start")[0], SOURCE)
    assert checked(tmp_path).stdout == ""
    done = checked(tmp_path, "--info")
    assert done.returncode == 0
    assert "info[lonely]: rounds: this is the only note on `fedavg`" in done.stdout
    assert "1 to look at" in done.stderr
    document = json.loads(checked(tmp_path, "--info", "--json").stdout)
    assert [each["severity"] for each in document["diagnostics"]] == ["info"]


def test_words_of_a_text_are_found_again(tmp_path: Path) -> None:
    write(tmp_path, FINE, SOURCE)
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "post.txt").write_text("We ask: Why does\nFedAvg need few rounds? Because of steps")
    assert checked(tmp_path, "--against", str(texts)).stdout == ""
    (texts / "note.md").write_text("... and when does averaging in FedAvg fail, after all, not now")
    bank = tmp_path / "bank.yaml"
    bank.write_text(bank.read_text().replace("in FedAvg fail?", "in FedAvg fail, after all?"))
    done = checked(tmp_path, "--against", str(texts))
    assert "warning[verbatim]: start: “when does averaging in fedavg fail after all”" in done.stdout
    assert checked(tmp_path, "--against", str(tmp_path / "none")).returncode == 2
    for name, data in (
        ("a.bin", b"\x7fELF\0\xff"),
        ("b.txt", b""),
        ("c.txt", "ä".encode("latin-1")),
    ):
        (tmp_path / name).write_bytes(data)
        told = checked(tmp_path, "--against", str(tmp_path / name))
        assert (told.returncode, "is no text in UTF-8" in told.stderr) == (2, True)
    wide = tmp_path / "wide.TXT"
    wide.write_bytes("So: when does averaging in FedAvg fail, after all?".encode("utf-16"))
    assert "warning[verbatim]" in checked(tmp_path, "--against", str(wide)).stdout
    empty = tmp_path / "empty"
    (empty / "folder.md").mkdir(parents=True)
    assert "there is no text in" in checked(tmp_path, "--against", str(empty)).stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fedavg\tFedAvg\nfedavg\tAgain\n", "subjects.tsv:2:1: error[subjects]"),
        ("fedavg FedAvg\n", "there is no tab here"),
        ("fedavg\tFedAvg\tx\ty\n", "here are 4 cells"),
        ("fedavg\t\tx\n", "one of them is empty"),
        ("fed avg\tFedAvg\n", "the id of a subject is a tag, without blanks"),
    ],
)
def test_a_wrong_list_of_subjects(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path, FINE, SOURCE)
    (tmp_path / "subjects.tsv").write_text(text)
    done = checked(tmp_path)
    assert done.returncode == 1
    assert said in done.stdout
    told = run("subjects", tmp_path)
    assert told.returncode == 1
    assert "subjects.tsv:" in told.stderr


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("[craft]\ntopic = []\n", "there is no setting `craft.topic`"),
        ("[craft]\ntopics = 'x'\n", "`craft.topics` is a list"),
        ("[craft]\nsurnames = [1]\n", "`craft.surnames` is a list of texts"),
        ("craft = true\n", "`craft` is a table"),
    ],
)
def test_a_wrong_table_of_craft(tmp_path: Path, settings: str, said: str) -> None:
    write(tmp_path, FINE, SOURCE)
    (tmp_path / "library.toml").write_text(f'library = "mine"\n{settings}')
    done = checked(tmp_path)
    assert done.returncode == 1
    assert said in done.stdout
    assert "library.toml:" in done.stdout


@pytest.mark.parametrize(
    ("note", "place", "shown"),
    [
        ("- q: Is FedAvg quick?\n  a: Often.\n", "4:6", "Is FedAvg quick?"),
        ("- id: x\n  front: |\n    FedAvg,\n    is it quick?\n  back: So.\n", "6:5", "FedAvg,"),
        ("- id: x\n  q:\n    Is FedAvg quick?\n  a: So.\n", "6:5", "Is FedAvg quick?"),
        ("- {q: Is FedAvg quick?, a: So.}\n", "4:3", "{"),
        ('- id: x\n  "q": Is FedAvg quick?\n  a: So.\n', "5:8", "Is FedAvg quick?"),
        ("- id: x\n  q: |  # now\n\n    Is FedAvg quick?\n  a: So.\n", "7:5", "Is FedAvg quick?"),
        ("- id: x\n  a: So.\n\n  q: 'Is FedAvg quick?'\n", "7:6", "'Is FedAvg quick?'"),
        (
            "- a: So.\n  extra: 'q: no'\n  reverse: Is FedAvg quick?\n  q: Why?\n",
            "6:12",
            "Is FedAvg",
        ),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_complaint_shows_the_text_it_is_about(
    tmp_path: Path, note: str, place: str, shown: str, ends: str
) -> None:
    bank = write(tmp_path, note + FINE, SOURCE)
    bank.write_bytes(b"\xef\xbb\xbf" + bank.read_text().replace("\n", ends).encode())
    lines = checked(tmp_path).stdout.splitlines()
    (found,) = (index for index, line in enumerate(lines) if "error[yes-no]" in line)
    assert f"bank.yaml:{place}: " in lines[found]
    start = lines[found + 2].index("^")
    assert lines[found + 1][start:].startswith(shown)


def test_copies_are_found_without_the_other_rules(tmp_path: Path) -> None:
    write(tmp_path, NOTE.replace("Is FedAvg quick?", "Is this one of eight words or not one?"))
    (tmp_path / "library.toml").unlink()
    (tmp_path / "post.txt").write_text("Well, is this one of eight words, or not one? It is.")
    done = checked(tmp_path, "--against", str(tmp_path / "post.txt"))
    assert done.returncode == 0
    assert "0 errors, 1 warning" in done.stderr


@pytest.mark.parametrize("broken", ["library.toml", "subjects.tsv", "exceptions.txt"])
def test_files_beside_the_banks_that_cannot_be_read(tmp_path: Path, broken: str) -> None:
    write(tmp_path, FINE, SOURCE)
    (tmp_path / broken).write_bytes(b"\xff")
    done = checked(tmp_path, "--craft")
    assert done.returncode == 1
    assert f"{broken}: error" in done.stdout
    (tmp_path / broken).unlink()
    (tmp_path / broken).mkdir()
    done = checked(tmp_path, "--craft")
    assert (done.returncode, done.stderr.count("Traceback")) == (1, 0)
    assert "cannot be read: Is a directory" in done.stdout


def test_two_banks_of_a_folder_tell_of_its_files_once(tmp_path: Path) -> None:
    bank = write(tmp_path, FINE, SOURCE)
    other = tmp_path / "other.yaml"
    other.write_text("deck: D\nnotes: []\n")
    (tmp_path / "subjects.tsv").write_text("fedavg\n")
    done = run("check", bank, other, bank)
    assert done.stdout.count("error[subjects]") == 1
    assert "2 banks, 2 notes" in done.stderr


def test_explanations() -> None:
    for more in ("--json", "cards"):
        assert run("check", more, "--explain", "gives-away").returncode == 2
    listed = run("check", "--explain", COLUMNS="60")
    assert listed.returncode == 0
    assert all(len(row) <= 60 for row in listed.stdout.splitlines())
    one = run("check", "--explain", "gives-away")
    assert one.returncode == 0
    for part in ("gives-away (warning)", "Asks for questions", "Complains:", "Not:", "But:"):
        assert part in one.stdout
    wrong = run("check", "--explain", "givesaway")
    assert wrong.returncode == 2
    assert "did you mean `gives-away`?" in wrong.stderr


def test_notes_of_each_subject(tmp_path: Path) -> None:
    write(
        tmp_path, FINE + "- {q: Why SWA?, a: 'So, yes', tags: [swa], reverse: Why that?}\n", SOURCE
    )
    done = run("subjects", tmp_path)
    assert done.returncode == 0
    rows = [row.split() for row in done.stdout.splitlines()]
    assert rows == [
        ["subject", "notes", "cards", "banks"],
        ["fedavg", "2", "2", "bank"],
        ["swa", "1!", "2", "bank"],
    ]
    assert "2 subjects, 1 with under 2 notes" in done.stderr
    assert all(
        len(row) <= 20 for row in run("subjects", tmp_path, COLUMNS="20").stdout.splitlines()
    )
    document = json.loads(run("subjects", tmp_path, "--json").stdout)
    assert document["subjects"][1] == {
        "id": "swa",
        "name": "Stochastic weights (SWA)",
        "notes": 1,
        "cards": 2,
        "banks": ["bank"],
    }
    one = run("subjects", tmp_path / "bank.yaml").stdout.split()
    assert "fedavg" in one and "0!" not in one
    (tmp_path / "subjects.tsv").unlink()
    told = run("subjects", tmp_path)
    assert told.returncode == 1
    assert "there is no subjects.tsv" in told.stderr
