"""What the models say about the held-out part, scored on the same symbols."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import read_csv
from practical_dl.job.errors import UserError
from practical_dl.scoring.metrics import report, score
from practical_dl.small.characters.grammar import closings
from practical_dl.small.characters.parts import Learned, Symbols
from practical_dl.small.characters.sequences import scored

HELD_OUT_COLUMNS = ["true", "likeliest", "nats"]
BLOCK = 1000
"""Symbols of one group: neighbours are not independent, so intervals resample whole blocks."""


def read_held_out(path: str | Path, learned: Learned) -> pd.DataFrame:
    """Read a held_out.csv: true and likeliest (places in the names), nats.

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
    """Loss a `unit` (character or word) in nats and in bits, as the content of a metrics.json."""
    places = np.arange(len(held_out))
    nats = score(held_out["nats"].to_numpy(), blocks(places), seed)
    bits = {name: float(in_bits(value)) for name, value in nats.items()}
    scores = {f"nats_per_{unit}": nats, f"bits_per_{unit}": bits}
    return report(model, f"held-out {unit}s", places, blocks(places), scores, seed)


def closing_table(held_out: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    """place, distance and right (1.0 or 0.0) of each closing tag whose opening was scored.

    A tag is closed rightly where the model holds the letter of the innermost open tag to be the
    likeliest; it reads the true text up to there.
    """
    text = "".join(np.array(names)[held_out["true"]])
    found = pd.DataFrame(closings(text), columns=["place", "name", "distance"])
    likeliest = np.array(names)[held_out["likeliest"].to_numpy()[found["place"]]]
    return found[["place", "distance"]].assign(right=(likeliest == found["name"]).astype(float))


def closing_report(model: str, table: pd.DataFrame, seed: int) -> dict[str, Any]:
    """The share of tags closed rightly, as the content of a metrics.json."""
    places = table["place"].to_numpy()
    scores = {"closed_rightly": score(table["right"].to_numpy(), blocks(places), seed)}
    return report(model, "held-out closing tags", places, blocks(places), scores, seed)


def frequency_nats(train: Symbols, held_out: Symbols, names: int) -> float:
    """Mean loss in nats of who knows only how often each symbol comes in `train`.

    Each symbol counts once more than it came, so that none is impossible.
    """
    counts = np.bincount(train, minlength=names) + 1
    return float(-np.log(counts / counts.sum())[held_out].mean())


def fit_table(descriptions: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """parameters, samples_per_epoch, predicted_per_epoch and epoch, a row a model."""
    rows = pd.DataFrame(list(descriptions.values()), index=list(descriptions))
    return rows.drop(columns=["version", "model"])
