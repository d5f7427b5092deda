"""What is told of files that are equal byte for byte."""

import pandas as pd

from practical_dl.images.pictures.measuring import copies_told

COLUMNS = ["path", "split", "label", "group", "sha256"]


def told(*rows: tuple[str, ...]) -> list[str]:
    return copies_told(pd.DataFrame(rows, columns=COLUMNS))


def test_pictures_that_differ_need_no_word() -> None:
    assert told(("a", "train", "cat", "", "1"), ("b", "train", "dog", "", "2")) == []


def test_copies_under_two_classes_are_named() -> None:
    first, second = told(("a", "train", "cat", "", "1"), ("b", "train", "dog", "", "1"))
    assert first.startswith("1 picture stand under several classes, byte for byte: a, b;")
    assert second == (
        "1 labelled picture are copies of others and of no group: they can train and validate"
    )


def test_copies_in_the_test_part_and_in_two_groups_are_counted() -> None:
    lines = told(
        ("a", "train", "cat", "p", "1"),
        ("b", "train", "cat", "q", "1"),
        ("c", "train", "cat", "q", "2"),
        ("d", "test", "", "", "2"),
    )
    assert lines == [
        "1 test picture lie among the labelled ones too",
        "1 picture stand in several groups, so a split by groups has them on both sides",
    ]
