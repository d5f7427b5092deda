"""What the original and others reached, with the data that it was on."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from practical_dl.files.artefacts import read_csv

if TYPE_CHECKING:
    import pandas as pd

REFERENCES = Path(__file__).parents[2] / "report/references.csv"
KEYS = ["dataset", "model", "part", "metric"]


def read_references() -> pd.DataFrame:
    """Columns KEYS, original, peer: the best that others reached; texts after figures."""
    return read_csv(REFERENCES, [*KEYS, "original", "peer"])


def references_sum() -> str:
    """SHA-256 of the table of references, so that its edits re-run the rule that reads it."""
    return sha256(REFERENCES.read_bytes()).hexdigest()
