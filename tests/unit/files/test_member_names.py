"""Names of members that were written without their encoding, or with backslashes."""

import io
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

from practical_dl.files.archives import extract, open_members
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log

UTF8_FLAG = 0x800


def zip_of_bytes(path: Path, *names: bytes, extra: bytes = b"") -> Path:
    """A zip whose names are these bytes, without a word on their encoding."""
    stand_ins = [bytes([65 + index]) * len(name) for index, name in enumerate(names)]
    with zipfile.ZipFile(path, "w") as zipped:
        for index, stand_in in enumerate(stand_ins):
            info = zipfile.ZipInfo(stand_in.decode())
            info.extra = extra
            zipped.writestr(info, str(index))
    content = path.read_bytes()
    for stand_in, name in zip(stand_ins, names, strict=True):
        assert content.count(stand_in) == 2
        content = content.replace(stand_in, name)
    path.write_bytes(content)
    return path


def tar_of_bytes(path: Path, *names: bytes) -> Path:
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT, encoding="latin-1") as tar:
        for name in names:
            info = tarfile.TarInfo(name.decode("latin-1"))
            tar.addfile(info, io.BytesIO())
    return path


def unpacked(archive: Path) -> tuple[list[str], str]:
    """The names that lie in the folder, and what was told."""
    told = io.StringIO()
    folder = archive.with_name("out")
    extract(archive, folder, Log("extract", io.StringIO(), told))
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    assert sorted(name for name, _ in open_members(archive)) == sorted(names)
    return sorted(names), told.getvalue()


def test_a_zip_of_macos_is_read_as_utf8_and_that_is_told(tmp_path: Path) -> None:
    archive = zip_of_bytes(tmp_path / "a.zip", "Äpfel/1.txt".encode(), "Äpfel/2.txt".encode())
    names, told = unpacked(archive)
    assert names == ["Äpfel/1.txt", "Äpfel/2.txt"]
    assert told == (
        f"extract: {archive}: does not tell the encoding of its names; read as utf-8, "
        "such as 'Äpfel/1.txt'\n"
    )


def test_a_zip_that_is_not_utf8_is_cp437_as_the_standard_says(tmp_path: Path) -> None:
    names, told = unpacked(zip_of_bytes(tmp_path / "a.zip", b"\x8epfel/1.txt"))
    assert names == ["Äpfel/1.txt"]
    assert "read as cp437" in told


def test_the_unicode_name_beside_the_old_one_counts(tmp_path: Path) -> None:
    raw = "Апельсины.txt".encode("cp866")
    name = "Апельсины.txt".encode()
    field = b"\1" + struct.pack("<I", zlib.crc32(raw)) + name
    extra = struct.pack("<HH", 0x7075, len(field)) + field
    names, told = unpacked(zip_of_bytes(tmp_path / "a.zip", raw, extra=extra))
    assert names == ["Апельсины.txt"]
    assert told == ""


def test_a_unicode_name_of_another_entry_does_not_count(tmp_path: Path) -> None:
    field = b"\1" + struct.pack("<I", 7) + b"other.txt"
    extra = struct.pack("<HH", 0x7075, len(field)) + field
    names, _ = unpacked(zip_of_bytes(tmp_path / "a.zip", "Ä.txt".encode(), extra=extra))
    assert names == ["Ä.txt"]


def test_a_zip_that_tells_its_encoding_is_believed_in_silence(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as zipped:
        zipped.writestr("Äpfel/1.txt", "1")
    assert unpacked(tmp_path / "a.zip") == (["Äpfel/1.txt"], "")


@pytest.mark.parametrize(
    ("raw", "name"),
    [(b"\xc4pfel/1.txt", "Äpfel/1.txt"), (b"10 \x80.txt", "10 €.txt")],
)
def test_a_tar_that_is_not_utf8_is_cp1252(tmp_path: Path, raw: bytes, name: str) -> None:
    names, told = unpacked(tar_of_bytes(tmp_path / "a.tar", raw))
    assert names == [name]
    assert told.count("read as cp1252") == 1


def test_a_tar_of_utf8_is_read_in_silence(tmp_path: Path) -> None:
    assert unpacked(tar_of_bytes(tmp_path / "a.tar", "Ä.txt".encode())) == (["Ä.txt"], "")


def test_backslashes_of_powershell_are_folders_and_that_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as zipped:
        zipped.writestr("pets\\", "")
        zipped.writestr("pets\\cat\\1.txt", "1")
        zipped.writestr("pets\\dog\\2.txt", "2")
    names, told = unpacked(tmp_path / "a.zip")
    assert names == ["pets/cat/1.txt", "pets/dog/2.txt"]
    assert told.count("\n") == 1
    assert "backslashes in its names are read as /, such as 'pets/cat/1.txt'" in told


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("x\\..\\..\\out.txt", "has a name that may lead out of its folder"),
        ("\\out.txt", "has an absolute name"),
        ("\\\\server\\share\\out.txt", "has an absolute name"),
        ("C:\\out.txt", "has an absolute name"),
        ("two\u2028lines.txt", "has a name with unprintable characters"),
    ],
)
def test_a_name_is_checked_after_its_backslashes_are_read(
    tmp_path: Path, name: str, why: str
) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as zipped:
        zipped.writestr(name, "1")
    with pytest.raises(UserError) as caught:
        unpacked(tmp_path / "a.zip")
    assert str(caught.value) == f"{tmp_path}/a.zip: refused, because member {name!r} {why}"
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_bytes_that_spell_a_way_out_in_utf8_are_refused(tmp_path: Path) -> None:
    archive = zip_of_bytes(tmp_path / "a.zip", "ä/../../x.txt".encode())
    with pytest.raises(UserError, match="may lead out of its folder"):
        unpacked(archive)


def test_blanks_and_emoji_in_members_are_kept(tmp_path: Path) -> None:
    name = "at 10\u202fPM/\U0001f468\u200d\U0001f469.txt"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as zipped:
        zipped.writestr(name, "1")
    assert unpacked(tmp_path / "a.zip") == ([name], "")
