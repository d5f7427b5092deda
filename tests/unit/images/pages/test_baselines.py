import pandas as pd

from practical_dl.images.pages.baselines import (
    Baseline,
    memorisation_table,
    memorisation_verdict,
    other_epochs,
)
from practical_dl.scoring.interval import Interval

ACCURACY = {"scores": {"accuracy": {"value": 0.25, "ci_low": 0.2, "ci_high": 0.3}}}


def baseline(history: pd.DataFrame, parameters: int = 1) -> Baseline:
    return Baseline(parameters, history, dict.fromkeys(("grouped", "random", "leak"), ACCURACY))


def test_a_model_is_told_by_its_accuracy_on_seen_and_on_unseen_pictures() -> None:
    history = pd.DataFrame(
        {
            "setting": ["grouped", "grouped", "grouped", "grouped", "random"],
            "seed": [1, 1, 2, 2, 1],
            "epoch": [1, 2, 1, 2, 2],
            "accuracy": [0.1, 0.9, 0.2, 0.7, 0.0],
            "inner_accuracy": [0.1, 0.2, 0.1, 0.2, 0.0],
            "inner_plain_loss": [1.0, 0.5, 0.4, 0.9, 0.3],
        }
    )
    table = memorisation_table({"conv1": baseline(history, 12345)})
    assert table.iloc[0].tolist() == [
        "conv1",
        "12,345",
        "80.0 %",
        "20.0 %",
        "25.0 % (20.0 to 30.0)",
        "1 to 2",
    ]


def test_a_leak_between_different_epochs_is_named() -> None:
    history = pd.DataFrame(
        {
            "setting": ["grouped", "grouped", "random", "random"],
            "seed": 1,
            "epoch": [1, 2, 1, 2],
            "inner_plain_loss": [2.0, 3.0, 2.0, 1.0],
        }
    )
    alike = history.assign(inner_plain_loss=[2.0, 1.0, 2.0, 1.0])
    linear, conv1 = baseline(history), baseline(alike)
    assert linear.epochs() == {"grouped": "1", "random": "2"}
    assert conv1.epochs() == {"grouped": "2", "random": "2"}
    said = other_epochs({"linear": linear, "conv1": conv1})
    assert (
        said == "For linear the two splits keep different epochs, and a part of the leak is that."
    )
    assert "keep different epochs" not in other_epochs({"linear": conv1})


def test_knowing_by_heart_is_told_from_having_learned() -> None:
    unseen = Interval(0.28, 0.20, 0.36)
    assert memorisation_verdict(0.99, unseen).startswith("It memorises, so what it lacks")
    assert "in part, 66.1 points" in memorisation_verdict(0.941, unseen)
    assert memorisation_verdict(0.35, unseen).startswith("It has not memorised")
