"""Submissions: clipped, in the format of the competition's sample, refused when they do not fit."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from practical_dl.files.artefacts import write_csv
from practical_dl.images.submission.submission import (
    check_submission,
    make_submission,
    read_submission,
    require_fit,
)
from practical_dl.job.errors import UserError
from practical_dl.scoring.metrics import clip_from_below

PREDICTIONS = np.array([[0.2, 0.8], [0.5, 0.5], [1.0, 0.0]], np.float32)
IDS = ["a.jpg", "b.jpg", "c.jpg"]


def sample_of(images: list[str], *columns: str) -> pd.DataFrame:
    return pd.DataFrame({columns[0]: images, **dict.fromkeys(columns[1:], 0.5)})


def test_clipping_by_hand() -> None:
    clipped = clip_from_below(np.array([[1.0, 0.0, 0.0], [0.5, 0.3, 0.2]]), 0.1)
    assert clipped[0] == pytest.approx([1 / 1.2, 0.1 / 1.2, 0.1 / 1.2])
    assert clipped[1] == pytest.approx([0.5, 0.3, 0.2])
    assert clip_from_below(np.array([[2.0, 6.0]]), 0.0)[0] == pytest.approx([0.25, 0.75])


shapes = st.tuples(st.integers(1, 8), st.integers(2, 10))


@settings(deadline=None)
@given(arrays(np.float64, shapes, elements=st.floats(1e-9, 1)), st.floats(0, 0.099))
def test_clipped_rows_sum_to_one_and_keep_their_order(
    raw: NDArray[np.float64], floor: float
) -> None:
    clipped = clip_from_below(raw, floor)
    assert clipped.sum(axis=1) == pytest.approx(1)
    assert clipped.min() >= floor / (1 + raw.shape[1] * floor) - 1e-12
    ranks = np.argsort(raw, axis=1, kind="stable")
    assert (np.diff(np.take_along_axis(clipped, ranks, axis=1), axis=1) >= -1e-12).all()


@pytest.mark.parametrize("floor", [-0.01, 0.5, float("nan")])
def test_a_floor_that_leaves_no_choice_is_refused(floor: float) -> None:
    with pytest.raises(UserError, match=r"must be from 0 to less than 1/2$"):
        clip_from_below(np.array([[0.5, 0.5]]), floor)


def test_without_a_sample_the_columns_are_the_classes() -> None:
    made = make_submission(PREDICTIONS, IDS, ["cat", "dog"], 0.1, None, None)
    assert list(made.columns) == ["image_id", "cat", "dog"]
    assert list(made["image_id"]) == IDS
    assert made[["cat", "dog"]].to_numpy() == pytest.approx(
        np.array([[0.2, 0.8], [0.5, 0.5], [1 / 1.1, 0.1 / 1.1]])
    )


def test_a_class_may_be_called_as_the_column_of_images(tmp_path: Path) -> None:
    path = tmp_path / "submission.csv"
    write_csv(path, make_submission(PREDICTIONS, IDS, ["dog", "image_id"], 0.0, None, None))
    assert path.read_text().splitlines()[:2] == ["image_id,dog,class image_id", "a.jpg,0.2,0.8"]
    check_submission(read_submission(path), None, path)


def test_a_class_matrix_follows_the_sample_in_rows_and_columns() -> None:
    sample = sample_of(["c.jpg", "a.jpg", "b.jpg"], "img", "dog", "cat")
    made = make_submission(PREDICTIONS, IDS, ["cat", "dog"], 0.0, sample, None)
    assert list(made.columns) == ["img", "dog", "cat"]
    assert list(made["img"]) == ["c.jpg", "a.jpg", "b.jpg"]
    assert made[["dog", "cat"]].to_numpy() == pytest.approx(
        np.array([[0, 1], [0.8, 0.2], [0.5, 0.5]])
    )
    assert sample["dog"].tolist() == [0.5] * 3


@pytest.mark.parametrize(
    ("image_ids", "names"),
    [
        (["test/10.jpg", "test/2.jpg", "test/1.jpg"], ["1", "2", "10"]),
        (["00010.png", "00002.png", "00001.png"], ["1", "2", "10"]),
        (["00010.png", "00002.png", "00001.png"], ["00001", "00002", "00010"]),
        (["x.10.png", "x.2.png", "x.1.png"], ["x.1", "x.2", "x.10"]),
        (["test/10.jpg", "test/2.jpg", "test/1.jpg"], ["1.jpg", "2.jpg", "10.jpg"]),
        (["10.jpg", "2.jpg", "1.jpg"], ["test/1.jpg", "test/2.jpg", "test/10.jpg"]),
        (["10.jpg", "2.jpg", "1.jpg"], ["test/1", "test/2", "test/10"]),
        (["10.JPG", "2.jpg", "1.jpeg"], ["1", "2", "10"]),
        (["10.jpg", "2.jpg", "1.jpg"], ["001", "002", "010"]),
        (["10.jpg", "2.jpg", "1.jpg"], ["1.0", "2.0", "10.0"]),
        (["c/1.jpg", "b/1.jpg", "a/1.jpg"], ["a/1", "b/1", "c/1"]),
        (["ü.jpg", "ä.jpg", "a.jpg"], ["a.jpg", "a\u0308.jpg", "u\u0308.jpg"]),
    ],
)
def test_one_probability_an_image_known_by_name_stem_or_number(
    image_ids: list[str], names: list[str]
) -> None:
    sample = sample_of(names, "id", "label")
    made = make_submission(PREDICTIONS, image_ids, ["cat", "dog"], 0.0, sample, "dog")
    assert list(made["id"]) == names
    assert list(made["label"]) == pytest.approx([0.0, 0.5, 0.8])
    of_cats = make_submission(PREDICTIONS, image_ids, ["cat", "dog"], 0.0, sample, "cat")
    assert list(of_cats["label"]) == pytest.approx([1.0, 0.5, 0.2])


@settings(deadline=None)
@given(st.integers(1, 6), st.integers(1, 6), st.integers(1, 300), st.integers(0, 99))
def test_numbers_fit_however_they_are_padded(ours: int, theirs: int, count: int, seed: int) -> None:
    numbers = np.random.default_rng(seed).permutation(count)
    image_ids = [f"{number:0{ours}}.jpg" for number in range(count)]
    sample = sample_of([f"{number:0{theirs}}" for number in numbers], "id", "cat", "dog")
    values = np.column_stack([np.arange(count), 1000 - np.arange(count)]) / 1000
    made = make_submission(values, image_ids, ["cat", "dog"], 0.0, sample, None)
    assert list(made["cat"]) == pytest.approx(numbers / 1000)


def test_a_column_may_have_its_class_in_another_unicode_form() -> None:
    sample = sample_of(IDS, "img", "A\u0308pfel ", "dog")
    made = make_submission(PREDICTIONS, IDS, ["dog", "Äpfel"], 0.0, sample, None)
    assert list(made.columns) == ["img", "A\u0308pfel ", "dog"]
    assert list(made["dog"]) == pytest.approx([0.2, 0.5, 1.0])


def test_a_sample_without_test_pictures_is_refused() -> None:
    with pytest.raises(UserError, match="there are no test pictures; set test_folder"):
        require_fit(sample_of(IDS, "id", "label"), [], ["cat", "dog"], None, "cat", None)


def test_what_a_sample_asks_for() -> None:
    single = sample_of(IDS, "id", "label")
    assert require_fit(single, IDS, ["cat", "dog"], None, "cat", None) == "probabilities"
    words = pd.DataFrame({"id": IDS, "label": ["cat", "dog", "cat"]})
    assert require_fit(words, IDS, ["cat", "dog"], None, None, None) == "label"


@pytest.mark.parametrize("positive", [None, "fish"])
def test_the_class_of_a_single_probability_must_be_said(positive: str | None) -> None:
    sample, classes = sample_of(IDS, "id", "label"), ["cat", "dog"]
    expected = (
        "sample submission asks for one probability, label: say of which class, "
        f"cat or dog, as submission.positive (given: {positive}), or set submission.answer to label"
    )
    with pytest.raises(UserError) as early:
        require_fit(sample, IDS, classes, None, positive, None)
    with pytest.raises(UserError) as late:
        make_submission(PREDICTIONS, IDS, classes, 0.0, sample, positive)
    assert str(early.value) == str(late.value) == expected


@pytest.mark.parametrize(
    ("image_ids", "sample", "expected"),
    [
        (
            IDS,
            sample_of([*IDS, "d.jpg"], "img", "cat", "dog"),
            "sample submission: asked for, but no test picture (1): d.jpg",
        ),
        (
            IDS,
            sample_of(IDS[:1], "img", "cat", "dog"),
            "sample submission: test pictures that are not asked for (2): b.jpg, c.jpg",
        ),
        (
            ["x/a.jpg", "b.jpg", "y/a.jpg"],
            sample_of(IDS, "img", "cat", "dog"),
            "sample submission: asked for, but no test picture (1): c.jpg; "
            "fits several test pictures (1): a.jpg",
        ),
        (
            IDS,
            sample_of(["1", "2"], "img", "cat", "dog"),
            "sample submission: none of its images (such as 1) is among those predicted "
            "(such as a.jpg)",
        ),
        (
            IDS,
            sample_of(IDS, "img", "cat", "dog", "fish"),
            "sample submission asks for the classes cat, dog, fish, the predictions have cat, dog",
        ),
        (
            IDS,
            sample_of(IDS, "img", "cat", "fish"),
            "sample submission asks for the classes cat, fish, the predictions have cat, dog",
        ),
        (
            IDS,
            sample_of(IDS, "img", "Cat", "dog"),
            "sample submission asks for the classes Cat, dog, the predictions have cat, dog; it "
            "writes 'Cat' for 'cat': rename the folders of these classes",
        ),
        (
            [f"{n}.jpg" for n in range(30)],
            sample_of([f"{n}.jpg" for n in range(15, 60)], "img", "cat", "dog"),
            "sample submission: asked for, but no test picture (30): 30.jpg, "
            "31.jpg, 32.jpg, 33.jpg, 34.jpg, 35.jpg, 36.jpg, 37.jpg, 38.jpg, 39.jpg and 20 more; "
            "test pictures that are not asked for (15): 0.jpg, 1.jpg, 2.jpg, 3.jpg, 4.jpg, "
            "5.jpg, 6.jpg, 7.jpg, 8.jpg, 9.jpg and 5 more",
        ),
    ],
)
def test_what_does_not_fit_the_sample_is_refused(
    image_ids: list[str], sample: pd.DataFrame, expected: str
) -> None:
    with pytest.raises(UserError) as caught:
        require_fit(sample, image_ids, ["cat", "dog"], None, "cat", None)
    assert str(caught.value) == expected
    predictions = np.full((len(image_ids), 2), 0.5)
    with pytest.raises(UserError) as caught:
        make_submission(predictions, image_ids, ["cat", "dog"], 0.0, sample, None)
    assert str(caught.value) == expected


@pytest.mark.parametrize("row", [[np.nan, 1], [np.inf, 1], [-0.1, 1.1], [0, 0]])
def test_what_is_not_a_probability_is_refused(row: list[float]) -> None:
    predictions = np.array([[0.5, 0.5], row, [0.5, 0.5]])
    with pytest.raises(UserError, match=r"^predictions of b\.jpg are not .* \(1 of 3 images\)"):
        make_submission(predictions, IDS, ["cat", "dog"], 0.0, None, None)


def test_a_written_submission_passes_its_check(tmp_path: Path) -> None:
    predictions = np.random.default_rng(0).dirichlet(np.full(10, 0.1), 500)
    classes = [f"c{index}" for index in range(10)]
    ids = [f"{index}.jpg" for index in range(500)]
    sample = sample_of(ids[::-1], "img", *classes)
    made = make_submission(predictions, ids, classes, 1e-4, sample, None)
    path = tmp_path / "submission.csv"
    write_csv(path, made)
    written = read_submission(path)
    check_submission(written, sample, path)
    check_submission(written, None, path)
    assert np.abs(written[classes].to_numpy() - predictions[::-1]).max() < 0.002


def test_the_check_finds_what_is_wrong() -> None:
    sample = sample_of(IDS, "img", "cat", "dog")
    where = Path("s.csv")
    check_submission(sample, sample, where)
    for broken, expected in (
        (sample[["img", "dog", "cat"]], "columns differ from those of the sample"),
        (sample.iloc[::-1], "images differ from those of the sample"),
        (sample.iloc[:2], "images differ from those of the sample"),
        (sample.assign(cat=[0.5, 0.500002, 0.5]), "image b.jpg: not probabilities that sum to one"),
        (sample.assign(cat=[0.5, 0.5, np.nan]), "image c.jpg: not probabilities that sum to one"),
        (sample.assign(cat=1.2, dog=-0.2), r"image a.jpg: .* \(3 such\)"),
    ):
        with pytest.raises(UserError, match=rf"^s\.csv: {expected}"):
            check_submission(broken, sample, where)
    check_submission(sample.drop(columns="dog"), None, where)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("img\na.jpg\n", "expected a column of images, columns of numbers, and rows"),
        ("img,c0\n", "expected a column of images, columns of numbers, and rows"),
        ("img,c0\na.jpg,0.5\na.jpg,0.5\n", r"image a\.jpg stands twice \(1 such\)"),
        ("id,label\n1,0.5\n2,dog\n", "column label: could not convert string to float"),
        ("id,cat,dog\n1,dog,1\n", "column cat: could not convert string to float"),
    ],
)
def test_a_file_that_is_no_submission_is_refused(tmp_path: Path, text: str, expected: str) -> None:
    path = tmp_path / "sample_submission.csv"
    path.write_text(text)
    with pytest.raises(UserError, match=rf"sample_submission\.csv: {expected}"):
        read_submission(path)


def test_a_submission_in_the_format_of_the_real_sample() -> None:
    if "PRACTICAL_DL_DATA" not in os.environ:
        pytest.skip("PRACTICAL_DL_DATA is not set")
    path = Path(os.environ["PRACTICAL_DL_DATA"]) / "statefarm/640x480/sample_submission.csv"
    sample = read_submission(path)
    check_submission(sample, None, path)
    classes = list(sample.columns[1:])
    assert classes == [f"c{index}" for index in range(10)]
    ids = sorted(sample["img"])
    predictions = np.random.default_rng(0).dirichlet(np.ones(10), len(ids))
    made = make_submission(predictions, ids, classes, 0.0, sample, None)
    check_submission(made, sample, path)
    assert made.iloc[0, 1:].to_numpy(float) == pytest.approx(predictions[ids.index(made["img"][0])])
