"""The competition's answer: clipped probabilities in the format of its sample submission."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import read_csv
from practical_dl.job.errors import UserError
from practical_dl.scoring.metrics import clip_from_below

Probabilities = NDArray[np.floating[Any]]

SUM_TOLERANCE = 1e-6


def make_submission(
    predictions: Probabilities,
    image_ids: Sequence[str],
    classes: Sequence[str],
    floor: float,
    sample: pd.DataFrame | None,
    positive: str | None,
) -> pd.DataFrame:
    """Clip `predictions` (n, classes) of `image_ids` (n,) and lay them out for the competition.

    The layout is that of `sample` (see `read_submission`), rows and columns in its order: one
    column per class, or, where there are two columns and two classes, the probability of the
    class `positive`. Without a sample: image_id and one column per class. An image is known to the
    sample by its file name, by that name without its suffix, or by the number that this is.

    Raises:
        UserError: a prediction is not a probability, images or classes are not those of the
            sample, or `positive` is needed and not one of the classes.
    """
    values = np.asarray(predictions, np.float64)
    _require_probabilities(values, image_ids)
    table = pd.DataFrame(clip_from_below(values, floor), columns=list(classes))
    if sample is None:
        table.insert(0, "image_id", list(image_ids))
        return table
    columns = _columns_of_sample(sample, classes, positive)
    submission = sample.copy()
    positions = _positions_in_sample_order(sample.iloc[:, 0], image_ids)
    submission[sample.columns[1:]] = table[columns].to_numpy()[positions]
    return submission


def read_submission(path: Path) -> pd.DataFrame:
    """Read a submission or a sample of one: images as text, then columns of numbers.

    Raises:
        UserError: the file is unreadable, has no rows or no columns of numbers, or names an
            image twice.
    """
    names = list(read_csv(path, [], others_allowed=True).columns)
    table = read_csv(path, names, dict.fromkeys(names[1:], "float64"))
    if len(names) < 2 or table.empty:
        raise UserError(f"{path}: expected a column of images, columns of numbers, and rows")
    twice = table[names[0]][table[names[0]].duplicated()]
    if len(twice):
        raise UserError(f"{path}: image {twice.iloc[0]} stands twice ({len(twice)} such)")
    return table


def check_submission(submission: pd.DataFrame, sample: pd.DataFrame | None, where: Path) -> None:
    """Check what was written: `submission` and `sample` as `read_submission` gives them.

    Raises:
        UserError: columns or images are not the sample's, in its order, a value is not a
            probability, or the classes of a row do not sum to one within 1e-6.
    """
    if sample is not None:
        if list(submission.columns) != list(sample.columns):
            raise UserError(f"{where}: columns differ from those of the sample submission")
        if list(submission.iloc[:, 0]) != list(sample.iloc[:, 0]):
            raise UserError(f"{where}: images differ from those of the sample submission")
    values = submission.iloc[:, 1:].to_numpy()
    right = ((values >= 0) & (values <= 1)).all(axis=1)
    if values.shape[1] > 1:
        right &= np.abs(values.sum(axis=1) - 1) <= SUM_TOLERANCE
    if not right.all():
        first = submission.iloc[:, 0].iloc[int(right.argmin())]
        raise UserError(
            f"{where}: image {first}: not probabilities that sum to one ({(~right).sum()} such)"
        )


def _require_probabilities(values: Probabilities, image_ids: Sequence[str]) -> None:
    usable = (np.isfinite(values) & (values >= 0)).all(axis=1) & (values.sum(axis=1) > 0)
    if not usable.all():
        raise UserError(
            f"predictions of {image_ids[int(usable.argmin())]} are not probabilities "
            f"({(~usable).sum()} of {len(usable)} images): NaN, infinite, negative or all zero"
        )


def _columns_of_sample(
    sample: pd.DataFrame, classes: Sequence[str], positive: str | None
) -> list[str]:
    """The class that each number column of the sample asks for."""
    columns = list(sample.columns[1:])
    if len(columns) == 1 and len(classes) == 2:
        if positive is None or positive not in classes:
            raise UserError(
                f"sample submission asks for one probability, {columns[0]}: say of which class, "
                f"{' or '.join(classes)} (given: {positive})"
            )
        return [positive]
    unknown = [name for name in columns if name not in classes]
    missing = [name for name in classes if name not in columns]
    if unknown or missing:
        raise UserError(
            f"sample submission asks for the classes {', '.join(columns)}, "
            f"the predictions have {', '.join(classes)}"
        )
    return columns


def _positions_in_sample_order(
    wanted: "pd.Series[str]", image_ids: Sequence[str]
) -> NDArray[np.int64]:
    names = _names_as_in_sample(wanted, image_ids)
    twice = names[names.duplicated()]
    if len(twice):
        raise UserError(f"predictions: two images are called {twice[0]} ({len(twice)} such)")
    missing = wanted[~wanted.isin(names)]
    if len(missing):
        raise UserError(
            f"sample submission asks for {missing.iloc[0]}, which has no prediction "
            f"({len(missing)} such)"
        )
    extra = names[~names.isin(wanted)]
    if len(extra):
        raise UserError(
            f"predictions hold {extra[0]}, which the sample submission does not ask for "
            f"({len(extra)} such)"
        )
    return names.get_indexer(pd.Index(wanted))


def _names_as_in_sample(wanted: "pd.Series[str]", image_ids: Sequence[str]) -> "pd.Index[str]":
    files = [PurePosixPath(image_id) for image_id in image_ids]
    stems = [file.stem for file in files]
    numbers = [str(int(stem)) if stem.isdecimal() else stem for stem in stems]
    for names in ([file.name for file in files], stems, numbers):
        if wanted.isin(names).any():
            return pd.Index(names)
    raise UserError(
        f"sample submission: none of its images (such as {wanted.iloc[0]}) is among those "
        f"predicted (such as {image_ids[0]})"
    )
