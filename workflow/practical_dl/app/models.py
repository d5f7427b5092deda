"""What a results folder holds, by tab; what is missing says which command makes it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from practical_dl.app.characters import Characters
from practical_dl.app.movies import Movies
from practical_dl.app.photos import Photos
from practical_dl.app.reviews import Reviews
from practical_dl.files.artefacts import read_csv
from practical_dl.job.errors import UserError

USUAL = "demo"
OPENED: dict[str, Callable[[Path, str], Any]] = {
    "images": Photos,
    "reviews": Reviews,
    "movies": Movies,
    "characters": Characters,
}


@dataclass
class Models:
    """The models of a results folder, each opened once, when it is first asked for.

    Attributes:
        dataset: the set to show of every pipeline that has it; None for demo, else the first.
    """

    results: Path
    dataset: str | None = None
    opened: dict[str, Any] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, pipeline: str) -> Any:
        """The models of a pipeline.

        Raises:
            UserError: they were not made; says which command makes them.
        """
        with self.lock:
            if pipeline not in self.opened:
                self.opened[pipeline] = OPENED[pipeline](self.results, self.chosen(pipeline))
            return self.opened[pipeline]

    def chosen(self, pipeline: str) -> str:
        """The set that is shown of a pipeline."""
        made = sorted(path.name for path in (self.results / pipeline).glob("*") if path.is_dir())
        if self.dataset is not None and (self.dataset in made or not made):
            return self.dataset
        return USUAL if USUAL in made or not made else made[0]

    def scores(self) -> pd.DataFrame:
        """The comparison of all models.

        Raises:
            UserError: it was not made; says how.
        """
        path = self.results / "comparison.csv"
        if not path.is_file():
            raise UserError(f"{path}: no such file; make it: snakemake --cores 2")
        return read_csv(path, ["pipeline", "dataset", "model"], others_allowed=True)
