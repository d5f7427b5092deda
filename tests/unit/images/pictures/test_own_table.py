"""A table of pictures: each row's file, class, group and side."""

from pathlib import Path

import pandas as pd
import pytest

from practical_dl.images.pictures.own_table import Rows, match_pictures, named_labels, read_rows
from practical_dl.job.errors import UserError
from practical_dl.tables.table import Options

PRESENT = ["a/1.jpg", "a/2.png", "b/03.jpg", "Zo\u0308e.jpg"]
COLUMNS = {"image": "image_id", "label": "label", "group": "patient", "split": "fold"}


def read(tmp_path: Path, text: str, columns: dict[str, str] = COLUMNS) -> Rows:
    path = tmp_path / "train.csv"
    path.write_text(text)
    return read_rows(path, columns, Options(), PRESENT)


def test_rows_are_pictures_with_class_group_and_side(tmp_path: Path) -> None:
    rows = read(
        tmp_path,
        "image_id,label,patient,fold\n1.jpg,3.0,p1,0\n2.png, cat ,p2,1.0\n03.jpg,7,p1,0\n",
    )
    assert rows.frame.to_numpy().tolist() == [
        ["a/1.jpg", "3", "p1", "0"],
        ["a/2.png", "cat", "p2", "1"],
        ["b/03.jpg", "7", "p1", "0"],
    ]
    assert list(rows.frame.index) == [2, 3, 4]
    assert not rows.mistakes.found
    assert "known by their file name" in rows.told[0]
    assert rows.told[1] == "1 picture not in train.csv: left out"


@pytest.mark.parametrize(
    ("names", "scheme"),
    [
        (["a/1.jpg", "b/03.jpg"], "name"),
        (["somewhere/a/1.jpg", "03.jpg"], "file name"),
        (["a/1", "b/03"], "name without suffix"),
        (["1", "Zöe"], "file name without suffix"),
        (["1", "3", "2"], "number"),
        (["1.jpg", "2.jpeg"], "file name without suffix"),
    ],
)
def test_names_are_matched_by_one_scheme(names: list[str], scheme: str) -> None:
    paths, found = match_pictures(pd.Series(names), PRESENT, Path("t.csv"))
    assert found == scheme
    assert (paths != "").all()


def test_a_name_that_fits_two_pictures_is_not_guessed() -> None:
    present = ["cat/1.jpg", "dog/1.jpg"]
    paths, _ = match_pictures(pd.Series(["cat/1.jpg", "dog/1.jpg"]), present, Path("t.csv"))
    assert list(paths) == present
    with pytest.raises(UserError, match="each name fits several"):
        match_pictures(pd.Series(["1.jpg"]), present, Path("t.csv"))


def test_ready_made_sides(tmp_path: Path) -> None:
    rows = read(tmp_path, "image_id,label,patient,fold\n1,x,p,Training\n2,,p,TEST\n03,x,p,val\n")
    assert list(rows.frame["given"]) == ["train", "test", "valid"]
    assert not rows.mistakes.found


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    rows = read(
        tmp_path,
        "image_id,label,patient,fold\n1.jpg,x,p,0\n1.jpg,x,p,0\n1.jpg,y,p,0\n9.jpg,x,p,0\n"
        "2.png,,p,0\n03.jpg,x,p,left\n",
    )
    found = [(one.line, one.column, one.value) for one in sorted(rows.mistakes.found)]
    assert found == [
        (2, "image_id", "1.jpg"),
        (4, "image_id", "1.jpg"),
        (5, "image_id", "9.jpg"),
        (6, "label", ""),
        (7, "fold", "left"),
    ]
    assert "1 row repeated word for word: taken once" in rows.told
    assert (rows.frame["path"] == "a/1.jpg").sum() == 2


def test_numbers_get_names(tmp_path: Path) -> None:
    labels, path = pd.Series(["0", "1", "0"]), tmp_path / "names.json"
    path.write_text('{"0": "CBB ", "1.0": "CBSD"}')
    assert list(named_labels(labels, path)) == ["CBB", "CBSD", "CBB"]
    path.write_text('["cat", "dog"]')
    assert list(named_labels(labels, path)) == ["cat", "dog", "cat"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"0": "CBB"}', "no name for the label '1'"),
        ('["CBB", "CBB"]', "two labels are called 'CBB'"),
        ('{"0": 3}', "expected an object"),
        ("{", "not readable JSON"),
    ],
)
def test_names_that_cannot_be_used(content: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "names.json"
    path.write_text(content)
    with pytest.raises(UserError, match=told):
        named_labels(pd.Series(["0", "1"]), path)
