"""The classifier as it is used: from a photo's bytes to probabilities."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.images.pictures.levels import Levels
from practical_dl.images.submission.classifier import (
    levels_of_classifier,
    predictions_table,
    read_classifier,
)
from practical_dl.images.submission.classifier_model import Classifier, open_classifier


@dataclass(frozen=True)
class Predictor:
    """A classifier, its classes, and photos as it takes them: (height, width) and levels."""

    classes: Sequence[str]
    size: tuple[int, int]
    levels: Levels | None
    classify: Classifier

    def table(self, names: Sequence[Path | str], pixels: NDArray[np.uint8]) -> pd.DataFrame:
        """A row per photo: see `predictions_table`."""
        return predictions_table(names, self.classes, self.classify(pixels))


def open_predictor(path: Path) -> Predictor:
    """The classifier that a classifier.json describes.

    Raises:
        UserError: a file is absent or damaged.
    """
    described = read_classifier(path)
    height, width = described["input_size"]
    return Predictor(
        described["classes"],
        (height, width),
        levels_of_classifier(described),
        open_classifier(path.with_name(described["model"])),
    )
