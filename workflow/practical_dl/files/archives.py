"""Read and unpack zip and tar archives that come from outside, without trusting them.

Nothing is written outside the folder asked for, nothing but plain files is accepted, and an
archive that unpacks to more than its limits is refused before it fills the disk or the memory.
Links and devices have no use in a data set: they are refused, not filtered. The format is told
by the content, not by the name.
"""

import gzip
import lzma
import os
import shutil
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol, cast

from practical_dl.files.artefacts import require_file
from practical_dl.files.member_names import MemberNames, refused
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log

_CHUNK_BYTES = 1 << 20
_MEGABYTE = 1_000_000
_HARMLESS_BYTES = 1 << 24
_ZIP_END_BYTES = 22
_DAMAGE = (
    zipfile.BadZipFile,
    tarfile.TarError,
    gzip.BadGzipFile,
    lzma.LZMAError,
    zlib.error,
    EOFError,
    NotImplementedError,
)


@dataclass(frozen=True)
class Limits:
    """Limits of an archive's content: bytes, bytes per byte of the archive, number of members.

    The ratio binds above 16 MiB only; so little does no harm.
    """

    total_bytes: int = 200_000_000_000
    ratio: int = 200
    members: int = 1_000_000


DEFAULT_LIMITS = Limits()


def extract(archive: Path, folder: Path, log: Log, limits: Limits = DEFAULT_LIMITS) -> None:
    """Unpack a zip, tar, tar.gz or tar.xz archive to `folder`, which appears when it is whole.

    The files are written to `.partial.NAME` beside `folder`; what a killed run left there is
    replaced. Modes, owners, times and empty folders are not kept. An archive within the archive
    stays packed.

    Raises:
        UserError: `folder` has content already; the archive is absent, damaged or beyond its
            limits; or a member is not a plain file with a place of its own inside the folder.
    """
    require_file(archive)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder}: is there already; delete it to unpack {archive} again")
    partial = folder.with_name(f".partial.{folder.name}")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    size = archive.stat().st_size
    try:
        with _opened(archive) as file:
            for name, content in _members(archive, file, limits, log.show):
                _write(archive, name, content, partial)
                log.progress(file.tell() // _MEGABYTE, size // _MEGABYTE, "MB")
        partial.replace(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    log.info(f"{folder}: unpacked from {archive}")


def open_members(
    source: Path,
    wanted: Callable[[str], bool] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the files in an archive or a folder, without unpacking.

    Names are relative, with `/`. A folder's files come sorted by name, an archive's in the order
    of the archive. Files whose name is not `wanted` are passed over without being read.

    Raises:
        UserError: as `extract` does, when the reading gets there.
    """
    if source.is_dir():
        paths = {path.relative_to(source).as_posix(): path for path in source.rglob("*")}
        for name in sorted(paths):
            if (wanted is None or wanted(name)) and paths[name].is_file():
                yield name, paths[name].read_bytes()
        return
    require_file(source)
    with _opened(source) as file:
        for name, content in _members(source, file, limits, _say_nothing):
            if wanted is None or wanted(name):
                yield name, b"".join(_chunks(content))


def member_names(archive: Path, limits: Limits = DEFAULT_LIMITS) -> list[str]:
    """The names of the files in an archive, in its order; nothing is unpacked or kept.

    Raises:
        UserError: as `extract` does, but for damage that only the content shows.
    """
    require_file(archive)
    with _opened(archive) as file:
        meter, names = _Meter(archive, limits), MemberNames(archive, _say_nothing)
        magic = file.read(6)
        file.seek(0)
        if magic.startswith(b"PK"):
            with _zip_damage():
                zipped = zipfile.ZipFile(file)
            with zipped:
                return [name for _, name in _zip_entries(archive, file, zipped, meter, names)]
        if magic.startswith((b"\x1f\x8b", b"\xfd7zXZ\x00")):
            return [name for name, _ in _members(archive, file, limits, _say_nothing)]
        with tarfile.open(fileobj=file, mode="r:", encoding="utf-8") as tar:
            return [_tar_name(archive, one, meter, names) for one in tar if not one.isdir()]


def _say_nothing(_: str) -> None:
    """For those who read members by names that they know."""


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Meter:
    """Counts the content of an archive and refuses it beyond its limits."""

    def __init__(self, archive: Path, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        size = archive.stat().st_size
        self._most_bytes = min(limits.total_bytes, max(limits.ratio * size, _HARMLESS_BYTES))
        self._bytes = 0
        self._names: set[str] = set()
        self._member = "its headers"

    def count_member(self, name: str) -> None:
        self._member = name
        if name in self._names:
            raise refused(self._archive, name, "appears twice")
        self._names.add(name)
        if len(self._names) > self._limits.members:
            why = f"is one more than the {self._limits.members:,} allowed"
            raise refused(self._archive, name, why)

    @property
    def members(self) -> int:
        return len(self._names)

    def count_bytes(self, number: int) -> None:
        self._bytes += number
        if self._bytes > self._most_bytes:
            why = f"unpacks to more than the {self._most_bytes:,} bytes allowed for the archive"
            raise refused(self._archive, self._member, why)


class _MeteredStream:
    """A stream whose bytes are counted as they are read."""

    def __init__(self, stream: _Readable, meter: _Meter) -> None:
        self._stream = stream
        self._meter = meter
        self.position = 0
        self.end_of_content = 0
        """Position behind the last byte that is not zero."""

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._meter.count_bytes(len(data))
        if content := data.rstrip(b"\0"):
            self.end_of_content = self.position + len(content)
        self.position += len(data)
        return data


@contextmanager
def _opened(archive: Path) -> Iterator[IO[bytes]]:
    """Open the archive; damage that its reader meets becomes one line."""
    try:
        with archive.open("rb") as file:
            yield file
    except _DAMAGE as error:
        raise UserError(
            f"{archive}: not a whole zip, tar, tar.gz or tar.xz archive "
            f"({error or type(error).__name__}); get it again"
        ) from error


def _members(
    archive: Path, file: IO[bytes], limits: Limits, tell: Callable[[str], None]
) -> Iterator[tuple[str, _Readable]]:
    """Yield safe name and content of each file; the content is to be read before the next."""
    meter = _Meter(archive, limits)
    names = MemberNames(archive, tell)
    magic = file.read(6)
    file.seek(0)
    if magic.startswith(b"PK"):
        yield from _zip_members(archive, file, meter, names)
    elif magic.startswith(b"\x1f\x8b"):
        with gzip.open(file) as stream:
            yield from _tar_members(archive, stream, meter, names)
    elif magic.startswith(b"\xfd7zXZ\x00"):
        with lzma.open(file) as stream:
            yield from _tar_members(archive, stream, meter, names)
    else:
        yield from _tar_members(archive, file, meter, names)
    if meter.members == 0:
        raise UserError(f"{archive}: holds no file; get it again")


def _zip_members(
    archive: Path, file: IO[bytes], meter: _Meter, names: MemberNames
) -> Iterator[tuple[str, _Readable]]:
    with _zip_damage():
        zipped = zipfile.ZipFile(file)
    with zipped:
        for info, name in _zip_entries(archive, file, zipped, meter, names):
            with _zip_damage():
                content = zipped.open(info)
            with content:
                yield name, _MeteredStream(content, meter)


def _zip_entries(
    archive: Path, file: IO[bytes], zipped: zipfile.ZipFile, meter: _Meter, names: MemberNames
) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    _require_all_entries(file, zipped)
    for info in zipped.infolist():
        if info.orig_filename.endswith(("/", "\\")):
            continue
        name = names.in_zip(info)
        if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
            raise refused(archive, name, "is a link or a device")
        if info.flag_bits & 1:
            raise refused(archive, name, "is encrypted")
        meter.count_member(name)
        yield info, name


def _require_all_entries(file: IO[bytes], zipped: zipfile.ZipFile) -> None:
    """Compare the entries read with the end record's count (16 bits), which `zipfile` ignores."""
    file.seek(-_ZIP_END_BYTES - len(zipped.comment), os.SEEK_END)
    end = file.read(_ZIP_END_BYTES)
    count = int.from_bytes(end[10:12], "little")
    found = len(zipped.infolist())
    if end.startswith(b"PK\5\6") and count not in (0xFFFF, found % 0x10000):
        raise zipfile.BadZipFile(f"{found:,} entries, expected {count:,}")


def _tar_members(
    archive: Path, stream: _Readable, meter: _Meter, names: MemberNames
) -> Iterator[tuple[str, _Readable]]:
    metered = _MeteredStream(stream, meter)
    with tarfile.open(fileobj=cast(IO[bytes], metered), mode="r|", encoding="utf-8") as tar:
        for member in tar:
            if member.isdir():
                continue
            name = _tar_name(archive, member, meter, names)
            content = tar.extractfile(member)
            assert content is not None
            yield name, content
        _require_end_mark(metered, tar.offset)


def _tar_name(archive: Path, member: tarfile.TarInfo, meter: _Meter, names: MemberNames) -> str:
    name = names.in_tar(member.name)
    if member.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or member.issparse():
        raise refused(archive, name, "is a link, a device or a sparse file")
    meter.count_member(name)
    return name


def _require_end_mark(stream: _MeteredStream, end_of_members: int) -> None:
    """Check that a tar ends as it should, which `tarfile` does not when a later header is bad."""
    for _ in _chunks(stream):
        pass
    if stream.end_of_content > end_of_members:
        raise tarfile.ReadError(f"bad header at byte {end_of_members:,}")
    if stream.position < end_of_members + tarfile.BLOCKSIZE:
        raise tarfile.ReadError("no end mark")


@contextmanager
def _zip_damage() -> Iterator[None]:
    """Offsets and names in damaged zip headers make `zipfile` fail in ways of their own."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise zipfile.BadZipFile(str(error)) from error


def _write(archive: Path, name: str, content: _Readable, folder: Path) -> None:
    path = folder / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            for chunk in _chunks(content):
                file.write(chunk)
    except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
        raise refused(archive, name, "takes the place of another") from error


def _chunks(content: _Readable) -> Iterator[bytes]:
    return iter(lambda: content.read(_CHUNK_BYTES), b"")
