import gzip
import io
import lzma
import os
import stat
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practical_dl.files.archives import Limits, extract, member_names, open_members
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log

FILES = {
    "set/train/cat/0.txt": b"a cat",
    "set/train/dog/0.txt": np.random.default_rng(0).bytes(3000),
    "set/empty.txt": b"",
    "notes für alle.txt": b"second to none",
}
TAR_KINDS = ["", "gz", "xz"]
Writer = Callable[[Path, Mapping[str, bytes]], None]


def write_zip(path: Path, files: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.mkdir("set")
        for name, content in files.items():
            zipped.writestr(name, content)


def tar_writer(kind: str) -> Writer:
    def write(path: Path, files: Mapping[str, bytes]) -> None:
        folder = tarfile.TarInfo("set")
        folder.type = tarfile.DIRTYPE
        write_tar(path, [(folder, b""), *((tarfile.TarInfo(name), files[name]) for name in files)])
        if kind == "gz":
            path.write_bytes(gzip.compress(path.read_bytes()))
        if kind == "xz":
            path.write_bytes(lzma.compress(path.read_bytes(), preset=0))

    return write


def write_tar(path: Path, members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    with tarfile.open(path, "w") as tar:
        for info, content in members:
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))


WRITERS = {"zip": write_zip, **{f"tar{kind}": tar_writer(kind) for kind in TAR_KINDS}}
every_kind = pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS.keys())


def quiet_log() -> Log:
    return Log("extract", io.StringIO(), io.StringIO())


def unpack(archive: Path, folder: Path, limits: Limits | None = None) -> None:
    extract(archive, folder, quiet_log(), limits or Limits())


def files_below(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def refusal(archive: Path, limits: Limits | None = None) -> str:
    """The line in which both ways to read `archive` refuse it; nothing may be left behind."""
    before = sorted(path.name for path in archive.parent.iterdir())
    with pytest.raises(UserError) as from_extract:
        unpack(archive, archive.parent / "out", limits)
    assert sorted(path.name for path in archive.parent.iterdir()) == before
    with pytest.raises(UserError) as from_reading:
        dict(open_members(archive, limits=limits or Limits()))
    assert str(from_extract.value) == str(from_reading.value)
    assert str(archive) in str(from_extract.value)
    return str(from_extract.value)


@every_kind
def test_an_archive_is_unpacked_whole(tmp_path: Path, write: Writer) -> None:
    write(tmp_path / "archive", FILES)
    unpack(tmp_path / "archive", tmp_path / "data" / "out")
    assert files_below(tmp_path / "data") == {f"out/{name}": FILES[name] for name in FILES}


@every_kind
def test_members_are_read_in_the_order_of_the_archive(tmp_path: Path, write: Writer) -> None:
    write(tmp_path / "archive", FILES)
    assert list(open_members(tmp_path / "archive")) == list(FILES.items())


def test_members_of_a_folder_come_sorted_by_name(tmp_path: Path) -> None:
    write_zip(tmp_path / "archive", FILES)
    unpack(tmp_path / "archive", tmp_path / "out")
    assert list(open_members(tmp_path / "out")) == sorted(FILES.items())


@every_kind
def test_only_wanted_members_are_yielded(tmp_path: Path, write: Writer) -> None:
    write(tmp_path / "archive", FILES)
    names = [name for name, _ in open_members(tmp_path / "archive", lambda name: "cat" in name)]
    assert names == ["set/train/cat/0.txt"]


def test_only_wanted_members_of_a_folder_are_yielded(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a")
    (tmp_path / "b.txt").write_bytes(b"b")
    assert list(open_members(tmp_path, lambda name: name == "b.txt")) == [("b.txt", b"b")]


def test_leading_dots_are_taken_off_names(tmp_path: Path) -> None:
    root = tarfile.TarInfo("./")
    root.type = tarfile.DIRTYPE
    write_tar(tmp_path / "a.tar", [(root, b""), (tarfile.TarInfo("./x//y.txt"), b"1")])
    assert dict(open_members(tmp_path / "a.tar")) == {"x/y.txt": b"1"}


def test_an_empty_folder_is_filled_and_a_full_one_refused(tmp_path: Path) -> None:
    write_zip(tmp_path / "archive", FILES)
    folder = tmp_path / "out"
    folder.mkdir()
    unpack(tmp_path / "archive", folder)
    before = files_below(folder)
    assert before == FILES
    with pytest.raises(UserError, match="out: is there already; delete it"):
        unpack(tmp_path / "archive", folder)
    assert files_below(folder) == before


def test_what_a_killed_run_left_is_replaced(tmp_path: Path) -> None:
    write_zip(tmp_path / "archive", FILES)
    left = tmp_path / ".partial.out"
    left.mkdir()
    (left / "half.txt").write_bytes(b"half")
    unpack(tmp_path / "archive", tmp_path / "out")
    assert files_below(tmp_path / "out") == FILES
    assert not left.exists()


def test_an_absent_archive_is_one_line(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.zip") == f"{tmp_path / 'none.zip'}: no such file"


@every_kind
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("/etc/passwd", "has an absolute name"),
        ("C:/boot.ini", "has an absolute name"),
        ("C:boot.ini", "has an absolute name"),
        ("../outside.txt", "may lead out of its folder"),
        ("set/../../outside.txt", "may lead out of its folder"),
        ("..\\outside.txt", "may lead out of its folder"),
        (".", "may lead out of its folder"),
        ("two\nlines.txt", "unprintable characters"),
    ],
)
def test_names_that_lead_astray_are_refused(
    tmp_path: Path, write: Writer, name: str, why: str
) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    write(folder / "archive", {"good.txt": b"1", name: b"2"})
    message = refusal(folder / "archive")
    assert message.startswith(f"{folder / 'archive'}: refused, because member {name!r} has a")
    assert why in message
    assert [path.name for path in tmp_path.iterdir()] == ["inner"]


def test_a_name_cut_by_a_nul_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    write_zip(archive, {"good.jpg?.exe": b"1"})
    archive.write_bytes(archive.read_bytes().replace(b"jpg?", b"jpg\0"))
    assert "member 'good.jpg\\x00.exe' has a name with unprintable" in refusal(archive)


@pytest.mark.parametrize(
    "kind",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE],
)
def test_links_and_devices_in_a_tar_are_refused(tmp_path: Path, kind: bytes) -> None:
    info = tarfile.TarInfo("odd")
    info.type = kind
    info.linkname = "good.txt"
    write_tar(tmp_path / "a.tar", [(tarfile.TarInfo("good.txt"), b"1"), (info, b"")])
    assert refusal(tmp_path / "a.tar").endswith("'odd' is a link, a device or a sparse file")


def test_a_sparse_file_in_a_tar_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("odd")
    info.pax_headers = {"GNU.sparse.map": "0,1", "GNU.sparse.size": "1000000000000"}
    write_tar(tmp_path / "a.tar", [(info, b"1")])
    assert "is a link, a device or a sparse file" in refusal(tmp_path / "a.tar")


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("odd")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as zipped:
        zipped.writestr(info, "/etc/passwd")
    assert refusal(tmp_path / "a.zip").endswith("member 'odd' is a link or a device")


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    write_zip(archive, {"secret.txt": b"1"})
    content = bytearray(archive.read_bytes())
    content[content.index(b"PK\1\2", content.index(b"PK\1\2") + 4) + 8] |= 1
    archive.write_bytes(content)
    assert refusal(archive).endswith("member 'secret.txt' is encrypted")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_comes_twice_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as zipped:
        zipped.writestr("x/y.txt", "1")
        zipped.writestr("x/./y.txt", "2")
    assert refusal(tmp_path / "a.zip").endswith("member 'x/y.txt' appears twice")


@pytest.mark.parametrize("names", [("x", "x/y"), ("x/y", "x")])
def test_a_file_that_is_also_a_folder_is_refused(tmp_path: Path, names: tuple[str, str]) -> None:
    write_zip(tmp_path / "a.zip", dict.fromkeys(names, b"1"))
    with pytest.raises(UserError, match=f"member '{names[1]}' takes the place of another"):
        unpack(tmp_path / "a.zip", tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


@every_kind
def test_more_bytes_than_allowed_are_refused(tmp_path: Path, write: Writer) -> None:
    write(tmp_path / "archive", {"a": b"1" * 40_000, "b": b"2" * 40_000})
    assert "member 'b' unpacks to more than the 60,000 bytes allowed" in refusal(
        tmp_path / "archive", Limits(total_bytes=60_000)
    )
    unpack(tmp_path / "archive", tmp_path / "out", Limits(total_bytes=100_000))
    assert len(files_below(tmp_path / "out")) == 2


@pytest.mark.parametrize("kind", ["zip", "targz", "tarxz"])
def test_a_bomb_is_refused(tmp_path: Path, kind: str) -> None:
    WRITERS[kind](tmp_path / "archive", {"zeros": bytes(17 << 20)})
    assert (tmp_path / "archive").stat().st_size < 50_000
    assert "member 'zeros' unpacks to more than the 16,777,216 bytes" in refusal(
        tmp_path / "archive"
    )


def test_what_compresses_well_but_is_small_is_unpacked(tmp_path: Path) -> None:
    write_zip(tmp_path / "archive", {"zeros": bytes(1 << 20)})
    assert dict(open_members(tmp_path / "archive")) == {"zeros": bytes(1 << 20)}


def test_a_huge_header_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    header = tarfile.TarInfo("headers")
    header.type = tarfile.XHDTYPE
    header.size = 1 << 32
    content = header.tobuf() + bytes(17 << 20)
    (tmp_path / "a.tar.xz").write_bytes(lzma.compress(content, preset=0))
    assert "'its headers' unpacks to more than" in refusal(tmp_path / "a.tar.xz")


@every_kind
def test_more_members_than_allowed_are_refused(tmp_path: Path, write: Writer) -> None:
    write(tmp_path / "archive", {"a": b"", "b": b"", "c": b""})
    assert refusal(tmp_path / "archive", Limits(members=2)).endswith(
        "member 'c' is one more than the 2 allowed"
    )


@every_kind
def test_a_truncated_archive_is_refused_wherever_it_ends(tmp_path: Path, write: Writer) -> None:
    write(tmp_path / "archive", FILES)
    content = (tmp_path / "archive").read_bytes()
    # A plain tar ends in up to 10,240 zeros, of which 512 are enough.
    end = len(content.rstrip(b"\0")) if write is WRITERS["tar"] else len(content)
    for length in {*range(0, end, max(end // 15, 1)), end - 1}:
        (tmp_path / "archive").write_bytes(content[:length])
        assert "not a whole zip, tar, tar.gz or tar.xz archive" in refusal(tmp_path / "archive")


def test_a_bad_header_in_the_midst_is_not_taken_for_the_end(tmp_path: Path) -> None:
    archive = tmp_path / "a.tar"
    write_tar(archive, [(tarfile.TarInfo(name), b"1") for name in "abc"])
    content = bytearray(archive.read_bytes())
    content[1024] ^= 1
    archive.write_bytes(content)
    assert "bad header at byte 1,024" in refusal(archive)


def test_a_wrong_checksum_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("x.txt", "some content")
    archive.write_bytes(archive.read_bytes().replace(b"some content", b"same content"))
    assert "Bad CRC-32 for file 'x.txt'" in refusal(archive)


def test_a_zip_whose_directory_lost_entries_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    write_zip(archive, {"x.txt": b"1"})
    content = bytearray(archive.read_bytes())
    assert content[-22 + 10] == 2
    content[-22 + 10] = 3
    archive.write_bytes(content)
    assert "2 entries, expected 3" in refusal(archive)


def test_a_zip_with_a_comment_is_read(tmp_path: Path) -> None:
    write_zip(tmp_path / "a.zip", FILES)
    with zipfile.ZipFile(tmp_path / "a.zip", "a") as zipped:
        zipped.comment = b"made by hand"
    assert dict(open_members(tmp_path / "a.zip")) == FILES


@pytest.mark.parametrize("content", [b"", b"not an archive", bytes(2048), b"7z\xbc\xaf'\x1c" * 99])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    assert refusal(tmp_path / "a.zip").endswith("; get it again")


def test_an_archive_of_folders_only_is_refused(tmp_path: Path) -> None:
    write_zip(tmp_path / "a.zip", {})
    assert refusal(tmp_path / "a.zip") == f"{tmp_path / 'a.zip'}: holds no file; get it again"


def read_or_refuse(archive: Path) -> tuple[dict[str, bytes], str]:
    try:
        return dict(open_members(archive)), ""
    except UserError as error:
        return {}, str(error)


@settings(max_examples=50, deadline=None)
@given(
    kind=st.sampled_from(sorted(WRITERS)),
    position=st.floats(0, 1, exclude_max=True),
    value=st.integers(0, 255),
)
def test_a_damaged_archive_never_ends_in_a_traceback(
    kind: str, position: float, value: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "archive")
        WRITERS[kind](archive, FILES)
        content = bytearray(archive.read_bytes())
        content[int(position * len(content))] = value
        archive.write_bytes(content)
        members, message = read_or_refuse(archive)
    # Headers of tar and zip have checksums, the content of a plain tar has none.
    assert "\n" not in message
    assert message or len(members) == len(FILES)


def test_a_real_archive_is_unpacked_as_it_is_read(tmp_path: Path) -> None:
    if "PRACTICAL_DL_DATA" not in os.environ:
        pytest.skip("PRACTICAL_DL_DATA is not set")
    archive = Path(os.environ["PRACTICAL_DL_DATA"], "dogscats", "train.tar")
    unpack(archive, tmp_path / "out")
    members = dict(open_members(archive))
    assert len(members) == 300
    assert all(content.startswith(b"\xff\xd8") for content in members.values())
    assert files_below(tmp_path / "out") == members


@every_kind
def test_names_alone_are_those_of_the_members(tmp_path: Path, write: Writer) -> None:
    path = tmp_path / "archive"
    write(path, FILES)
    assert member_names(path) == list(FILES)
