"""The text that a model writes after each epoch."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from practical_dl.files.artefacts import read_csv
from practical_dl.job.runtime import Log
from practical_dl.small.characters.parts import CONTEXT, WORD, Learned, encode
from practical_dl.small.characters.writing import Reader, continue_text

COLUMNS = ["epoch", "start", "text"]


class Samples:
    """Collects the texts that follow the same beginning, drawn with the same random numbers.

    `settings` has characters (symbols to write), temperature and start, a text or None: then
    the first CONTEXT held-out symbols are read.
    """

    def __init__(self, learned: Learned, settings: Mapping[str, Any], seed: int, log: Log) -> None:
        self._learned = learned
        self._settings = settings
        self._seed = seed
        self._log = log
        self._start = self._first_symbols()
        self._rows: list[dict[str, Any]] = []

    def add(self, epoch: int, reader: Reader) -> None:
        """Let the model write, and keep and log what it wrote."""
        count, temperature = self._settings["characters"], self._settings["temperature"]
        written = continue_text(reader, self._start, count, temperature, self._seed)
        text = self._spelled(written)
        self._log.info(f"epoch {epoch} writes: {text!r}")
        self._rows.append({"epoch": epoch, "start": self._spelled(self._start), "text": text})

    def frame(self) -> pd.DataFrame:
        """Columns epoch, start (what was read), text (what was written)."""
        return pd.DataFrame(self._rows, columns=COLUMNS)

    def _first_symbols(self) -> list[int]:
        start, names = self._settings["start"], self._learned.names
        if start is None:
            return self._learned.held_out[:CONTEXT].tolist()
        symbols = WORD.findall(start.lower()) if self._learned.of_words else list(start)
        return encode(symbols, names).tolist()

    def _spelled(self, symbols: list[int]) -> str:
        between = " " if self._learned.of_words else ""
        return between.join(self._learned.names[symbol] for symbol in symbols)


def read_samples(path: str | Path) -> pd.DataFrame:
    """Read a generated.csv: epoch, start, text."""
    return read_csv(path, COLUMNS, {"epoch": "int64"})
