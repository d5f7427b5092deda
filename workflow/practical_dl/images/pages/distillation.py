"""The page on distillation: whether a small network can learn from a large one."""

import math
from collections.abc import Mapping

import pandas as pd

from practical_dl.images.pages.sample_plots import interval_figure
from practical_dl.images.titles import title as title_of
from practical_dl.report.page import page, paragraph, picture, table
from practical_dl.report.wording import in_nats, in_points, nats, share
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
        table(_learner_table(scores, speed)),
        paragraph(f"{chance} {EXPLANATION}"),
    ]
    answer = _distillation_answer(scores, gain, speed, temperature, classes)
    return page(TITLE, answer, blocks)


def _distillation_answer(
    scores: Mapping[str, Scores],
    gain: Scores,
    speed: pd.DataFrame,
    temperature: float,
    classes: int,
) -> str:
    """Whether the pupil learned from the teacher, and what it costs beside it."""
    loss, right = gain["log_loss"], gain["accuracy"]
    size, rate = _of_network(speed, "megabytes"), _of_network(speed, "pictures_a_second")
    smaller, faster = size["teacher"] / size["pupil"], rate["pupil"] / rate["teacher"]
    losses = {name: of["log_loss"] for name, of in scores.items()}
    return (
        f"Taught by soft predictions at temperature {temperature:g}, on labelled and unlabelled "
        f"pictures, the small network's log loss on unseen drivers is "
        f"{nats(losses['pupil_distilled'])} against {nats(losses['pupil_true'])} on true labels "
        f"alone: {taught_verdict(losses, loss, classes)}; accuracy {in_points(right)}. Its teacher "
        f"has {nats(losses['teacher'])}; equal probabilities for all {classes} classes have "
        f"{math.log(classes):.3f}. The small network has a size of 1/{smaller:.0f} and takes "
        f"{faster:.1f} times as many pictures a second."
    )


def taught_verdict(losses: Mapping[str, Interval], difference: Interval, classes: int) -> str:
    """Whether the taught one is better, which only those that beat guessing can show."""
    if min(losses["pupil_distilled"].value, losses["pupil_true"].value) > math.log(classes):
        return f"{in_nats(difference)} between two that are worse than guessing"
    if difference.is_noise:
        return f"a difference of {in_nats(difference)}"
    word = "gain" if difference.value < 0 else "loss"
    return f"a {word} of {in_nats(-difference if word == 'gain' else difference)}"


def _learner_table(scores: Mapping[str, Scores], speed: pd.DataFrame) -> pd.DataFrame:
    """One row per learner: score, size and speed."""
    size, rate = _of_network(speed, "megabytes"), _of_network(speed, "pictures_a_second")
    rows = []
    for name, of in scores.items():
        network = "teacher" if name == "teacher" else "pupil"
        rows.append(
            {
                "network": title_of(name),
                "log loss": nats(of["log_loss"]),
                "accuracy": share(of["accuracy"]),
                "megabytes": f"{size[network]:.2f}",
                "pictures per second": f"{rate[network]:,.0f}",
            }
        )
    return pd.DataFrame(rows)


def _of_network(speed: pd.DataFrame, column: str) -> dict[str, float]:
    return dict(zip(speed["network"], speed[column], strict=True))
