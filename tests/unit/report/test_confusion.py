"""Pictures of the heads by splits."""

import numpy as np

from practical_dl.files.predictions import ClassPredictions
from practical_dl.report.confusion import confusion_matrix_figure


def test_the_confusion_matrix_is_percent_of_the_true_class() -> None:
    ids = np.array(list("wxyz"), dtype=object)
    true = np.array(list("aaab"), dtype=object)
    probabilities = np.array([[0.9, 0.1], [0.9, 0.1], [0.2, 0.8], [0.3, 0.7]])
    figure = confusion_matrix_figure(
        ClassPredictions(ids, ids, true, ("a", "b"), probabilities), "Head"
    )
    assert [text.get_text() for text in figure.axes[0].texts] == ["67", "33", "0", "100"]
    assert "75.0 % of 4 right" in figure.axes[0].get_title()


def test_of_many_classes_those_with_the_most_mistakes_are_shown() -> None:
    classes = tuple(f"class number {number:03}" for number in range(400))
    true = np.array([*classes, *classes[370:]], dtype=object)
    ids = np.array([f"{row}" for row in range(430)], dtype=object)
    chosen = [*range(400), *range(371, 400), 370]
    figure = confusion_matrix_figure(
        ClassPredictions(ids, ids, true, classes, np.eye(400)[chosen]), "Head"
    )
    (axes,) = figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == list(classes[370:])
    assert [text.get_text() for text in axes.texts].count("50") == 60
    assert "30 of 400 classes" in axes.get_title()
    assert max(figure.get_size_inches()) < 25
