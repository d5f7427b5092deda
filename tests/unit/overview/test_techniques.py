"""What each technique gave, from the tables of a run, with better as a positive gain."""

from pathlib import Path

import pandas as pd
import pytest

from practical_dl.overview.techniques import read_gains, techniques


def interval(name: str, value: float) -> dict[str, float]:
    return {name: value, f"{name}_low": value - 0.1, f"{name}_high": value + 0.1}


def test_a_lower_log_loss_is_a_gain_and_a_first_rung_is_no_technique() -> None:
    ladder = pd.DataFrame(
        [
            {"title": "first", "control": "", "shared": 0, **interval("gain_log_loss", 0.0)},
            {"title": "vgg features with a head", "control": "the network from scratch"}
            | {"shared": 9, **interval("gain_log_loss", -0.5)},
            {"title": "of one's own", "control": "another", "shared": 9}
            | interval("gain_log_loss", 0.5),
        ]
    )
    [found] = techniques({("images", "farm"): ladder}).values()
    assert [one.name for one in found] == ["transfer", "of one's own"]
    assert [one.gain.value for one in found] == [0.5, -0.5]
    assert found[0].told() == "better by 0.500 (95 % 0.400 to 0.600)"
    assert found[0].page == "images/farm/pages/ladder.html"


def test_a_better_model_of_ratings_gains_from_either_side_of_a_difference() -> None:
    rows = [
        {"model": "mean", **interval("minus_bias", 0.3)},
        {"model": "bias", **interval("minus_bias", 0.0)},
        {"model": "dot_bias", **interval("minus_bias", -0.2)},
    ]
    [found] = techniques({("movies", "stars"): pd.DataFrame(rows)}).values()
    assert [(one.name, one.gain.value) for one in found] == [
        ("biases", pytest.approx(0.3)),
        ("factors", pytest.approx(0.2)),
    ]


def test_models_of_texts_are_held_against_a_bag_of_words() -> None:
    rows = [
        {"model": "bag_of_words", **interval("difference", 0.0)},
        {"model": "lstm", **interval("difference", 0.05)},
    ]
    [found] = techniques({("reviews", "imdb"): pd.DataFrame(rows)}).values()
    assert [one.told() for one in found] == ["within the noise: +5.0 points (95 % -5.0 to +15.0)"]


def test_tables_are_read_with_their_gaps(tmp_path: Path) -> None:
    path = tmp_path / "ladder.csv"
    path.write_text("title,control,shared,gain_log_loss\n1,,0,\nb,1,4,-0.5\n")
    table = read_gains(str(path))
    assert table["title"].tolist() == ["1", "b"]
    assert table["gain_log_loss"].isna().tolist() == [True, False]
    assert table["shared"].tolist() == [0, 4]
