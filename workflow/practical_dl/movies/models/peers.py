"""Other libraries on the same ratings, in an environment of their own: CSV out, CSV back.

Their pins clash with the workflow's, and nobody who only wants the workflow should install them.
`make peers` makes the environment; envs/peers.lock lists its packages.
"""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import read_csv
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log

ASKED_COLUMNS = ["user_id", "movie_id", "timestamp"]


class Answer(NamedTuple):
    """Predicted `stars` (n,); `cost` as seconds `cpu` and `wall`, and `peak_gb` of memory."""

    stars: NDArray[np.float64]
    cost: dict[str, float]


def predict_with(
    peer: str,
    environment: Path,
    program: Path,
    train: pd.DataFrame,
    asked: pd.DataFrame,
    movies: Path,
    seed: int,
    log: Log,
) -> Answer:
    """Stars that a peer, trained on `train`, expects of the rows `asked`.

    Args:
        environment: the peers' virtual environment.
        program: workflow/peers/predict.py.
        train: user_id, movie_id, rating, timestamp. asked: the same; its stars are not passed on.
        movies: movies.csv.

    Raises:
        UserError: the environment is absent, or the peer fails; the log has what it said.
    """
    with TemporaryDirectory() as folder:
        given, wanted, found = (Path(folder, f"{name}.csv") for name in ("train", "asked", "found"))
        train.to_csv(given, index=False)
        asked[ASKED_COLUMNS].to_csv(wanted, index=False)
        said = run_peer(peer, environment, program, [given, wanted, movies, found, str(seed)], log)
        log.info(f"{peer}: {said.strip()}")
        cost = json.loads(said.splitlines()[-1])
        stars = read_csv(found, ["prediction"], {"prediction": "float64"})["prediction"].to_numpy()
    if len(stars) != len(asked) or not np.isfinite(stars).all():
        raise UserError(f"{peer}: did not predict each of {len(asked):,} ratings")
    return Answer(stars, cost)


def run_peer(
    peer: str, environment: Path, program: Path, arguments: Sequence[str | Path], log: Log
) -> str:
    """Run a program of workflow/peers with a peer's name and `arguments`; what it printed.

    Raises:
        UserError: the environment is absent, or the peer fails; the log has what it said.
    """
    python = environment / "bin/python"
    if not python.exists():
        raise UserError(f"{environment}: absent; `make peers` installs the peers")
    command: list[str | Path] = [python, program, peer, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    log.info(done.stderr)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise UserError(f"{peer}: {last} (`make peers` installs the versions that work)")
    return done.stdout
