import pandas as pd

from practical_dl.images.pages.sample_answers import baseline_answer, memorisation_table
from practical_dl.images.sample.trainings import kept_epochs


def test_a_model_is_told_by_what_it_knows_of_seen_and_of_unseen_pictures() -> None:
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
    accuracy = {"value": 0.25, "ci_low": 0.2, "ci_high": 0.3}
    table = memorisation_table(
        {"conv1": {"parameters": 12345}},
        {"conv1": history},
        {"conv1": {"scores": {"accuracy": accuracy}}},
    )
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
    epochs = {"linear": kept_epochs(history), "conv1": {"grouped": "2", "random": "2"}}
    assert epochs["linear"] == {"grouped": "1", "random": "2"}
    accuracy = {"value": 0.2, "ci_low": 0.1, "ci_high": 0.3}
    reports = {model: {"scores": {"accuracy": accuracy}} for model in epochs}
    said = baseline_answer(reports, reports, epochs)
    assert said.endswith(
        "For linear the two splits keep different epochs, and a part of the leak is that."
    )
    assert "different epochs" not in baseline_answer(reports, reports, {"conv1": epochs["conv1"]})
