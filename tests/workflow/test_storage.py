"""Results that end in a storage plugin instead of the working directory."""

import shutil
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import pytest
from tests.conftest import copy_workflow, snakemake_in

CONFIG = """
run: {images: [], movies: [demo], reviews: [demo], characters: [], small: []}
movies: {demo: {source: {demo: {users: 30, movies: 40, ratings: 400}}}}
"""
TARGETS = ("results/movies/demo/bias/predictions.csv", "results/reviews/demo/tokens.h5")


def test_results_end_in_the_store_and_are_found_there_again(tmp_path: Path) -> None:
    if find_spec("snakemake_storage_plugin_fs") is None or shutil.which("rsync") is None:
        pytest.skip("needs snakemake-storage-plugin-fs and rsync")
    folder, store = tmp_path / "run", tmp_path / "store"
    folder.mkdir()
    copy_workflow(folder)
    (folder / "tiny.yaml").write_text(CONFIG)
    in_store = ("--default-storage-provider", "fs", "--default-storage-prefix", str(store))
    arguments = (*TARGETS, *in_store, "--configfile", "tiny.yaml")
    result = snakemake_in(folder, *arguments)
    assert result.returncode == 0, result.stderr
    assert len(pd.read_csv(store / TARGETS[0])) > 20
    assert (store / TARGETS[1]).is_file()
    assert not (folder / "results").exists()
    again = snakemake_in(folder, *arguments, "-n")
    assert "Nothing to be done" in again.stdout + again.stderr, again.stderr
