"""The manifest's contract: written, read back, refused when it is broken."""

from pathlib import Path

import pandas as pd
import pytest

from practical_dl.images.pictures.levels import Levels
from practical_dl.images.pictures.manifest import (
    class_names,
    commonest_share,
    is_grouped,
    labelled_rows,
    levels_of_rows,
    read_manifest,
    unlabelled_rows,
    write_manifest,
)
from practical_dl.job.errors import UserError

SHA = "0123456789abcdef" * 4


def manifest() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "image_id": ["a.jpg", "b.jpg", "c.jpg", "d.jpg"],
            "path": ["train/x/a.jpg", "test/b.jpg", "train/y/c.jpg", "train/x/d.jpg"],
            "split": ["train", "test", "train", "train"],
            "label": ["x", "", "y", "x"],
            "group": ["p1", "", "p2", "p1"],
            "width": [80, 80, 60, 1],
            "height": [60, 60, 80, 1],
            "sha256": [SHA] * 4,
        }
    )


def test_manifest_comes_back_as_it_was_written(tmp_path: Path) -> None:
    write_manifest(tmp_path / "manifest.csv", manifest())
    pd.testing.assert_frame_equal(read_manifest(tmp_path / "manifest.csv"), manifest())
    lines = (tmp_path / "manifest.csv").read_text().splitlines()
    assert lines[0] == "image_id,path,split,label,group,width,height,sha256"
    assert lines[2] == f"b.jpg,test/b.jpg,test,,,80,60,{SHA}"


def test_rows_are_parted_by_whether_their_class_is_known() -> None:
    assert list(labelled_rows(manifest())["image_id"]) == ["a.jpg", "c.jpg", "d.jpg"]
    assert list(labelled_rows(manifest()).index) == [0, 1, 2]
    assert list(unlabelled_rows(manifest())["image_id"]) == ["b.jpg"]
    assert class_names(manifest()) == ["x", "y"]
    assert commonest_share(manifest()) == pytest.approx(2 / 3)


def test_a_data_set_is_grouped_when_its_labelled_images_are() -> None:
    assert is_grouped(manifest())
    assert not is_grouped(manifest().assign(group=["", "p1", "", ""]))


@pytest.mark.parametrize(
    ("column", "row", "value", "fault"),
    [
        ("image_id", 0, "", "image : image_id is empty"),
        ("image_id", 1, "a.jpg", "image a.jpg: image_id stands twice"),
        ("image_id", 2, "aa.jpg", "image aa.jpg: rows must be sorted by image_id"),
        ("path", 1, "/b.jpg", "image b.jpg: path must be relative and stay in the source"),
        ("path", 1, "test/../b.jpg", "image b.jpg: path must be relative and stay in the source"),
        ("split", 2, "valid", "image c.jpg: split must be train or test"),
        ("label", 1, "x", "image b.jpg: a test image must have no label"),
        ("label", 2, "", "image c.jpg: label is empty, other training images have one"),
        ("group", 3, "", "image d.jpg: group is empty, other training images have one"),
        ("width", 3, 0, "image d.jpg: width and height must be 1 or more"),
        ("height", 0, -1, "image a.jpg: width and height must be 1 or more"),
        ("sha256", 0, "abc", "image a.jpg: sha256 must be 64 hexadecimal digits"),
    ],
)
def test_a_broken_manifest_is_neither_written_nor_read(
    tmp_path: Path, column: str, row: int, value: object, fault: str
) -> None:
    broken = manifest()
    broken[column] = [*broken[column][:row], value, *broken[column][row + 1 :]]
    path = tmp_path / "manifest.csv"
    expected = f"{path}: {fault}; delete the file and run again"
    with pytest.raises(UserError) as caught:
        write_manifest(path, broken)
    assert str(caught.value) == expected
    assert not path.exists()
    broken.to_csv(path, index=False)
    with pytest.raises(UserError) as caught:
        read_manifest(path)
    assert str(caught.value) == expected


def test_a_data_set_may_have_no_labels_and_no_groups_at_all(tmp_path: Path) -> None:
    bare = manifest().assign(label="", group="")
    write_manifest(tmp_path / "manifest.csv", bare)
    assert labelled_rows(read_manifest(tmp_path / "manifest.csv")).empty


def test_an_empty_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="holds no image"):
        write_manifest(tmp_path / "manifest.csv", manifest().iloc[:0])


def test_sizes_must_be_whole_numbers(tmp_path: Path) -> None:
    manifest().astype({"width": str}).replace({"width": {"60": "6x"}}).to_csv(
        tmp_path / "manifest.csv", index=False
    )
    with pytest.raises(UserError, match="column width"):
        read_manifest(tmp_path / "manifest.csv")


def test_levels_come_back_and_those_of_8_bits_are_empty(tmp_path: Path) -> None:
    nan = float("nan")
    deep = manifest().assign(low=[nan, 0, -1024, 0], high=[nan, 65536, 4096, 2.0**32])
    write_manifest(tmp_path / "manifest.csv", deep)
    lines = (tmp_path / "manifest.csv").read_text().splitlines()
    assert lines[0].endswith(",sha256,low,high")
    assert [line.split(SHA)[1] for line in lines[1:3]] == [",,", ",0,65536"]
    read = read_manifest(tmp_path / "manifest.csv")
    expected = [None, Levels(0, 65536), Levels(-1024, 4096)]
    assert levels_of_rows(read)[:3] == expected
    assert levels_of_rows(manifest()) == [None] * 4


@pytest.mark.parametrize(("low", "high"), [("5", "5"), ("", "9"), ("9", "")])
def test_levels_that_hold_nothing_are_refused(tmp_path: Path, low: str, high: str) -> None:
    path = tmp_path / "manifest.csv"
    manifest().assign(low=low, high=high).to_csv(path, index=False)
    with pytest.raises(UserError, match=r"a\.jpg: high must be above low, or both empty; delete"):
        read_manifest(path)


def test_other_columns_are_refused(tmp_path: Path) -> None:
    manifest().assign(low=0).to_csv(tmp_path / "manifest.csv", index=False)
    with pytest.raises(UserError, match=r"sha256,low, expected .* more than 8 bits low,high"):
        read_manifest(tmp_path / "manifest.csv")
