"""One class against the rest."""

import numpy as np

from practical_dl.reviews.models.against_rest import contests, joined


def test_two_classes_are_one_contest() -> None:
    assert [found.tolist() for found in contests(np.array([1, 0, 1]))] == [[1, 0, 1]]
    assert joined([np.array([0.25, 0.5])]).tolist() == [[0.75, 0.25], [0.5, 0.5]]


def test_of_three_each_is_asked_for_and_brought_to_one() -> None:
    asked = [found.tolist() for found in contests(np.array([2, 0, 1]))]
    assert asked == [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
    found = joined([np.array([0.3, 0.0]), np.array([0.2, 0.0]), np.array([0.1, 0.0])])
    np.testing.assert_allclose(found, [[1 / 2, 1 / 3, 1 / 6], [1 / 3, 1 / 3, 1 / 3]], rtol=1e-9)
