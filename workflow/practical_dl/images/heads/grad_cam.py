"""Where a head looks: gradient-weighted class activation maps (Selvaraju et al. 2017, ICCV).

The maps are taken on the stored features, so the convolutions need not run again.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import read_json
from practical_dl.files.predictions import ClassPredictions
from practical_dl.images.features.store import FeatureStore

if TYPE_CHECKING:
    import keras

Maps = NDArray[np.float32]

SHOWN = 8
"""Predictions that are explained, of right and of wrong ones each."""


def grad_cam(
    head: "keras.Model", features: NDArray[np.floating], classes: NDArray[np.int64]
) -> Maps:
    """Maps (n, height, width) from 0 to 1 of the places that speak for class `classes[i]`.

    `features` (n, height, width, channels) enter `head`. A channel weighs as much as the mean
    gradient of the class's log-odds against the other classes over its places; what speaks
    against the class is left out.
    """
    import tensorflow as tf

    given = tf.convert_to_tensor(features, tf.float32)
    rows = tf.stack([tf.range(len(classes)), tf.cast(classes, tf.int32)], axis=1)
    with tf.GradientTape() as tape:
        tape.watch(given)
        chosen = tf.gather_nd(head(given, training=False), rows)
        chosen = tf.clip_by_value(chosen, 1e-6, 1 - 1e-6)
        odds = tf.math.log(chosen) - tf.math.log(1 - chosen)
    weights = tf.reduce_mean(tape.gradient(odds, given), axis=(1, 2), keepdims=True)
    maps = tf.nn.relu(tf.reduce_sum(weights * given, axis=3)).numpy()
    highest = maps.max(axis=(1, 2), keepdims=True)
    return np.divide(maps, highest, out=np.zeros_like(maps), where=highest > 0)


def most_confident(predicted: ClassPredictions, right: bool, count: int) -> NDArray[np.int64]:
    """Rows of the `count` most confident right, or wrong, predictions, the surest first.

    One at most of each group, true class and predicted class: pictures of a group are alike.
    """
    labels, chosen = predicted.labels(), predicted.probabilities.argmax(axis=1)
    rows = np.flatnonzero((chosen == labels) == right)
    surest = rows[np.argsort(-predicted.probabilities[rows].max(axis=1), kind="stable")]
    alike = pd.DataFrame({"group": predicted.groups, "true": labels, "taken": chosen})
    return surest[~alike.iloc[surest].duplicated().to_numpy()][:count]


def explained_content(
    head: "keras.Model", store: FeatureStore, predicted: ClassPredictions
) -> dict[str, Any]:
    """The content of an explained.json: image_id and map of the surest predictions.

    In the lists `right` and `wrong`, each in the store's order; empty where features are pooled
    and have no places.
    """
    if len(store.shape) != 3:
        return {"right": [], "wrong": []}
    place = {image: row for row, image in enumerate(store.rows["image_id"])}
    return {
        name: _explained(head, store, place, predicted, most_confident(predicted, right, SHOWN))
        for name, right in (("right", True), ("wrong", False))
    }


def _explained(
    head: "keras.Model",
    store: FeatureStore,
    place: Mapping[str, int],
    predicted: ClassPredictions,
    rows: NDArray[np.int64],
) -> list[dict[str, Any]]:
    if not len(rows):
        return []
    rows = rows[np.argsort([place[predicted.ids[row]] for row in rows])]
    features = store.read(np.array([place[predicted.ids[row]] for row in rows]))
    maps = grad_cam(head, features, predicted.probabilities[rows].argmax(axis=1))
    shown = zip(predicted.ids[rows], maps.tolist(), strict=True)
    return [{"image_id": image_id, "map": values} for image_id, values in shown]


def read_explained(path: str | Path) -> dict[str, dict[str, Maps]]:
    """Read an explained.json: the map (height, width) of each picture, by its id, of each list."""
    content = read_json(path, ("right", "wrong"))
    return {
        name: {one["image_id"]: np.array(one["map"], np.float32) for one in content[name]}
        for name in ("right", "wrong")
    }
