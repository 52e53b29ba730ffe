"""From an Anki package to our log and banks: read first, then backed up, then written."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from studytool import backup
from studytool.connection import prove
from studytool.days import Moment, as_date
from studytool.diagnostics import errors
from studytool.errors import StoreError, StudytoolError, UsageError
from studytool.export_source import MANIFEST
from studytool.library import Library, image_finder, load_bank, load_library
from studytool.notes import Note, fold, guid, note_key
from studytool.opening import open_library
from studytool.progress import Step
from studytool.sm2 import Sm2
from studytool.store import DATABASE, Store
from studytool.wording import counted

if TYPE_CHECKING:
    from studytool.anki.answers import Found, Known
    from studytool.anki.collection import AnkiNote, Collection
    from studytool.anki.new_banks import NewBank, NewBanks
    from studytool.bank import Bank

MOST_LISTED = 20
"""How many notes a list in the report names."""


class Importing:
    """One import.

    Args:
        package: The file.
        root: The library's folder, or a single bank.
        home: The user's folder.
        out: Folder for new banks.
        moment: Gives the study day of a time in milliseconds.
        now: The present.
        dry: Write nothing.
        step: Told how many banks are read.
    """

    def __init__(
        self,
        package: Path,
        root: Path,
        home: Path,
        out: Path | None,
        moment: Callable[[int], Moment],
        now: Moment,
        dry: bool,
        step: Step | None = None,
    ) -> None:
        """Keep what the import needs."""
        self.package, self.root, self.home, self.out = package, root, home, out
        self.moment, self.now, self.dry, self.step = moment, now, dry, step
        self.lines: list[str] = []
        self.written: dict[Path, NewBank] = {}

    def run(self) -> tuple[str, ...]:
        """Read the package, write what is new, and return what came of it, a line each.

        Raises:
            StudytoolError: If the package, the library or the database cannot be used.
        """
        from studytool.anki.collection import read

        with read(self.package) as collection, tempfile.TemporaryDirectory() as staging:
            collection.prove()
            library = load_library(self.root, self.step)
            if wrong := sum(errors(bank.diagnostics) for bank in library.banks.values()):
                raise StudytoolError(
                    f"the banks have {counted(wrong, 'error')}",
                    f"studytool check --cards {self.root} shows them; nothing was imported",
                )
            known = self._known(collection, library)
            self._tell_edited(collection, library, known)
            known |= self._add(collection, library, known, Path(staging))
            with self._store() as store:
                self._merge(collection, known, store)
        if self.dry:
            self.lines.append("nothing was written")
        return tuple(self.lines)

    def _tell_edited(
        self, collection: Collection, library: Library, known: dict[int, Known]
    ) -> None:
        """List the notes of ours that say something else in Anki; their banks stay as they are."""
        from studytool.anki.edited import edited
        from studytool.anki.manifest import load

        if not known:
            return
        folder = self.root if self.root.is_dir() else self.root.parent
        folders = {
            each.note.id: (folder / path).parent
            for path, bank in library.banks.items()
            for each in bank.notes
        }
        names = list(edited(collection, known, folders, load(folder / MANIFEST)))
        if names:
            notes = counted(len(names), "note")
            self.lines.append(f"{notes} with another text in Anki, yours stays: {_listed(names)}")

    def _add(
        self, collection: Collection, library: Library, known: dict[int, Known], staging: Path
    ) -> dict[int, Known]:
        """Write banks of the notes that are not here, and return these notes.

        Notes of our own making that are not here any more were retired, unless the whole deck
        is somebody else's.
        """
        from studytool.anki.answers import Known
        from studytool.anki.drafts import own_kind
        from studytool.anki.new_banks import NewBanks, write

        new: list[AnkiNote] = []
        retired = 0
        for note in collection.notes():
            if note.id in known:
                continue
            notetype = collection.notetypes.get(note.notetype)
            if known and notetype and own_kind(notetype):
                retired += 1
            else:
                new.append(note)
        if retired:
            notes = counted(retired, "note")
            self.lines.append(f"{notes} of an earlier export are not here any more: left out")
        if not new:
            return {}
        folder = self._folder()
        taken = {
            fold(name)
            for bank in library.banks.values()
            for each in bank.notes
            for name in (each.note.id, *each.note.was)
        }
        made = NewBanks(collection, taken, staging)
        made.make(new, folder)
        if not self.dry:
            write(made, folder)
            self.written = {folder / bank.name: bank for bank in made.banks}
        self._tell_banks(made, folder)
        guids = {note.id: note.guid for note in new}
        return {
            number: Known(note_key(library.name, note), note, guids[number])
            for bank in made.banks
            for number, note in bank.notes.items()
        }

    def _folder(self) -> Path:
        """Return where new banks go.

        Raises:
            UsageError: If that is no folder of the user's, or outside of the library.
        """
        from studytool import config

        advice = "name a folder of your own: --cards DIR"
        if not self.root.is_dir():
            raise UsageError(f"new banks need a folder, and {self.root} is a bank", advice)
        if self.root.resolve() == config.shipped_cards().resolve():
            raise UsageError("new banks cannot be put among the shipped ones", advice)
        folder = self.out or self.root
        if not folder.resolve().is_relative_to(self.root.resolve()):
            raise UsageError(
                f"-o: {folder} is outside of the cards in {self.root}",
                "its notes would not be found",
            )
        return folder

    def _tell_banks(self, made: NewBanks, folder: Path) -> None:
        """Say what became of notes that are new here."""
        for bank in made.banks:
            cards = counted(sum(len(note.parts()) for note in bank.notes.values()), "card")
            self.lines.append(f"{folder / bank.name}  {counted(len(bank.notes), 'note')}, {cards}")
        if made.media:
            self.lines.append(f"{counted(len(made.media), 'picture or sound file')} in media/")
        if made.lost:
            listed = ", ".join(f"{name} in {count}" for name, count in sorted(made.lost.items()))
            self.lines.append(f"kept as plain text, by note: {listed}")
        missing = [(name[:50], "it is not in the package") for name in sorted(made.missing)]
        for what, notes in (
            ("not as in Anki", made.odd),
            ("left out", made.left_out),
            ("missing", missing),
        ):
            if notes:
                self.lines.append(f"{what}: {len(notes)}")
                self.lines += [f"  {words}: {why}" for words, why in notes[:MOST_LISTED]]
                if len(notes) > MOST_LISTED:
                    self.lines.append(f"  and {len(notes) - MOST_LISTED} more")
        if made.banks:
            self.lines.append(
                "these notes live here now; an export makes a deck of yours, not an update"
            )

    def _known(self, collection: Collection, library: Library) -> dict[int, Known]:
        """Return our notes by the ids of Anki's."""
        from studytool.anki.answers import Known
        from studytool.anki.new_banks import note_id

        ours: dict[str, Note] = {
            guid(library.name, entry.note): entry.note
            for bank in library.banks.values()
            for entry in bank.notes
        }
        ids = {fold(note.id): note for note in ours.values()}
        known: dict[int, Known] = {}
        for each in collection.notes():
            note = ours.get(each.guid) or ids.get(note_id(each.guid))
            if note is not None:
                known[each.id] = Known(note_key(library.name, note), note, each.guid)
        return known

    def _merge(self, collection: Collection, known: dict[int, Known], store: Store) -> None:
        """Add to the log what it does not have."""
        from studytool.anki.answers import find

        found = find(collection, known, store, self.moment, self.now.at_ms)
        if found.rows and not self.dry:
            self._back_up(store)
        store.merge(found.rows, Sm2())
        self._tell(found)

    def _tell(self, found: Found) -> None:
        """Say what was merged, deck by deck."""
        for deck, counts in sorted(found.decks.items()):
            told = [f"{counted(counts['new'], 'new answer')}"]
            told += [f"{counts['there']} were here"] if counts["there"] else []
            told += [f"{counts['set']} suspended or flagged"] if counts["set"] else []
            told += [f"{counts['manual']} set by hand left out"] if counts["manual"] else []
            told += [f"{counts['odd']} at times that cannot be left out"] if counts["odd"] else []
            self.lines.append(f"{deck}: {', '.join(told)}")
        if found.without:
            cards = counted(found.without, "card")
            self.lines.append(f"{cards} with answers in Anki have no counterpart here")

    def _back_up(self, store: Store) -> None:
        """Copy the database before it changes, if anything was ever graded."""
        if store.log.last_row() is None:
            return
        day = as_date(self.now.day).isoformat()
        folder = store.folder / "backups"
        number = 1
        while (folder / (name := f"studytool-{day}-before-import-{number}.db")).exists():
            number += 1
        try:
            path = backup.copy(store.connection, folder, name, prove)
        except OSError as error:
            raise StoreError(f"no copy of the database was made: {error}") from error
        self.lines.append(f"a copy of your progress is in {path}")

    def _load(self, path: Path) -> Bank:
        """Read a bank; one that was written just now has been read before."""
        bank = self.written.get(path)
        with suppress(OSError):
            written = bank is not None and path.read_bytes() == bank.content
            if bank and written and not any(map(image_finder(path.parent), bank.images)):
                return bank.loaded
        return load_bank(path)

    @contextmanager
    def _store(self) -> Iterator[Store]:
        """Lend the user's database, or for a dry run a copy of it."""
        if not self.dry:
            with open_library(
                self.home, self.root, self.now, step=self.step, load=self._load
            ) as opened:
                yield opened.store
            return
        with tempfile.TemporaryDirectory() as folder:
            for kind in ("", "-wal"):
                file = self.home / f"{DATABASE}{kind}"
                if file.exists():
                    shutil.copyfile(file, Path(folder) / file.name)
            store = Store.open(Path(folder), as_date(self.now.day))
            try:
                yield store
            finally:
                store.close()


def _listed(names: list[str]) -> str:
    """Return the first of some names."""
    more = len(names) - MOST_LISTED
    return ", ".join(names[:MOST_LISTED]) + (f" and {more} more" if more > 0 else "")
