"""What columns hold, and what they are called."""

from collections.abc import Sequence

import pytest

from practical_dl.recognition.column_names import column_for, is_called
from practical_dl.recognition.columns import Column, label_fault, scripts_told, several_labels


def column(values: Sequence[str], name: str = "c") -> Column:
    return Column(name, values, len(values))


@pytest.mark.parametrize(
    ("purpose", "columns", "found"),
    [
        ("user", ["ISBN", "User-ID"], "User-ID"),
        ("label", ["class_name", "Label"], "Label"),
        ("group", ["image", "patient_number"], "patient_number"),
        ("text", ["id", "reviewText"], "reviewText"),
        ("text", ["评论"], "评论"),
        ("rating", ["Bewertung"], "Bewertung"),
        ("rating", ["separating"], None),
        ("label", ["labelled_by_hand", "x"], None),
        ("time", ["unix_review_time"], "unix_review_time"),
        ("picture", ["image file"], "image file"),
    ],
)
def test_columns_by_their_names(purpose: str, columns: Sequence[str], found: str | None) -> None:
    assert column_for(purpose, columns) == found


def test_a_column_that_only_ends_so_is_not_called_so() -> None:
    assert is_called("group", "Patient ID")
    assert not is_called("group", "patient_number")


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        (["a", "b"] * 9, None),
        (["1", "0"] * 9, None),
        ([str(n % 7) for n in range(70)], None),
        ([str(n % 100) for n in range(1000)], None),
        ([f"{n % 9}.5" for n in range(90)], None),
        ([f"{n}.5" for n in range(90)], "regression"),
        ([str(n % 200 * 2) for n in range(1000)], "regression"),
        (["a"] * 9, "one value only"),
        ([f"name {n}" for n in range(90)], "almost every row"),
    ],
)
def test_what_can_be_classes(values: Sequence[str], fault: str | None) -> None:
    found = label_fault(column(values))
    assert found is None if fault is None else fault in str(found)


@pytest.mark.parametrize(
    ("values", "mark"),
    [
        (["cat", "dog", "cat|dog", "dog|cow", "cat|cow"], "|"),
        (["1 2", "2", "2 3", "1 3", "1 2 3"], " "),
        (["golden retriever", "great dane", "poodle"], None),
        (["a, b", "c", "d"], None),
        (["New York", "New Delhi", "York"], None),
    ],
)
def test_several_labels_in_a_cell(values: Sequence[str], mark: str | None) -> None:
    assert several_labels(column(values)) == mark


@pytest.mark.parametrize(
    ("values", "is_split", "are_folds"),
    [
        (["train", "Valid", "TEST"], True, False),
        (["0", "1", "2", "3"] * 5, True, True),
        (["1", "2", "3"] * 5, True, True),
        (["0", "2"] * 5, False, False),
        (["0"] * 99 + ["1"], False, False),
        (["train"] * 5, False, False),
        (["train", "other"], False, False),
    ],
)
def test_splits_and_folds(values: Sequence[str], is_split: bool, are_folds: bool) -> None:
    assert column(values).is_split == is_split
    assert column(values).are_folds == are_folds


@pytest.mark.parametrize(
    ("values", "is_time"),
    [
        (["881250949", "891717742"], True),
        (["1300000000000", "1300000001000"], True),
        (["2021-03-04", "2021-03-04T10:00:00Z"], True),
        (["3/4/2021", "13/4/2021"], True),
        (["1", "5", "3"], False),
        (["yesterday"], False),
        ([], False),
    ],
)
def test_times(values: Sequence[str], is_time: bool) -> None:
    assert column(values).is_time == is_time


@pytest.mark.parametrize(
    ("values", "is_text"),
    [
        ([f"this is a review of film {n}" for n in range(9)], True),
        ([f"这部电影真的非常好看{n}" for n in range(9)], True),
        ([f"img_{n:09}_of_the_set.jpg" for n in range(9)], False),
        (["the very same sentence of words"] * 9, False),
        ([str(n) for n in range(9)], False),
    ],
)
def test_texts(values: Sequence[str], is_text: bool) -> None:
    assert column(values).is_text == is_text


@pytest.mark.parametrize(
    ("text", "scripts"),
    [
        ("Ça va très bien", ["Latin"]),
        ("Очень хорошо", ["Cyrillic"]),
        ("这很好", ["Chinese"]),
        ("とても良い", ["Japanese", "Chinese"]),
        ("아주 좋아", ["Korean"]),
        ("123 !?", []),
    ],
)
def test_scripts(text: str, scripts: Sequence[str]) -> None:
    assert scripts_told([text]) == scripts
