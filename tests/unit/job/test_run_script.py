"""One job's script by itself, in a copy of the workflow."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tests.conftest import copy_workflow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_workflow(tmp_path_factory.mktemp("run_script"))


def run_script(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "practical_dl.job.run_script", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "workflow")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_script_runs_with_the_job_s_parameters_and_logs_to_the_terminal(folder: Path) -> None:
    (folder / "few.yaml").write_text(
        "run: {images: [], movies: [], reviews: [], small: []}\n"
        "characters: {demo: {source: {demo: {lines: 107}}}}\n"
    )
    result = run_script(folder, "data/characters/demo/text.txt", "few.yaml")
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1].endswith("write_demo_text demo: done")
    assert len((folder / "data/characters/demo/text.txt").read_text().splitlines()) == 107
    assert not (folder / "results/logs").exists()


def test_the_whole_configuration_reaches_the_script(folder: Path) -> None:
    result = run_script(folder, "results/run_config.yaml")
    assert result.returncode == 0, result.stderr
    written = yaml.safe_load((folder / "results/run_config.yaml").read_text())
    assert written["run"]["characters"] == ["demo"]


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("results/nothing.csv", "error: No rule to produce results/nothing.csv"),
        ("optimizers", "error: optimizers: a target, not a file that a job makes"),
    ],
)
def test_a_file_that_no_job_makes_is_said_in_one_line(
    folder: Path, file: str, message: str
) -> None:
    result = run_script(folder, file)
    assert result.returncode == 1
    assert result.stderr.startswith(message)
    assert result.stderr.count("\n") == 1
