"""What a library lists beside its banks: subjects, topics and reviewed exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from studytool.craft.words import STOP_WORDS, bare, stem
from studytool.diagnostics import Diagnostic, Severity
from studytool.library import SETTINGS, shown_path
from studytool.settings.toml_values import TomlText
from studytool.values import Value

SUBJECTS = "subjects.tsv"
"""Lists the subjects: id, name, and other names with semicolons between them."""
EXCEPTIONS = "exceptions.txt"
"""Lists the complaints that somebody looked at and let stand: rule, note id, reason."""
HEADER = ("id", "name", "also")
_ACRONYM = re.compile(r"\b[^\W\d_a-z]*[A-Z][^\W_a-z]*[A-Z0-9][\w-]*")
_PARTS = re.compile(r"[():,]|\bet al\.")


class Subject(Value):
    """Something that notes are about; its id is the tag that they carry.

    Attributes:
        id: The tag.
        name: What people call it.
        also: Other names.
    """

    id: str
    name: str
    also: tuple[str, ...] = ()

    def phrases(self) -> tuple[str, ...]:
        """Return the names by which a text may call the subject, in small letters."""
        parts = [part.strip() for part in _PARTS.split(self.name)]
        names = [self.name, *parts, *_ACRONYM.findall(self.name), *self.also]
        return tuple(dict.fromkeys(" ".join(bare(name)) for name in names if bare(name)))

    def stems(self) -> frozenset[str]:
        """Return the stems of the words of its id, each of which points to it."""
        return frozenset(stem(word) for word in self.id.split("-") if word not in STOP_WORDS)


class ReviewedException(Value):
    """A complaint about a note that somebody looked at and let stand.

    Attributes:
        rule: The rule's name.
        note: The note's id.
        reason: Why the note is right as it is.
        place: Number of its line, from 1.
        line: The line itself.
    """

    rule: str
    note: str
    reason: str
    place: int
    line: str


class Craft:
    """What the files beside the banks say about craft.

    Attributes:
        folder: Where they lie.
        whole: Whether all banks of the folder are looked at, or one of them.
        asked: Whether `library.toml` has a table `[craft]`, which turns the rules on.
        subjects: The subjects by their ids; empty if the library lists none.
        topics: Further tags that notes may carry.
        surnames: First authors of two or more works that the library teaches.
        exceptions: Complaints that are let stand.
        diagnostics: What is wrong with these files.
    """

    def __init__(self, root: Path) -> None:
        """Read the files beside a bank or in a folder; those that are not there say nothing."""
        self.whole = root.is_dir()
        self.folder = root if self.whole else root.parent
        self.diagnostics: list[Diagnostic] = []
        self.topics, self.surnames = self._settings()
        self.subjects = {subject.id: subject for subject in self._subjects()}
        self.exceptions = tuple(self._exceptions())

    @cached_property
    def phrases(self) -> dict[str, tuple[str, ...]]:
        """The names of each subject, by its id."""
        return {name: subject.phrases() for name, subject in self.subjects.items()}

    @cached_property
    def tags(self) -> frozenset[str]:
        """All tags that notes may carry."""
        return frozenset((*self.subjects, *self.topics))

    def _settings(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the topics and surnames of `library.toml`; its loader checked the rest."""
        toml = TomlText(self._text(SETTINGS), shown_path(self.folder / SETTINGS))
        self.asked = "craft" in toml.values
        if not self.asked:
            return (), ()
        table = toml.table(toml.values, ("craft",), ("topics", "surnames"))
        found: list[tuple[str, ...]] = []
        for name in ("topics", "surnames"):
            listed = toml.value(table, ("craft", name), list) or []
            if not all(isinstance(item, str) for item in listed):
                toml.complain(("craft", name), "type", f"`craft.{name}` is a list of texts")
            found.append(tuple(item for item in listed if isinstance(item, str)))
        self.diagnostics += toml.diagnostics
        return found[0], found[1]

    def _text(self, name: str) -> str:
        """Return the text of a file, empty if there is none; complain if it cannot be read."""
        path = self.folder / name
        if not path.exists():
            return ""
        try:
            return path.read_bytes().decode("utf-8-sig")
        except OSError as error:
            self._complain(name, f"this file cannot be read: {error.strerror}")
        except UnicodeDecodeError:
            self._complain(name, "this file is not UTF-8")
        return ""

    def _lines(self, name: str) -> Iterator[tuple[int, str]]:
        """Yield the numbered lines of a file that hold something."""
        for number, line in enumerate(self._text(name).splitlines(), 1):
            if line.strip() and not line.lstrip().startswith("#"):
                yield number, line

    def _complain(self, name: str, message: str, line: int = 0, source: str = "") -> None:
        """Note what is wrong with a line of a file."""
        path = shown_path(self.folder / name)
        self.diagnostics.append(
            Diagnostic(
                *(Severity.ERROR, name.partition(".")[0], message, path, line, int(line > 0)),
                source_line=source,
            )
        )

    def _subjects(self) -> Iterator[Subject]:
        """Yield the subjects that are listed."""
        seen: dict[str, int] = {}
        lines = self._lines(SUBJECTS)
        for number, line in lines:
            cells = [cell.strip() for cell in line.split("\t")]
            if not seen and cells[0].casefold() == HEADER[0]:
                continue
            if wrong := _wrong_cells(cells):
                self._complain(SUBJECTS, wrong, number, line)
                continue
            if (first := seen.setdefault(cells[0], number)) != number:
                message = f"the subject `{cells[0]}` stands in line {first} already"
                self._complain(SUBJECTS, message, number, line)
                continue
            names = cells[2].split(";") if len(cells) > 2 else []
            also = tuple(name.strip() for name in names if name.strip())
            yield Subject(cells[0], cells[1], also)

    def _exceptions(self) -> Iterator[ReviewedException]:
        """Yield the exceptions that are listed."""
        for number, line in self._lines(EXCEPTIONS):
            words = line.split(maxsplit=2)
            if len(words) < 3:
                message = "an exception is a line of rule, note id and reason"
                self._complain(EXCEPTIONS, message, number, line)
                continue
            yield ReviewedException(words[0], words[1], words[2], number, line)


def _wrong_cells(cells: list[str]) -> str:
    """Return what is wrong with a line of the list of subjects, or nothing."""
    asked = "a subject is id, name and other names, with tabs between them"
    if len(cells) == 1:
        return f"{asked}; there is no tab here"
    if len(cells) > len(HEADER):
        return f"{asked}; here are {len(cells)} cells"
    if not all(cells[:2]):
        return f"{asked}; one of them is empty"
    return "the id of a subject is a tag, without blanks" if " " in cells[0] else ""
