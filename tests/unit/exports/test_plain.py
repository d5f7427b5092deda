"""Exports that need NumPy alone: their examples say what the commands say."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tests.unit.inspection.test_kinds import make_library

from practical_dl.cli import main
from practical_dl.exports import recommender, review_model
from practical_dl.exports.judge_review import judge, split
from practical_dl.exports.recommend_movies import expected
from practical_dl.movies.recommender.factors import Factors
from practical_dl.movies.recommender.folding import expected_by_ratings
from practical_dl.reviews.corpus.about import About, write_about
from practical_dl.reviews.corpus.tokens import WRITING, split_words_and_marks
from practical_dl.reviews.models.linear import LinearModel, Sum, write_linear

WORDS = ["good", "not", "bad"]
TEXTS = ("not bad", "Good, GOOD<br/>film", "bad good bad", "not")


def linear(sums: int) -> LinearModel:
    """Single words and two pairs: `not bad` (2 * 4 + 3) and `good film`, which no text can have."""
    rng = np.random.default_rng(0)
    weights, coefficients = rng.normal(size=(2, sums, 5)).astype(np.float32)
    known = [np.array([1, 2, 3]), np.array([7, 11])]
    return LinearModel(4, known, tuple(map(Sum, weights, coefficients, [0.25] * sums)))


def run_example(path: Path, *words: str) -> str:
    """What an example prints where nothing but NumPy can be imported of the package."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(path), *words],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        cwd=path.parent,
    )
    return done.stdout


ALONE = """
import runpy, sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("practical_dl", "pandas", "scipy", "h5py", "sklearn", "keras"):
            raise ImportError(name)
sys.meta_path.insert(0, Refuse())
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.mark.parametrize("classes", [2, 3])
def test_a_review_is_judged_as_by_the_command(
    classes: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("neg", "pos", "odd")[:classes]
    write_linear(tmp_path / "reviews/demo/nb_svm/model.h5", linear(1 if classes == 2 else 3), WORDS)
    write_about(tmp_path / "reviews/demo/about.json", About(names, names, ""))
    into = tmp_path / "out"
    files = review_model.export(tmp_path, "demo", into)
    assert [path.name for path in files] == [
        "review_model.npz",
        "review_model.json",
        "judge_review.py",
    ]
    about = json.loads(files[1].read_text())
    with np.load(files[0], allow_pickle=False) as arrays:
        model = dict(arrays)
    for text in TEXTS:
        assert main(["review", text, "--json", "--results", str(tmp_path)]) == 0
        told = json.loads(capsys.readouterr().out)
        found = judge(text, model, about)
        assert found[told["sentiment"]] == pytest.approx(told["probability"], abs=1e-6)
        assert sum(found.values()) == pytest.approx(1)
    assert run_example(files[2], "not", "bad") == f"{judge('not bad', model, about)}\n"


@pytest.mark.parametrize(
    "text",
    [
        "It\u2019s &quot;good&quot;<br />8/10",
        "e\u0301t\u00e9 A_b",
        "\u6620\u753b good",
        "don't 'x'",
    ],
)
def test_texts_are_split_as_in_training(text: str) -> None:
    assert split(text, WRITING) == split_words_and_marks(text)


def test_expected_stars_are_those_of_the_recommender() -> None:
    rng = np.random.default_rng(1)
    samples, movies, numbers = 3, 6, 4
    precision = np.stack([np.eye(numbers) * (one + 1) for one in range(samples)])
    factors = Factors(
        mean=3.5,
        scale=np.array([0.5, 5]),
        movies=rng.normal(size=(samples, movies, numbers)),
        users=np.zeros((samples, 1, numbers)),
        centre=rng.normal(size=(samples, numbers)),
        precision=precision,
        rated=rng.normal(size=(samples, movies, numbers)),
        noise=rng.uniform(1, 2, samples),
        user_precisions=np.ones((samples, 1)),
    )
    rated, stars = [4, 1], [5.0, 2.0]
    model = {name: np.asarray(getattr(factors, name)) for name in recommender.NAMES}
    right = expected_by_ratings(factors, np.array(rated), np.array(stars))
    found, spread = expected(rated, stars, model)
    assert found == pytest.approx(right.stars, abs=1e-9)
    assert spread == pytest.approx(right.spread, abs=1e-9)


def test_the_recommender_leaves_everybodys_ratings_behind(tmp_path: Path) -> None:
    make_library(tmp_path / "movies/demo/recommender/factors.h5")
    files = recommender.export(tmp_path, "demo", tmp_path / "out")
    with np.load(files[0], allow_pickle=False) as arrays:
        assert sorted(arrays) == sorted(recommender.NAMES)
    assert json.loads(files[1].read_text()) == {"ids": ["1"], "titles": ["A"]}
