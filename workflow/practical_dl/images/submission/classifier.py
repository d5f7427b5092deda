"""A classifier for everyday use: which file it is, its classes, and photos as it takes them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import read_json, require_file
from practical_dl.files.predictions import with_probabilities
from practical_dl.images.pictures.decoding import decode
from practical_dl.images.pictures.levels import Levels
from practical_dl.job.errors import UserError

BATCH = 32


def classifier_content(
    model: str,
    input_size: Sequence[int],
    classes: Sequence[str],
    trained_on: str,
    levels: Levels | None,
    backbone: str,
) -> dict[str, Any]:
    """The content of classifier.json.

    Args:
        model: the name of the file beside it to open.
        backbone: the name of the folder of its features, and of its head's.
        levels: of pictures of more than 8 bits that trained it.
    """
    return {
        "model": model,
        "classes": list(classes),
        "input_size": list(input_size),
        "trained_on": trained_on,
        "backbone": backbone,
        "levels": None if levels is None else [levels.low, levels.high],
    }


def read_classifier(path: str | Path) -> dict[str, Any]:
    """Read a classifier.json.

    Raises:
        UserError: it is absent, damaged, or lacks a key.
    """
    return read_json(path, ("model", "classes", "input_size", "trained_on", "backbone", "levels"))


def levels_of_classifier(description: Mapping[str, Any]) -> Levels | None:
    """Which values of photos of more than 8 bits become 0 and 255, as in training."""
    return None if description["levels"] is None else Levels(*description["levels"])


def photo_batches(
    paths: Sequence[Path],
    size: tuple[int, int],
    levels: Levels | None,
    complain: Callable[[UserError], None],
) -> Iterator[tuple[list[Path], NDArray[np.uint8]]]:
    """Batches of photos (n, height, width, 3), upright, RGB 0..255, resized to `size`.

    What is absent or no usable photo is left out and goes to `complain`.
    """
    for start in range(0, len(paths), BATCH):
        usable, photos = [], []
        for path in paths[start : start + BATCH]:
            try:
                photos.append(_read_photo(path, size, levels))
            except UserError as error:
                complain(error)
            else:
                usable.append(path)
        if usable:
            yield usable, np.stack(photos)


def predictions_table(
    paths: Sequence[Path | str], classes: Sequence[str], probabilities: NDArray[np.float32]
) -> pd.DataFrame:
    """photo, predicted, confidence, and one column per class (`class_columns`): one row a photo."""
    chosen = probabilities.argmax(axis=1)
    table = pd.DataFrame(
        {
            "photo": [str(path) for path in paths],
            "predicted": [classes[label] for label in chosen],
            "confidence": probabilities.max(axis=1).astype(np.float64),
        }
    )
    return with_probabilities(table, classes, probabilities)


def _read_photo(path: Path, size: tuple[int, int], levels: Levels | None) -> NDArray[np.uint8]:
    require_file(path)
    try:
        return decode(path.read_bytes(), size, levels)
    except OSError as error:
        raise UserError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise UserError(f"{path}: {error}") from error
