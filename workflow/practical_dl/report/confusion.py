"""A picture of which classes are taken for which."""

import numpy as np
from matplotlib.figure import Figure

from practical_dl.files.predictions import ClassPredictions
from practical_dl.report.lettering import shortened
from practical_dl.report.wording import percent
from practical_dl.scoring.by_class import confusion_counts

MOST_CLASSES = 30
LONG = 8
"""Letters of a name from which names below columns are turned, so as not to overlap."""


def confusion_matrix_figure(predicted: ClassPredictions, title: str) -> Figure:
    """Percent of each true class (row) that was taken for each class (column).

    Of more than MOST_CLASSES those that are in most mistakes, as true or as predicted class.
    """
    labels, chosen = predicted.labels(), predicted.probabilities.argmax(axis=1)
    classes = predicted.classes
    counts = confusion_counts(labels, predicted.probabilities)
    percents = 100 * counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    wrong = counts.sum(axis=0) + counts.sum(axis=1) - 2 * counts.diagonal()
    shown = np.sort(np.argsort(-wrong, kind="stable")[:MOST_CLASSES])
    percents = percents[np.ix_(shown, shown)]
    names = [shortened(classes[place]) for place in shown]
    some = f", {len(shown)} of {len(classes):,} classes" if len(shown) < len(classes) else ""
    size = 2.5 + 0.55 * len(names)
    figure = Figure(figsize=(size, size), layout="constrained")
    axis = figure.subplots()
    axis.imshow(percents, cmap="Blues")
    for (row, column), value in np.ndenumerate(percents):
        colour = "white" if value > percents.max() / 2 else "black"
        axis.text(column, row, f"{value:.0f}", ha="center", va="center", color=colour)
    axis.set(
        title=f"{title}: {percent((chosen == labels).mean())} of {len(chosen):,} right\n"
        f"(% of the true class{some})",
        xlabel="predicted class",
        ylabel="true class",
        xticks=range(len(names)),
        yticks=range(len(names)),
        xticklabels=names,
        yticklabels=names,
    )
    if max(map(len, names)) > LONG:
        axis.tick_params(axis="x", rotation=90)
    return figure
