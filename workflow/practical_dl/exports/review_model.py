"""The linear model of reviews as plain files."""

from pathlib import Path

import numpy as np

from practical_dl.exports.plain import write_plain
from practical_dl.reviews.corpus.about import about_near
from practical_dl.reviews.corpus.tokens import WRITING
from practical_dl.reviews.models.linear import ngram_names, read_linear
from practical_dl.settings.results_lookup import made_file

MODEL = "nb_svm/model.h5"


def export(results: Path, dataset: str, into: Path) -> list[Path]:
    """Write review_model.npz and .json, and judge_review.py, which reads them; the files.

    Raises:
        UserError: the model was not made yet.
    """
    path = made_file(results, "reviews", dataset, MODEL)
    model, words = read_linear(path)
    arrays = {
        **dict(zip(ngram_names(len(model.known)), model.known, strict=True)),
        "weights": np.array([one.weights for one in model.sums]),
        "coefficients": np.array([one.coefficients for one in model.sums]),
        "intercepts": np.array([one.intercept for one in model.sums]),
    }
    about = {
        "classes": list(about_near(path).shown),
        "longest_run": len(model.known),
        **WRITING,
        "words": words,
    }
    return write_plain(into, "review_model", arrays, about, "judge_review")
