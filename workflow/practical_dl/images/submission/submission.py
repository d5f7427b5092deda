"""The competition's answer: clipped probabilities in the format of its sample submission."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import read_csv
from practical_dl.files.predictions import with_probabilities
from practical_dl.images.pictures.names import SCHEMES, clean_text, found_in
from practical_dl.images.submission.labels import (
    Answer,
    asks_for_labels,
    check_labels,
    chosen_classes,
    class_codes,
)
from practical_dl.job.errors import UserError, named
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
    class `positive`. Without a sample: image_id and one column per class (see `class_columns`).
    Images are known to the sample by the first of `names.SCHEMES` by which all of them fit.

    Raises:
        UserError: a prediction is not a probability, images or classes are not those of the
            sample, or `positive` is needed and not one of the classes.
    """
    values = np.asarray(predictions, np.float64)
    _require_probabilities(values, image_ids)
    clipped = clip_from_below(values, floor)
    if sample is None:
        return with_probabilities(pd.DataFrame({"image_id": list(image_ids)}), classes, clipped)
    table = pd.DataFrame(clipped, columns=list(classes))
    columns = _columns_of_sample(sample, classes, positive)
    submission = sample.copy()
    positions = _positions_in_sample_order(list(sample.iloc[:, 0]), image_ids)
    submission[sample.columns[1:]] = table[columns].to_numpy()[positions]
    return submission


def make_label_submission(
    predictions: Probabilities,
    image_ids: Sequence[str],
    classes: Sequence[str],
    sample: pd.DataFrame,
    codes: Mapping[str, str],
) -> pd.DataFrame:
    """The most probable class of each image, by its code, in the sample's layout.

    Raises:
        UserError: as `make_submission`.
    """
    values = np.asarray(predictions, np.float64)
    _require_probabilities(values, image_ids)
    chosen = np.array(chosen_classes(values, classes, codes), object)
    positions = _positions_in_sample_order(list(sample.iloc[:, 0]), image_ids)
    return sample.assign(**{sample.columns[1]: chosen[positions]})


def read_submission(path: Path) -> pd.DataFrame:
    """Read a submission or a sample of one: images as text, then numbers, or a class as text.

    Raises:
        UserError: the file is unreadable, has no rows or no columns of numbers, or names an
            image twice.
    """
    table = read_csv(path, [], others_allowed=True)
    names = list(table.columns)
    if len(names) < 2 or table.empty:
        raise UserError(f"{path}: expected a column of images, columns of numbers, and rows")
    if len(names) > 2 or _holds_numbers(table[names[1]]):
        table = read_csv(path, names, dict.fromkeys(names[1:], "float64"))
    twice = table[names[0]][table[names[0]].duplicated()]
    if len(twice):
        raise UserError(f"{path}: image {twice.iloc[0]} stands twice ({len(twice)} such)")
    return table


def _holds_numbers(values: "pd.Series[str]") -> bool:
    return bool(pd.to_numeric(values, errors="coerce").notna().any())


def require_fit(
    sample: pd.DataFrame,
    image_ids: Sequence[str],
    classes: Sequence[str],
    answer: Answer | None,
    positive: str | None,
    label_names: Path | None,
) -> Answer:
    """What `sample` asks for; checks before anything is trained that predictions will fit it.

    Args:
        positive: see `make_submission`.
        answer, label_names: see `labels.asks_for_labels` and `labels.class_codes`.

    Raises:
        UserError: there are no images, images or classes are not those of the sample, or
            `positive` is needed and not one of the classes.
    """
    if not len(image_ids):
        raise UserError("sample submission: there are no test pictures; set test_folder")
    is_label = asks_for_labels(sample, classes, answer)
    if is_label:
        class_codes(classes, sample, label_names)
    else:
        _columns_of_sample(sample, classes, positive)
    _positions_in_sample_order(list(sample.iloc[:, 0]), image_ids)
    return "label" if is_label else "probabilities"


def check_submission(submission: pd.DataFrame, sample: pd.DataFrame | None, where: Path) -> None:
    """Check what was written: `submission` and `sample` as `read_submission` gives them.

    Raises:
        UserError: columns or images are not the sample's, in its order, a value is not a
            probability, or the classes of a row do not sum to one within 1e-6.
    """
    if sample is not None:
        _check_layout(submission, sample, where)
    values = submission.iloc[:, 1:].to_numpy()
    right = ((values >= 0) & (values <= 1)).all(axis=1)
    if values.shape[1] > 1:
        right &= np.abs(values.sum(axis=1) - 1) <= SUM_TOLERANCE
    if not right.all():
        first = submission.iloc[:, 0].iloc[int(right.argmin())]
        raise UserError(
            f"{where}: image {first}: not probabilities that sum to one ({(~right).sum()} such)"
        )


def check_label_submission(
    submission: pd.DataFrame, sample: pd.DataFrame, codes: Mapping[str, str], where: Path
) -> None:
    """The same for a submission of classes by their `codes`.

    Raises:
        UserError: columns or images are not the sample's, or a value is no class.
    """
    _check_layout(submission, sample, where)
    check_labels(submission.iloc[:, 1], codes, where)


def _check_layout(submission: pd.DataFrame, sample: pd.DataFrame, where: Path) -> None:
    if list(submission.columns) != list(sample.columns):
        raise UserError(f"{where}: columns differ from those of the sample submission")
    if list(submission.iloc[:, 0]) != list(sample.iloc[:, 0]):
        raise UserError(f"{where}: images differ from those of the sample submission")


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
                f"{' or '.join(classes)}, as submission.positive (given: {positive}), or set "
                "submission.answer to label"
            )
        return [positive]
    of_text = {clean_text(name): name for name in classes}
    wanted = [name if name in classes else of_text.get(clean_text(name), name) for name in columns]
    if sorted(wanted) != sorted(classes):
        raise UserError(
            f"sample submission asks for the classes {named(columns)}, "
            f"the predictions have {named(classes)}{_near(columns, classes)}"
        )
    return wanted


def _near(columns: Sequence[str], classes: Sequence[str]) -> str:
    """Columns that are a class but for the case of letters, in words."""
    of_text = {clean_text(name).casefold(): name for name in classes if name not in columns}
    pairs = [
        f"{column!r} for {of_text[clean_text(column).casefold()]!r}"
        for column in columns
        if column not in classes and clean_text(column).casefold() in of_text
    ]
    return f"; it writes {named(pairs)}: rename the folders of these classes" if pairs else ""


def _positions_in_sample_order(
    wanted: Sequence[str], image_ids: Sequence[str]
) -> NDArray[np.int64]:
    fits = {scheme: found_in(wanted, image_ids, scheme) for scheme in SCHEMES}
    for found in fits.values():
        positions = [place for places in found for place in places]
        if all(found) and sorted(positions) == list(range(len(image_ids))):
            return np.array(positions, np.int64)
    best = max(fits.values(), key=lambda found: sum(map(bool, found)))
    if not any(best):
        raise UserError(
            f"sample submission: none of its images (such as {wanted[0]}) is among those "
            f"predicted (such as {image_ids[0]})"
        )
    raise UserError(f"sample submission: {_misfits(wanted, image_ids, best)}")


def _misfits(
    wanted: Sequence[str], image_ids: Sequence[str], found: Sequence[Sequence[int]]
) -> str:
    """What is wrong between the images of a sample and ours, in words."""
    asked = Counter(place for places in found for place in places)
    lists = {
        "asked for, but no test picture": [
            name for name, places in zip(wanted, found, strict=True) if not places
        ],
        "test pictures that are not asked for": [
            name for place, name in enumerate(image_ids) if place not in asked
        ],
        "fits several test pictures": [
            name for name, places in zip(wanted, found, strict=True) if len(places) > 1
        ],
        "asked for in several rows": [image_ids[place] for place, n in asked.items() if n > 1],
    }
    return "; ".join(
        f"{said} ({len(names):,}): {named(names)}" for said, names in lists.items() if names
    )
