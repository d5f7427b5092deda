from dataclasses import replace

import numpy as np
import pytest

from practical_dl.files.predictions import ClassPredictions
from practical_dl.images.heads.grad_cam import grad_cam, most_confident

keras = pytest.importorskip("keras")


def test_the_map_shows_the_places_of_the_channel_that_speaks_for_the_class() -> None:
    head = keras.Sequential(
        [
            keras.Input((2, 3, 2)),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(2, activation="softmax", use_bias=False),
        ]
    )
    head.layers[-1].set_weights([np.array([[1.0, 0.0], [0.0, 1.0]])])
    features = np.zeros((2, 2, 3, 2), np.float16)
    features[:, 0, 1, 0] = 4  # speaks for class 0
    features[:, 1, 2, 1] = 2  # speaks for class 1
    first, second = grad_cam(head, features, np.array([0, 1]))
    assert first.tolist() == [[0, 1, 0], [0, 0, 0]]
    assert second.tolist() == [[0, 0, 0], [0, 0, 1]]


def test_a_picture_in_which_nothing_speaks_has_an_empty_map() -> None:
    head = keras.Sequential(
        [
            keras.Input((2, 2, 1)),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(2, activation="softmax"),
        ]
    )
    assert grad_cam(head, np.zeros((1, 2, 2, 1)), np.array([1])).tolist() == [[[0, 0], [0, 0]]]


def predictions() -> ClassPredictions:
    probabilities = np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4], [0.3, 0.7], [0.01, 0.99]])
    true = np.array(["a", "a", "a", "b", "a"], dtype=object)
    ids = np.array([f"{row}.jpg" for row in range(5)], dtype=object)
    return ClassPredictions(ids, ids, true, ("a", "b"), probabilities)


def test_the_surest_come_first() -> None:
    given = predictions()
    assert most_confident(given, True, 2).tolist() == [0, 3]
    assert most_confident(given, False, 5).tolist() == [4, 1]
    groups = np.array(["one", "one", "two", "two", "one"], dtype=object)
    assert most_confident(replace(given, groups=groups), False, 5).tolist() == [4]
