"""The predictions of several trainings as a file, and their scores."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from practical_dl.files.artefacts import write_csv
from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.about import CLASSES
from practical_dl.reviews.models.runs import (
    Runs,
    accuracies,
    joined_frame,
    joint_accuracy,
    read_runs,
    row_errors,
    row_hits,
    row_losses,
    runs_frame,
    runs_report,
)
from practical_dl.scoring.by_class import of_both

REVIEWS = pd.DataFrame(
    {"review_id": ["a", "b", "c"], "group": ["t1", "t1", "t2"], "true": ["pos", "neg", "pos"]},
    index=[7, 8, 9],
)
POSITIVE = [np.array([0.8, 0.4, 0.25]), np.array([0.6, 0.7, 0.5])]
BOTH = [of_both(positive) for positive in POSITIVE]


def written(folder: Path) -> Runs:
    write_csv(folder / "runs.csv", runs_frame(REVIEWS, BOTH, CLASSES, 42))
    return read_runs(folder / "runs.csv")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    runs = written(tmp_path)
    assert runs.ids.tolist() == ["a", "b", "c"]
    assert runs.films.tolist() == ["t1", "t1", "t2"]
    assert runs.labels.tolist() == [1, 0, 1]
    assert runs.seeds == ("seed_42", "seed_43")
    np.testing.assert_array_equal(runs.probabilities[:, :, 1], np.column_stack(POSITIVE))
    again = joined_frame(runs, BOTH[0], 42)
    pd.testing.assert_frame_equal(again, runs_frame(REVIEWS, BOTH[:1], CLASSES, 42))


def test_scores_are_means_over_the_trainings(tmp_path: Path) -> None:
    runs = written(tmp_path)
    assert row_hits(runs).tolist() == [1, 0.5, 0]
    assert accuracies(runs).tolist() == pytest.approx([2 / 3, 1 / 3])
    assert joint_accuracy(runs) == pytest.approx(1 / 3)
    np.testing.assert_allclose(row_losses(runs)[0], -np.log([0.8, 0.6]).mean())
    report = runs_report(runs, "m", "test", 1)
    assert report["scores"]["accuracy"]["value"] == pytest.approx(0.5)
    assert (report["n"], report["groups"]) == (3, 2)
    assert report["accuracies"] == pytest.approx([2 / 3, 1 / 3])


TOPICS = ("a: b", "news", "sport")


def test_of_more_classes_each_has_its_column(tmp_path: Path) -> None:
    topics = REVIEWS.assign(true=["sport", "a: b", "news"])
    said = np.array([[0.1, 0.2, 0.7], [0.5, 0.3, 0.2], [0.6, 0.3, 0.1]])
    frame = runs_frame(topics, [said, said[::-1]], TOPICS, 42)
    columns = frame.columns[3:].tolist()
    assert columns[:3] == ["seed_42:a: b", "seed_42:news", "seed_42:sport"]
    write_csv(tmp_path / "runs.csv", frame)
    runs = read_runs(tmp_path / "runs.csv", TOPICS)
    assert runs.seeds == ("seed_42", "seed_43")
    np.testing.assert_array_equal(runs.probabilities, np.stack([said, said[::-1]], axis=1))
    assert runs.labels.tolist() == [2, 0, 1]
    assert row_hits(runs).tolist() == [0.5, 1, 0]
    assert accuracies(runs).tolist() == pytest.approx([2 / 3, 1 / 3])
    assert row_errors(runs, (1, 2, 5)).tolist() == [(0 + 4) / 2, 0, (1 + 3) / 2]
    report = runs_report(runs, "m", "test", 1, (1, 2, 5))
    assert list(report["scores"]) == ["log_loss", "accuracy", "macro_f1", "mae"]
    assert report["scores"]["mae"]["value"] == pytest.approx(4 / 3)
    with pytest.raises(UserError, match="not a column for each class"):
        read_runs(tmp_path / "runs.csv", ("news", "sport", "a: b"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("b,t1", "a,t1", "there twice"),
        ("0.25", "1.25", "no probability"),
        ("0.25", "x", "not a number"),
        ("c,t2,pos", "c,t2,good", "no class"),
    ],
)
def test_a_spoilt_file_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    written(tmp_path)
    path = tmp_path / "runs.csv"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(UserError, match=message):
        read_runs(path)
