"""The texts that a person asks about: which files are tables, and of which column."""

import gzip
from pathlib import Path

import openpyxl
import pytest

from practical_dl.job.errors import UserError
from practical_dl.reviews.models.asked import texts_of_file


def texts(path: Path, column: str | None = None, usual: str = "") -> list[str]:
    return [text.strip() for _, text in texts_of_file(path, column, usual)]


def written(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "content",
    [
        "Good film, I liked it\nBad film, I left\n",
        "fine; really\nnot so fine\n",
        "good,bad\nfine\n",
        "Great!\tReally\nBad\n",
        "a|b c|d\ne\n",
    ],
)
def test_plain_text_is_one_review_a_line(tmp_path: Path, content: str) -> None:
    assert texts(written(tmp_path, "mine.txt", content)) == [
        line.strip() for line in content.splitlines()
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mine.csv", "id,comment\n1,Good\n2,Bad\n"),
        ("mine.csv", "comment\nGood\nBad\n"),
        ("mine.tsv", "comment\tid\nGood\t1\n\nBad\t2\n"),
        ("mine.txt", "id;comment\n1;Good\n2;Bad\n"),
        ("mine.txt", '"id","comment"\n1,Good\n2,"Bad"\n'),
        ("mine.jsonl", '{"comment": "Good"}\n{"comment": "Bad"}\n'),
    ],
)
def test_a_table_gives_the_column_of_the_models_own_texts(
    tmp_path: Path, name: str, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, name, content)
    assert texts(path, usual="comment") == ["Good", "Bad"]
    assert "reviews of column 'comment'" in capsys.readouterr().err


def test_the_column_asked_for_is_read_and_rows_keep_their_lines(tmp_path: Path) -> None:
    path = written(tmp_path, "mine.csv", 'a,b\n"x\ny",Good\n,\nz,Bad\n')
    assert list(texts_of_file(path, "b", "a")) == [(f"{path}:2", "Good"), (f"{path}:5", "Bad")]


def test_a_workbook_and_packed_texts_are_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["nr", "comment"])
    book.active.append([1, "Good"])
    book.save(tmp_path / "mine.xlsx")
    assert texts(tmp_path / "mine.xlsx", usual="comment") == ["Good"]
    (tmp_path / "mine.txt.gz").write_bytes(gzip.compress(b"Good\nBad\n"))
    assert texts(tmp_path / "mine.txt.gz") == ["Good", "Bad"]


def test_a_table_of_several_columns_asks_which(tmp_path: Path) -> None:
    path = written(tmp_path, "own.csv", "id,text,label\n1,Good,pos\n")
    with pytest.raises(UserError, match=r"own.csv: a table .* with --column \(columns: id, text"):
        texts(path)
    with pytest.raises(UserError, match=r"no column 'txt' for `text` \(did you mean 'text'"):
        texts(path, column="txt")


def test_a_row_that_does_not_fit_is_told_behind_the_others(tmp_path: Path) -> None:
    path = written(tmp_path, "own.csv", "id,text\n1,Good\n2,Bad,3\n4,Fine\n")
    found = texts_of_file(path, "text", "")
    assert [next(found)[1], next(found)[1]] == ["Good", "Fine"]
    with pytest.raises(UserError, match=r"own\.csv:3: expected 2 values"):
        next(found)
