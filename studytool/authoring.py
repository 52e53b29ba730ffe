"""Edits of banks that touch a few characters and leave the author's text as it is."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Iterable
from pathlib import Path

from studytool.bank import BankNote, load
from studytool.errors import StudytoolError
from studytool.library import Library, image_finder
from studytool.values import replace


def with_ids(text: str, entries: Iterable[BankNote]) -> str:
    """Return a bank's text with the derived ids of some notes written into it.

    A note in block layout gets a line of its own for the id; one in braces gets it in front.
    Everything else stays, to the character.
    """
    lines = text.splitlines(keepends=True)
    derived = [entry for entry in entries if entry.note.derived]
    for entry in sorted(derived, key=lambda entry: (entry.line, entry.column), reverse=True):
        line = lines[entry.line - 1]
        before, after = line[: entry.column - 1], line[entry.column - 1 :]
        if after.startswith("{"):
            lines[entry.line - 1] = f"{before}{{id: {entry.note.id}, {after[1:]}"
        else:
            end = line[len(line.rstrip("\r\n")) :] or "\n"
            indent = " " * (entry.column - 1)
            lines[entry.line - 1] = f"{before}id: {entry.note.id}{end}{indent}{after}"
    return "".join(lines)


def write_ids(root: Path, library: Library) -> list[tuple[str, int]]:
    """Write derived ids into the banks of a library, and return how many into which.

    A bank with errors is left alone.

    Raises:
        StudytoolError: If a bank cannot be written; it is as it was.
    """
    folder = root if root.is_dir() else root.parent
    done: list[tuple[str, int]] = []
    for path, bank in library.banks.items():
        derived = [entry for entry in bank.notes if entry.note.derived]
        if not derived or any(complaint.severity == "error" for complaint in bank.diagnostics):
            continue
        file = folder / path
        draft = file.with_name(f".{file.name}.{os.getpid()}.tmp")
        try:
            data = file.read_bytes()
            marked = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
            written = marked + with_ids(data.decode("utf-8-sig"), derived).encode()
            after = load(written, bank.path, image_finder(file.parent))
            if [entry.note for entry in after.notes] != [
                replace(entry.note, derived=False) for entry in bank.notes
            ]:
                names = ", ".join(f"`{entry.note.id}`" for entry in derived)
                raise StudytoolError(
                    f"{bank.path} is written in a way that ids cannot be put into; it is as it was",
                    f"put them there by hand: {names}",
                )
            draft.write_bytes(written)
            draft.chmod(file.stat().st_mode & 0o777)
            draft.replace(file)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise StudytoolError(f"{bank.path} cannot be written: {error.strerror}") from error
        done.append((bank.path, len(derived)))
    return done
