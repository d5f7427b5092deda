"""A small network on raw pictures that learns from the soft predictions of a large one.

Hinton, Vinyals and Dean 2015, Distilling the Knowledge in a Neural Network: the teacher's logits
and the pupil's are divided by one temperature while the pupil is trained, so that the small
probabilities, which say what looks like what, count; afterwards the pupil answers at one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.features.batches import Source
from practical_dl.images.networks.scratch import BUILDERS
from practical_dl.images.pseudo_labels.rounds import mixed_batches
from practical_dl.job.runtime import Log, configure_tensorflow
from practical_dl.training.fit import fit_next
from practical_dl.training.schedules import Schedule

if TYPE_CHECKING:
    import keras

LEAST = 1e-12


@dataclass(frozen=True)
class Pupil:
    """A network of scratch_models on pictures reduced by a whole factor, and its training.

    share: of the rows of every batch that are unlabelled pictures. batch: its labelled rows.
    """

    model: str
    width: int
    dropout: float
    shrink: int
    share: float
    schedule: Schedule
    batch: int
    memory_mb: int


def softened(probabilities: NDArray[Any], temperature: float) -> NDArray[np.float32]:
    """Probabilities (n, classes) whose logarithms are divided by `temperature`, normalised."""
    logits = np.log(np.maximum(probabilities, LEAST)) / temperature
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)


class Networks(NamedTuple):
    """The network that is trained at a temperature, and the same layers answering at one."""

    trained: "keras.Model"
    answering: "keras.Model"


def build_pupil(shape: Sequence[int], classes: int, pupil: Pupil, temperature: float) -> Networks:
    """An untrained pupil that learns at `temperature`."""
    import keras
    from keras import layers

    size = [length // pupil.shrink for length in shape[:2]]
    body = BUILDERS[pupil.model]([*size, shape[2]], classes, pupil.width, pupil.dropout)
    shared = [
        *([layers.AveragePooling2D(pupil.shrink)] if pupil.shrink > 1 else []),
        *body.layers[:-1],
        layers.Dense(classes),
    ]
    trained, answering = (
        keras.Sequential([keras.Input(tuple(shape)), *shared, *last])
        for last in ([layers.Rescaling(1 / temperature), layers.Softmax()], [layers.Softmax()])
    )
    return Networks(trained, answering)


def fit_pupil(
    sources: Sequence[Source],
    pupil: Pupil,
    temperature: float,
    seed: int,
    log: Log,
    compiled: Networks | None = None,
) -> tuple[Networks, pd.DataFrame]:
    """The pupil trained on the first of `sources`, and on a share of the second where there is one.

    Their targets must have the same temperature; 1 for true labels. An epoch is one pass over the
    first, and its batches are the same with and without a second. `compiled` is what was returned
    before for the same `pupil` and `temperature`: it is not compiled again, and what it had learned
    is lost.
    """
    configure_tensorflow(seed)
    shape, classes = sources[0].store.shape, sources[0].targets.shape[1]
    untrained = build_pupil(shape, classes, pupil, temperature)
    networks = compiled or untrained
    batches = mixed_batches(sources, pupil.share, pupil.batch, pupil.memory_mb, seed)
    trained, history = fit_next(
        compiled and compiled.trained,
        untrained.trained,
        batches,
        pupil.schedule,
        "categorical_crossentropy",
        log,
        ["accuracy"],
    )
    return networks if trained is networks.trained else untrained, history
