"""What the original and others reached, with the data that it was on."""

from hashlib import sha256
from pathlib import Path

import pandas as pd

from practical_dl.files.artefacts import read_csv

REFERENCES = Path(__file__).parents[2] / "report/references.csv"
REFERENCE_KEYS = ["dataset", "model", "part", "metric"]


def read_references() -> pd.DataFrame:
    """Columns REFERENCE_KEYS, original, peer; figures lead their texts."""
    return read_csv(REFERENCES, [*REFERENCE_KEYS, "original", "peer"])


def references_sum() -> str:
    """SHA-256 of the table, so that a rule that reads it knows its edits."""
    return sha256(REFERENCES.read_bytes()).hexdigest()
