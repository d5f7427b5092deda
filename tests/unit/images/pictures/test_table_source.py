"""The adapter of a table of pictures: what becomes of its rows, its test part and its names."""

import json
from pathlib import Path

import pytest

from practical_dl.images.pictures.table_source import Named, table
from practical_dl.job.errors import UserError
from practical_dl.tables.mistakes import OnBadRows
from practical_dl.tables.table import Options

COLUMNS = {"image": "image_id", "label": "label", "group": "patient"}
ROWS = "image_id,label,patient\n1.jpg,0,p1\n2.jpg,1,p1 \n3.jpg,0,p2\n4.jpg,1,nan\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("train/1", "train/2", "train/3", "train/4", "train/5", "test/8", "test/9"):
        path = tmp_path / f"root/{name}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\xff\xd8\xff")
    (tmp_path / "train.csv").write_text(ROWS)
    return tmp_path / "root"


def read(
    root: Path,
    columns: dict[str, str] = COLUMNS,
    on_bad_rows: OnBadRows = "refuse",
    predicted: str | None = "test_images",
    **others: str,
) -> Named:
    files = {"table": root.parent / "train.csv"}
    for name, text in others.items():
        files[name] = root.parent / f"{name}.file"
        files[name].write_text(text)
    return table(root, files, columns, Options(), on_bad_rows, predicted)


def rows_of(named: Named) -> list[list[str]]:
    columns = ["image_id", "path", "split", "label", "group"]
    return named.images[columns].sort_values("image_id").to_numpy().tolist()


def test_classes_groups_and_the_folder_of_tests(root: Path) -> None:
    named = read(root)
    assert rows_of(named) == [
        ["1.jpg", "train/1.jpg", "train", "0", "p1"],
        ["2.jpg", "train/2.jpg", "train", "1", "p1"],
        ["3.jpg", "train/3.jpg", "train", "0", "p2"],
        ["4.jpg", "train/4.jpg", "train", "1", "4.jpg"],
        ["8.jpg", "test/8.jpg", "test", "", ""],
        ["9.jpg", "test/9.jpg", "test", "", ""],
    ]
    told = " | ".join(named.told)
    assert "1 picture not in train.csv: left out" in told
    assert "1 labelled picture of unknown group ('nan')" in told


def test_labels_get_their_names(root: Path) -> None:
    named = read(root, labels=json.dumps({"0": "cat", "1": "dog"}))
    assert sorted(set(named.images["label"]) - {""}) == ["cat", "dog"]


def test_a_second_table_names_the_pictures_to_predict(root: Path) -> None:
    named = read(root, test="image_id\n5\n")
    assert [row[:3] for row in rows_of(named) if row[2] == "test"] == [
        ["5.jpg", "train/5.jpg", "test"]
    ]


def test_a_picture_of_both_parts_is_refused(root: Path) -> None:
    with pytest.raises(UserError, match=r"1 picture of the test part have a class"):
        read(root, test="image_id\n1\n")


def test_a_ready_made_split(root: Path) -> None:
    (root.parent / "train.csv").write_text(
        "image_id,label,part\n1,a,train\n2,b,train\n3,a,valid\n4,b,valid\n5,a,test\n"
    )
    named = read(root, {"image": "image_id", "label": "label", "split": "part"})
    given = named.images.set_index("image_id")["given"]
    assert given[["1.jpg", "3.jpg", "5.jpg", "8.jpg"]].tolist() == ["train", "valid", "", ""]
    assert "1 row of the test part: classes not used" in named.told[-1]


@pytest.mark.parametrize(
    ("side", "predicted", "reason"),
    [
        ("test", None, r"1 row of the test part by its split, but the source has no test part"),
        ("valid", "rows", r"source\.table\.test is rows, but no row is called test"),
    ],
)
def test_a_split_and_the_test_part_must_agree(
    root: Path, side: str, predicted: str | None, reason: str
) -> None:
    (root.parent / "train.csv").write_text(
        f"image_id,label,part\n1,a,train\n2,b,train\n3,a,valid\n4,b,valid\n5,a,{side}\n"
    )
    columns = {"image": "image_id", "label": "label", "split": "part"}
    with pytest.raises(UserError, match=reason):
        read(root, columns, predicted=predicted)


def test_mistakes_are_refused_all_at_once_or_dropped(root: Path) -> None:
    (root.parent / "train.csv").write_text(ROWS + "7.jpg,0,p3\n5.jpg,,p3\n")
    with pytest.raises(UserError) as caught:
        read(root)
    assert "train.csv:6: image_id: '7.jpg', expected the name" in str(caught.value)
    assert "train.csv:7: label: '', expected a class" in str(caught.value)
    named = read(root, on_bad_rows="drop")
    assert len(named.images) == 6
    assert [mistake.line for mistake in named.mistakes[0].found] == [6, 7]


def test_classes_of_one_picture_are_refused(root: Path) -> None:
    (root.parent / "train.csv").write_text(ROWS.replace("4.jpg,1", "4.jpg,2"))
    with pytest.raises(UserError, match="class 1 has a single image"):
        read(root)
