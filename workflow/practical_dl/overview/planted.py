"""What the lesson teaches, as effects that are planted in the demo's data and must show in it.

`python -m practical_dl.overview.planted RESULTS` writes the table of docs/demo.md from the files of
a run of the demo.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import read_csv, read_json
from practical_dl.overview.effects import ABOVE, BELOW, SEED, Effect, effects_table
from practical_dl.overview.planted_pictures import of_pictures
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import paired_difference
from practical_dl.small.characters.grammar import closings
from practical_dl.small.characters.scores import blocks

HEADER = """# What the demo shows

Made by `python -m practical_dl.overview.planted results > docs/demo.md` after `snakemake`. Every
effect is planted in the generated data or follows from the settings of `config/config.yaml`;
`tests/workflow/test_planted_effects.py` asserts them. Intervals are 95 %, resampled over drivers,
users or films. `above` and `below` mean that the whole interval lies on that side of zero, `noise`
that it does not.

| technique | what is compared | difference | 95 % interval | expected | shown |
| --- | --- | --- | --- | --- | --- |
"""

RECURRENT = ("lstm", "rnn")
DISTANCES = (0, 8, 16, 80)
"""Ends of the ranges of distances, in characters, by which memory is compared."""


def planted_effects(results: Path) -> list[Effect]:
    """The effects of a run of the demo, in the order of the lessons."""
    parts = (of_pictures, _ratings, _reviews, _characters, _optimizers)
    return [effect for part in parts for effect in part(results)]


def _ratings(results: Path) -> Iterator[Effect]:
    columns = ["model"]
    table = read_csv(results / "movies/demo/models.csv", columns, others_allowed=True)
    table = table.set_index("model").astype(float)
    mean = Interval.of(table.loc["mean"], "minus_bias")
    yield Effect("biases", "RMSE, mean minus biases", mean, ABOVE)
    for model in ("dot", "dot_bias", "net", "content"):
        found = Interval.of(table.loc[model], "minus_bias")
        yield Effect(model, f"RMSE, {model} minus biases", found, BELOW)
    found = Interval.of(table.loc["bayes_shuffled"], "minus_bayes")
    yield Effect(
        "genres and year", "RMSE, with those of other movies minus true ones", found, ABOVE
    )
    found = Interval.of(table.loc["bayes_time"], "minus_bayes")
    yield Effect("time of rating", "RMSE, with minus without", found, BELOW)


def _reviews(results: Path) -> Iterator[Effect]:
    reviews = results / "reviews/demo"
    for technique, one, other in (
        ("word order", "convolution", "bag_of_words"),
        ("hidden layer", "hidden", "bag_of_words"),
        ("LSTM", "lstm", "bag_of_words"),
        ("pre-trained LSTM", "lstm_pretrained", "lstm"),
        ("multi-size", "multi_size", "convolution"),
        ("vectors of the text", "text_frozen", "random_frozen"),
        ("given vectors", "glove_frozen", "random_frozen"),
        ("given vectors", "glove_tuned", "random_tuned"),
        ("ensemble of reviews", "ensemble", _best_member(reviews)),
    ):
        losses = [review_losses(reviews / f"{name}/runs_test.csv") for name in (one, other)]
        joined = losses[0].merge(losses[1], on="id", suffixes=("", "_of_control"))
        found = paired_difference(
            joined["loss"].to_numpy(),
            joined["loss_of_control"].to_numpy(),
            joined["group"].to_numpy(),
            SEED,
        )
        yield Effect(technique, f"log loss, {one} minus {other}", found, BELOW)


def _best_member(reviews: Path) -> str:
    """The member of the ensemble with the lowest log loss on the validation reviews."""
    members = read_json(reviews / "ensemble/weights.json")["weights"]

    def loss(name: str) -> float:
        return float(review_losses(reviews / f"{name}/runs_valid.csv")["loss"].mean())

    return min(members, key=loss)


def review_losses(path: Path) -> pd.DataFrame:
    """id, group and log loss of each review."""
    table = read_csv(path, ["id", "group", "true"], others_allowed=True)
    positive = table.iloc[:, 3:].astype(float).mean(axis=1)
    chosen = np.where(table["true"] == "pos", positive, 1 - positive)
    return table[["id", "group"]].assign(loss=-np.log(np.clip(chosen, 1e-15, 1)))


def _characters(results: Path) -> Iterator[Effect]:
    text = (results.parent / "data/characters/demo/text.txt").read_text(encoding="utf-8")
    names = np.array(sorted(set(text)))
    models = results / "characters/demo"
    long, plain = (_closed_rightly(models / f"{name}/held_out.csv", names) for name in RECURRENT)
    bins = pd.cut(long["distance"], DISTANCES)
    for within, rows in long.groupby(bins, observed=True):
        gained = rows["right"] - plain.loc[rows.index, "right"]
        found = paired_difference(
            gained.to_numpy(), np.zeros(len(rows)), blocks(rows["place"].to_numpy()), SEED
        )
        comparison = (
            f"tags closed rightly at {within.left} to {within.right} characters, LSTM - RNN"
        )
        yield Effect("memory of LSTMs", comparison, found, ABOVE)


def _closed_rightly(path: Path, names: NDArray[np.str_]) -> pd.DataFrame:
    """place, distance and right (1.0 or 0.0) of each closing tag of the held-out text."""
    held_out = read_csv(path, ["true", "likeliest"], {"likeliest": int, "true": int}, True)
    text = "".join(names[held_out["true"]])
    found = pd.DataFrame(closings(text), columns=["place", "name", "distance"])
    likeliest = names[held_out["likeliest"].to_numpy()[found["place"]]]
    return found.assign(right=(likeliest == found["name"]).astype(float))


def _optimizers(results: Path) -> Iterator[Effect]:
    path = results / "optimizers/comparison.csv"
    table = read_csv(path, ["pipeline", "dataset", "method"], others_allowed=True)
    for _, row in table[table["method"] == "adam"].iterrows():
        found = Interval.of(row, "over_constant")
        comparison = f"{row['pipeline']}: loss minus that of a constant"
        yield Effect("optimizers", comparison, found, BELOW)


if __name__ == "__main__":
    print(HEADER + effects_table(planted_effects(Path(sys.argv[1]))), end="")
