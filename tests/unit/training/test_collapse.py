import numpy as np
import pytest

from practical_dl.training.collapse import collapse_check, describe_collapse

LABELS = np.array([0, 1, 2, 3, 0, 1, 2, 3, 0, 1])


def predictions(classes: list[int], confidence: float) -> np.ndarray:
    """Rows of four classes that give `confidence` to one and share the rest."""
    table = np.full((len(classes), 4), (1 - confidence) / 3)
    table[np.arange(len(classes)), classes] = confidence
    return table


def test_one_confident_class_is_a_collapse() -> None:
    check = collapse_check(predictions([2] * 9 + [1], 0.97), LABELS)
    assert check["share"] == 0.9
    assert check["confidence"] == pytest.approx(0.97)
    assert check["collapsed"] is True
    assert describe_collapse(check).startswith("collapsed: the most predicted class gets 90.0 %")


def test_an_unsure_model_of_one_class_has_not_collapsed() -> None:
    """Before any training all classes are nearly equal, and one of them always wins."""
    assert collapse_check(predictions([2] * 10, 0.3), LABELS)["collapsed"] is False


def test_a_confident_model_of_several_classes_has_not_collapsed() -> None:
    check = collapse_check(predictions([2] * 8 + [1, 0], 0.97), LABELS)
    assert check["share"] == 0.8
    assert check["collapsed"] is False


def test_being_right_about_a_lopsided_set_is_no_collapse() -> None:
    lopsided = np.array([2] * 19 + [1])
    assert collapse_check(predictions([2] * 20, 0.97), lopsided)["collapsed"] is False
