"""An Anki profile of its own, and notes of each shape to import into it."""

from __future__ import annotations

import html
import re
import tempfile
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from studytool.anki.export import Exported, export
from studytool.anki.plan import ExportNote
from studytool.notes import Kind, Note, Source

NOW = 1_780_000_000
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


class Anki:
    """An Anki profile of its own."""

    def __init__(self, folder: Path) -> None:
        self.col = Collection(str(Path(tempfile.mkdtemp(dir=folder)) / "collection.anki2"))

    def take(self, *paths: Path) -> tuple[int, int, int, int]:
        """Import packages as the dialog does by default: new, updated, duplicate, conflicting."""
        counts = [0, 0, 0, 0]
        for path in paths:
            log = self.col.import_anki_package(
                ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
            ).log
            for index, kind in enumerate((log.new, log.updated, log.duplicate, log.conflicting)):
                counts[index] += len(kind)
        self.col.models._clear_cache()
        return counts[0], counts[1], counts[2], counts[3]

    def sides(self) -> list[tuple[str, str]]:
        """Return the rendered question and answer of each card."""
        cards = [self.col.get_card(number) for number in self.ids()]
        return [(card.question(), card.answer()) for card in cards]

    def ids(self) -> list[int]:
        return self.col.db.list("select id from cards order by id")

    def note(self, name: str):
        (number,) = self.col.db.list("select id from notes where guid = ?", name)
        return self.col.get_note(number)

    def media(self) -> list[str]:
        return [path.name for path in Path(self.col.media.dir()).iterdir()]

    def sound(self) -> None:
        """Assert that Anki finds nothing to add, to drop or to mend."""
        before = self.ids()
        assert not self.col.get_empty_cards().notes
        assert self.col.fix_integrity()[1]
        assert self.ids() == before
        for sides in self.sides():
            for side in sides:
                assert "docs.ankiweb.net" not in side, side
        assert not self.col.media.check().missing


def visible(markup: str) -> str:
    """Return what a browser would show of a side, in one line."""
    markup = re.sub(r"(?s)<(style|script)>.*?</\1>", "", markup)
    markup = re.sub(r"</?(?:summary|div|li|p)\b[^>]*>", " ", markup)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


def notes() -> list[Note]:
    """One note of each shape."""
    return [
        Note("plain", Kind.BASIC, "ML", "q", "a", tags=("t", "a::b"), source=Source("T")),
        Note("both", Kind.BASIC, "ML::GANs", "forth", "there", reverse="back"),
        Note("typed", Kind.BASIC, "ML", "capital?", "Paris", accept=("Paris", "paris"), hint="h"),
        Note("picture", Kind.BASIC, "ML", "![a](media/x.svg)", "![b](media/x.svg)"),
        Note("holes", Kind.CLOZE, "ML", r"{{c1::a}} $x^{{c3::\frac{1}{2}::h}}$ `{{c2::b}}`"),
        Note("nested", Kind.CLOZE, "ML", "{{c1::a {{c2::b}} c}}"),
        Note("options", Kind.CHOICE, "Other deck", "q?", right=("r",), wrong=("w", "v")),
        Note("steps", Kind.STEPS, "ML", "how?", steps=("one", "two", "three"), extra="e"),
        Note("out", Kind.BASIC, "ML", "s", "a", suspended=True),
    ]


def run(found: list[Note], bank: Path, out: Path, before=None, now: int = NOW) -> Exported:
    return export("", [ExportNote(note, bank) for note in found], out, before or {}, now)


def paths(done: Exported) -> list[Path]:
    return [file.path for file in done.files]


def full(kind: Kind, question: str, **values) -> Note:
    """A note with all that any kind may have beside its question and answer."""
    source = Source("Title", "Author", "2020", "https://x.org", "Section", "quote")
    return Note(kind.value, kind, "D", question, extra="more", hint="help", source=source, **values)


FULL = {
    Kind.BASIC: full(Kind.BASIC, "q", answer="a", reverse="r", accept=("a",)),
    Kind.CLOZE: full(Kind.CLOZE, "{{c1::a}} `{{c2::b}}` ${{c3::c}}$"),
    Kind.CHOICE: full(Kind.CHOICE, "q", right=("r",), wrong=("u", "v", "w")),
    Kind.STEPS: full(Kind.STEPS, "q", steps=("one", "two", "three", "four")),
}
"""One note of each kind."""


def sides(anki: Anki, tmp_path: Path, *found: Note) -> list[tuple[str, str]]:
    """Return both sides of each card of notes, as Anki renders them."""
    anki.take(*paths(run(list(found), tmp_path, tmp_path / "decks")))
    return anki.sides()
