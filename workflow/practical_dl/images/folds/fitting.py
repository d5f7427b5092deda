"""Heads by folds: each trained without one fold, predicting that fold and the test pictures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from practical_dl.images.augmentation.half_pictures import join_halves, partners
from practical_dl.images.features.reduced import read_reduced
from practical_dl.images.folds.folded import Folded, FoldPredictions, read_folded
from practical_dl.images.networks.grid import Point
from practical_dl.images.networks.heads import grid_head
from practical_dl.job.runtime import Log, configure_tensorflow
from practical_dl.training.fit import fit_next
from practical_dl.training.recipe import Recipe

if TYPE_CHECKING:
    import keras
    import tensorflow as tf

PREDICTED_AT_ONCE = 256


@dataclass(frozen=True)
class Material:
    """Features and labels that all fits of a point share.

    versions: features (n, h, w, c) of the labelled pictures, the first one clean, then augmented
    passes of the same pictures. labels, fold: (n,). tests: the same versions of the test pictures,
    or the clean one alone. predicted: how many versions are predicted and averaged.
    """

    versions: Sequence[NDArray[np.float16]]
    labels: NDArray[np.int64]
    fold: NDArray[np.int64]
    classes: int
    tests: Sequence[NDArray[np.float16]]
    predicted: int = 1


def read_material(
    files: Mapping[tuple[str, str], Path],
    manifest: Path,
    folds: Path,
    point: Point,
    predicts_passes: bool,
) -> tuple[Material, Folded]:
    """Features that the head of `point` is trained on and predicts, and their rows.

    files: reduced features of its backbone by backbone and part (see `reduced_files`), those of
    the augmented passes too. predicts_passes: whether heads on them also predict them.
    """
    array = "centred" if point.features == "centred" else "plain"
    wanted = range(1, len(files) + 1) if point.features == "augmented" else ()

    def passes(part: str) -> list[NDArray[np.float16]]:
        names = [(point.backbone, f"{part}_pass{number}") for number in wanted]
        return [read_reduced(files[name], array)[1] for name in names if name in files]

    labelled, test = ((point.backbone, part) for part in ("labelled", "test"))
    tests = [files[test]] if test in files else []
    folded, clean, clean_test = read_folded(manifest, folds, files[labelled], tests, array)
    versions = [clean, *passes("labelled")]
    material = Material(
        versions,
        folded.labels,
        folded.fold,
        len(folded.classes),
        [clean_test, *(passes("test") if predicts_passes else [])],
        len(versions) if predicts_passes else 1,
    )
    return material, folded


def fit_folds(
    material: Material, point: Point, recipe: Recipe, seeds: Sequence[int], log: Log
) -> FoldPredictions:
    """Train the head of `point` once per fold and seed; every fold is predicted without itself.

    The number of epochs is the recipe's: no row chooses it, so the predictions of a fold are of
    drivers that nothing has seen.
    """
    folds = np.unique(material.fold)
    out = np.zeros((len(seeds), len(material.labels), material.classes))
    clean = np.zeros_like(out)
    test = np.zeros((len(seeds), len(material.tests[0]), material.classes))
    runs = [(number, fold) for number in range(len(seeds)) for fold in folds]
    model = None
    for number, fold in log.track(runs, len(runs), "fits"):
        seed = seeds[number]
        configure_tensorflow(seed)
        untrained = grid_head(material.versions[0].shape[1:], material.classes, point)
        training = _training_rows(material, fold, point.share, seed)
        batches = training_batches(material, training, point.halves, recipe.batch_size, seed)
        model, _ = fit_next(
            model,
            untrained,
            batches,
            recipe.schedule,
            "categorical_crossentropy",
            log.without_progress(),
            optimizer=recipe.optimizer,
        )
        held_out = np.flatnonzero(material.fold == fold)
        versions = [part[held_out] for part in material.versions[: material.predicted]]
        predicted = _predictions(model, versions)
        out[number, held_out], clean[number, held_out] = predicted.mean(axis=0), predicted[0]
        if len(material.tests[0]):
            tests = _predictions(model, material.tests[: material.predicted])
            test[number] += tests.mean(axis=0) / len(folds)
    return FoldPredictions(out, clean, test)


def _predictions(
    model: "keras.Model", versions: Sequence[NDArray[np.float16]]
) -> NDArray[np.float64]:
    """Probabilities (versions, n, classes)."""
    return np.stack([model.predict(part, PREDICTED_AT_ONCE, verbose=0) for part in versions])


def _training_rows(material: Material, fold: int, share: float, seed: int) -> NDArray[np.int64]:
    """Ascending rows of the other folds, or a `share` of them drawn class by class."""
    rows = np.flatnonzero(material.fold != fold)
    if share == 1:
        return rows
    mixed = np.random.default_rng(seed).permutation(rows)
    labels = material.labels[mixed]
    kept = [mixed[labels == label] for label in np.unique(labels)]
    return np.sort(np.concatenate([part[: max(1, round(share * len(part)))] for part in kept]))


def training_batches(
    material: Material, training: NDArray[np.int64], halves: float, batch: int, seed: int
) -> "tf.data.Dataset":
    """Shuffled batches of one pass over the `training` rows of every version.

    A share `halves` of the rows of a batch is made of the left half of the row itself and the
    right half of another training row of its class.
    """
    import tensorflow as tf

    rng = np.random.default_rng(seed)
    targets = np.eye(material.classes, dtype=np.float32)
    labels = material.labels[training]

    def one_pass() -> Iterator[tuple[Any, Any]]:
        version, position = np.divmod(
            rng.permutation(len(material.versions) * len(training)), len(training)
        )
        for start in range(0, len(position), batch):
            chosen = np.s_[start : start + batch]
            own = position[chosen]
            rows = _taken(material.versions, version[chosen], training[own])
            joined = rng.random(len(own)) < halves
            if joined.any():
                others = training[partners(labels, own[joined], rng)]
                right = _taken(material.versions, version[chosen][joined], others)
                rows[joined] = join_halves(rows[joined], right)
            yield rows, targets[labels[own]]

    signature = (
        tf.TensorSpec((None, *material.versions[0].shape[1:]), tf.float16),
        tf.TensorSpec((None, material.classes), tf.float32),
    )
    steps = -(-len(material.versions) * len(training) // batch)
    dataset = tf.data.Dataset.from_generator(one_pass, output_signature=signature)
    return dataset.apply(tf.data.experimental.assert_cardinality(steps)).prefetch(2)


def _taken(
    versions: Sequence[NDArray[np.float16]], version: NDArray[Any], rows: NDArray[Any]
) -> NDArray[np.float16]:
    taken = versions[0][rows]
    for number in range(1, len(versions)):
        taken[version == number] = versions[number][rows[version == number]]
    return taken
