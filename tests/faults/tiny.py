"""A tiny run of pictures and ratings to break, and the digests of what it ends in."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from tests.conftest import copy_workflow

CONFIG = """
run: {reviews: [], characters: [], small: []}
images:
  demo:
    source: {demo: {drivers: 6, test_drivers: 1, frames: 1}}
    sample: {train: 20, valid: 10, experiments: false}
    scratch: {backbone: null}
    backbones: {vgg_demo: {weights: random, shards: 3, passes: 0}}
    head: {schedule: [[1, 0.001]], passes: 0}
    controls: {meta_data: false}
    pseudo_labels: {rounds: 2}
    grid: {products: []}
movies:
  demo:
    source: {demo: {users: 30, movies: 40, ratings: 500}}
    lesson:
      {factors: 2, dot_schedule: [[1, 0.01]], schedule: [[1, 0.01]], net_schedule: [[1, 0.01]]}
    bayes: {rank: 3, burn_in: 1, samples: 2, chains: 1}
    protocols: [random_0]
    content_shares: [0.5]
"""
ENDS = (
    "results/images/demo/submission.csv",
    "results/images/demo/heads/vgg_demo/grouped/metrics.json",
    "results/movies/demo/bayes/metrics.json",
    "results/movies/demo/net/predictions.csv",
)
WITH_TIMES = {
    "comparison.csv",
    "comparison.html",
    "models.csv",
    "models.html",
    "speed.csv",
    "distillation.html",
}


def prepared(folder: Path) -> Path:
    """A copy of the workflow with the tiny configuration."""
    folder.mkdir(parents=True, exist_ok=True)
    copy_workflow(folder)
    (folder / "tiny.yaml").write_text(CONFIG)
    return folder


def words(target: str, cores: int = 2) -> list[str]:
    """The command of a run that goes on after a kill, as `make run` gives it."""
    options = ["--cores", str(cores), "--configfile", "tiny.yaml"]
    return [sys.executable, "-m", "snakemake", target, *options]


def environment(folder: Path) -> Mapping[str, str]:
    return os.environ | {"PYTHONPATH": str(folder / "workflow"), "PYTHONHASHSEED": "0"}


def run(folder: Path, target: str = "all", cores: int = 2) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words(target, cores),
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )


def finish(folder: Path, target: str = "all", cores: int = 2) -> None:
    done = run(folder, target, cores)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every result by its path; logs and benchmarks are none.

    The tables that show seconds are compared without them.
    """
    found = {}
    for path in sorted((folder / "results").rglob("*")):
        name = path.relative_to(folder / "results")
        if not path.is_file() or name.parts[0] in ("logs", "benchmarks") or path.suffix == ".md":
            continue
        if path.name in WITH_TIMES:
            if path.suffix == ".csv":
                found[str(name)] = digest(_without_seconds(path))
            continue
        found[str(name)] = digest(path.read_bytes())
    return found


def _without_seconds(path: Path) -> bytes:
    table = pd.read_csv(path)
    timed = [column for column in table if "second" in str(column)]
    return table.drop(columns=timed).to_csv(index=False).encode()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def left_behind(folder: Path) -> list[Path]:
    """Temporary files and locks that a run must not leave."""
    return [*(folder / "results").rglob(".partial.*"), *(folder / "data").rglob(".partial.*")]
