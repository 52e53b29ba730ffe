"""Keeps the database's mirror of a library up to date, reading only the banks that changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Set
from pathlib import Path
from typing import TYPE_CHECKING

from studytool import garbage
from studytool.bank_files import bank_stats
from studytool.connection import writing
from studytool.days import Moment
from studytool.digests import digest
from studytool.errors import StudytoolError
from studytool.histories import Histories
from studytool.notes import Note, fold, note_key
from studytool.progress import Step, counting
from studytool.scheduling import Scheduler
from studytool.store import Store
from studytool.versions import stamp
from studytool.wording import counted

if TYPE_CHECKING:
    from studytool.bank import Bank
    from studytool.library import Claim

SETTINGS = "library.toml"
"""Names the library; when it changes every key may change, so all banks are read again."""


def refresh(
    store: Store,
    root: Path,
    now: Moment,
    scheduler: Scheduler,
    step: Step | None = None,
    load: Callable[[Path], Bank] | None = None,
) -> tuple[str, ...]:
    """Bring the mirror of one library up to date, and return what the user should know.

    A bank with errors, and one whose file is gone, keeps its last good notes. A note that left
    a good bank is kept as removed, and its history comes back with it. Notes that changed in a
    way that is known, such as steps in another order, take their history along by rename rows.

    Args:
        store: The database.
        root: The library's folder, or a single bank.
        now: Stamps what is written.
        scheduler: Replays the history that is renamed.
        step: Told how many of the changed banks are read.
        load: Reads a bank; by default from its file.

    Raises:
        StudytoolError: If the library cannot be read or the mirror cannot be written.
    """
    refreshing = _Refresh(store, root, now, scheduler, step)
    refreshing.load = load
    return refreshing.run()


class _Refresh:
    """One run over one library."""

    def __init__(
        self, store: Store, root: Path, now: Moment, scheduler: Scheduler, step: Step | None
    ) -> None:
        self.step = step
        self.load: Callable[[Path], Bank] | None = None
        self.store = store
        self.sql = store.connection.execute
        self.folder = root if root.is_dir() else root.parent
        self.root = root
        self.name = str(root)
        self.now = now
        self.histories = Histories(store, now, scheduler)

    def run(self) -> tuple[str, ...]:
        """Compare the files with what is known of them, and read what differs."""
        stats = bank_stats(self.root)
        settings = self.folder / SETTINGS
        if settings.is_file():
            stat = settings.stat()
            stats[SETTINGS] = (stat.st_size, stat.st_mtime_ns)
        changed, gone = self._changed(stats)
        if changed or gone:
            with garbage.resting():
                # Before the lock is taken, for a review in another window waits for it.
                files = changed - {SETTINGS}
                read = {path: self._load(path) for path in counting(files, self.step)}
                with writing(self.store.connection):
                    still, gone = self._changed(stats)
                    files = still - {SETTINGS}
                    found = {path: read.get(path) or self._load(path) for path in files}
                    self._write(found, stats)
                    self._drop(gone)
                    if self._loader() != stamp():
                        self.store.rendered.forget_older()
                    self.sql(
                        "INSERT OR REPLACE INTO properties VALUES (?, ?)",
                        (f"loader {self.name}", stamp()),
                    )
        return (*self.histories.notices, *self._standing_notices(gone))

    def _changed(self, stats: dict[str, tuple[int, int]]) -> tuple[set[str], set[str]]:
        """Return the files that the mirror does not have as they are, and those that are gone."""
        known = {
            path: (size, mtime, errors)
            for path, size, mtime, errors in self.sql(
                "SELECT path, size, mtime_ns, errors FROM banks WHERE root = ?", (self.name,)
            )
        }
        changed = {path for path, stat in stats.items() if known.get(path) != (*stat, 0)}
        gone = known.keys() - stats.keys()
        renamed = SETTINGS in changed or SETTINGS in gone
        if renamed or (known and self._loader() != stamp()):
            changed = set(stats)
        return changed, gone

    def _load(self, path: str) -> Bank:
        """Read a bank by its path below the folder."""
        from studytool.library import load_bank

        return (self.load or load_bank)(self.folder / path)

    def _loader(self) -> str | None:
        """Return the stamp of the code that read the banks last."""
        row = self.sql(
            "SELECT value FROM properties WHERE name = ?", (f"loader {self.name}",)
        ).fetchone()
        return row[0] if row else None

    def _write(self, read: dict[str, Bank], stats: dict[str, tuple[int, int]]) -> None:
        """Bring banks that were read into the mirror, inside a transaction."""
        from studytool.diagnostics import errors as count_errors
        from studytool.library import settle

        library, wrong = self._library()
        claims = self._claims(stats.keys() - read.keys())
        written = {
            fold(name)
            for bank in read.values()
            for entry in bank.notes
            for name in (*entry.note.was, *(() if entry.note.derived else (entry.note.id,)))
        }
        giving_way = {c.bank for c in claims if c.derived and fold(c.id) in written}
        read |= {path: self._load(path) for path in giving_way}
        changed = sorted(read)
        banks, clashes = settle(read, [c for c in claims if c.bank not in giving_way])
        errors = {path: count_errors(bank.diagnostics) for path, bank in banks.items()}
        for path, bank in banks.items():
            errors[path] += sum(clash.path == bank.path for clash in clashes)
        before = {path: self._notes(path) for path in changed}
        good = [path for path in changed if not errors[path] or not before[path]]
        fresh = {note_key(library, e.note): e.note for path in good for e in banks[path].notes}
        old = self._known(fresh)
        for key, note in fresh.items():
            self.histories.take_over(key, note, library)
        self._put(library, {path: banks[path] for path in good}, old)
        past = [note for key, note in old.items() if note != fresh[key]]
        self.store.rendered.forget(digest(note.to_json(), 16) for note in past)
        for path in good:
            self._remove(path, {fold(entry.note.id) for entry in banks[path].notes})
            present = {note_key(library, entry.note): entry.note for entry in banks[path].notes}
            self.histories.follow(before[path], present, fresh)
        for key, note in fresh.items():
            self.histories.move_parts(key, old.get(key), note)
        errors[SETTINGS] = wrong
        for path in (*changed, SETTINGS):
            if path in stats:
                derived = sum(e.note.derived for e in banks[path].notes) if path in banks else 0
                self.sql(
                    "INSERT OR REPLACE INTO banks VALUES (?, ?, ?, ?, ?, ?)",
                    (self.name, path, *stats[path], errors.get(path, 0), derived),
                )

    def _library(self) -> tuple[str, int]:
        """Return the library's name, and how much is wrong with the file that gives it.

        While that file is broken the notes stay under the keys they have.

        Raises:
            StudytoolError: If it is broken and there are no notes yet.
        """
        from studytool.library import library_name

        name, complaints = library_name(self.folder)
        if not complaints:
            return name, 0
        row = self.sql(
            "SELECT key FROM notes WHERE root = ? AND removed_at IS NULL LIMIT 1", (self.name,)
        ).fetchone()
        if row is None:
            complaint = complaints[0]
            raise StudytoolError(f"{complaint.place()}: {complaint.message}", complaint.help)
        return row[0].rpartition("/")[0], len(complaints)

    def _claims(self, banks: Set[str]) -> list[Claim]:
        """Return the ids that the notes of banks hold in the mirror."""
        from studytool.library import Claim

        claims = []
        for bank, line, name, derived, former in self.sql(
            "SELECT bank, line, json_extract(content, '$.id'), json_extract(content, '$.derived'),"
            " json_extract(content, '$.was') FROM notes WHERE root = ? AND removed_at IS NULL",
            (self.name,),
        ):
            if bank in banks:
                names = (name, *json.loads(former)) if former else (name,)
                claims += [Claim(each, bank, line, bool(derived)) for each in names]
        return claims

    def _notes(self, path: str) -> dict[str, Note]:
        """Return the notes that the mirror has of a bank, by key."""
        rows = self.sql(
            "SELECT key, content FROM notes WHERE root = ? AND bank = ? AND removed_at IS NULL",
            (self.name, path),
        )
        return {key: Note.from_json(content) for key, content in rows}

    def _known(self, keys: Iterable[str]) -> dict[str, Note]:
        """Return the notes that the mirror has, or last had, under keys."""
        found: dict[str, Note] = {}
        for key, content in self.sql(
            "SELECT key, content FROM notes WHERE root = ?"
            " AND key IN (SELECT value FROM json_each(?))"
            " ORDER BY removed_at IS NOT NULL, removed_at DESC",
            (self.name, json.dumps(list(keys))),
        ):
            if key not in found:
                found[key] = Note.from_json(content)
        return found

    def _put(self, library: str, banks: dict[str, Bank], known: Container[str]) -> None:
        """Write notes into the mirror; a broken or missing bank loses them by any other id.

        Args:
            library: The library's name.
            banks: The banks, by path.
            known: The keys of notes that the mirror has or had.
        """
        rows = [
            (key, fold(note.id), path, position, entry.line, note, note.to_json())
            for path, bank in banks.items()
            for position, entry in enumerate(bank.notes)
            for note in (entry.note,)
            for key in (note_key(library, note),)
        ]
        self.store.connection.executemany(
            "UPDATE notes SET removed_at = ? WHERE root = ? AND key = ? AND id <> ?"
            " AND removed_at IS NULL",
            [(self.now.at_ms, self.name, key, name) for key, name, *_ in rows if key in known],
        )
        self.store.connection.executemany(
            "INSERT OR REPLACE INTO notes (root, id, key, bank, position, line, deck, kind, parts,"
            " suspended, content, content_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    *(self.name, folded, key, path, position, line, note.deck, str(note.kind)),
                    *(" ".join(note.parts()), int(note.suspended), content, digest(content, 16)),
                )
                for key, folded, path, position, line, note, content in rows
            ),
        )

    def _remove(self, path: str, present: set[str]) -> None:
        """Mark the notes that left a bank, and went to no other one, as removed."""
        rows = self.sql(
            "SELECT id FROM notes WHERE root = ? AND bank = ? AND removed_at IS NULL",
            (self.name, path),
        )
        gone = [(self.now.at_ms, self.name, name) for (name,) in rows if name not in present]
        self.store.connection.executemany(
            "UPDATE notes SET removed_at = ? WHERE root = ? AND id = ?", gone
        )

    def _drop(self, gone: Iterable[str]) -> None:
        """Forget the files that are gone and have no notes left in the mirror."""
        for path in gone:
            if path == SETTINGS or not self._notes(path):
                self.sql("DELETE FROM banks WHERE root = ? AND path = ?", (self.name, path))

    def _standing_notices(self, gone: Iterable[str]) -> Iterator[str]:
        """Yield what holds at every start: broken banks, missing ones, derived ids."""
        derived_total = 0
        for path, errors, derived in self.sql(
            "SELECT path, errors, derived FROM banks WHERE root = ? ORDER BY path", (self.name,)
        ):
            derived_total += derived
            if path in gone:
                yield f"{path} is gone; its notes stay in the review"
            elif errors:
                wrong = counted(errors, "error")
                yield f"{path}: {wrong}, studytool check; its last good notes are used"
        if derived_total:
            notes = "1 note has" if derived_total == 1 else f"{derived_total} notes have"
            yield f"{notes} no id; give them one before you reword them: studytool check"
