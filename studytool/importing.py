"""From an Anki package to our log and banks: read first, then backed up, then written."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from studytool import backup
from studytool.connection import prove
from studytool.days import Moment, as_date
from studytool.diagnostics import errors
from studytool.errors import StoreError, StudytoolError
from studytool.library import Library, load_library
from studytool.notes import Note, guid, note_key
from studytool.opening import open_library
from studytool.progress import Step
from studytool.sm2 import Sm2
from studytool.store import DATABASE, Store
from studytool.wording import counted

if TYPE_CHECKING:
    from studytool.anki.answers import Found, Known
    from studytool.anki.collection import Collection

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

    def run(self) -> tuple[str, ...]:
        """Read the package, write what is new, and return what came of it, a line each.

        Raises:
            StudytoolError: If the package, the library or the database cannot be used.
        """
        from studytool.anki.collection import read

        with read(self.package) as collection:
            library = load_library(self.root, self.step)
            if wrong := sum(errors(bank.diagnostics) for bank in library.banks.values()):
                raise StudytoolError(
                    f"the banks have {counted(wrong, 'error')}",
                    f"studytool check --cards {self.root} shows them; nothing was imported",
                )
            known = self._known(collection, library)
            with self._store() as store:
                self._merge(collection, known, store)
        if self.dry:
            self.lines.append("nothing was written")
        return tuple(self.lines)

    def _known(self, collection: Collection, library: Library) -> dict[int, Known]:
        """Return our notes by the ids of Anki's; the first one counts if a GUID is there twice."""
        from studytool.anki.answers import Known

        ours: dict[str, Note] = {
            guid(library.name, entry.note): entry.note
            for bank in library.banks.values()
            for entry in bank.notes
        }
        known: dict[int, Known] = {}
        for each in collection.notes():
            note = ours.get(each.guid)
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

    @contextmanager
    def _store(self) -> Iterator[Store]:
        """Lend the user's database, or for a dry run a copy of it."""
        if not self.dry:
            with open_library(self.home, self.root, self.now, step=self.step) as opened:
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
