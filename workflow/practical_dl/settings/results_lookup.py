"""Finds a result that a command needs, or explains how to make it."""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from practical_dl.files.artefacts import read_yaml
from practical_dl.job.errors import UserError

RESULTS = Path("results")
"""Results folder of a run, from the workflow's folder."""


def made_file(results: Path, pipeline: str, dataset: str, name: str) -> Path:
    """The file `name` of a data set.

    Raises:
        UserError: it does not exist, no data set has that name, or `results` has no results.
    """
    if results != RESULTS and not (results / pipeline).is_dir():
        raise UserError(
            f"{results}: no results of {pipeline} in it; --results names a run's results folder"
        )
    folder = results / pipeline / dataset
    path = folder / name
    if path.is_file():
        return path
    target = RESULTS / pipeline / dataset / name
    how = (
        f"make it: snakemake {target} --cores 2, with --configfile and the file that defines "
        f"{dataset} where that is not the default"
    )
    made = sorted(other.name for other in (results / pipeline).glob("*") if (other / name).exists())
    if folder.exists() or not made:
        raise UserError(f"{path}: no such file; {how}")
    close = get_close_matches(dataset, made, 1)
    guess = f"did you mean {close[0]}?" if close else f"made so far: {', '.join(made)};"
    raise UserError(f"{folder}: no such data set; {guess} or {how}")


def run_config(results: Path, pipeline: str, dataset: str) -> Mapping[str, Any]:
    """The configuration of the last run, which has the data set.

    Raises:
        UserError: it is absent, or of other data sets.
    """
    path = results / "run_config.yaml"
    config = read_yaml(path)
    if dataset not in config.get(pipeline, {}):
        raise UserError(
            f"{path}: has no {dataset} among its {pipeline}; the last run was of others: run "
            f"snakemake {pipeline} with the configuration that defines it"
        )
    return config
