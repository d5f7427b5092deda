"""Of more than two classes: which are hard, and what they are taken for."""

import numpy as np

from practical_dl.files.predictions import ClassPredictions
from practical_dl.report.confusion import confusion_matrix_figure
from practical_dl.report.page import heading, paragraph, picture, table
from practical_dl.report.wording import percent
from practical_dl.reviews.corpus.about import About
from practical_dl.reviews.models.runs import Runs, trainings
from practical_dl.scoring.by_class import class_table


def class_blocks(runs: Runs, title: str, about: About) -> list[str]:
    """The scores of each class and the confusion matrix of the model of this `title`."""
    if len(runs.classes) == 2:
        return []
    scores = class_table(runs.labels, trainings(runs), about.shown)
    true = np.array([about.shown[label] for label in runs.labels], dtype=object)
    said = ClassPredictions(runs.ids, runs.films, true, about.shown, runs.mean())
    ordered = scores.sort_values("f1", kind="stable")["class"].tolist()
    shown = scores.assign(n=scores["n"].map("{:,}".format))
    for name in ("precision", "recall", "f1"):
        shown[name] = scores[name].map(percent)
    return [
        heading("Which classes are hard?"),
        paragraph(
            f"{title}: hardest is {ordered[0]!r}, easiest {ordered[-1]!r}, by F1. Precision: of "
            "the reviews that were given a class, the share that is of it. Recall: of the reviews "
            "of a class, the share that was found. F1 is their harmonic mean; macro F1 is its mean "
            "over the classes, each counting alike."
        ),
        picture(confusion_matrix_figure(said, title), "Which class was taken for which"),
        table(shown.set_axis(["Class", "Reviews", "Precision", "Recall", "F1"], axis=1)),
    ]
