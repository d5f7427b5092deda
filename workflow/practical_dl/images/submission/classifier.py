"""A classifier for everyday use: which file it is, its classes, and photos as it takes them."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import read_json, require_file
from practical_dl.images.pictures.loading import decode
from practical_dl.job.errors import UserError

BATCH = 32


def classifier_content(
    model: str, input_size: Sequence[int], classes: Sequence[str], trained_on: str
) -> dict[str, Any]:
    """The content of classifier.json; `model` is the name of the file beside it to open."""
    return {
        "model": model,
        "classes": list(classes),
        "input_size": list(input_size),
        "trained_on": trained_on,
    }


def read_classifier(path: str | Path) -> dict[str, Any]:
    """Read a classifier.json.

    Raises:
        UserError: it is absent, damaged, or lacks a key.
    """
    return read_json(path, ("model", "classes", "input_size", "trained_on"))


def photo_batches(
    paths: Sequence[Path], size: tuple[int, int], complain: Callable[[UserError], None]
) -> Iterator[tuple[list[Path], NDArray[np.uint8]]]:
    """Batches of photos (n, height, width, 3), upright, RGB 0..255, resized to `size`.

    What is absent or no usable photo is left out and goes to `complain`.
    """
    for start in range(0, len(paths), BATCH):
        usable, photos = [], []
        for path in paths[start : start + BATCH]:
            try:
                photos.append(_read_photo(path, size))
            except UserError as error:
                complain(error)
            else:
                usable.append(path)
        if usable:
            yield usable, np.stack(photos)


def predictions_table(
    paths: Sequence[Path], classes: Sequence[str], probabilities: NDArray[np.float32]
) -> pd.DataFrame:
    """photo, predicted, confidence, and one column per class: one row per photo."""
    chosen = probabilities.argmax(axis=1)
    table = pd.DataFrame(
        {
            "photo": [str(path) for path in paths],
            "predicted": [classes[label] for label in chosen],
            "confidence": probabilities.max(axis=1).astype(np.float64),
        }
    )
    columns = probabilities.astype(np.float64).T
    return table.assign(**dict(zip(classes, columns, strict=True)))


def _read_photo(path: Path, size: tuple[int, int]) -> NDArray[np.uint8]:
    if path.is_dir():
        raise UserError(f"{path}: a folder; name the photos in it, {path}/*.jpg")
    require_file(path)
    try:
        return decode(path.read_bytes(), size)
    except OSError as error:
        raise UserError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise UserError(f"{path}: {error}") from error
