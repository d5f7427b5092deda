"""Scale: the sampled rating model on planted ratings, from one to twenty million.

The ratings are mean + biases + factors + noise of a known size, so the best RMSE that any model
can have is known. Users and movies differ in how much they rate and are rated, as in MovieLens.
Each size runs in a process of its own, so that the peak of memory is its own.
"""

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from practical_dl.movies.gibbs import Chain, Entities, sample

NOISE = 0.8
FACTORS = 4
RATINGS_A_USER = 400
HELD_OUT = 0.02
BURN_IN, SAMPLES = 8, 16


class Planted(NamedTuple):
    """Ratings (n,) of users by movies with a known make-up."""

    users: NDArray[np.int32]
    movies: NDArray[np.int32]
    stars: NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, nargs="+", default=[1.0, 5.0, 20.0])
    parser.add_argument("--one", type=float, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one is not None:
        print(json.dumps(measure(round(arguments.one * 1e6))))
        return
    table = Table("ratings", "CPU s", "wall s", "ratings/s a pass", "peak GB", "RMSE / noise")
    found = []
    for millions in arguments.millions:
        command = [sys.executable, "-m", __spec__.name, "--one", str(millions)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found.append(json.loads(done.stdout))
        table.add_row(*shown(found[-1]))
    Console().print(table)
    if len(found) > 1:
        print(f"seconds grow as ratings to the power {growth(found[0], found[-1]):.2f}")


def plant(count: int, seed: int) -> Planted:
    rng = np.random.default_rng(seed)
    users, movies = max(2, count // RATINGS_A_USER), max(2, round(2.5 * math.sqrt(count)))
    activity = rng.lognormal(0, 0.5, users)
    popularity = 1 / np.arange(1, movies + 1) ** 0.6
    user = draw(rng, activity, count)
    movie = draw(rng, popularity, count)
    tastes, makes = (rng.normal(0, 0.5, (size, FACTORS)) for size in (users, movies))
    stars = 3.5 + rng.normal(0, 0.4, users)[user] + rng.normal(0, 0.4, movies)[movie]
    for factor in range(FACTORS):
        stars += tastes[user, factor] * makes[movie, factor]
    stars += rng.normal(0, NOISE, count)
    return Planted(user, movie, stars)


def draw(rng: np.random.Generator, weights: NDArray[np.float64], count: int) -> NDArray[np.int32]:
    edges = np.cumsum(weights / weights.sum())
    return np.searchsorted(edges[:-1], rng.random(count)).astype(np.int32)


def measure(count: int) -> dict[str, Any]:
    planted = plant(count, 0)
    held_out = np.random.default_rng(1).random(count) < HELD_OUT
    train = Planted(planted.users[~held_out], planted.movies[~held_out], planted.stars[~held_out])
    asked = Planted(planted.users[held_out], planted.movies[held_out], planted.stars[held_out])
    started = (time.process_time(), time.perf_counter())
    left = Entities(train.users, int(planted.users.max()) + 1)
    right = Entities(train.movies, int(planted.movies.max()) + 1)
    total = np.zeros(len(asked.stars))
    for state in sample(train.stars, [left], right, Chain(FACTORS, BURN_IN, SAMPLES, 0)):
        total += state.predict([asked.users], asked.movies)
    return {
        "ratings": count,
        "cpu": time.process_time() - started[0],
        "wall": time.perf_counter() - started[1],
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2,
        "ratio": float(np.sqrt(np.mean((total / SAMPLES - asked.stars) ** 2)) / NOISE),
    }


def shown(found: dict[str, Any]) -> list[str]:
    rate = found["ratings"] * (BURN_IN + SAMPLES) / found["cpu"]
    return [
        f"{found['ratings']:,}",
        f"{found['cpu']:.0f}",
        f"{found['wall']:.0f}",
        f"{rate:,.0f}",
        f"{found['peak']:.2f}",
        f"{found['ratio']:.4f}",
    ]


def growth(first: dict[str, Any], last: dict[str, Any]) -> float:
    return math.log(last["cpu"] / first["cpu"]) / math.log(last["ratings"] / first["ratings"])


if __name__ == "__main__":
    main()
