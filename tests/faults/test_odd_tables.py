"""A hundred odd tables, each through the doors of pictures, ratings and texts.

Each is read as it is meant, row by row, or refused in words that name the file and what is wrong.
"""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from practical_dl.images.pictures.table_source import table as picture_table
from practical_dl.job.errors import UserError
from practical_dl.movies.ratings.own_table import read_own_table
from practical_dl.reviews.corpus.tables import read_review_tables
from practical_dl.tables.table import Options
from tests.unit.movies.ratings.own import settings as rating_settings
from tests.unit.reviews.corpus.test_tables import DEFAULTS

Row = tuple[str, str]
Spoil = Callable[[list[Row]], str | bytes]


class Door(NamedTuple):
    """A door: its two columns, ten rows of them, and how it reads a table into such rows."""

    header: Row
    rows: list[Row]
    read: Callable[[Path], list[Row]]


def read_pictures(path: Path) -> list[Row]:
    root = path.parent / "root"
    (root / "train").mkdir(parents=True)
    for number in range(10):
        (root / f"train/p{number}.jpg").write_bytes(b"\xff\xd8\xff")
    columns = {"image": "name", "label": "label"}
    found = picture_table(root, {"table": path}, columns, Options(), "refuse", None).images
    return [(name, label) for name, label in found[["image_id", "label"]].to_numpy()]


def read_ratings(path: Path) -> list[Row]:
    found = read_own_table(path, None, rating_settings(user="name", item="name", rating="label"))
    names, table = found.ratings.user_names, found.ratings.ratings
    assert names is not None
    return [
        (names[user], f"{rating:g}")
        for user, rating in zip(table["user_id"], table["rating"], strict=True)
    ]


DUPLICATES = {"size": 5, "similarity": 0.5}


def read_texts(path: Path) -> list[Row]:
    source = read_review_tables(
        {**DEFAULTS, "path": str(path), "text": "name", "label": "label"}, 1, DUPLICATES
    )
    labels = [source.about.classes[label] for label in source.reviews["label"]]
    return sorted(zip(source.reviews["text"], labels, strict=True))


DOORS = {
    "pictures": Door(
        ("name", "label"),
        [(f"p{n}.jpg", "cat" if n % 2 else "dog") for n in range(10)],
        read_pictures,
    ),
    "ratings": Door(
        ("name", "label"), [(f"user {n}", str(1 + n % 5)) for n in range(10)], read_ratings
    ),
    "texts": Door(
        ("name", "label"),
        [(f"well number {n}", "good" if n % 2 else "bad") for n in range(10)],
        read_texts,
    ),
}


def written(rows: list[Row], separator: str = ",", end: str = "\n") -> str:
    return "".join(separator.join(row) + end for row in [("name", "label"), *rows])


def quoted(rows: list[Row]) -> str:
    return "".join(f'"{a}","{b}"\n' for a, b in [("name", "label"), *rows])


def with_line(place: int, line: str) -> Spoil:
    def spoil(rows: list[Row]) -> str:
        lines = written(rows).splitlines(keepends=True)
        return "".join([*lines[:place], line, *lines[place:]])

    return spoil


def zipped(rows: list[Row]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("table.csv", written(rows))
        file.writestr("__MACOSX/._table.csv", "x")
    return content.getvalue()


def workbook(rows: list[Row]) -> bytes:
    import openpyxl

    book, content = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    for row in [("name", "label"), *rows]:
        book.active.append([int(value) if value.isdecimal() else value for value in row])
    book.save(content)
    return content.getvalue()


RIGHT: dict[str, Spoil] = {
    "semicolons": lambda rows: written(rows, ";"),
    "tabs": lambda rows: written(rows, "\t"),
    "bars": lambda rows: written(rows, "|"),
    "two colons": lambda rows: written(rows, "::"),
    "CRLF": lambda rows: written(rows, end="\r\n"),
    "a mark": lambda rows: b"\xef\xbb\xbf" + written(rows).encode(),
    "UTF-16": lambda rows: written(rows).encode("utf-16"),
    "UTF-16 without a mark": lambda rows: written(rows).encode("utf-16-le"),
    "all quoted": quoted,
    "blanks behind commas": lambda rows: written(rows, ", "),
    "blanks around names": lambda rows: written(rows).replace("name,label", " name , label "),
    "blank lines": lambda rows: written(rows).replace("\n", "\n\n") + "\n \n",
    "no last line end": lambda rows: written(rows).rstrip("\n"),
    "empty columns": lambda rows: written(rows, end=",,\n"),
    "another column": lambda rows: written([(a, f"{b},x") for a, b in rows]).replace(
        "name,label\n", "name,label,more\n"
    ),
    "columns the other way round": lambda rows: written([(b, a) for a, b in rows]).replace(
        "name,label", "label,name"
    ),
    "gz": lambda rows: gzip.compress(written(rows).encode(), mtime=0),
    "zip": zipped,
    "workbook": workbook,
    "JSON Lines": lambda rows: "\n".join(json.dumps({"name": a, "label": b}) for a, b in rows),
    "a JSON list": lambda rows: json.dumps([{"label": b, "name": a} for a, b in rows]),
    "a number for the label": lambda rows: written(
        [(a, f"{b}.0" if b.isdecimal() else b) for a, b in rows]
    ),
}
WRONG: dict[str, tuple[Spoil, str]] = {
    "nothing": (lambda _: "", "empty"),
    "blanks": (lambda _: "  \n\n", "empty"),
    "a header alone": (lambda _: written([]), "a header and no rows"),
    "no header": (lambda rows: written(rows).split("\n", 1)[1], "no column 'name'"),
    "another header": (
        lambda rows: written(rows).replace("name,label", "nmae,Label"),
        "did you mean",
    ),
    "a column twice": (
        lambda rows: written([(a, f"{b},{b}") for a, b in rows]).replace(
            "name,label\n", "name,label,label\n"
        ),
        "two columns are called 'label'",
    ),
    "a row too long": (with_line(3, "a,b,c,d\n"), ":4: expected 2 values"),
    "a row too short": (with_line(3, "alone\n"), ":4: expected 2 values"),
    "an empty label": (with_line(5, "p9.jpg,\n"), ":6: label: ''"),
    "an open quotation mark": (with_line(2, '"p1.jpg,1\n'), "quotation mark"),
    "a web page": (lambda _: "<!DOCTYPE html><html></html>", "a web page"),
    "a pointer of Git LFS": (
        lambda _: "version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
        "Git LFS",
    ),
    "an old workbook": (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "save it as .xlsx"),
    "a pickle": (lambda _: b"\x80\x04\x95\x10\x00", "pickle"),
    "a cut gz": (
        lambda rows: gzip.compress(written(rows).encode(), mtime=0)[:-9],
        "not readable",
    ),
    "a cut zip": (lambda rows: zipped(rows)[:-30], "not readable|damaged"),
    "a cut JSON": (lambda _: '{"name": "p0.jpg", "label"', "not readable JSON"),
}


@pytest.mark.parametrize("name", DOORS)
@pytest.mark.parametrize("odd", RIGHT)
def test_an_odd_table_is_read_as_it_is_meant(odd: str, name: str, tmp_path: Path) -> None:
    door = DOORS[name]
    content = RIGHT[odd](door.rows)
    path = tmp_path / "table"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert door.read(path) == door.rows


@pytest.mark.parametrize("name", DOORS)
@pytest.mark.parametrize("odd", WRONG)
def test_a_wrong_table_is_refused_in_words(odd: str, name: str, tmp_path: Path) -> None:
    spoil, words = WRONG[odd]
    content = spoil(DOORS[name].rows)
    path = tmp_path / "table"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UserError) as caught:
        DOORS[name].read(path)
    assert str(path) in str(caught.value)
    assert any(word in str(caught.value) for word in words.split("|")), caught.value
