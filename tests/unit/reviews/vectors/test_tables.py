"""The tables of vectors that networks start from."""

from pathlib import Path

import numpy as np
import pytest

from practical_dl.reviews.vectors.tables import (
    DEVIATION,
    embedded_words,
    random_vectors,
    read_vectors,
    scaled,
    write_vectors,
)


def test_tables_have_one_deviation_and_no_padding(tmp_path: Path) -> None:
    drawn = random_vectors(500, 20, seed=3)
    assert drawn[1:].std() == pytest.approx(DEVIATION, rel=0.05)
    again = scaled(5 + 40 * drawn)
    assert again[1:].std() == pytest.approx(DEVIATION, rel=1e-3)
    assert not drawn[0].any()
    assert not again[0].any()
    write_vectors(tmp_path / "vectors.h5", again)
    np.testing.assert_array_equal(read_vectors(tmp_path / "vectors.h5"), again)


def test_the_last_index_stands_for_no_word() -> None:
    assert embedded_words(["a", "b", "c", "d"], 4) == ["a", "b", ""]
    assert embedded_words(["a"], 5) == ["a", "", "", ""]
