"""Opens the zip of an .apkg or .colpkg file and unpacks it within limits, trusting nothing."""

from __future__ import annotations

import json
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple, Protocol

from studytool.anki import protobuf
from studytool.errors import StudytoolError

MAX_MEMBERS = 100_000
MAX_DIRECTORY = 16_000_000
"""Most bytes that the list of members may take; Python reads all of it at once."""
MAX_DATABASE = 1_000_000_000
MAX_MAP = 32_000_000
MAX_FILE = 250_000_000
"""Most bytes of one picture or sound, unpacked."""
MAX_RATIO = 300
"""How much larger than packed something may be unpacked, beyond the first `FREE` bytes."""
FREE = 16_000_000
_CHUNK = 1 << 18
_END = b"PK\x05\x06"
_END_64, _LOCATOR_64 = b"PK\x06\x06", b"PK\x06\x07"
_DATABASES = {1: "collection.anki2", 2: "collection.anki21", 3: "collection.anki21b"}


class _Readable(Protocol):
    """What bytes come from."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, at most so many; none at the end."""


class MediaFile(NamedTuple):
    """A picture or sound in a package.

    Attributes:
        member: Its name in the zip file.
        size: Its length as the package says, or -1 if it does not.
        sha1: Its SHA-1 as the package says, or nothing.
    """

    member: str
    size: int = -1
    sha1: bytes = b""


def refused(reason: str) -> StudytoolError:
    """Return the error that a file is not imported."""
    return StudytoolError(f"this file cannot be imported: {reason}", "nothing was written")


@contextmanager
def _reading() -> Iterator[None]:
    """Say in one sentence that a package is damaged."""
    from studytool.anki.zstd import ZstdError

    try:
        yield
    except StudytoolError:
        raise
    except RuntimeError as error:  # a password, or a way of packing that is not known
        raise refused(f"it cannot be unpacked: {error}") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ZstdError, ValueError, KeyError) as error:
        raise refused(f"it is cut off or damaged: {error}") from error
    except OSError as error:
        raise refused(error.strerror or str(error)) from error


class Container:
    """An open package.

    Attributes:
        version: 1 and 2 are the formats of older releases of Anki, 3 is today's.
        media: Pictures and sounds by the names that notes use.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Check the names of what is in a package.

        Raises:
            StudytoolError: If the package is none, or is made to do harm.
        """
        self.archive = archive
        self.version = 1
        self.members: dict[str, zipfile.ZipInfo] = {}
        for info in archive.infolist():
            _check_member(info)
            if info.filename in self.members:
                raise refused(f"it has `{info.filename}` twice")
            self.members[info.filename] = info
        self.version = self._version()
        self.media = self._media()

    def _version(self) -> int:
        """Return the format of the package."""
        if "meta" in self.members:
            with _reading():
                version = protobuf.number(self._bytes("meta", 1000), 1)
            if version > max(_DATABASES):
                raise refused("a newer Anki wrote it; export it with “Support older Anki versions”")
        else:
            version = 2 if _DATABASES[2] in self.members else 1
        if _DATABASES.get(version) not in self.members:
            raise refused("it is no Anki package, there is no collection in it")
        return version

    def database(self, target: IO[bytes]) -> None:
        """Write the collection, an SQLite file, to a file."""
        self._unpack(_DATABASES[self.version], target, MAX_DATABASE)

    def _media(self) -> dict[str, MediaFile]:
        """Return the pictures and sounds by the names that notes use.

        Raises:
            StudytoolError: If a name leads elsewhere, or a file is not there.
        """
        if "media" not in self.members:
            return {}
        with _reading():
            content = self._bytes("media", MAX_MAP)
            listed = list(_entries(content) if self.version == 3 else _legacy_entries(content))
        found: dict[str, MediaFile] = {}
        for name, file in listed:
            if not name or set(name) & set("/\\\0") or name in (".", ".."):
                raise refused(f"a media file is named `{name[:60]}`, which leads elsewhere")
            if file.member not in self.members:
                raise refused(f"the media file `{name[:60]}` is not in it")
            if name in found:
                raise refused(f"the media file `{name[:60]}` is there twice")
            found[name] = file
        return found

    def unpack_media(self, file: MediaFile, target: IO[bytes]) -> None:
        """Write a picture or sound to a file.

        Raises:
            StudytoolError: If it is not what the package says, or too large.
        """
        from hashlib import sha1

        sum_ = sha1(usedforsecurity=False)
        size = self._unpack(file.member, _Both(target, sum_.update), MAX_FILE)
        if file.size not in (-1, size) or file.sha1 not in (b"", sum_.digest()):
            raise refused(f"the media file {file.member} is not what the list says")

    def _bytes(self, name: str, most: int) -> bytes:
        """Return a small member's content."""
        kept = bytearray()
        self._unpack(name, _Both(None, kept.extend), most)
        return bytes(kept)

    def _unpack(self, name: str, target: IO[bytes] | _Both, most: int) -> int:
        """Unpack a member in pieces, and return its size."""
        from studytool.anki.zstd import opened

        info = self.members[name]
        most = min(most, FREE + MAX_RATIO * info.compress_size)
        size = 0
        with _reading(), self.archive.open(info) as packed:
            source: _Readable = packed
            if self.version == 3 and name != "meta":
                source = opened(packed)
            while piece := source.read(_CHUNK):
                size += len(piece)
                if size > most:
                    raise refused(f"`{name}` in it unpacks to more than {most // 10**6} MB")
                target.write(piece)
        return size


class _Both:
    """A file, and somebody else who sees all that is written to it."""

    def __init__(self, target: IO[bytes] | None, also: object) -> None:
        self.target = target
        self.also = also

    def write(self, piece: bytes) -> None:
        """Write a piece to both."""
        if self.target is not None:
            self.target.write(piece)
        self.also(piece)  # type: ignore[operator]


@contextmanager
def opened(path: Path) -> Iterator[Container]:
    """Open a package.

    Raises:
        StudytoolError: If it is none, or is made to do harm.
    """
    try:
        is_file = stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise StudytoolError(f"{path} cannot be read: {reason}") from error
    if not is_file:
        raise refused("it is no file")
    with _reading():
        with path.open("rb") as file:
            _check_directory(file)
        archive = zipfile.ZipFile(path)
    with archive:
        yield Container(archive)


def _check_directory(file: IO[bytes]) -> None:
    """Refuse a list of members that would fill the memory, before Python reads it."""
    file.seek(0, 2)
    length = file.tell()
    file.seek(max(0, length - 65_557))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0:
        raise refused("it is no zip file, or cut off")
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    if at >= 20 and tail[at - 20 : at - 16] == _LOCATOR_64:
        file.seek(max(0, length - len(tail) + at - 76))
        record = file.read(56)
        if not record.startswith(_END_64):
            raise refused("its zip directory is damaged")
        size = max(size % 0xFFFFFFFF, int.from_bytes(record[40:48], "little"))
    if size > MAX_DIRECTORY:
        raise refused("its list of files is too long")


def _check_member(info: zipfile.ZipInfo) -> None:
    """Refuse a member that leads elsewhere, or cannot be read."""
    name = info.filename
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or "\\" in name:
        raise refused(f"`{name[:60]}` in it leads outside")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise refused(f"`{name[:60]}` in it is a link")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise refused(f"`{name[:60]}` in it is packed in a way that Anki does not use")


def _legacy_entries(content: bytes) -> Iterator[tuple[str, MediaFile]]:
    """Yield what the older list of media says."""
    try:
        names = json.loads(content)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(names, dict) or not all(isinstance(name, str) for name in names.values()):
        raise ValueError("the list of media is none")
    for member, name in names.items():
        yield name, MediaFile(member)


def _entries(content: bytes) -> Iterator[tuple[str, MediaFile]]:
    """Yield what today's list of media says."""
    position = 0
    for field, entry in protobuf.read(content):
        if field == 1 and isinstance(entry, bytes):
            sums = [value for name, value in protobuf.read(entry) if name == 3]
            legacy = protobuf.number(entry, 255)
            sha1 = sums[-1] if sums and isinstance(sums[-1], bytes) else b""
            file = MediaFile(str(legacy or position), protobuf.number(entry, 2), sha1)
            yield protobuf.text(entry, 1), file
            position += 1
