"""Scale: EASE and neighbours of movies on planted ratings, on the most rated movies.

Each size runs in a process of its own, so that the peak of memory is its own. What is lost by
leaving out rarer movies is the share of ratings that fall on them.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from practical_dl.movies.ranking.models.ease import fit_ease
from practical_dl.movies.ranking.models.interactions import Interactions, make_interactions
from practical_dl.movies.ranking.models.item_knn import fit_item_knn
from practical_dl.movies.ranking.models.wide_autoencoder import fit_wide_autoencoder
from tests.bench.ratings import plant

USERS = 4_000
ASKED = 256
"""Users that each model scores all movies for."""
FITS: dict[str, Callable[[Interactions, int], Any]] = {
    "EASE": lambda train, most: fit_ease(train, 200.0, 0.4, most),
    "neighbours": lambda train, _: fit_item_knn(train, 100, 10.0),
    "wide autoencoder": lambda train, most: fit_wide_autoencoder(train, 10.0, 0.4, most, USERS),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, nargs="+", default=[1.0, 20.0])
    parser.add_argument("--movies", type=int, default=8_000, help="most rated movies that are kept")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one is not None:
        name, millions = arguments.one
        print(json.dumps(measure(name, round(float(millions) * 1e6), arguments.movies)))
        return
    table = Table("ratings", "users", "movies", "lost", "model", "CPU s", "ms a user", "peak GB")
    for millions in arguments.millions:
        for name in FITS:
            table.add_row(*measured_apart(name, millions, arguments.movies))
    Console().print(table)


def measured_apart(name: str, millions: float, movies: int) -> list[str]:
    """Measure in a process of its own, so that the peak of memory is its own."""
    command = [sys.executable, "-m", __spec__.name, "--one", name, str(millions)]
    command += ["--movies", str(movies)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    return [
        f"{round(millions * 1e6):,}",
        f"{found['users']:,}",
        f"{found['movies']:,}",
        f"{found['lost']:.1%}",
        name,
        f"{found['cpu']:.1f}",
        f"{found['each']:.1f}",
        f"{found['peak']:.2f}",
    ]


def measure(name: str, count: int, most: int) -> dict[str, Any]:
    planted = plant(count, 0)
    shape = int(planted.users.max()) + 1, int(planted.movies.max()) + 1
    nothing = np.zeros(0, np.int64), np.zeros(0, np.int64)
    pair = planted.users.astype(np.int64), planted.movies.astype(np.int64)
    train = make_interactions(*pair, planted.stars.clip(1, 5), nothing, shape, (1.0, 5.0))
    counts = np.sort(train.counts())[::-1]
    started = time.process_time()
    model = FITS[name](train, most)
    fitted = time.process_time()
    model.scores(train.rows(np.arange(ASKED)))
    return {
        "users": shape[0],
        "movies": shape[1],
        "lost": float(counts[most:].sum() / counts.sum()),
        "cpu": fitted - started,
        "each": (time.process_time() - fitted) / ASKED * 1000,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2,
    }


if __name__ == "__main__":
    main()
