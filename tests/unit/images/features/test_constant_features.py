"""A backbone whose features say nothing is told before anything is trained on them."""

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from practical_dl.files.artefacts import sha256_of_file
from practical_dl.images.features.constant_features import warning_of
from practical_dl.images.features.extraction import extract
from practical_dl.images.features.inference import Network
from practical_dl.images.features.reduced import fit_projection
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log

SAME = "2 of 3 features are the same in every picture"


def features(constant: int) -> np.ndarray:
    """Four pictures of 2 x 2 places and three channels, the last `constant` of them constant."""
    values = np.arange(48, dtype=np.float32).reshape(4, 2, 2, 3)
    values[..., 3 - constant :] = 5
    return values


@pytest.mark.parametrize(("constant", "warned"), [(0, False), (1, False), (2, True), (3, True)])
def test_most_features_must_be_constant(constant: int, warned: bool) -> None:
    text = warning_of(features(constant))
    assert (text is not None) == warned
    if text:
        assert text.startswith(f"{constant} of 3 features are the same in every picture")


def test_one_picture_alone_says_nothing() -> None:
    assert warning_of(np.zeros((1, 3))) is None


def test_extraction_warns_in_one_line(tmp_path: Path) -> None:
    for number in range(4):
        Image.new("RGB", (2, 2), (number, 0, 0)).save(tmp_path / f"{number}.png")
    paths = [f"{number}.png" for number in range(4)]
    sums = [sha256_of_file(tmp_path / path) for path in paths]
    rows = pd.DataFrame({"image_id": paths, "path": paths, "sha256": sums})
    file, terminal = io.StringIO(), io.StringIO()
    network = Network(lambda pictures: pictures, 1)  # green and blue are 0 in all of them
    log = Log("extract", file, terminal)
    blocks = list(extract(network, tmp_path, rows, (2, 2), 3, 1, log))
    assert sum(map(len, blocks)) == 4
    assert terminal.getvalue().count("\n") == 1
    assert terminal.getvalue().startswith(f"extract: warning: {SAME}")
    assert SAME in file.getvalue()


def test_constant_features_have_no_components() -> None:
    with pytest.raises(UserError, match="the same in every picture; check the backbone's weights"):
        fit_projection(features(3), 2)
