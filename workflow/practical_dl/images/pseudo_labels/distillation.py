"""A small network on raw pictures that learns from the soft predictions of a large one.

Hinton, Vinyals and Dean 2015, Distilling the Knowledge in a Neural Network: the teacher's logits
and the pupil's are divided by one temperature while the pupil is trained, so that the small
probabilities, which say what looks like what, count; afterwards the pupil answers at one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.features.batches import Source, unlabelled_source
from practical_dl.images.features.store import FeatureStore
from practical_dl.images.heads.fitting import predict_rows
from practical_dl.images.networks.scratch import BUILDERS
from practical_dl.images.pseudo_labels.material import TEST, TRAIN, Material, require_pictures
from practical_dl.images.pseudo_labels.rounds import (
    Round,
    mixed_batches,
    predict_teacher,
    true_rows,
)
from practical_dl.images.pseudo_labels.setting import CONTROL
from practical_dl.job.runtime import Log, configure_tensorflow
from practical_dl.training.fit import fit_next
from practical_dl.training.recipe import Recipe

if TYPE_CHECKING:
    import keras

LEAST = 1e-12


@dataclass(frozen=True)
class Pupil:
    """A network on pictures reduced by a whole factor, and its training.

    share: of the rows of every batch that are unlabelled pictures, beside the labelled rows that
    the recipe counts. memory_mb: for pictures in memory.
    """

    model: str
    width: int
    dropout: float
    shrink: int
    share: float
    recipe: Recipe
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
    batches = mixed_batches(sources, pupil.share, pupil.recipe.batch_size, pupil.memory_mb, seed)
    trained, history = fit_next(
        compiled and compiled.trained,
        untrained.trained,
        batches,
        pupil.recipe.schedule,
        "categorical_crossentropy",
        log,
        ["accuracy"],
    )
    return networks if trained is networks.trained else untrained, history


@dataclass(frozen=True)
class Distilled:
    """The results of distillation.

    predicted: probabilities (labelled pictures, classes) of the teacher and of both pupils, out of
    fold; histories: of all trainings; model: the distilled pupil of the last fold.
    """

    predicted: Mapping[str, NDArray[np.float64]]
    histories: pd.DataFrame
    classes: Sequence[str]
    model: "keras.Model"


def distil(
    stores: Sequence[FeatureStore],
    folds: Iterable[tuple[Material, Round]],
    pupil: Pupil,
    head_width: int,
    temperature: float,
    seed: int,
    log: Log,
) -> Distilled:
    """Train the pupil by folds: on true labels, and on the teacher's soft ones of all pictures.

    Args:
        stores: pictures, labelled and where there are any of the test.
        folds: what may be seen of each fold, and its heads after the last round: the control's
            are the teacher, as wide as `head_width`.
    """
    count = len(stores[0].rows)
    predicted: dict[str, NDArray[np.float64]] = {}
    histories, networks = [], dict[str, Networks]()
    for fold, (material, last) in enumerate(folds):
        require_pictures(material, [list(store.rows["image_id"]) for store in stores])
        teacher = predict_teacher(material, last, CONTROL, head_width)
        held_out = np.setdiff1d(np.arange(count), material.rows(TRAIN))
        scored = unlabelled_source(stores[0], held_out, len(material.classes))
        found = {"teacher": teacher[held_out]}
        for name, (sources, heat) in _lessons(stores, material, teacher, temperature).items():
            log.info(f"fold {fold + 1}: {name}")
            networks[name], history = fit_pupil(
                sources, pupil, heat, seed + fold, log, networks.get(name)
            )
            found[name] = predict_rows(networks[name].answering, scored, pupil.recipe.batch_size)
            histories.append(history.assign(setting=name, seed=seed + fold))
        for name, values in found.items():
            whole = predicted.setdefault(name, np.zeros((count, len(material.classes))))
            whole[held_out] = values
    model = networks["pupil_distilled"].answering
    return Distilled(predicted, pd.concat(histories), material.classes, model)


def _lessons(
    stores: Sequence[FeatureStore],
    material: Material,
    teacher: NDArray[Any],
    temperature: float,
) -> dict[str, tuple[list[Source], float]]:
    """The rows that each pupil is trained on, and its temperature."""
    soft = softened(teacher, temperature)
    train, test = material.rows(TRAIN), material.rows(TEST)
    taught = [Source(stores[0], train, soft[train])]
    if len(test):
        taught.append(Source(stores[1], np.arange(len(test)), soft[test]))
    truly = [Source(stores[0], train, true_rows(material).targets)]
    return {"pupil_true": (truly, 1.0), "pupil_distilled": (taught, temperature)}
