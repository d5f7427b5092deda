"""Tables of groups as people have them: nothing leaks silently, nothing useful is refused."""

from pathlib import Path

import pandas as pd
import pytest

from practical_dl.images.pictures.groups import groups_of_table
from practical_dl.job.errors import UserError

IMAGES = pd.DataFrame(
    {
        "image_id": ["1.jpg", "2.jpg", "3.jpg", "4.jpg", "9.jpg"],
        "path": ["train/a/1.jpg", "train/a/2.jpg", "train/b/3.jpg", "train/b/4.jpg", "test/9.jpg"],
        "split": ["train"] * 4 + ["test"],
    }
)


def groups(tmp_path: Path, text: str, images: pd.DataFrame = IMAGES) -> tuple[list[str], list[str]]:
    """The groups, and what was told."""
    path = tmp_path / "groups.csv"
    path.write_text(text, encoding="utf-8")
    found, notes = groups_of_table(images, path)
    return list(found), [note.removeprefix(f"{path}: ") for note in notes]


def test_a_plain_table_needs_no_word(tmp_path: Path) -> None:
    assert groups(tmp_path, "image_id,group\n4.jpg,x\n3.jpg,y\n2.jpg,x\n1.jpg,y\n9.jpg,z\n") == (
        ["y", "x", "y", "x", "z"],
        [],
    )


def test_blanks_and_unicode_forms_make_no_second_group(tmp_path: Path) -> None:
    rows = "1.jpg,J\u00fcrgen K\n2.jpg,Ju\u0308rgen\u00a0 K \n3.jpg,y\n4.jpg,y \n9.jpg,y\n"
    found, told = groups(tmp_path, "image_id,group\n" + rows)
    assert found == ["J\u00fcrgen K", "J\u00fcrgen K", "y", "y", "y"]
    (line,) = told
    assert line == (
        "names that differ by blanks or Unicode form only are taken as one group: "
        "'J\u00fcrgen K' and 'Ju\u0308rgen\\xa0 K ', 'y' and 'y '"
    )


def test_case_and_zeros_are_told_and_kept_apart(tmp_path: Path) -> None:
    found, told = groups(tmp_path, "image_id,group\n1.jpg,Anna\n2.jpg,anna\n3.jpg,07\n4.jpg,7.0\n")
    assert found == ["Anna", "anna", "07", "7.0", ""]
    assert told == [
        "groups that differ by case or zeros only are taken as different: '07' and '7.0', "
        "'Anna' and 'anna'; write them alike if they are one"
    ]


def test_pictures_of_unknown_group_are_no_group_together(tmp_path: Path) -> None:
    found, told = groups(
        tmp_path, "image_id,group\n1.jpg,nan\n2.jpg,\n3.jpg,x\n4.jpg,NaN\n9.jpg,?\n"
    )
    assert found == ["1.jpg", "2.jpg", "x", "4.jpg", ""]
    assert told == [
        "3 labelled pictures of unknown group ('', 'NaN', 'nan'): each is taken as a group of its "
        "own; give a real group of this name another one"
    ]
    assert groups(tmp_path, "image_id,group\n1.jpg,-\n2.jpg,1.jpg\n3.jpg,x\n4.jpg,x\n")[0] == [
        "unknown: 1.jpg", "1.jpg", "x", "x", "",
    ]  # fmt: skip
    with pytest.raises(UserError, match="knows the group of no labelled picture"):
        groups(tmp_path, "image_id,group\n1.jpg,nan\n2.jpg,\n3.jpg,NA\n4.jpg,null\n")


def test_other_columns_and_rows_are_no_fault(tmp_path: Path) -> None:
    table = (
        "age,image_id,sex,group\n5,1.jpg,f,x\n6,2.jpg,m,y\n5,3.jpg,f,x\n6,4.jpg,m,y\n1,7.jpg,f,z\n"
    )
    assert groups(tmp_path, table) == (
        ["x", "y", "x", "y", ""],
        ["1 row of pictures that are not there, such as 7.jpg"],
    )


@pytest.mark.parametrize(
    ("ids", "told"),
    [
        (["train/a/1.jpg", "train/a/2.jpg", "train/b/3.jpg", "train/b/4.jpg"], "path"),
        (["x/1.jpg", "x/2.jpg", "y/3.jpg", "y/4.jpg"], "file name"),
        (["1", "2", "3", "4"], "name without suffix"),
        (["train\\a\\1", "train\\a\\2", "train\\b\\3", "train\\b\\4"], "name without suffix"),
        (["a/1", "a/2", "b/3", "b/4"], "file name without suffix"),
        (["001", "002", "003", "004"], "number"),
        (["1.0", "2.0", "3.0", "4.0"], "number"),
    ],
)
def test_a_picture_is_found_by_any_of_its_names(tmp_path: Path, ids: list[str], told: str) -> None:
    rows = "".join(f"{name},{group}\n" for name, group in zip(ids, "xyxy", strict=True))
    assert groups(tmp_path, "image_id,group\n" + rows) == (
        ["x", "y", "x", "y", ""],
        [f"its pictures are found by {told}"],
    )


def test_names_in_another_unicode_form_are_found(tmp_path: Path) -> None:
    images = IMAGES.assign(image_id=["a\u0308.jpg", "2.jpg", "3.jpg", "4.jpg", "9.jpg"])
    table = "image_id,group\n\u00e4.jpg,x\n2.jpg,y\n3.jpg,x\n4.jpg,y\n"
    assert groups(tmp_path, table, images) == (["x", "y", "x", "y", ""], [])


def test_a_file_name_that_two_pictures_have_tells_neither(tmp_path: Path) -> None:
    images = IMAGES.assign(
        image_id=["a/1.jpg", "a/2.jpg", "b/1.jpg", "b/2.jpg", "test/1.jpg"],
        path=["a/1.jpg", "a/2.jpg", "b/1.jpg", "b/2.jpg", "test/1.jpg"],
    )
    with pytest.raises(UserError, match="none of its pictures"):
        groups(tmp_path, "image_id,group\n1.jpg,x\n2.jpg,y\n", images)
    table = "image_id,group\na/1,x\na/2,y\nb/1,x\nb/2,y\n"
    assert groups(tmp_path, table, images)[0] == ["x", "y", "x", "y", ""]


def test_a_test_picture_is_not_taken_for_a_labelled_one(tmp_path: Path) -> None:
    images = IMAGES.assign(
        image_id=["a/1.jpg", "a/2.jpg", "b/3.jpg", "b/4.jpg", "test/1.jpg"],
        path=["train/a/1.jpg", "train/a/2.jpg", "train/b/3.jpg", "train/b/4.jpg", "test/1.jpg"],
    )
    table = "image_id,group\n1,x\n2,y\n3,x\n4,y\n"
    assert groups(tmp_path, table, images)[0] == ["x", "y", "x", "y", ""]


def test_several_rows_of_a_picture_may_say_the_same(tmp_path: Path) -> None:
    rows = "1.jpg,x\n1.jpg,x \n2.jpg,y\n3.jpg,x\n4.jpg,y\n"
    assert groups(tmp_path, "image_id,group\n" + rows)[0] == ["x", "y", "x", "y", ""]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "image_id,group\n1.jpg,x\n1.jpg,y\n3.jpg,x\n",
            "2 of 4 labelled pictures are not in it: 2.jpg, 4.jpg; add them; "
            "gives several groups to 1 picture: 1.jpg ('x' and 'y')",
        ),
        (
            "image_id,group\nb.jpg,x\n",
            "none of its pictures (such as b.jpg) is among the labelled ones (such as 1.jpg)",
        ),
        ("img,group\n1.jpg,x\n", "no column 'image_id' for `image_id`"),
    ],
)
def test_what_is_wrong_is_told_at_once(tmp_path: Path, table: str, expected: str) -> None:
    with pytest.raises(UserError) as caught:
        groups(tmp_path, table)
    assert str(caught.value).startswith(f"{tmp_path / 'groups.csv'}: {expected}")
