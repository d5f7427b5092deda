"""Results of every pipeline but the characters."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
import yaml

from practical_dl.files.artefacts import write_csv
from practical_dl.files.model_files import save_model
from practical_dl.movies.ranking.taste import Taste, write_taste
from practical_dl.movies.recommender.factors import Library, write_library
from practical_dl.reviews.corpus.tokens import build_vocabulary
from practical_dl.reviews.models.linear import LinearModel, Sum, write_linear
from practical_dl.reviews.models.networks import hidden_model
from tests.unit.exports.results import make_results
from tests.unit.movies.conftest import interactions, library, settings, taste

__all__ = ["interactions", "library", "settings", "taste"]

LINEAR = LinearModel(
    3, [np.array([1, 2])], (Sum(np.ones(2, np.float32), np.array([2, -3], np.float32), 0.0),)
)


WORDS, LENGTH = 4, 5
TOKENS = {"vocabulary": WORDS, "length": LENGTH, "padding": "front", "truncating": "front"}


def own_list(path: Path, ratings: Mapping[str, float]) -> Path:
    """A file of ratings by title, as a person has them."""
    path.write_text("movie,rating\n" + "".join(f'"{name}",{ratings[name]}\n' for name in ratings))
    return path


def first_titles(library: Library) -> list[str]:
    """Three movies of the set."""
    return [str(title) for title in library.catalogue.movies["title"][:3]]


@pytest.fixture(scope="module")
def results(
    tmp_path_factory: pytest.TempPathFactory,
    library: Library,
    taste: Taste,
) -> Path:
    """Results of every pipeline but the characters."""
    results = make_results(tmp_path_factory.mktemp("app"))
    write_linear(results / "reviews/demo/nb_svm/model.h5", LINEAR, ["good", "bad"])
    _write_network(results)
    write_library(results / "movies/demo/recommender/factors.h5", library)
    write_taste(results / "movies/demo/recommender/taste.h5", taste)
    return results


def _write_network(results: Path) -> None:
    """A network that reads reviews, and how it was made."""
    folder = results / "reviews/demo"
    write_csv(folder / "vocabulary.csv", build_vocabulary(["a good bad film"]))
    save_model(folder / "hidden/model.keras", hidden_model(WORDS, LENGTH))
    demo = {"tokens": TOKENS, "networks": {"fewest": 1}}
    config = yaml.safe_dump({"reviews": {"demo": demo}})
    (results / "run_config.yaml").write_text(config, encoding="utf-8")
