"""The page on where the head looks."""

import numpy as np
import pytest

from practical_dl.files.predictions import ClassPredictions
from practical_dl.images.pages.explanations import (
    Explained,
    enlarged,
    explain_answer,
    explain_title,
    explained_figure,
    explanations_page,
    no_places_page,
)
from practical_dl.job.errors import UserError


def predictions() -> ClassPredictions:
    probabilities = np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4], [0.3, 0.7], [0.01, 0.99]])
    true = np.array(["a", "a", "a", "b", "a"], dtype=object)
    ids = np.array([f"{row}.jpg" for row in range(5)], dtype=object)
    return ClassPredictions(ids, ids, true, ("a", "b"), probabilities)


def test_the_page_counts_and_names_the_mistakes() -> None:
    answer = explain_answer(predictions())
    assert "60.0 % are right" in answer
    assert "takes a for b (2 pictures)" in answer
    one = Explained(np.zeros((30, 60, 3), np.uint8), np.eye(3, dtype=np.float32), "c0 99%")
    page = explanations_page({"right": [one]}, predictions(), "block5_conv3")
    assert "A wrong answer is given with 89.5&nbsp;% on average, a right one with 73.3" in page
    assert "features of block5_conv3; dark areas did not matter" in page
    assert explain_title(predictions(), 0) == "a 90.0 %"
    assert explain_title(predictions(), 4) == "b 99.0 %, truly a"


def test_maps_are_laid_over_pictures_of_any_size() -> None:
    assert enlarged(np.eye(3, dtype=np.float32), 30, 60).shape == (30, 60)
    one = Explained(np.zeros((30, 60, 3), np.uint8), np.eye(3, dtype=np.float32), "c0 99%")
    figure = explained_figure([one] * 5)
    assert [axis.get_title() for axis in figure.axes if axis.get_title()] == ["c0 99%"] * 5


def test_pooled_features_have_nothing_to_show() -> None:
    with pytest.raises(UserError, match="no places"):
        explanations_page({"right": [], "wrong": []}, predictions(), "layer")


def test_vectors_get_a_page_that_says_so() -> None:
    assert "last_hidden_state gives one vector per picture" in no_places_page("last_hidden_state")
