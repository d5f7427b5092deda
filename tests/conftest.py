"""What tests share: the real data, where it is, and a copy of the workflow to run in."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

ROOT = Path(__file__).parents[1]
PARTS = ("Snakefile", "config", "envs", "profiles", "rules", "workflow")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real data; without it the test is skipped."""
    folder = os.environ.get("PRACTICAL_DL_DATA")
    if not folder:
        pytest.skip("PRACTICAL_DL_DATA is not set")
    return Path(folder)


def copy_workflow(folder: Path) -> Path:
    """Lay a copy of the workflow, as a clone would be, into `folder`."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, folder / part, ignore=ignored)
        else:
            shutil.copy(source, folder / part)
    return folder


def snakemake_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Snakemake in `folder` with the copy's own package."""
    environment = os.environ | {"PYTHONPATH": str(folder / "workflow")}
    return subprocess.run(
        [sys.executable, "-m", "snakemake", "--cores", "2", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
