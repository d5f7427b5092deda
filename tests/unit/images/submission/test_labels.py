"""Submissions of classes: when they are asked for, what each class is called, what is written."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from practical_dl.images.submission.labels import asks_for_labels, check_labels, class_codes
from practical_dl.images.submission.submission import (
    check_label_submission,
    make_label_submission,
    read_submission,
)
from practical_dl.job.errors import UserError

CLASSES = ("disc", "square", "triangle")


def sample_of(tmp_path: Path, *values: str) -> pd.DataFrame:
    rows = [f"{number}.jpg,{value}" for number, value in enumerate(values)]
    (tmp_path / "sample.csv").write_text("\n".join(["image_id,label", *rows]) + "\n")
    return read_submission(tmp_path / "sample.csv")


def test_labels_are_asked_for_by_one_column_for_many_classes_or_by_words(tmp_path: Path) -> None:
    numbers, words = sample_of(tmp_path, "0", "0"), sample_of(tmp_path, "disc", "disc")
    assert asks_for_labels(numbers, CLASSES, None)
    assert asks_for_labels(words, ("disc", "square"), None)
    assert not asks_for_labels(numbers, ("disc", "square"), None)
    assert asks_for_labels(numbers, ("disc", "square"), "label")
    assert not asks_for_labels(numbers.assign(other=0.5), CLASSES, None)


def test_classes_go_by_their_numbers_where_the_sample_does(tmp_path: Path) -> None:
    names = tmp_path / "names.json"
    names.write_text('{"4": "disc", "2": "square", "0": "triangle", "9": "unused"}')
    numbers = sample_of(tmp_path, "4", "4")
    assert class_codes(CLASSES, numbers, names) == {"disc": "4", "square": "2", "triangle": "0"}
    words = sample_of(tmp_path, "disc", "disc")
    assert class_codes(CLASSES, words, names)["disc"] == "disc"
    with pytest.raises(UserError, match="column label holds numbers"):
        class_codes(CLASSES, numbers, None)
    assert class_codes(("0", "1"), numbers, None) == {"0": "0", "1": "1"}


def test_the_most_probable_class_is_written_in_the_order_of_the_sample(tmp_path: Path) -> None:
    sample = sample_of(tmp_path, "4", "4")
    codes = {"disc": "4", "square": "2", "triangle": "0"}
    chances = np.array([[0.1, 0.7, 0.2], [0.5, 0.2, 0.3]])
    made = make_label_submission(chances, ["1.jpg", "0.jpg"], CLASSES, sample, codes)
    assert made.to_numpy().tolist() == [["0.jpg", "4"], ["1.jpg", "2"]]
    path = tmp_path / "submission.csv"
    made.to_csv(path, index=False)
    assert path.read_text() == "image_id,label\n0.jpg,4\n1.jpg,2\n"
    check_label_submission(read_submission(path), sample, codes, path)
    with pytest.raises(UserError, match="'7' is no class"):
        check_labels(pd.Series([4.0, 7.0]), codes, path)
