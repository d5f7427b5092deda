"""What nothing can be made of: each is one line that says what to do, and never a traceback."""

import os
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.recognition.conftest import found, lay, numbered, write, write_json

from practical_dl.cli import main
from practical_dl.job.errors import UserError
from practical_dl.recognition.recognising import recognise


def empty_folder() -> None:
    Path("it").mkdir()


def folder_of(*names: str) -> Callable[[], None]:
    return lambda: lay(f"it/{name}" for name in names)


def file_of(content: bytes, name: str = "it") -> Callable[[], None]:
    def make() -> None:
        Path(name).write_bytes(content)
        if name != "it":
            Path("it").symlink_to(name)

    return make


def numbers_alone() -> None:
    write("it", "a,b,c", [f"{n * 1.5},{n * 2.5},{n * 0.1}" for n in range(100)])


def data_base() -> None:
    with sqlite3.connect("it") as base:
        base.execute("create table t (a)")


def zip_of(*names: str) -> Callable[[], None]:
    def make() -> None:
        with zipfile.ZipFile("it", "w") as file:
            for name in names:
                file.writestr(name, b"x")

    return make


def broken_zip() -> None:
    zip_of("a/1.jpg", "b/1.jpg")()
    Path("it").write_bytes(Path("it").read_bytes()[:-30])


def broken_tar() -> None:
    lay(["x/a/1.jpg", "x/b/1.jpg"])
    with tarfile.open("it.tar.gz", "w:gz") as file:
        file.add("x")
    Path("it").write_bytes(Path("it.tar.gz").read_bytes()[:60])


def tar_with_a_link() -> None:
    with tarfile.open("it", "w") as file:
        link = tarfile.TarInfo("a/1.jpg")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        file.addfile(link)


def wide_matrix() -> None:
    films = ",".join(f"film{n}" for n in range(30))
    write("it", f"user,{films}", [f"u{n}" + ",3" * 30 for n in range(9)])


def header_alone() -> None:
    write("it", "text,label", [])


def json_object() -> None:
    write_json("it", {"a": {"b": 1}})


UNUSABLE: dict[str, tuple[Callable[[], None], str]] = {
    "nothing there": (lambda: None, "no such file or folder"),
    "an empty folder": (empty_folder, "it holds no files"),
    "hidden files alone": (folder_of(".a.jpg", "__MACOSX/b.jpg"), "it holds no files"),
    "a single picture in a folder": (folder_of("1.jpg"), "one picture only"),
    "a folder with one class": (folder_of("cat/1.jpg", "cat/2.jpg"), "without classes"),
    "one class below train": (folder_of("train/cat/1.jpg", "train/cat/2.jpg"), "one class"),
    "pictures without classes": (folder_of("IMG_1.jpg", "IMG_2.jpg"), "without classes"),
    "a folder of videos": (folder_of("a/1.mp4", "b/2.mp4"), "it holds 2 .mp4"),
    "a folder of texts": (folder_of("a.txt", "b.txt"), "it holds 2 .txt"),
    "texts in class folders": (
        folder_of("a/1.txt", "a/2.txt", "b/1.txt", "b/2.txt"), "no such source yet"
    ),
    "a folder of documents": (folder_of("a.pdf", "b.docx"), "it holds 1 .pdf, 1 .docx"),
    "a picture": (file_of(b"\xff\xd8\xff\xe0", "one.jpg"), "a single picture"),
    "a video": (file_of(b"\0\0\0\x20ftypisom" * 99, "one.mp4"), "neither an archive nor a table"),
    "an empty file": (file_of(b""), "empty"),
    "blanks alone": (file_of(b"\n \n\n"), "empty"),
    "a PDF": (file_of(b"%PDF-1.7 ..."), "a PDF file; save the table as .csv"),
    "a data base": (data_base, "SQLite"),
    "a pickle": (file_of(b"\x80\x04abc"), "pickle"),
    "an old Excel file": (file_of(b"\xd0\xcf\x11\xe0" * 9), "xls"),
    "a web page": (file_of(b"<!DOCTYPE html><html></html>"), "a web page"),
    "HDF5": (file_of(b"\x89HDF\r\n\x1a\n"), "HDF5"),
    "bytes": (file_of(bytes(range(256)) * 99), "in no encoding"),
    "zeros": (file_of(b"\0" * 9999), "neither an archive nor a table"),
    "a poem": (file_of(b"The trees, the sky,\nthe sea.\n" * 9), "no pictures, ratings or texts"),
    "numbers alone": (numbers_alone, "no pictures, ratings or texts with classes were found"),
    "a header and no rows": (header_alone, "a header and no rows"),
    "a matrix of ratings": (wide_matrix, "a column for each item .30 columns.*one row a rating"),
    "an object of JSON": (json_object, "no pictures|not an object|1 column"),
    "broken JSON": (file_of(b'{"text": "a", "label'), "not readable JSON"),
    "a quotation mark that is not closed": (file_of(b'text,label\n"a,b\n' + b"c,d\n" * 3000), "no"),
    "a broken zip": (broken_zip, "damaged zip"),
    "a broken tar.gz": (broken_tar, "get it again"),
    "an empty zip": (zip_of(), "holds no|no file|no pictures"),
    "a zip of documents": (zip_of("a.pdf", "b.pdf"), "it holds 2 .pdf"),
    "a zip that leads out": (zip_of("../a/1.jpg", "../b/1.jpg"), "lead out of its folder|refused"),
    "a tar with a link": (tar_with_a_link, "a link"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNUSABLE)
def test_what_cannot_be_used_is_one_line(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    make, reason = UNUSABLE[name]
    make()
    assert main(["new", "it"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("error: ")
    assert shown.err.count("\n") == 1
    with pytest.raises(UserError, match=reason):
        found("it")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission() -> None:
    lay(["it/a/1.jpg"])
    Path("it").chmod(0)
    with pytest.raises(UserError, match="no permission"):
        found("it")


def test_nothing_is_written(place: Path) -> None:
    lay([*numbered("pets/cat/{}.jpg", 4), *numbered("pets/dog/{}.jpg", 4)])
    write("pets/train.csv", "image,label", [f"{n}.jpg,a" for n in range(4)])
    before = {path: path.stat().st_mtime_ns for path in sorted(place.rglob("*"))}
    assert main(["new", "pets"]) in (0, 1)
    assert {path: path.stat().st_mtime_ns for path in sorted(place.rglob("*"))} == before


def test_a_table_in_an_archive_of_several_files_is_named() -> None:
    with zipfile.ZipFile("books.zip", "w") as file:
        file.writestr("ratings.csv", "user,item,stars\na,b,3\n")
        file.writestr("read me.txt", "ratings")
    with pytest.raises(UserError, match=r"an archive that holds ratings\.csv: .*unpack it"):
        recognise(Path("books.zip"))


def test_an_answer_can_be_asked_of_one_pipeline() -> None:
    lay([*numbered("pets/cat/{}.jpg", 4), *numbered("pets/dog/{}.jpg", 4)])
    assert recognise(Path("pets"), "images").pipeline == "images"
    with pytest.raises(UserError, match="no ratings were found"):
        recognise(Path("pets"), "movies")


def test_tables_that_play_no_part_are_told() -> None:
    lay(numbered("set/{}.jpg", 8))
    for name in ("train", "more"):
        write(f"set/{name}.csv", "image,label", [f"{n}.jpg,{'ab'[n % 2]}" for n in range(8)])
    finding = found("set")
    assert finding.source["table"]["path"] == "set/train.csv"
    assert "not used: more.csv; name a table to take it" in finding.unsure
