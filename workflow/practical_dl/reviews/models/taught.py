"""NB-SVM that document vectors teach: it also learns from texts whose labels nobody has.

Each of these texts counts as one of the class that the document vectors give it. The two models see
a text by different features, so that the one is right about some texts where the other is not
(co-training: Blum and Mitchell 1998, COLT, in one direction).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from practical_dl.files.artefacts import open_hdf5, write_hdf5
from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.files import Ragged
from practical_dl.reviews.corpus.ngrams import Counting, ngram_matrix, rows_of
from practical_dl.reviews.models.linear import (
    Counted,
    Labels,
    Values,
    choose_penalty,
    count_ngrams,
    fit_linear,
)

WEIGHTING = "nb_svm"
PARTS = ("valid", "test")


def fit_taught(
    tokens: Ragged,
    labels: Labels,
    roles: NDArray[Any],
    others: Ragged,
    taught: Mapping[str, Values],
    counting: Counting,
    penalties: Sequence[float],
) -> dict[str, Values]:
    """Probabilities (n, classes) of the validation and of the test part.

    Args:
        labels: (reviews,) those of the test part are not read.
        roles: (reviews,) train, valid or test.
        others: the texts without labels.
        taught: by part, probabilities (others, classes) from labels that may be known when that
            part is scored.
    """
    part = {role: rows_of(tokens, roles == role) for role in ("train", *PARTS)}
    of_train, of_valid = (labels[roles == role] for role in ("train", "valid"))
    train = count_ngrams(part["train"], counting)
    choice = choose_penalty(
        *_with_others(train, of_train, others, taught["valid"]),
        ngram_matrix(part["valid"], train.known, counting.base),
        of_valid,
        WEIGHTING,
        penalties,
    )
    every = np.isin(roles, ["train", "valid"])
    counted = count_ngrams(rows_of(tokens, every), counting)
    learned = _with_others(counted, labels[every], others, taught["test"])
    model = fit_linear(*learned, WEIGHTING, choice.penalty)
    return {"valid": choice.probabilities, "test": model.probabilities(part["test"])}


def _with_others(
    counted: Counted, labels: Labels, others: Ragged, taught: Values
) -> tuple[Counted, Labels]:
    """The same with the other texts as further rows, of their most probable classes."""
    added = ngram_matrix(others, counted.known, counted.base)
    rows = sp.vstack([counted.rows, added], format="csr")
    return replace(counted, rows=rows), np.concatenate([labels, taught.argmax(axis=1)])


def write_taught(path: str | Path, taught: Mapping[str, Values]) -> None:
    """Write what document vectors say of the texts without labels: see `fit_taught`."""

    def write(file: h5py.File) -> None:
        for part in PARTS:
            file.create_dataset(part, data=taught[part])

    write_hdf5(path, write)


def read_taught(path: str | Path, texts: int) -> dict[str, Values]:
    """Read what `write_taught` wrote.

    Raises:
        UserError: the file is absent, damaged, or of another number of texts.
    """
    with open_hdf5(path, PARTS) as file:
        taught = {part: file[part][:] for part in PARTS}
    if any(len(found) != texts for found in taught.values()):
        raise UserError(f"{path}: not of these {texts} texts; delete it and run again")
    return taught
