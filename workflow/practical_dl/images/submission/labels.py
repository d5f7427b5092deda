"""Submissions that name a class per picture, where others give probabilities."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.pictures.own_table import read_label_names
from practical_dl.job.errors import UserError

Answer = Literal["probabilities", "label"]


def asks_for_labels(sample: pd.DataFrame, classes: Sequence[str], answer: Answer | None) -> bool:
    """Whether a sample submission wants a class per picture: by `answer`, else by its columns.

    One column behind the images is a class where there are more than two classes, or where it
    does not hold numbers; of two classes it is the probability of one.
    """
    if answer is not None:
        return answer == "label"
    is_number = pd.api.types.is_numeric_dtype(sample.iloc[:, 1])
    return len(sample.columns) == 2 and (len(classes) > 2 or not is_number)


def class_codes(classes: Sequence[str], sample: pd.DataFrame, names: Path | None) -> dict[str, str]:
    """What each class is called in a submission: its number by the file `names`, else its name.

    Args:
        names: JSON of labels and their names; used where the sample holds numbers or such labels.

    Raises:
        UserError: the sample holds numbers and the classes have none.
    """
    known = {} if names is None else read_label_names(names)
    plain = {name: name for name in classes}
    if known and set(sample.iloc[:, 1].map(_as_label)) <= set(known):
        return {name: label for label, name in known.items() if name in plain}
    is_number = pd.api.types.is_numeric_dtype(sample.iloc[:, 1])
    if is_number and not all(name.lstrip("-").isdecimal() for name in classes):
        raise UserError(
            f"sample submission: column {sample.columns[1]} holds numbers, but classes are called "
            f"{classes[0]!r}; give source.table.labels, or set submission.answer: probabilities"
        )
    return plain


def chosen_classes(
    probabilities: NDArray[np.floating[Any]], classes: Sequence[str], codes: Mapping[str, str]
) -> list[str]:
    """The most probable class of each row (n, classes), by its code."""
    return [codes[classes[place]] for place in probabilities.argmax(axis=1)]


def check_labels(answers: "pd.Series[Any]", codes: Mapping[str, str], where: Path) -> None:
    """Check that a submission names nothing but classes.

    Raises:
        UserError: it does.
    """
    unknown = sorted(set(answers.map(_as_label)) - set(codes.values()))
    if unknown:
        raise UserError(f"{where}: {unknown[0]!r} is no class ({len(unknown)} such)")


def _as_label(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
