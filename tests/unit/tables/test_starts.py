"""The first rows of a table are those of the whole, and nothing behind them is read."""

import gzip
import json
from pathlib import Path

import openpyxl
import pytest

from practical_dl.job.errors import UserError
from practical_dl.tables.starts import read_start


def lines(count: int) -> str:
    return "".join(f"{n};naïve {n}\n" for n in range(count))


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize(("count", "whole"), [(5, True), (9, True), (10, False), (100, False)])
def test_text_of_any_encoding(tmp_path: Path, encoding: str, count: int, whole: bool) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a;b\n" + lines(count), encoding=encoding)
    start = read_start(path, 9)
    assert start.columns == ["a", "b"]
    assert start.rows[4] == ["4", "naïve 4"]
    assert len(start.rows) == min(count, 9)
    assert start.whole == whole


def test_what_is_wrong_behind_the_first_rows_is_not_seen(tmp_path: Path) -> None:
    path = tmp_path / "t.csv.gz"
    with gzip.open(path, "wb") as file:
        file.write(b"a,b\n" + b"1,2\n" * 400_000 + b'"never closed\xff' * 3)
    assert read_start(path, 9).rows == [["1", "2"]] * 9


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    rows = [json.dumps({"a": n, "b": "x"}) for n in range(20)]
    path.write_text("\n".join([*rows, "broken"]))
    start = read_start(path, 9)
    assert start.columns == ["a", "b"]
    assert start.rows[8] == ["8", "x"]
    assert not start.whole


def test_of_several_sheets_the_one_with_the_wanted_columns(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("data").append(["text", "label"])
    book["data"].append(["a", 1])
    book["Sheet"].append(["notes"])
    book.save(tmp_path / "t.xlsx")
    start = read_start(tmp_path / "t.xlsx", 9, ["text", "label"])
    assert (start.sheet, start.rows, start.whole) == ("data", [["a", "1"]], True)


def test_a_first_line_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv.gz"
    with gzip.open(path, "wb") as file:
        for _ in range(70):
            file.write(b"x" * (1 << 20))
    with pytest.raises(UserError, match="a line of more than"):
        read_start(path, 9)
