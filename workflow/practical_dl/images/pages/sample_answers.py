"""What the experiments on the sample say: sentences and tables made from their numbers."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from practical_dl.images.sample.statistics_study import RUNNING, SETTLED
from practical_dl.images.sample.trainings import Runs, kept_epochs
from practical_dl.images.sample.validation_size import HALF_WIDTH, smallest_size
from practical_dl.report.wording import in_points, is_noise, nats, percent, share, yes
from practical_dl.training.learning_rate_range import suggested_rate

KNOWN_SHARE = 0.95
"""Training accuracy from which a model is said to know its pictures by heart."""

Reports = Mapping[str, Mapping[str, Any]]


def baseline_answer(
    grouped: Reports, leaks: Reports, epochs: Mapping[str, Mapping[str, str]]
) -> str:
    """The best model on unseen groups, the floor, the largest leak, and the epochs it rests on."""
    accuracy = {model: report["scores"]["accuracy"] for model, report in grouped.items()}
    best = max(accuracy, key=lambda model: accuracy[model]["value"])
    leak = {model: report["scores"]["accuracy"] for model, report in leaks.items()}
    most = max(leak, key=lambda model: leak[model]["value"])
    real = [model for model, difference in leak.items() if not is_noise(difference)]
    return (
        f"On groups that were never trained on, {best} is right about {share(accuracy[best])} and "
        f"the linear floor about {share(accuracy['linear'])}. A random split of the same pictures "
        f"promises most in excess for {most}: {in_points(leak[most])}; the leak lies outside the "
        f"noise for {len(real)} of {len(leak)} models.{_other_epochs(epochs)}"
    )


def _other_epochs(epochs: Mapping[str, Mapping[str, str]]) -> str:
    other = [model for model, kept in epochs.items() if kept["grouped"] != kept["random"]]
    if not other:
        return ""
    names = ", ".join(other)
    return f" For {names} the two splits keep different epochs, and a part of the leak is that."


def baseline_table(
    models: Reports,
    grouped: Reports,
    random: Reports,
    leaks: Reports,
    epochs: Mapping[str, Mapping[str, str]],
) -> pd.DataFrame:
    """One row a model: parameters, scores by both splits, leak, epochs kept by either split."""
    return pd.DataFrame(
        [
            {
                "model": name,
                "parameters": f"{models[name]['parameters']:,}",
                "accuracy, unseen groups": share(grouped[name]["scores"]["accuracy"]),
                "accuracy, random split": share(random[name]["scores"]["accuracy"]),
                "leak": in_points(leaks[name]["scores"]["accuracy"]),
                "log loss, unseen groups": nats(grouped[name]["scores"]["log_loss"]),
                "log loss, random split": nats(random[name]["scores"]["log_loss"]),
                "epoch kept, by groups": epochs[name]["grouped"],
                "epoch kept, random": epochs[name]["random"],
                "collapsed": yes(grouped[name]["collapse"]["collapsed"]),
            }
            for name in grouped
        ]
    )


def class_shares(runs: Runs, setting: str) -> list[float]:
    """Share of a setting's rows that each class is predicted for."""
    chosen = (runs.rows["setting"] == setting).to_numpy()
    predicted = runs.probabilities[chosen].argmax(axis=1)
    return list(np.bincount(predicted, minlength=len(runs.classes)) / len(predicted))


def rate_lesson_answer(reports: Reports) -> str:
    """What the first rate did: the scores, and whether the model collapsed."""
    at_once, low_first = reports["at_once"], reports["low_first"]
    verdict = "collapsed" if at_once["collapse"]["collapsed"] else "did not collapse"
    return (
        f"At the high rate from the first step the linear model {verdict}: {_outcome(at_once)}. "
        f"With a low rate first: {_outcome(low_first)}. Both train on all training pictures of the "
        "sample and keep the last epoch; the linear model of the page on simple models holds "
        "groups out of training to choose its epoch, so its score is another."
    )


def _outcome(report: Mapping[str, Any]) -> str:
    check, scores = report["collapse"], report["scores"]
    return (
        f"its most predicted class gets {percent(check['share'])} of the pictures at a mean "
        f"confidence of {check['confidence']:.2f}, log loss {nats(scores['log_loss'])}, accuracy "
        f"{share(scores['accuracy'])}"
    )


def rate_lesson_table(reports: Reports) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "schedule": name.replace("_", " "),
                "log loss": nats(report["scores"]["log_loss"]),
                "accuracy": share(report["scores"]["accuracy"]),
                "most predicted class": percent(report["collapse"]["share"]),
                "mean confidence": f"{report['collapse']['confidence']:.3f}",
                "collapsed": yes(report["collapse"]["collapsed"]),
                "trainings": report["seeds"],
            }
            for name, report in reports.items()
        ]
    )


def rate_range_table(ranges: pd.DataFrame) -> pd.DataFrame:
    """One row a model: suggested rate, last rate tried."""
    return pd.DataFrame(
        [
            {
                "model": model,
                "suggested rate": f"{suggested_rate(*rows[['rate', 'loss']].to_numpy().T):.1g}",
                "last rate of the test": f"{rows['rate'].iloc[-1]:.1g}",
                "steps": len(rows),
            }
            for model, rows in ranges.groupby("model", sort=False)
        ]
    )


def rate_range_answer(table: pd.DataFrame) -> str:
    rates = table["suggested rate"].astype(float)
    named = ", ".join(
        f"{model} {rate}"
        for model, rate in zip(table["model"], table["suggested rate"], strict=True)
    )
    return (
        f"The suggestions (a tenth of the rate with the lowest smoothed loss) span a factor of "
        f"{rates.max() / rates.min():.0f}: {named}."
    )


def memorisation_curves(history: pd.DataFrame) -> dict[str, "pd.Series[float]"]:
    """Accuracy by epoch on trained and on unseen groups of the grouped split, means over seeds."""
    means = history[history["setting"] == "grouped"].groupby("epoch").mean(numeric_only=True)
    return {"training groups": means["accuracy"], "inner groups, unseen": means["inner_accuracy"]}


def memorisation_answer(
    curves: Mapping[str, "pd.Series[float]"], grouped: Mapping[str, Any], parameters: int
) -> str:
    last = curves["training groups"].iloc[-1]
    unseen = grouped["scores"]["accuracy"]
    verdict = (
        "It memorises: what it lacks on unseen groups is not capacity"
        if last >= KNOWN_SHARE and unseen["ci_high"] < last
        else "It has not learned its training pictures by heart in these epochs"
    )
    return (
        f"After the last epoch the network of {parameters:,} parameters knows {percent(last)} of "
        f"its training pictures, and {share(unseen)} of those of unseen groups. {verdict}."
    )


def memorisation_table(
    models: Reports, histories: Mapping[str, pd.DataFrame], grouped: Reports
) -> pd.DataFrame:
    """One row a model: parameters, accuracy on training pictures and on unseen groups."""
    return pd.DataFrame(
        [
            {
                "model": name,
                "parameters": f"{model['parameters']:,}",
                "training pictures, last epoch": percent(curves["training groups"].iloc[-1]),
                "inner groups (unseen), last epoch": percent(
                    curves["inner groups, unseen"].iloc[-1]
                ),
                "validation groups, epoch kept": share(grouped[name]["scores"]["accuracy"]),
                "epoch kept": kept_epochs(histories[name])["grouped"],
            }
            for name, model in models.items()
            if (curves := memorisation_curves(histories[name]))
        ]
    )


def statistics_table(scores: pd.DataFrame) -> pd.DataFrame:
    """Scores by epoch, means over seeds."""
    table = scores.pivot_table(
        index="epoch", columns="statistics", values=["accuracy", "log_loss"], sort=False
    )
    pairs = table.columns.to_list()
    shown = {
        f"{pair[0].replace('_', ' ')}, {pair[1]}": table[pair].map(
            percent if pair[0] == "accuracy" else "{:.3f}".format
        )
        for pair in pairs
    }
    return pd.DataFrame(shown).reset_index()


def statistics_answer(scores: pd.DataFrame) -> str:
    first = scores[scores["epoch"] == scores["epoch"].min()]
    last = scores[scores["epoch"] == scores["epoch"].max()]

    def mean(rows: pd.DataFrame, name: str, metric: str) -> float:
        return float(rows.loc[rows["statistics"] == name, metric].mean())

    gaps = scores.pivot_table(index=["seed", "epoch"], columns="statistics", values="accuracy")
    gap = (gaps[SETTLED] - gaps[RUNNING]).abs().groupby("epoch").mean()
    settled_from = gap[::-1].cummax()[::-1] <= 0.02
    when = (
        f"the two stay within 2 points from epoch {settled_from.idxmax()}"
        if settled_from.any()
        else "the two differ by more than 2 points at the end"
    )
    return (
        f"With the same weights after epoch {first['epoch'].iloc[0]}, Keras' running averages "
        f"score {percent(mean(first, RUNNING, 'accuracy'))} (log loss "
        f"{mean(first, RUNNING, 'log_loss'):.2f}) and statistics settled on training pictures "
        f"{percent(mean(first, SETTLED, 'accuracy'))} ({mean(first, SETTLED, 'log_loss'):.2f}); "
        f"after epoch {last['epoch'].iloc[0]} {percent(mean(last, RUNNING, 'accuracy'))} and "
        f"{percent(mean(last, SETTLED, 'accuracy'))}: {when}.{_trainings(scores)} A score by "
        f"running averages can be believed once the two agree; all fits of this workflow are "
        f"scored with settled statistics."
    )


def _trainings(scores: pd.DataFrame) -> str:
    return " That is one training." if len(scores["seed"].unique()) == 1 else ""


def validation_size_answer(
    table: pd.DataFrame, control: pd.DataFrame, other: str, difference: float
) -> str:
    """How far drawing by picture understates the spread, and which size is enough."""
    counts = control["group"].value_counts()
    accuracy = table[table["metric"] == "accuracy"].set_index(["way", "size"])["spread"]
    size = min(table["size"], key=lambda size: abs(size - 1000))
    by_picture, by_driver = accuracy["picture", size], accuracy["driver", size]
    needed = {
        way: smallest_size(table, way, "accuracy", difference) for way in ("picture", "driver")
    }
    return (
        f"At {size:,} pictures the accuracy of conv1 spreads by {100 * by_picture:.2f} points "
        f"when single pictures are drawn, as the lesson did, and by {100 * by_driver:.2f} points "
        f"when whole drivers are: {by_driver / by_picture:.2f} times as much. To tell conv1 with "
        f"{other} from conv1 without by {100 * difference:g} points (95 %), "
        f"{_size(needed['picture'])} would seem enough; drawn by driver it takes "
        f"{_size(needed['driver'])}. From {len(counts)} drivers with {counts.mean():.0f} pictures "
        f"each in the mean, drawn with replacement. A spread is the standard deviation over the "
        f"draws; what can be told is {HALF_WIDTH:g} of them."
    )


def validation_size_shown(table: pd.DataFrame) -> pd.DataFrame:
    """The table of spreads in plain words, without groups where none are drawn."""
    is_share = table["metric"] == "accuracy"
    return pd.DataFrame(
        {
            "drawn by": table["way"],
            "pictures": table["size"].map("{:,}".format),
            "drivers": table["groups"].astype(str).replace("0", ""),
            "score": table["metric"].str.replace("_", " "),
            "spread of the score": _spreads(table["spread"], is_share),
            "spread of the difference": _spreads(table["difference_spread"], is_share),
            "difference that can be told": _spreads(
                HALF_WIDTH * table["difference_spread"], is_share
            ),
        }
    )


def _spreads(spreads: "pd.Series[float]", is_share: "pd.Series[bool]") -> "pd.Series[str]":
    in_words = (100 * spreads).map("{:.2f} points".format)
    return in_words.where(is_share, spreads.map("{:.4f}".format))


def _size(size: int | None) -> str:
    return "more pictures than were tried" if size is None else f"{size:,} pictures"
