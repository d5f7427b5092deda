"""NB-SVM that learns from unlabelled texts what document vectors say of them."""

from pathlib import Path

import numpy as np
import pytest

from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.ngrams import Counting
from practical_dl.reviews.corpus.tokens import encode
from practical_dl.reviews.models.taught import fit_taught, read_taught, write_taught
from practical_dl.scoring.by_class import of_both

WORDS = ["good", "bad", "bright", "dim", "film"]
TEXTS = ["good film bright", "bad film dim", "good film", "bad film"] * 10
LABELS = np.tile([1, 0, 1, 0], 10)
ROLES = np.repeat(["train", "valid", "test"], [24, 8, 8])
OTHERS = ["bright film", "dim film"] * 30
"""Their words tell nothing that is sure in the labelled texts."""


def taught_by(positive: float) -> dict[str, np.ndarray]:
    said = of_both(np.tile([positive, 1 - positive], 30))
    return {"valid": said, "test": said}


def said_of_bright_texts(positive: float) -> float:
    tokens, others = encode([*TEXTS[:32], *["bright film"] * 8], WORDS), encode(OTHERS, WORDS)
    counting = Counting(1, 1, len(WORDS) + 1)
    found = fit_taught(tokens, LABELS, ROLES, others, taught_by(positive), counting, [1.0, 10.0])
    assert found["valid"].shape == found["test"].shape == (8, 2)
    assert (found["valid"].argmax(axis=1) == LABELS[24:32]).all()
    return float(found["test"][0, 1])


def test_what_is_taught_is_learned() -> None:
    assert said_of_bright_texts(0.9) > 0.8
    assert said_of_bright_texts(0.1) < 0.5


def test_what_is_written_is_read(tmp_path: Path) -> None:
    taught = {"valid": np.full((3, 2), 0.5), "test": np.full((3, 2), 0.25)}
    write_taught(tmp_path / "taught.h5", taught)
    found = read_taught(tmp_path / "taught.h5", 3)
    assert {part: values.tolist() for part, values in found.items()} == {
        part: values.tolist() for part, values in taught.items()
    }
    with pytest.raises(UserError, match="not of these 4 texts"):
        read_taught(tmp_path / "taught.h5", 4)
