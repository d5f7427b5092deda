"""The page of all models of reviews: the best one, the gain from vectors, the duplicates."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from practical_dl.report.page import (
    code_of,
    fine_print,
    heading,
    page,
    paragraph,
    picture,
    table,
    verbatim,
)
from practical_dl.report.wording import gain_in_points, is_control, percent, share
from practical_dl.reviews.corpus.about import About
from practical_dl.reviews.pages.duplicates import duplicates_blocks
from practical_dl.reviews.pages.model_table import Gains
from practical_dl.reviews.pages.plots import accuracy_figure
from practical_dl.reviews.titles import TITLES
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.metrics import share_score

Row = Mapping[str, Any]

ORIGINAL = {
    "hidden": 0.8694,
    "convolution": 0.8947,
    "glove_frozen": 0.8978,
    "glove_tuned": 0.9008,
    "multi_size": 0.9036,
    "lstm": 0.8776,
}
"""Last recorded validation accuracy of lesson5.ipynb; its validation set was the test set."""

VECTORS = {
    "random": "random vectors",
    "text": "those trained on these reviews",
    "glove": "those of GloVe",
}
OF_ORIGINAL = (
    "The original's figures are those of the last epoch on its validation set, which was the test "
    "set; it also trained on the reviews that are held out here."
)
LESSON_TESTS = 25_000
"""Test reviews of the lesson."""

LEAST_WEIGHT = 0.005
DIGITS = 2
"""Of a percentage: of 25,000 test reviews one is 0.004 %."""


def models_page(
    dataset: str,
    about: About,
    models: pd.DataFrame,
    task: Mapping[str, Any],
    weights: Mapping[str, Any],
    duplicates: Mapping[str, Mapping[str, int]],
    gains: Gains,
    is_original: bool,
    statistics: Mapping[str, int],
    by_class: Sequence[str] = (),
) -> str:
    """The page that compares all models of a review set.

    Args:
        about: what the reviews are called.
        models: of `model_table.table_of_reviews`.
        task: accuracy and valid_windows of the task that made vectors.
        weights: weights by model, valid_log_loss and equal_valid_log_loss of the ensembles.
        duplicates: of `duplicates.count_duplicates`.
        gains: of one model over another.
        is_original: whether these are the reviews of the lesson, so its figures stand beside.
        statistics: of the tokens; of unlabelled texts `duplicates.statistics_of_unlabelled`.
        by_class: blocks of `classes.class_blocks`, of more than two classes.
    """
    by_name = {row["model"]: row for row in _rows(models)}
    ordered = models.sort_values("accuracy", ascending=False)
    blocks = [
        picture(
            accuracy_figure(ordered), "Test reviews that each model has right, the best on top"
        ),
        table(_models_table(ordered, is_original)),
        *by_class,
        *_reading_of(about),
        heading("What are vectors worth?"),
        paragraph(_vectors(by_name, task, about)),
        paragraph(_verdicts(gains.vectors, about)),
        *_reading_blocks(gains.reading, by_name),
        heading("What are unlabelled texts worth?"),
        paragraph(_transductive(gains.transductive, by_name)),
        *_unlabelled_blocks(gains.unlabelled, by_name, statistics),
        heading("What does the ensemble weigh?"),
        paragraph(_weights(weights, by_name, about)),
        table(_weights_table(weights)),
        heading("Duplicates"),
        *duplicates_blocks(duplicates, by_name),
        fine_print(_measured(about), OF_ORIGINAL if is_original else ""),
        code_of(share_score),
    ]
    return page(f"Which model reads reviews best? ({dataset})", models_finding(by_name), blocks)


def _measured(about: About) -> str:
    return (
        "Test reviews were never used to choose; networks are averaged over seeds (all together: "
        "the accuracy of the mean of their log-odds). Epochs, penalties and weights were chosen on "
        f"{about.units} held out of training; the models scored here were then trained from "
        f"scratch, on those {about.units} too. The best of many is a little flattered. Intervals "
        f"resample whole {about.units}, the same ones for both sides of a difference. Seconds are "
        "those of the job that fitted the model, with all its trainings and predictions; models of "
        "one job have the same number."
    )


def models_finding(by_name: Mapping[str, Row]) -> str:
    """The best model, and what the order of words gives."""
    contenders = [row for name, row in by_name.items() if not is_control(TITLES[name])]
    best = max(contenders, key=lambda row: row["accuracy"])
    found = (
        f"Best of {len(contenders)}: {TITLES[best['model']]}, {_percent(best)} of {best['n']:,} "
        "test reviews right."
    )
    if "convolution" not in by_name:
        return found
    gain = gain_in_points(Interval.of(by_name["convolution"], "difference"))
    return f"{found} The convolution, which sees the order of words, beside a bag of words: {gain}."


def _models_table(models: pd.DataFrame, is_original: bool) -> pd.DataFrame:
    rows = _rows(models)
    shown = pd.DataFrame(
        {
            "Model": [TITLES[row["model"]] for row in rows],
            "Accuracy (95 %)": [_percent(row) for row in rows],
            "Of each training": [_spread(row) for row in rows],
            "Of all together": [_together(row) for row in rows],
            "Log loss": models["log_loss"].map("{:.3f}".format),
            "Against a bag of words": [
                ""
                if row["model"] == "bag_of_words"
                else gain_in_points(Interval.of(row, "difference"))
                for row in rows
            ],
            "Without duplicates": models["without_copies"].map(_fine),
            "Seconds": models["seconds"].map(lambda taken: f"{taken:.0f}"),
        }
    )
    if (models["trainings"] == 1).all():
        shown = shown.drop(columns=["Of each training", "Of all together"])
    if is_original:
        original = [
            _fine(ORIGINAL[row["model"]]) if row["model"] in ORIGINAL else "" for row in rows
        ]
        shown.insert(2, "Original", original)
    if "macro_f1" in models:
        shown.insert(2, "Macro F1", models["macro_f1"].map(_fine))
    if "mae" in models:
        shown.insert(3, "Off by (mean)", models["mae"].map("{:.3f}".format))
    return shown


def _reading_of(about: About) -> list[str]:
    """How a person's own tables were read; nothing for the reviews of films."""
    if not about.told:
        return []
    return [heading("How were the tables read?"), verbatim("\n".join(about.told))]


def _vectors(by_name: Mapping[str, Row], task: Mapping[str, Any], about: About) -> str:
    told = [
        f"{name} {_right(by_name[f'{kind}_frozen'])} frozen, "
        f"{_right(by_name[f'{kind}_tuned'])} trained"
        for kind, name in VECTORS.items()
        if f"{kind}_frozen" in by_name
    ]
    return (
        "The vectors of these reviews were trained on the training reviews: a network is shown "
        "eleven words and tells whether the middle one was replaced. It is right about "
        f"{percent(task['accuracy'])} of {task['valid_windows']:,} windows of {about.units} that "
        "it was not trained on; guessing would be right about half. Words that stand in the same "
        "places get similar vectors, whether they praise or blame. The same convolution read "
        "each kind of vectors, first frozen, then trained too. Share of test reviews that it has "
        f"right: {'; '.join(told)}."
    )


def _verdicts(gains: Mapping[tuple[str, str], Interval], about: About) -> str:
    """Each kind of vectors against its control, on the same reviews."""
    said = [
        f"{TITLES[model]} beside {TITLES[control]}: {gain_in_points(gain)}"
        for (model, control), gain in gains.items()
    ]
    return f"On the same reviews, intervals over {about.units}: {'; '.join(said)}."


def _reading_blocks(gain: Interval | None, by_name: Mapping[str, Row]) -> list[str]:
    if gain is None:
        return []
    told = (
        "An LSTM can learn a language before it judges: it reads the training reviews word by "
        "word, without labels, and predicts each next word. From "
        f"there the lesson's LSTM comes to {_right(by_name['lstm_pretrained'])} right, from random "
        f"weights to {_right(by_name['lstm'])}: {gain_in_points(gain)}."
    )
    return [heading("What is pre-training as a language model worth?"), paragraph(told)]


def _unlabelled_blocks(
    gains: Mapping[str, Interval], by_name: Mapping[str, Row], statistics: Mapping[str, int]
) -> list[str]:
    if not gains:
        return []
    count, copies = statistics["unlabelled"], statistics["unlabelled_copies_of_test"]
    documents, taught, ensemble = (
        gain_in_points(gains[name])
        for name in ("documents_unlabelled", "nb_svm_taught", "ensemble")
    )
    told = (
        f"The set has {count:,} further texts whose labels nobody has; {copies:,} of them are "
        "copies of test reviews, word for word, and tell no more than these do. Read beside the "
        f"others, they leave {_right(by_name['documents_unlabelled'])} right instead of "
        f"{_right(by_name['documents_all'])}: {documents}. NB-SVM that also learns from them, of "
        "the classes that these vectors give them, has "
        f"{_right(by_name['nb_svm_taught'])} right instead of {_right(by_name['nb_svm'])}: "
        f"{taught}. The ensemble that holds both has "
        f"{_right(by_name['ensemble'])} instead of {_right(by_name['ensemble_labelled'])}: "
        f"{ensemble}."
    )
    return [paragraph(told)]


def _transductive(gains: Mapping[str, Interval], by_name: Mapping[str, Row]) -> str:
    documents, ensemble = (gain_in_points(gains[name]) for name in ("documents_all", "ensemble"))
    return (
        "A document vector is the direction of a review: near those of the n-grams that stand in "
        "it rather than in others. Labels of training reviews only decide which n-grams are read "
        "more often; the vectors themselves are learned from texts. So they can be learned from "
        "the test reviews too, without their labels, but for other reviews they must be made "
        f"again. With the test texts the model has {_right(by_name['documents_all'])} right "
        f"instead of {_right(by_name['documents_train'])}: {documents}. The ensemble that "
        f"holds them has {_right(by_name['ensemble'])} instead of "
        f"{_right(by_name['ensemble_inductive'])}: {ensemble}."
    )


def _weights(weights: Mapping[str, Any], by_name: Mapping[str, Row], about: About) -> str:
    equal = by_name["ensemble_equal"]
    return (
        "It adds the log-odds of its members with the weights below. On the validation "
        f"{about.units}, where they were chosen, the log loss is {weights['valid_log_loss']:.3f}, "
        f"with equal weights {weights['equal_valid_log_loss']:.3f}. On the test reviews "
        f"equal weights have {equal['log_loss']:.3f} and {_right(equal)} right, chosen ones "
        f"{by_name['ensemble']['log_loss']:.3f} and {_right(by_name['ensemble'])}. Members that "
        "are not listed have no weight."
    )


def _weights_table(weights: Mapping[str, Any]) -> pd.DataFrame:
    ordered = sorted(weights["weights"].items(), key=lambda item: -item[1])
    shown = [(TITLES[name], f"{weight:.2f}") for name, weight in ordered if weight >= LEAST_WEIGHT]
    return pd.DataFrame(shown, columns=["Member", "Weight"])


def _rows(models: pd.DataFrame) -> list[Row]:
    return [{str(key): value for key, value in row.items()} for row in models.to_dict("records")]


def _fine(value: float) -> str:
    return percent(value, DIGITS)


def _right(row: Row) -> str:
    return _fine(row["accuracy"])


def _percent(row: Row) -> str:
    return share(Interval.of(row, "accuracy"), DIGITS)


def _spread(row: Row) -> str:
    if row["trainings"] == 1:
        return "one"
    return f"{_fine(row['lowest'])} to {_fine(row['highest'])} ({row['trainings']})"


def _together(row: Row) -> str:
    return _fine(row["together"]) if row["trainings"] > 1 else ""
