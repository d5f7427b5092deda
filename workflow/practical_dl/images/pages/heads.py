"""Pictures of the heads by splits: which classes they take for which."""

import numpy as np
from matplotlib.figure import Figure

from practical_dl.files.predictions import ClassPredictions
from practical_dl.report.wording import percent


def confusion_matrix_figure(predicted: ClassPredictions, title: str) -> Figure:
    """Percent of each true class (row) that was taken for each class (column)."""
    labels, chosen = predicted.labels(), predicted.probabilities.argmax(axis=1)
    classes = predicted.classes
    counts = np.zeros((len(classes), len(classes)))
    np.add.at(counts, (labels, chosen), 1)
    percents = 100 * counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    size = 2.5 + 0.55 * len(classes)
    figure = Figure(figsize=(size, size), layout="constrained")
    axis = figure.subplots()
    axis.imshow(percents, cmap="Blues")
    for (row, column), value in np.ndenumerate(percents):
        colour = "white" if value > percents.max() / 2 else "black"
        axis.text(column, row, f"{value:.0f}", ha="center", va="center", color=colour)
    axis.set(
        title=f"{title}: {percent((chosen == labels).mean())} of {len(chosen):,} right\n"
        "(% of the true class)",
        xlabel="predicted class",
        ylabel="true class",
        xticks=range(len(classes)),
        yticks=range(len(classes)),
        xticklabels=classes,
        yticklabels=classes,
    )
    return figure
