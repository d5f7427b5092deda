"""Metrics of the experiments on the sample: contents of JSON files, made from predictions."""

from collections.abc import Mapping
from typing import Any

from practical_dl.images.sample.trainings import (
    Runs,
    differences_of_rows,
    paired_rows,
    row_scores,
    setting_report,
)
from practical_dl.scoring.interval import Interval
from practical_dl.scoring.leak import leak_of_rows
from practical_dl.scoring.metrics import report

Report = Mapping[str, Any]


def baseline_reports(network: str, runs: Runs, seed: int) -> dict[str, Report]:
    """Of a simple network: `grouped`, `random`, and the `leak` between them."""
    model = f"{network} on the sample"
    reports: dict[str, Report] = {
        split: setting_report(runs, split, model, f"sample valid ({split} split)", seed)
        for split in ("grouped", "random")
    }
    grouped = row_scores(runs, "grouped")
    leak = leak_of_rows(row_scores(runs, "random"), grouped, seed)
    ids, groups = grouped["id"].to_numpy(), grouped["group"].to_numpy()
    part = "sample, random minus grouped split"
    return {**reports, "leak": report(model, part, ids, groups, leak, seed)}


def augmentation_reports(runs: Runs, seed: int) -> dict[str, Report]:
    """Of the network trained with augmentation and without: `none`, `augmented`, their `gain`."""
    models = {"none": "conv1, no augmentation", "augmented": "conv1, swept augmentation"}
    reports: dict[str, Report] = {
        setting: setting_report(runs, setting, model, "sample valid", seed)
        for setting, model in models.items()
    }
    paired = paired_rows(row_scores(runs, "augmented"), row_scores(runs, "none"))
    ids, groups = paired["id"].to_numpy(), paired["group"].to_numpy()
    gain, part = differences_of_rows(paired, seed), "swept minus no augmentation"
    return {**reports, "gain": report("conv1", part, ids, groups, gain, seed)}


def scored(content: Report, metric: str) -> Interval:
    """A score of such a content."""
    return Interval.of(content["scores"][metric])
