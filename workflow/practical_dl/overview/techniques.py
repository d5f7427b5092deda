"""What each technique of the lessons gave in a run, from the tables of its pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from practical_dl.files.artefacts import read_csv
from practical_dl.report.wording import gain_in_nats, gain_in_points, gain_in_stars
from practical_dl.scoring.interval import Interval

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Technique:
    """A technique against its control on one data set; the gain is positive where it helped.

    `page` is the file below results/ that shows it; `unit` tells what the gain is in.
    """

    name: str
    meaning: str
    control: str
    gain: Interval
    unit: str
    page: str

    def told(self) -> str:
        """The gain in words."""
        return TOLD[self.unit](self.gain)


TOLD = {"log loss": gain_in_nats, "accuracy": gain_in_points, "stars": gain_in_stars}

STEPS = {
    "low rate first": (
        "a low rate first",
        "a few small steps before the large ones",
        "learning_rate",
    ),
    "memorising": ("convolutions", "filters that slide over the picture", "memorisation"),
    "the same, augmented": (
        "augmentation",
        "training pictures turned, moved and zoomed",
        "augmentation",
    ),
    "two convolutions, full data": ("more data", "all training pictures, not a sample", "ladder"),
    "dropout, full data": ("dropout", "random numbers left out in training", "overfitting"),
    "features with a head": ("transfer", "features of a network trained elsewhere", "ladder"),
    "augmented features": ("augmented features", "features of changed copies too", "ladder"),
    "fine-tuned": ("fine-tuning", "its last layers trained on too", "ladder"),
    "pseudo-labels": ("pseudo-labels", "predicted labels of unlabelled pictures", "pseudo_labels"),
    "the selected head": ("a better head", "the best of a grid of small networks", "selection"),
    "the whole chain": ("ensemble and chain", "averaging, neighbours, calibration", "ablation"),
}
"""Parts of titles of the ladder: name, meaning and page of the step."""

RATINGS = (
    ("mean", "bias", 1, "biases", "some users are kinder, some movies better", "one mean"),
    ("dot_bias", "bias", -1, "factors", "tastes and movies as vectors (lesson)", "biases"),
    ("net", "bias", -1, "a neural net", "the same vectors into layers (lesson)", "biases"),
    ("bayes", "bias", -1, "Bayesian factors", "many fits, averaged", "biases"),
    ("bayes_shuffled", "bayes", 1, "genres and year", "what a movie is", "those of other movies"),
    ("bayes", "bayes_time", 1, "time of rating", "what day it is", "none"),
)
"""Model, the other one, sign of model minus other as a gain; name, meaning, control."""

TEXTS = {
    "hidden": ("a hidden layer", "words into one layer (lesson)"),
    "convolution": ("a convolution", "filters over neighbouring words (lesson)"),
    "multi_size": ("several widths", "filters of 3, 4 and 5 words (lesson)"),
    "lstm": ("an LSTM", "reads word by word, with a memory (lesson)"),
    "lstm_pretrained": ("pre-training", "an LSTM that learned to predict words first"),
    "nb_svm": ("n-grams", "runs of up to three words, counted"),
    "glove_tuned": ("given vectors", "GloVe, trained on (lesson)"),
    "ensemble": ("an ensemble", "the models together"),
}


def of_pictures(dataset: str, ladder: pd.DataFrame) -> Iterator[Technique]:
    """The steps of a ladder that have a control."""
    for row in ladder[ladder["shared"] > 0].to_dict("records"):
        title = str(row["title"])
        known = next((STEPS[part] for part in STEPS if part in title), (title, "", "ladder"))
        name, meaning, page = known
        gain = -Interval.of(row, "gain_log_loss")
        path = f"images/{dataset}/pages/{page}.html"
        yield Technique(name, meaning, str(row["control"]), gain, "log loss", path)


def of_ratings(dataset: str, models: pd.DataFrame) -> Iterator[Technique]:
    """The steps between models of ratings that this run has."""
    rows = models.set_index("model").to_dict("index")
    path = f"movies/{dataset}/pages/models.html"
    for model, other, sign, name, meaning, control in RATINGS:
        if model in rows and other in rows:
            difference = Interval.of(rows[model], f"minus_{other}")
            gain = difference if sign > 0 else -difference
            yield Technique(name, meaning, control, gain, "stars", path)


def of_texts(dataset: str, models: pd.DataFrame) -> Iterator[Technique]:
    """The models of reviews against a bag of words."""
    path = f"reviews/{dataset}/pages/models.html"
    for row in models[models["model"].isin(list(TEXTS))].to_dict("records"):
        gain = Interval.of(row, "difference")
        yield Technique(*TEXTS[str(row["model"])], "a bag of words", gain, "accuracy", path)


TEXT_COLUMNS = {"title", "control", "model"}


def read_gains(path: str) -> pd.DataFrame:
    """Read a ladder.csv or models.csv: numbers, and the titles of their rows."""
    table = read_csv(path, [], others_allowed=True)
    return table.apply(lambda column: column if column.name in TEXT_COLUMNS else _numbers(column))


def _numbers(column: "pd.Series[Any]") -> "pd.Series[Any]":
    return pd.to_numeric(column.replace("", np.nan))


OF_PIPELINE = {"images": of_pictures, "movies": of_ratings, "reviews": of_texts}


def techniques(tables: Mapping[tuple[str, str], pd.DataFrame]) -> dict[str, Sequence[Technique]]:
    """By data set (`images: demo`), its techniques in the lesson's order.

    `tables` by pipeline and data set: of images the ladder, of the others the table of models.
    """
    return {
        f"{pipeline}: {dataset}": list(OF_PIPELINE[pipeline](dataset, table))
        for (pipeline, dataset), table in tables.items()
    }
