"""Layouts of texts."""

import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import openpyxl
import pytest
from tests.unit.recognition.conftest import config, found, lay, settings_of, write

from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.tables import read_review_tables
from practical_dl.settings.configuration import complete

GOOD, BAD = "a good film that I liked number {}", "a bad film that I left early number {}"
ACL = [
    f"aclImdb/{part}/{name}"
    for part in ("train", "test")
    for name in ("neg/0_3.txt", "pos/0_9.txt", "urls_neg.txt", "urls_pos.txt")
]


def texts(name: str, header: str, row: str, count: int = 60) -> None:
    """A table of `count` texts: {x} is one, {l} its class (0 or 1), {n} the number of the row."""
    rows = [row.format(x=(BAD, GOOD)[n % 2].format(n), l=n % 2, n=n) for n in range(count)]
    write(name, header, rows)


def test_the_folder_of_aclimdb() -> None:
    lay(ACL)
    assert settings_of(found("aclImdb")) == ("imdb", {"path": "aclImdb"})


@pytest.mark.parametrize("name", ["aclImdb.tar", "aclImdb.tar.gz", "aclImdb.tar.xz"])
def test_the_archive_of_aclimdb(name: str) -> None:
    lay(ACL)
    modes: dict[str, Literal["w", "w:gz", "w:xz"]] = {".tar": "w", ".gz": "w:gz", ".xz": "w:xz"}
    with tarfile.open(name, modes[Path(name).suffix]) as file:
        file.add("aclImdb")
    assert settings_of(found(name)) == ("imdb", {"path": name})
    assert list(config(name)["reviews"]) == ["mine"]


def test_the_real_archive(real_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRACTICAL_DL_DATA", str(real_data))
    path = real_data / "imdb/aclImdb_labelled.tar.xz"
    assert settings_of(found(str(path))) == ("imdb", {"path": "imdb/aclImdb_labelled.tar.xz"})


def test_aclimdb_without_its_lists_of_films() -> None:
    lay(name for name in ACL if "urls" not in name)
    with pytest.raises(UserError, match="without train/urls_neg"):
        found("aclImdb")


def test_text_files_in_class_folders_have_no_source_yet() -> None:
    lay([f"mails/{kind}/{n}.txt" for kind in ("ham", "spam") for n in range(3)])
    with pytest.raises(UserError, match=r"\(mails?/?.*ham, spam\)|ham, spam.*no such source yet"):
        found("mails")


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_train_and_test_of_hugging_face(suffix: str) -> None:
    for part, count in (("train", 60), ("test", 30)):
        if suffix == "csv":
            texts(f"set/{part}.csv", "text,label", "{x},{l}", count)
        else:
            row = '{{"text": "{x}", "label": {l}}}'
            texts(f"set/{part}.jsonl", row.format(x=GOOD, l=1), row, count)
    finding = found("set")
    assert settings_of(finding)[1] == {
        "path": f"set/train.{suffix}",
        "text": "text",
        "label": "label",
        "test": f"set/test.{suffix}",
    }
    assert any("Latin script" in line for line in finding.taken)


def test_a_spreadsheet_of_comments_with_group_and_split() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["nr", "comment", "sentiment", "product", "part"])
    for n in range(60):
        parts = ("train", "valid", "test")
        row = [n, (BAD, GOOD)[n % 2].format(n), ("bad", "good")[n % 2], f"p{n % 9}", parts[n % 3]]
        sheet.append(row)
    book.create_sheet("notes").append(["nothing"])
    book.save("comments.xlsx")
    finding = found("comments.xlsx")
    assert settings_of(finding)[1] == {
        "path": "comments.xlsx",
        "text": "comment",
        "label": "sentiment",
        "split": "part",
        "group": "product",
        "format": {"sheet": "Sheet"},
    }
    told = "classes of 'sentiment': bad (30 rows), good (30 rows)"
    assert any(told in line for line in finding.taken)


def test_columns_by_what_they_hold_are_said_to_be_unsure() -> None:
    texts("t.csv", "alpha,beta", "{x},kind {l}")
    finding = found("t.csv")
    assert settings_of(finding)[1] == {"path": "t.csv", "text": "alpha", "label": "beta"}
    assert any("'alpha' is taken by what it holds: `text`" in line for line in finding.unsure)
    assert any("'beta' (2 values) is taken as the class by what" in line for line in finding.unsure)


def test_texts_without_blanks() -> None:
    rows = [f"这部电影非常{'好看' if n % 2 else '难看'}我看了{n}遍,{n % 2}" for n in range(40)]
    write("t.csv", "评论,标签", rows)
    finding = found("t.csv")
    assert settings_of(finding)[1]["text"] == "评论"
    assert any("Chinese script" in line for line in finding.taken)
    assert any("each character is read as a word" in line for line in finding.unsure)


@pytest.mark.parametrize(
    ("header", "row", "reason"),
    [
        ("text,label", "{x},{n}", "regression|almost every row"),
        ("text,stars", "{x},{n}", "no column looks like their class"),
        ("text,toxic,rude", "{x},{l},0", "several labels a text"),
        ("text,label", "{x},same", "one value only"),
        ("text,a,b", "{x},{l},k{l}", "several columns could be the class"),
    ],
)
def test_what_is_refused(header: str, row: str, reason: str) -> None:
    texts("t.csv", header, row)
    with pytest.raises(UserError, match=reason):
        found("t.csv")


@pytest.mark.parametrize(
    ("classes", "told"),
    [
        (["a", "b", "c"], "a (20 rows), b (20 rows), c (20 rows), in this order of the alphabet"),
        (["5", "4", "3", "2", "1"], "1 (12 rows), 2 (12 rows), 3 (12 rows)"),
    ],
)
def test_more_than_two_classes_are_told_in_their_order(classes: Sequence[str], told: str) -> None:
    write(
        "t.csv", "text,label", [f"{GOOD.format(n)},{classes[n % len(classes)]}" for n in range(60)]
    )
    assert told in "\n".join(found("t.csv").taken)


def test_a_table_of_three_rows() -> None:
    texts("t.csv", "text,label", "{x},{l}", 3)
    with pytest.raises(UserError, match="3 texts; at least 20"):
        found("t.csv")


def test_ratings_with_texts_are_asked_about() -> None:
    rows = [f"u{n % 9},i{n % 7},{1 + n % 2},{GOOD.format(n)},{n % 2}" for n in range(80)]
    write("t.csv", "user,item,rating,text,label", rows)
    with pytest.raises(
        UserError, match=r"2 things: .*\(--as movies\).*\(--as reviews\); choose one"
    ):
        found("t.csv")
    assert found("t.csv", "reviews").pipeline == "reviews"
    assert found("t.csv", "movies").pipeline == "movies"


def test_a_group_that_a_ready_made_split_tears_is_not_taken() -> None:
    rows = [
        f"{GOOD.format(n)},{n % 2},f{n // 2 % 9},{('train', 'test')[n // 30]}" for n in range(60)
    ]
    write("t.csv", "text,label,film,split", rows)
    finding = found("t.csv")
    assert settings_of(finding)[1] == {
        "path": "t.csv", "text": "text", "label": "label", "split": "split"
    }  # fmt: skip
    assert any("stand on several sides of the ready-made split" in u for u in finding.unsure)


def test_what_is_found_is_what_the_source_reads() -> None:
    rows = [
        f"{(BAD, GOOD)[n % 2].format(n)};{('Bad', 'good')[n % 2]};u{n // 2 % 9}" for n in range(80)
    ]
    write("t.csv", "comment;verdict;author", [*rows, f"{GOOD.format(99)};;u1", "fine;BAD;u2"])
    read = config("t.csv")
    complete(read)
    settings = read["reviews"]["mine"]["source"]["table"]
    source = read_review_tables(settings, 1, read["reviews"]["mine"]["duplicates"])
    assert settings["on_bad_rows"] == "drop"
    assert len(source.reviews) == 81
    assert source.about.classes == ("Bad", "good")
    assert source.reviews["film"].nunique() == 9


def test_a_ready_made_split_without_test_rows_is_not_taken() -> None:
    rows = [f"{GOOD.format(n)},{n % 2},{('train', 'valid')[n // 2 % 2]}" for n in range(60)]
    write("t/train.csv", "text,label,part", rows)
    finding = found("t")
    assert "split" not in settings_of(finding)[1]
    assert any("without test rows: not taken" in line for line in finding.unsure)
    write("t/test.csv", "text,label", [f"{BAD.format(n)},{n % 2}" for n in range(30)])
    settings = settings_of(found("t"))[1]
    assert settings["split"] == "part"
    assert settings["test"] == "t/test.csv"


def test_a_group_in_both_tables_is_not_taken() -> None:
    for part, start in (("train", 0), ("test", 30)):
        rows = [f"{GOOD.format(n)},{n % 2},f{n // 2 % 9}" for n in range(start, start + 60)]
        write(f"t/{part}.csv", "text,label,film", rows)
    finding = found("t")
    assert "group" not in settings_of(finding)[1]
    assert any("9 of them stand on several sides" in line for line in finding.unsure)


def test_a_table_without_a_header_loses_no_text() -> None:
    texts("t.csv", "", "{x} and so on,{l}", 60)
    lines = Path("t.csv").read_text().splitlines()[1:]
    Path("t.csv").write_text("\n".join(lines) + "\n")
    finding = found("t.csv")
    assert settings_of(finding)[1] == {
        "path": "t.csv", "text": "text", "label": "label", "format": {"columns": ["text", "label"]}
    }  # fmt: skip
    assert any(
        line.startswith("no header: columns taken for text, label") for line in finding.unsure
    )
    assert any(f"({len(lines)} rows)" in line for line in finding.taken)


def test_texts_with_labels_are_not_taken_for_unlabelled_ones() -> None:
    texts("d/train.csv", "text,label", "{x},{l}", 60)
    texts("d/unlabelled.csv", "text,label", "{x},{l}", 40)
    finding = found("d/train.csv")
    assert "unlabelled" not in settings_of(finding)[1]
    assert any(
        "is called unlabelled, but 40 of its rows have a 'label'" in u for u in finding.unsure
    )


def test_empty_texts_are_left_out() -> None:
    texts("t.csv", "text,label", "{x},{l}", 60)
    with Path("t.csv").open("a") as file:
        file.write(",1\n")
    settings = settings_of(found("t.csv"))[1]
    assert settings["on_bad_rows"] == "drop"
