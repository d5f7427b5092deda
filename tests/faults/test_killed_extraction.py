"""An extraction that is killed again and again ends in the store of one that was not."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import h5py
import numpy as np
import pytest

from tests.conftest import copy_workflow, snakemake_in

KILLS = int(os.environ.get("PRACTICAL_DL_KILLS", "3"))
SHARDS = 12
CONFIG = f"""
run: {{images: [demo], movies: [], reviews: []}}
images:
  demo:
    source: {{demo: {{drivers: 12, test_drivers: 1, frames: 2}}}}
    backbones: {{vgg_demo: {{weights: random, shards: {SHARDS}}}}}
"""
OPTIONS = ["--cores", "1", "--configfile", "tiny.yaml"]
STORE = "results/images/demo/features/vgg_demo/labelled.h5"


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("uninterrupted"), STORE)


def prepared(folder: Path, target: str) -> Path:
    copy_workflow(folder)
    (folder / "tiny.yaml").write_text(CONFIG)
    finish(folder, target)
    return folder


def finish(folder: Path, target: str) -> None:
    result = snakemake_in(folder, target, "--configfile", "tiny.yaml")
    assert result.returncode == 0, result.stderr


def shards(folder: Path) -> list[Path]:
    return sorted((folder / STORE).with_suffix("").glob("shard_*.h5"))


def run_and_kill(folder: Path, seconds: float) -> None:
    """Start the extraction; after the first shard, and `seconds` more, kill all its processes."""
    before = len(shards(folder))
    process = subprocess.Popen(
        [sys.executable, "-m", "snakemake", STORE, *OPTIONS],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "workflow")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while process.poll() is None and len(shards(folder)) == before:
        time.sleep(0.02)
    time.sleep(seconds)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def contents(path: Path) -> dict[str, np.ndarray]:
    with h5py.File(path) as file:
        return {name: file[name][:] for name in file}


def test_killed_at_random_moments_it_ends_in_the_same_store(
    uninterrupted: Path, tmp_path: Path
) -> None:
    folder = prepared(tmp_path, "results/images/demo/features/vgg_demo/backbone.json")
    rng = np.random.default_rng(0)
    seen: dict[Path, int] = {}
    for _ in range(KILLS):
        run_and_kill(folder, float(rng.uniform(0, 2)))
        now = {shard: shard.stat().st_mtime_ns for shard in shards(folder)}
        lost = [shard for shard, written in seen.items() if now.get(shard) != written]
        assert len(lost) <= 1, "one shard is in flight at a time, so no more can be lost"
        seen = now
        if len(seen) == SHARDS:
            for shard in list(seen)[2:]:
                shard.unlink()
            (folder / STORE).unlink(missing_ok=True)
            seen = {}
    finish(folder, STORE)
    assert len(shards(folder)) == SHARDS
    assert not list((folder / "results").rglob(".partial.*"))
    for ours, theirs in zip(shards(folder), shards(uninterrupted), strict=True):
        assert ours.read_bytes() == theirs.read_bytes()
    expected, given = contents(uninterrupted / STORE), contents(folder / STORE)
    assert expected["features"].any()
    assert expected.keys() == given.keys()
    for name, values in expected.items():
        assert values.tobytes() == given[name].tobytes(), name
