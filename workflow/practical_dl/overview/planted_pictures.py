"""The effects that are planted in the demo's pictures, from the files of a run."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from practical_dl.files.artefacts import read_csv, read_json
from practical_dl.images.augmentation.sweep import read_evidence
from practical_dl.images.sample.trainings import (
    differences_of_rows,
    paired_rows,
    read_runs,
    row_scores,
    scores_of_rows,
)
from practical_dl.images.scores.ladder import scored_rows
from practical_dl.overview.comparison import read_comparisons
from practical_dl.overview.effects import ABOVE, BELOW, NOISE, SEED, Effect
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import paired_difference

GUESSING = float(np.log(10))
"""Log loss of equal probabilities for the ten classes."""


def of_pictures(results: Path) -> Iterator[Effect]:
    """The effects of the pictures, in the order of the lesson."""
    for part in (_splits, _first_steps, _augmentation, _features, _folds, _unlabelled):
        yield from part(results)


def _splits(results: Path) -> Iterator[Effect]:
    table = read_comparisons([results / "images/demo/comparison.csv"])
    for model in ("linear", "hidden", "conv1", "conv3"):
        part = "sample, random minus grouped split"
        found = _score(table, f"{model} on the sample", part, "accuracy")
        yield Effect("grouped split", f"accuracy, random minus grouped: {model}", found, ABOVE)
    found = _score(table, "head on vgg_demo", "random minus grouped split", "accuracy")
    yield Effect("grouped split", "accuracy, random minus grouped: head on features", found, ABOVE)


def _first_steps(results: Path) -> Iterator[Effect]:
    sample = results / "images/demo/sample"
    table = read_comparisons([results / "images/demo/comparison.csv"])
    found = _score(table, "linear on the sample", "sample valid (grouped split)", "accuracy")
    yield Effect(
        "linear floor", "accuracy of the linear model less a tenth", _less(found, 0.1), ABOVE
    )
    lesson = read_runs(sample / "rate_lesson/runs.csv")
    at_once, low_first = (row_scores(lesson, name) for name in ("at_once", "low_first"))
    found = _less(scores_of_rows(at_once, SEED)["log_loss"], GUESSING)
    yield Effect(
        "learning rate", "log loss at a high rate at once less that of guessing", found, ABOVE
    )
    found = differences_of_rows(paired_rows(low_first, at_once), SEED)["log_loss"]
    yield Effect(
        "learning rate", "log loss, a low rate first minus a high one at once", found, BELOW
    )
    history = read_csv(
        sample / "baselines/conv1/history.csv", ["epoch", "learning_rate"], others_allowed=True
    )
    trained = float(history.loc[history["setting"] == "grouped", "accuracy"].astype(float).max())
    unseen = _score(table, "conv1 on the sample", "sample valid (grouped split)", "accuracy")
    found = Interval(trained - unseen.value, trained - unseen.high, trained - unseen.low)
    yield Effect(
        "memorisation", "accuracy of conv1 on what it trained on minus unseen", found, ABOVE
    )


def _augmentation(results: Path) -> Iterator[Effect]:
    evidence = read_evidence(results / "images/demo/augmentation/evidence.csv")
    for name, level, expected in (
        ("width_shift", "0.1", ABOVE),
        ("rotation", "90", BELOW),
        ("rotation", "1", NOISE),
    ):
        chosen = (evidence["type"] == name) & (evidence["level"] == level)
        row = evidence[chosen].iloc[0]
        found = Interval(row["gain"], row["ci_low"], row["ci_high"])
        yield Effect("augmentation", f"accuracy, {name} of {level} minus none", found, expected)
    gain = read_json(results / "images/demo/augmentation/gain.json")["scores"]["accuracy"]
    yield Effect("augmentation", "accuracy, the chosen one minus none", Interval.of(gain), ABOVE)


def _features(results: Path) -> Iterator[Effect]:
    images = results / "images/demo"
    head = images / "heads/vgg_demo/grouped/predictions.csv"
    found = loss_difference(head, images / "scratch/conv1/predictions.csv")
    yield Effect("cached features", "log loss, head minus network from scratch", found, BELOW)
    passes = images / "heads/vgg_demo/passes"
    found = loss_difference(passes / "augmented.csv", passes / "clean.csv")
    yield Effect("augmented features", "log loss, augmented passes minus clean ones", found, BELOW)
    tuning = images / "fine_tuning/vgg_block4"
    for name, technique in (("tuned", "fine-tuning"), ("batch_norm", "batch norm inserted")):
        found = loss_difference(tuning / f"{name}.csv", tuning / "frozen.csv")
        yield Effect(technique, f"log loss, minus the frozen network: {name}", found, BELOW)


def _folds(results: Path) -> Iterator[Effect]:
    models = results / "images/demo/models"
    whole, share = _head(models, 0.3, 1), _head(models, 0.3, 0.2)
    yield Effect(
        "more rows", "log loss, all rows minus a fifth", loss_difference(whole, share), BELOW
    )
    found = loss_difference(_head(models, 0.6, 0.2), share)
    yield Effect("dropout", "log loss on a fifth of the rows, 0.6 minus 0.3", found, BELOW)
    found = loss_difference(_head(models, 0.6, 1), whole)
    yield Effect("dropout", "log loss on all rows, 0.6 minus 0.3", found, ABOVE)
    found = loss_difference(_head(models, 0.3, 1, "centred"), whole)
    yield Effect("look-alikes", "log loss, without look-alikes minus plain", found, BELOW)
    steps = read_csv(models.parent / "chain/ablation.csv", ["step"], others_allowed=True)
    steps = steps.set_index("step")
    for step, expected in (("neighbours", ABOVE), ("clip", ABOVE)):
        row = steps.loc[step]
        yield Effect("chain", f"fall of the log loss by {step}", Interval.of(row, "gain"), expected)
    found = loss_difference(models / "chain/out_of_fold.csv", models / "selected/out_of_fold.csv")
    yield Effect("ensemble", "log loss, chain minus the best head", found, BELOW)
    control = models / "linear_vgg_demo/out_of_fold.csv"
    found = loss_difference(models.parent / "controls/group_models.csv", control)
    yield Effect("one model per driver", "log loss, minus one model of all", found, ABOVE)


def _head(models: Path, dropout: float, share: float, features: str = "plain") -> Path:
    name = (
        f"backbone-vgg_demo_head-dense_pool-max_depth-2_width-64_dropout-{dropout:g}_"
        f"features-{features}_halves-0_share-{share:g}"
    )
    return models / name / "out_of_fold.csv"


def _unlabelled(results: Path) -> Iterator[Effect]:
    images = results / "images/demo"
    models = images / "models"
    found = loss_difference(
        models / "pseudo_test/out_of_fold.csv", models / "pseudo_none/out_of_fold.csv"
    )
    yield Effect("pseudo-labels", "log loss, minus the same epochs without", found, BELOW)
    pupils = [images / f"distillation/pupil_{name}.csv" for name in ("distilled", "true")]
    found = loss_difference(*pupils)
    yield Effect("distillation", "log loss, taught by the head minus by true labels", found, BELOW)
    for path, taught in zip(pupils, ("the head", "true labels"), strict=True):
        scores = scores_of_rows(scored_rows(str(path), None), SEED)["log_loss"]
        comparison = f"log loss, taught by {taught}, less that of guessing"
        yield Effect("distillation", comparison, _less(scores, GUESSING), BELOW)


def _score(table: pd.DataFrame, model: str, part: str, metric: str) -> Interval:
    """A score of a comparison.csv."""
    keys = {"model": model, "part": part, "metric": metric}
    chosen = np.logical_and.reduce([table[name] == value for name, value in keys.items()])
    return Interval.of(table[chosen].iloc[0])


def _less(found: Interval, number: float) -> Interval:
    return Interval(found.value - number, found.low - number, found.high - number)


def loss_difference(one: Path, other: Path) -> Interval:
    """Log loss of one file of predictions minus another's, on the pictures that both have."""
    rows, control = scored_rows(str(one), None), scored_rows(str(other), None)
    joined = rows.merge(control, on="id", suffixes=("", "_of_control"))
    return paired_difference(
        joined["log_loss"].to_numpy(),
        joined["log_loss_of_control"].to_numpy(),
        joined["group"].to_numpy(),
        SEED,
    )
