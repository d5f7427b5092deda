"""A table is read the same whatever its form; each form is made here as people save it."""

import datetime
import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from practical_dl.job.errors import UserError
from practical_dl.tables.mistakes import Mistakes
from practical_dl.tables.reading import open_table, read_blocks, read_whole
from practical_dl.tables.table import Options

WANTED = {"user": "User-ID", "rating": "Rating"}
ROWS = [("Zoë", "4,5", "fine"), ("7", "10", 'said "so"; really'), ("x y", "0", "two\nlines")]


def read(path: Path, named: dict[str, str] = WANTED, **options: object) -> tuple[pd.DataFrame, str]:
    table = open_table(path, Options(**options), list(named.values()))  # type: ignore[arg-type]
    mistakes = Mistakes(path)
    frame = read_whole(table, named, mistakes)
    mistakes.settle("refuse")
    return frame, table.note


def quoted(separator: str) -> str:
    def cell(value: str) -> str:
        return '"' + value.replace('"', '""') + '"'

    rows = [("User-ID", "Rating", "text"), *ROWS]
    return "".join(separator.join(map(cell, row)) + "\n" for row in rows)


def write_xlsx(path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    notes = book.active
    assert notes is not None
    notes.append(["About these ratings"])
    sheet = book.create_sheet("Ratings")
    sheet.append(["User-ID", "Rating", "text"])
    for row in ROWS:
        sheet.append(row)
    book.save(path)


def write_json_lines(path: Path) -> None:
    rows = [dict(zip(("User-ID", "Rating", "text"), row, strict=True)) for row in ROWS]
    path.write_text("\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n")


def write_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("__MACOSX/._ratings.csv", "x")
        zipped.writestr("ratings.csv", quoted(","))


FORMS: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "comma": ("r.csv", lambda path: path.write_text(quoted(","), "utf-8"), "',', utf-8, 3 rows"),
    "semicolon, cp1252": (
        "r.csv",
        lambda path: path.write_text(quoted(";"), "cp1252"),
        "';', cp1252, 3 rows",
    ),
    "tab, UTF-16": ("r.txt", lambda path: path.write_text(quoted("\t"), "utf-16"), "tab, utf-16"),
    "two colons": ("r.dat", lambda path: path.write_text(quoted("::")), "'::', utf-8, 3 rows"),
    "mark, CRLF, blank lines": (
        "r.csv",
        lambda path: path.write_bytes(
            b"\xef\xbb\xbf" + quoted("|").replace("\n", "\r\n").encode() + b"\r\n \r\n"
        ),
        "'|', utf-8-sig, 3 rows",
    ),
    "gz": ("r.csv.gz", lambda path: path.write_bytes(gzip.compress(quoted(",").encode())), "','"),
    "zip": ("r.csv.zip", write_zip, "','"),
    "xlsx": ("r.xlsx", write_xlsx, "sheet 'Ratings'"),
    "JSON Lines": ("r.jsonl", write_json_lines, "JSON Lines, 3 rows"),
    "parquet": (
        "r.parquet",
        lambda path: (
            pytest.importorskip("polars")
            .DataFrame(ROWS, schema=["User-ID", "Rating", "text"], orient="row")
            .write_parquet(path)
        ),
        "Parquet, 3 rows",
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_rows(form: str, tmp_path: Path) -> None:
    name, write, note = FORMS[form]
    write(tmp_path / name)
    frame, told = read(tmp_path / name, {**WANTED, "text": "text"})
    rows = [tuple(row) for row in frame[["user", "rating", "text"]].to_numpy()]
    assert [(a, b, c.replace("\r\n", "\n")) for a, b, c in rows] == ROWS
    assert told.startswith("read as: ")
    assert note in told


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text('User-ID,Rating\n"a\nb",1\n\nc,2\n')
    frame, _ = read(path)
    assert list(frame.index) == [2, 5]


def test_blocks_are_bounded(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("User-ID,Rating\n" + "".join(f"u{n},{n % 5}\n" for n in range(25)))
    blocks = list(read_blocks(open_table(path, Options()), WANTED, Mistakes(path), rows=10))
    assert [len(block) for block in blocks] == [10, 10, 5]
    assert blocks[2]["user"].iloc[-1] == "u24"


def test_a_separator_is_told_by_the_names_that_are_wanted(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("User-ID;Rating, of 10;Rating\na;1,5;2,5\nb;1,5;3,5\n")
    frame, note = read(path)
    assert list(frame["rating"]) == ["2,5", "3,5"]
    assert "';'" in note


def test_a_file_of_one_column_keeps_its_commas(tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_text("text\nWell, well, well\nNo\nYes, and no\n")
    frame, note = read(path, {"text": "text"})
    assert list(frame["text"]) == ["Well, well, well", "No", "Yes, and no"]
    assert "one value a line" in note


def test_quotation_marks_that_are_plain_characters(tmp_path: Path) -> None:
    path = tmp_path / "r.tsv"
    path.write_text('User-ID\tRating\n"a\t1\n12" b\t2\nc\t3\n')
    frame, note = read(path)
    assert list(frame["user"]) == ['"a', '12" b', "c"]
    assert "taken as they are" in note


def test_backslashes_before_quotation_marks(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text('"User-ID";"Rating"\n"a \\"b\\"; c";"1"\n"d";"2"\n')
    frame, note = read(path)
    assert list(frame["user"]) == ['a "b"; c', "d"]
    assert "\\ before quotes" in note


def test_a_mark_that_is_never_closed_swallows_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text('User-ID,Rating,text\na,1,"fine, so far"\nb,2,"not closed\nc,3,x\nd,4,y\n')
    with pytest.raises(UserError, match=r"r\.csv:3: a quotation mark .* not closed"):
        read(path)


def test_a_table_without_a_header(tmp_path: Path) -> None:
    path = tmp_path / "u.data"
    path.write_text("1\t5\n2\t4\n")
    frame, _ = read(path, columns=["User-ID", "Rating"])
    assert list(frame["user"]) == ["1", "2"]
    with pytest.raises(UserError, match="names 1 columns, but line 1 has 2 values"):
        read(path, columns=["User-ID"])


def test_columns_that_are_not_there_name_those_near_them(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("user_id,Ratings,x,x\na,1,2,3\n")
    with pytest.raises(UserError) as caught:
        read(path, {**WANTED, "time": "x"})
    told = str(caught.value)
    assert "no column 'User-ID' for `user` (did you mean 'user_id'?)" in told
    assert "no column 'Rating' for `rating` (did you mean 'Ratings'?)" in told
    assert "two columns are called 'x'" in told


def test_rows_of_another_length_are_told_all_at_once(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("User-ID,Rating,\na,1\nb\nc,2,\nd,3,,,\ne,4,x\n")
    mistakes = Mistakes(path)
    frame = read_whole(open_table(path, Options()), WANTED, mistakes)
    assert list(frame["user"]) == ["a", "c", "d"]
    assert [mistake.line for mistake in mistakes.found] == [3, 6]


def test_numbers_and_dates_of_a_workbook(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["User-ID", "Rating", "when"])
    sheet.append([4.0, 4.5, datetime.datetime(2024, 2, 29)])
    sheet.append([True, None, datetime.datetime(2024, 2, 29, 12, 30)])
    book.save(tmp_path / "r.xlsx")
    frame, _ = read(tmp_path / "r.xlsx", {**WANTED, "time": "when"})
    assert frame.to_numpy().tolist() == [
        ["4", "4.5", "2024-02-29"],
        ["true", "", "2024-02-29T12:30:00"],
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .xlsx"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
        (b"\x80\x04\x95rest", "pickle"),
        (b'{"User-ID": 1}\n{"User-ID": \n', "r:2: not readable JSON"),
        (b"[1, 2]", "no column"),
        (b"PK\x03\x04 cut", "not readable"),
        (b"PAR1 cut", "not a readable Parquet file"),
        (gzip.compress(b"User-ID,Rating\na,1\n", mtime=0)[:-6], "not readable"),
        (b"User-ID,Rating\n", "a header and no rows"),
        (gzip.compress(b"0" * 90_000_000, mtime=0), "unpacks to more than|a line of more than"),
    ],
)
def test_what_is_no_table_is_one_line(content: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "r"
    path.write_bytes(content)
    if content.startswith(b"PAR1"):
        pytest.importorskip("polars")
    with pytest.raises(UserError, match=told) as caught:
        read(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_encoding_that_is_given_is_held_to(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes("User-ID,Rating\nŻółć,1\n".encode("cp1250"))
    frame, note = read(path, encoding="cp1250")
    assert frame["user"].iloc[0] == "Żółć"
    assert "cp1250" in note
    with pytest.raises(UserError, match="not utf-8 after line 1"):
        read(path, encoding="utf-8")
    with pytest.raises(UserError, match="'utf8000' is unknown"):
        read(path, encoding="utf8000")


def test_half_a_character_that_json_escapes_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text('{"User-ID": "a\\ud83d", "Rating": "\\ud83d\\ude00"}\n')
    assert read(path)[0].to_numpy().tolist() == [["a\ufffd", "\U0001f600"]]
