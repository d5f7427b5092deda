"""The page on unseen groups: how good the models are there, and where the chain goes wrong."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray

from practical_dl.files.predictions import ClassPredictions
from practical_dl.images.pictures.loading import read_images
from practical_dl.report.lettering import shortened
from practical_dl.report.page import (
    code_of,
    fine_print,
    heading,
    page,
    paragraph,
    photographs,
    picture,
    table,
)
from practical_dl.report.plotting import COLOURS, new_axes
from practical_dl.report.wording import gain_in_nats, nats, percent, share
from practical_dl.scoring.metrics import (
    NOT_GROUPED,
    classification_scores,
    hits,
    is_grouped,
    log_losses,
    paired_difference,
)

TITLE = "How good are the models on what they never saw, and where do they go wrong?"
MISTAKES = (
    "Those that gave the true class least; at most one per group, true class and predicted class."
)
MEASURED = (
    "Every picture is scored by a model that was trained without its group (out of fold). "
    "Differences are means over the same pictures; 95 % intervals come from draws of whole groups."
)
SHOWN = 12
"""Mistakes with their pictures."""
MOST_GROUPS = 60
CONFUSED = 10
"""Pairs of classes."""
MARKERS = "os^DvP"
INCHES_PER_PHOTO = 2.6
SIZE = (150, 200)


def out_of_fold_page(
    names: Sequence[str],
    models: Sequence[ClassPredictions],
    photos: NDArray[np.uint8],
    seed: int,
) -> str:
    """The page as HTML; `photos` (n, height, width, 3) are of the last model's worst mistakes."""
    last = models[-1]
    blocks = [
        *(_mistakes(last, photos) if len(photos) else []),
        heading("All models"),
        table(score_table(names, models, seed)),
        *(_groups(names, models) if is_grouped(last.groups) else []),
        heading("The classes that are confused most"),
        table(_confusion_table(last, CONFUSED)),
        fine_print(MEASURED),
        code_of(log_losses),
    ]
    return page(TITLE, _score_answer(names, models, seed), blocks)


def mistaken_photos(
    root: Path, manifest: pd.DataFrame, predicted: ClassPredictions
) -> NDArray[np.uint8]:
    """The photos (n, height, width, 3) of the worst mistakes, from the source's folder `root`.

    Raises:
        UserError: a photo cannot be read.
    """
    mistakes = confident_mistakes(predicted, SHOWN)
    if not len(mistakes):
        return np.zeros((0, *SIZE, 3), np.uint8)
    rows = manifest.set_index("image_id", drop=False).loc[mistakes["id"]]
    return np.concatenate([block for _, block in read_images(root, rows, SIZE, threads=1)])


def _groups(names: Sequence[str], models: Sequence[ClassPredictions]) -> list[str]:
    ends = [0, -2, -1]
    losses = _group_losses([names[end] for end in ends], [models[end] for end in ends])
    shown = f": {MOST_GROUPS} of {len(losses):,}" if len(losses) > MOST_GROUPS else ""
    return [
        heading(f"Group by group, the hardest on top{shown}"),
        picture(_group_figure(losses.head(MOST_GROUPS)), "Log loss of each group by three models"),
        paragraph(_extremes(losses)),
    ]


def _mistakes(last: ClassPredictions, photos: NDArray[np.uint8]) -> list[str]:
    captions = [
        f"{shortened(row['group'], 24)}, {shortened(row['true'])}:\n"
        f"taken for {shortened(row['taken_for'])},\n"
        f"{percent(row['probability'])}; true class {percent(row['true_probability'])}"
        for row in confident_mistakes(last, SHOWN).to_dict("records")
    ]
    return [
        heading("The mistakes with the highest loss"),
        paragraph(MISTAKES),
        photographs(_mistakes_figure(photos, captions), "The photos, with what was said of them"),
    ]


def score_table(
    names: Sequence[str], models: Sequence[ClassPredictions], seed: int
) -> pd.DataFrame:
    """One row per model: log loss, accuracy, and its gain over the first model on the same rows."""
    labels, groups = models[0].labels(), models[0].groups
    floor = log_losses(labels, models[0].probabilities)
    rows = []
    for name, model in zip(names, models, strict=True):
        scores = classification_scores(labels, model.probabilities, groups, seed)
        losses = log_losses(labels, model.probabilities)
        gain = paired_difference(losses, floor, groups, seed)
        row = {"model": name, "log loss": nats(scores["log_loss"])}
        row["accuracy"] = share(scores["accuracy"])
        row["log loss against the first"] = gain_in_nats(-gain) if model is not models[0] else ""
        rows.append(row)
    return pd.DataFrame(rows)


def _score_answer(names: Sequence[str], models: Sequence[ClassPredictions], seed: int) -> str:
    """The last model against the first."""
    labels, groups = models[0].labels(), models[0].groups
    losses = [log_losses(labels, model.probabilities) for model in models]
    gain = paired_difference(losses[-1], losses[0], groups, seed)
    accuracy = [hits(labels, model.probabilities).mean() for model in models]
    rows = f"{len(pd.unique(groups))} groups" if is_grouped(groups) else f"{len(labels):,} pictures"
    told = (
        f"On {rows} that their models never saw, {names[-1]} is right about "
        f"{percent(accuracy[-1])}, {names[0]} about {percent(accuracy[0])}; its log loss is "
        f"{gain_in_nats(-gain)}."
    )
    if not is_grouped(groups):
        return f"{told} Pictures are {NOT_GROUPED}: nearly equal ones may have been trained on."
    return told


def _extremes(by_model: pd.DataFrame) -> str:
    """The easiest and the hardest group of the last model, whose losses are sorted."""
    last = by_model.iloc[:, -1]
    return (
        f"Easiest for {last.name} is {last.index[-1]} (log loss {last.iloc[-1]:.2f}), hardest "
        f"{last.index[0]} ({last.iloc[0]:.2f})."
    )


def _group_losses(names: Sequence[str], models: Sequence[ClassPredictions]) -> pd.DataFrame:
    """Mean log loss of each group (row) by each model (column), the hardest group first."""
    labels, groups = models[0].labels(), models[0].groups
    columns = {
        name: pd.Series(log_losses(labels, model.probabilities)).groupby(groups).mean()
        for name, model in zip(names, models, strict=True)
    }
    return pd.DataFrame(columns).sort_values(names[-1], ascending=False)


def _confusion_table(predicted: ClassPredictions, count: int) -> pd.DataFrame:
    """The pairs of classes that are confused most: pictures, share of the true class, log loss."""
    labels = predicted.labels()
    chosen = predicted.probabilities.argmax(axis=1)
    frame = pd.DataFrame(
        {
            "true class": np.asarray(predicted.classes)[labels],
            "taken for": np.asarray(predicted.classes)[chosen],
            "loss": log_losses(labels, predicted.probabilities),
        }
    )
    sizes = frame["true class"].value_counts()
    wrong = frame[labels != chosen]
    pairs = wrong.groupby(["true class", "taken for"])["loss"].agg(["size", "mean"]).reset_index()
    pairs = pairs.sort_values("size", ascending=False, kind="stable").head(count)
    pairs["of the true class"] = [
        percent(size / sizes[name])
        for name, size in zip(pairs["true class"], pairs["size"], strict=True)
    ]
    pairs["mean"] = pairs["mean"].map("{:.2f}".format)
    return pairs.rename(columns={"size": "pictures", "mean": "their mean log loss"})


def confident_mistakes(predicted: ClassPredictions, count: int) -> pd.DataFrame:
    """The rows with the highest loss, one of each group, true and predicted class.

    Columns id, group, true, taken_for, probability (of the predicted class), true_probability.
    """
    labels = predicted.labels()
    chosen = predicted.probabilities.argmax(axis=1)
    rows = np.arange(len(labels))
    frame = pd.DataFrame(
        {
            "id": predicted.ids,
            "group": predicted.groups,
            "true": predicted.true,
            "taken_for": np.asarray(predicted.classes)[chosen],
            "probability": predicted.probabilities[rows, chosen],
            "true_probability": predicted.probabilities[rows, labels],
        }
    )
    wrong = frame[labels != chosen].sort_values("true_probability", kind="stable")
    return wrong.drop_duplicates(["group", "true", "taken_for"]).head(count)


def _group_figure(losses: pd.DataFrame) -> Figure:
    """Log loss of each group (row of `losses`) by each model (column), the hardest on top."""
    height = 1.8 + 0.28 * len(losses)
    figure, axes = new_axes("log loss (nats)", "", size=(9.0, height))
    positions = np.arange(len(losses))[::-1]
    axes.hlines(positions, losses.min(axis=1), losses.max(axis=1), color="#CCCCCC", linewidth=2)
    for number, name in enumerate(losses):
        axes.plot(
            losses[name],
            positions,
            MARKERS[number % len(MARKERS)],
            color=COLOURS[number % len(COLOURS)],
            label=name,
        )
    axes.set_yticks(positions, [shortened(name) for name in losses.index])
    axes.set_xlim(left=0)
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.8)
    figure.legend(loc="outside lower center", ncols=1, fontsize=10, frameon=False)
    return figure


def _mistakes_figure(
    photos: NDArray[np.uint8], captions: Sequence[str], columns: int = 4
) -> Figure:
    """Photos (n, height, width, 3), each with its caption."""
    rows = max(1, -(-len(photos) // columns))
    height = INCHES_PER_PHOTO * photos.shape[1] / photos.shape[2] + 0.85
    figure = Figure(figsize=(INCHES_PER_PHOTO * columns, height * rows), layout="constrained")
    for axis in figure.subplots(rows, columns, squeeze=False).flat:
        axis.set(xticks=[], yticks=[])
        axis.spines[:].set_visible(False)
    for axis, photo, caption in zip(figure.axes, photos, captions, strict=False):
        axis.imshow(photo)
        axis.set_title(caption, fontsize=8, loc="left")
    return figure
