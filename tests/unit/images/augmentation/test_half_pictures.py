"""Pictures made of the halves of two of one class."""

import numpy as np

from practical_dl.images.augmentation.half_pictures import join_halves, partners


def test_halves_come_from_pictures_of_the_same_class() -> None:
    labels = np.array([0, 1, 0, 1, 2])
    drawn = partners(labels, np.array([0, 1, 2, 3, 4] * 20), np.random.default_rng(0))
    assert (labels[drawn] == np.tile(labels, 20)).all()
    assert len(set(drawn[:5:2])) >= 2
    left, right = np.zeros((1, 1, 3, 1)), np.ones((1, 1, 3, 1))
    assert join_halves(left, right).ravel().tolist() == [0, 0, 1]
