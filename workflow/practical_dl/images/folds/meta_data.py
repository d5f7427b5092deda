"""The size of a picture as a second input, and what it gives against the same net without it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.networks.heads import BATCH_NORM_MOMENTUM
from practical_dl.images.titles import VARIANTS
from practical_dl.job.runtime import Log, configure_tensorflow
from practical_dl.training.fit import fit_next
from practical_dl.training.recipe import Recipe

if TYPE_CHECKING:
    import keras

Columns = NDArray[np.float32]

WIDTH, DROPOUT = 64, 0.5
PREDICTED_AT_ONCE = 1024


def size_columns(rows: pd.DataFrame) -> Columns:
    """Logarithms of width, height and their ratio, each with mean 0 and deviation 1: (n, 3).

    What is equal for all pictures is 0.
    """
    width, height = (np.log(rows[side].to_numpy(np.float64)) for side in ("width", "height"))
    values = np.stack([width, height, width - height], axis=1)
    centred = values - values.mean(axis=0)
    deviation = centred.std(axis=0)
    known = deviation > 1e-9
    return np.where(known, centred / np.where(known, deviation, 1), 0).astype(np.float32)


def _variants_of(columns: Columns, seed: int) -> dict[str, Columns]:
    """The columns of every variant: none of them, as they are, and dealt to other pictures."""
    mixed = np.random.default_rng(seed).permutation(len(columns))
    return dict(zip(VARIANTS, (np.zeros_like(columns), columns, columns[mixed]), strict=True))


def _two_input_head(features: int, columns: int, classes: int) -> "keras.Model":
    """Pooled features and meta-data, joined before the last hidden layer (lesson 7's fish)."""
    import keras
    from keras import layers

    of_picture, of_meta = keras.Input((features,)), keras.Input((columns,))
    joined = layers.Concatenate()([layers.Dropout(DROPOUT)(of_picture), of_meta])
    hidden = layers.Dense(WIDTH, activation="relu")(joined)
    hidden = layers.BatchNormalization(momentum=BATCH_NORM_MOMENTUM)(hidden)
    answer = layers.Dense(classes, activation="softmax")(layers.Dropout(DROPOUT)(hidden))
    return keras.Model([of_picture, of_meta], answer)


def fit_variants(
    features: NDArray[Any],
    columns: Columns,
    labels: NDArray[np.int64],
    fold: NDArray[np.int64],
    recipe: Recipe,
    seeds: Sequence[int],
    log: Log,
) -> Mapping[str, NDArray[np.float64]]:
    """Probabilities (n, classes) of each row by every variant, means over `seeds`.

    Each row's are of nets that were not trained on its fold; all variants have equal seeds.
    """
    classes = int(labels.max()) + 1
    found = {name: np.zeros((len(labels), classes)) for name in VARIANTS}
    runs = [(seed, number) for seed in seeds for number in np.unique(fold)]
    model = None
    for seed, number in log.track(runs, len(runs), "fits"):
        held_out = fold == number
        for name, given in _variants_of(columns, seed).items():
            configure_tensorflow(seed)
            untrained = _two_input_head(features.shape[1], columns.shape[1], classes)
            inputs = features[~held_out], given[~held_out]
            targets = np.eye(classes, dtype=np.float32)[labels[~held_out]]
            model, _ = fit_next(
                model,
                untrained,
                _batches(inputs, targets, recipe.batch_size, seed),
                recipe.schedule,
                "categorical_crossentropy",
                log.without_progress(),
                optimizer=recipe.optimizer,
            )
            asked = [features[held_out], given[held_out]]
            predicted = model.predict(asked, PREDICTED_AT_ONCE, verbose=0)
            found[name][held_out] += predicted / len(seeds)
    return found


def _batches(inputs: Any, targets: NDArray[np.float32], batch: int, seed: int) -> Any:
    import tensorflow as tf

    rows = tf.data.Dataset.from_tensor_slices((inputs, targets))
    return rows.shuffle(len(targets), seed=seed).batch(batch)
