"""Makes banks of the notes that only Anki has: proved by our loader first, written together."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection as Names
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from studytool.anki.bank_yaml import entry, head
from studytool.anki.collection import AnkiNote, Collection
from studytool.anki.container import MediaFile
from studytool.anki.drafts import draft
from studytool.anki.html_tokens import without_controls
from studytool.anki.plan import slug
from studytool.bank import Bank, load
from studytool.bank_files import MEDIA
from studytool.diagnostics import Severity
from studytool.errors import StudytoolError
from studytool.notes import Note, fold

MAX_NOTES = 5000
MAX_BYTES = 3_000_000
"""What a file of notes may hold; our loader takes a little more."""
MAX_TAGS = 100
MAX_NAME = 300
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


class Left(NamedTuple):
    """A note that is not as it was, or not here: its first words, and why."""

    words: str
    why: str


class NewBank(NamedTuple):
    """A bank to be written.

    Attributes:
        name: Its file's name.
        content: Its bytes.
        notes: Its notes by the ids of Anki's.
        loaded: What our loader made of it.
        images: Paths of pictures in it, which it has not looked for.
    """

    name: str
    content: bytes
    notes: dict[int, Note]
    loaded: Bank
    images: frozenset[str]


class _Images:
    """The paths of pictures that a loader asks about; each is taken as it is."""

    def __init__(self) -> None:
        self.paths: set[str] = set()

    def take(self, path: str) -> str:
        """Keep a path; nothing is wrong with it."""
        self.paths.add(path)
        return ""


class NewBanks:
    """The banks that a package becomes.

    Attributes:
        banks: The banks.
        media: Staged files of pictures and sounds by the names they get.
        missing: Names of pictures and sounds that notes use and the package does not have.
        lost: How many notes have which element of HTML of which only the text is left.
        odd: Notes that are not as they were.
        left_out: Notes that could not be turned.
    """

    def __init__(self, collection: Collection, taken: Names[str], staging: Path) -> None:
        """Start with none.

        Args:
            collection: Where the notes are.
            taken: Folded ids of the library's notes.
            staging: A folder for pictures and sounds until they are written.
        """
        self.collection = collection
        self.taken = set(taken)
        self.staging = staging
        self.banks: list[NewBank] = []
        self.media: dict[str, Path] = {}
        self.missing: set[str] = set()
        self.lost: Counter[str] = Counter()
        self.odd: list[Left] = []
        self.left_out: list[Left] = []
        self._names: dict[MediaFile, str] = {}
        self._guids: set[str] = set()

    def make(self, notes: Sequence[AnkiNote], folder: Path) -> None:
        """Turn notes into banks for a folder, a deck in one file unless it is too large."""
        wanted = {note.id for note in notes}
        ordinals: dict[int, list[int]] = {}
        decks: dict[int, int] = {}
        for card in self.collection.cards():
            if card.note in wanted:
                ordinals.setdefault(card.note, []).append(card.ordinal)
                decks.setdefault(card.note, card.deck)
        by_deck: dict[str, list[tuple[AnkiNote, str]]] = {}
        for note in notes:
            text = self._entry(note, ordinals.get(note.id, []))
            if text:
                name = self.collection.decks.get(decks.get(note.id, 0), "Default")
                by_deck.setdefault(deck_name(name), []).append((note, text))
        stems = (
            {path.stem.casefold() for path in folder.glob("*.y*ml")} if folder.is_dir() else set()
        )
        for deck, entries in by_deck.items():
            for part in _parts(entries):
                bank = self._proved(deck, part)
                if bank.notes:
                    stem = _free(slug(deck), stems)
                    self.banks.append(bank._replace(name=f"{stem}.yaml"))

    def path(self, name: str) -> str:
        """Return the path that a picture or sound gets, and stage it; empty if there is none."""
        listed = self.collection.container.media
        file = listed.get(name) or listed.get(unicodedata.normalize("NFC", name))
        if file is None:
            if name and "/" not in name and not name.startswith("data:"):
                self.missing.add(name)
            return ""
        if file not in self._names:
            staged = self.staging / file.member
            with staged.open("wb") as target:
                self.collection.container.unpack_media(file, target)
            with staged.open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()[:20]
            suffix = Path(name).suffix.lower()
            self._names[file] = digest + (suffix if _SUFFIX.fullmatch(suffix) else ".bin")
            self.media[self._names[file]] = staged
        self.missing.discard(name)
        return f"{MEDIA}/{self._names[file]}"

    def _entry(self, note: AnkiNote, ordinals: Sequence[int]) -> str:
        """Return a note as YAML; nothing if it is left out."""
        notetype = self.collection.notetypes.get(note.notetype)
        made = draft(note, notetype, ordinals, self.path) if notetype else "its notetype is missing"
        if isinstance(made, str):
            self.left_out.append(Left(_words(note), made))
            return ""
        self.lost.update(made.lost)
        if made.odd:
            self.odd.append(Left(_words(note), made.odd))
        guid = note.guid if _can_be_kept(note.guid) and note.guid not in self._guids else ""
        self._guids.add(note.guid)
        name = note_id(note.guid)
        if fold(name) in self.taken:
            name = note_id(f"{note.guid}\x1f{note.id}")
        self.taken.add(fold(name))
        return entry(name, made.keys, tags_of(note.tags), guid)

    def _proved(self, deck: str, entries: list[tuple[AnkiNote, str]]) -> NewBank:
        """Return a bank that our loader reads without an error, of all notes that it takes."""
        while True:
            text = head(deck) + "".join(written for _, written in entries)
            content, images = text.encode(), _Images()
            bank = load(content, f"{slug(deck)}.yaml", images.take)
            wrong = [d for d in bank.diagnostics if d.severity is Severity.ERROR]
            if not wrong and len(bank.notes) == len(entries):
                ids = (note.id for note, _ in entries)
                notes = dict(zip(ids, (found.note for found in bank.notes), strict=True))
                return NewBank("", content, notes, bank, frozenset(images.paths))
            starts, line = [], 3
            for _, written in entries:
                starts.append(line)
                line += written.count("\n")
            reasons = {
                max((n for n, start in enumerate(starts) if start <= d.line), default=0): d.message
                for d in reversed(wrong)
            }
            if not reasons:
                raise StudytoolError(f"the deck {deck} cannot be written as a bank")
            for number, why in reasons.items():
                self.left_out.append(Left(_words(entries[number][0]), why))
            entries = [each for n, each in enumerate(entries) if n not in reasons]


def write(new: NewBanks, folder: Path) -> None:
    """Write banks and their pictures and sounds into a folder, all or nothing, over no file.

    Raises:
        StudytoolError: If something cannot be written.
    """
    made: list[Path] = []
    try:
        (folder / MEDIA if new.media else folder).mkdir(parents=True, exist_ok=True)
        for name, staged in new.media.items():
            place = folder / MEDIA / name
            if not place.exists():
                with place.open("xb") as target, staged.open("rb") as source:
                    made.append(place)
                    while piece := source.read(1 << 20):
                        target.write(piece)
        for bank in new.banks:
            place = folder / bank.name
            with place.open("xb") as target:
                made.append(place)
                target.write(bank.content)
    except BaseException as error:
        for place in made:
            place.unlink(missing_ok=True)
        if isinstance(error, OSError):
            reason = error.strerror or str(error)
            raise StudytoolError(
                f"the banks cannot be written to {folder}: {reason}", "nothing was imported"
            ) from error
        raise


def note_id(guid: str) -> str:
    """Return the id of a note that came from Anki; it hangs on the GUID alone."""
    digits = hashlib.sha256(guid.encode(errors="surrogatepass")).hexdigest()
    return f"anki-{digits[:12]}"


def deck_name(name: str) -> str:
    """Return a deck's name as ours are: parts that are not empty, without control characters."""
    clean = unicodedata.normalize("NFC", without_controls(name)[:MAX_NAME])
    parts = (" ".join(part.split()).strip(": ") for part in clean.split("::"))
    return "::".join(part for part in parts if part) or "Anki"


def tags_of(tags: Sequence[str]) -> list[str]:
    """Return tags as ours are."""
    found: dict[str, None] = {}
    for tag in tags:
        if name := _tag(tag):
            found[name] = None
    return list(found)[:MAX_TAGS]


@lru_cache(maxsize=1000)
def _tag(tag: str) -> str:
    """Return a tag as ours are; nothing if it cannot be one."""
    clean = unicodedata.normalize("NFC", without_controls(tag)[:MAX_NAME]).replace(",", "-")
    name = "::".join(part for part in clean.split("::") if part)
    return "" if re.search(r"\s", name) else name


def _can_be_kept(guid: str) -> bool:
    """Tell whether a GUID can stand in a bank as it is."""
    return bool(guid) and guid == guid.strip() == without_controls(guid) and guid.isprintable()


def _words(note: AnkiNote) -> str:
    """Return the beginning of a note, to find it by."""
    from studytool.anki.special_marks import plain

    shown = next((text for field in note.fields if (text := plain(field[:2000]))), "")
    return shown[:50] or f"note {note.id}"


def _parts(entries: list[tuple[AnkiNote, str]]) -> list[list[tuple[AnkiNote, str]]]:
    """Part the notes of a deck so that each file can be read."""
    parts: list[list[tuple[AnkiNote, str]]] = [[]]
    size = 0
    for each in entries:
        size += len(each[1].encode())
        if parts[-1] and (size > MAX_BYTES or len(parts[-1]) >= MAX_NOTES):
            parts.append([])
            size = len(each[1].encode())
        parts[-1].append(each)
    return parts


def _free(stem: str, taken: set[str]) -> str:
    """Return a file name that is not taken, and take it."""
    name, number = stem, 2
    while name.casefold() in taken:
        name, number = f"{stem}-{number}", number + 1
    taken.add(name.casefold())
    return name
