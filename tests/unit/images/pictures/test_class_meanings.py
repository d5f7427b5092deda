"""Classes by what people call them."""

import numpy as np
import pytest

from practical_dl.files.predictions import ClassPredictions
from practical_dl.images.pictures.class_meanings import class_names, named, with_names
from practical_dl.job.errors import UserError


def test_the_configuration_names_classes_and_drivers_have_names_already() -> None:
    own = {"class_names": {"c0": "calm"}, "source": {"demo": {}}}
    assert class_names(own) == {"c0": "calm"}
    assert class_names({**own, "class_names": {}})["c5"] == "at the radio"
    assert class_names({"class_names": {}, "source": {"folder": "x"}}) == {}


def test_predictions_keep_their_labels_under_new_names() -> None:
    ids = np.array(["1", "2"], dtype=object)
    probabilities = np.array([[0.9, 0.1], [0.2, 0.8]])
    true = np.array(["b", ""], dtype=object)
    found = with_names(ClassPredictions(ids, ids, true, ("a", "b"), probabilities), {"b": "bee"})
    assert found.classes == ("a", "b bee")
    assert found.true.tolist() == ["b bee", ""]
    assert found.probabilities is probabilities


def test_a_name_of_no_class_is_refused() -> None:
    with pytest.raises(UserError, match="class_names: c11: no such class; there are c0, c1"):
        named(["c0", "c1"], {"c11": "eleven"})
