from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practical_dl.files.artefacts import write_csv
from practical_dl.files.predictions import (
    class_columns,
    class_frame,
    read_class_predictions,
    read_value_predictions,
)
from practical_dl.inspection.tables import describe_csv
from practical_dl.job.errors import UserError


def test_class_predictions_come_back_with_their_true_classes(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    probabilities = np.array([[0.25, 0.75], [0.5, 0.5]])
    write_csv(path, class_frame(["x", "y"], ["g", "h"], ["b", "a"], ["a", "b"], probabilities))
    predicted = read_class_predictions(path)
    assert predicted.classes == ("a", "b")
    assert predicted.labels().tolist() == [1, 0]
    assert predicted.groups.tolist() == ["g", "h"]
    assert predicted.probabilities.tolist() == [[0.25, 0.75], [0.5, 0.5]]


COLUMN_LIKE = [
    "id", "group", "true", "prediction", "setting", "seed", "seed_3", "image_id", "photo",
    "predicted", "confidence", "class true", "class class id", "class", "self",
]  # fmt: skip
names = st.sampled_from(COLUMN_LIKE) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(names, min_size=2, max_size=6, unique=True))
def test_a_class_may_have_any_name(tmp_path: Path, classes: list[str]) -> None:
    classes = sorted(classes)
    probabilities = np.eye(len(classes))
    rows = [f"{row}.jpg" for row in range(len(classes))]
    path = tmp_path / "predictions.csv"
    write_csv(path, class_frame(rows, rows, classes, classes, probabilities))
    predicted = read_class_predictions(path)
    assert predicted.classes == tuple(classes)
    assert predicted.labels().tolist() == list(range(len(classes)))
    assert predicted.probabilities.tolist() == probabilities.tolist()
    assert describe_csv(path).facts["score"].startswith("accuracy 1.0000")


def test_columns_of_classes_keep_their_names_where_no_other_column_has_them() -> None:
    assert class_columns(["cat", "true", "class true", "True", "seed_pumpkin"]) == [
        "cat", "class true", "class class true", "True", "seed_pumpkin",
    ]  # fmt: skip


def test_rows_without_a_group_are_groups_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("id,group,true,a,b\nx,,a,1,0\ny,,b,0,1\n")
    assert read_class_predictions(path).groups.tolist() == ["x", "y"]


def test_labels_need_known_classes(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("id,group,true,a,b\nx,g,,1,0\n")
    with pytest.raises(UserError, match="x: true class '' unknown"):
        read_class_predictions(path).labels()


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("x,g,a,0.5,0.6\n", "do not sum to one"),
        ("x,g,a,nan,0.5\n", "infinite or missing"),
        ("x,g,a,one,0.5\n", "not a number"),
        ("x,g,a,1,0\nx,g,a,1,0\n", "duplicate id x"),
    ],
)
def test_bad_class_predictions_are_refused(tmp_path: Path, rows: str, message: str) -> None:
    path = tmp_path / "p.csv"
    path.write_text("id,group,true,a,b\n" + rows)
    with pytest.raises(UserError, match=message):
        read_class_predictions(path)


def test_value_predictions_have_exactly_one_prediction(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("id,group,true,prediction\n1:2,1,4,3.5\n")
    assert read_value_predictions(path)["prediction"].tolist() == [3.5]
    path.write_text("id,group,true,guess\n1:2,1,4,3.5\n")
    with pytest.raises(UserError, match="expected one prediction"):
        read_value_predictions(path)
