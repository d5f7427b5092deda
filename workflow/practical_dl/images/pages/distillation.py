"""The page on distillation: whether a small network can learn from a large one."""

import math
from collections.abc import Mapping

import pandas as pd

from practical_dl.images.pages.sample_plots import interval_figure
from practical_dl.images.titles import title as title_of
from practical_dl.report.page import code_of, fine_print, page, picture, table
from practical_dl.report.wording import gain_in_nats, gain_in_points, nats, share
from practical_dl.scoring.gain import gain_scores
from practical_dl.scoring.interval import Interval

TITLE = "Can a small network learn from a large one?"
EXPLANATION = (
    "All three are scored on drivers whose labels they never saw, fold by fold. The teacher is the "
    "head of the page on pseudo-labels that saw none, a small one on the features of a large "
    "network, averaged over its seeds; its size and speed are those of that network. Both small "
    "networks see the same labelled pictures in the same batches. Speed is measured here, the "
    "fastest batch on noise."
)

Scores = Mapping[str, Interval]


def distillation_page(
    scores: Mapping[str, Scores],
    gain: Scores,
    speed: pd.DataFrame,
    temperature: float,
    classes: int,
    chance: str,
) -> str:
    """The page as HTML.

    Args:
        scores: log loss and accuracy of the teacher and both pupils, by name.
        gain: of the distilled pupil over that on true labels.
        chance: what guessing would give, in a sentence.
    """
    accuracies = {title_of(name): {"": of["accuracy"]} for name, of in scores.items()}
    blocks = [
        picture(interval_figure(accuracies, "accuracy on unseen drivers"), "Teacher and pupils"),
        table(_learner_table(scores, gain, speed)),
        fine_print(f"{chance} {guessing_loss(classes)} {EXPLANATION}", _taught_at(temperature)),
        code_of(gain_scores),
    ]
    return page(TITLE, distillation_answer(scores, gain, speed, classes), blocks)


def guessing_loss(classes: int) -> str:
    """The log loss that a model must beat, in a sentence."""
    return (
        f"Equal probabilities for all {classes} classes have a log loss of {math.log(classes):.3f}."
    )


def _taught_at(temperature: float) -> str:
    return (
        f"Taught means: trained on the teacher's probabilities at temperature {temperature:g}, of "
        "labelled and unlabelled pictures."
    )


def distillation_answer(
    scores: Mapping[str, Scores], gain: Scores, speed: pd.DataFrame, classes: int
) -> str:
    """Whether the pupil learned from the teacher, and what it costs beside it."""
    size, rate = _of_network(speed, "megabytes"), _of_network(speed, "pictures_a_second")
    smaller, faster = size["teacher"] / size["pupil"], rate["pupil"] / rate["teacher"]
    losses = {name: of["log_loss"] for name, of in scores.items()}
    return (
        f"Taught by the large network, the small one, 1/{smaller:.0f} of its size and "
        f"{faster:.1f} times as fast, has a log loss that is "
        f"{taught_verdict(losses, gain['log_loss'], classes)}."
    )


def taught_verdict(losses: Mapping[str, Interval], difference: Interval, classes: int) -> str:
    """What teaching gave, and whether one of the two beats guessing at all."""
    told = f"{gain_in_nats(-difference)} than on true labels alone"
    if difference.is_noise:
        told = f"{gain_in_nats(-difference)} against true labels alone"
    if min(losses["pupil_distilled"].value, losses["pupil_true"].value) > math.log(classes):
        return f"{told}; but both are worse than guessing, which has {math.log(classes):.3f}"
    return told


def _learner_table(scores: Mapping[str, Scores], gain: Scores, speed: pd.DataFrame) -> pd.DataFrame:
    """One row per learner: score, gain, size and speed."""
    size, rate = _of_network(speed, "megabytes"), _of_network(speed, "pictures_a_second")
    rows = []
    for name, of in scores.items():
        network = "teacher" if name == "teacher" else "pupil"
        taught = name == "pupil_distilled"
        rows.append(
            {
                "network": title_of(name),
                "log loss": nats(of["log_loss"]),
                "accuracy": share(of["accuracy"]),
                "log loss against true labels": gain_in_nats(-gain["log_loss"]) if taught else "",
                "accuracy against true labels": gain_in_points(gain["accuracy"]) if taught else "",
                "megabytes": f"{size[network]:.2f}",
                "pictures per second": f"{rate[network]:,.0f}",
            }
        )
    return pd.DataFrame(rows)


def _of_network(speed: pd.DataFrame, column: str) -> dict[str, float]:
    return dict(zip(speed["network"], speed[column], strict=True))
