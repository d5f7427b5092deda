"""Reviews and vectors of one's own: what is read, and what is refused in one line."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.conftest import copy_workflow, snakemake_in

from practical_dl.files.artefacts import read_json
from practical_dl.reviews.corpus.demo import write_demo
from practical_dl.reviews.vectors.tables import read_vectors

CONFIG = """
data_root: .
run: {images: [], movies: [], reviews: [mine], small: []}
reviews:
  mine:
    source: {imdb: {path: source/aclImdb}}
    tokens: {vocabulary: 20}
    vectors: {width: 2, glove: source/vectors.txt}
"""
VECTORS = "results/reviews/mine/vectors/glove.h5"


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A copy of the workflow with sixty reviews and two word vectors."""
    folder = copy_workflow(tmp_path)
    write_demo(folder / "source/demo.tar", 40, 20, seed=1)
    shutil.unpack_archive(folder / "source/demo.tar", folder / "source")
    (folder / "source/vectors.txt").write_text("the 0.5 -1\nwas 3 6\n")
    (folder / "mine.yaml").write_text(CONFIG)
    return folder


def not_utf8(folder: Path) -> None:
    next((folder / "source/aclImdb/train/pos").glob("*.txt")).write_bytes(b"caf\xe9")


def glove_with_a_short_line(folder: Path) -> None:
    (folder / "source/vectors.txt").write_text("the 0.5 -1\nwas 3\n")


def no_glove(folder: Path) -> None:
    (folder / "source/vectors.txt").unlink()


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (not_utf8, "not UTF-8 at byte 3; convert it to UTF-8"),
        (glove_with_a_short_line, "line 2 is not a word and 2 numbers"),
        (no_glove, "source/vectors.txt: no such file"),
    ],
)
def test_a_mistake_is_one_line(
    workplace: Path, spoil: Callable[[Path], None], message: str
) -> None:
    spoil(workplace)
    result = snakemake_in(workplace, VECTORS, "--configfile", "mine.yaml")
    assert result.returncode != 0
    [error] = re.findall("^error: .*", result.stderr, re.MULTILINE)
    assert message in error
    assert "Traceback" not in result.stderr


def test_glove_vectors_stand_at_their_words(workplace: Path) -> None:
    result = snakemake_in(workplace, VECTORS, "--configfile", "mine.yaml")
    assert result.returncode == 0, result.stderr
    vectors = read_vectors(workplace / VECTORS)
    vocabulary = (workplace / "results/reviews/mine/vocabulary.csv").read_text().splitlines()
    words = [line.split(",")[1] for line in vocabulary]
    np.testing.assert_allclose(vectors[words.index("the")], [0.5 / 3, -1 / 3], rtol=1e-6)
    np.testing.assert_allclose(vectors[words.index("was")], [1, 2], rtol=1e-6)
    assert vectors.shape == (20, 2)
    report = read_json(workplace / "results/reviews/mine/vectors/glove.json")
    assert (report["found"], report["unknown"]) == (2, 17)
