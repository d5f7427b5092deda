"""The papers' forms equal Keras' optimizers, and the check would notice if they did not."""

from typing import Any

import numpy as np
import pytest
import yaml

pytest.importorskip("keras")

from practical_dl.settings import configuration
from practical_dl.small.keras_checks import optimizers as keras_check
from practical_dl.small.optimizers import papers
from practical_dl.small.optimizers.descent import descend_line


@pytest.fixture(scope="module")
def settings() -> dict[str, Any]:
    config: dict[str, Any] = yaml.safe_load("{run: {}}")
    configuration.complete(config)
    return config["optimizers"]["papers"]


def test_every_method_equals_keras_over_a_hundred_steps(settings: dict[str, Any]) -> None:
    check = keras_check.check_all(settings)
    assert check["method"].tolist() == list(papers.METHODS)
    assert (check["steps"] >= 100).all()
    assert (check["largest_relative_difference"] <= check["tolerance"]).all()
    assert check["tolerance"].tolist() == [1e-6] * 4 + [1e-5] * 3


def test_the_annealing_divides_where_keras_callback_does() -> None:
    """Twelve epochs in which the rate falls at least once."""
    settings = {"rate": 1.0, "beta_1": 0.875, "beta_2": 0.9375, "ratio": 2, "divide_by": 4}
    method = papers.annealed_adam(**settings)
    ours = descend_line(method, 12)[["slope", "intercept"]].to_numpy()[1:]
    assert method.method.rate < 1
    theirs = keras_check.keras_path("annealing", settings, 12)
    np.testing.assert_allclose(ours, theirs, rtol=1e-5)


def test_a_method_that_differs_is_refused(
    settings: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "EPSILON", 1.0)
    monkeypatch.setattr(keras_check, "TOLERANCES", {"rmsprop": 1e-6})
    with pytest.raises(ArithmeticError, match="rmsprop differs from Keras"):
        keras_check.check_all(settings)
