"""Pictures of predictions of classes, as Matplotlib figures."""

from matplotlib.figure import Figure
from sklearn.metrics import ConfusionMatrixDisplay, confusion_matrix

from practical_dl.files.predictions import ClassPredictions
from practical_dl.report.wording import percent


def confusion_matrix_figure(predicted: ClassPredictions, title: str) -> Figure:
    """Percent of each true class (row) that was taken for each class (column)."""
    chosen = predicted.probabilities.argmax(axis=1)
    counts = confusion_matrix(
        predicted.labels(), chosen, labels=range(len(predicted.classes)), normalize="true"
    )
    size = 2.5 + 0.55 * len(predicted.classes)
    figure = Figure(figsize=(size, size), layout="constrained")
    axis = figure.subplots()
    display = ConfusionMatrixDisplay(100 * counts, display_labels=predicted.classes)
    display.plot(ax=axis, cmap="Blues", values_format=".0f", colorbar=False)
    accuracy = (chosen == predicted.labels()).mean()
    axis.set(
        title=f"{title}: {percent(accuracy)} of {len(chosen):,} right\n(% of the true class)",
        xlabel="predicted class",
        ylabel="true class",
    )
    return figure
