"""Losses in nats and bits, and closed tags, on numbers that are known."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from practical_dl.job.errors import UserError
from practical_dl.small.characters.fitting import held_out_frame
from practical_dl.small.characters.parts import characters_of
from practical_dl.small.characters.scores import (
    closing_report,
    closing_table,
    frequency_nats,
    loss_report,
    read_held_out,
)
from practical_dl.small.characters.sequences import scored


def test_eight_equal_characters_are_three_bits() -> None:
    probabilities = np.full((3000, 8), 1 / 8, np.float32)
    frame = held_out_frame(probabilities, np.arange(3000, dtype=np.int32) % 8)
    report = loss_report("even", "character", frame, seed=1)
    assert report["scores"]["bits_per_character"]["value"] == pytest.approx(3)
    assert report["scores"]["nats_per_character"]["value"] == pytest.approx(np.log(8))
    assert (report["n"], report["groups"], report["part"]) == (3000, 3, "held-out characters")


def test_bits_of_a_known_distribution() -> None:
    probabilities = np.tile(np.array([0.5, 0.25, 0.25], np.float32), (4, 1))
    frame = held_out_frame(probabilities, np.array([0, 0, 1, 2], np.int32))
    assert frame["nats"].to_numpy() / np.log(2) == pytest.approx([1, 1, 2, 2])
    assert frame["likeliest"].tolist() == [0] * 4
    scores = loss_report("known", "word", frame, seed=1)["scores"]
    assert scores["bits_per_word"]["value"] == pytest.approx(1.5)


def test_who_knows_only_frequencies() -> None:
    train, held_out = np.array([0, 0, 1], np.int32), np.array([0, 1, 2], np.int32)
    expected = -np.log([3 / 6, 2 / 6, 1 / 6]).mean()
    assert frequency_nats(train, held_out, 3) == pytest.approx(expected)


def test_closed_tags_of_a_model_by_hand() -> None:
    text, said = "<b>x<i>y</i></b>", "<b>x<i>y</b></b>"
    names = tuple(sorted(set(text)))
    frame = pd.DataFrame(
        {"true": [names.index(c) for c in text], "likeliest": [names.index(c) for c in said]}
    )
    table = closing_table(frame, names)
    assert table["place"].tolist() == [10, 14]
    assert table["distance"].tolist() == [5, 13]
    assert table["right"].tolist() == [0.0, 1.0]
    report = closing_report("model", table, seed=1)
    assert report["scores"]["closed_rightly"]["value"] == 0.5
    assert report["n"] == 2


def test_predictions_of_another_text_are_refused(tmp_path: Path) -> None:
    learned = characters_of("abcde" * 200, 0.05, 0.2)
    other = characters_of("abcdf" * 201, 0.05, 0.2)
    path = tmp_path / "held_out.csv"
    true = scored(learned.held_out)
    pd.DataFrame({"true": true, "likeliest": true, "nats": 0.5}).to_csv(path, index=False)
    assert read_held_out(path, learned)["nats"].mean() == 0.5
    with pytest.raises(UserError, match="belongs to another text"):
        read_held_out(path, other)
