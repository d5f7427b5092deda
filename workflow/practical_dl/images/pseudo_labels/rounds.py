"""Training in rounds on true and predicted labels, all settings and seeds of a fold at once.

Every round goes on from the weights of the one before, and predicts for the next. The control goes
on too, for as many epochs, on the same true rows in the same batches, without predicted ones: a
batch holds as many true rows in every setting, and as many predicted rows beside them as its share
asks for. An epoch is one pass over the true rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import h5py
import numpy as np
from numpy.typing import NDArray

from practical_dl.files.artefacts import open_hdf5, read_column, write_column, write_hdf5
from practical_dl.images.features.batches import HeldRows, Source, training_batches
from practical_dl.images.networks.heads import plain_head
from practical_dl.images.pseudo_labels.choice import (
    Probabilities,
    chosen_rows,
    pseudo_targets,
    whole_batch,
)
from practical_dl.images.pseudo_labels.material import POOLS, TRAIN, Material
from practical_dl.images.pseudo_labels.setting import Setting
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log
from practical_dl.training.fit import fit, fit_again
from practical_dl.training.recipe import Recipe

if TYPE_CHECKING:
    import keras
    import tensorflow as tf

START = "start"
ROUND_NAMES = ("setting", "weights", "predicted")
PREDICTED_AT_ONCE = 4096
MEMORY_MB = 100_000
"""The features are in memory already."""


@dataclass(frozen=True)
class Head:
    """The head of every setting and seed."""

    width: int
    dropout: float


@dataclass(frozen=True)
class Round:
    """Weights and predictions after a round, by setting and seed.

    weights (settings, seeds, numbers) of the heads; predicted (settings, seeds, rows, classes) of
    the pictures that do not train, in their order.
    """

    settings: tuple[str, ...]
    weights: NDArray[np.float32]
    predicted: Probabilities

    def of(self, setting: str) -> int:
        """The place of a setting; that of the start where it has not been trained yet."""
        return self.settings.index(setting if setting in self.settings else START)


def first_round(
    material: Material, head: Head, recipe: Recipe, seeds: Sequence[int], log: Log
) -> Round:
    """The start that all settings share: trained on the true rows, once per seed."""
    return _train(material, head, recipe, [Setting(START, "none")], seeds, None, 0, log)


def next_round(
    material: Material,
    head: Head,
    recipe: Recipe,
    settings: Sequence[Setting],
    seeds: Sequence[int],
    before: Round,
    number: int,
    log: Log,
) -> Round:
    """Round `number` (from 1): every setting and seed from where the round before left it."""
    return _train(material, head, recipe, settings, seeds, before, number, log)


def _train(
    material: Material,
    head: Head,
    recipe: Recipe,
    settings: Sequence[Setting],
    seeds: Sequence[int],
    before: Round | None,
    number: int,
    log: Log,
) -> Round:
    held_out = np.flatnonzero(material.role != TRAIN)
    trainer = _Trainer(material, head, recipe)
    runs = [(*setting, *seed) for setting in enumerate(settings) for seed in enumerate(seeds)]
    weights: list[list[NDArray[np.float32]]] = [[] for _ in settings]
    predicted: list[list[Probabilities]] = [[] for _ in settings]
    for place, setting, turn, seed in log.track(runs, len(runs), "trainings"):
        sources = [true_rows(material)]
        initial = None
        if before is not None:
            row = before.of(setting.name)
            initial = before.weights[row, turn]
            sources += predicted_rows(
                material, setting, held_out, before.predicted[row, turn], number, seed
            )
        found = trainer.train(sources, setting.share, initial, seed, number, log)
        weights[place].append(found)
        predicted[place].append(trainer.predict(material.features[held_out]))
    names = tuple(setting.name for setting in settings)
    return Round(names, np.array(weights, np.float32), np.array(predicted, np.float32))


def true_rows(material: Material) -> Source:
    """The training pictures with their labels."""
    rows = material.rows(TRAIN)
    targets = np.eye(len(material.classes), dtype=np.float32)[material.label[rows]]
    return Source(HeldRows(material.features), rows, targets)


def predicted_rows(
    material: Material,
    setting: Setting,
    held_out: NDArray[np.int64],
    predicted: Probabilities,
    number: int,
    seed: int,
) -> list[Source]:
    """The chosen pictures of the setting's pool with their pseudo-labels; no source if none is.

    `predicted` (m, classes) are of the rows `held_out` (m,).
    """
    in_pool = np.isin(material.role[held_out], POOLS[setting.pool])
    rows, probabilities = held_out[in_pool], predicted[in_pool]
    chosen = chosen_rows(probabilities, setting.threshold, setting.balanced)
    if not len(chosen):
        return []
    targets = pseudo_targets(probabilities[chosen], setting, number, seed)
    return [Source(HeldRows(material.features), rows[chosen], targets)]


def mixed_batches(
    sources: Sequence[Source], share: float, first_rows: int, memory_mb: int, seed: int
) -> "tf.data.Dataset":
    """Batches of `first_rows` rows of the first source and a `share` of the second beside them.

    A source alone gives these rows alone, in the same batches.
    """
    if len(sources) == 1:
        return training_batches(sources, [1], first_rows, memory_mb, seed)
    batch = whole_batch(first_rows, share)
    return training_batches(sources, [first_rows, batch - first_rows], batch, memory_mb, seed)


class _Trainer:
    """One head that is compiled once, whatever is trained: tracing takes longer than training."""

    def __init__(self, material: Material, head: Head, recipe: Recipe) -> None:
        self._shape = material.features.shape[1:]
        self._classes = len(material.classes)
        self._head = head
        self._recipe = recipe
        self._model = self._build(0)
        self._compiled = False

    def _build(self, seed: int) -> "keras.Model":
        import keras

        keras.utils.set_random_seed(seed)
        return plain_head(self._shape, self._classes, self._head.width, self._head.dropout)

    def train(
        self,
        sources: Sequence[Source],
        share: float,
        initial: NDArray[np.float32] | None,
        seed: int,
        number: int,
        log: Log,
    ) -> NDArray[np.float32]:
        """The weights after training from `initial` ones, or from random ones of this seed."""
        if initial is None:
            self._model.set_weights(self._build(seed).get_weights())
        else:
            _set_flat_weights(self._model, initial)
        draws = seed * 1000 + number
        _restart_dropout(self._model, draws)
        batches = mixed_batches(sources, share, self._recipe.batch_size, MEMORY_MB, draws)
        quiet = log.without_progress()
        if self._compiled:
            fit_again(self._model, batches, self._recipe.schedule, quiet)
        else:
            fit(self._model, batches, self._recipe.schedule, "categorical_crossentropy", quiet)
            self._compiled = True
        return _flat_weights(self._model)

    def predict(self, features: NDArray[Any]) -> Probabilities:
        return predict_rows(self._model, features)


def predict_rows(model: "keras.Model", features: NDArray[Any]) -> Probabilities:
    """Probabilities (n, classes) of `features` (n, d)."""
    starts = range(0, len(features), PREDICTED_AT_ONCE)
    blocks = (features[start : start + PREDICTED_AT_ONCE] for start in starts)
    return np.concatenate([model(block, training=False).numpy() for block in blocks])


def _restart_dropout(model: "keras.Model", seed: int) -> None:
    """Draws that depend on the training's seed, not on the trainings before it."""
    import keras

    dropped = [layer for layer in model.layers if isinstance(layer, keras.layers.Dropout)]
    for place, layer in enumerate(dropped):
        layer.seed_generator.state.assign(np.array([seed + 7 * place, 0], np.uint32))


def _flat_weights(model: "keras.Model") -> NDArray[np.float32]:
    """All trained numbers of a model in one row."""
    return np.concatenate([np.ravel(variable.numpy()) for variable in model.trainable_variables])


def _set_flat_weights(model: "keras.Model", numbers: NDArray[np.float32]) -> None:
    """Put back what `_flat_weights` gave."""
    ends = np.cumsum([int(np.prod(variable.shape)) for variable in model.trainable_variables])
    parts = np.split(numbers, ends[:-1])
    for variable, part in zip(model.trainable_variables, parts, strict=True):
        variable.assign(part.reshape(variable.shape))


def write_round(path: str | Path, left: Round) -> None:
    def write(file: h5py.File) -> None:
        write_column(file, "setting", np.array(left.settings, dtype=object))
        file["weights"], file["predicted"] = left.weights, left.predicted

    write_hdf5(path, write)


def read_round(path: str | Path) -> Round:
    """Read what `write_round` wrote.

    Raises:
        UserError: the file is absent or damaged, or its parts are of other settings.
    """
    with open_hdf5(path, ROUND_NAMES) as file:
        settings = tuple(str(name) for name in read_column(file, "setting"))
        weights, predicted = file["weights"][:], file["predicted"][:]
    if not len(settings) == len(weights) == len(predicted):
        raise UserError(f"{path}: its parts differ in length; delete it and run again")
    return Round(settings, weights, predicted)


def predict_teacher(material: Material, left: Round, setting: str, width: int) -> Probabilities:
    """Mean over the seeds of what a setting's heads predict of all pictures: (n, classes)."""
    model = plain_head(material.features.shape[1:], len(material.classes), width, dropout=0)
    predicted = []
    for numbers in left.weights[left.of(setting)]:
        _set_flat_weights(model, numbers)
        predicted.append(predict_rows(model, material.features))
    return np.mean(predicted, axis=0)
