"""Whatever an escape sequence stands in, no command lets it reach the terminal.

Every place is tried with all payloads, a few at a time, on a real pseudo-terminal. With
PAYLOAD_MATRIX=full in the environment each payload is tried in each place by itself.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from payload_child import DONE
from payload_notes import put, toml_text, write_banks
from payloads import BEGIN, END, PAYLOADS, as_name, as_written, marked
from terminal import Terminal
from terminal_stream import strange, text

from studytool.store import Store

CHILD = Path(__file__).parent / "payload_child.py"
SIZE = (200, 50)
USUAL = {
    "TZ": "UTC",
    **dict.fromkeys(("NO_COLOR", "STUDYTOOL_CARDS", "TEXTUAL_THEME", "SHELL"), ""),
}
"""What every command line finds in its environment, whatever is in ours."""
BANK = "deck: ML::GANs\ntags: [gan]\nnotes:\n- {id: one, q: One?, a: Yes.}\n"
BROKEN = "deck: D\nnotes:\n- {id: one, q: One?, a: Yes., nope: 1}\n"
A_TIME = 1 if os.environ.get("PAYLOAD_MATRIX") == "full" else 10
TEXTS = [marked(*PAYLOADS[start : start + A_TIME]) for start in range(0, len(PAYLOADS), A_TIME)]


class Line(NamedTuple):
    """A command line.

    Attributes:
        arguments: Behind `studytool`.
        variables: Added to the environment.
        folder: Where it runs; empty for the place's own.
        seen: Whether something of the payload is to be seen in what it prints.
        tabs: Whether tabs stand between what it prints.
    """

    arguments: list[str]
    variables: dict[str, str] = {}
    folder: str = ""
    seen: bool = True
    tabs: bool = False


Place = Callable[[Path, str], Iterator[Line]]
PLACES: dict[str, Place] = {}


def place(make: Place) -> Place:
    """Add a place; its function gets an empty folder and the text, and yields command lines."""
    PLACES[make.__name__] = make
    return make


def library(folder: Path, bank: str = BANK, name: str = "good.yaml") -> str:
    """Write a bank into a folder, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(bank)
    return str(folder)


# -- arguments -------------------------------------------------------------------------------------


@place
def words_that_mean_nothing(here: Path, payload: str) -> Iterator[Line]:
    name = as_name(payload)
    cards = ["--cards", library(here / "cards")]
    yield Line([name])
    for wrong in ([f"--{name}"], [f"-{name}"], ["review", f"--{name}=1"], ["paths", name]):
        yield Line(wrong, seen=not wrong[0].startswith("-Q"))
    yield Line(["review", "--new", name])
    yield Line(["show", "--width", name, "one"])
    yield Line(["completion", name])
    yield Line(["config", name])
    for command in ("review", "due", "stats", "export"):
        yield Line([command, name, *cards])
        yield Line([command, f"ML::{name}", *cards])
    for command in ("review", "due", "stats"):
        yield Line([command, "--tag", name, *cards])
    yield Line(["stats", "--graph", name, *cards])
    yield Line(["show", as_written(name), *cards])
    yield Line(["show", name, *cards], seen=False)


@place
def paths_that_are_not_there(here: Path, payload: str) -> Iterator[Line]:
    name = as_name(payload)
    for wrong in ([], ["review"], ["due"], ["show", "one"], ["check"], ["export"]):
        yield Line([*wrong, "--cards", name])
    yield Line(["check", name, f"{name}.yaml"])
    yield Line(["review", "--cards", f"~{name}"])
    for more in (["paths"], ["config"]):
        yield Line([*more, "--cards", name])
        yield Line([*more, "--cards", name, "--json"], seen=False)
        yield Line([*more, "--home", name], seen=more == ["paths"])
        yield Line([*more, "--home", name, "--json"], seen=False)
    yield Line(["--home", name, "due"], seen=False)


# -- the environment -------------------------------------------------------------------------------


@place
def variables(here: Path, payload: str) -> Iterator[Line]:
    name = as_name(payload)
    cards = library(here / "cards")
    yield Line(["config"], {"STUDYTOOL_CARDS": name})
    yield Line(["config"], {"STUDYTOOL_HOME": name}, seen=False)
    yield Line(["paths"], {"STUDYTOOL_CARDS": name})
    yield Line(["paths"], {"STUDYTOOL_HOME": name})
    yield Line(["review"], {"STUDYTOOL_CARDS": name})
    yield Line(["paths"], {"STUDYTOOL_HOME": "", "XDG_DATA_HOME": f"/{name}", "HOME": f"/{name}"})
    yield Line(["paths"], {"STUDYTOOL_HOME": "", "XDG_CONFIG_HOME": f"/{name}"})
    yield Line(["config"], {"TEXTUAL_THEME": name})
    yield Line(["completion"], {"SHELL": f"/bin/{name}"}, seen=False)
    for odd in ("TERM", "COLUMNS", "LINES", "TZ", "LANG", "NO_COLOR", "COLORTERM", "PATH"):
        yield Line(["stats", "--cards", cards], {odd: name}, seen=False)
    yield Line(["review"], {"TERM": "dumb", "STUDYTOOL_CARDS": name}, seen=False)


@place
def editors(here: Path, payload: str) -> Iterator[Line]:
    name = as_name(payload)
    for variable in ("EDITOR", "VISUAL"):
        for editor in (name, f"'{name}'", f"it's {name}", f"false {name}"):
            yield Line(["config", "--edit"], {"VISUAL": "", variable: editor}, seen=False)
    home = {"STUDYTOOL_HOME": str(here / name), "VISUAL": "", "EDITOR": "true"}
    yield Line(["config", "--edit"], home)


# -- names of files and folders --------------------------------------------------------------------


@place
def folders(here: Path, payload: str) -> Iterator[Line]:
    odd = here / as_name(payload)
    folder = str(odd)
    cards = library(odd / "cards")
    home = {"STUDYTOOL_HOME": str(odd / "home"), "STUDYTOOL_CARDS": cards}
    yield Line(["paths"], home)
    yield Line(["config"], home)
    yield Line([], home, seen=False)
    yield Line(["due"], home, seen=False)
    yield Line(["show", "one"], home)
    yield Line(["show", "one"], {}, folder, seen=False)
    yield Line(["check", cards], {}, seen=False)
    yield Line(["export", "-o", str(odd / "out")], home)
    yield Line(["export"], home, seen=False)
    yield Line(["export"], {}, folder, seen=False)
    library(odd / "cards", BROKEN, "bad.yaml")
    yield Line(["check"], home)
    yield Line(["check", "--json"], home, seen=False)
    yield Line(["export"], home)
    yield Line(["paths"], {}, folder)


@place
def files_in_the_way(here: Path, payload: str) -> Iterator[Line]:
    odd = here / as_name(payload)
    odd.mkdir()
    (odd / "file").write_text("x")
    (odd / "studytool.db").write_text("no database, but long enough to look like one" * 100)
    (odd / "config.toml").mkdir()
    cards = library(here / "cards")
    yield Line(["due", "--cards", cards, "--home", str(odd)])
    yield Line(["due", "--cards", cards, "--home", str(odd / "file")])
    yield Line(["export", "--cards", cards, "-o", str(odd / "file")])
    yield Line(["check", "--cards", str(odd / "file" / "x")])
    yield Line(["config", "--home", str(odd)])
    (here / "cards" / "manifest.json").write_text(toml_text(payload))
    yield Line(["export", "--cards", cards, "-o", str(odd)], seen=False)
    (here / "cards" / "manifest.json").write_text(f'{{"version": 1, {toml_text(payload)}: [')
    yield Line(["export", "--cards", cards, "-o", str(odd)], seen=False)


@place
def names_of_banks(here: Path, payload: str) -> Iterator[Line]:
    cards = here / "cards"
    name = f"{as_name(payload)}.yaml"
    library(cards, "deck: E\nnotes:\n- {q: Two?, a: No.}\n", name)
    library(cards)
    clash = "deck: E\nnotes:\n- {id: one, q: Three?, a: No.}\n"
    at = ["--cards", str(cards)]
    yield Line(["check", "--fix", *at], seen=False)
    yield Line(["show", "two", *at], seen=False)
    yield Line(["due", *at], seen=False)
    library(cards, BROKEN.replace("one", "two"), name)
    yield Line(["check", *at])
    yield Line(["check", str(cards / name)])
    yield Line(["check", "--json", *at], seen=False)
    for command in ([], ["due"], ["stats"], ["review", "--new", "0"]):
        yield Line([*command, *at], seen=False)
    library(cards, clash, name)
    yield Line(["check", *at])
    yield Line(["export", *at], seen=False)
    (cards / os.fsencode(name).decode("utf-8", "surrogateescape")).unlink()
    yield Line([*at], seen=False)


@place
def the_name_of_the_library(here: Path, payload: str) -> Iterator[Line]:
    cards = Path(library(here / "cards"))
    text = toml_text(payload)
    at = ["--cards", str(cards)]
    for wrong in (f"library = {text}", f"{text} = 1", f"[{text}", f"library = '{payload}'"):
        (cards / "library.toml").write_bytes(wrong.encode("utf-8", "surrogatepass"))
        for command in (["check"], ["check", "--json"], ["export"], ["due"], ["review"]):
            yield Line([*command, *at], seen=False)


# -- settings --------------------------------------------------------------------------------------


@place
def settings(here: Path, payload: str) -> Iterator[Line]:
    text = toml_text(payload)
    cards = library(here / "cards")
    for number, toml in enumerate(
        (
            f"{text} = 1",
            f"theme = {text}",
            f"cards = {text}",
            f"[limits]\n{text} = 1\nnew = {text}",
            f"[decks.{text}]\nnew = 1",
            f"[decks.{text}]\n{text} = 1",
            f"[keys]\n{text} = 'x'",
            f"[keys]\n'review.undo' = {text}",
            f"[keys]\n'review.undo' = [{text}, 1]",
            f"[keys]\nset = {text}",
            f"[keys.review]\nundo = {{ a = {text} }}",
            f"x = {text} {text}",
            f"x = '{payload}'",
            f"# {payload}",
        )
    ):
        home = here / f"home{number}"
        home.mkdir()
        (home / "config.toml").write_bytes(toml.encode("utf-8", "surrogatepass"))
        at = ["--home", str(home)]
        for command in (["config"], ["paths"], ["config", "--json"]):
            yield Line([*command, *at], seen=False)
        for command in ([], ["due"], ["stats"], ["show", "one"], ["review", "--new", "0"]):
            yield Line([*command, *at, "--cards", cards], seen=False)
        yield Line(["completion", *at], seen=False)


# -- banks -----------------------------------------------------------------------------------------


@place
def banks_with_escapes(here: Path, payload: str) -> Iterator[Line]:
    library(here / "cards")
    write_banks(here / "cards", payload, escaped=True)
    yield from _read(str(here / "cards"))


@place
def banks_as_they_are(here: Path, payload: str) -> Iterator[Line]:
    library(here / "cards")
    write_banks(here / "cards", payload, escaped=False)
    yield from _read(str(here / "cards"))


def _read(cards: str) -> Iterator[Line]:
    """Yield the command lines that read banks."""
    yield Line(["check", cards])
    yield Line(["check", "--json", cards], seen=False)
    for command in (["due"], ["export"], ["check", "--fix"]):
        yield Line([*command, "--cards", cards], seen=False)


# -- the mirror ------------------------------------------------------------------------------------

NOTES = ("plain", "forms", "cloze", "choice", "steps")


@place
def notes_in_the_mirror(here: Path, payload: str) -> Iterator[Line]:
    """What no loader lets by comes from a database that somebody else has filled."""
    cards = library(here / "cards")
    home = {"STUDYTOOL_HOME": str(here / "home"), "STUDYTOOL_CARDS": cards}
    yield Line(["due"], home, seen=False)
    fill(here / "home", Path(cards), payload)
    for name in NOTES:
        yield Line(["show", name], home)
        yield Line(["show", name, "--width", "20"], home, seen=False)
    yield Line(["show", "address"], home)
    yield Line(["show", as_name(as_written(payload))], home, seen=False)
    yield Line(["show", "plian"], home, seen=False)
    for command in (["due"], ["stats"], ["stats", "--graph", "decks", "--graph", "tags"]):
        yield Line(command, home)
    for command in (["due", "--json"], ["stats", "--json"], [], ["review", "--new", "0"]):
        yield Line(command, home, seen=False)
    yield Line(["stats", BEGIN.lower()], home, seen=False)
    yield Line(["review", "--tag", BEGIN.lower()], home)
    for shell in ("bash", "zsh", "fish"):
        for words in ("show ", "review ", "review --tag ", "check ", f"show {BEGIN}", "show pl"):
            typed = f"studytool {words}"
            asked = {
                "_STUDYTOOL_COMPLETE": f"{shell}_complete",
                "COMP_WORDS": typed,
                "COMP_CWORD": str(typed.count(" ")) if shell != "fish" else typed.split(" ")[-1],
            }
            yield Line([], home | asked, seen=False, tabs=True)


def fill(home: Path, cards: Path, payload: str) -> None:
    """Put a text into every field of the notes that the mirror of a library has."""
    store = Store.open(home, date(2024, 10, 4))
    try:
        put(store, cards, payload)
    finally:
        store.close()


@place
def questions_to_shells(here: Path, payload: str) -> Iterator[Line]:
    name = as_name(payload)
    for shell in ("bash", "zsh", "fish"):
        for words in (name, f"show {name}", f"--{name}", f"review --cards {name}", f"a\n{name}"):
            asked = {
                "_STUDYTOOL_COMPLETE": f"{shell}_complete",
                "COMP_WORDS": f"studytool {words}",
                "COMP_CWORD": str(words.count(" ") + 1) if shell != "fish" else name,
            }
            yield Line([], asked, seen=False)


# --------------------------------------------------------------------------------------------------


class Shell:
    """One process on a terminal that runs command lines as they come."""

    def __init__(self, folder: Path) -> None:
        fifo = folder / "lines"
        os.mkfifo(fifo)
        self.terminal = Terminal([sys.executable, str(CHILD), str(fifo)], size=SIZE)
        self.lines = fifo.open("w")

    def run(self, line: Line, folder: Path) -> bytes:
        """Return what a command line writes to the terminal."""
        start = len(self.terminal.painted)
        variables = {**USUAL, "STUDYTOOL_HOME": str(folder / "home"), **line.variables}
        if not line.arguments or line.arguments[0] in ("--cards", "--home"):
            variables["TERM"] = "dumb"  # Else the decks are painted: see test_payloads_screens.
        asked = (line.arguments, variables, line.folder or str(folder))
        self.lines.write(json.dumps(asked) + "\n")
        self.lines.flush()
        self.terminal.until(f"{DONE}\r\n")
        return self.terminal.painted[start:].removesuffix(f"\r\n{DONE}\r\n".encode())

    def close(self) -> None:
        self.lines.close()
        assert self.terminal.close() == 0


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    opened = Shell(tmp_path_factory.mktemp("shell"))
    yield opened
    opened.close()


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_a_payload_that_gets_through_would_be_found(payload: str) -> None:
    around = "\x1b[31m\x1b[1merror:\x1b[0m "
    assert strange(f"{around}Größe 👩\u200d🔬\r\n".encode(), {"\r\n"}, SIZE) == set()
    raw = f"{around}{payload}{around}\r\n".encode(errors="replace")
    assert strange(raw, {"\r\n"}, SIZE) or payload == PAYLOADS[27]
    with pytest.raises(UnicodeDecodeError):
        strange(f"{around}half \ud83d".encode(errors="surrogatepass"), {"\r\n"}, SIZE)


@pytest.mark.parametrize("name", PLACES)
def test_no_payload_gets_from_a_place_to_the_terminal(
    name: str, tmp_path: Path, shell: Shell
) -> None:
    tried, faults = 0, []
    for number, payload in enumerate(TEXTS):
        here = tmp_path / str(number)
        here.mkdir()
        for line in PLACES[name](here, payload):
            out = shell.run(line, here)
            known = {"\r\n", "\t"} if line.tabs else {"\r\n"}
            if odd := strange(out, known, (0, 0)):
                faults.append((odd, line, out))
            if b"Traceback" in out:
                faults.append(("it ends with a traceback", line, out))
            if line.seen and not re.search(f"{BEGIN}|{END}", text(out), re.IGNORECASE):
                faults.append(("nothing is seen of the payload", line, out))
            tried += 1
    print(f"{name}: {len(TEXTS)} texts, {tried} command lines, {len(faults)} faults")
    assert not faults, "\n\n".join(f"{odd}\n{line}\n{out!r}" for odd, line, out in faults)
