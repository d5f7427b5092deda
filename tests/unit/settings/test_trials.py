"""The comparison of optimizers as the configuration has it."""

from typing import Any

import pytest
import yaml

from practical_dl.settings import configuration, trials

CONFIG = """
run: {images: [with, without], movies: [demo], reviews: [], small: []}
images:
  with: &pictures
    source: {demo: {}}
    backbones:
      pixels: {application: Pixels, layer: pixels, weights: random, input_size: [48, 64]}
    head: {backbone: pixels}
  without: {<<: *pictures, sample: {experiments: false}}
movies:
  demo: {source: {demo: {}}, lesson: {factors: 7}}
optimizer_comparison: {movies: {epochs: 4}}
"""


@pytest.fixture
def config() -> dict[str, Any]:
    config: dict[str, Any] = yaml.safe_load(CONFIG)
    configuration.complete(config)
    return config


def test_sets_that_run_are_compared_but_for_samples_without_experiments(
    config: dict[str, Any],
) -> None:
    assert trials.trial_sets(config) == [("images", "with"), ("movies", "demo")]
    assert trials.trial_files(config, "fits.csv") == [
        "results/images/with/optimizers/fits.csv",
        "results/movies/demo/optimizers/fits.csv",
    ]


def test_inputs_are_as_many_as_the_settings_say(config: dict[str, Any]) -> None:
    inputs, settings = trials.trial_inputs(config), trials.trial_settings(config)
    assert [chosen["inputs"] for chosen in settings] == [1, 3]
    assert inputs == [
        "results/images/with/sample/images.h5",
        "results/movies/demo/ratings.h5",
        "results/movies/demo/split.h5",
        "results/movies/demo/reading.json",
    ]


def test_settings_are_those_of_the_comparison_and_of_the_data_set(config: dict[str, Any]) -> None:
    images, movies = trials.trial_settings(config)
    assert set(images["settings"]) == {"epochs", "rates", "shrink", "batch_size", "inner_share"}
    assert (movies["settings"]["epochs"], movies["settings"]["factors"]) == (4, 7)
