"""`studytool review --plain` as a process: pipes, terminals, signals, bytes that are no text."""

from __future__ import annotations

import io
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from payload_notes import put
from payloads import BEGIN, PAYLOADS, as_written, marked
from terminal import Terminal
from terminal_stream import controls, strange, text
from test_imports import HEAVY

from studytool.cli.lines import LONGEST, lines
from studytool.connection import prove
from studytool.notes import Card
from studytool.scheduling import replay
from studytool.sm2 import Sm2
from studytool.store import Store

PLAIN = [sys.executable, "-m", "studytool", "review", "--plain"]
PROMPTS = (b"answer> ", b"grade> ", b"end> ")
BANK = "deck: D\nnotes:\n" + "".join(
    f"- {{id: n{n:03d}, q: 'What is $x_{n}$?', a: That., hint: This.}}\n" for n in range(60)
)


@pytest.fixture
def cards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cards"
    folder.mkdir()
    (folder / "a.yaml").write_text(BANK)
    monkeypatch.setenv("STUDYTOOL_CARDS", str(folder))
    return folder


def run(typed: str | bytes, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Return what a plain review says to what is typed."""
    done = subprocess.run(
        [*PLAIN, *arguments],
        input=typed.encode() if isinstance(typed, str) else typed,
        capture_output=True,
        env={**os.environ, **variables},
        timeout=60,
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def standing(home: Path) -> int:
    """Return how many answers stand in the log, after a proof that it and the cards are sound."""
    store = Store.open(home, date(2024, 10, 4))
    try:
        rows = store.log.rows()
        known = [Card(*row) for row in store.connection.execute("SELECT note, part FROM cards")]
        assert {card: store.state(card) for card in known} == replay(rows, Sm2())
        prove(store.connection)
        undone = {row.target for row in rows if row.target}
        return sum(row.rating is not None and row.id not in undone for row in rows)
    finally:
        store.close()


# -- pipes -----------------------------------------------------------------------------------------


def test_a_script_reviews_by_words(cards: Path, home: Path) -> None:
    done = run("show\ngood\nshow\nagain\nundo\nquit\nshow\ngood\n")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "\nanswer>\nAnswer:\n  That.\nGrades: again (1) 1 day, " in done.stdout
    assert standing(home) == 1
    assert list((home / "backups").glob("studytool-*.db"))


@pytest.mark.parametrize("end", ["", "s", "s\n", "s\n3", "s\n3\n", "s\n3\ns", "s\n3\nu\n", "x"])
def test_the_end_of_the_input_is_the_end_of_the_review(end: str, cards: Path, home: Path) -> None:
    done = run(end)
    assert done.returncode == 0
    assert done.stderr == ""
    expected = 1 if "3" in end and "u" not in end else 0
    assert standing(home) == expected
    assert done.stdout.count("Left: ") == 1
    assert ("Summary: 1 card scheduled" in done.stdout) == bool(expected)


def test_an_empty_queue_says_when_the_next_card_is_due(cards: Path) -> None:
    first = run("s\n3\n\n", "--new", "1")
    assert first.stdout.endswith("Next: the next card is due tomorrow\nend>\n")
    done = run("s\n3\n", "--new", "0")
    assert done.returncode == 0
    assert "The next card is due tomorrow." in done.stdout


@pytest.mark.parametrize("way", ["</dev/null", "<&-", "0>&-"])
def test_without_input_the_first_question_is_asked(way: str, cards: Path, home: Path) -> None:
    line = " ".join(f"'{word}'" for word in PLAIN)
    done = subprocess.run(["sh", "-c", f"{line} {way}"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "What is x₀?" in done.stdout
    assert standing(home) == 0


def test_without_output_nothing_is_graded(cards: Path, home: Path) -> None:
    line = " ".join(f"'{word}'" for word in PLAIN)
    done = subprocess.run(
        ["sh", "-c", f"{line} >&-"], input="s\n3\n", capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert standing(home) == 0


def test_a_closed_pipe_is_no_error_and_loses_nothing(cards: Path, home: Path) -> None:
    line = " ".join(f"'{word}'" for word in PLAIN)
    script = f"(yes 's\n3' | head -n 400) | {line} --new 99 | head -n 30; echo ${{PIPESTATUS[1]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True)
    assert done.stdout.endswith("\n0\n")
    assert done.stderr == ""
    assert 1 <= done.stdout.count("Recorded: ") <= standing(home)


def test_a_full_disk_behind_stdout_is_told(cards: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(PLAIN, input="s\n", stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert "No space left" in done.stderr


@pytest.mark.parametrize("width", ["1", "40", "76", "200", "99999999", "x"])
def test_a_pipe_is_as_wide_as_columns_says(width: str, cards: Path) -> None:
    (cards / "a.yaml").write_text(
        f"deck: D\nnotes:\n- {{id: a, q: '{'word ' * 100}?', a: That.}}\n"
    )
    said = run("s\n", COLUMNS=width).stdout
    wide = max(map(len, said.splitlines()))
    limits = {"1": (10, 20), "40": (36, 40), "76": (71, 76), "200": (195, 200), "x": (75, 80)}
    least, most = limits.get(width, (500, 510))
    assert least <= wide <= most


@pytest.mark.parametrize(
    "typed", [b"\xff\xfe\n\xe9\n\x80s\n", "é\n３\n".encode("utf-16"), b"s\0\n\0\n\x1bs\n"]
)
def test_bytes_that_are_no_text_mean_nothing(typed: bytes, cards: Path, home: Path) -> None:
    done = run(typed)
    assert done.returncode == 0
    assert done.stdout.count("! That means nothing here; nothing was graded.") == len(
        io.BytesIO(typed).readlines()
    )
    assert not re.search("[\0-\x09\x0b-\x1f\x7f\udc80-\udcff]", done.stdout)
    assert standing(home) == 0


def test_a_terminal_that_is_not_utf_8_sees_all_it_can(cards: Path, home: Path) -> None:
    done = run(b"s\r\n\xe9\r\n3\r\n", PYTHONIOENCODING="latin-1")
    assert done.returncode == 0
    assert r"What is x\u2080?" in done.stdout
    assert standing(home) == 1


def test_lines_of_any_length() -> None:
    long = b"3" * LONGEST
    for piece in (long, long + long, long[1:] + b"\n" + long, b" " * 1000 + b"3"):
        read = list(lines(io.BytesIO(b"s\n" + piece + b"\n\n3"), "utf-8"))
        assert read[0] == "s"
        assert read[-2:] == ["", "3"]
        assert set(read[1:-2]) <= {"\udcff", "3" * (LONGEST - 1)}
        assert len(read) == 4 + piece.count(b"\n")


def test_two_thousand_lines_without_sense(cards: Path, home: Path) -> None:
    chance = random.Random(20_241_004)
    known = [b"", b"s", b"1", b"2", b"3", b"4", b"good", b"hard", b"u", b"h", b"?", b"show"]
    typed = [
        chance.choice(known) if chance.random() < 0.9 else chance.randbytes(chance.randint(0, 300))
        for _ in range(2000)
    ]
    typed = [b"x" if line.strip() in (b"q", b"quit") else line for line in typed]
    done = run(b"\n".join(typed), "--new", "60")
    assert done.returncode == 0
    assert done.stderr == ""
    recorded, undone = done.stdout.count("\nRecorded: "), done.stdout.count("\nUndone: ")
    assert recorded > 60 and undone > 20
    assert standing(home) == recorded - undone


def test_killed_between_two_answers_it_has_kept_what_it_acknowledged(
    cards: Path, home: Path
) -> None:
    chance = random.Random(20_241_004)
    told = 0
    for _ in range(6):
        child = subprocess.Popen([*PLAIN, "--new", "99"], stdin=-1, stdout=-1, text=True)
        assert child.stdin and child.stdout
        for _ in range(chance.randint(1, 6)):
            child.stdin.write("show\ngood\n")
            child.stdin.flush()
            for line in child.stdout:
                if line.startswith("Recorded: "):
                    told += 1
                    break
        child.stdin.write("show\ngood\n" * chance.randint(0, 2))
        child.stdin.flush()
        child.send_signal(signal.SIGKILL)
        told += child.stdout.read().count("Recorded: ")
        with child.stdin, child.stdout:
            assert child.wait(30) == -signal.SIGKILL
        assert told <= standing(home) <= told + 2
        told = standing(home)
    assert told > 6


def test_ctrl_c_in_a_pipe_ends_with_130(cards: Path, home: Path) -> None:
    child = subprocess.Popen(PLAIN, stdin=-1, stdout=-1, stderr=-1, text=True)
    assert child.stdin and child.stdout and child.stderr
    child.stdin.write("s\n3\n")
    child.stdin.flush()
    while not child.stdout.readline().startswith("Recorded"):
        pass
    while child.stdout.readline() != "answer>\n":
        pass
    child.send_signal(signal.SIGINT)
    with child.stdin, child.stdout, child.stderr:
        assert child.wait(30) == 130
        assert child.stderr.read() == "1 answer recorded, 19 cards left for today\n"
    assert standing(home) == 1


def test_textual_is_not_loaded(cards: Path) -> None:
    run("")
    code = "import sys\nfrom studytool.cli.main import main\n"
    code += "try: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code, "review", "--plain"],
        input="s\n3\n?\nu\n",
        capture_output=True,
        text=True,
    )
    assert "Undone" in done.stdout
    assert HEAVY & set(done.stderr.split()) <= {"markdown_it", "mdit_py_plugins"}


# -- terminals -------------------------------------------------------------------------------------


def begun(*arguments: str, size: tuple[int, int] = (100, 30), **variables: str) -> Terminal:
    """Return a terminal on which a plain review has begun."""
    terminal = Terminal([*PLAIN, *arguments], variables, size)
    terminal.until("answer> ")
    return terminal


def type_line(terminal: Terminal, line: str) -> bytes:
    """Type a line and return what is written until the next prompt."""
    start = len(terminal.painted)
    terminal.press(f"{line}\n")
    terminal.until(lambda: terminal.painted[start:].endswith(PROMPTS))
    return terminal.painted[start:]


def test_a_review_on_a_terminal(cards: Path, home: Path) -> None:
    terminal = begun()
    type_line(terminal, "")
    type_line(terminal, "3")
    type_line(terminal, "h")
    terminal.press("\x04")
    assert terminal.close() == 0
    looks = {token for token in controls(terminal.painted) if token != "\r\n"}
    assert looks and all(re.fullmatch("\x1b\\[[0-9;]*m", token) for token in looks)
    assert b"\r\nanswer> h\r\nHint:" in terminal.painted
    assert b"answer> \r\n\r\nLeft: 19 cards for today\r\nSummary: " in terminal.painted
    assert standing(home) == 1
    with closing(sqlite3.connect(home / "studytool.db")) as log:
        assert log.execute("SELECT duration_ms > 0 FROM reviews").fetchall() == [(1,)]


def test_ctrl_c_on_a_terminal(cards: Path, home: Path) -> None:
    terminal = begun()
    type_line(terminal, "")
    type_line(terminal, "3")
    terminal.press("\x03")
    assert terminal.close() == 130
    assert terminal.painted.endswith(b"1 answer recorded, 19 cards left for today\r\n")
    assert standing(home) == 1


@pytest.mark.parametrize(
    "variables",
    [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"TERM": ""}],
)
def test_no_codes_where_there_is_no_colour(variables: dict[str, str], cards: Path) -> None:
    terminal = begun(**variables)
    type_line(terminal, "s")
    terminal.press("q\n")
    assert terminal.close() == 0
    assert b"\x1b" not in terminal.painted


@pytest.mark.parametrize(
    "way", ["TERM=dumb {}", "TERM= {}", "env -u TERM {}", "{} | cat", "{} >/dev/null; true"]
)
def test_a_terminal_that_cannot_be_painted_gets_it_line_by_line(
    way: str, cards: Path, home: Path
) -> None:
    line = " ".join(PLAIN[:-1])
    terminal = Terminal(["sh", "-c", way.format(line)], {"STUDYTOOL_HOME": str(home)})
    if "null" not in way:
        terminal.until("answer>")
    terminal.press("s\n3\nq\n")
    assert terminal.close() == 0
    assert b"\x1b" not in terminal.painted
    assert standing(home) == 1


def test_a_window_that_changes_its_width_sets_the_next_text_anew(cards: Path) -> None:
    words = "word " * 60
    (cards / "a.yaml").write_text(f"deck: D\nnotes:\n- {{id: a, q: Q?, a: '{words}'}}\n")
    terminal = begun(size=(200, 20))
    for width, most in ((200, 76), (50, 50), (30, 30)):
        terminal.resize(width, 20)
        said = text(type_line(terminal, "show"))
        wide = max(len(line.rstrip()) for line in re.findall("  word[word ]*", said))
        assert most - 5 < wide <= most
    terminal.press("q\n")
    assert terminal.close() == 0


A_TIME = 10
TEXTS = [marked(*PAYLOADS[start : start + A_TIME]) for start in range(0, len(PAYLOADS), A_TIME)]


@pytest.mark.parametrize("payload", TEXTS, ids=range(len(TEXTS)))
@pytest.mark.parametrize("piped", [False, True])
def test_no_payload_gets_to_the_terminal(
    payload: str, piped: bool, cards: Path, home: Path
) -> None:
    (cards / "a.yaml").write_text("deck: A\nnotes:\n- {id: one, q: First?, a: Yes., nope: 1}\n")
    store = Store.open(home, date(2024, 10, 4))
    put(store, cards, payload)
    store.close()
    arguments = ["--new", "99"]
    typed = ["h", "s", "3"] * 12 + ["u", "?", as_written(payload).replace("\n", "")]
    if piped:
        out = run("\n".join(typed), *arguments).stdout.replace("\n", "\r\n").encode()
    else:
        terminal = begun(*arguments, NO_COLOR="1")
        for line in typed[:-2]:
            type_line(terminal, line)
        terminal.press("q\n")
        assert terminal.close() == 0
        out = terminal.painted
    assert strange(out, {"\r\n"}, (0, 0)) == set()
    assert BEGIN in text(out)
    assert text(out).count("Recorded: ") >= 7
