"""Scale: the sampled rating model on planted ratings, from one to twenty million.

The ratings are mean + biases + factors + noise of a known size, so the best RMSE that any model
can have is known. Users and movies differ in how much they rate and are rated, as in MovieLens.
Each size runs in a process of its own, so that the peak of memory is its own. Where the peers are
installed, Surprise's SVD and LensKit's BiasedMF get the same ratings in the same run.
"""

import argparse
import io
import json
import math
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from practical_dl.job.runtime import Log
from practical_dl.movies import plan as movies_plan
from practical_dl.movies.models.gibbs import Chain, Entities, sample
from practical_dl.movies.models.peers import predict_with

ROOT = Path(__file__).parents[2]
PEERS_ENVIRONMENT = ROOT / movies_plan.PEERS_ENVIRONMENT
PROGRAM = ROOT / "workflow/peers/predict.py"
RIVALS = ("surprise_svd", "lenskit_mf")

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
    parser.add_argument(
        "--beside", type=float, nargs="+", default=[1.0], help="millions that the peers get too"
    )
    parser.add_argument("--one", type=float, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one is not None:
        print(json.dumps(measure(round(arguments.one * 1e6))))
        return
    found = [measured_apart(millions) for millions in arguments.millions]
    table = Table("ratings", "CPU s", "wall s", "ratings/s a pass", "peak GB", "RMSE / noise")
    for one in found:
        table.add_row(*shown(one))
    Console().print(table)
    if len(found) > 1:
        print(f"seconds grow as ratings to the power {growth(found[0], found[-1]):.2f}")
    if not (PEERS_ENVIRONMENT / ".installed").is_file():
        print("Surprise and LensKit are not installed (make peers), so not measured beside it")
        return
    beside = Table("ratings", "model", "CPU s", "wall s", "ratings/s", "peak GB", "RMSE / noise")
    for millions in arguments.beside:
        ours = next((one for one in found if one["ratings"] == round(millions * 1e6)), None)
        rows = {"sampled (ours)": ours or measured_apart(millions)}
        rows |= {peer: measure_peer(peer, round(millions * 1e6)) for peer in RIVALS}
        for name, one in rows.items():
            beside.add_row(*compared(name, one))
    Console().print(beside)


def measured_apart(millions: float) -> dict[str, Any]:
    """Measure in a process of its own, so that the peak of memory is its own."""
    command = [sys.executable, "-m", __spec__.name, "--one", str(millions)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def plant(count: int, seed: int) -> Planted:
    rng = np.random.default_rng(seed)
    users, movies = max(2, count // RATINGS_A_USER), max(2, round(2.5 * math.sqrt(count)))
    activity = rng.lognormal(0, 0.5, users)
    popularity = 1 / np.arange(1, movies + 1) ** 0.6
    user, movie = distinct_pairs(rng, activity, popularity, count)
    tastes, makes = (rng.normal(0, 0.5, (size, FACTORS)) for size in (users, movies))
    stars = 3.5 + rng.normal(0, 0.4, users)[user] + rng.normal(0, 0.4, movies)[movie]
    for factor in range(FACTORS):
        stars += tastes[user, factor] * makes[movie, factor]
    stars += rng.normal(0, NOISE, count)
    return Planted(user, movie, stars)


def distinct_pairs(
    rng: np.random.Generator,
    activity: NDArray[np.float64],
    popularity: NDArray[np.float64],
    count: int,
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Users and movies (count,) of pairs that all differ, in random order."""
    pairs = np.empty(0, np.int64)
    while (lacking := count - len(pairs)) > 0:
        users = draw(rng, activity, lacking).astype(np.int64)
        drawn = users * len(popularity) + draw(rng, popularity, lacking)
        pairs = np.unique(np.concatenate([pairs, drawn]))
    user, movie = np.divmod(rng.permutation(pairs), len(popularity))
    return user.astype(np.int32), movie.astype(np.int32)


def draw(rng: np.random.Generator, weights: NDArray[np.float64], count: int) -> NDArray[np.int32]:
    edges = np.cumsum(weights / weights.sum())
    return np.searchsorted(edges[:-1], rng.random(count)).astype(np.int32)


def sides(count: int) -> tuple[Planted, Planted]:
    """Planted ratings to train on, and those held out."""
    planted = plant(count, 0)
    held_out = np.random.default_rng(1).random(count) < HELD_OUT
    return chosen(planted, ~held_out), chosen(planted, held_out)


def chosen(ratings: Planted, rows: NDArray[np.bool_]) -> Planted:
    return Planted(ratings.users[rows], ratings.movies[rows], ratings.stars[rows])


def measure(count: int) -> dict[str, Any]:
    train, asked = sides(count)
    started = (time.process_time(), time.perf_counter())
    left, right = (
        Entities(seen, int(max(seen.max(), wanted.max())) + 1)
        for seen, wanted in ((train.users, asked.users), (train.movies, asked.movies))
    )
    total = np.zeros(len(asked.stars))
    for state in sample(train.stars, [left], right, Chain(FACTORS, BURN_IN, SAMPLES, 0)):
        total += state.predict([asked.users], asked.movies)
    return {
        "ratings": count,
        "cpu": time.process_time() - started[0],
        "wall": time.perf_counter() - started[1],
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2,
        "ratio": above_noise(total / SAMPLES, asked),
    }


def measure_peer(peer: str, count: int) -> dict[str, Any]:
    """The same for another library, with the settings of the table of models."""
    train, asked = (frame(side) for side in sides(count))
    with TemporaryDirectory() as folder:
        movies = Path(folder, "movies.csv")
        pd.DataFrame({"movie_id": np.unique(train["movie_id"])}).to_csv(movies, index=False)
        log = Log(peer, io.StringIO(), io.StringIO())
        answer = predict_with(peer, PEERS_ENVIRONMENT, PROGRAM, train, asked, movies, 0, log)
    return {
        "ratings": count,
        "cpu": answer.cost["cpu"],
        "wall": answer.cost["wall"],
        "peak": answer.cost["peak_gb"],
        "ratio": above_noise(answer.stars, sides(count)[1]),
    }


def frame(side: Planted) -> pd.DataFrame:
    columns = {"user_id": side.users, "movie_id": side.movies, "rating": side.stars}
    return pd.DataFrame(columns).assign(timestamp=0)


def above_noise(stars: NDArray[np.float64], asked: Planted) -> float:
    return float(np.sqrt(np.mean((stars - asked.stars) ** 2)) / NOISE)


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


def compared(name: str, found: dict[str, Any]) -> list[str]:
    ratings, cpu, wall, _, peak, ratio = shown(found)
    return [ratings, name, cpu, wall, f"{found['ratings'] / found['cpu']:,.0f}", peak, ratio]


def growth(first: dict[str, Any], last: dict[str, Any]) -> float:
    return math.log(last["cpu"] / first["cpu"]) / math.log(last["ratings"] / first["ratings"])


if __name__ == "__main__":
    main()
