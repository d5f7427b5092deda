"""Names of an archive's members as they were meant, and none that leads out of its folder.

Names of unknown encoding are read as UTF-8 where they are that, else as cp437 (zip, by its
standard) or as cp1252 (tar). A backslash separates folders, as PowerShell writes it. Either is
told once for an archive.
"""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath
from zipfile import ZipInfo

from practical_dl.files.names import is_writable
from practical_dl.job.errors import UserError

_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075


class MemberNames:
    """Reads the names in one archive; what had to be guessed goes to `tell`."""

    def __init__(self, archive: Path, tell: Callable[[str], None]) -> None:
        self._archive = archive
        self._tell = tell
        self._told: set[str] = set()

    def in_zip(self, info: ZipInfo) -> str:
        """The name of a zip's entry, with `/`.

        Raises:
            UserError: it may lead out of its folder, or no table can hold it.
        """
        if info.flag_bits & _UTF8_FLAG or info.orig_filename.isascii():
            return self._safe(info.orig_filename)
        raw = info.orig_filename.encode("cp437")
        return self._safe(_unicode_path(info.extra, raw) or self._guessed(raw, "utf-8", "cp437"))

    def in_tar(self, name: str) -> str:
        """The name of a tar's member as `tarfile` reads it: UTF-8, other bytes escaped.

        Raises:
            UserError: as `in_zip`.
        """
        raw = name.encode("utf-8", "surrogateescape")
        if raw.decode("utf-8", "replace") != name:
            name = self._guessed(raw, "cp1252", "latin-1")
        return self._safe(name)

    def _guessed(self, raw: bytes, first: str, second: str) -> str:
        try:
            name, encoding = raw.decode(first), first
        except UnicodeDecodeError:
            name, encoding = raw.decode(second), second
        self._say(f"does not tell the encoding of its names; read as {encoding}", name)
        return name

    def _safe(self, name: str) -> str:
        plain = name.replace("\\", "/")
        path = PurePosixPath(plain)
        if path.is_absolute() or PureWindowsPath(name).drive:
            raise refused(self._archive, name, "has an absolute name")
        if ".." in path.parts or not path.parts:
            raise refused(self._archive, name, "has a name that may lead out of its folder")
        if not is_writable(name):
            raise refused(self._archive, name, "has a name with unprintable characters")
        if plain != name:
            self._say("backslashes in its names are read as /", plain)
        return path.as_posix()

    def _say(self, what: str, name: str) -> None:
        if what not in self._told:
            self._told.add(what)
            self._tell(f"{self._archive}: {what}, such as {name!r}")


def refused(archive: Path, name: str, why: str) -> UserError:
    return UserError(f"{archive}: refused, because member {name[:200]!r} {why}")


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """The name in Info-ZIP's extra field of a zip's entry, if it is of this entry; else ""."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_PATH and field[1:5] == struct.pack("<I", zlib.crc32(raw)):
            return field[5:].decode("utf-8", "replace")
    return ""
