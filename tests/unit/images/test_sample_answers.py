import pandas as pd

from practical_dl.images.sample_answers import memorisation_table


def test_a_model_is_told_by_what_it_knows_of_seen_and_of_unseen_pictures() -> None:
    history = pd.DataFrame(
        {
            "setting": ["grouped", "grouped", "grouped", "grouped", "random"],
            "seed": [1, 1, 2, 2, 1],
            "epoch": [1, 2, 1, 2, 2],
            "accuracy": [0.1, 0.9, 0.2, 0.7, 0.0],
            "inner_accuracy": [0.1, 0.2, 0.1, 0.2, 0.0],
        }
    )
    accuracy = {"value": 0.25, "ci_low": 0.2, "ci_high": 0.3}
    table = memorisation_table(
        {"conv1": {"parameters": 12345}},
        {"conv1": history},
        {"conv1": {"scores": {"accuracy": accuracy}}},
    )
    assert table.iloc[0].tolist() == ["conv1", "12,345", "80.0 %", "25.0 % (20.0 to 30.0)"]
