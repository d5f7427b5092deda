"""A small run through a real Slurm controller: the same bytes, also when the node falls away."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import copy_workflow, snakemake_in
from tests.slurm.cluster import Cluster, obstacle, wait_until

CONFIG = """
run: {images: [], movies: [demo], reviews: [], characters: [], small: []}
movies: {demo: {source: {demo: {users: 30, movies: 40, ratings: 400}}}}
"""
TARGETS = [
    f"results/movies/demo/{file}"
    for file in ("bias/predictions.csv", "bayes/predictions.csv", "recommender/factors.h5")
]
THROUGH_SLURM = (
    *("--profile", "profiles/slurm", "--slurm-status-command", "squeue"),
    *("--slurm-init-seconds-before-status-checks", "5", "--seconds-between-status-checks", "3"),
)
RULES = {"fit_baselines", "fit_bayes", "fit_recommender"}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    if os.environ.get("PRACTICAL_DL_SLURM") != "1":
        pytest.skip("`make test-slurm` runs this: it installs Slurm and starts its daemons")
    if find_spec("snakemake_executor_plugin_slurm") is None:
        pytest.skip("snakemake-executor-plugin-slurm is not installed")
    if reason := obstacle():
        pytest.skip(reason)
    with Cluster(tmp_path_factory.mktemp("slurm")) as started:
        yield started


def copy_with_config(folder: Path) -> Path:
    folder.mkdir()
    copy_workflow(folder)
    (folder / "tiny.yaml").write_text(CONFIG)
    return folder


def rules_in(jobs: list[tuple[str, str]], wanted: str) -> set[str]:
    return {
        rule for rule in RULES for state, comment in jobs if state == wanted and rule in comment
    }


def digests(folder: Path) -> dict[str, str]:
    return {path: sha256((folder / path).read_bytes()).hexdigest() for path in TARGETS}


def test_the_same_bytes_though_the_node_falls_away(
    cluster: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copy_with_config(tmp_path / "slurm")
    log = tmp_path / "snakemake.log"
    command = [sys.executable, "-m", "snakemake", *TARGETS, *THROUGH_SLURM]
    timeline: list[str] = []

    def two_run_and_one_waits() -> bool:
        jobs = cluster.jobs()
        running, waiting = rules_in(jobs, "RUNNING"), rules_in(jobs, "PENDING")
        line = f"node {cluster.node_state()}, running {sorted(running)}, waiting {sorted(waiting)}"
        if line not in timeline[-1:]:
            timeline.append(line)
        return len(running) == 2 and len(waiting) == 1

    with log.open("w") as output:
        run = subprocess.Popen(
            [*command, "--configfile", "tiny.yaml"],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(folder / "workflow")},
            stdout=output,
            stderr=output,
        )
        try:
            wait_until(lambda: two_run_and_one_waits() or run.poll() is not None, "three jobs")
            assert run.poll() is None, log.read_text()
            cluster.kill_node()
            timeline.append("slurmd killed")
            wait_until(lambda: "down" in cluster.node_state(), "the node to be found down")
            two_run_and_one_waits()
            cluster.start_node()
            timeline.append("slurmd started again")
            while run.poll() is None:
                two_run_and_one_waits()
                time.sleep(1)
        finally:
            run.terminate()
            run.wait()
    with capsys.disabled():
        print("\n  " + "\n  ".join(timeline))
    assert run.returncode == 0, log.read_text()
    assert any("down" in line for line in timeline)

    local = copy_with_config(tmp_path / "local")
    result = snakemake_in(local, *TARGETS, "--configfile", "tiny.yaml")
    assert result.returncode == 0, result.stderr
    assert digests(folder) == digests(local)
