import numpy as np
import pandas as pd
import pytest

from practical_dl.images.networks.scratch import BUILDERS
from practical_dl.images.sample.fitting import new_model
from practical_dl.images.sample.store import SamplePictures
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import configure_tensorflow

pytest.importorskip("keras")

SHAPE = (60, 80, 3)
PIXELS = 60 * 80 * 3
INPUT_NORM = 4 * 3
PARAMETERS = {
    "linear": INPUT_NORM + PIXELS * 10 + 10,
    "linear_l2": INPUT_NORM + PIXELS * 10 + 10,
    "hidden": INPUT_NORM + PIXELS * 100 + 100 + 4 * 100 + 100 * 10 + 10,
    # 60x80 -> 58x78 -> 19x26 -> 17x24 -> 5x8
    "conv1": INPUT_NORM
    + (27 * 32 + 32 + 4 * 32)
    + (9 * 32 * 64 + 64 + 4 * 64)
    + (5 * 8 * 64 * 200 + 200 + 4 * 200)
    + (200 * 10 + 10),
    # 60x80 -> 58x78 -> 29x39 -> 27x37 -> 13x18 -> 11x16 -> 5x8
    "conv3": INPUT_NORM
    + (27 * 32 + 32 + 4 * 32)
    + (9 * 32 * 64 + 64 + 4 * 64)
    + (9 * 64 * 128 + 128 + 4 * 128)
    + (5 * 8 * 128 * 200 + 200 + 4 * 200)
    + (200 * 200 + 200 + 4 * 200)
    + (200 * 10 + 10),
}


@pytest.mark.parametrize("name", BUILDERS)
def test_the_architecture_has_the_parameters_of_the_lesson_s(name: str) -> None:
    configure_tensorflow(0)
    model = BUILDERS[name](SHAPE, 10)
    assert model.count_params() == PARAMETERS[name]
    pictures = np.random.default_rng(0).integers(0, 256, (3, *SHAPE)).astype(np.float32)
    predicted = model.predict(pictures, verbose=0)
    assert predicted.shape == (3, 10)
    assert predicted.sum(axis=1) == pytest.approx(np.ones(3), abs=1e-5)


def test_at_224_pixels_conv1_is_as_large_as_the_original() -> None:
    """36,864 values go into the dense layer, 7.37 million weights (statefarm-sample.ipynb)."""
    configure_tensorflow(0)
    model = BUILDERS["conv1"]((224, 224, 3), 10)
    [kernel] = [
        weight.shape
        for weight in model.weights
        if tuple(weight.shape[1:]) == (200,) and weight.name == "kernel"
    ]
    assert tuple(kernel) == (36_864, 200)


def test_only_the_penalised_linear_model_has_a_penalty() -> None:
    configure_tensorflow(0)
    penalised = {name for name in ("linear", "linear_l2") if BUILDERS[name](SHAPE, 10).losses}
    assert penalised == {"linear_l2"}


def test_pictures_that_are_too_small_are_refused_in_one_line() -> None:
    tiny = SamplePictures(np.zeros((1, 12, 16, 3), np.uint8), pd.DataFrame(), ("a", "b"))
    with pytest.raises(UserError, match="pictures of 12x16 are too small for conv1"):
        new_model(tiny, "conv1", seed=0)
