import numpy as np
import pytest

from practical_dl.exports.parity import Parity, compare, parity_table, require_parity
from practical_dl.job.errors import UserError

OWN = np.array([[0.9, 0.1], [0.4, 0.6]])


def test_the_largest_difference_of_all_batches_counts() -> None:
    found = Parity()
    found.add(OWN, OWN, 1.0)
    found.add(OWN, OWN + np.array([[0.0, 0.0], [0.3, -0.3]]), 0.5)
    assert (found.pictures, found.same_class) == (4, 3)
    assert found.difference == pytest.approx(0.3)


def test_the_first_batch_is_not_timed_where_there_are_others() -> None:
    found = Parity()
    found.add(OWN, OWN, 9.0)
    assert (found.timed, found.seconds) == (2, 9.0)
    for _ in range(3):
        found.add(OWN, OWN, 0.5)
    assert (found.timed, found.seconds) == (6, 1.5)


def test_what_is_no_number_is_a_difference() -> None:
    found = Parity()
    found.add(OWN, np.full((2, 2), np.nan), 1.0)
    with pytest.raises(UserError, match="--to onnx: a probability differs by 1 from"):
        require_parity("onnx", found)


def test_a_classifier_that_is_off_is_refused_and_one_that_is_near_is_not() -> None:
    pictures = [np.zeros((2, 1, 1, 3), np.uint8)]
    others = {"near": lambda _: OWN + 5e-5, "far": lambda _: OWN + 2e-4}
    found = compare(lambda _: OWN, others, pictures)  # type: ignore[arg-type]
    require_parity("near", found["near"])
    with pytest.raises(UserError, match=r"--to far: a probability differs by 0\.0002"):
        require_parity("far", found["far"])
    [row] = parity_table({"near": found["near"]}, {"near": "It"}, {"near": 2_500_000}).to_dict(
        "records"
    )
    assert (row["format"], row["read_by"], row["megabytes"]) == ("near", "It", 2.5)
    assert row["largest_difference"] == 5e-05
