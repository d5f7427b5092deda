"""Scores of the models on the same held-out symbols."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import read_csv
from practical_dl.job.errors import UserError
from practical_dl.scoring.metrics import report, score, share_score
from practical_dl.small.characters.grammar import closings
from practical_dl.small.characters.parts import Learned, Symbols
from practical_dl.small.characters.sequences import scored
from practical_dl.small.characters.titles import OF_CHARACTERS

HELD_OUT_COLUMNS = ["true", "likeliest", "nats"]
BLOCK = 1000
"""Symbols of one group: neighbours are not independent, so intervals resample whole blocks."""


def read_held_out(path: str | Path, learned: Learned) -> pd.DataFrame:
    """Read a held_out.csv: true and likeliest (indices in the names), nats.

    Raises:
        UserError: it belongs to another text.
    """
    types = {"true": "int64", "likeliest": "int64", "nats": "float64"}
    frame = read_csv(path, HELD_OUT_COLUMNS, types)
    if not np.array_equal(frame["true"], scored(learned.held_out)):
        raise UserError(f"{path}: belongs to another text; delete it and run again")
    return frame


def in_bits(nats: Any) -> Any:
    """Nats as bits."""
    return nats / np.log(2)


def blocks(places: NDArray[np.int64]) -> NDArray[np.int64]:
    """The block of each place."""
    return places // BLOCK


def loss_report(model: str, unit: str, held_out: pd.DataFrame, seed: int) -> dict[str, Any]:
    """Loss per `unit` (character or word) in nats and bits, as the content of a metrics.json."""
    places = np.arange(len(held_out))
    nats = score(held_out["nats"].to_numpy(), blocks(places), seed)
    bits = {name: float(in_bits(value)) for name, value in nats.items()}
    scores = {f"nats_per_{unit}": nats, f"bits_per_{unit}": bits}
    return report(model, f"held-out {unit}s", places, blocks(places), scores, seed)


def closing_table(held_out: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    """place, distance and right (1.0 or 0.0) of each closing tag whose opening was scored.

    A tag is closed rightly where the model's most probable letter is that of the innermost open
    tag; the model reads the true text up to there.
    """
    text = "".join(np.array(names)[held_out["true"]])
    found = pd.DataFrame(closings(text), columns=["place", "name", "distance"])
    likeliest = np.array(names)[held_out["likeliest"].to_numpy()[found["place"]]]
    return found[["place", "distance"]].assign(right=(likeliest == found["name"]).astype(float))


def closing_tables(
    held_out: Mapping[str, pd.DataFrame], learned: Mapping[str, Learned]
) -> dict[str, pd.DataFrame]:
    """The closing table of each model of characters."""
    return {name: closing_table(held_out[name], learned[name].names) for name in OF_CHARACTERS}


def reports(
    held_out: Mapping[str, pd.DataFrame], closing: Mapping[str, pd.DataFrame], seed: int
) -> list[dict[str, Any]]:
    """The loss report of every model, then the closing report of each that has a table."""
    losses = [
        loss_report(name, "character" if name in OF_CHARACTERS else "word", frame, seed)
        for name, frame in held_out.items()
    ]
    return losses + [closing_report(name, table, seed) for name, table in closing.items()]


def closing_report(model: str, table: pd.DataFrame, seed: int) -> dict[str, Any]:
    """The share of tags closed rightly, as the content of a metrics.json."""
    places = table["place"].to_numpy()
    scores = {"closed_rightly": share_score(table["right"].to_numpy(), blocks(places), seed)}
    return report(model, "held-out closing tags", places, blocks(places), scores, seed)


def frequency_nats(train: Symbols, held_out: Symbols, names: int) -> float:
    """Mean loss, in nats, of predicting every symbol by its frequency in `train`.

    Each symbol counts once more than it occurs, so that none is impossible.
    """
    counts = np.bincount(train, minlength=names) + 1
    return float(-np.log(counts / counts.sum())[held_out].mean())


def fit_table(descriptions: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """parameters, samples_per_epoch, predicted_per_epoch and epoch: one row per model."""
    rows = pd.DataFrame(list(descriptions.values()), index=list(descriptions))
    return rows.drop(columns=["version", "model"])
