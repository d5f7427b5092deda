from io import StringIO

import numpy as np
import pandas as pd
import pytest

from practical_dl.images.features.batches import HeldRows, Source, ordered_batches
from practical_dl.images.pseudo_labels.distillation import Pupil, build_pupil, fit_pupil, softened
from practical_dl.job.runtime import Log, configure_tensorflow
from practical_dl.training.recipe import Recipe

pytest.importorskip("keras")
SHAPE = (36, 40, 3)
PUPIL = Pupil("conv1", 8, 0.0, 2, 0.5, Recipe([[3, 0.02]], 8), 100)


def test_a_temperature_makes_probabilities_softer_and_keeps_their_order() -> None:
    sharp = np.array([[0.9, 0.09, 0.01], [1.0, 0.0, 0.0]])
    assert softened(sharp, 1.0)[0] == pytest.approx(sharp[0])
    roots = np.sqrt(sharp[0])
    assert softened(sharp, 2.0)[0] == pytest.approx(roots / roots.sum())
    assert softened(sharp, 2.0).sum(axis=1) == pytest.approx([1, 1])


def test_trained_and_answering_networks_are_the_same_but_for_the_temperature() -> None:
    configure_tensorflow(0)
    trained, answering = build_pupil(SHAPE, 3, PUPIL, 4.0)
    pictures = np.random.default_rng(0).normal(0, 0.5, (5, *SHAPE)).astype(np.float32)
    answers = answering(pictures, training=False).numpy()
    softer = trained(pictures, training=False).numpy()
    assert softer == pytest.approx(softened(answers, 4), abs=1e-5)
    assert answering.count_params() == trained.count_params()


def test_a_pupil_learns_from_soft_labels_of_unlabelled_pictures() -> None:
    rng = np.random.default_rng(0)
    bright = np.arange(48) % 2
    pictures = rng.integers(0, 60, (48, *SHAPE)) + 150 * bright[:, None, None, None]
    soft = np.where(bright[:, None] == [0, 1], 0.8, 0.2).astype(np.float32)
    store = HeldRows(pictures.astype(np.float16))
    sources = [Source(store, rows, soft[rows]) for rows in (np.arange(16), np.arange(16, 40))]
    log = Log("t", StringIO(), StringIO())
    networks, history = fit_pupil(sources, PUPIL, 2.0, 0, log)
    assert len(history) == 3
    last = Source(store, np.arange(40, 48), soft[40:])
    answers = networks.answering.predict(ordered_batches(last, 8), verbose=0)
    assert (answers.argmax(axis=1) == bright[40:]).all()
    other, _ = fit_pupil(sources, PUPIL, 2.0, 1, log)
    again, repeated = fit_pupil(sources, PUPIL, 2.0, 0, log, other)
    assert again is other
    pd.testing.assert_frame_equal(repeated, history)
    repeats = again.answering.predict(ordered_batches(last, 8), verbose=0)
    np.testing.assert_array_equal(repeats, answers)
