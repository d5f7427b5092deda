"""Pages on the simple models of the sample: what a random split promises, and memorisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from practical_dl.images.pages.sample_plots import curves_figure, interval_figure, question_page
from practical_dl.images.sample.reports import Report, scored
from practical_dl.images.sample.trainings import kept_epochs
from practical_dl.report.wording import excess_in_points, nats, percent, share, yes
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.leak import leak_of_rows

KNOWN_SHARE = 0.95
"""Training accuracy from which a model is said to have memorised its pictures."""
DRAWN = "conv1"
"""The model whose curves are drawn."""
SPLITS = {"grouped": "unseen groups", "random": "random split"}
NOTE = (
    "With either split, each training keeps the epoch that is best on inner pictures of the "
    "split's own kind, as somebody who believed the split would. A model that gets no better on "
    "unseen groups keeps an early epoch there and a late one at random, so a part of its leak is "
    "the longer training."
)
Curves = Mapping[str, "pd.Series[float]"]


@dataclass(frozen=True)
class Baseline:
    """One model: its number of parameters, its history, its reports (grouped, random, leak)."""

    parameters: int
    history: pd.DataFrame
    reports: Mapping[str, Report]

    def epochs(self) -> dict[str, str]:
        """By split, the epochs whose weights were kept."""
        return kept_epochs(self.history)


def baselines_page(models: Mapping[str, Baseline]) -> str:
    """The page as HTML."""
    return question_page(
        "How far do simple models get, and how much more does a random split promise?",
        baseline_answer(models),
        _accuracies_figure(models),
        "Accuracy of each model on groups never seen, and what the random split promises",
        _baseline_table(models),
        [NOTE, other_epochs(models)],
        leak_of_rows,
    )


def baseline_answer(models: Mapping[str, Baseline]) -> str:
    """The best model on unseen groups, and the largest leak."""
    accuracy = {
        name: scored(model.reports["grouped"], "accuracy") for name, model in models.items()
    }
    leak = {name: scored(model.reports["leak"], "accuracy") for name, model in models.items()}
    best = max(accuracy, key=lambda name: accuracy[name].value)
    most = max(leak, key=lambda name: leak[name].value)
    real = [name for name, difference in leak.items() if not difference.is_noise]
    return (
        f"On groups never trained on, {best} is right about {share(accuracy[best])}; a random "
        f"split flatters {most} most, by {excess_in_points(leak[most])}, and "
        f"{len(real)} of {len(leak)} models outside the noise."
    )


def other_epochs(models: Mapping[str, Baseline]) -> str:
    kept = {name: model.epochs() for name, model in models.items()}
    other = [name for name, epochs in kept.items() if epochs["grouped"] != epochs["random"]]
    if not other:
        return ""
    names = ", ".join(other)
    return f"For {names} the two splits keep different epochs, and a part of the leak is that."


def _accuracies_figure(models: Mapping[str, Baseline]) -> Figure:
    accuracies = {
        name: {label: scored(model.reports[split], "accuracy") for split, label in SPLITS.items()}
        for name, model in models.items()
    }
    return interval_figure(accuracies, "accuracy on validation pictures, 95 % interval")


def _baseline_table(models: Mapping[str, Baseline]) -> pd.DataFrame:
    """One row per model: parameters, scores by both splits, leak, epochs kept by either split."""
    return pd.DataFrame([_baseline_row(name, model) for name, model in models.items()])


def _baseline_row(name: str, model: Baseline) -> dict[str, Any]:
    grouped, random, leak = (model.reports[kind] for kind in ("grouped", "random", "leak"))
    return {
        "model": name,
        "parameters": f"{model.parameters:,}",
        "accuracy, unseen groups": share(scored(grouped, "accuracy")),
        "accuracy, random split": share(scored(random, "accuracy")),
        "leak": excess_in_points(scored(leak, "accuracy")),
        "log loss, unseen groups": nats(scored(grouped, "log_loss")),
        "log loss, random split": nats(scored(random, "log_loss")),
        "epoch kept, by groups": model.epochs()["grouped"],
        "epoch kept, random": model.epochs()["random"],
        "collapsed": yes(grouped["collapse"]["collapsed"]),
    }


def memorisation_page(models: Mapping[str, Baseline]) -> str:
    """The page as HTML."""
    drawn = models[DRAWN]
    unseen = scored(drawn.reports["grouped"], "accuracy").value
    return question_page(
        "Does the network of two convolutions learn, or memorise?",
        _memorisation_answer(drawn),
        curves_figure(
            memorisation_curves(drawn.history),
            "accuracy",
            {"validation groups, at the end": unseen},
        ),
        "Accuracy by epoch; the dotted line is of groups never seen",
        memorisation_table(models),
        [f"The network of {drawn.parameters:,} parameters, after its last epoch."],
        memorisation_verdict,
    )


def memorisation_curves(history: pd.DataFrame) -> Curves:
    """Accuracy by epoch on trained and on unseen groups of the grouped split, means over seeds."""
    means = history[history["setting"] == "grouped"].groupby("epoch").mean(numeric_only=True)
    return {"training groups": means["accuracy"], "inner groups, unseen": means["inner_accuracy"]}


def _memorisation_answer(model: Baseline) -> str:
    last = memorisation_curves(model.history)["training groups"].iloc[-1]
    unseen = scored(model.reports["grouped"], "accuracy")
    return (
        f"{memorisation_verdict(float(last), unseen)}: {percent(last)} of its training pictures "
        f"are right, and {share(unseen)} of those of unseen groups."
    )


def memorisation_verdict(trained: float, unseen: Interval) -> str:
    """What an accuracy on the pictures `trained` on says beside that on `unseen` groups."""
    if unseen.high >= trained:
        return "It has not memorised its training pictures in these epochs"
    if trained >= KNOWN_SHARE:
        return "It memorises, so what it lacks on unseen groups is not capacity"
    return f"It memorises in part, {100 * (trained - unseen.value):.1f} points of accuracy"


def memorisation_table(models: Mapping[str, Baseline]) -> pd.DataFrame:
    """One row per model: parameters, accuracy on training pictures and on unseen groups."""
    return pd.DataFrame([_memorisation_row(name, model) for name, model in models.items()])


def _memorisation_row(name: str, model: Baseline) -> dict[str, str]:
    curves = memorisation_curves(model.history)
    return {
        "model": name,
        "parameters": f"{model.parameters:,}",
        "training pictures, last epoch": percent(curves["training groups"].iloc[-1]),
        "inner groups (unseen), last epoch": percent(curves["inner groups, unseen"].iloc[-1]),
        "validation groups, epoch kept": share(scored(model.reports["grouped"], "accuracy")),
        "epoch kept": model.epochs()["grouped"],
    }
