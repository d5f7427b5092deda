"""A text that is typed in is read as the reviews of the data set were."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from practical_dl.files.artefacts import write_csv
from practical_dl.files.model_files import save_model
from practical_dl.job.runtime import configure_tensorflow, limit_threads
from practical_dl.reviews.corpus.about import FILMS, write_about
from practical_dl.reviews.corpus.feeding import probabilities
from practical_dl.reviews.corpus.files import read_corpus, write_tokens
from practical_dl.reviews.corpus.tokens import tokenise
from practical_dl.reviews.models.data import TokenSettings, network_tasks
from practical_dl.reviews.models.network_judging import Networks

TEXTS = ("A fine film, a very fine film.", "Dull film!", "Not dull, not fine: a film", "A good one")
SETTINGS = TokenSettings(vocabulary=6, length=5, padding="front", truncating="front")
NETWORKS = ("hidden", "convolution", "lstm", "bigram_average")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a set whose first three reviews train."""
    folder = tmp_path_factory.mktemp("set")
    trains = np.array([True, True, True, False])
    words = tokenise(pd.Series(TEXTS), pd.Series(trains))
    names = [str(number) for number in range(len(TEXTS))]
    reviews = pd.DataFrame(
        {
            "review_id": names, "split": np.where(trains, "train", "test"),
            "label": [1, 0, 1, 0], "stars": [""] * 4, "film": ["a", "b", "c", "d"],
        }
    )  # fmt: skip
    roles = pd.DataFrame({"review_id": names, "role": np.where(trains, "train", "test")})
    write_csv(folder / "vocabulary.csv", words.vocabulary)
    write_tokens(folder / "tokens.h5", *words.tokens)
    write_csv(folder / "reviews.csv", reviews)
    write_csv(folder / "split.csv", roles)
    write_about(folder / "about.json", FILMS)
    return folder


def test_it_gets_the_probabilities_of_the_same_review_in_the_set(folder: Path) -> None:
    limit_threads(1)
    configure_tensorflow(1)
    paths = {name: folder / f"{name}.csv" for name in ("reviews", "split")}
    own = SimpleNamespace(**paths, about=folder / "about.json", tokens=folder / "tokens.h5")
    expected = {}
    for task in network_tasks(NETWORKS, read_corpus(own), SETTINGS, 1, None):
        model = task.build()
        save_model(folder / task.name / "model.keras", model)
        expected[task.name] = probabilities(model, task.data.tokens)
    networks = Networks(folder, SETTINGS, 1)
    for row, text in enumerate(TEXTS):
        found = networks.probabilities(text)
        assert sorted(found) == sorted(NETWORKS)
        for name in NETWORKS:
            assert found[name] == pytest.approx(expected[name][row], abs=1e-6)


def test_of_nothing_known_no_network_says_anything(folder: Path) -> None:
    assert Networks(folder, SETTINGS, 1).probabilities("Zwei Wörter") == {}
